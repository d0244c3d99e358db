import Testing

@testable import Statistics

@Suite struct SignedRankTestTests {
  @Test func `the exact probability of the vectors`() throws {
    let ratios = zip(Vectors.a, Vectors.b).map { logarithm($1 / $0) }
    let test = try #require(SignedRankTest(differences: ratios))
    #expect(test.statistic == 11)
    #expect(test.isExact)
    #expect(agrees(test.probability, 0.02685546875))
  }

  @Test func `ties and zeros turn to the normal approximation`() throws {
    let test = try #require(SignedRankTest(differences: zip(Vectors.t1, Vectors.t2).map { $1 - $0 }))
    #expect(!test.isExact)
    #expect(test.statistic == 0)
    #expect(agrees(test.probability, 0.0049954609006305))
    let zeros = try #require(SignedRankTest(differences: [0, 1, 2, 3]))
    #expect(!zeros.isExact)
  }

  @Test func `nothing but zeros decides nothing`() {
    #expect(SignedRankTest(differences: []) == nil)
    #expect(SignedRankTest(differences: [0, 0]) == nil)
    #expect(SignedRankTest(differences: [.infinity]) == nil)
  }

  @Test func `a symmetrical sample has probability one`() throws {
    #expect(try #require(SignedRankTest(differences: [-2, -1, 1, 2])).probability == 1)
  }

  @Test func `the probability stays in (0, 1] however many differences agree`() throws {
    for count in [1, 6, 50, 51, 300, 5000] {
      let test = try #require(SignedRankTest(differences: (1...count).map(Double.init)))
      #expect(test.probability > 0 && test.probability <= 1)
      if count <= 50 { #expect(agrees(test.probability, count == 1 ? 1 : .init(sign: .plus, exponent: 1 - count, significand: 1))) }
    }
  }
}
