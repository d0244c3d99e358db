/// The distribution of a rank statistic when there is no effect: symmetrical on 0…`maximum`.
///
/// Exact by counting while that is cheap; beyond, the normal approximation with continuity correction, whose critical
/// ranks at 95 % and 99 % lie at most a thousandth below the exact ones: intervals get no narrower.
struct RankDistribution {
  let maximum: Int
  private let form: Form

  private enum Form {
    /// P(statistic ≤ u) for the lower half of the values; symmetry gives the rest.
    case exact([Double])
    case normal(deviation: Double)
  }

  var isExact: Bool { if case .exact = form { true } else { false } }

  /// P(statistic ≤ u).
  func cumulative(_ u: Int) -> Double {
    if u < 0 { return 0 }
    if u >= maximum { return 1 }
    switch form {
    case .exact(let cumulative): return u < cumulative.count ? cumulative[u] : 1 - cumulative[maximum - u - 1]
    case .normal(let deviation): return normalProbability((Double(u) + 0.5 - Double(maximum) / 2) / deviation)
    }
  }

  /// The smallest u with P(statistic ≤ u) ≥ `probability` (R's `qwilcox` and `qsignrank`).
  func quantile(_ probability: Double) -> Int {
    var low = 0
    var high = maximum
    while low < high {
      let middle = (low + high) / 2
      if cumulative(middle) >= probability { high = middle } else { low = middle + 1 }
    }
    return low
  }

  /// The rank, counted from both ends, between which an interval of this level lies, and what it really covers.
  func criticalRank(level: Double) -> CriticalRank {
    let rank = quantile((1 - level) / 2)
    return CriticalRank(rank: rank, coverage: 1 - 2 * cumulative(rank - 1))
  }

  /// Wilcoxon's signed-rank statistic of `count` differences: the sum of the ranks of those above zero.
  static func signedRank(_ count: Int, exactUpTo limit: Int = 400) -> RankDistribution {
    let maximum = count * (count + 1) / 2
    guard count <= limit else {
      let n = Double(count)
      return RankDistribution(maximum: maximum, form: .normal(deviation: (n * (n + 1) * (2 * n + 1) / 24).squareRoot()))
    }
    // Each rank is in the sum or not, with equal probability.
    var mass = [Double](repeating: 0, count: maximum / 2 + 1)
    mass[0] = 1
    var reach = 0
    for rank in stride(from: 1, through: count, by: 1) {
      reach += rank
      addRank(rank, to: &mass, reach: reach)
    }
    return RankDistribution(maximum: maximum, form: .exact(runningSums(mass)))
  }

  /// One more rank that is in the sum with probability one half. `reach` is the largest sum possible with it.
  static func addRank(_ rank: Int, to mass: inout [Double], reach: Int) {
    let last = min(reach, mass.count - 1)
    mass.withUnsafeMutableBufferPointer { mass in
      for u in stride(from: last, through: rank, by: -1) { mass[u] = (mass[u] + mass[u - rank]) / 2 }
      for u in 0..<min(rank, last + 1) { mass[u] /= 2 }
    }
  }

  /// Mann and Whitney's U of samples of `m` and `n`: the number of pairs in which the second is the larger. Exact up to
  /// 160,000 pairs, 400 against 400.
  static func mannWhitney(_ m: Int, _ n: Int, exactUpTo limit: Int = 160_000) -> RankDistribution {
    let maximum = m * n
    guard maximum <= limit else {
      let (m, n) = (Double(m), Double(n))
      return RankDistribution(maximum: maximum, form: .normal(deviation: (m * n * (m + n + 1) / 12).squareRoot()))
    }
    // The counts are the coefficients of the Gaussian binomial ∏ (1 − x^(n+i)) / (1 − x^i), i = 1…m, which satisfy
    // f(m, n, u) = f(m−1, n, u−n) + f(m, n−1, u). Each step divides by binomial(n+i, i) / binomial(n+i−1, i−1) = (n+i)/i,
    // so that the coefficients stay probabilities.
    let (few, many) = (min(m, n), max(m, n))
    var mass = [Double](repeating: 0, count: maximum / 2 + 1)
    mass[0] = 1
    mass.withUnsafeMutableBufferPointer { mass in
      for i in stride(from: 1, through: few, by: 1) {
        let last = min(many * i, mass.count - 1)
        for u in stride(from: last, through: many + i, by: -1) { mass[u] -= mass[u - many - i] }
        for u in stride(from: i, through: last, by: 1) { mass[u] += mass[u - i] }
        let growth = Double(many + i) / Double(i)
        for u in 0...last { mass[u] /= growth }
      }
    }
    return RankDistribution(maximum: maximum, form: .exact(runningSums(mass)))
  }

  private static func runningSums(_ mass: [Double]) -> [Double] {
    var sum = 0.0
    return mass.map {
      sum += $0
      return sum
    }
  }
}

/// Where an interval between order statistics ends.
struct CriticalRank: Equatable {
  /// Counted from 1; 0 where there are too few values for the level.
  let rank: Int
  let coverage: Double
}
