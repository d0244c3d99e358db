/// All sums of one number of `rows` and one of `columns`, both ascending, from which the k-th smallest is selected without
/// forming them all: 100,000 pairs have five thousand million Walsh averages.
///
/// Monahan's selection (Algorithm 616, ACM TOMS 10, 1984): every row is ascending, so the candidates of a row are a range.
/// A pivot among the candidates splits every row, all rows together in one walk along a staircase. O(n log n) expected,
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
    // Sorting the last candidates must not cost more than another walk.
    let few = rows.count / 8 + 64

    while remaining > few {
      let pivot = pivot(rank - below, of: remaining, first, end, &random)
      let smaller = ends(pivot, isIncluded: false)
      if rank <= smaller.total {
        end = smaller.ends
        remaining = smaller.total - below
        continue
      }
      let notLarger = ends(pivot, isIncluded: true)
      if rank <= notLarger.total { return pivot }
      first = notLarger.ends
      remaining -= notLarger.total - below
      below = notLarger.total
    }
    var candidates: [Double] = []
    candidates.reserveCapacity(remaining)
    for row in rows.indices {
      for column in first[row]..<max(first[row], end[row]) { candidates.append(rows[row] + columns[column]) }
    }
    candidates.sort()
    return candidates[rank - below - 1]
  }

  /// A candidate near the one sought: from a sorted sample, a little past the place of the one sought, on the side where more candidates
  /// lie, so that these are most likely to fall away (Floyd and Rivest, Algorithm 489, CACM 18, 1975).
  /// - Parameter rank: the rank sought among the candidates that remain.
  private func pivot(_ rank: Int, of remaining: Int, _ first: [Int], _ end: [Int], _ random: inout SplitMix64) -> Double {
    let size = min(max(rows.count / 32, 16), 1024, remaining)
    // One position of each of `size` even stretches: ascending, so that one walk over the rows finds them all.
    let positions = (0..<size).map { index in
      let stretch = (remaining * index / size)..<(remaining * (index + 1) / size)
      return stretch.lowerBound + random.index(stretch.count)
    }
    let sample = candidates(at: positions, first, end).sorted()
    let share = Double(rank) / Double(remaining)
    let spread = (share * (1 - share) * Double(size)).squareRoot()
    let place = share * Double(size) + (share < 0.5 ? spread : -spread)
    return sample[min(max(Int(place), 0), size - 1)]
  }

  /// The candidates at ascending positions, counted row by row.
  private func candidates(at positions: [Int], _ first: [Int], _ end: [Int]) -> [Double] {
    var found: [Double] = []
    found.reserveCapacity(positions.count)
    var before = 0  // candidates of the rows passed
    for row in rows.indices where end[row] > first[row] {
      while found.count < positions.count, positions[found.count] - before < end[row] - first[row] {
        found.append(rows[row] + columns[first[row] + positions[found.count] - before])
      }
      if found.count == positions.count { break }
      before += end[row] - first[row]
    }
    return found
  }

  /// For every row the end of the columns whose sums are smaller than the pivot, or as large where that is included; and how many sums
  /// that is. The ends only fall from row to row: one walk finds them all.
  private func ends(_ pivot: Double, isIncluded: Bool) -> (ends: [Int], total: Int) {
    var total = 0
    let ends = [Int](unsafeUninitializedCapacity: rows.count) { ends, written in
      rows.withUnsafeBufferPointer { rows in
        columns.withUnsafeBufferPointer { columns in
          var end = columns.count
          for row in rows.indices {
            let value = rows[row]
            if isIncluded {
              while end > 0, value + columns[end - 1] > pivot { end -= 1 }
            } else {
              while end > 0, value + columns[end - 1] >= pivot { end -= 1 }
            }
            let start = isTriangle ? row : 0
            ends[row] = max(end, start)
            total += ends[row] - start
          }
          written = rows.count
        }
      }
    }
    return (ends, total)
  }
}
