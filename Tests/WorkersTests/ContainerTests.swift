import Foundation
import Observations
import TestSupport
import Testing

@testable import Workers

/// Real runc, real containerd. Needs root and Debian's packages containerd and runc.
@Suite(.serialized, .enabled(if: canRunContainers, "needs root, containerd and runc")) struct ContainerTests {
  private let arms = ["native", "runc-direct", "runc"]
  private let runtimes: [RuntimeDescription] = [.native, .runcDirect, .runc]

  /// Mounts that a run has made. Other tests mount things of their own at the same time.
  private func mounts(of run: JobRun) -> [Substring] {
    ((try? String(contentsOfFile: "/proc/self/mounts", encoding: .utf8)) ?? "").split(separator: "\n")
      .filter { $0.contains(run.scratch.folder) || $0.contains(run.job.run) }
  }

  @Test func oneWorkloadAnswersTheSameOnEveryPath() throws {
    var copy = Workload.probe("copy", "copy", expect: "typed", arms: arms)
    copy.input = "typed"
    var variable = Workload.probe("variable", "variable", "COLOUR", expect: "blue green\n", arms: arms)
    variable.environment = ["COLOUR": "blue green"]
    var file = Workload.probe("file", "file", "/data/made", expect: "", arms: arms)
    file.folders = ["/data"]
    var relative = Workload.probe("relative", "file", "made", expect: "", arms: arms)
    relative.folders = ["."]
    let run = try JobRun(
      "paths", workloads: [copy, variable, file, relative, .probe("code", "exit", "7", expect: "", exitCode: 7, arms: arms)],
      runtimes: runtimes, blocks: 2)
    defer { run.scratch.remove() }
    let result = try run.run()
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.unavailable.isEmpty)
    #expect(result.trials.count == 30)
    for trial in result.trials { #expect(trial.outcome == .passed, "\(trial.workload) in \(trial.runtime): \(trial.detail)") }
    for trial in result.trials where trial.runtime == "runc" { #expect(trial.resources.userTime + trial.resources.systemTime > 20_000_000) }
    #expect(mounts(of: run).isEmpty)
    #expect(run.cgroups.isEmpty)
    #expect(processes(with: run.job.run).isEmpty)
  }

  @Test func failuresInContainersAreToldApart() throws {
    let containers = ["runc-direct", "runc"]
    // Other suites sleep at the same time: this one's processes must be known by their argument.
    let mark = "2\(getpid())"
    var script = Workload.probe("no-program", "x", expect: "", arms: containers)
    // Executable, but not for this machine.
    let scratch = try Scratch()
    defer { scratch.remove() }
    try Data("\u{7f}ELF nonsense".utf8).write(to: URL(fileURLWithPath: scratch.path("guest")))
    chmod(scratch.path("guest"), 0o755)
    script.native = scratch.path("guest")
    let run = try JobRun(
      "faults",
      workloads: [
        .probe("wrong", "say", "hullo", expect: "hello\n", arms: containers), .probe("code", "exit", "3", arms: containers),
        .probe("crash", "signal", "9", arms: containers), .probe("slow", "sleep", mark, arms: containers),
        .probe("after", "say", "x", expect: "x\n", arms: containers), script,
      ], runtimes: [.runcDirect, .runc], timeLimit: 2)
    defer { run.scratch.remove() }
    var job = run
    job.job.cache = .cold
    let result = try job.run()
    #expect(result.status == 0, "\(result.errors)")
    for (workload, outcome) in [
      ("wrong", Outcome.wrongOutput), ("code", .wrongExitCode), ("crash", .wrongExitCode), ("slow", .timedOut), ("after", .passed),
      ("no-program", .notStarted),
    ] {
      let trials = result.trials.filter { $0.workload == workload }
      #expect(trials.count == 2)
      for trial in trials { #expect(trial.outcome == outcome, "\(workload) in \(trial.runtime): \(trial.outcome) \(trial.detail)") }
    }
    #expect(run.cgroups.isEmpty)
    #expect(processes(with: "sleep\0\(mark)").isEmpty)
  }

  @Test(arguments: ["runc-direct", "runc"]) func killedWithSIGKILLMidTrialLeavesNothing(_ arm: String) throws {
    let mark = "8\(getpid())"
    var run = try JobRun(
      "killed-\(arm)", workloads: [.probe("long", "sleep", mark, expect: "", arms: [arm])], runtimes: runtimes.filter { $0.name == arm },
      timeLimit: 600)
    run.job.cache = .cold
    defer { run.scratch.remove() }
    let worker = try run.start()
    #expect(eventually(within: 60) { processes(with: "/probe\0sleep\0\(mark)").count > 0 })
    usleep(200_000)
    kill(worker.processIdentifier, SIGKILL)
    worker.waitUntilExit()
    #expect(eventually(within: 5) { processes(with: mark).isEmpty && processes(with: run.job.run).isEmpty })
    #expect(processes(with: run.scratch.folder).isEmpty)
    #expect(mounts(of: run).isEmpty)

    var next = try JobRun("after-\(arm)", workloads: [.probe("say", "say", "x", expect: "x\n")], runtimes: [.native])
    defer { next.scratch.remove() }
    next.job.scratch = run.scratch.path("next")
    #expect(try next.run().status == 0)
    #expect(run.cgroups.isEmpty)
    #expect(!FileManager.default.fileExists(atPath: run.job.scratch))
  }

  /// Kills the run's containerd, and the guests of its containers see nothing of it, as soon as a block's trial runs. That trial sleeps for
  /// some seconds: on a busy machine, looking at all processes takes longer than one.
  private func killContainerd(of run: JobRun, once mark: String) -> Bool {
    guard eventually(within: 60, { !processes(with: "/probe\0sleep\0\(mark)\0").isEmpty }) else { return false }
    let daemons = processes(with: "containerd\0--config\0\(run.job.scratch)/")
    for daemon in daemons { kill(daemon, SIGKILL) }
    return !daemons.isEmpty
  }

  @Test func aKilledContainerdIsStartedAgainAndEveryTrialIsMade() throws {
    let marks = ["1.\(getpid())", "6.\(getpid())"]
    var run = try JobRun(
      "revived", workloads: marks.map { .probe("w\($0.first!)", "sleep", $0, expect: "", arms: ["runc"]) }, runtimes: [.runc], blocks: 3)
    run.job.cache = .cold
    defer { run.scratch.remove() }
    let worker = try run.start()
    #expect(killContainerd(of: run, once: marks[1]))
    worker.waitUntilExit()
    let errors = try run.errorsSoFar
    #expect(worker.terminationStatus == 0, "\(errors)")
    let trials = try run.eventsSoFar.compactMap { if case .trial(let trial) = $0 { trial } else { nil } }
    #expect(trials.map { "\($0.workload) \($0.block)" } == ["w1 0", "w6 0", "w1 1", "w6 1", "w1 2", "w6 2"])
    for trial in trials { #expect(trial.outcome == .passed, "\(trial.workload) \(trial.block): \(trial.detail)") }
    #expect(errors.contains("warning: runc was started again during w6, block 0: "))
    #expect(mounts(of: run).isEmpty)
    #expect(run.cgroups.isEmpty)
    #expect(processes(with: run.job.run).isEmpty && processes(with: run.scratch.folder).isEmpty)
  }

  @Test func aContainerdThatEndsAgainEndsTheJobInOneLineAndKeepsWhatIsMeasured() throws {
    let marks = ["1.\(getpid())1", "6.\(getpid())2"]
    var run = try JobRun(
      "ended", workloads: marks.map { .probe("w\($0.last!)", "sleep", $0, expect: "", arms: ["runc"]) }, runtimes: [.runc], blocks: 3)
    run.job.cache = .cold
    defer { run.scratch.remove() }
    let worker = try run.start()
    #expect(killContainerd(of: run, once: marks[1]))
    #expect(try eventually(within: 60) { try run.eventsSoFar.contains(.blockFinished(BlockRequest(workload: "w2", index: 0))) })
    #expect(killContainerd(of: run, once: marks[1]))
    worker.waitUntilExit()
    #expect(worker.terminationStatus == 71)
    let errors = try run.errorsSoFar.split(separator: "\n").filter { $0.hasPrefix("error: ") }
    #expect(errors == ["error: containerd has ended for the second time in this run; find out what ends it first"])
    let events = try run.eventsSoFar
    #expect(events.contains(.blockFinished(BlockRequest(workload: "w1", index: 1))))
    #expect(!events.contains(.blockFinished(BlockRequest(workload: "w2", index: 1))))
    let failed = events.filter { if case .trial(let trial) = $0 { trial.outcome != .passed } else { false } }
    #expect(failed.isEmpty, "a lost trial is no failed one")
    #expect(mounts(of: run).isEmpty)
    #expect(run.cgroups.isEmpty)
    #expect(processes(with: run.job.run).isEmpty && processes(with: run.scratch.folder).isEmpty)
    #expect(!FileManager.default.fileExists(atPath: run.job.scratch))
  }

  @Test func stoppedInAContainerTrialEndsInGoodOrder() throws {
    let mark = "9\(getpid())"
    var run = try JobRun(
      "stopped", workloads: [.probe("long", "sleep", mark, expect: "", arms: ["runc"])], runtimes: [.runc], timeLimit: 600)
    run.job.cache = .cold
    defer { run.scratch.remove() }
    let worker = try run.start()
    #expect(eventually(within: 60) { processes(with: "/probe\0sleep\0\(mark)").count > 0 })
    kill(worker.processIdentifier, SIGINT)
    worker.waitUntilExit()
    #expect(worker.terminationStatus == 130)
    #expect(processes(with: mark).isEmpty && processes(with: run.scratch.folder).isEmpty)
    #expect(mounts(of: run).isEmpty)
    #expect(run.cgroups.isEmpty)
    #expect(!FileManager.default.fileExists(atPath: run.job.scratch))
  }
}
