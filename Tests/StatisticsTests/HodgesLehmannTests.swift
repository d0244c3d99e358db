import Statistics
import Testing

@Suite struct HodgesLehmannTests {
  @Test func `the shift between unpaired samples`() throws {
    let shift = try #require(HodgesLehmann.shift(baseline: Vectors.a, candidate: Vectors.b))
    #expect(agrees(shift.value, 0.52))
    #expect(agrees(shift.interval95?.lower, 0.44))
    #expect(agrees(shift.interval95?.upper, 0.60))
    #expect(agrees(shift.interval95?.coverage, 0.9550980047009122))
    #expect(agrees(shift.interval99?.coverage, 0.9917068393983187))
  }

  @Test func `the ratio of unpaired samples`() throws {
    let ratio = try #require(HodgesLehmann.ratio(baseline: Vectors.a, candidate: Vectors.b))
    #expect(agrees(ratio.value, 1.0419862804234767))
    #expect(agrees(ratio.interval95?.lower, 1.0353697749196142))
    #expect(agrees(ratio.interval95?.upper, 1.0483481063658342))
    #expect(agrees(ratio.interval95?.coverage, 0.9550980047009122))
    #expect(agrees(ratio.interval99?.lower, 1.032878909382518))
    #expect(agrees(ratio.interval99?.upper, 1.0508885298869142))
  }

  @Test func `the ratio of pairs`() throws {
    let ratio = try #require(HodgesLehmann.pairedRatio(baseline: Vectors.a, candidate: Vectors.b))
    #expect(agrees(ratio.value, 1.0404753065034507))
    #expect(agrees(ratio.interval95?.lower, 1.0375601596835125))
    #expect(agrees(ratio.interval95?.upper, 1.0459486000351148))
    #expect(agrees(ratio.interval95?.coverage, 0.95751953125))
    #expect(ratio.count == 12)
  }

  @Test func `five pairs have no 95 % interval, six have`() throws {
    let five = try #require(HodgesLehmann.pairedRatio(baseline: [1, 2, 3, 4, 5], candidate: [2, 3, 4, 5, 6]))
    #expect(five.interval95 == nil)
    let six = try #require(HodgesLehmann.pairedRatio(baseline: [1, 2, 3, 4, 5, 6], candidate: [2, 3, 4, 5, 6, 7]))
    #expect(six.interval95 != nil)
    #expect(six.interval99 == nil)
  }

  @Test func `ratios of numbers that are not positive are refused`() {
    #expect(HodgesLehmann.pairedRatio(baseline: [1, 0], candidate: [1, 1]) == nil)
    #expect(HodgesLehmann.ratio(baseline: [1, 2], candidate: [-1, 1]) == nil)
    #expect(HodgesLehmann.pairedRatio(baseline: [1], candidate: [1, 2]) == nil)
    #expect(HodgesLehmann.pairedShift(baseline: [], candidate: []) == nil)
    #expect(HodgesLehmann.shift(baseline: [.nan], candidate: [1]) == nil)
  }

  @Test func `a thousand pairs are no burden`() throws {
    var random = SplitMix64(seed: 7)
    let baseline = (0..<1000).map { _ in Double(random.index(1000) + 1000) }
    let ratio = try #require(HodgesLehmann.pairedRatio(baseline: baseline, candidate: baseline.map { $0 * 1.25 }))
    #expect(agrees(ratio.value, 1.25))
    #expect(try #require(ratio.interval95).contains(ratio.value))
  }
}
