/// P(|T| ≥ |t|) of Student's distribution with `freedom` degrees of freedom, to 1e-12 of its value up to 10,000 degrees; the
/// error grows in proportion beyond.
func studentTwoSided(_ t: Double, freedom: Double) -> Double {
  guard freedom > 0, !t.isNaN else { return .nan }
  guard t.isFinite else { return 0 }
  let square = t * t
  return incompleteBeta(freedom / (freedom + square), complement: square / (freedom + square), freedom / 2, 0.5)
}

/// Student's test that two samples, assumed normal and equally dispersed, have the same mean; two-sided.
public struct StudentTest: Sendable, Equatable {
  /// Student's t; its sign is that of the first mean less the second. Zero where the means are equal, infinite where nothing varies.
  public let statistic: Double
  /// Degrees of freedom: the number of values less two.
  public let freedom: Int
  /// In 0…1: zero only where the samples differ and neither varies.
  public let probability: Double

  /// - Parameter divisor: what a sample's squares are divided by before they are pooled: `.sample` is the textbook's n − 1,
  ///   `.population` n, as Hunter has it.
  /// - Returns: nil where there are fewer than three values in all, a sample is empty, or a number is not finite.
  public init?(_ first: some Collection<Double>, _ second: some Collection<Double>, divisor: Divisor = .sample) {
    guard !first.isEmpty, !second.isEmpty, first.count + second.count > 2 else { return nil }
    let (m, n) = (Double(first.count), Double(second.count))
    let (a, b) = (Moments(first), Moments(second))
    guard a.mean.isFinite, b.mean.isFinite, a.squares.isFinite, b.squares.isFinite else { return nil }
    freedom = first.count + second.count - 2
    func pooled(_ moments: Moments, _ count: Double) -> Double {
      divisor == .sample || count < 2 ? moments.squares : moments.squares * (count - 1) / count
    }
    let variance = (pooled(a, m) + pooled(b, n)) / Double(freedom)
    let difference = a.mean - b.mean
    statistic = difference == 0 ? 0 : difference / (variance * (1 / m + 1 / n)).squareRoot()
    probability = studentTwoSided(statistic, freedom: Double(freedom))
  }

  /// What sums of squares are divided by: n − 1 or n.
  public enum Divisor: Sendable { case sample, population }
}

/// Mean and sum of squared distances from it, in two passes.
struct Moments {
  let mean: Double
  let squares: Double

  init(_ values: some Collection<Double>) {
    let mean = values.reduce(0, +) / Double(values.count)
    self.mean = mean
    squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
  }
}
