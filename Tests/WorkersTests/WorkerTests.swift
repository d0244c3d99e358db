import Foundation
import Observations
import TestSupport
import Testing

@testable import Workers

/// The real worker on real processes.
@Suite(.serialized) struct WorkerTests {
  @Test func runsEveryArmOncePerBlockInTheDrawnOrder() throws {
    let other = RuntimeDescription(name: "other", summary: "", path: .process, program: .native, command: ["{native}", "{arguments}"])
    let run = try JobRun(
      "order", workloads: [.probe("say", "say", "hello", expect: "hello\n", arms: ["native", "other"])], runtimes: [.native, other],
      blocks: 6)
    defer { run.scratch.remove() }
    let result = try run.run()
    #expect(result.status == 0, "\(result.errors)")
    guard case .started(let started) = result.events.first else {
      Issue.record("no greeting")
      return
    }
    #expect(started.run == run.job.run)
    #expect(started.environment.cpuCount > 0 && started.environment.memoryBytes > 0)
    #expect(started.environment.hashes[Probe.path]?.count == 64)
    #expect(result.events.last == .finished(blocks: 6))
    // Before the first trial every arm is set up and then warmed up, and both are told.
    let steps = result.events.dropFirst().prefix(4).map { event in if case .preparing(let step) = event { step } else { nil as Preparing? }
    }
    #expect(
      steps
        == [(PreparationStage.setUp, 0), (.setUp, 1), (.warmUp, 0), (.warmUp, 1)].map {
          Preparing(stage: $0, workload: "say", runtime: ["native", "other"][$1], done: $1, total: 2)
        })
    #expect(result.trials.count == 12)
    for block in 0..<6 {
      let trials = result.trials.filter { $0.block == block }
      #expect(trials.map(\.runtime) == TrialOrder.shuffled(["native", "other"], seed: 1, workload: "say", block: block))
      #expect(trials.map(\.trial) == [0, 1])
      #expect(result.events.contains(.blockFinished(BlockRequest(workload: "say", index: block))))
    }
    for trial in result.trials {
      #expect(trial.outcome == .passed, "\(trial.detail)")
      #expect(trial.times.spawned < trial.times.firstByte! && trial.times.firstByte! <= trial.times.exited)
      #expect(trial.times.exited <= trial.times.reaped)
      #expect(trial.evidence.minorFaults > 0)
    }
    #expect(!FileManager.default.fileExists(atPath: run.job.scratch))
    #expect(run.cgroups.isEmpty)
  }

  @Test(arguments: [("HARNESS_MACHINE=runner-7", "runner-7" as String?), ("HARNESS_MACHINE=", nil)])
  func aVariableNamesTheMachineWhereTheHostNameIsAContainers(variable: String, name: String?) throws {
    let run = try JobRun("machine", workloads: [.probe("say", "say", "hello", expect: "hello\n", arms: ["native"])], runtimes: [.native])
    defer { run.scratch.remove() }
    guard case .started(let started) = try run.run(variables: variable).events.first else {
      Issue.record("no greeting")
      return
    }
    let kernels = try String(contentsOfFile: "/proc/sys/kernel/hostname", encoding: .utf8).trimmingCharacters(in: .whitespacesAndNewlines)
    #expect(started.environment.hostname == name ?? kernels)
  }

  /// Lines a runtime wrote that adds one to a file at every start.
  private func starts(_ cache: CacheState, _ name: String) throws -> (lines: Int, trials: Int) {
    let scratch = try Scratch()
    defer { scratch.remove() }
    let counter = RuntimeDescription(
      name: "counter", summary: "", path: .process, program: .native, command: ["/bin/sh", "-c", "echo x >> \(scratch.path("starts"))"])
    var run = try JobRun(name, workloads: [.probe("p", expect: "", arms: ["counter"])], runtimes: [counter], blocks: 3)
    run.job.cache = cache
    defer { run.scratch.remove() }
    let trials = try run.run().trials
    for trial in trials { #expect(trial.outcome == .passed, "\(trial.detail)") }
    return (try String(contentsOfFile: scratch.path("starts"), encoding: .utf8).split(separator: "\n").count, trials.count)
  }

  @Test func aHotTrialComesAfterAnUncountedOneOfItsOwn() throws {
    let hot = try starts(.hot, "hot"), warm = try starts(.warm, "warm")
    #expect(hot.lines == 6 && hot.trials == 3)
    #expect(warm.lines == 4 && warm.trials == 3)
  }

  @Test func everyTrialHasAnEnvironmentOfAnotherSize() throws {
    let other = RuntimeDescription(name: "other", summary: "", path: .process, program: .native, command: ["{native}", "{arguments}"])
    let workload = Workload.probe("pad", "variable", EnvironmentPadding.variable, arms: ["native", "other"])
    let run = try JobRun("padding", workloads: [workload], runtimes: [.native, other], blocks: 4)
    defer { run.scratch.remove() }
    let trials = try run.run().trials
    let paddings = try trials.map { try #require($0.environmentPadding) }
    #expect(Set(paddings).count > 4)
    for trial in trials {
      let expected = EnvironmentPadding.bytes(seed: run.job.seed, workload: "pad", block: trial.block, runtime: trial.runtime)
      #expect(trial.environmentPadding == expected && (0..<4096).contains(expected))
    }
    // The process sees exactly that much: what it prints is the padding.
    var checked = try JobRun("padding-seen", workloads: [workload], runtimes: [.native, other], blocks: 1)
    defer { checked.scratch.remove() }
    let size = EnvironmentPadding.bytes(seed: checked.job.seed, workload: "pad", block: 0, runtime: "native")
    checked.job.workloads[0].expected = Expectation(output: String(repeating: "x", count: size) + "\n")
    checked.job.workloads[0].arms = ["native"]
    #expect(try checked.run().trials.map(\.outcome) == [.passed])
  }

  @Test func paddingsAreSpreadOverAPage() {
    let paddings = (0..<2000).map { EnvironmentPadding.bytes(seed: 7, workload: "w", block: $0, runtime: "r") }
    #expect(paddings.allSatisfy { (0..<4096).contains($0) })
    #expect(abs(paddings.reduce(0, +) / 2000 - 2047) < 132, "five standard errors are 132")
    #expect(paddings.count { $0 < 1024 } > 400 && paddings.count { $0 >= 3072 } > 400)
    #expect(
      EnvironmentPadding.bytes(seed: 7, workload: "w", block: 0, runtime: "r")
        != EnvironmentPadding.bytes(seed: 7, workload: "w", block: 0, runtime: "s"))
  }

  @Test func aSlowedArmTakesThatMuchLonger() throws {
    let slowed = RuntimeDescription(
      name: "slowed", summary: "", path: .process, program: .native, command: ["{native}", "{arguments}"], spin: 20_000_000)
    let run = try JobRun(
      "spin", workloads: [.probe("say", "say", "x", expect: "x\n", arms: ["native", "slowed"])], runtimes: [.native, slowed], blocks: 5)
    defer { run.scratch.remove() }
    let trials = try run.run().trials
    func least(_ runtime: String, _ metric: Metric) -> Double {
      trials.filter { $0.runtime == runtime }.compactMap { $0.value(of: metric) }.min() ?? 0
    }
    for metric in [Metric.wallTime, .cpuTime] {
      let difference = (least("slowed", metric) - least("native", metric)) / 1e6
      // A busy machine lengthens any wall time; CPU time it cannot lengthen by that much.
      #expect(difference > 18 && (difference < 40 || metric == .wallTime), "\(difference) ms of \(metric.rawValue)")
    }
  }

  @Test func recordsEvidenceOfWhatTheMachineDidBesides() throws {
    let run = try JobRun("evidence", workloads: [.probe("say", "say", "x", expect: "x\n")], runtimes: [.native], blocks: 3)
    defer { run.scratch.remove() }
    let result = try run.run()
    let counts = FileManager.default.fileExists(atPath: "/proc/self/schedstat")
    for trial in result.trials {
      #expect((trial.evidence.runDelay != nil) == counts)
      #expect(try #require(trial.evidence.clockStep).magnitude < 1_000_000, "nobody sets the clock during tests")
    }
    guard case .started(let started) = result.events.first else { return }
    #expect(started.environment.addressRandomization != nil)
  }

  @Test func tellsEveryKindOfFailureApart() throws {
    let absent = RuntimeDescription(
      name: "absent", summary: "", path: .process, program: .native, command: ["/nowhere/engine", "{native}"])
    var missing = Workload.probe("missing", "exit", "0")
    missing.native = "/nowhere/guest"
    let run = try JobRun(
      "failures",
      workloads: [
        .probe("good", "say", "hello", expect: "hello\n", arms: ["native", "absent"]),
        .probe("wrong-output", "say", "hullo", expect: "hello\n"),
        .probe("too-long", "say", "hello", expect: "hell"), .probe("wrong-code", "exit", "7", expect: ""),
        .probe("right-code", "exit", "7", exitCode: 7),
        .probe("crash", "signal", "11", expect: ""), .probe("slow", "sleep", "30", expect: ""), missing,
      ], runtimes: [.native, absent], timeLimit: 0.5)
    defer { run.scratch.remove() }
    let result = try run.run()
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.unavailable.map(\.runtime) == ["absent"])
    #expect(result.unavailable.first?.reason == "/nowhere/engine is not an executable file")
    func outcome(_ workload: String) -> Outcome? { result.trial(workload)?.outcome }
    #expect(outcome("good") == .passed)
    #expect(outcome("wrong-output") == .wrongOutput)
    #expect(result.trial("wrong-output")?.detail == "standard output differs from line 1 on: 6 bytes, expected 6")
    #expect(outcome("too-long") == .wrongOutput)
    #expect(outcome("wrong-code") == .wrongExitCode)
    #expect(result.trial("wrong-code")?.exitCode == 7)
    #expect(outcome("right-code") == .passed)
    #expect(outcome("crash") == .crashed)
    #expect(result.trial("crash")?.signal == SIGSEGV)
    #expect(outcome("slow") == .timedOut)
    #expect(outcome("missing") == .notStarted)
    #expect(result.trial("missing")?.detail == "/nowhere/guest: No such file or directory")
    // Warm-ups that fail are told and hide nothing.
    #expect(result.errors.contains("warning: warm-up of crash in native: crashed"))
  }

  @Test func givesInputEnvironmentAndFreshFolders() throws {
    var copy = Workload.probe("copy", "copy", expect: "some\ninput")
    copy.input = "some\ninput"
    var variable = Workload.probe("variable", "variable", "COLOUR", expect: "blue green\n")
    variable.environment = ["COLOUR": "blue green"]
    // Fails where the file exists already.
    var relative = Workload.probe("relative", "file", "made", expect: "")
    relative.folders = ["."]
    var absolute = Workload.probe("absolute", "file", "/data/made", expect: "")
    absolute.folders = ["/data"]
    let run = try JobRun("given", workloads: [copy, variable, relative, absolute], runtimes: [.native], blocks: 2)
    defer { run.scratch.remove() }
    let result = try run.run()
    #expect(result.trials.count == 8)
    for trial in result.trials { #expect(trial.outcome == .passed, "\(trial.workload): \(trial.detail)") }
  }

  @Test func variablesThatAnEngineWouldNotHandOverAreRefused() throws {
    let deaf = RuntimeDescription(
      name: "deaf", summary: "", path: .process, program: .module, command: [Probe.path, "variable", "COLOUR"])
    let passing = RuntimeDescription(
      name: "passing", summary: "", path: .process, program: .module, command: [Probe.path, "say", "{environment:KEY=VALUE}"])
    var workload = Workload.probe("variable", expect: "COLOUR=blue\n", arms: ["deaf", "passing"])
    workload.environment = ["COLOUR": "blue"]
    let run = try JobRun("variables", workloads: [workload], runtimes: [deaf, passing])
    defer { run.scratch.remove() }
    let trials = try run.run().trials
    let lost = trials.first { $0.runtime == "deaf" }
    #expect(lost?.outcome == .notStarted)
    #expect(lost?.detail.hasPrefix("the command of deaf has no {environment:…} to hand the variables of variable over") == true)
    #expect(trials.first { $0.runtime == "passing" }?.outcome == .passed)
  }

  @Test func startsInTheFolderTheWorkloadWorksIn() throws {
    let runtime = RuntimeDescription(
      name: "lister", summary: "", path: .process, program: .module, command: ["/bin/cat", "data.txt", "{folder:HOST/data.txt}"])
    let run = try JobRun("directory", workloads: [.probe("p", expect: "datadata", arms: ["lister"])], runtimes: [runtime])
    defer { run.scratch.remove() }
    var job = run
    try Data("data".utf8).write(to: URL(fileURLWithPath: run.scratch.path("data.txt")))
    job.job.workloads[0].directory = WorkingDirectory(host: run.scratch.folder)
    let trial = try #require(try job.run().trials.first)
    #expect(trial.outcome == .passed, "\(trial.detail)")
  }

  @Test func readsPhasesInTheirOrder() throws {
    let runtime = RuntimeDescription(
      name: "phased", summary: "", path: .process, program: .native, command: [Probe.path, "phases", "{native}"], reportsPhases: true)
    let run = try JobRun("phases", workloads: [.probe("p", expect: "", arms: ["phased"])], runtimes: [runtime])
    defer { run.scratch.remove() }
    let trial = try #require(try run.run().trials.first)
    #expect(trial.outcome == .passed, "\(trial.detail)")
    #expect(
      trial.phases == [Phase(name: "read", nanoseconds: 120), Phase(name: "decode", nanoseconds: 30), Phase(name: "exit", nanoseconds: 5)])
  }

  @Test func aFloodNeitherBlocksNorFillsTheWorker() throws {
    let run = try JobRun("flood", workloads: [.probe("flood", "flood", "100000000", expect: "")], runtimes: [.native])
    defer { run.scratch.remove() }
    let report = run.scratch.path("report")
    let outcome = try Command(
      Product.path("harness-launcher"),
      ["run", "--output", report, "--env", "PATH=/usr/bin:/bin", "--", Product.path("harness-worker"), try run.write()]
    ).run()
    struct Usage: Decodable { var maxResident: Int, exitCode: Int32 }
    let usage = try JSONDecoder().decode(Usage.self, from: Data(outcome.output.utf8))
    #expect(usage.exitCode == 0)
    #expect(usage.maxResident < 80 << 20, "\(usage.maxResident) bytes in the largest process")
    let events = try JobRun.events(String(contentsOfFile: report, encoding: .utf8))
    let trial = events.compactMap { if case .trial(let observation) = $0 { observation } else { nil } }.first
    #expect(trial?.outcome == .wrongOutput)
    #expect(trial?.detail.contains("100007936 bytes, expected 0") == true, "\(trial?.detail ?? "no trial")")
  }

  @Test func killsOrphansOfATrial() throws {
    let mark = "4\(getpid())"
    let run = try JobRun("orphans", workloads: [.probe("orphan", "orphan", mark, expect: "")], runtimes: [.native])
    defer { run.scratch.remove() }
    let result = try run.run()
    #expect(result.trials.map(\.outcome) == [.passed])
    #expect(result.trials.map(\.detail) == ["left processes behind, which were killed"])
    #expect(processes(with: "orphan\0\(mark)").isEmpty)
  }

  @Test func killedWithSIGKILLMidTrialLeavesNoProcessAndTheNextStartSweepsTheRest() throws {
    let mark = "5\(getpid())"
    let run = try JobRun(
      "killed", workloads: [.probe("first", "say", "x", expect: "x\n"), .probe("long", "sleep", mark, expect: "")], runtimes: [.native],
      timeLimit: 600)
    var job = run
    job.job.cache = .cold
    defer { run.scratch.remove() }
    let worker = try job.start()
    #expect(eventually { !processes(with: "sleep\0\(mark)").isEmpty })
    kill(worker.processIdentifier, SIGKILL)
    worker.waitUntilExit()
    #expect(eventually(within: 5) { processes(with: "sleep\0\(mark)").isEmpty && processes(with: run.job.run).isEmpty })
    // What was finished is on disk.
    #expect(try job.eventsSoFar.contains { if case .trial(let trial) = $0 { trial.workload == "first" } else { false } })
    #expect(FileManager.default.fileExists(atPath: run.job.scratch))
    if canUseCgroups { #expect(!run.cgroups.isEmpty) }

    var next = try JobRun("next", workloads: [.probe("say", "say", "x", expect: "x\n")], runtimes: [.native])
    defer { next.scratch.remove() }
    next.job.scratch = run.scratch.path("next")
    #expect(try next.run().status == 0)
    #expect(!FileManager.default.fileExists(atPath: run.job.scratch))
    #expect(run.cgroups.isEmpty && next.cgroups.isEmpty)
  }

  @Test(arguments: [SIGTERM, SIGINT]) func endsInGoodOrderOnSignals(_ signal: Int32) throws {
    let mark = "6\(getpid())"
    var run = try JobRun("stopped-\(signal)", workloads: [.probe("long", "sleep", mark, expect: "")], runtimes: [.native], timeLimit: 600)
    run.job.cache = .cold
    defer { run.scratch.remove() }
    let worker = try run.start()
    #expect(eventually { !processes(with: "sleep\0\(mark)").isEmpty })
    kill(worker.processIdentifier, signal)
    worker.waitUntilExit()
    #expect(worker.terminationReason == .exit)
    #expect(worker.terminationStatus == 128 + signal)
    #expect(processes(with: "sleep\0\(mark)").isEmpty)
    #expect(!FileManager.default.fileExists(atPath: run.job.scratch))
    #expect(run.cgroups.isEmpty)
  }

  @Test func endsWhenItsParentDies() throws {
    let mark = "7\(getpid())"
    var run = try JobRun("orphaned", workloads: [.probe("long", "sleep", mark, expect: "")], runtimes: [.native], timeLimit: 600)
    run.job.cache = .cold
    defer { run.scratch.remove() }
    // The shell is the parent, and is killed.
    let parent = Process()
    parent.executableURL = URL(fileURLWithPath: "/bin/sh")
    parent.arguments = ["-c", "\(Product.path("harness-worker")) \(try run.write()) > \(run.scratch.path("events")) 2>/dev/null & wait"]
    try parent.run()
    #expect(eventually { !processes(with: "sleep\0\(mark)").isEmpty })
    kill(parent.processIdentifier, SIGKILL)
    parent.waitUntilExit()
    #expect(eventually(within: 5) { processes(with: "sleep\0\(mark)").isEmpty && processes(with: run.scratch.folder).isEmpty })
    #expect(eventually(within: 5) { !FileManager.default.fileExists(atPath: run.job.scratch) })
    #expect(run.cgroups.isEmpty)
  }

  @Test func aFileReadAnewIsWholeInThePageCacheAndUnchanged() throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    let file = scratch.path("file"), bytes = Data((0..<(3 << 20) + 17).map { UInt8(truncatingIfNeeded: $0 &* 31) })
    try bytes.write(to: URL(fileURLWithPath: file))
    PageCache.drop([file])
    PageCache.renew([file, scratch.path("absent")])
    let whole = (bytes.count + 4095) / 4096 * 4096
    #expect(PageCache.resident(file) == whole)
    #expect(try Data(contentsOf: URL(fileURLWithPath: file)) == bytes)
    // What has left the cache since is read again, and what is absent passed over.
    PageCache.drop([file])
    PageCache.keep([file, scratch.path("absent")])
    #expect(PageCache.resident(file) == whole)
  }

  @Test func aColdTrialDropsTheProgramFromThePageCache() throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    let file = scratch.path("data")
    try Data(count: 1 << 20).write(to: URL(fileURLWithPath: file))
    #expect(PageCache.resident(file) == 1 << 20)
    PageCache.drop([file])
    // A file system in memory keeps its pages: there is nothing to be cold.
    if let resident = PageCache.resident(file), resident != 1 << 20 { #expect(resident == 0) }
  }
}
