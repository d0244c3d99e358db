import Observations
import Statistics
import Testing

@testable import Report

@Suite struct GateReportTests {
  /// A gate on two stored runs of one arm.
  private func gate(_ before: [Double], _ after: [Double], _ rules: GateRules = GateRules()) -> GateReport {
    var baseline = SimulatedRun(id: "before"), candidate = SimulatedRun(id: "after")
    baseline.add(before)
    candidate.add(after)
    return GateReport(baseline: baseline.measured(), candidate: candidate.measured(), rules)
  }

  private func expect(_ report: GateReport, _ verdicts: [CellVerdict], _ exitCode: Int32, _ location: SourceLocation = #_sourceLocation) {
    #expect(report.rows.map(\.verdict) == verdicts, sourceLocation: location)
    #expect(report.exitCode == exitCode, sourceLocation: location)
  }

  @Test func `equal runs pass`() {
    expect(gate(scattered(30, about: 10, seed: 1), scattered(30, about: 10, seed: 2)), [.pass], 0)
  }

  @Test func `a slow-down beyond the threshold is a regression and exit code 1`() {
    let report = gate(scattered(30, about: 10, seed: 1), scattered(30, about: 11, seed: 2))
    expect(report, [.regression], 1)
    #expect(report.rows[0].comparison.ratio?.interval95?.contains(1.1) == true)
  }

  @Test func `a speed-up is an improvement and passes`() {
    expect(gate(scattered(30, about: 11, seed: 1), scattered(30, about: 10, seed: 2)), [.improvement], 0)
  }

  @Test func `a slow-down below the threshold passes although it is found`() {
    let report = gate(scattered(40, about: 10, spread: 0.002, seed: 1), scattered(40, about: 10.1, spread: 0.002, seed: 2))
    expect(report, [.pass], 0)
    #expect(report.rows[0].comparison.adjustedProbability ?? 1 < 0.001)
  }

  @Test func `identical samples pass, paired or not`() {
    let values = scattered(12, about: 10, seed: 3)
    expect(gate(values, values), [.pass], 0)
    var run = SimulatedRun(runtimes: ["base", "head"])
    run.add(values, "base")
    run.add(values, "head")
    let report = GateReport(within: run.measured(), baseline: "base")
    expect(report, [.pass], 0)
    #expect(report.rows[0].comparison.ratio?.value == 1)
  }

  @Test func `constant samples of the same value pass`() {
    expect(gate(Array(repeating: 10, count: 10), Array(repeating: 10, count: 10)), [.pass], 0)
  }

  @Test(arguments: [1, 2, 3])
  func `a handful of trials cannot be decided`(count: Int) {
    let report = gate(scattered(count, about: 10, seed: 1), scattered(count, about: 20, seed: 2))
    expect(report, [.inconclusive], 3)
    #expect(report.rows[0].reason == "too few trials for a 95 % interval")
  }

  @Test func `noise that hides the threshold is undecided and says what could have been found`() {
    let report = gate(scattered(10, about: 10, spread: 0.1, seed: 1), scattered(10, about: 10, spread: 0.1, seed: 2))
    expect(report, [.inconclusive], 3)
    #expect(report.rows[0].reason.hasPrefix("the interval reaches over the threshold of 3 %; only a change of "))
  }

  @Test func `allowing the undecided lets nothing else pass`() {
    var rules = GateRules()
    rules.allowsInconclusive = true
    expect(gate([10], [10], rules), [.inconclusive], 0)
    expect(gate(scattered(30, about: 10, seed: 1), scattered(30, about: 11, seed: 2), rules), [.regression], 1)
    #expect(gate([], [], rules).exitCode == 4)
  }

  @Test(arguments: [Outcome.crashed, .wrongOutput, .wrongExitCode, .timedOut, .notStarted])
  func `a candidate of which every trial failed fails`(outcome: Outcome) {
    var baseline = SimulatedRun(id: "before"), candidate = SimulatedRun(id: "after")
    baseline.add(scattered(20, about: 10, seed: 1))
    candidate.add(Array(repeating: 10, count: 20), outcome: outcome)
    let report = GateReport(baseline: baseline.measured(), candidate: candidate.measured())
    expect(report, [.inconclusive], 1)
    #expect(report.outcome == .failed)
    #expect(report.failures.map(\.failed) == [20])
    #expect(report.rows[0].reason == "no trial of the candidate passed")
  }

  @Test func `one crash fails a candidate that is otherwise as fast`() {
    var baseline = SimulatedRun(id: "before"), candidate = SimulatedRun(id: "after")
    baseline.add(scattered(30, about: 10, seed: 1))
    candidate.add(scattered(29, about: 10, seed: 2))
    candidate.add([10], outcome: .crashed)
    let report = GateReport(baseline: baseline.measured(), candidate: candidate.measured())
    expect(report, [.pass], 1)
    #expect(report.failures.map(\.outcomes) == [[FailedTrials(outcome: .crashed, count: 1, firstDetail: "it said no")]])
  }

  @Test func `what starts at one moment and not at another is the machine's fault`() {
    var baseline = SimulatedRun(id: "before"), candidate = SimulatedRun(id: "after")
    baseline.add(scattered(30, about: 10, seed: 1))
    candidate.add(scattered(29, about: 10, seed: 2))
    candidate.add([10], outcome: .notStarted)
    let report = GateReport(baseline: baseline.measured(), candidate: candidate.measured())
    expect(report, [.pass], 3)
    #expect(report.failures.isEmpty && report.unstarted.map(\.failed) == [1])
    for text in [report.terminal(color: false, width: 100), report.markdown()] {
      #expect(text.contains("INCONCLUSIVE: 1 trial could not be started on this machine"))
      #expect(text.contains("1 of 30 trials failed: 1 not started"))
    }
    // A crash beside it is still the candidate's.
    candidate.add([10], outcome: .crashed)
    expect(GateReport(baseline: baseline.measured(), candidate: candidate.measured()), [.pass], 1)
  }

  @Test func `a candidate is judged by what the baseline was asked for too`() {
    var baseline = SimulatedRun(id: "before", metrics: [.wallTime, .peakMemory]), candidate = SimulatedRun(id: "after")
    baseline.add(scattered(30, about: 10, seed: 1), bytes: 50 << 20)
    candidate.add(scattered(30, about: 10, seed: 2), bytes: 450 << 20)
    expect(GateReport(baseline: baseline.measured(), candidate: candidate.measured()), [.pass, .regression], 1)
  }

  @Test func `a candidate does not loosen the threshold it is judged by`() {
    var baseline = SimulatedRun(id: "before"), candidate = SimulatedRun(id: "after", thresholds: [.wallTime: 10])
    baseline.add(scattered(30, about: 10, seed: 1))
    candidate.add(scattered(30, about: 20, seed: 2))
    let report = GateReport(baseline: baseline.measured(), candidate: candidate.measured())
    expect(report, [.regression], 1)
    #expect(report.notes.contains("The baseline's scenario tolerates 3 % of wall-time, the candidate's 1000 %; the stricter counts."))
    var rules = GateRules()
    rules.thresholds[nil] = 10
    expect(GateReport(baseline: baseline.measured(), candidate: candidate.measured(), rules), [.pass], 0)
  }

  @Test func `an unfinished candidate is undecided, an unfinished baseline is told`() {
    var baseline = SimulatedRun(id: "before"), candidate = SimulatedRun(id: "after")
    baseline.add(scattered(30, about: 10, seed: 1))
    candidate.add(scattered(30, about: 10, seed: 2))
    candidate.isFinished = false
    let report = GateReport(baseline: baseline.measured(), candidate: candidate.measured())
    expect(report, [.pass], 3)
    #expect(report.notes.contains("Run after is not finished: blocks are missing."))
    (candidate.isFinished, baseline.isFinished) = (true, false)
    expect(GateReport(baseline: baseline.measured(), candidate: candidate.measured()), [.pass], 0)
  }

  @Test func `a regression below the kernel's resolution of memory is undecided`() {
    var baseline = SimulatedRun(id: "before", metrics: [.peakMemory]), candidate = SimulatedRun(id: "after", metrics: [.peakMemory])
    baseline.add(scattered(30, about: 10, seed: 1), bytes: 512 << 10)
    candidate.add(scattered(30, about: 10, seed: 2), bytes: 576 << 10)
    let report = GateReport(baseline: baseline.measured(), candidate: candidate.measured())
    expect(report, [.inconclusive], 3)
    #expect(report.rows[0].reason == "less than 1.00 MiB, which cannot be told apart")
    #expect(report.rows[0].comparison.verdict == .belowResolution)
    // Above it, the same share is one.
    var larger = SimulatedRun(id: "larger", metrics: [.peakMemory]), largest = SimulatedRun(id: "largest", metrics: [.peakMemory])
    larger.add(scattered(30, about: 10, seed: 1), bytes: 512 << 20)
    largest.add(scattered(30, about: 10, seed: 2), bytes: 576 << 20)
    expect(GateReport(baseline: larger.measured(), candidate: largest.measured()), [.regression], 1)
  }

  @Test func `a second measurement is adjusted for everything that was looked at`() throws {
    func report(_ workloads: Int, seed: UInt64, factor: Double) -> GateReport {
      let names = (0..<workloads).map { "w\($0)" }
      var run = SimulatedRun(workloads: names, runtimes: ["base", "head"])
      for (place, name) in names.enumerated() {
        run.add(scattered(6, about: 10, spread: 0.001, seed: seed + UInt64(place)), "base", workload: name)
        run.add(
          scattered(6, about: 10 * (place == 0 ? factor : 1), spread: 0.001, seed: seed + 100 + UInt64(place)), "head", workload: name)
      }
      return GateReport(within: run.measured(), baseline: "base")
    }
    // Six pairs give p = 2/64 at least: enough for one comparison, not among ten.
    let first = report(10, seed: 1, factor: 1.1), again = report(1, seed: 50, factor: 1.1)
    #expect(again.rows[0].verdict == .regression)
    let confirmed = first.confirmed(by: again)
    #expect(confirmed.rows[0].firstVerdict == .inconclusive)
    #expect(confirmed.rows[0].verdict == .inconclusive)
    #expect(try #require(confirmed.rows[0].comparison.adjustedProbability) > 0.05)
  }

  @Test func `a crash in a second measurement counts, also of what is not judged again`() {
    var run = SimulatedRun(workloads: ["hello", "noop"], runtimes: ["base", "head"])
    for (place, runtime) in ["base", "head"].enumerated() {
      run.add(scattered(20, about: 10, seed: UInt64(place)), runtime)
      run.add(scattered(20, about: 5, seed: 7 + UInt64(place)), runtime, workload: "noop")
    }
    let first = GateReport(within: run.measured(), baseline: "base")
    run.add([5], "head", workload: "noop", outcome: .crashed)
    var rules = GateRules()
    rules.request.only = [RowKey(workload: "hello", runtime: "head", quantity: .metric(.wallTime))]
    let second = GateReport(within: run.measured(), baseline: "base", rules)
    #expect(second.rows.map(\.comparison.workload) == ["hello"])
    #expect(first.confirmed(by: second).failures.map(\.workload) == ["noop"])
    #expect(first.confirmed(by: second).exitCode == 1)
  }

  @Test func `notes say which measurement they are of, and how p is adjusted once`() {
    func report(_ runs: Int, disturbed: Int) -> GateReport {
      let names = (0..<runs).map { "w\($0)" }
      var run = SimulatedRun(workloads: names, runtimes: ["base", "head"])
      for name in names {
        for runtime in ["base", "head"] {
          run.add(scattered(40, about: 10, seed: 3), runtime, workload: name)
          let evidence = NoiseEvidence(stealTicks: 5)
          run.add(scattered(disturbed, about: 10, seed: 4), runtime, workload: name, evidence: evidence)
        }
      }
      return GateReport(within: run.measured(), baseline: "base")
    }
    let notes = report(2, disturbed: 1).confirmed(by: report(1, disturbed: 3)).notes
    #expect(notes.count { $0.contains("p is adjusted for") } == 1)
    #expect(notes.contains { $0.hasPrefix("Ratios are paired") && $0.contains("the 2 comparisons of this table") })
    #expect(notes.contains { $0.hasPrefix("First measurement: 4 trials passed but were disturbed") })
    #expect(notes.contains { $0.hasPrefix("Second measurement: 6 trials passed but were disturbed") })
  }

  @Test func `no detectable effect is smaller than what the interval leaves open`() throws {
    var run = SimulatedRun(runtimes: ["base", "head"])
    run.add(Array(repeating: 10, count: 20), "base")
    run.add(Array(repeating: 10, count: 12) + Array(repeating: 10.8, count: 8), "head")
    let row = try #require(GateReport(within: run.measured(), baseline: "base").rows.first).comparison
    #expect(try #require(row.minimumDetectableEffect) >= row.ratio?.interval95?.halfWidthAsRatio ?? 1)
    #expect(try #require(row.minimumDetectableEffect) > 0.01)
  }

  @Test func `execution alone is as uncertain as the start it is less of`() {
    // Null runs: both arms alike. Taking off one median as if it were exact would call a quarter of them different.
    var rejected = 0
    for seed in 0..<200 as Range<UInt64> {
      var run = SimulatedRun(workloads: ["noop", "hello"], runtimes: ["base", "head"])
      run.subtract = "noop"
      for (place, runtime) in ["base", "head"].enumerated() {
        run.add(scattered(20, about: 8, spread: 0.02, seed: 4 * seed + UInt64(place)), runtime, workload: "noop")
        run.add(scattered(20, about: 10, spread: 0.02, seed: 4 * seed + 2 + UInt64(place)), runtime)
      }
      var request = ComparisonRequest()
      request.quantities = [.executionOnly]
      let row = RunComparison(within: run.measured(), baseline: "base", request).rows.first
      if let interval = row?.ratio?.interval95, !interval.contains(1) { rejected += 1 }
    }
    // 5 % of 200, and three binomial deviations.
    #expect(rejected <= 19, "\(rejected) of 200")
  }

  @Test func `every trial of both sides failed is a failure`() {
    var baseline = SimulatedRun(id: "before"), candidate = SimulatedRun(id: "after")
    baseline.add([1, 1, 1], outcome: .crashed)
    candidate.add([1, 1, 1], outcome: .crashed)
    expect(GateReport(baseline: baseline.measured(), candidate: candidate.measured()), [.inconclusive], 1)
  }

  @Test func `a baseline that never passed leaves nothing to compare with`() {
    var baseline = SimulatedRun(id: "before"), candidate = SimulatedRun(id: "after")
    baseline.add([1, 1, 1], outcome: .crashed)
    candidate.add(scattered(20, about: 10, seed: 1))
    let report = GateReport(baseline: baseline.measured(), candidate: candidate.measured())
    expect(report, [.inconclusive], 3)
    #expect(report.failures.isEmpty)
    #expect(report.rows[0].reason == "no trial of the baseline passed")
  }

  @Test func `what could be started on neither side is the machine's fault`() {
    var baseline = SimulatedRun(id: "before"), candidate = SimulatedRun(id: "after")
    baseline.add([0, 0], outcome: .notStarted)
    candidate.add([0, 0], outcome: .notStarted)
    expect(GateReport(baseline: baseline.measured(), candidate: candidate.measured()), [.inconclusive], 3)
  }

  @Test func `without trials on a side nothing was measured`() {
    let values = scattered(20, about: 10, seed: 1)
    #expect(gate([], values).exitCode == 4)
    #expect(gate(values, []).exitCode == 4)
    #expect(gate([], []).outcome == .nothingMeasured)
  }

  @Test func `runs without a common arm measured nothing comparable`() {
    var baseline = SimulatedRun(id: "before", workloads: ["other"]), candidate = SimulatedRun(id: "after")
    baseline.add(scattered(20, about: 10, seed: 1), workload: "other")
    candidate.add(scattered(20, about: 10, seed: 1))
    let report = GateReport(baseline: baseline.measured(), candidate: candidate.measured())
    #expect(report.exitCode == 4)
    #expect(report.unmatched.count == 2)
  }

  @Test func `an arm the candidate lost makes the gate undecided`() {
    var baseline = SimulatedRun(id: "before", runtimes: ["interpreter", "wasmtime"]), candidate = SimulatedRun(id: "after")
    baseline.add(scattered(20, about: 10, seed: 1))
    baseline.add(scattered(20, about: 10, seed: 1), "wasmtime")
    candidate.add(scattered(20, about: 10, seed: 2))
    let report = GateReport(baseline: baseline.measured(), candidate: candidate.measured())
    expect(report, [.pass], 3)
    #expect(report.unmatched == ["hello in wasmtime: only in before"])
    var rules = GateRules()
    rules.request.runtimes = ["interpreter"]
    #expect(GateReport(baseline: baseline.measured(), candidate: candidate.measured(), rules).exitCode == 0)
  }

  @Test func `times of different machines are not compared, failures still count`() {
    var baseline = SimulatedRun(id: "before"), candidate = SimulatedRun(id: "after")
    baseline.add(scattered(20, about: 10, seed: 1))
    candidate.add(scattered(20, about: 20, seed: 2))
    candidate.host?.cpuModel = "Another CPU"
    candidate.host?.kernel = "6.19.0"
    let report = GateReport(baseline: baseline.measured(), candidate: candidate.measured())
    expect(report, [.inconclusive], 3)
    #expect(report.machineDifferences == ["CPU: Simulated CPU @ 3.00GHz → Another CPU", "kernel: 6.18.0 → 6.19.0"])
    #expect(report.rows[0].comparison.ratio == nil)
    candidate.add([1], outcome: .crashed)
    #expect(GateReport(baseline: baseline.measured(), candidate: candidate.measured()).exitCode == 1)
  }

  @Test func `another state of the page cache and an unknown machine are differences too`() {
    var baseline = SimulatedRun(id: "before"), candidate = SimulatedRun(id: "after", cache: .cold)
    baseline.add([10])
    candidate.add([10])
    #expect(GateReport(baseline: baseline.measured(), candidate: candidate.measured()).machineDifferences == ["page cache: warm → cold"])
    candidate.cache = .warm
    candidate.host = nil
    let report = GateReport(baseline: baseline.measured(), candidate: candidate.measured())
    #expect(report.machineDifferences == ["the machine is unknown: after did not record where it was measured"])
    #expect(report.exitCode == 3)
  }

  @Test func `zeros on both sides pass, zeros on one have no ratio`() {
    var rules = GateRules()
    rules.request.quantities = [.metric(.cpuTime)]
    let values = scattered(12, about: 10, seed: 1)
    // The simulated trials used no CPU time at all.
    expect(gate(values, values, rules), [.pass], 0)
    var baseline = SimulatedRun(id: "before", metrics: [.peakMemory]), candidate = SimulatedRun(id: "after", metrics: [.peakMemory])
    baseline.add(values)
    candidate.add(values, bytes: 0)
    let report = GateReport(baseline: baseline.measured(), candidate: candidate.measured())
    expect(report, [.inconclusive], 3)
    #expect(report.rows[0].reason == "a value is not above zero, so that no ratio can be formed")
  }

  @Test func `a metric that was not observed cannot be decided`() {
    var baseline = SimulatedRun(id: "before", metrics: [.peakMemory]), candidate = SimulatedRun(id: "after", metrics: [.peakMemory])
    baseline.add(scattered(12, about: 10, seed: 1), bytes: nil)
    candidate.add(scattered(12, about: 10, seed: 2), bytes: nil)
    let report = GateReport(baseline: baseline.measured(), candidate: candidate.measured())
    expect(report, [.inconclusive], 3)
    #expect(report.rows[0].reason == "peak memory of the whole tree was not observed")
  }

  @Test func `trials that end before they begin are counted and enter nothing`() {
    var run = SimulatedRun()
    run.add([10, -5, 10])
    let arm = run.measured().arms[0]
    #expect(arm.contradictions == 1 && arm.passed == 2 && arm.trials == 3)
    #expect(arm.values(of: .wallTime).values == [10e6, 10e6])
  }

  @Test func `the probabilities of all comparisons are adjusted as one family`() {
    let names = (0..<20).map { "w\($0)" }
    var baseline = SimulatedRun(id: "before", workloads: names), candidate = SimulatedRun(id: "after", workloads: names)
    for (index, name) in names.enumerated() {
      baseline.add(scattered(12, about: 10, spread: 0.03, seed: UInt64(index)), workload: name)
      candidate.add(scattered(12, about: 10, spread: 0.03, seed: UInt64(1000 + index)), workload: name)
    }
    let rows = GateReport(baseline: baseline.measured(), candidate: candidate.measured()).rows
    let raw = rows.compactMap(\.comparison.probability)
    #expect(raw.count == 20)
    #expect(rows.compactMap(\.comparison.adjustedProbability) == FalseDiscoveryRate.adjusted(raw))
    #expect(raw.contains { $0 <= 0.1 }, "the seeds are chosen so that one comparison looks different by chance")
    #expect(!rows.contains { $0.verdict == .regression })
  }

  @Test func `thresholds come from the scenario and yield to the command line`() {
    var baseline = SimulatedRun(id: "before", thresholds: [.wallTime: 0.2])
    var candidate = SimulatedRun(id: "after", thresholds: [.wallTime: 0.2])
    baseline.add(scattered(30, about: 10, seed: 1))
    candidate.add(scattered(30, about: 11, seed: 2))
    let (before, after) = (baseline.measured(), candidate.measured())
    #expect(GateReport(baseline: before, candidate: after).rows.map(\.verdict) == [.pass])
    var rules = GateRules()
    rules.thresholds = [nil: 0.05]
    #expect(GateReport(baseline: before, candidate: after, rules).rows.map(\.verdict) == [.regression])
    rules.thresholds[.metric(.wallTime)] = 0.2
    #expect(GateReport(baseline: before, candidate: after, rules).rows.map(\.threshold) == [0.2])
    rules.request.quantities = [.metric(.peakMemory)]
    #expect(GateReport(baseline: before, candidate: after, rules).rows.map(\.threshold) == [0.05])
  }

  @Test func `two builds are compared block by block`() {
    var run = SimulatedRun(runtimes: ["base", "head"])
    // A machine that drifts by half: only pairs see the 5 %.
    let drift = (0..<24).map { 10 * (1 + 0.02 * Double($0)) }
    run.add(zip(drift, scattered(24, about: 1, spread: 0.005, seed: 1)).map(*), "base")
    run.add(zip(drift, scattered(24, about: 1.06, spread: 0.005, seed: 2)).map(*), "head")
    let report = GateReport(within: run.measured(), baseline: "base")
    expect(report, [.regression], 1)
    #expect(report.rows[0].comparison.isPaired && report.rows[0].comparison.count == 24)
  }

  @Test func `a block in which one build failed makes no pair, and only the head's failures fail`() {
    var run = SimulatedRun(runtimes: ["base", "head"])
    run.add(scattered(9, about: 10, seed: 1), "base")
    run.add([10], "base", outcome: .crashed)
    run.add(scattered(10, about: 10, seed: 2), "head")
    let report = GateReport(within: run.measured(), baseline: "base")
    #expect(report.rows[0].comparison.count == 9)
    #expect(report.failures.isEmpty)
  }

  @Test func `of what is measured twice only the second counts`() {
    var first = SimulatedRun(id: "first", workloads: ["a", "b"], runtimes: ["base", "head"])
    var second = SimulatedRun(id: "second", workloads: ["a", "b"], runtimes: ["base", "head"])
    for (name, factor) in [("a", 1.1), ("b", 1.0)] {
      first.add(scattered(20, about: 10, seed: 1), "base", workload: name)
      first.add(scattered(20, about: 10 * factor, seed: 2), "head", workload: name)
    }
    second.add(scattered(40, about: 10, seed: 3), "base", workload: "a")
    second.add(scattered(40, about: 10, seed: 4), "head", workload: "a")
    let report = GateReport(within: first.measured(), baseline: "base")
    expect(report, [.regression, .pass], 1)
    var rules = GateRules()
    rules.request.only = Set(report.undecided.map(\.comparison.key))
    let confirmed = report.confirmed(by: GateReport(within: second.measured(), baseline: "base", rules))
    expect(confirmed, [.pass, .pass], 0)
    #expect(confirmed.rows.map(\.firstVerdict) == [.regression, nil])
    #expect(confirmed.rows.map(\.comparison.count) == [40, 20])
    second.add([1], "head", workload: "a", outcome: .crashed)
    #expect(report.confirmed(by: GateReport(within: second.measured(), baseline: "base", rules)).exitCode == 1)
  }

  @Test func `too many disturbed trials are a noisy host, neither slow nor passed`() {
    var baseline = SimulatedRun(id: "before"), candidate = SimulatedRun(id: "after")
    baseline.add(scattered(30, about: 10, seed: 1))
    candidate.add(scattered(26, about: 10, seed: 2))
    candidate.add([90, 90, 90, 90], evidence: NoiseEvidence(majorFaults: 3))
    let report = GateReport(baseline: baseline.measured(), candidate: candidate.measured())
    expect(report, [.inconclusive], 3)
    #expect(report.rows[0].reason == "noisy host: 4 of 30 trials in interpreter were disturbed")
    #expect(report.rows[0].comparison.candidate.invalidated == ["major-faults": 4])
  }

  @Test func `an arm of which every trial was disturbed says so`() {
    var baseline = SimulatedRun(id: "before"), candidate = SimulatedRun(id: "after")
    baseline.add(scattered(8, about: 10, seed: 1))
    candidate.add(scattered(8, about: 10, seed: 2), evidence: NoiseEvidence(majorFaults: 1))
    let report = GateReport(baseline: baseline.measured(), candidate: candidate.measured())
    expect(report, [.inconclusive], 3)
    #expect(report.rows[0].reason == "noisy host: all 8 trials in interpreter were disturbed")
  }

  @Test func `few disturbed trials are counted and enter nothing`() {
    var baseline = SimulatedRun(id: "before"), candidate = SimulatedRun(id: "after")
    baseline.add(scattered(30, about: 10, seed: 1))
    candidate.add(scattered(28, about: 10, seed: 2))
    candidate.add([900, 900], evidence: NoiseEvidence(involuntarySwitches: 500))
    let report = GateReport(baseline: baseline.measured(), candidate: candidate.measured())
    expect(report, [.pass], 0)
    #expect(report.rows[0].comparison.count == 28)
    #expect(report.notes.contains { $0.hasPrefix("2 trials passed but were disturbed and enter no figure (2 involuntary-switches)") })
  }

  @Test func `different shapes are told beside the ratio`() {
    var baseline = SimulatedRun(id: "before"), candidate = SimulatedRun(id: "after")
    baseline.add(scattered(60, about: 10, spread: 0.002, seed: 1))
    candidate.add(scattered(40, about: 8, spread: 0.002, seed: 2) + scattered(20, about: 13, spread: 0.002, seed: 3))
    let report = GateReport(baseline: baseline.measured(), candidate: candidate.measured())
    #expect(report.rows[0].comparison.ratioOfMedians != nil)
    #expect(report.notes.contains { $0.contains("differ in shape") })
    #expect(gate(scattered(60, about: 10, seed: 1), scattered(60, about: 12, seed: 2)).rows[0].comparison.ratioOfMedians == nil)
  }

  @Test func `too few trials for the number of comparisons are said to be`() {
    let names = (0..<40).map { "w\($0)" }
    var run = SimulatedRun(workloads: names, runtimes: ["base", "head"])
    for name in names {
      run.add(scattered(8, about: 10, seed: 1), "base", workload: name)
      run.add(scattered(8, about: 10, seed: 2), "head", workload: name)
    }
    let report = GateReport(within: run.measured(), baseline: "base")
    #expect(report.notes.contains { $0.contains("among 40 comparisons can be found from 11 blocks on; some have only 8") })
  }
}
