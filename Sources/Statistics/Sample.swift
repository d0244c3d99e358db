/// A non-empty set of finite numbers, one per replicate, kept sorted.
///
/// A replicate is one fresh process; repeated measurements inside one process are collapsed to their median before they
/// come here, because pooling them makes intervals far too narrow.
public struct Sample: Sendable, Equatable {
  /// In ascending order.
  public let sorted: [Double]

  /// - Returns: nil where `values` is empty or contains an infinity or a NaN.
  public init?(_ values: some Sequence<Double>) { self.init(Array(values)) }

  /// The same for an array. Other modules call this one: generic code of this module is not specialised for them, and sorting by way of
  /// protocol witnesses takes ten times as long.
  public init?(_ values: [Double]) {
    let sorted = values.sorted()
    guard !sorted.isEmpty, sorted.allSatisfy(\.isFinite) else { return nil }
    self.sorted = sorted
  }

  /// Of finite numbers that are in ascending order already; at least one.
  init(ascending: [Double]) { sorted = ascending }

  /// At least 1.
  public var count: Int { sorted.count }
  /// Finite, as all of them.
  public var minimum: Double { sorted[0] }
  /// Finite, as all of them.
  public var maximum: Double { sorted[sorted.count - 1] }

  /// The middle value, or the mean of the two middle values.
  public var median: Double {
    let middle = sorted.count / 2
    if sorted.count % 2 == 1 { return sorted[middle] }
    return sorted[middle - 1] + (sorted[middle] - sorted[middle - 1]) / 2
  }

  /// The quantile by linear interpolation of order statistics (Hyndman and Fan's type 7, the default of R and numpy).
  /// - Parameter probability: clamped to 0…1.
  public func quantile(_ probability: Double) -> Double {
    let position = Double(sorted.count - 1) * min(max(probability, 0), 1)
    let below = Int(position)
    guard below + 1 < sorted.count else { return sorted[sorted.count - 1] }
    return sorted[below] + (position - Double(below)) * (sorted[below + 1] - sorted[below])
  }

  /// The median distance from the median.
  public var medianAbsoluteDeviation: Double {
    let center = median
    return Sample(sorted.map { abs($0 - center) })?.median ?? 0
  }
}
