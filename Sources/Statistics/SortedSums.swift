/// All sums of one number of `rows` and one of `columns`, both ascending, from which the k-th smallest is selected without
/// forming them all: 100,000 pairs have five thousand million Walsh averages.
///
/// Monahan's selection (Algorithm 616, ACM TOMS 10, 1984): every row is ascending, so the candidates of a row are a range.
/// A pivot drawn among the candidates splits every row, all rows together in one walk along a staircase. O(n log n) expected,
/// and exactly the number that sorting all sums gives, because rounding keeps their order.
struct SortedSums {
  private let rows: [Double]
  private let columns: [Double]
  /// Whether row i has only the columns from i on: every pair of one sample once, and every number with itself.
  private let isTriangle: Bool
  let count: Int

  /// b − a for all pairs. The arguments are ascending.
  init(differences candidate: [Double], minus baseline: [Double]) {
    rows = candidate
    columns = baseline.reversed().map { -$0 }
    isTriangle = false
    count = rows.count * columns.count
  }

  /// x_i + x_j for i ≤ j. The argument is ascending.
  init(pairsOf values: [Double]) {
    rows = values
    columns = values
    isTriangle = true
    count = values.count * (values.count + 1) / 2
  }

  /// The `rank`-th smallest, counted from 1.
  func select(_ rank: Int) -> Double {
    precondition(rank >= 1 && rank <= count, "the rank of a sum is 1…count")
    var random = SplitMix64(seed: UInt64(rank))
    var first = isTriangle ? Array(rows.indices) : [Int](repeating: 0, count: rows.count)
    var end = [Int](repeating: columns.count, count: rows.count)
    var remaining = count
    var below = 0  // sums known to be smaller than every candidate
    let few = 2 * rows.count + 64

    while remaining > few {
      let pivot = candidate(random.index(remaining), first, end)
      let smaller = ends { $0 < pivot }
      let notLarger = ends { $0 <= pivot }
      let rankOfPivot = smaller.total
      if rank <= rankOfPivot {
        end = smaller.ends
        remaining = smaller.total - below
      } else if rank <= notLarger.total {
        return pivot
      } else {
        first = notLarger.ends
        remaining -= notLarger.total - below
        below = notLarger.total
      }
    }
    var candidates: [Double] = []
    candidates.reserveCapacity(remaining)
    for row in rows.indices {
      for column in first[row]..<max(first[row], end[row]) { candidates.append(rows[row] + columns[column]) }
    }
    candidates.sort()
    return candidates[rank - below - 1]
  }

  /// The `position`-th candidate, row by row.
  private func candidate(_ position: Int, _ first: [Int], _ end: [Int]) -> Double {
    var position = position
    for row in rows.indices {
      let size = max(0, end[row] - first[row])
      if position < size { return rows[row] + columns[first[row] + position] }
      position -= size
    }
    preconditionFailure("a position among the candidates")
  }

  /// For every row the end of the columns whose sums satisfy `holds`, which a larger sum never does if a smaller one does
  /// not; and how many sums that is. The ends only fall from row to row: one walk finds them all.
  private func ends(where holds: (Double) -> Bool) -> (ends: [Int], total: Int) {
    var ends = [Int](repeating: 0, count: rows.count)
    var total = 0
    var end = columns.count
    for row in rows.indices {
      while end > 0, !holds(rows[row] + columns[end - 1]) { end -= 1 }
      let start = isTriangle ? row : 0
      ends[row] = max(end, start)
      total += ends[row] - start
    }
    return (ends, total)
  }
}
