import Foundation
import Observations
import TestSupport
import Testing

@testable import Workers

/// Real tasks begun at fixed rates over the interface of a real containerd.
@Suite(.serialized, .enabled(if: canRunContainers, "needs root, containerd and runc")) struct LoadTests {
  private static let runc = RuntimeDescription(name: "runc-tasks", summary: "containerd's interface", path: .tasks, program: .native)
  static let shim = {
    var runtime = RuntimeDescription(name: "shim-tasks", summary: "our shim", path: .tasks, program: .module)
    runtime.shim = Product.path("containerd-shim-wvm-v1")
    return runtime
  }()
  static let millisecond: UInt64 = 1_000_000

  /// The guest that sleeps a known time, in our shim.
  func nap(_ name: String, milliseconds: Int, _ load: Load) -> Workload {
    var workload = Workload(
      name: name, module: Checkout.guests + "/nap.wasm", arguments: ["\(milliseconds)"], expected: Expectation(output: "rested\n"),
      arms: ["shim-tasks"])
    workload.load = load
    return workload
  }

  @Test func `a guest that sleeps a known time shows it at every percentile, and never less`() throws {
    let load = Load(rate: 4, tasks: 24)
    var wrong = Workload.probe("wrong", "say", "x", expect: "y\n", arms: ["runc-tasks"])
    wrong.load = Load(rate: 50, tasks: 3)
    var run = try JobRun("load", workloads: [nap("nap", milliseconds: 400, load), wrong], runtimes: [Self.shim, Self.runc])
    run.job.cache = .cold
    defer { run.scratch.remove() }
    let result = try run.run()
    #expect(result.status == 0, "\(result.errors)")
    let trial = try #require(result.trial("nap"))
    #expect(trial.outcome == .passed && trial.tasks == 24, "\(trial.detail)")
    let latencies = try #require(trial.latencies)
    for figures in [latencies.latency, latencies.service] {
      #expect(figures.p50 >= 400 * Self.millisecond && figures.p50 < 1600 * Self.millisecond, "\(figures)")
      #expect(figures.p50 <= figures.p90 && figures.p90 <= figures.p99 && figures.p99 <= figures.p999 && figures.p999 <= figures.max)
    }
    #expect(latencies.service.max <= latencies.latency.max)
    #expect((2000...8000).contains(latencies.achievedRate), "asked for 4 in a second: \(latencies.achievedRate)")
    // A closed loop could not do it: 24 of them one after the other sleep 9.6 s, and the last is due after 5.75 s.
    #expect(trial.times.exited - trial.times.spawned < 9600 * Self.millisecond)
    #expect(trial.value(of: .latencyP50) == Double(latencies.latency.p50))
    #expect(result.trial("wrong")?.outcome == .wrongOutput)
    #expect(run.cgroups.isEmpty && processes(with: run.job.run).isEmpty)
  }

  /// Waits until the tasks of a workload come and go.
  /// - Returns: whether they do.
  private func isUnderWay(_ run: JobRun, after milliseconds: UInt32) -> Bool {
    guard eventually(within: 60, { !processes(with: "containerd-shim-wvm-v1").filter { isOf(run, $0) }.isEmpty }) else { return false }
    usleep(milliseconds * 1000)
    return true
  }

  /// Stops containerd for a while.
  /// - Returns: whether there was anything to stop.
  private static func stallContainerd(_ run: JobRun, milliseconds: UInt32) -> Bool {
    let daemons = processes(with: "containerd\0--config\0\(run.job.scratch)/")
    for daemon in daemons { kill(daemon, SIGSTOP) }
    usleep(milliseconds * 1000)
    for daemon in daemons { kill(daemon, SIGCONT) }
    return !daemons.isEmpty
  }

  /// Other runs have shims too.
  func isOf(_ run: JobRun, _ process: pid_t) -> Bool {
    let line = FileManager.default.contents(atPath: "/proc/\(process)/cmdline") ?? Data()
    return String(decoding: line, as: UTF8.self).contains(run.job.run)
  }

  /// The latencies of a load during which something was stopped.
  /// - Parameters:
  ///   - begin: milliseconds from the first shim to the stall.
  ///   - stall: stops something for a while; whether there was anything to stop.
  func stalled(
    _ name: String, _ load: Load, napping milliseconds: Int = 1, after begin: UInt32 = 1000, by stall: (_ run: JobRun) -> Bool
  ) throws -> Latencies {
    var run = try JobRun(name, workloads: [nap("nap", milliseconds: milliseconds, load)], runtimes: [Self.shim])
    run.job.cache = .cold
    defer { run.scratch.remove() }
    let worker = try run.start()
    let isStalled = isUnderWay(run, after: begin) && stall(run)
    worker.waitUntilExit()
    let errors = try run.errorsSoFar
    #expect(isStalled, "\(errors)")
    let trials = try run.eventsSoFar.compactMap { if case .trial(let trial) = $0 { trial } else { nil } }
    let trial = try #require(trials.first)
    #expect(trial.outcome == .passed, "\(trial.detail)")
    return try #require(trial.latencies)
  }

  @Test func `a stall of 200 ms is seen in the tail, and the median does not know of it`() throws {
    let latencies = try stalled("stalled", Load(rate: 20, tasks: 60)) { Self.stallContainerd($0, milliseconds: 200) }
    // Whoever is due at its beginning waits for all of it; tasks are due every 50 ms.
    #expect(latencies.latency.max >= 150 * Self.millisecond && latencies.latency.p99 >= 150 * Self.millisecond, "\(latencies)")
    #expect(latencies.latency.p50 * 3 < latencies.latency.max * 2, "\(latencies)")
  }

  @Test func `one client at a time hides a stall in a single service time, and its latencies show it`() throws {
    let latencies = try stalled("closed", Load(rate: 5, tasks: 30, parallel: 1)) { Self.stallContainerd($0, milliseconds: 1500) }
    #expect(latencies.service.max >= 1300 * Self.millisecond, "\(latencies)")
    // Of 30 tasks seven were due in the stall, and one was under way.
    #expect(latencies.service.p90 < 500 * Self.millisecond, "\(latencies)")
    #expect(latencies.latency.p90 > 500 * Self.millisecond, "\(latencies)")
  }
}
