import Foundation
import Observations
import TestSupport
import Testing

@testable import Workers

/// Real tasks over the interface of a real containerd, with Debian's runc.
@Suite(.serialized, .enabled(if: canRunContainers, "needs root, containerd and runc")) struct TaskTests {
  private static let tasks = RuntimeDescription(name: "runc-tasks", summary: "containerd's interface", path: .tasks, program: .native)
  private let arms = ["runc-tasks"]

  /// What a run must not leave.
  private func expectNothingLeft(of run: JobRun) {
    #expect(run.cgroups.isEmpty)
    #expect(processes(with: run.job.run).isEmpty && processes(with: run.scratch.folder).isEmpty)
    #expect(!FileManager.default.fileExists(atPath: run.job.scratch))
  }

  @Test func `a task answers as a container through a client does, and its moments are in order`() throws {
    var copy = Workload.probe("copy", "copy", expect: "typed", arms: arms)
    copy.input = "typed"
    var long = Workload.probe("long", "copy", expect: String(repeating: "x", count: 200_000), arms: arms)
    long.input = String(repeating: "x", count: 200_000)
    var variable = Workload.probe("variable", "variable", "COLOUR", expect: "blue green\n", arms: arms)
    variable.environment = ["COLOUR": "blue green"]
    var file = Workload.probe("file", "file", "/data/made", expect: "", arms: arms)
    file.folders = ["/data"]
    let run = try JobRun(
      "tasks", workloads: [copy, long, variable, file, .probe("code", "exit", "7", expect: "", exitCode: 7, arms: arms)],
      runtimes: [Self.tasks], blocks: 2)
    defer { run.scratch.remove() }
    let result = try run.run()
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.trials.count == 10)
    for trial in result.trials {
      #expect(trial.outcome == .passed && trial.detail.isEmpty, "\(trial.workload): \(trial.outcome) \(trial.detail)")
      #expect(trial.phases.map(\.name) == [Phase.create, Phase.start, Phase.run, Phase.delete])
      #expect(trial.times.spawned < trial.times.exited && trial.times.exited < trial.times.reaped)
      #expect(trial.environmentPadding == nil && trial.resources.userTime + trial.resources.systemTime > 5_000_000)
    }
    let spoken = try #require(result.trial("variable"))
    let (first, output) = (try #require(spoken.value(of: .firstByte)), try #require(spoken.value(of: .firstOutput)))
    #expect(output > 0 && output < first, "the first byte comes after Start, which comes after Create")
    #expect(result.trial("file")?.times.firstByte == nil && result.trial("file")?.value(of: .firstOutput) == nil)
    expectNothingLeft(of: run)
  }

  @Test func `faults of tasks are told apart and cleared away`() throws {
    let mark = "3\(getpid())"
    var script = Workload.probe("no-program", "x", expect: "", arms: arms)
    let scratch = try Scratch()
    defer { scratch.remove() }
    try Data("\u{7f}ELF nonsense".utf8).write(to: URL(fileURLWithPath: scratch.path("guest")))
    chmod(scratch.path("guest"), 0o755)
    script.native = scratch.path("guest")
    var run = try JobRun(
      "task-faults",
      workloads: [
        .probe("wrong", "say", "hullo", expect: "hello\n", arms: arms), .probe("code", "exit", "3", arms: arms),
        .probe("crash", "signal", "9", arms: arms), .probe("slow", "sleep", mark, arms: arms), script,
        .probe("after", "say", "x", expect: "x\n", arms: arms),
      ], runtimes: [Self.tasks], timeLimit: 3)
    run.job.cache = .cold
    defer { run.scratch.remove() }
    let result = try run.run()
    #expect(result.status == 0, "\(result.errors)")
    for (workload, outcome) in [
      ("wrong", Outcome.wrongOutput), ("code", .wrongExitCode), ("crash", .wrongExitCode), ("slow", .timedOut), ("no-program", .notStarted),
      ("after", .passed),
    ] {
      let trial = try #require(result.trial(workload))
      #expect(trial.outcome == outcome, "\(workload): \(trial.outcome) \(trial.detail)")
    }
    #expect(processes(with: "sleep\0\(mark)").isEmpty)
    expectNothingLeft(of: run)
  }

  @Test func `many containers are held and weighed, and many come and go`() throws {
    func held(_ count: Int) -> Workload {
      var workload = Workload.probe("held-\(count)", "hold", "4", expect: "held\n", arms: arms)
      workload.density = count
      return workload
    }
    var churn = Workload.probe("churn", "say", "x", expect: "x\n", arms: arms)
    churn.churn = Churn(tasks: 6, parallel: 3)
    var wrong = Workload.probe("wrong", "say", "x", expect: "y\n", arms: arms)
    wrong.churn = Churn(tasks: 2, parallel: 2)
    var silent = Workload.probe("silent", "sleep", "600", expect: "held\n", arms: arms)
    silent.density = 2
    var run = try JobRun("crowds", workloads: [held(1), held(3), churn, wrong, silent], runtimes: [Self.tasks], timeLimit: 20)
    run.job.cache = .cold
    run.job.timeLimit = 8
    defer { run.scratch.remove() }
    let result = try run.run()
    #expect(result.status == 0, "\(result.errors)")
    let one = try #require(result.trial("held-1")), three = try #require(result.trial("held-3"))
    #expect(one.outcome == .passed && three.outcome == .passed, "\(one.detail) \(three.detail)")
    // Each guest has touched 4 MiB of its own.
    let alone = try #require(one.resources.held), among = try #require(three.resources.held)
    #expect(alone.proportional > 4 << 20 && alone.slope == nil)
    #expect(among.proportional > 4 << 20)
    #expect(try #require(among.slope) > 4 << 20)
    #expect(try #require(among.privateMemory) > 4 << 20)
    if canUseCgroups { #expect(try #require(among.group) > 4 << 20) }
    #expect(three.value(of: .instanceSlope) == among.slope.map { Double($0) })
    let many = try #require(result.trial("churn"))
    #expect(many.outcome == .passed && many.tasks == 6, "\(many.detail)")
    #expect(try #require(many.value(of: .taskTime)) * 6 == Double(many.times.exited - many.times.spawned))
    #expect(result.trial("wrong")?.outcome == .wrongOutput)
    #expect(result.trial("silent")?.outcome == .timedOut)
    expectNothingLeft(of: run)
  }

  @Test func `a killed containerd is started again and spoken to anew`() throws {
    let mark = "1.\(getpid())2"
    var run = try JobRun(
      "task-revived", workloads: [.probe("w", "sleep", mark, expect: "", arms: arms)], runtimes: [Self.tasks], blocks: 3)
    run.job.cache = .cold
    defer { run.scratch.remove() }
    let worker = try run.start()
    #expect(eventually(within: 60) { !processes(with: "/probe\0sleep\0\(mark)\0").isEmpty })
    for daemon in processes(with: "containerd\0--config\0\(run.job.scratch)/") { kill(daemon, SIGKILL) }
    worker.waitUntilExit()
    let errors = try run.errorsSoFar
    #expect(worker.terminationStatus == 0, "\(errors)")
    #expect(errors.contains("warning: runc-tasks was started again during w, block "))
    let trials = try run.eventsSoFar.compactMap { if case .trial(let trial) = $0 { trial } else { nil } }
    #expect(trials.map(\.block) == [0, 1, 2])
    for trial in trials { #expect(trial.outcome == .passed, "\(trial.detail)") }
    expectNothingLeft(of: run)
  }

  @Test func `stopped in a task it ends in good order`() throws {
    let mark = "7\(getpid())"
    var run = try JobRun(
      "task-stopped", workloads: [.probe("long", "sleep", mark, expect: "", arms: arms)], runtimes: [Self.tasks], timeLimit: 600)
    run.job.cache = .cold
    defer { run.scratch.remove() }
    let worker = try run.start()
    #expect(eventually(within: 60) { processes(with: "/probe\0sleep\0\(mark)").count > 0 })
    kill(worker.processIdentifier, SIGINT)
    worker.waitUntilExit()
    #expect(worker.terminationStatus == 130)
    #expect(processes(with: mark).isEmpty)
    expectNothingLeft(of: run)
  }

  @Test func `programs that are missing or do not fit are told before anything is measured`() throws {
    var shim = RuntimeDescription(name: "shim", summary: "", path: .tasks, program: .module)
    shim.shim = "/nowhere/containerd-shim-x-v1"
    let module = RuntimeDescription(name: "module", summary: "", path: .tasks, program: .module)
    var other = RuntimeDescription(name: "other", summary: "", path: .tasks, program: .native)
    other.ociRuntime = "/nowhere/crun"
    let names = ["shim", "module", "other"]
    let run = try JobRun("missing", workloads: [.probe("say", "say", "x", arms: names)], runtimes: [shim, module, other])
    defer { run.scratch.remove() }
    let result = try run.run()
    #expect(result.status == 0)
    #expect(result.unavailable.map(\.runtime) == names)
    #expect(
      result.unavailable.map(\.reason) == [
        "/nowhere/containerd-shim-x-v1 is not an executable file", "runc runs native programs only",
        "/nowhere/crun is not an executable file",
      ])
  }

  @Test func `annotations reach our shim on both roads: it refuses a mode that it does not know`() throws {
    var runtimes: [RuntimeDescription] = []
    for path in [RuntimePath.containerd, .tasks] {
      for mode in ["interpreter", "jit", "slow"] {
        var runtime = RuntimeDescription(name: "\(mode)-\(path.rawValue)", summary: "", path: path, program: .module)
        runtime.shim = Product.path("containerd-shim-wvm-v1")
        runtime.annotations = ["org.harness.wvm.mode": mode]
        runtimes.append(runtime)
      }
    }
    let hello = Workload(
      name: "hello", module: Checkout.guests + "/hello.wasm", expected: Expectation(output: "Hello from the guest\n"),
      arms: runtimes.map(\.name))
    let run = try JobRun("annotated", workloads: [hello], runtimes: runtimes)
    defer { run.scratch.remove() }
    let trials = try run.run().trials
    #expect(trials.count == 6)
    for trial in trials {
      let isRefused = trial.runtime.hasPrefix("slow")
      #expect((trial.outcome == .passed) != isRefused, "\(trial.runtime): \(trial.detail)")
      #expect(trial.detail.contains("unknown mode \"slow\"") == isRefused, "\(trial.detail)")
    }
    expectNothingLeft(of: run)
  }
}
