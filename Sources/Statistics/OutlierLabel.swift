/// Numbers far from the others. Labels only: a slow process is a measurement, and nothing is deleted for its value.
public struct OutlierLabel: OptionSet, Sendable, Hashable {
  /// A bit for each label.
  public let rawValue: UInt8
  /// Takes any bits; only the three labels mean something.
  public init(rawValue: UInt8) { self.rawValue = rawValue }

  /// Beyond 1.5 interquartile ranges from the quartiles (Tukey 1977).
  public static let mild = OutlierLabel(rawValue: 1)
  /// Beyond 3 interquartile ranges.
  public static let severe = OutlierLabel(rawValue: 2)
  /// More than 3.5 robust deviations from the median: |x − median| / (1.4826 MAD) (Iglewicz and Hoaglin 1993).
  public static let deviant = OutlierLabel(rawValue: 4)
}

/// The distances that label outliers of one sample.
public struct OutlierFences: Sendable, Equatable {
  /// From 1.5 interquartile ranges below the first quartile to as many above the third.
  public let mild: ClosedRange<Double>
  /// From 3 interquartile ranges below the first quartile to as many above the third.
  public let severe: ClosedRange<Double>
  /// The sample's median, from which deviations are measured.
  public let median: Double
  /// 1.4826 times the median absolute deviation; zero where more than half the numbers are equal, and then nothing is deviant.
  public let deviation: Double

  /// Quartiles are those of `Sample.quantile`.
  public init(_ sample: Sample) {
    let (first, third) = (sample.quantile(0.25), sample.quantile(0.75))
    let range = third - first
    mild = (first - 1.5 * range)...(third + 1.5 * range)
    severe = (first - 3 * range)...(third + 3 * range)
    median = sample.median
    deviation = 1.4826 * sample.medianAbsoluteDeviation
  }

  /// |x − median| in robust deviations; nil where there is no deviation to measure by.
  public func modifiedZ(_ value: Double) -> Double? { deviation > 0 ? abs(value - median) / deviation : nil }

  /// Empty for a number that is not far from the others; a severe one is mild, too.
  public func label(_ value: Double) -> OutlierLabel {
    var label: OutlierLabel = []
    if !mild.contains(value) { label.insert(.mild) }
    if !severe.contains(value) { label.insert(.severe) }
    if let z = modifiedZ(value), z > 3.5 { label.insert(.deviant) }
    return label
  }
}
