import Statistics
import Testing

@Suite struct SplitMix64Tests {
  @Test func `the sequence of seed 42`() {
    var random = SplitMix64(seed: 42)
    #expect((0..<3).map { _ in random.next() } == [13_679_457_532_755_275_413, 2_949_826_092_126_892_291, 5_139_283_748_462_763_858])
  }

  @Test func `indices below twelve of seed 42`() {
    var random = SplitMix64(seed: 42)
    #expect((0..<6).map { _ in random.index(12) } == [8, 1, 3, 4, 0, 10])
  }

  @Test func `a bootstrap of the ratio of medians agrees bit for bit with the reference`() throws {
    var random = SplitMix64(seed: 42)
    func resampledMedian(_ values: [Double]) -> Double {
      Sample(values.indices.map { _ in values[random.index(values.count)] })!.median
    }
    let ratios = (0..<9999).map { _ in
      let a = resampledMedian(Vectors.a)
      return resampledMedian(Vectors.b) / a
    }
    let sample = try #require(Sample(ratios))
    #expect(agrees(sample.quantile(0.025), 1.0348676456195016))
    #expect(agrees(sample.quantile(0.975), 1.0491935483870967))
  }
}
