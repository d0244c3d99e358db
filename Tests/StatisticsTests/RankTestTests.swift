import Testing

@testable import Statistics

@Suite struct MannWhitneyTestTests {
  @Test func `the vectors`() throws {
    let test = try #require(MannWhitneyTest(Vectors.a, Vectors.b))
    #expect(test.statistic == 11)
    #expect(test.isExact)
    #expect(agrees(test.probability, 0.00014422244870488242))
    let ties = try #require(MannWhitneyTest(Vectors.t1, Vectors.t2))
    #expect(ties.statistic == 30.5)
    #expect(!ties.isExact)
    #expect(agrees(ties.probability, 0.14613996838078297))
  }

  @Test func `the vectors in the normal approximation, and without the correction for continuity`() throws {
    let test = try #require(MannWhitneyTest(Vectors.a, Vectors.b, exactUpTo: 0, continuity: 0.5))
    #expect(!test.isExact)
    #expect(agrees(test.probability, 0.0004776817289569815))
    let ties = try #require(MannWhitneyTest(Vectors.t1, Vectors.t2, exactUpTo: 50, continuity: 0))
    #expect(agrees(ties.probability, 0.1358180411846889))
  }

  @Test func `beyond fifty numbers it is normal, with the correction for continuity`() throws {
    let numbers = (0..<51).map(Double.init)
    let test = try #require(MannWhitneyTest(numbers, numbers.map { $0 + 10.5 }))
    #expect(test.statistic == 820)
    #expect(!test.isExact)
    #expect(agrees(test.probability, 0.0013158536667911224), "scipy's")
  }

  @Test func `nothing differs where everything is equal, and nothing is decided by nothing`() throws {
    #expect(try #require(MannWhitneyTest([1, 1, 1], [1, 1])).probability == 1)
    #expect(MannWhitneyTest([], [1]) == nil)
    #expect(MannWhitneyTest([1, .nan], [1]) == nil)
  }

  @Test func `the probability is in (0, 1] and the same both ways`() throws {
    for (a, b) in PropertyTests.cases {
      let there = try #require(MannWhitneyTest(a, b))
      let back = try #require(MannWhitneyTest(b, a))
      #expect(there.probability > 0 && there.probability <= 1)
      #expect(there.probability == back.probability)
      #expect(there.statistic + back.statistic == Double(a.count * b.count))
    }
    let apart = (1...3000).map(Double.init)
    #expect(try #require(MannWhitneyTest(apart, apart.map { $0 + 1e6 })).probability > 0)
  }

  @Test func `counting pairs one by one gives the same`() {
    for (a, b) in PropertyTests.cases {
      let dominance = Dominance(Sample(a)!, Sample(b)!)
      #expect(dominance.firstLarger == a.reduce(0) { sum, x in sum + b.count { x > $0 } })
      #expect(dominance.equal == a.reduce(0) { sum, x in sum + b.count { x == $0 } })
    }
  }
}

@Suite struct CliffsDeltaTests {
  @Test func `the vectors`() throws {
    let delta = try #require(CliffsDelta(baseline: Vectors.a, candidate: Vectors.b))
    #expect(agrees(delta.value, 0.8472222222222223))
    #expect(agrees((delta.value + 1) / 2, 0.9236111111111112), "the share of pairs in which the candidate is the larger")
    #expect(delta.magnitude == .large)
    let ties = try #require(CliffsDelta(baseline: Vectors.t1, candidate: Vectors.t2))
    #expect(agrees(ties.value, 0.39))
    #expect(ties.magnitude == .medium)
  }

  @Test func `it lies in −1…1 and swaps its sign with the samples`() throws {
    for (a, b) in PropertyTests.cases {
      let there = try #require(CliffsDelta(baseline: a, candidate: b)).value
      #expect(abs(there) <= 1)
      #expect(abs(there + (try #require(CliffsDelta(baseline: b, candidate: a)).value)) < 1e-15)
    }
    #expect(CliffsDelta(baseline: [1], candidate: [2])?.value == 1)
    #expect(CliffsDelta(baseline: [1, 2], candidate: [1, 2])?.magnitude == .negligible)
    #expect(CliffsDelta(baseline: [], candidate: [2]) == nil)
  }
}

@Suite struct KolmogorovSmirnovTestTests {
  /// Every merge of m and n numbers, each with its largest distance.
  static func enumerated(_ m: Int, _ n: Int, _ distance: Double) -> Double {
    var (reaching, total) = (0, 0)
    for choice in 0..<(1 << (m + n)) where choice.nonzeroBitCount == m {
      var (i, j, largest) = (0, 0, 0.0)
      for bit in 0..<(m + n) {
        if choice >> bit & 1 == 1 { i += 1 } else { j += 1 }
        largest = max(largest, abs(Double(i) / Double(m) - Double(j) / Double(n)))
      }
      total += 1
      if largest >= distance - 1e-9 { reaching += 1 }
    }
    return Double(reaching) / Double(total)
  }

  @Test(arguments: [(1, 1), (3, 4), (5, 5), (6, 4), (2, 9)])
  func `the exact probability matches every possible merge`(m: Int, n: Int) throws {
    var random = SplitMix64(seed: UInt64(10 * m + n))
    for _ in 0..<5 {
      let x = (0..<m).map { _ in Double(random.next() >> 11) }
      let y = (0..<n).map { _ in Double(random.next() >> 11) * 1.5 }
      let test = try #require(KolmogorovSmirnovTest(x, y))
      #expect(agrees(test.probability, Self.enumerated(m, n, test.statistic)))
    }
  }

  @Test func `both series of the limit meet, and the limit is near the exact probability`() throws {
    #expect(agrees(KolmogorovSmirnovTest.limit(1.2), KolmogorovSmirnovTest.limit(1.2 - 1e-15)))
    #expect(KolmogorovSmirnovTest.limit(0) == 1)
    let x = (0..<150).map(Double.init)
    let y = x.map { $0 * 1.2 + 5.5 }
    let exact = try #require(KolmogorovSmirnovTest(x, y))
    let limit = try #require(KolmogorovSmirnovTest(x, y, exactUpTo: 0))
    #expect(exact.isExact && !limit.isExact)
    #expect(exact.statistic == limit.statistic)
    #expect(abs(exact.probability - limit.probability) < 0.02)
  }

  @Test func `equal samples do not differ, nothing decides nothing`() throws {
    #expect(try #require(KolmogorovSmirnovTest(Vectors.a, Vectors.a)).probability == 1)
    #expect(try #require(KolmogorovSmirnovTest([1, 2, 3], [7, 8, 9])).statistic == 1)
    #expect(KolmogorovSmirnovTest([], [1]) == nil)
    #expect(KolmogorovSmirnovTest([.infinity], [1]) == nil)
  }
}

@Suite struct PermutationTestTests {
  static let first = Array(Vectors.a[..<6])
  static let second = [12.52, 12.45, 12.60, 12.58, 12.49, 12.70]

  static func median(_ values: [Double]) -> Double { Sample(values)!.median }
  static func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }

  @Test func `the vectors`() throws {
    let median = try #require(PermutationTest(Self.first, Self.second) { Self.median($1) - Self.median($0) })
    #expect(median.isExact && median.arrangements == 924)
    #expect(agrees(median.statistic, 0.11, within: 1e-11))
    #expect(agrees(median.probability, 134.0 / 924))
    let mean = try #require(PermutationTest(Self.first, Self.second) { Self.mean($1) - Self.mean($0) })
    #expect(agrees(mean.statistic, 0.085, within: 1e-11))
    #expect(agrees(mean.probability, 138.0 / 924))
  }

  @Test func `drawn arrangements come near all of them and are never impossible`() throws {
    let drawn = try #require(PermutationTest(Vectors.a, Vectors.b, resamples: 999, seed: 3) { Self.median($1) - Self.median($0) })
    #expect(!drawn.isExact)
    #expect(drawn.probability < 0.02)
    let apart = try #require(
      PermutationTest((0..<20).map(Double.init), (100..<120).map(Double.init), resamples: 99) { Self.mean($1) - Self.mean($0) })
    #expect(apart.probability == 2.0 / 100, "no arrangement drawn is as extreme, and yet the probability is not zero")
    let again = try #require(PermutationTest(Vectors.a, Vectors.b, resamples: 999, seed: 3) { Self.median($1) - Self.median($0) })
    #expect(drawn == again)
  }

  @Test func `equal samples have probability one, and a statistic that is no number none`() throws {
    #expect(try #require(PermutationTest([1, 1], [1, 1]) { Self.mean($1) - Self.mean($0) }).probability == 1)
    #expect(PermutationTest([1], [2]) { _, _ in .nan } == nil)
    #expect(PermutationTest([], [2]) { _, _ in 0 } == nil)
  }
}
