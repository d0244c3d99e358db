extension RunFile.Head {
  /// What no harness writes and what would stop one that believes it: the member and what is wrong with it. Nil where there is nothing.
  var problem: String? {
    let attempts =
      environments.map { ("environments.attempt", $0.attempt) } + (counts ?? []).map { ("counts.attempt", $0.attempt) }
      + (assertions ?? []).map { ("assertions.attempt", $0.attempt) }
    let problems =
      [
        outside("run.seed", run.seed, 0...UInt64(Scenario.seedRange.upperBound)), outside("run.blocks", run.blocks, Scenario.blockRange),
        outside("run.maximumBlocks", run.maximumBlocks, Scenario.blockRange), outside("run.precision", run.precision, 0...1),
        outside("timeLimit", timeLimit, Scenario.timeLimitRange), repeated("workloads", workloads.map(\.name)),
        repeated("runtimes", runtimes.map(\.name)), foreignCounts, foreignAssertions,
      ] + (run.thresholds ?? [:]).values.map { outside("run.thresholds", $0, 0...10) }
      + attempts.map { outside($0, $1, 0...Int(Int32.max)) }
    return problems.lazy.compactMap(\.self).first
  }

  private func outside<Value: Comparable>(_ name: String, _ value: Value?, _ range: ClosedRange<Value>) -> String? {
    guard let value, !range.contains(value) else { return nil }
    return "\(name) is \(value), and must be from \(range.lowerBound) to \(range.upperBound)"
  }

  private func repeated(_ name: String, _ values: [String]) -> String? {
    var seen: Set<String> = []
    return values.first { !seen.insert($0).inserted }.map { "\(name) holds \"\($0)\" twice" }
  }

  private var foreignCounts: String? {
    (counts ?? []).first { $0.run != run.id }.map { "counts.run is \"\($0.run)\", another run than \"\(run.id)\"" }
  }

  private var foreignAssertions: String? {
    (assertions ?? []).first { $0.run != run.id }.map { "assertions.run is \"\($0.run)\", another run than \"\(run.id)\"" }
  }
}
