import Observations
import Yams

extension ScenarioReader {
  /// `thresholds: {wall-time: 3 %}`: a metric and the growth from which on it counts as a regression.
  func thresholds(_ fields: Fields<ScenarioKey>) -> [Metric: Double]? {
    guard let node = fields.node(.thresholds) else { return nil }
    let document = fields.document
    guard let mapping = node.mapping else {
      document.problem(
        "\"thresholds\" must be metrics and percentages (for instance: thresholds: {wall-time: 3 %}), found \(kind(of: node))", at: node)
      return nil
    }
    var thresholds: [Metric: Double] = [:]
    for (key, value) in mapping {
      guard let name = document.text(key, for: "a metric in thresholds") else { continue }
      guard let metric = Metric(named: name) else {
        document.problem("unknown metric \"\(name)\"\(suggestion(for: name, among: Metric.allCases.map(\.rawValue)))", at: key)
        continue
      }
      guard let fraction = value.scalar.flatMap({ percentage($0.string) }) else {
        document.problem("\"\(name)\" must be a percentage from 0 % to 1000 % (for instance: 3 %), found \(kind(of: value))", at: value)
        continue
      }
      thresholds[metric] = fraction
    }
    return thresholds
  }
}

/// "3 %", "3%" or "0.5 %" as a fraction; nil for anything else and outside 0 % to 1000 %.
public func percentage(_ text: String) -> Double? {
  guard text.last == "%", let percent = quantity(text, units: ["%": 1], plain: 1), (0...1000).contains(percent) else { return nil }
  return percent / 100
}
