import Observations
import Report
import Statistics

/// Whether a difference the scenario expects was observed in one runtime.
struct DifferenceCheck: Equatable {
  var difference: ExpectedDifference
  var runtime: String
  /// Median of the differences, block by block; nil where the metric was not observed in both.
  var observed: Double?

  var holds: Bool { observed.map { abs($0 - difference.expected) <= difference.tolerance } ?? false }

  var text: String {
    let unit = Quantity.metric(difference.metric)
    let what = "\(difference.metric.rawValue) of \(difference.workload) above \(difference.above) in \(runtime)"
    let wanted = "expected \(unit.text(difference.expected)) ± \(unit.text(difference.tolerance))"
    guard let observed else { return "error: \(what): not observed (\(wanted))" }
    return "\(holds ? "ok:" : "error:") \(what): \(unit.text(observed)) (\(wanted))"
  }

  /// Every expected difference in every runtime that runs both workloads.
  static func all(in results: RunResults) -> [DifferenceCheck] {
    results.run.differences.flatMap { difference in
      results.runtimes.map(\.name).compactMap { runtime -> DifferenceCheck? in
        let arms = [difference.workload, difference.above].map { name in results.workloads.first { $0.name == name }?.arms ?? [] }
        guard arms.allSatisfy({ $0.contains(runtime) }), !results.unavailable.contains(where: { $0.runtime == runtime }) else { return nil }
        let upper = values(results, difference.workload, runtime, difference.metric)
        let lower = values(results, difference.above, runtime, difference.metric)
        let pairs = upper.compactMap { block, value in lower[block].map { value - $0 } }
        return DifferenceCheck(difference: difference, runtime: runtime, observed: Sample(pairs)?.median)
      }
    }
  }

  private static func values(_ results: RunResults, _ workload: String, _ runtime: String, _ metric: Metric) -> [Int: Double] {
    var values: [Int: Double] = [:]
    for trial in results.observations where trial.workload == workload && trial.runtime == runtime && trial.outcome == .passed {
      values[trial.block] = trial.value(of: metric)
    }
    return values
  }
}
