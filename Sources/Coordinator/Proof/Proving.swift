import Foundation
import Observations
import Statistics

/// Many comparisons of a runtime with itself, each a run of its own through everything a gate goes through: a plan of two arms, real
/// processes in random order, evidence, the stopping rule and the verdict.
///
/// With a slow-down injected into one arm the same comparisons tell how often a gate finds it.
public struct Proving {
  /// Blocks that tell how long a trial takes, so that a share of it can be injected.
  static let calibrationBlocks = 15

  public struct Options: Sendable {
    public var comparisons: Int
    /// Exactly so many blocks a comparison; by default until the scenario's precision is reached.
    public var blocks: Int?
    /// The slow-down of the second arm, as a fraction of the median of the first metric.
    public var injected: Double
    public var runtime: String?
    public var seed: UInt64
    public init(comparisons: Int, blocks: Int? = nil, injected: Double = 0, runtime: String? = nil, seed: UInt64) {
      self.comparisons = comparisons
      self.blocks = blocks
      self.injected = injected
      self.runtime = runtime
      self.seed = seed
    }
  }

  /// What one comparison ended as.
  public struct Comparison: Sendable {
    public var workload: String
    /// Pairs it rests on.
    public var pairs: Int
    public var blocks: Int
    public var result: Gate.Result
    /// A cell with too many invalidated trials: nothing can be said.
    public var isNoisy: Bool

    public var isRegression: Bool { !isNoisy && result.verdict == .regression }
    public var isImprovement: Bool { !isNoisy && result.verdict == .improvement }
    public var isPass: Bool { !isNoisy && result.verdict == .pass }
  }

  public enum News {
    case calibrated(workload: String, median: Double, spin: UInt64)
    case compared(Comparison, done: Int, of: Int)
  }

  private let checkout: Checkout
  private let catalog: RuntimeCatalog
  /// Where the comparisons' own runs go; the proof goes to the caller's database.
  private let store: Store

  public init(checkout: Checkout, catalog: RuntimeCatalog, store: Store) {
    self.checkout = checkout
    self.catalog = catalog
    self.store = store
  }

  /// - Parameter interruption: see `Interruption.watch()`.
  /// - Returns: nil where the user stopped it; a proof needs all its comparisons.
  /// - Throws: `CoordinatorError`, also where a comparison could not be measured.
  public func prove(_ scenario: Scenario, _ options: Options, interruption: CInt, tell: (News) -> Void) throws -> Proof? {
    let name = options.runtime ?? scenario.runtimes[0]
    let executable = try executable(of: name)
    let plans = try scenario.workloads.filter { $0.runtimes?.contains(name) ?? true }.compactMap { workload in
      try plan(scenario, workload.name, executable, name, options)
    }
    guard let first = plans.first else {
      throw CoordinatorError(.nothingToMeasure, "\(scenario.path): \(name) runs none of its workloads")
    }
    let metric = first.run.timedMetrics[0]
    guard options.injected == 0 || metric != .peakMemory else {
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
    var comparisons: [Comparison] = []
    var machine: MachineEnvironment?
    for number in 0..<options.comparisons {
      let index = number % plans.count
      var plan = plans[index]
      if let spin = spins[index], let head = plan.runtimes.firstIndex(where: { $0.name == DuetPlanner.head }) {
        plan.runtimes[head].spin = spin
      }
      guard let results = try measure(plan, "\(proofID)-\(number)", random.next(), interruption) else { return nil }
      machine = machine ?? results.environment
      let comparison = compare(results, metric)
      comparisons.append(comparison)
      tell(.compared(comparison, done: number + 1, of: options.comparisons))
    }
    guard let machine else { throw CoordinatorError(.nothingToMeasure, "\(scenario.path): no comparison was measured") }
    return Proof(
      id: proofID, provenAt: timestamp(Date()), machine: machine, scenario: scenario.name, metric: metric,
      threshold: first.run.threshold(of: metric), injected: options.injected, comparisons: comparisons.count,
      regressions: comparisons.count(where: \.isRegression), improvements: comparisons.count(where: \.isImprovement),
      inconclusive: comparisons.count { !$0.isRegression && !$0.isImprovement && !$0.isPass },
      lowProbabilities: comparisons.count { $0.result.probability <= 0.05 },
      medianBlocks: Sample(comparisons.map { Double($0.blocks) })?.median ?? 0)
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
    guard let results = try measure(plan, id, seed, interruption) else { return nil }
    let validity = Validity(results)
    guard let median = Sample(results.observations.filter(validity.isValid).compactMap { $0.value(of: metric) })?.median else {
      throw CoordinatorError(.nothingToMeasure, "\(workload): no trial passed undisturbed, so that nothing is known of its time")
    }
    return median
  }

  /// One run; nil where the user stopped it.
  private func measure(_ plan: Plan, _ id: String, _ seed: UInt64, _ interruption: CInt) throws -> RunResults? {
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
    let results = try store.results(of: id)
    if let failed = results.observations.first(where: { $0.outcome != .passed }) {
      throw CoordinatorError(
        .interrupted, "\(failed.workload) in \(failed.runtime): \(failed.outcome.rawValue), \(failed.detail); mend that first")
    }
    // Its job and log say nothing that the database does not.
    try? FileManager.default.removeItem(atPath: store.folder(of: id))
    return results
  }

  private func compare(_ results: RunResults, _ metric: Metric) -> Comparison {
    let workload = results.workloads[0].name
    let validity = Validity(results)
    let pairs = Pairs(
      results.observations, workload: workload, baseline: DuetPlanner.base, candidate: DuetPlanner.head, metric: metric, validity: validity)
    let gate = Gate.results([
      Gate.Comparison(baseline: pairs.baseline, candidate: pairs.candidate, threshold: results.run.threshold(of: metric))
    ])
    return Comparison(
      workload: workload, pairs: pairs.count, blocks: Set(results.observations.map(\.block)).count, result: gate[0],
      isNoisy: [DuetPlanner.base, DuetPlanner.head].contains { validity.count(of: workload, in: $0).isNoisy })
  }
}
