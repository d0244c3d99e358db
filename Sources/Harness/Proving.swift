import Coordinator
import Foundation
import Observations
import Report
import Statistics

/// Many comparisons of a runtime with itself, each a run of its own through everything a gate goes through: a plan of two arms, real
/// processes in random order, evidence, the stopping rule and the verdict, all but the second measurement.
///
/// With a slow-down injected into one arm the same comparisons tell how often a gate finds it.
struct Proving {
  /// Blocks that tell how long a trial takes, so that a share of it can be injected.
  static let calibrationBlocks = 15

  struct Options {
    var comparisons: Int
    /// Exactly so many blocks a comparison; by default until the scenario's precision is reached.
    var blocks: Int?
    /// The slow-down of the second arm, as a fraction of the median of the first metric.
    var injected: Double
    var runtime: String?
    /// Only these workloads; by default all that the runtime can run, in turn.
    var workloads: [String]?
    var seed: UInt64
  }

  enum News {
    case calibrated(workload: String, median: Double, spin: UInt64)
    case compared(GateRow, done: Int, of: Int)
  }

  let checkout: Checkout
  let catalog: RuntimeCatalog
  /// Where the comparisons' own runs go; the proof goes to the caller's database.
  let store: Store

  /// - Parameter interruption: see `Interruption.watch()`.
  /// - Returns: nil where the user stopped it; a proof needs all its comparisons.
  /// - Throws: `CoordinatorError`, also where a comparison could not be measured.
  func prove(_ scenario: Scenario, _ options: Options, interruption: CInt, tell: (News) -> Void) throws -> Proof? {
    let name = options.runtime ?? scenario.runtimes[0]
    let executable = try executable(of: name)
    let runnable = scenario.workloads.filter { $0.runtimes?.contains(name) ?? true }.map(\.name)
    let plans = try (options.workloads ?? runnable).map { try plan(scenario, $0, executable, name, options) }
    guard let first = plans.first else {
      throw CoordinatorError(.nothingToMeasure, "\(scenario.path): \(name) runs none of its workloads")
    }
    let metric = first.run.timedMetrics[0]
    guard options.injected == 0 || !metric.isMemory else {
      throw CoordinatorError(.usage, "\(scenario.path): its first metric is \(metric.rawValue), into which no slow-down can be injected")
    }
    let proofID = first.run.id
    var random = SplitMix64(seed: options.seed)
    var spins: [UInt64?] = plans.map { _ in nil }
    if options.injected > 0 {
      for index in plans.indices {
        guard let median = try calibrate(plans[index], "\(proofID)-c\(index)", metric, random.next(), interruption) else { return nil }
        spins[index] = UInt64(options.injected * median)
        tell(.calibrated(workload: plans[index].workloads[0].name, median: median, spin: UInt64(options.injected * median)))
      }
    }
    var rows: [GateRow] = []
    var machine: MachineEnvironment?
    for number in 0..<options.comparisons {
      let index = number % plans.count
      var plan = plans[index]
      if let spin = spins[index], let head = plan.runtimes.firstIndex(where: { $0.name == DuetPlanner.head }) {
        plan.runtimes[head].spin = spin
      }
      guard let run = try measure(plan, "\(proofID)-\(number)", random.next(), interruption) else { return nil }
      machine = machine ?? run.environment
      let row = try judge(run, metric)
      rows.append(row)
      tell(.compared(row, done: number + 1, of: options.comparisons))
    }
    guard let machine else { throw CoordinatorError(.nothingToMeasure, "\(scenario.path): no comparison was measured") }
    return Proof(
      id: proofID, provenAt: timestamp(Date()), machine: machine, scenario: scenario.name, metric: metric,
      threshold: first.run.threshold(of: metric), injected: options.injected, comparisons: rows.count,
      regressions: rows.count { $0.verdict == .regression }, improvements: rows.count { $0.verdict == .improvement },
      inconclusive: rows.count { $0.verdict == .inconclusive },
      lowProbabilities: rows.count { ($0.comparison.probability ?? 1) <= 0.05 },
      medianBlocks: Sample(rows.map { Double($0.comparison.candidate.trials) })?.median ?? 0)
  }

  // MARK: Parts

  private func executable(of name: String) throws -> String {
    guard let entry = catalog.entry(named: name) else {
      throw CoordinatorError(.usage, "unknown runtime \"\(name)\"\(suggestion(for: name, among: catalog.names))")
    }
    switch RuntimeDetection(checkout: checkout).find(entry) {
    case .found(_, let path?): return path
    case .found(_, nil):
      throw CoordinatorError(.usage, "\(name) has no executable of its own; name another with --runtime")
    case .missing(let missing):
      throw CoordinatorError(.missing, "\(name): \(missing.reason)\(missing.remedy.isEmpty ? "" : "; get it: \(missing.remedy)")")
    }
  }

  private func plan(_ scenario: Scenario, _ workload: String, _ executable: String, _ runtime: String, _ options: Options) throws -> Plan {
    var scenario = scenario
    scenario.subtract = nil
    scenario.differences = []
    let duet = try DuetPlanner(checkout: checkout, catalog: catalog).plan(
      scenario, base: executable, head: executable,
      options: DuetPlanner.Options(runtime: runtime, blocks: options.blocks, workloads: [workload]))
    return duet.plan
  }

  /// Nanoseconds a trial takes without anything injected, the median; nil where the user stopped it.
  private func calibrate(_ plan: Plan, _ id: String, _ metric: Metric, _ seed: UInt64, _ interruption: CInt) throws -> Double? {
    var plan = plan
    let workload = plan.workloads[0].name
    plan.run.precision = nil
    plan.run.maximumBlocks = nil
    plan.run.blocks = Self.calibrationBlocks
    plan.blocks = (0..<Self.calibrationBlocks).map { BlockRequest(workload: workload, index: $0) }
    guard let run = try measure(plan, id, seed, interruption) else { return nil }
    guard let median = Sample(run.arms.flatMap { $0.values(of: metric).values })?.median else {
      throw CoordinatorError(.nothingToMeasure, "\(workload): no trial passed undisturbed, so that nothing is known of its time")
    }
    return median
  }

  /// One run to its end; nil where the user stopped it.
  private func measure(_ plan: Plan, _ id: String, _ seed: UInt64, _ interruption: CInt) throws -> MeasuredRun? {
    var plan = plan
    plan.run.id = id
    plan.run.seed = seed >> 11
    plan.run.startedAt = timestamp(Date())
    try store.create(plan)
    let outcome = try Sitting(store: store, checkout: checkout).run(plan, interruption: interruption) { _ in }
    if outcome.ending.wasInterrupted { return nil }
    guard outcome.missingBlocks == 0 else {
      let reason = outcome.ending.reason.isEmpty ? "the worker left blocks out" : outcome.ending.reason
      throw CoordinatorError(.interrupted, "\(reason) (the worker's log: \(outcome.ending.log))")
    }
    // Its job and log say nothing that the database does not.
    try? FileManager.default.removeItem(atPath: store.folder(of: id))
    return try store.measuredRun(id)
  }

  /// - Throws: `CoordinatorError` where trials failed: what does not run right proves nothing.
  private func judge(_ run: MeasuredRun, _ metric: Metric) throws -> GateRow {
    var rules = GateRules()
    rules.request.quantities = [.metric(metric)]
    let report = GateReport(within: run, baseline: DuetPlanner.base, rules)
    for arm in run.arms {
      guard let failed = arm.failures.first else { continue }
      throw CoordinatorError(
        .interrupted, "\(arm.workload): \(arm.failed) trial(s) failed (\(failed.outcome.rawValue), \(failed.firstDetail)); mend that first")
    }
    guard let row = report.rows.first else { throw CoordinatorError(.defect, "run \(run.run.id) holds no comparison") }
    return row
  }
}
