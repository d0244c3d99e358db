import Observations
import Statistics
import Testing

@testable import Report

@Suite struct SummaryTests {
  private func trial(
    _ runtime: String, block: Int, attempt: Int = 0, milliseconds: Double, outcome: Outcome = .passed, workload: String = "hello"
  ) -> Observation {
    Observation(
      run: "r", workload: workload, block: block, trial: 0, attempt: attempt, runtime: runtime, outcome: outcome,
      detail: outcome == .passed ? "" : "it said no",
      times: TrialTimes(spawned: 1_000, exited: 1_000 + UInt64(milliseconds * 1e6), reaped: 2_000 + UInt64(milliseconds * 1e6)),
      resources: TrialResources(peakMemory: 5 << 20, memorySource: .launcher))
  }

  private func results(_ observations: [Observation], subtract: String? = nil) -> RunResults {
    var results = SimulatedResults(blocks: 0, workloads: ["hello"], metrics: [.wallTime], subtract: subtract).results()
    results.observations = observations
    return results
  }

  private func comparison(_ summary: Summary, _ runtime: String) throws -> Comparison {
    try #require(summary.withinPath.first { $0.runtime == runtime })
  }

  @Test func `ratios are paired by block and agree with the paired estimate`() throws {
    let a = [12.41, 12.38, 12.55, 12.47, 12.40, 12.62, 12.44, 12.51, 12.39, 12.46, 13.90, 12.43]
    let b = [12.96, 12.88, 13.05, 12.91, 12.99, 13.12, 12.94, 13.01, 12.90, 12.97, 13.04, 14.75]
    let trials = a.indices.flatMap {
      [trial("native", block: $0, milliseconds: a[$0]), trial("interpreter", block: $0, milliseconds: b[$0])]
    }
    let comparison = try comparison(Summary(results(trials.reversed())), "interpreter")
    #expect(comparison.baseline == "native")
    #expect(comparison.pairs == 12)
    let ratio = try #require(comparison.ratio)
    #expect(abs(ratio.value - 1.0404753065034507) < 1e-9)
    #expect(abs(try #require(ratio.interval95).lower - 1.0375601596835125) < 1e-9)
    #expect(comparison.verdict == .more)
  }

  @Test func `only blocks in which both arms passed make pairs`() throws {
    var trials: [Observation] = []
    for block in 0..<10 {
      trials.append(trial("native", block: block, milliseconds: 1, outcome: block == 3 ? .crashed : .passed))
      trials.append(trial("interpreter", block: block, milliseconds: 2, outcome: block == 5 ? .wrongOutput : .passed))
    }
    let summary = Summary(results(trials))
    #expect(try comparison(summary, "interpreter").pairs == 8)
    let native = try #require(summary.arm("hello", "native"))
    #expect(native.trials == 10 && native.passed == 9)
    #expect(native.failures == [FailureCount(outcome: .crashed, count: 1, firstDetail: "it said no")])
  }

  @Test func `a failed trial enters no time`() throws {
    var trials = (0..<6).map { trial("native", block: $0, milliseconds: 1) }
    trials.append(trial("native", block: 6, milliseconds: 9_000, outcome: .timedOut))
    let median = try #require(Summary(results(trials)).arm("hello", "native")?.median(of: .metric(.wallTime)))
    #expect(median.count == 6)
    #expect(median.value == 1e6)
  }

  @Test func `the highest attempt of each block counts and the rest is reported`() throws {
    var trials = (0..<8).flatMap { [trial("native", block: $0, milliseconds: 1), trial("interpreter", block: $0, milliseconds: 2)] }
    // Block 2 was cut off after a failure and run again as a whole.
    trials.removeAll { $0.block == 2 }
    trials.append(trial("native", block: 2, attempt: 0, milliseconds: 50, outcome: .crashed))
    trials.append(trial("native", block: 2, attempt: 1, milliseconds: 1))
    trials.append(trial("interpreter", block: 2, attempt: 1, milliseconds: 2))
    let summary = Summary(results(trials))
    #expect(try comparison(summary, "interpreter").pairs == 8)
    #expect(summary.trials == 16 && summary.passed == 16)
    #expect(summary.supersededTrials == 1)
    #expect(summary.notes.contains { $0.contains("1 trials (1 of them failed) belong to blocks that were cut off") })
  }

  @Test func `observing a trial twice changes nothing`() {
    let once = SimulatedResults(blocks: 8).results()
    var twice = once
    twice.observations += once.observations
    let (a, b) = (Summary(once), Summary(twice))
    #expect(a.arms == b.arms)
    #expect(a.withinPath == b.withinPath)
  }

  @Test func `the order of the observations does not matter`() {
    let plain = SimulatedResults(blocks: 8).results()
    var shuffled = plain
    var random = SplitMix64(seed: 3)
    shuffled.observations.shuffle(using: &random)
    #expect(Summary(plain) == Summary(shuffled))
  }

  @Test(arguments: [1, 5, 6])
  func `fewer than six blocks give no interval and say so`(blocks: Int) throws {
    let summary = Summary(SimulatedResults(blocks: blocks).results())
    let comparison = try comparison(summary, "interpreter")
    #expect((comparison.ratio?.interval95 != nil) == (blocks >= 6))
    #expect((comparison.verdict == .tooFewBlocks) == (blocks < 6))
    #expect(summary.notes.contains { $0.contains("a 95 % interval needs at least 6") } == (blocks < 6))
  }

  @Test func `two arms of the same speed are not told apart`() throws {
    let same = [
      SimulatedResults.Arm(name: "native", path: .process, program: .native, milliseconds: 1),
      SimulatedResults.Arm(name: "twin", path: .process, program: .native, milliseconds: 1),
    ]
    let comparison = try comparison(Summary(SimulatedResults(arms: same).results()), "twin")
    #expect(comparison.verdict == .noDifferenceFound)
    #expect(try #require(comparison.ratio?.interval95).contains(1))
  }

  @Test func `every path has its own baseline and a bare process is never its container's`() throws {
    var simulated = SimulatedResults()
    simulated.arms.append(.init(name: "crun-direct", path: .oci, program: .native, milliseconds: 20))
    let summary = Summary(simulated.results())
    let paths = Dictionary(uniqueKeysWithValues: simulated.arms.map { ($0.name, $0.path) })
    for comparison in summary.withinPath { #expect(paths[comparison.runtime] == paths[comparison.baseline]) }
    for comparison in summary.acrossPaths {
      #expect(paths[comparison.runtime] != paths[comparison.baseline])
      #expect(comparison.baseline == "native")
    }
    #expect(summary.withinPath.contains { $0.runtime == "crun-direct" && $0.baseline == "runc-direct" })
    #expect(summary.acrossPaths.contains { $0.runtime == "runc" })
  }

  @Test func `with runc as the baseline bare processes are compared with the native one`() throws {
    let summary = Summary(SimulatedResults(baseline: "runc").results())
    #expect(try comparison(summary, "interpreter").baseline == "native")
    #expect(!Headline.sentences(summary)[0].contains("runc"))
    #expect(Set(summary.acrossPaths.map(\.runtime)) == ["native", "interpreter", "wasmtime", "wasmkit", "node", "runc-direct"])
  }

  @Test func `with a baseline that has its path to itself the answer is about another path and no arm is told twice`() {
    let sentences = Headline.sentences(Summary(SimulatedResults(baseline: "runc").results()))
    #expect(sentences[0].contains("in interpreter") && sentences[0].contains("as long as in native"))
    #expect(sentences[1].hasPrefix("On other paths: "))
    #expect(sentences[1].contains("runc-direct") && sentences[1].contains("in runc ("))
    #expect(!sentences[1].contains("native") && !sentences[1].contains("node"))
  }

  @Test func `a busy machine is said to be one`() {
    var results = SimulatedResults(blocks: 6).results()
    #expect(!Summary(results).notes.contains { $0.contains("busy") })
    for index in results.observations.indices {
      results.observations[index].evidence.cpuPressure = (results.observations[index].duration ?? 0) / 500
    }
    let summary = Summary(results)
    #expect(summary.noise.cpuPressure == 1, "never more than all of the time")
    #expect(summary.notes.contains { $0.contains("busy: during 100 % of") })
  }

  @Test func `execution only takes the start-up of the same runtime off`() throws {
    let simulated = SimulatedResults(workloads: ["noop", "work"], metrics: [.wallTime], subtract: "noop")
    let summary = Summary(simulated.results())
    #expect(summary.quantities == [.executionOnly, .metric(.wallTime)])
    func walls(_ workload: String) -> [Int: UInt64] {
      let trials = simulated.results().observations.filter { $0.workload == workload && $0.runtime == "interpreter" }
      return Dictionary(uniqueKeysWithValues: trials.map { ($0.block, $0.times.exited - $0.times.spawned) })
    }
    let (work, start) = (walls("work"), walls("noop"))
    let expected = try #require(Sample(work.map { Double($1) - Double(start[$0]!) })).median
    let execution = try #require(summary.arm("work", "interpreter")?.median(of: .executionOnly))
    #expect(abs(execution.value - expected) < 1, "block by block")
    #expect(!summary.withinPath.contains { $0.workload == "noop" && $0.quantity == .executionOnly })
  }

  @Test func `executions shorter than the start-up make no ratio and are named`() throws {
    var trials: [Observation] = []
    for block in 0..<8 {
      for (runtime, noop, work) in [("native", 1.0, 0.9), ("interpreter", 2.0, 4.0)] {
        trials.append(trial(runtime, block: block, milliseconds: noop, workload: "noop"))
        trials.append(trial(runtime, block: block, milliseconds: work, workload: "work"))
      }
    }
    let summary = Summary(results(trials, subtract: "noop"))
    let row = try #require(summary.withinPath.first { $0.quantity == .executionOnly })
    #expect(row.ratio == nil && row.verdict == .noRatio)
    #expect(summary.notes.contains { $0.contains("no longer than noop itself") && $0.contains("work in interpreter") })
  }

  @Test func `what was odd about trials that passed is noted for every arm`() throws {
    var trials = (0..<4).map { trial("native", block: $0, milliseconds: 1) }
    for block in [1, 2] { trials[block].detail = "left processes behind, which were killed" }
    let notes = Summary(results(trials)).notes
    #expect(notes.contains("2 of 4 passed trials of hello in native left processes behind, which were killed."))
  }

  @Test(arguments: [2, 12]) func `an execution that drowns in the start-up is no time`(blocks: Int) throws {
    var trials: [Observation] = []
    for block in 0..<blocks {
      // As much below the start-up as above it, and below in the median.
      let noise = block % 2 == 0 ? 0.4 : -0.9
      for (runtime, noop) in [("native", 1.0), ("interpreter", 2.0)] {
        trials.append(trial(runtime, block: block, milliseconds: noop, workload: "noop"))
        trials.append(trial(runtime, block: block, milliseconds: noop + noise, workload: "work"))
      }
    }
    let summary = Summary(results(trials, subtract: "noop"))
    #expect(
      Headline.sentences(summary)[0]
        == "Not distinguishable from start-up (noop), or too few undisturbed blocks have both: work in native, work in interpreter. Longer programs or more blocks would show their execution."
    )
    #expect(summary.notes.contains { $0.hasPrefix("Not distinguishable from start-up, because ") && $0.contains("work in interpreter") })
    let cells = try #require(Tables.within(summary, .executionOnly)).groups.flatMap(\.rows).joined().map(\.text)
    #expect(cells.contains("–") && !cells.contains { $0.hasPrefix("-") || $0.hasPrefix("[-") }, "\(cells)")
  }

  @Test func `only what is told from start-up is compared in the first sentence`() throws {
    var trials: [Observation] = []
    for block in 0..<12 {
      for (runtime, noop, work) in [("native", 1.0, block % 2 == 0 ? 1.4 : 0.7), ("interpreter", 2.0, 4.0 + Double(block) / 100)] {
        trials.append(trial(runtime, block: block, milliseconds: noop, workload: "noop"))
        trials.append(trial(runtime, block: block, milliseconds: work, workload: "work"))
      }
    }
    let sentence = Headline.sentences(Summary(results(trials, subtract: "noop")))[0]
    #expect(sentence.hasPrefix("work executes for 2.0") && sentence.hasSuffix(" in interpreter; there is nothing to compare it with."))
  }

  @Test func `several workloads are joined by the geometric mean`() throws {
    let summary = Summary(SimulatedResults(workloads: ["a", "b", "c"], metrics: [.wallTime]).results())
    let row = try #require(summary.overall.first { $0.runtime == "interpreter" })
    let ratios = summary.withinPath.filter { $0.runtime == "interpreter" }.compactMap(\.ratio?.value)
    #expect(row.workloads == 3)
    let product = ratios.reduce(1, *)
    #expect(abs(row.geometricMean * row.geometricMean * row.geometricMean - product) < 0.02 * product)
    #expect(Headline.sentences(summary)[0].hasPrefix("interpreter takes "))
    #expect(
      Headline.sentences(summary)[0].hasSuffix(" (3 workloads): geometric means of wall time, spawn to exit, 95 % intervals over blocks."))
    let others = ["wasmtime", "wasmkit", "node"]
    for runtime in others { #expect(Headline.sentences(summary)[0].contains(", \(runtime) "), "every runtime of the path is told") }
  }

  @Test func `the geometric mean has an interval, paired by block over the workloads`() throws {
    // Two workloads whose ratios are 2 and 8 in some blocks and 3 and 3 in others: each block's mean is 4 or 3.
    var trials: [Observation] = []
    for block in 0..<12 {
      for (workload, ratio) in [("a", block % 2 == 0 ? 2.0 : 3), ("b", block % 2 == 0 ? 8.0 : 3)] {
        trials.append(trial("native", block: block, milliseconds: 10, workload: workload))
        trials.append(trial("interpreter", block: block, milliseconds: 10 * ratio, workload: workload))
      }
    }
    // A block that only one of them has counts in its own ratio and not in the mean.
    trials.append(trial("native", block: 12, milliseconds: 10, workload: "a"))
    trials.append(trial("interpreter", block: 12, milliseconds: 1000, workload: "a"))
    let row = try #require(Summary(results(trials)).overall.first)
    let estimate = try #require(row.estimate)
    #expect(estimate.count == 12)
    #expect(row.geometricMean == estimate.value)
    let means = (0..<12).map { $0 % 2 == 0 ? 4.0 : 3 }
    let expected = try #require(HodgesLehmann.pairedRatio(baseline: means.map { _ in 1 }, candidate: means))
    #expect(abs(estimate.value - expected.value) < 1e-9)
    let (interval, wanted) = (try #require(estimate.interval95), try #require(expected.interval95))
    #expect(abs(interval.lower - wanted.lower) < 1e-9 && abs(interval.upper - wanted.upper) < 1e-9)
    #expect(row.verdict == .more && row.agreeing == 2)
  }

  @Test func `without an interval, or with one that contains 1, the geometric mean claims nothing`() throws {
    let few = Summary(SimulatedResults(blocks: 2, workloads: ["a", "b"], metrics: [.wallTime]).results())
    #expect(few.overall.allSatisfy { $0.estimate?.interval95 == nil && $0.verdict == .tooFewBlocks })
    let sentence = Headline.sentences(few)[0]
    #expect(sentence.hasPrefix("Too few blocks with all workloads to compare the geometric mean of wall time"))
    #expect(!sentence.contains("times") && !sentence.contains("takes"))

    let same = ["native", "twin"].map { SimulatedResults.Arm(name: $0, path: .process, program: .native, milliseconds: 1) }
    let equal = Summary(SimulatedResults(workloads: ["a", "b"], arms: same, metrics: [.wallTime]).results())
    #expect(try #require(equal.overall.first).verdict == .noDifferenceFound)
    #expect(Headline.sentences(equal)[0].hasPrefix("No difference to native was found over all workloads"))
    let row = try #require(Tables.overall(equal)?.groups.first?.rows.first)
    #expect(row.contains { $0.text == "no difference found" } && row.contains { $0.text.hasPrefix("[") })
  }

  @Test func `workloads that disagree with their geometric mean are counted`() throws {
    var trials: [Observation] = []
    for block in 0..<12 {
      for (workload, ratio) in [("a", 1.0), ("b", 4.0)] {
        // The first one wavers around 1.
        let noise = workload == "a" ? (block % 2 == 0 ? 1.01 : 0.99) : 1
        trials.append(trial("native", block: block, milliseconds: 10, workload: workload))
        trials.append(trial("interpreter", block: block, milliseconds: 10 * ratio * noise, workload: workload))
      }
    }
    let summary = Summary(results(trials))
    #expect(try #require(summary.overall.first).agreeing == 1)
    #expect(Headline.sentences(summary)[0].contains("2 workloads, 1 of them slower by themselves"))
  }

  @Test func `the detectable effect is never less than half the interval beside it`() throws {
    // Four ratios close together make the deviation small; two far away make the interval wide.
    let ratios = [1.5, 1.51, 1.52, 1.53, 0.23, 9.14]
    let trials = ratios.enumerated().flatMap { block, ratio in
      [trial("native", block: block, milliseconds: 10), trial("interpreter", block: block, milliseconds: 10 * ratio)]
    }
    let row = try comparison(Summary(results(trials)), "interpreter")
    let interval = try #require(row.ratio?.interval95)
    #expect(abs(interval.lower - 0.23) < 1e-6 && abs(interval.upper - 9.14) < 1e-6)
    #expect(try #require(row.minimumDetectableEffect) >= (9.14 / 0.23).squareRoot() - 1 - 1e-6)
  }

  @Test func `differences of memory below what a kernel counts in get no verdict`() throws {
    func verdict(_ mebibytes: Double) throws -> Verdict {
      let arms = [10, 10 + mebibytes].enumerated().map {
        SimulatedResults.Arm(name: $0 == 0 ? "native" : "other", path: .process, program: .native, milliseconds: 1, mebibytes: $1)
      }
      var results = SimulatedResults(arms: arms, metrics: [.peakMemory]).results()
      for index in results.observations.indices {
        let extra = results.observations[index].runtime == "other" ? mebibytes : 0
        results.observations[index].resources.peakMemory =
          UInt64((10 + extra) * 1_048_576) + UInt64(results.observations[index].block * 4096)
      }
      return try comparison(Summary(results), "other").verdict
    }
    #expect(try verdict(0.75) == .belowResolution)
    #expect(try verdict(-0.75) == .belowResolution)
    #expect(try verdict(1.25) == .more)
    #expect(try verdict(-1.25) == .less)
    #expect(Verdict.belowResolution.words(for: .metric(.peakMemory)) == "below the resolution")
  }

  @Test func `every report says what memory counts, and shows the resident size beside it`() throws {
    let results = SimulatedResults(metrics: [.peakMemory]).results()
    let summary = Summary(results)
    #expect(try #require(summary.arm("hello", "interpreter")?.maxResident).value == Double(UInt64(7.9 * 1_048_576)))
    #expect(summary.arm("hello", "runc")?.maxResident == nil, "of a guest behind containerd it is not known")
    for text in [
      TerminalReport.text(for: results, color: false, width: 200), MarkdownReport.text(for: results),
      HTMLPage(results, summary, DrawnPlots([], in: "/nowhere", gnuplot: nil)).text,
    ] {
      #expect(text.contains("resident"))
      #expect(text.contains("7.90"))
      #expect(text.split(whereSeparator: \.isWhitespace).joined(separator: " ").contains("page cache already are not in it"))
    }
  }

  @Test func `a machine that was busy throughout is not called undisturbed`() {
    var results = SimulatedResults(blocks: 6).results()
    for index in results.observations.indices {
      results.observations[index].evidence = NoiseEvidence(cpuPressure: (results.observations[index].duration ?? 0) / 500)
    }
    let text = Summary(results).noise.text
    #expect(!text.contains("no trial shows evidence of disturbance"))
    #expect(text.hasPrefix("no trial stands out from the others, but the machine was busy throughout"))
  }

  @Test func `memory is compared in its own words`() throws {
    let summary = Summary(SimulatedResults(metrics: [.peakMemory]).results())
    let row = try comparison(summary, "interpreter")
    #expect(row.verdict.words(for: row.quantity) == "larger")
    let median = try #require(summary.arm("hello", "interpreter")?.median(of: .metric(.peakMemory)))
    #expect(abs(median.value / (2.9 * 1_048_576) - 1) < 0.02)
  }

  @Test func `evidence of noise is counted`() {
    let summary = Summary(SimulatedResults(blocks: 30).results())
    #expect(summary.noise.trials == 210)
    #expect(summary.noise.trialsWithSteal == 7)
    #expect(summary.noise.invalidated.isEmpty)
    #expect(summary.noise.text.contains("no trial was invalidated"))
    #expect(summary.passed == 210)
  }

  @Test func `disturbed trials enter no figure and are told with their reason`() throws {
    var results = SimulatedResults(blocks: 30).results()
    let undisturbed = Summary(results)
    // A disturbed trial takes a hundred times as long, which nothing but its evidence may give away.
    for index in results.observations.indices
    where results.observations[index].block == 4 && results.observations[index].runtime == "native" {
      results.observations[index].evidence.majorFaults = 20
      results.observations[index].times.exited += 1_000_000_000
    }
    let summary = Summary(results)
    let arm = try #require(summary.arms.first { $0.runtime == "native" })
    #expect(arm.invalidated == [InvalidationCount(reason: .majorFaults, count: 1)])
    #expect(!arm.isNoisy && arm.passed == 30)
    #expect(arm.median(of: .metric(.wallTime))?.count == 29)
    #expect(summary.noise.text.contains("1 of 210 trials are invalidated"))
    let pairs = summary.withinPath.filter { $0.runtime != "native" && $0.baseline == "native" }
    #expect(!pairs.isEmpty && pairs.allSatisfy { $0.pairs == 29 })
    let text = TerminalReport.text(for: results, color: false, width: 120)
    #expect(text.contains("Disturbed trials") && text.contains("reads from disk (1)"))
    let words = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(words.contains("1 passed while the machine was disturbed and enters no figure."))
    #expect(MarkdownReport.text(for: results).contains("Disturbed trials"))
    #expect(CSVReport.text(for: results).split(separator: "\n").count { $0.hasSuffix(",major-faults") } == 1)
    #expect(!TerminalReport.text(for: SimulatedResults(blocks: 30).results(), color: false, width: 120).contains("Disturbed trials"))
    #expect(undisturbed.arms.allSatisfy { $0.invalidated.isEmpty })
  }

  @Test func `an arm disturbed too often is neither faster nor slower`() throws {
    var results = SimulatedResults(blocks: 30).results()
    for index in results.observations.indices where results.observations[index].block < 4 && results.observations[index].runtime == "native"
    {
      results.observations[index].evidence.throttles = 1
    }
    let summary = Summary(results)
    #expect(summary.arms.filter(\.isNoisy).map(\.runtime) == ["native"])
    let touched = summary.withinPath.filter { $0.runtime == "native" || $0.baseline == "native" }
    #expect(!touched.isEmpty && touched.allSatisfy { $0.verdict == .noisyHost })
    #expect(TerminalReport.text(for: results, color: false, width: 120).contains("noisy host"))
  }

  @Test func `contradicting clock readings make no time and no crash`() {
    var results = SimulatedResults(blocks: 6).results()
    for index in results.observations.indices {
      results.observations[index].times = TrialTimes(spawned: 10, firstByte: 5, exited: 3, reaped: 1)
    }
    let summary = Summary(results)
    #expect(summary.arms.allSatisfy { $0.median(of: .metric(.wallTime)) == nil })
    #expect(!CSVReport.text(for: results).isEmpty)
  }

  @Test func `an interrupted run says how far it came and how to go on`() {
    var results = SimulatedResults(blocks: 7).results()
    results.run.finishedAt = nil
    results.run.blocks = 30
    #expect(Summary(results).notes.contains { $0.contains("7 of 30 blocks") && $0.contains("--resume simulated") })
  }

  @Test func `nothing measured is said plainly`() {
    var results = SimulatedResults(blocks: 0).results()
    #expect(Headline.sentences(Summary(results)) == ["No trial was measured: nothing can be said."])
    results.observations = [trial("native", block: 0, milliseconds: 1, outcome: .notStarted)]
    #expect(Headline.sentences(Summary(results))[0].hasPrefix("None of 1 trials passed"))
  }
}
