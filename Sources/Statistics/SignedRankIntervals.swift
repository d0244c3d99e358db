/// Critical ranks of the signed-rank distribution at the levels every estimate shows.
///
/// A table of 15,000 comparisons has as many intervals of few different sizes. Counting for the largest size passes through
/// all the smaller ones, so one pass (some ten milliseconds, made when first asked) serves them all.
enum SignedRankIntervals {
  static let levels = [0.95, 0.99]
  /// Beyond, the normal approximation (see `RankDistribution`).
  static let exactUpTo = 400

  static func criticalRank(count: Int, level: Double) -> CriticalRank {
    guard count <= exactUpTo, let column = levels.firstIndex(of: level) else {
      return RankDistribution.signedRank(count).criticalRank(level: level)
    }
    return table[column][count]
  }

  /// By level, then by count.
  private static let table: [[CriticalRank]] = {
    var table = levels.map { _ in [CriticalRank(rank: 0, coverage: 1)] }
    var mass = [Double](repeating: 0, count: exactUpTo * (exactUpTo + 1) / 4 + 1)
    mass[0] = 1
    for count in 1...exactUpTo {
      RankDistribution.addRank(count, to: &mass, reach: count * (count + 1) / 2)
      var rank = 0
      var below = 0.0
      // The highest level has the smallest rank.
      for column in levels.indices.reversed() {
        let tail = (1 - levels[column]) / 2
        while below + mass[rank] < tail {
          below += mass[rank]
          rank += 1
        }
        table[column].append(CriticalRank(rank: rank, coverage: 1 - 2 * below))
      }
    }
    return table
  }()
}
