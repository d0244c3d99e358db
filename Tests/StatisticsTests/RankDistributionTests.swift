import Testing

@testable import Statistics

@Suite struct RankDistributionTests {
  @Test func `critical ranks of the vectors`() {
    #expect(RankDistribution.mannWhitney(12, 12).quantile(0.025) == 38)
    #expect(RankDistribution.mannWhitney(12, 12).quantile(0.005) == 28)
    #expect(RankDistribution.signedRank(12).quantile(0.025) == 14)
  }

  @Test func `the probability of U in the vectors`() {
    // U(a, b) = 11; two-sided p by counting.
    #expect(agrees(2 * RankDistribution.mannWhitney(12, 12).cumulative(11), 0.00014422244870488242))
  }

  @Test(arguments: 1...10)
  func `signed ranks match counting every choice of signs`(count: Int) {
    var counts = [Int](repeating: 0, count: count * (count + 1) / 2 + 1)
    for signs in 0..<(1 << count) {
      counts[(0..<count).reduce(0) { $0 + ((signs >> $1) & 1) * ($1 + 1) }] += 1
    }
    let distribution = RankDistribution.signedRank(count)
    var sum = 0
    for (u, number) in counts.enumerated() {
      sum += number
      #expect(agrees(distribution.cumulative(u), Double(sum) / Double(1 << count)))
    }
  }

  @Test(arguments: [(1, 1), (1, 6), (3, 2), (4, 4), (5, 7), (7, 5)])
  func `Mann and Whitney's U matches its plain recurrence`(m: Int, n: Int) {
    func arrangements(_ m: Int, _ n: Int, _ u: Int) -> Int {
      if u < 0 { return 0 }
      if m == 0 || n == 0 { return u == 0 ? 1 : 0 }
      return arrangements(m - 1, n, u - n) + arrangements(m, n - 1, u)
    }
    let counts = (0...m * n).map { arrangements(m, n, $0) }
    let total = counts.reduce(0, +)
    let distribution = RankDistribution.mannWhitney(m, n)
    var sum = 0
    for (u, number) in counts.enumerated() {
      sum += number
      #expect(agrees(distribution.cumulative(u), Double(sum) / Double(total)))
    }
  }

  @Test func `the normal approximation takes over without making intervals narrower`() {
    for probability in [0.005, 0.025, 0.05] {
      let signed = (RankDistribution.signedRank(200), RankDistribution.signedRank(200, exactUpTo: 199))
      #expect(signed.0.isExact && !signed.1.isExact)
      #expect((0...signed.0.quantile(probability) / 1000).contains(signed.0.quantile(probability) - signed.1.quantile(probability)))
      let unpaired = (RankDistribution.mannWhitney(60, 90), RankDistribution.mannWhitney(60, 90, exactUpTo: 0))
      #expect((0...2).contains(unpaired.0.quantile(probability) - unpaired.1.quantile(probability)))
    }
  }

  @Test func `the normal quantile inverts the normal probability`() {
    #expect(agrees(normalQuantile(0.975), 1.959963984540054))
    #expect(agrees(normalQuantile(0.8), 0.8416212335729143))
    #expect(abs(normalQuantile(0.5)) < 1e-15)
  }
}
