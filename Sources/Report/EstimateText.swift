import Statistics

/// An estimate in words and figures: value and interval in the same unit with the same number of places.
struct EstimateText: Equatable {
  /// "1.40 ms", or "2.10" for a ratio.
  var value: String
  /// "[1.31, 1.52]", or empty without an interval.
  var interval: String

  init(_ estimate: Estimate, of quantity: Quantity) {
    self.init(estimate, in: Unit.fitting(estimate.value, quantity.dimension))
  }

  init(ratio: Estimate) { self.init(ratio, in: .one) }

  private init(_ estimate: Estimate, in unit: Unit) {
    let interval = estimate.interval95
    let decimals = unit.decimals(estimate.value, width: interval.map { $0.upper - $0.lower })
    value = unit.number(estimate.value, decimals: decimals) + (unit.symbol.isEmpty ? "" : " " + unit.symbol)
    self.interval =
      interval.map {
        "[\(unit.number($0.lower, decimals: decimals)), \(unit.number($0.upper, decimals: decimals))]"
      } ?? ""
  }

  /// "1.40 ms [1.31, 1.52]".
  var both: String { interval.isEmpty ? value : value + " " + interval }
}

extension OverallComparison {
  /// The mean and its interval.
  var text: EstimateText {
    EstimateText(ratio: estimate ?? Estimate(value: geometricMean, interval95: nil, interval99: nil, count: 0))
  }
}

/// A fraction as a percentage with two significant digits, for instance "1.2 %".
func percentText(_ fraction: Double) -> String {
  let percent = fraction * 100
  if percent == 0 { return "0 %" }
  if percent < 0.01 { return "<0.01 %" }
  return fixed(percent, percent < 0.1 ? 2 : percent < 10 ? 1 : 0) + " %"
}
