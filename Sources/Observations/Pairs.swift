/// The valid pairs of a comparison: blocks in which both arms passed undisturbed, in the order of the blocks.
public struct Pairs: Sendable, Equatable {
  /// In the metric's unit; the baseline's value of every pair.
  public var baseline: [Double] = []
  /// In the metric's unit; the candidate's value of every pair, as many as `baseline` has.
  public var candidate: [Double] = []
  /// Blocks lost because a trial of the pair was invalidated.
  public var invalidated = 0

  /// Valid pairs.
  public var count: Int { baseline.count }

  /// - Parameter validity: of the run these trials are from.
  public init(
    _ observations: [Observation], workload: String, baseline: String, candidate: String, metric: Metric, validity: Validity
  ) {
    var sides: [Int: (baseline: Observation?, candidate: Observation?)] = [:]
    for trial in observations where trial.workload == workload {
      if trial.runtime == baseline { sides[trial.block, default: (nil, nil)].baseline = trial }
      if trial.runtime == candidate { sides[trial.block, default: (nil, nil)].candidate = trial }
    }
    for block in sides.keys.sorted() {
      guard let first = sides[block]?.baseline, let second = sides[block]?.candidate, first.outcome == .passed, second.outcome == .passed
      else { continue }
      if validity.reason(for: first) != nil || validity.reason(for: second) != nil {
        invalidated += 1
      } else if let left = first.value(of: metric), let right = second.value(of: metric) {
        self.baseline.append(left)
        self.candidate.append(right)
      }
    }
  }
}

extension RunResults {
  /// Whom the arms of a workload on one path are compared with: the run's baseline where it is on this path, else the path's first
  /// runtime that executes native code, else its first. Arms without a trial that passed are passed over.
  public func baseline(of workload: String, on path: RuntimePath) -> String? {
    var passed: Set<String> = []
    for trial in observations where trial.workload == workload && trial.outcome == .passed { passed.insert(trial.runtime) }
    let arms = runtimes.filter { $0.path == path && passed.contains($0.name) }
    if arms.contains(where: { $0.name == run.baseline }) { return run.baseline }
    return (arms.first { $0.program == .native } ?? arms.first)?.name
  }
}
