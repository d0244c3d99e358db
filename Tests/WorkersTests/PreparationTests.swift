import Foundation
import Observations
import TestSupport
import Testing

@testable import Workers

/// What is made once before a workload's first trial, by the real worker.
@Suite(.serialized) struct PreparationTests {
  /// A runtime that prints what a shell made of its arguments and input before.
  private static func runtime(_ script: String, _ name: String = "made") -> RuntimeDescription {
    var runtime = RuntimeDescription(
      name: name, summary: "", path: .process, program: .native, command: ["/bin/cat", "{prepared}"])
    runtime.prepareCommand = ["/bin/sh", "-c", script, "{prepared}", "{arguments}"]
    return runtime
  }

  private func workload(_ name: String, _ arguments: [String] = [], expect output: String? = nil, arms: [String] = ["made"]) -> Workload {
    Workload(name: name, native: "/bin/true", arguments: arguments, input: "in\n", expected: Expectation(output: output), arms: arms)
  }

  /// Asserts that nothing of a job is left.
  private func expectNothingLeft(of run: JobRun) {
    #expect(!FileManager.default.fileExists(atPath: run.job.scratch))
  }

  @Test(arguments: [CacheState.warm, .cold])
  func isRunOnceForAWorkloadWithItsArgumentsAndInput(cache: CacheState) throws {
    let log = try Scratch()
    defer { log.remove() }
    let runtime = Self.runtime("echo x >> \(log.path("starts")); echo \"$HOME\" > \(log.path("home")); { echo \"$@\"; cat; } > \"$0\"")
    var run = try JobRun(
      "prepared-\(cache.rawValue)",
      workloads: [workload("a/b c", ["1", "2"], expect: "1 2\nin\n"), workload("other", ["3"], expect: "3\nin\n")], runtimes: [runtime],
      blocks: 3)
    run.job.cache = cache
    defer { run.scratch.remove() }
    let result = try run.run()
    #expect(result.trials.count == 6)
    for trial in result.trials { #expect(trial.outcome == .passed, "\(trial.detail)") }
    #expect(try String(contentsOfFile: log.path("starts"), encoding: .utf8) == "x\nx\n")
    expectNothingLeft(of: run)
  }

  @Test func mayMakeAFolder() throws {
    var runtime = Self.runtime("mkdir -p \"$0/inner\" && echo made > \"$0/inner/file\"")
    runtime.command = ["/bin/cat", "{prepared}/inner/file"]
    let run = try JobRun("prepared-folder", workloads: [workload("w", expect: "made\n")], runtimes: [runtime])
    defer { run.scratch.remove() }
    #expect(try run.run().trials.map(\.outcome) == [.passed])
    expectNothingLeft(of: run)
  }

  @Test func theBytesOfWhatWasMadeAreCountedWithoutATrial() throws {
    let broken = Self.runtime("true", "broken")
    let folder = Self.runtime("mkdir \"$0\" && printf 12345 > \"$0/a\" && printf 123 > \"$0/b\"", "folder")
    var run = try JobRun(
      "prepared-bytes", workloads: [workload("w", arms: ["folder", "broken", "native"])], runtimes: [folder, broken, .native])
    run.job.counts = [.preparedBytes]
    defer { run.scratch.remove() }
    let counts = try run.run().events.compactMap { if case .counts(let counts) = $0 { counts } else { nil } }
    #expect(counts.map(\.runtime) == ["folder", "broken", "native"])
    #expect(
      counts.flatMap(\.counts) == [
        Count(metric: .preparedBytes, values: [8]), Count(metric: .preparedBytes, unavailable: "the preparation failed"),
        Count(metric: .preparedBytes, unavailable: "nothing is made beforehand"),
      ])
  }

  @Test(arguments: [
    ("echo first >&2; echo second >&2; exit 7", "ended with exit code 7: first"),
    ("true", "made nothing at {prepared}"),
    (": > \"$0\"", "made an empty file"),
    ("kill -9 $$", "was ended by signal 9"),
  ])
  func oneThatFailsLeavesItsTrialsOutInOneLine(script: String, fault: String) throws {
    let broken = Self.runtime(script, "broken")
    let good = Self.runtime("echo made > \"$0\"")
    let run = try JobRun(
      "unprepared", workloads: [workload("w", expect: "made\n", arms: ["broken", "made"])], runtimes: [broken, good], blocks: 2)
    defer { run.scratch.remove() }
    let result = try run.run()
    #expect(result.status == 0, "\(result.errors)")
    for trial in result.trials {
      #expect(trial.outcome == (trial.runtime == "broken" ? .notStarted : .passed), "\(trial.detail)")
      guard trial.runtime == "broken" else { continue }
      #expect(
        trial.detail == "the preparation of w for broken \(fault); try its command by hand, or leave broken out", "\(trial.detail)")
    }
    #expect(result.trials.count == 4)
    expectNothingLeft(of: run)
  }

  @Test func aProgramThatIsNotThereIsToldToo() throws {
    var runtime = Self.runtime("true")
    runtime.prepareCommand = ["/nowhere/compiler", "{prepared}"]
    let run = try JobRun("unprepared-absent", workloads: [workload("w", expect: "")], runtimes: [runtime])
    defer { run.scratch.remove() }
    let trials = try run.run().trials
    #expect(trials.map(\.outcome) == [.notStarted])
    #expect(trials[0].detail.hasPrefix("the preparation of w for made ") && !trials[0].detail.contains("\n"), "\(trials[0].detail)")
    expectNothingLeft(of: run)
  }

  @Test func aCommandThatRunsTheGuestMayEndAsTheGuestDoes() throws {
    var runtime = Self.runtime("echo made > \"$0\"; exit 3")
    runtime.command = ["/bin/sh", "-c", "cat \"$0\"; exit 3", "{prepared}"]
    var ending = workload("w", expect: "made\n")
    ending.expected.exitCode = 3
    let run = try JobRun("prepared-3", workloads: [ending], runtimes: [runtime])
    defer { run.scratch.remove() }
    #expect(try run.run().trials.map(\.outcome) == [.passed])
  }
}
