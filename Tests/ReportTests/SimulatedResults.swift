import Observations
import Statistics

/// Results drawn from a random generator, for tests of what is made of results. Nothing here was measured.
struct SimulatedResults {
  var blocks = 30
  var seed: UInt64 = 1
  var workloads = ["hello"]
  var arms = SimulatedResults.startup
  var metrics: [Metric] = [.wallTime, .peakMemory]
  var baseline = "native"
  var subtract: String?
  var unavailable: [Unavailable] = []

  struct Arm {
    var name: String
    var path: RuntimePath
    var program: ProgramKind
    /// Typical wall time in milliseconds and its relative spread.
    var milliseconds: Double
    var spread: Double = 0.03
    var mebibytes: Double = 3
    var phases: [String] = []
    /// Every how many trials one fails; 0 for never.
    var failsEvery = 0
  }

  static let startup = [
    Arm(name: "native", path: .process, program: .native, milliseconds: 0.65, mebibytes: 0.8),
    Arm(
      name: "interpreter", path: .process, program: .module, milliseconds: 1.4, mebibytes: 2.9,
      phases: ["read", "decode and validate", "translate", "instantiate", "run", "exit"]),
    Arm(name: "wasmtime", path: .process, program: .module, milliseconds: 9.8, spread: 0.08, mebibytes: 14),
    Arm(name: "wasmkit", path: .process, program: .module, milliseconds: 14.1, mebibytes: 22),
    Arm(name: "node", path: .process, program: .module, milliseconds: 48, mebibytes: 58),
    Arm(name: "runc-direct", path: .oci, program: .native, milliseconds: 38, spread: 0.1, mebibytes: 12),
    Arm(name: "runc", path: .containerd, program: .native, milliseconds: 412, spread: 0.06, mebibytes: 31),
  ]

  func results() -> RunResults {
    var random = SplitMix64(seed: seed)
    /// Roughly normal: the sum of twelve uniform numbers.
    func noise() -> Double { (0..<12).reduce(-6.0) { sum, _ in sum + Double(random.next() >> 11) * 0x1p-53 } }
    var observations: [Observation] = []
    var clock: UInt64 = 1_000_000_000
    for (index, workload) in workloads.enumerated() {
      for block in 0..<blocks {
        let drift = 1 + 0.01 * noise()
        for (trial, arm) in arms.shuffled(using: &random).enumerated() {
          var wall = arm.milliseconds * 1e6 * Double(index * 2 + 1) * drift * (1 + arm.spread * noise())
          if block % 11 == 3 { wall *= 1.4 }
          wall = max(wall, 1000)
          let fails = arm.failsEvery > 0 && block % arm.failsEvery == 0
          let shares = [0.05, 0.2, 0.12, 0.08, 0.25, 0.04]
          observations.append(
            Observation(
              run: "simulated", workload: workload, block: block, trial: trial, attempt: 0, runtime: arm.name,
              outcome: fails ? .timedOut : .passed, detail: fails ? "killed at the limit of 60 s" : "", exitCode: fails ? nil : 0,
              times: TrialTimes(
                spawned: clock, firstByte: clock + UInt64(wall * 0.8), exited: clock + UInt64(wall), reaped: clock + UInt64(wall) + 50_000),
              resources: TrialResources(
                userTime: UInt64(wall * 0.6), systemTime: UInt64(wall * 0.2),
                peakMemory: UInt64(arm.mebibytes * 1_048_576 * (1 + 0.01 * noise())),
                memorySource: arm.path == .process ? .launcher : .cgroup1,
                maxResident: arm.path == .containerd ? nil : UInt64((arm.mebibytes + 5) * 1_048_576)),
              phases: zip(arm.phases, shares).map { Phase(name: $0, nanoseconds: UInt64(wall * $1)) },
              evidence: NoiseEvidence(
                stealTicks: block == 7 ? 1 : 0, cpuPressure: UInt64(wall / 1e5), memoryPressure: 0, ioPressure: 12,
                voluntarySwitches: 3, involuntarySwitches: UInt64(random.index(3)))))
          clock += UInt64(wall) + 1_000_000
        }
      }
    }
    return RunResults(
      run: RunDescription(
        id: "simulated", scenario: "startup", title: "How long a program takes to start (simulated)", startedAt: "2026-01-02T03:04:05Z",
        finishedAt: "2026-01-02T03:06:05Z", seed: seed, cache: .warm, blocks: blocks, baseline: baseline, metrics: metrics,
        subtract: subtract, commit: "0123456789abcdef+", command: "harness run scenarios/startup.yaml --seed \(seed)"),
      environment: MachineEnvironment(
        hostname: "simulated", cpuModel: "Simulated CPU @ 3.00GHz", cpuCount: 2, memoryBytes: 8 << 30, kernel: "6.18.0",
        distribution: "Debian GNU/Linux 12 (bookworm)", virtualization: "kvm", governor: "none",
        mitigations: ["spectre_v2": "Mitigation: Enhanced IBRS"], cgroup: "v1 (hybrid)", tools: ["runc": "runc version 1.1.5"],
        hashes: ["/somewhere/hello.wasm": String(repeating: "0123456789abcdef", count: 4)]),
      workloads: workloads.map { Workload(name: $0, expected: Expectation(output: "hello\n"), arms: arms.map(\.name)) },
      runtimes: arms.map { RuntimeDescription(name: $0.name, summary: $0.name, path: $0.path, program: $0.program) },
      unavailable: unavailable, observations: observations)
  }
}
