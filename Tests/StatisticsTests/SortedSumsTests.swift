import Testing

@testable import Statistics

@Suite struct SortedSumsTests {
  static func draw(_ count: Int, _ random: inout SplitMix64, ties: Bool) -> [Double] {
    (0..<count).map { _ in ties ? Double(random.index(9)) : Double(random.next() >> 11) * 0x1p-53 - 0.5 }.sorted()
  }

  @Test func `every rank of all sums is the one that sorting them gives`() {
    var random = SplitMix64(seed: 2)
    for round in 0..<12 {
      let x = Self.draw(1 + random.index(40), &random, ties: round % 2 == 0)
      let y = Self.draw(1 + random.index(60), &random, ties: round % 2 == 0)
      let walsh = x.indices.flatMap { i in x[i...].map { x[i] + $0 } }.sorted()
      let differences = x.flatMap { a in y.map { $0 - a } }.sorted()
      let (pairs, all) = (SortedSums(pairsOf: x), SortedSums(differences: y, minus: x))
      #expect(pairs.count == walsh.count && all.count == differences.count)
      for rank in stride(from: 1, through: walsh.count, by: 1 + walsh.count / 40) { #expect(pairs.select(rank) == walsh[rank - 1]) }
      for rank in stride(from: 1, through: differences.count, by: 1 + differences.count / 40) {
        #expect(all.select(rank) == differences[rank - 1])
      }
    }
  }

  @Test func `a rank among very many sums`() {
    var random = SplitMix64(seed: 3)
    let x = Self.draw(700, &random, ties: false)
    let walsh = x.indices.flatMap { i in x[i...].map { x[i] + $0 } }.sorted()
    for rank in [1, 1000, walsh.count / 2, walsh.count] { #expect(SortedSums(pairsOf: x).select(rank) == walsh[rank - 1]) }
  }

  @Test func `a table of critical ranks says what counting each size says`() {
    for count in [1, 5, 6, 7, 8, 50, 200, 399, 400] {
      for level in SignedRankIntervals.levels {
        let (table, counted) = (
          SignedRankIntervals.criticalRank(count: count, level: level), RankDistribution.signedRank(count).criticalRank(level: level)
        )
        #expect(table.rank == counted.rank)
        #expect(abs(table.coverage - counted.coverage) < 1e-12)
      }
    }
    #expect(SignedRankIntervals.criticalRank(count: 401, level: 0.95).rank > SignedRankIntervals.criticalRank(count: 400, level: 0.95).rank)
  }
}
