import Foundation
import Observations
import TestSupport

@testable import Coordinator

/// A folder of a test's own, removed with it.
final class TemporaryFolder {
  private let scratch = try! Scratch()
  var path: String { scratch.folder }

  /// Writes a file below the folder and gives its path.
  @discardableResult
  func file(_ name: String, _ text: String, mode: Int = 0o644) -> String {
    let file = path + "/" + name
    let url = URL(fileURLWithPath: file)
    try? FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try? Data(text.utf8).write(to: url)
    try? FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: file)
    return file
  }
}

/// The repository these tests lie in.
let repository = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path

/// The worker that follows a script; see its own words.
let scriptedWorker = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("scripted-worker.py").path

/// A catalog without the machine in it: every runtime is `/bin/true`.
func catalog(_ names: [String] = ["interpreter", "native", "runc"]) -> RuntimeCatalog {
  RuntimeCatalog(
    path: "runtimes.yaml",
    entries: names.map {
      RuntimeEntry(
        name: $0, summary: $0, path: $0 == "runc" ? .containerd : .process, program: $0 == "interpreter" ? .module : .native,
        executable: ["/bin/true"], needs: [], command: ["{executable}"], versionCommand: [], reportsPhases: false, mapsFolders: true,
        root: false, get: "")
    })
}

/// A plan of two workloads that needs no files of its own.
func samplePlan(run: String = "sample-1", blocks: Int = 3, runtimes: [String] = ["interpreter", "native", "runc"]) -> Plan {
  let descriptions = runtimes.map {
    RuntimeDescription(name: $0, summary: $0, path: $0 == "runc" ? .containerd : .process, program: $0 == "interpreter" ? .module : .native)
  }
  var workloads = ["hello", "churn-64"].map {
    Workload(name: $0, module: "/bin/true", native: "/bin/true", expected: Expectation(output: "hello\n"), arms: runtimes)
  }
  workloads[0].load = Load(rate: 12.5, tasks: 12)
  workloads[1].density = 4
  return Plan(
    run: RunDescription(
      id: run, scenario: "sample", title: "A sample", startedAt: "2026-01-31T12:00:00Z", seed: 7, cache: .warm, blocks: blocks,
      baseline: "runc",
      metrics: [.wallTime, .peakMemory], commit: "", command: "harness run sample.yaml"),
    timeLimit: 10, workloads: workloads, runtimes: descriptions,
    unavailable: [Unavailable(runtime: "wasm3", reason: "not found", remedy: "build it")],
    blocks: (0..<blocks).flatMap { index in workloads.map { BlockRequest(workload: $0.name, index: index) } }, notes: ["a note"])
}

/// A trial of the sample plan.
func sampleTrial(
  run: String = "sample-1", workload: String = "hello", block: Int = 0, trial: Int = 0, attempt: Int = 0, runtime: String = "native"
)
  -> Observation
{
  var observation = Observation(
    run: run, workload: workload, block: block, trial: trial, attempt: attempt, runtime: runtime, outcome: .wrongOutput, detail: "no",
    exitCode: 3, signal: nil,
    times: TrialTimes(spawned: 1_000, firstByte: 1_500, exited: 2_000, reaped: 2_100, executed: 1_100, ended: 1_900),
    resources: TrialResources(userTime: 10, systemTime: 20, peakMemory: 4096, memorySource: .cgroup1, maxResident: 8192),
    phases: [Phase(name: "read", nanoseconds: 5), Phase(name: "instantiate", nanoseconds: 6)],
    evidence: NoiseEvidence(
      stealTicks: 1, cpuPressure: 2, memoryPressure: nil, ioPressure: 4, voluntarySwitches: 5, involuntarySwitches: 6, runDelay: 7,
      throttles: nil, clockStep: -8),
    environmentPadding: 9)
  observation.tasks = 12
  observation.resources.held = HeldMemory(proportional: 16384, slope: 8192, privateMemory: 12288, group: 20480, guest: 4096)
  observation.repetitions = Repetitions(times: [5, 4, 3])
  observation.latencies = Latencies(
    latency: LatencyFigures(p50: 21, p90: 22, p99: 23, p999: 24, max: 25),
    service: LatencyFigures(p50: 11, p90: 12, p99: 13, p999: 14, max: 15), achievedRate: 12_499, lateness: 3)
  return observation
}

let sampleMachine = {
  var machine = MachineEnvironment(
    hostname: "box", cpuModel: "cpu", cpuCount: 2, memoryBytes: 1 << 34, kernel: "6.1", distribution: "Debian 12", virtualization: "none",
    governor: "none", mitigations: ["meltdown": "PTI"], cgroup: "v1", tools: ["runc": "1.1.5"], hashes: ["/bin/true": "00"],
    addressRandomization: 2)
  machine.lacking = ["hardware-counters": "none"]
  return machine
}()

/// The lines and reason of the error a body throws.
func failure(_ body: () throws -> Void) -> CoordinatorError? {
  do {
    try body()
    return nil
  } catch {
    return error as? CoordinatorError
  }
}
