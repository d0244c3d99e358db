/// Matteson and James' divergence of two neighbouring stretches of a series (JASA 109, 2014, "E-divisive"), with power 1:
///
/// Q(s, t, k) = 2/(n+m) Σ|x−y| − 2m/((n+m)(n−1)) Σ|x−x′| − 2n/((n+m)(m−1)) Σ|y−y′|, x = z[s..<t], y = z[t..<k], each pair once,
/// and no term for a stretch of one number.
struct EnergySplit: Equatable {
  /// t: where the second stretch begins.
  let index: Int
  /// k: where it ends.
  let end: Int
  let divergence: Double

  /// The split of `series[range]` with the largest divergence, the first of equals in the order of (t, k); nil for fewer
  /// than two numbers. O(n²) time, O(n) memory.
  init?(_ series: [Double], _ range: Range<Int>) {
    guard range.count >= 2 else { return nil }
    let z = Array(series[range])
    let count = z.count
    // toFirst[j]: the distances of z[j] from all numbers of the first stretch, which grows by one with every t.
    var toFirst = [Double](repeating: 0, count: count)
    // toEarlier[j]: its distances from all numbers before it.
    var toEarlier = [Double](repeating: 0, count: count)
    for j in 1..<count { for i in 0..<j { toEarlier[j] += abs(z[i] - z[j]) } }

    var best = (index: 1, end: 2, divergence: -Double.infinity)
    var within = 0.0
    for t in 1..<count {
      within += toFirst[t - 1]
      for j in t..<count { toFirst[j] += abs(z[t - 1] - z[j]) }
      let n = Double(t)
      var across = 0.0
      var beyond = 0.0
      for k in (t + 1)...count {
        across += toFirst[k - 1]
        beyond += toEarlier[k - 1] - toFirst[k - 1]
        let m = Double(k - t)
        var divergence = across
        if t > 1 { divergence -= m / (n - 1) * within }
        if k > t + 1 { divergence -= n / (m - 1) * beyond }
        divergence *= 2 / (n + m)
        if divergence > best.divergence { best = (t, k, divergence) }
      }
    }
    index = range.lowerBound + best.index
    end = range.lowerBound + best.end
    divergence = best.divergence
  }
}
