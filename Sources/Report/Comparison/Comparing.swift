import Observations
import Statistics

/// What is to be compared.
public struct ComparisonRequest: Sendable {
  /// Instead of the quantities of the candidate's scenario.
  public var quantities: [Quantity]?
  /// Only these runtimes; of both sides.
  public var runtimes: [String]?
  /// Only these rows; nil for all.
  public var only: Set<RowKey>?

  /// Without arguments: everything that both sides have.
  public init(quantities: [Quantity]? = nil, runtimes: [String]? = nil, only: Set<RowKey>? = nil) {
    self.quantities = quantities
    self.runtimes = runtimes
    self.only = only
  }
}

/// Names a row of a comparison.
public struct RowKey: Hashable, Sendable {
  /// Name of the workload.
  public var workload: String
  /// Name of the candidate's runtime.
  public var runtime: String
  /// What is compared.
  public var quantity: Quantity
}

extension ComparedArms {
  /// Unique among the rows of one comparison.
  public var key: RowKey { RowKey(workload: workload, runtime: candidate.runtime, quantity: quantity) }
}

extension RunComparison {
  /// Every arm of one run beside that of the same name of another: unpaired, because the runs share no block.
  public init(baseline: MeasuredRun, candidate: MeasuredRun, _ request: ComparisonRequest = ComparisonRequest()) {
    let before = ArmValues(baseline), after = ArmValues(candidate)
    var pairs: [ArmPair] = []
    var unmatched: [String] = []
    for arm in candidate.arms where request.includes(arm.runtime) {
      if before.arm(arm.workload, arm.runtime) != nil {
        pairs.append(ArmPair(workload: arm.workload, baseline: arm.runtime, candidate: arm.runtime))
      } else {
        unmatched.append("\(arm.workload) in \(arm.runtime): only in \(candidate.run.id)")
      }
    }
    for arm in baseline.arms where request.includes(arm.runtime) && after.arm(arm.workload, arm.runtime) == nil {
      unmatched.append("\(arm.workload) in \(arm.runtime): only in \(baseline.run.id)")
    }
    self.init(before, after, pairs, unmatched, isPaired: false, request)
  }

  /// The arms of one run beside a baseline, block by block.
  /// - Parameter baseline: a runtime, on whatever path; nil for the baseline of each arm's own path.
  public init(within run: MeasuredRun, baseline: String? = nil, _ request: ComparisonRequest = ComparisonRequest()) {
    let values = ArmValues(run)
    let pairs = run.arms.compactMap { arm -> ArmPair? in
      guard request.includes(arm.runtime),
        let reference = baseline ?? values.baseline(of: arm.workload, on: values.path(of: arm.runtime)), reference != arm.runtime,
        values.arm(arm.workload, reference) != nil
      else { return nil }
      return ArmPair(workload: arm.workload, baseline: reference, candidate: arm.runtime)
    }
    self.init(values, values, pairs, [], isPaired: true, request)
  }

  /// Whether neither side has what only some workloads tell, although trials of both would have told it.
  private static func isLacking(_ quantity: Quantity, _ pair: ArmPair, _ before: ArmValues, _ after: ArmValues) -> Bool {
    guard quantity.isOfSome else { return false }
    return [(before, pair.baseline), (after, pair.candidate)].allSatisfy { side, runtime in
      let isUndisturbed = side.arm(pair.workload, runtime).map { $0.passed > $0.invalidated.values.reduce(0, +) } ?? false
      return isUndisturbed && side.values(of: quantity, pair.workload, runtime).values.isEmpty
    }
  }

  private init(
    _ before: ArmValues, _ after: ArmValues, _ pairs: [ArmPair], _ unmatched: [String], isPaired: Bool, _ request: ComparisonRequest
  ) {
    let differences = MachineDifference.lines(before.measured, after.measured)
    let quantities = request.quantities ?? after.measured.quantities
    var rows: [ComparedArms] = []
    var uncounted: [String] = []
    for quantity in quantities {
      for pair in pairs where !(quantity == .executionOnly && pair.workload == after.measured.run.subtract) {
        let key = RowKey(workload: pair.workload, runtime: pair.candidate, quantity: quantity)
        guard request.only?.contains(key) ?? true, !Self.isLacking(quantity, pair, before, after) else { continue }
        guard case .metric(let metric) = quantity, metric.isCount else {
          rows.append(ComparedArms(pair, quantity, before, after, isPaired: isPaired, mayCompare: differences.isEmpty))
          continue
        }
        if let reason = pair.reasonUncounted(metric, before, after) {
          uncounted.append(reason)
        } else {
          rows.append(ComparedArms(counted: metric, pair, before, after, isPaired: isPaired, mayCompare: differences.isEmpty))
        }
      }
    }
    let tested = rows.indices.filter { rows[$0].probability != nil }
    if let adjusted = FalseDiscoveryRate.adjusted(tested.map { rows[$0].probability ?? 1 }) {
      for (row, probability) in zip(tested, adjusted) { rows[row].adjustedProbability = probability }
    }
    self.init(
      baseline: ComparedRun(before.measured), candidate: ComparedRun(after.measured), isPaired: isPaired, machineDifferences: differences,
      rows: rows,
      unmatched: unmatched, notes: MachineDifference.notes(before.measured, after.measured),
      thresholds: quantities.reduce(into: [:]) { thresholds, quantity in
        thresholds[quantity.identifier] = min(quantity.threshold(in: before.measured.run), quantity.threshold(in: after.measured.run))
      })
    notes += ComparisonNotes.all(self) + ComparisonNotes.superseded(before.measured, after.measured) + uncounted.uniqued
  }
}

extension ComparisonRequest {
  fileprivate func includes(_ runtime: String) -> Bool { runtimes?.contains(runtime) ?? true }
}

extension MeasuredRun {
  /// Execution alone first where it can be had, then the metrics asked for, those of every trial before those that are counted. Who asks
  /// for counts alone is told nothing of times, which may mean nothing on that machine.
  var quantities: [Quantity] {
    let timed = run.metrics.filter { !$0.isCount }
    let metrics = (timed + run.metrics.filter(\.isCount)).map(Quantity.metric)
    return run.subtract == nil || timed.isEmpty ? metrics : [.executionOnly] + metrics
  }
}

/// Two arms that are compared.
struct ArmPair {
  var workload: String
  var baseline: String
  var candidate: String
}

extension ComparedArms {
  fileprivate init(
    _ pair: ArmPair, _ quantity: Quantity, _ before: ArmValues, _ after: ArmValues, isPaired: Bool, mayCompare: Bool
  ) {
    let left = before.values(of: quantity, pair.workload, pair.baseline)
    let right = after.values(of: quantity, pair.workload, pair.candidate)
    let (a, b) = isPaired ? Self.matched(left, right) : (left.values, right.values)
    self.init(
      workload: pair.workload, quantity: quantity, path: after.path(of: pair.candidate),
      baseline: before.figures(pair.workload, pair.baseline, left.values),
      candidate: after.figures(pair.workload, pair.candidate, right.values), isPaired: isPaired, count: min(a.count, b.count))
    guard mayCompare else {
      problem = "measured on different machines"
      return
    }
    problem = Self.problem(a, b, quantity, baseline, candidate)
    guard problem == nil else { return }
    if isPaired {
      let result = Gate.results([Gate.Comparison(baseline: a, candidate: b, threshold: 0)])[0]
      ratio = result.ratio
      probability = result.probability
      minimumDetectableEffect = result.minimumDetectableEffect
    } else {
      // Nothing on either side is no change, though zero has no ratio to zero.
      let isNothing = (a + b).allSatisfy { $0 == 0 }
      ratio =
        isNothing
        ? HodgesLehmann.ratio(baseline: a.map { _ in 1 }, candidate: b.map { _ in 1 }) : HodgesLehmann.ratio(baseline: a, candidate: b)
      probability = MannWhitneyTest(a, b)?.probability
      minimumDetectableEffect = Statistics.minimumDetectableEffect(unpairedBaseline: a, candidate: b)
    }
    // An estimate from few or equal values may be lucky; what lies inside the interval was not told apart.
    // Of too few pairs for an interval nothing is known that could be found either.
    if ratio?.interval95 == nil { minimumDetectableEffect = nil }
    if let width = ratio?.interval95?.halfWidthAsRatio { minimumDetectableEffect = minimumDetectableEffect.map { max($0, width) } }
    // With the shift taken off, what is left is shape.
    if let ratio, let shape = KolmogorovSmirnovTest(a.map { $0 * ratio.value }, b), shape.probability < KolmogorovSmirnovTest.shapesDiffer {
      ratioOfMedians = Self.ratioOfMedians(a, b)
    }
  }

  /// The number of resamples times the trials of a side stays below this: beyond, the interval would take seconds and be narrow anyway.
  private static let mostResampled = 2000

  /// With its bootstrap interval, from a fixed seed, so that the same numbers give the same interval.
  private static func ratioOfMedians(_ a: [Double], _ b: [Double]) -> Estimate? {
    if max(a.count, b.count) <= mostResampled { return Bootstrap(seed: 42).ratio(baseline: a, candidate: b) }
    guard let before = Sample(a)?.median, let after = Sample(b)?.median, before > 0 else { return nil }
    return Estimate(value: after / before, interval95: nil, interval99: nil, count: min(a.count, b.count))
  }

  init(
    workload: String, quantity: Quantity, path: RuntimePath, baseline: ArmFigures, candidate: ArmFigures, isPaired: Bool, count: Int
  ) {
    self.workload = workload
    self.quantity = quantity
    self.path = path
    self.baseline = baseline
    self.candidate = candidate
    self.isPaired = isPaired
    self.count = count
  }

  /// The values of blocks that both have.
  private static func matched(
    _ left: (blocks: [Int32], values: [Double]), _ right: (blocks: [Int32], values: [Double])
  ) -> ([Double], [Double]) {
    if left.blocks == right.blocks { return (left.values, right.values) }
    var (a, b): ([Double], [Double]) = ([], [])
    var (i, j) = (0, 0)
    while i < left.blocks.count, j < right.blocks.count {
      if left.blocks[i] == right.blocks[j] {
        a.append(left.values[i])
        b.append(right.values[j])
        i += 1
        j += 1
      } else if left.blocks[i] < right.blocks[j] {
        i += 1
      } else {
        j += 1
      }
    }
    return (a, b)
  }

  private static func problem(_ a: [Double], _ b: [Double], _ quantity: Quantity, _ baseline: ArmFigures, _ candidate: ArmFigures)
    -> String?
  {
    for (side, figures) in [("baseline", baseline), ("candidate", candidate)] {
      if figures.trials == 0 { return "the \(side) has no trial" }
      if figures.passed == 0 { return "no trial of the \(side) passed" }
      if figures.invalid == figures.passed { return "noisy host: all \(figures.passed) trials in \(figures.runtime) were disturbed" }
    }
    if a.isEmpty || b.isEmpty {
      return baseline.median == nil || candidate.median == nil
        ? "\(quantity.title) was not observed" : "no block in which both were measured undisturbed"
    }
    if a.allSatisfy({ $0 == 0 }), b.allSatisfy({ $0 == 0 }) { return nil }
    if !(a + b).allSatisfy({ $0 > 0 && $0.isFinite }) { return "a value is not above zero, so that no ratio can be formed" }
    return nil
  }
}
