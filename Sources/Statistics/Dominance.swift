/// How often a number of one sample exceeds a number of the other: what Mann and Whitney's U and Cliff's δ are made of.
struct Dominance {
  let firstLarger: Int
  let equal: Int
  let secondLarger: Int

  /// One walk through both samples, ascending.
  init(_ first: Sample, _ second: Sample) {
    let (x, y) = (first.sorted, second.sorted)
    var (smaller, notLarger) = (0, 0)  // numbers of x below, and not above, the current y
    var (below, same) = (0, 0)
    for value in y {
      while smaller < x.count, x[smaller] < value { smaller += 1 }
      notLarger = max(notLarger, smaller)
      while notLarger < x.count, x[notLarger] <= value { notLarger += 1 }
      below += smaller
      same += notLarger - smaller
    }
    equal = same
    secondLarger = below
    firstLarger = x.count * y.count - below - same
  }

  /// Pairs in which the first is the larger, and half of those in which neither is.
  var statistic: Double { Double(firstLarger) + Double(equal) / 2 }
}
