/// The straight line through points with the least sum of squared vertical distances.
public struct LineFit: Sendable, Equatable {
  /// What is added for each unit of x.
  public let slope: Double
  /// Where the line is at x = 0.
  public let intercept: Double

  /// - Returns: nil where there are not at least two different x, or a number is not finite.
  public init?(_ points: [(x: Double, y: Double)]) {
    let count = Double(points.count)
    guard points.count > 1, points.allSatisfy({ $0.x.isFinite && $0.y.isFinite }) else { return nil }
    // About the means: sums of squares of large numbers would lose what differs between them.
    let meanX = points.reduce(0) { $0 + $1.x } / count
    let meanY = points.reduce(0) { $0 + $1.y } / count
    let squares = points.reduce(0) { $0 + ($1.x - meanX) * ($1.x - meanX) }
    guard squares > 0 else { return nil }
    slope = points.reduce(0) { $0 + ($1.x - meanX) * ($1.y - meanY) } / squares
    intercept = meanY - slope * meanX
  }

  /// Where the line is at x.
  public func value(at x: Double) -> Double { intercept + slope * x }
}
