/// The distribution of a rank statistic when there is no effect: symmetrical on 0…`maximum`.
///
/// Exact by counting while that is cheap; beyond, the normal approximation with continuity correction, whose critical
/// ranks at 95 % and 99 % lie at most a thousandth below the exact ones: intervals get no narrower.
struct RankDistribution {
  let maximum: Int
  private let form: Form

  private enum Form {
    /// P(statistic ≤ u) for every u.
    case exact([Double])
    case normal(deviation: Double)
  }

  var isExact: Bool { if case .exact = form { true } else { false } }

  /// P(statistic ≤ u).
  func cumulative(_ u: Int) -> Double {
    if u < 0 { return 0 }
    if u >= maximum { return 1 }
    switch form {
    case .exact(let cumulative): return cumulative[u]
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

  /// Wilcoxon's signed-rank statistic of `count` differences: the sum of the ranks of those above zero.
  static func signedRank(_ count: Int, exactUpTo limit: Int = 200) -> RankDistribution {
    let maximum = count * (count + 1) / 2
    guard count <= limit else {
      let n = Double(count)
      return RankDistribution(maximum: maximum, form: .normal(deviation: (n * (n + 1) * (2 * n + 1) / 24).squareRoot()))
    }
    // Each rank is in the sum or not, with equal probability.
    var mass = [Double](repeating: 0, count: maximum + 1)
    mass[0] = 1
    var reach = 0
    for rank in stride(from: 1, through: count, by: 1) {
      reach += rank
      for u in stride(from: reach, through: 0, by: -1) {
        mass[u] = (mass[u] + (u >= rank ? mass[u - rank] : 0)) / 2
      }
    }
    return RankDistribution(maximum: maximum, form: .exact(runningSums(mass)))
  }

  /// Mann and Whitney's U of samples of `m` and `n`: the number of pairs in which the second is the larger.
  static func mannWhitney(_ m: Int, _ n: Int, exactUpTo limit: Int = 10_000) -> RankDistribution {
    let maximum = m * n
    guard maximum <= limit else {
      let (m, n) = (Double(m), Double(n))
      return RankDistribution(maximum: maximum, form: .normal(deviation: (m * n * (m + n + 1) / 12).squareRoot()))
    }
    // The counts are the coefficients of the Gaussian binomial ∏ (1 − x^(n+i)) / (1 − x^i), i = 1…m, which satisfy
    // f(m, n, u) = f(m−1, n, u−n) + f(m, n−1, u). Each step divides by binomial(n+i, i) / binomial(n+i−1, i−1) = (n+i)/i,
    // so that the coefficients stay probabilities.
    let (few, many) = (min(m, n), max(m, n))
    var mass = [Double](repeating: 0, count: maximum + 1)
    mass[0] = 1
    for i in stride(from: 1, through: few, by: 1) {
      let reach = many * i
      for u in stride(from: reach, through: many + i, by: -1) { mass[u] -= mass[u - many - i] }
      for u in stride(from: i, through: reach, by: 1) { mass[u] += mass[u - i] }
      let growth = Double(many + i) / Double(i)
      for u in 0...reach { mass[u] /= growth }
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
