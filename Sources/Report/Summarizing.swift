import Observations
import Statistics

extension Summary {
  /// Counts each block's highest attempt only; without a recorded environment the number of CPUs is taken to be one.
  public init(_ results: RunResults) {
    let counted = CountedTrials(results.observations)
    let validity = Validity(counted.all, of: results)
    let values = MeasuredValues(results, counted, validity)
    let runtimes = results.describedRuntimes
    let unavailable = Set(results.unavailable.map(\.runtime))

    var arms: [ArmSummary] = []
    var trialsOfArms: [[Observation]] = []
    for workload in results.workloadNames {
      let definition = results.workloads.first { $0.name == workload }
      let asked = Set(definition?.arms ?? [])
      for runtime in runtimes {
        let trials = counted.trials(of: workload, in: runtime.name)
        guard !trials.isEmpty || (asked.contains(runtime.name) && !unavailable.contains(runtime.name)) else { continue }
        trialsOfArms.append(trials)
        arms.append(ArmSummary(workload, runtime, trials, values, validity, definition))
      }
    }

    let quantities = results.quantities
    let baselines = Baselines(results, arms)
    let noisy = Set(arms.filter(\.isNoisy).map { [$0.workload, $0.runtime] })
    var within: [Comparison] = []
    var across: [Comparison] = []
    for quantity in quantities {
      for arm in arms where !(quantity == .executionOnly && arm.workload == results.run.subtract) && quantity.concerns(arm) {
        if let baseline = baselines.within(arm.path, arm.workload, quantity), baseline != arm.runtime {
          within.append(Comparison(arm, baseline, quantity, values, noisy))
        }
        if !quantity.isOfTasks, let baseline = baselines.across(arm.path, arm.workload, quantity) {
          across.append(Comparison(arm, baseline, quantity, values, noisy))
        }
      }
    }

    self.init(
      run: results.run, quantities: quantities, arms: arms, withinPath: within, acrossPaths: across,
      overall: OverallComparison.all(within.filter { $0.workload != results.run.subtract }, values),
      growth: MemoryGrowth.all(results, counted, validity),
      differences: DifferenceCheck.all(in: results, counted),
      noise: NoiseSummary(trialsOfArms, invalidated: arms.flatMap(\.invalidated)), unavailable: results.unavailable,
      counts: CountRow.all(results),
      supersededTrials: counted.superseded.count, notes: [])
    notes = Notes.all(results, counted, self)
  }
}

extension RunResults {
  /// Execution alone first where it can be had, then the metrics asked for.
  var quantities: [Quantity] {
    let metrics = run.timedMetrics.map(Quantity.metric)
    return run.subtract == nil ? metrics : [.executionOnly] + metrics
  }

  /// The workloads asked for, then any that were observed all the same.
  var workloadNames: [String] { (workloads.map(\.name) + observations.map(\.workload)).uniqued }

  /// The runtimes asked for, then any that were observed all the same.
  var describedRuntimes: [RuntimeDescription] {
    let known = Set(runtimes.map(\.name))
    let strangers = observations.map(\.runtime).filter { !known.contains($0) }.uniqued
    return runtimes + strangers.map { RuntimeDescription(name: $0, summary: "", path: .process, program: .module) }
  }
}

extension [String] {
  var uniqued: [String] {
    var seen: Set<String> = []
    return filter { seen.insert($0).inserted }
  }
}

/// The values of a quantity in an arm, by block.
struct MeasuredValues {
  private let counted: CountedTrials
  private let validity: Validity
  private let subtract: String?
  /// Wall times of the `subtract` workload, by runtime and block.
  private let startUps: [String: [Int: Double]]

  init(_ results: RunResults, _ counted: CountedTrials, _ validity: Validity) {
    self.counted = counted
    self.validity = validity
    subtract = results.run.subtract
    var startUps: [String: [Int: Double]] = [:]
    if let subtract {
      for runtime in results.describedRuntimes {
        for trial in counted.trials(of: subtract, in: runtime.name) where validity.isValid(trial) {
          startUps[runtime.name, default: [:]][trial.block] = trial.measured(.wallTime)
        }
      }
    }
    self.startUps = startUps
  }

  func values(of quantity: Quantity, _ workload: String, _ runtime: String) -> [Int: Double] {
    var values: [Int: Double] = [:]
    let trials = counted.trials(of: workload, in: runtime)
    // In place: a trial is hundreds of bytes, and there may be a million of them.
    for place in trials.indices where validity.isValid(trials[place]) {
      switch quantity {
      case .metric(let metric): values[trials[place].block] = trials[place].measured(metric)
      case .executionOnly:
        // Of the block of the same number: how uncertain a start is belongs to how uncertain the difference is.
        guard workload != subtract, let startUp = startUps[runtime]?[trials[place].block] else { continue }
        values[trials[place].block] = trials[place].measured(.wallTime).map { $0 - startUp }
      }
    }
    return values
  }
}

/// Whom each arm is compared with.
private struct Baselines {
  private let results: RunResults
  private let arms: [ArmSummary]

  init(_ results: RunResults, _ arms: [ArmSummary]) {
    self.results = results
    self.arms = arms
  }

  /// The run's baseline where it is on this path; otherwise the path's first runtime that executes native code, and
  /// failing that its first runtime. Arms without a passed trial are passed over.
  func within(_ path: RuntimePath, _ workload: String, _ quantity: Quantity) -> String? {
    let names = arms.filter { $0.workload == workload && $0.path == path && quantity.isKnown(of: $0) }.map(\.runtime)
    if names.contains(results.run.baseline) { return results.run.baseline }
    let native = Set(results.describedRuntimes.filter { $0.program == .native }.map(\.name))
    return names.first(where: native.contains) ?? names.first
  }

  /// The run's baseline, for arms on another path than its own.
  func across(_ path: RuntimePath, _ workload: String, _ quantity: Quantity) -> String? {
    arms.first { $0.workload == workload && $0.runtime == results.run.baseline && $0.path != path && quantity.isKnown(of: $0) }?.runtime
  }
}

extension ArmSummary {
  fileprivate init(
    _ workload: String, _ runtime: RuntimeDescription, _ trials: [Observation], _ values: MeasuredValues, _ validity: Validity,
    _ definition: Workload?
  ) {
    let valid = trials.filter(validity.isValid)
    let count = validity.count(of: workload, in: runtime.name)
    let quantities = Metric.timed.map(Quantity.metric) + [.executionOnly]
    self.init(
      workload: workload, runtime: runtime.name, path: runtime.path, trials: trials.count,
      passed: trials.count { $0.outcome == .passed },
      failures: Outcome.allCases.filter { $0 != .passed }.compactMap { outcome in
        let failed = trials.filter { $0.outcome == outcome }
        return failed.first.map { FailureCount(outcome: outcome, count: failed.count, firstDetail: $0.detail) }
      },
      invalidated: Invalidation.allCases.compactMap { reason in
        count.reasons[reason].map { InvalidationCount(reason: reason, count: $0) }
      }, isNoisy: count.isNoisy,
      medians: quantities.compactMap { quantity in
        Sample(values.values(of: quantity, workload, runtime.name).values).map {
          QuantityEstimate(quantity: quantity, estimate: $0.medianEstimate)
        }
      },
      maxResident: Sample(valid.compactMap { $0.resources.maxResident.map { Double($0) } })?.medianEstimate,
      phases: PhaseMedian.medians(of: valid),
      load: LoadSummary(valid, definition?.load), loop: LoopSummary(valid),
      memory: MemorySummary(valid, density: definition?.density))
  }
}

extension PhaseMedian {
  /// The last row is what no phase accounts for: starting the process, loading the runtime, leaving.
  static let remainder = "outside the runtime"

  fileprivate static func medians(of trials: [Observation]) -> [PhaseMedian] {
    let reporting = trials.filter { !$0.phases.isEmpty }
    let names = reporting.flatMap { $0.phases.map(\.name) }.uniqued
    var medians = names.compactMap { name in
      Sample(reporting.compactMap { trial in trial.phases.first { $0.name == name }.map { Double($0.nanoseconds) } })
        .map { PhaseMedian(name: name, nanoseconds: $0.median) }
    }
    let rest = reporting.compactMap { trial in
      trial.duration.map { Double($0) - trial.phases.reduce(0) { $0 + Double($1.nanoseconds) } }
    }
    if let rest = Sample(rest), rest.median > 0 { medians.append(PhaseMedian(name: remainder, nanoseconds: rest.median)) }
    return medians
  }
}

extension Comparison {
  /// - Parameter noisy: workload and runtime of the arms that say nothing.
  fileprivate init(_ arm: ArmSummary, _ baseline: String, _ quantity: Quantity, _ values: MeasuredValues, _ noisy: Set<[String]>) {
    let ours = values.values(of: quantity, arm.workload, arm.runtime)
    let theirs = values.values(of: quantity, arm.workload, baseline)
    let blocks = ours.keys.filter { theirs[$0] != nil }.sorted()
    let (a, b) = (blocks.map { theirs[$0]! }, blocks.map { ours[$0]! })
    let ratio = HodgesLehmann.pairedRatio(baseline: a, candidate: b)
    self.init(
      workload: arm.workload, quantity: quantity, path: arm.path, runtime: arm.runtime, baseline: baseline,
      pairs: blocks.count, ratio: ratio,
      minimumDetectableEffect: ratio?.interval95.flatMap { interval in
        // An estimate from few pairs may be lucky; what lies inside the interval was not told apart.
        Statistics.minimumDetectableEffect(baseline: a, candidate: b).map { max($0, interval.halfWidthAsRatio) }
      },
      verdict: noisy.contains([arm.workload, arm.runtime]) || noisy.contains([arm.workload, baseline])
        ? .noisyHost
        : Verdict(ratio, pairs: blocks.count, difference: Self.difference(a, b), resolution: quantity.resolution))
  }
}

extension Comparison {
  /// Of the medians.
  private static func difference(_ a: [Double], _ b: [Double]) -> Double? {
    guard let a = Sample(a), let b = Sample(b) else { return nil }
    return b.median - a.median
  }
}

extension OverallComparison {
  /// One row for every quantity and runtime compared with the same baseline on at least two workloads.
  fileprivate static func all(_ comparisons: [Comparison], _ values: MeasuredValues) -> [OverallComparison] {
    struct Key: Hashable {
      var quantity: Quantity
      var path: RuntimePath
      var runtime: String
      var baseline: String
    }
    var order: [Key] = []
    var found: [Key: [Comparison]] = [:]
    for comparison in comparisons where comparison.ratio != nil {
      let key = Key(
        quantity: comparison.quantity, path: comparison.path, runtime: comparison.runtime, baseline: comparison.baseline)
      if found[key] == nil { order.append(key) }
      found[key, default: []].append(comparison)
    }
    return order.compactMap { key in
      let rows = found[key] ?? []
      let ratios = rows.compactMap { row in row.ratio.map { WorkloadRatio(workload: row.workload, ratio: $0.value) } }
      guard ratios.count >= 2, let mean = Statistics.geometricMean(ratios.map(\.ratio)),
        let smallest = ratios.min(by: { $0.ratio < $1.ratio }), let largest = ratios.max(by: { $0.ratio < $1.ratio })
      else { return nil }
      let estimate = estimate(rows, values)
      let isTiny = rows.allSatisfy { $0.verdict == .belowResolution }
      let verdict = isTiny ? .belowResolution : Verdict(estimate, pairs: estimate?.count ?? 0)
      return OverallComparison(
        quantity: key.quantity, path: key.path, runtime: key.runtime, baseline: key.baseline, workloads: ratios.count,
        geometricMean: estimate?.value ?? mean, estimate: estimate, verdict: verdict, agreeing: rows.count { $0.verdict == verdict },
        smallest: smallest, largest: largest)
    }
  }

  /// Paired by block as everything else: each block's geometric mean over the workloads, in the blocks that all of them have.
  private static func estimate(_ rows: [Comparison], _ values: MeasuredValues) -> Estimate? {
    let ratios = rows.map { row in
      let theirs = values.values(of: row.quantity, row.workload, row.baseline)
      let ours = values.values(of: row.quantity, row.workload, row.runtime)
      return theirs.reduce(into: [Int: Double]()) { ratios, entry in ratios[entry.key] = ours[entry.key].map { $0 / entry.value } }
    }
    let blocks = ratios.dropFirst().reduce(Set(ratios.first?.keys.map(\.self) ?? [])) { $0.intersection($1.keys) }
    let means = blocks.sorted().compactMap { block in Statistics.geometricMean(ratios.compactMap { $0[block] }) }
    return HodgesLehmann.pairedRatio(baseline: means.map { _ in 1 }, candidate: means)
  }
}
