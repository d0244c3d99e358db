/// The geometric mean of positive numbers, summed as logarithms so that it cannot overflow.
/// - Returns: nil where there is none or one is not positive and finite.
public func geometricMean(_ values: [Double]) -> Double? {
  guard !values.isEmpty, values.allSatisfy({ $0 > 0 && $0.isFinite }) else { return nil }
  return exponential(values.reduce(0) { $0 + logarithm($1) } / Double(values.count))
}
