import Observations
import Statistics

/// Whether a difference the scenario expects was observed in one runtime.
public struct DifferenceCheck: Codable, Sendable, Equatable {
  /// What the scenario asks for.
  public var difference: ExpectedDifference
  /// Name of a runtime that runs both workloads.
  public var runtime: String
  /// Median of the differences, block by block; nil where the metric was not observed in both.
  public var observed: Double?
  /// Whether `observed` lies within the tolerance; false where nothing was observed.
  public var holds: Bool

  init(_ difference: ExpectedDifference, runtime: String, observed: Double?) {
    self.difference = difference
    self.runtime = runtime
    self.observed = observed
    holds = observed.map { abs($0 - difference.expected) <= difference.tolerance } ?? false
  }

  private var unit: Quantity { .metric(difference.metric) }
  var observedText: String { observed.map(unit.text) ?? "not observed" }
  var expectedText: String { "\(unit.text(difference.expected)) ± \(unit.text(difference.tolerance))" }

  /// One line.
  public var text: String {
    "\(holds ? "ok:" : "error:") \(difference.metric.rawValue) of \(difference.workload) above \(difference.above) in \(runtime): "
      + "\(observedText) (expected \(expectedText))"
  }

  /// Every expected difference in every runtime that runs both workloads.
  public static func all(in results: RunResults) -> [DifferenceCheck] { all(in: results, CountedTrials(results.observations)) }

  static func all(in results: RunResults, _ counted: CountedTrials) -> [DifferenceCheck] {
    results.run.differences.flatMap { difference in
      results.runtimes.map(\.name).compactMap { runtime -> DifferenceCheck? in
        let arms = [difference.workload, difference.above].map { name in results.workloads.first { $0.name == name }?.arms ?? [] }
        guard arms.allSatisfy({ $0.contains(runtime) }), !results.unavailable.contains(where: { $0.runtime == runtime }) else { return nil }
        func values(_ workload: String) -> [Int: Double] {
          counted.trials(of: workload, in: runtime).reduce(into: [:]) { $0[$1.block] = $1.measured(difference.metric) }
        }
        let lower = values(difference.above)
        let pairs = values(difference.workload).compactMap { block, value in lower[block].map { value - $0 } }
        return DifferenceCheck(difference, runtime: runtime, observed: Sample(pairs)?.median)
      }
    }
  }
}
