import Foundation
import GRDB
import Observations
import Statistics
import Testing

@testable import Coordinator

/// How the coordinator listens to a worker: the worker here follows a script and measures nothing.
@Suite(.serialized) struct SittingTests {
  private let folder = TemporaryFolder()

  /// Measures a plan with the scripted worker.
  private func sit(
    _ script: String, plan: Plan? = nil, environment: [String: String] = [:], interruption: CInt = -1,
    tell: (Sitting.News) -> Void = { _ in }
  ) throws
    -> (store: Store, outcome: Sitting.Outcome)
  {
    try? FileManager.default.createSymbolicLink(atPath: folder.path + "/harness-worker", withDestinationPath: scriptedWorker)
    setenv("SCRIPT", script, 1)
    for (name, value) in environment { setenv(name, value, 1) }
    let store = try Store(at: folder.path + "/results/harness.sqlite")
    if let plan { try store.create(plan) }
    let stored = try store.plan(of: "sample-1")
    let sitting = Sitting(store: store, checkout: Checkout(bin: folder.path, root: repository))
    return (store, try sitting.run(stored, interruption: interruption, tell: tell))
  }

  @Test func a_worker_that_does_its_job_finishes_the_run() throws {
    let (store, outcome) = try sit("", plan: samplePlan())
    #expect(outcome.ending.isComplete)
    #expect(outcome.missingBlocks == 0)
    #expect(outcome.ending.garbage == 0)
    let results = try store.results(of: "sample-1")
    #expect(results.observations.count == 3 * 2 * 3)
    #expect(results.run.finishedAt != nil)
    #expect(results.environment?.hostname == "scripted")
    let job = try JSONDecoder().decode(Job.self, from: Data(contentsOf: URL(fileURLWithPath: store.folder(of: "sample-1") + "/job-0.json")))
    #expect(job.seed == 7)
    #expect(job.blocks.count == 6)
  }

  @Test func what_is_being_prepared_is_told_and_a_worker_that_does_not_tell_is_as_good() throws {
    var told: [Preparing] = []
    let (store, outcome) = try sit("prepares", plan: samplePlan()) { news in
      if case .event(.preparing(let step)) = news { told.append(step) }
    }
    #expect(outcome.ending.garbage == 0)
    #expect(outcome.missingBlocks == 0)
    #expect(told.map(\.stage) == [.setUp, .warmUp])
    #expect(told.last == Preparing(stage: .warmUp, workload: "hello", runtime: "native", done: 1, total: 6))
    #expect(try store.results(of: "sample-1").observations.count == 18)
  }

  @Test func garbage_and_repeated_lines_are_counted_and_change_nothing() throws {
    let (store, outcome) = try sit("garbage twice", plan: samplePlan())
    #expect(outcome.ending.isComplete)
    #expect(outcome.ending.garbage > 10)
    #expect(outcome.ending.firstGarbage == "{\"type\":\"trial\"}")
    #expect(try store.results(of: "sample-1").observations.count == 18)
  }

  @Test func a_worker_killed_half_way_leaves_a_run_that_resumes() throws {
    let (store, first) = try sit("die:8", plan: samplePlan())
    #expect(!first.ending.isComplete)
    #expect(first.ending.reason == "the worker was killed by signal 9 (Killed)")
    #expect(first.missingBlocks == 4, "8 trials of 3 arms are two whole blocks and a part of one")
    #expect(try store.results(of: "sample-1").run.finishedAt == nil)
    #expect(try store.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM trial") } == 8)
    let (_, second) = try sit("")
    #expect(second.ending.isComplete)
    #expect(second.missingBlocks == 0)
    let observations = try store.results(of: "sample-1").observations
    #expect(observations.count == 18)
    #expect(Set(observations.filter { $0.block == 0 }.map(\.attempt)) == [0])
    #expect(Set(observations.filter { $0.block == 2 }.map(\.attempt)) == [1])
  }

  @Test(arguments: [
    ("HASH", "11", "00", "run sample-1: changed since it began: /bin/true; one run measures one set of programs"),
    ("HOST", "elsewhere", "scripted", "run sample-1 was begun on another machine (host: scripted → elsewhere); resume it there"),
  ])
  func what_decides_speed_may_not_change_within_a_run(name: String, now: String, before: String, message: String) throws {
    defer { setenv(name, before, 1) }
    let (store, _) = try sit("die:8", plan: samplePlan())
    let error = failure { _ = try sit("", environment: [name: now]) }
    #expect(error?.reason == .badData)
    #expect(error?.lines[0].hasPrefix(message) == true, "\(error?.lines ?? [])")
    #expect(try store.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM trial") } == 8, "nothing is mixed in")
    setenv(name, before, 1)
    #expect(try sit("").outcome.missingBlocks == 0, "and it goes on where it began")
  }

  @Test(arguments: ["omit:native", "nan:native"])
  func a_block_that_lacks_a_trial_is_not_finished(script: String) throws {
    let (store, outcome) = try sit(script, plan: samplePlan())
    #expect(outcome.missingBlocks == 2, "of blocks 0, 1 and 2 of two workloads both second ones lack a trial")
    #expect(outcome.ending.garbage >= 2)
    #expect(try store.results(of: "sample-1").run.finishedAt == nil)
    let (_, second) = try sit("")
    #expect(second.missingBlocks == 0)
    #expect(try store.results(of: "sample-1").observations.count == 18)
  }

  @Test func a_file_that_went_away_is_told_before_the_first_trial_and_the_run_stays_resumable() throws {
    var plan = samplePlan()
    plan.workloads[0].module = folder.file("hello.wasm", "\0asm")
    plan.workloads[0].directory = WorkingDirectory(host: folder.path + "/data")
    plan.runtimes[0].command = [folder.file("engine", "", mode: 0o755), "{module}"]
    folder.file("data/input", "")
    let (store, first) = try sit("die:8", plan: plan)
    #expect(first.missingBlocks == 4)
    for name in ["hello.wasm", "data", "engine"] {
      try FileManager.default.moveItem(atPath: "\(folder.path)/\(name)", toPath: "\(folder.path)/away-\(name)")
    }
    let error = failure { _ = try sit("") }
    #expect(error?.reason == .missing)
    #expect(
      error?.lines.map { $0.replacing(folder.path, with: "") } == [
        "not there any more: /hello.wasm (module of hello), /data (folder of hello), /engine (executable of interpreter); put them back"
      ])
    #expect(try store.results(of: "sample-1").run.finishedAt == nil)
    #expect(try store.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM trial") } == 8, "nothing was started")
    for name in ["hello.wasm", "data", "engine"] {
      try FileManager.default.moveItem(atPath: "\(folder.path)/away-\(name)", toPath: "\(folder.path)/\(name)")
    }
    #expect(try sit("").outcome.missingBlocks == 0)
  }

  @Test func a_finished_run_needs_its_files_no_more() throws {
    var plan = samplePlan()
    plan.workloads[0].module = folder.file("hello.wasm", "\0asm")
    _ = try sit("", plan: plan)
    try FileManager.default.removeItem(atPath: folder.path + "/hello.wasm")
    #expect(try sit("").outcome.missingBlocks == 0)
  }

  @Test func a_worker_that_leaves_early_is_told_with_its_last_words() throws {
    let (_, outcome) = try sit("leave:1", plan: samplePlan())
    #expect(outcome.ending.reason == "the worker ended before its job did: scripted-worker: leaving early")
    #expect(outcome.missingBlocks == 6)
  }

  @Test func a_worker_of_another_version_is_refused() throws {
    let error = failure { _ = try sit("version:4", plan: samplePlan()) }
    #expect(error?.reason == .missing)
    #expect(error?.lines.first?.contains("speaks version 4") == true)
  }

  @Test func a_process_left_behind_that_holds_the_output_does_not_hold_the_run() throws {
    let before = monotonicSeconds()
    let (_, outcome) = try sit("holder", plan: samplePlan())
    #expect(outcome.missingBlocks == 0)
    #expect(monotonicSeconds() - before < 10)
  }

  @Test func a_runtime_the_worker_misses_is_stored_and_the_run_goes_on() throws {
    let (store, outcome) = try sit("missing:runc", plan: samplePlan())
    #expect(outcome.missingBlocks == 0)
    let results = try store.results(of: "sample-1")
    #expect(results.unavailable.map(\.runtime) == ["wasm3", "runc"])
    #expect(results.observations.count == 12)
  }

  // MARK: Blocks added on the way

  /// How many blocks of each purpose a stored run has of one workload.
  private func purposes(_ store: Store, of workload: String) throws -> [BlockPurpose: Int] {
    try store.blockCounts(of: "sample-1")[workload] ?? [:]
  }

  @Test func a_block_lost_to_a_disturbed_machine_is_measured_again() throws {
    var told: [Extension] = []
    // The first trial of the run reads from disk; so does the first of the job that replaces its block.
    let (store, outcome) = try sit("faults:1", plan: samplePlan(blocks: 10)) {
      if case .extended(let extensions, _) = $0 { told += extensions }
    }
    #expect(outcome.missingBlocks == 0)
    #expect(told.first == Extension(workload: "hello", purpose: .replacement, count: 1))
    let counts = try purposes(store, of: "hello")
    #expect(counts[.planned] == 10)
    let replaced = try #require(counts[.replacement])
    #expect((1...2).contains(replaced), "the second only where the same arm is hit again")
    #expect(try purposes(store, of: "churn-64") == [.planned: 10])
    #expect(outcome.totalBlocks == 20 + replaced)
    let results = try store.results(of: "sample-1")
    #expect(results.observations.count == (20 + replaced) * 3, "an invalidated trial stays where it is")
    #expect(results.run.finishedAt != nil)
  }

  @Test func a_machine_that_disturbs_everything_gets_no_more_than_a_fifth_on_top() throws {
    let (store, outcome) = try sit("always:native", plan: samplePlan(blocks: 10))
    #expect(outcome.missingBlocks == 0)
    #expect(try purposes(store, of: "hello") == [.planned: 10, .replacement: 2])
    let validity = Validity(try store.results(of: "sample-1"))
    #expect(validity.count(of: "hello", in: "native").isNoisy)
    #expect(!validity.count(of: "hello", in: "interpreter").isNoisy)
  }

  @Test func blocks_are_added_until_the_intervals_are_narrow_enough_and_no_longer() throws {
    var plan = samplePlan(blocks: 10)
    plan.run.precision = 0.012
    plan.run.maximumBlocks = 60
    let (store, outcome) = try sit("spread:0.02", plan: plan)
    let blocks = try purposes(store, of: "hello")
    let count = 10 + (blocks[.precision] ?? 0)
    #expect(count > 10 && count < 60, "\(count) blocks")
    #expect(outcome.missingBlocks == 0)
    // The interval that ended it is narrow enough, and those it looked at before were not.
    let results = try store.results(of: "sample-1")
    var look = 10
    while look < 60, try width(results, blocks: look) > log(1.012) {
      let excess = try width(results, blocks: look) / log(1.012)
      look = max(look + 5, Int((Double(look) * min(excess * excess, 2)).rounded(.up)))
    }
    #expect(look == count)
    #expect(try width(results, blocks: count) <= log(1.012))
    #expect(results.run.finishedAt != nil && results.run.precision == 0.012)
  }

  /// Half of the wider 95 % interval of `hello` against its baseline, as a logarithm, after so many blocks.
  private func width(_ results: RunResults, blocks: Int) throws -> Double {
    let trials = results.observations.filter { $0.block < blocks }
    let validity = Validity(results)
    // `runc` is alone on its path: only the interpreter has somebody to be compared with.
    let pairs = Pairs(
      trials, workload: "hello", baseline: "native", candidate: "interpreter", metric: .wallTime, validity: validity)
    let interval = try #require(HodgesLehmann.pairedRatio(baseline: pairs.baseline, candidate: pairs.candidate)?.interval95)
    return (log(interval.upper) - log(interval.lower)) / 2
  }

  @Test func a_run_that_never_gets_precise_ends_at_its_most_blocks() throws {
    var plan = samplePlan(blocks: 6)
    plan.run.precision = 0.001
    plan.run.maximumBlocks = 13
    let (store, outcome) = try sit("", plan: plan)
    #expect(try purposes(store, of: "hello") == [.planned: 6, .precision: 7])
    #expect(outcome.missingBlocks == 0)
  }

  @Test func a_run_killed_between_two_batches_goes_on_to_the_same_end() throws {
    var plan = samplePlan(blocks: 6)
    plan.run.precision = 0.001
    plan.run.maximumBlocks = 13
    // 36 trials are the planned blocks; the worker of the next batch dies in it.
    let (store, first) = try sit("die:20", plan: plan)
    #expect(!first.ending.isComplete)
    var sittings = 0
    while try store.results(of: "sample-1").run.finishedAt == nil, sittings < 20 {
      _ = try sit("die:20")
      sittings += 1
    }
    #expect(try purposes(store, of: "hello") == [.planned: 6, .precision: 7])
    #expect(try purposes(store, of: "churn-64") == [.planned: 6, .precision: 7])
    #expect(try store.results(of: "sample-1").observations.count == 26 * 3)
  }

  // MARK: Ends

  /// Asks for the end once, at the first trial, and again `seconds` later where that is asked for.
  private func asking(_ end: CInt, again seconds: Double? = nil) -> (Sitting.News) -> Void {
    var firstAt: Double?
    var asked = 0
    return { news in
      if case .event(.trial) = news, firstAt == nil { firstAt = monotonicSeconds() }
      guard let first = firstAt else { return }
      let due = asked == 0 || (asked == 1 && seconds.map { monotonicSeconds() - first > $0 } ?? false)
      guard due else { return }
      asked += 1
      _ = write(end, "!", 1)
    }
  }

  @Test func the_user_can_stop_a_run_and_keeps_what_is_measured() throws {
    let ends = try makePipe()
    let (store, outcome) = try sit("slow:0.1", plan: samplePlan(), interruption: ends.reading, tell: asking(ends.writing))
    #expect(outcome.ending.wasInterrupted)
    #expect(outcome.missingBlocks > 0)
    #expect(try store.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM trial") } ?? 0 > 0)
    let (_, second) = try sit("")
    #expect(second.missingBlocks == 0)
  }

  @Test func a_second_request_ends_a_worker_that_does_not_listen() throws {
    let ends = try makePipe()
    let before = monotonicSeconds()
    let (_, outcome) = try sit(
      "slow:0.2 stubborn", plan: samplePlan(blocks: 100), interruption: ends.reading, tell: asking(ends.writing, again: 0.5))
    #expect(outcome.ending.wasInterrupted)
    #expect(monotonicSeconds() - before < LocalExecutor.stopGrace, "without the second request it would be waited for")
  }

  @Test func an_absent_worker_is_a_missing_part() throws {
    let store = try Store(at: folder.path + "/results/harness.sqlite")
    try store.create(samplePlan())
    let error = failure {
      _ = try Sitting(store: store, checkout: Checkout(bin: "/nowhere", root: "/")).run(samplePlan(), interruption: -1) { _ in }
    }
    #expect(error?.reason == .missing)
    #expect(error?.lines == ["/nowhere/harness-worker: absent; build it: swift build -c release --product harness-worker"])
  }

  @Test func a_run_is_measured_by_one_process_at_a_time() throws {
    let lock = try RunLock(folder: folder.path + "/results/sample-1", run: "sample-1")
    #expect(failure { _ = try sit("", plan: samplePlan()) }?.reason == .busy)
    withExtendedLifetime(lock) {}
  }

  /// Leaves a lock as a killed coordinator does: its worker, here a `sleep`, still has it.
  private func lockLeft(to seconds: String) throws -> (lock: String, worker: ChildProcess) {
    let path = folder.path + "/orphaned"
    let lock = try RunLock(folder: path, run: "orphaned")
    let worker = try ChildProcess(["/bin/sleep", seconds], errorLog: folder.path + "/sleep.log", lock: lock.descriptor)
    // No process has this number: it is above the kernel's limit.
    try Data("4194305\n".utf8).write(to: URL(fileURLWithPath: path + "/lock"))
    return (path, worker)
  }

  @Test func a_run_whose_coordinator_was_killed_is_resumed_once_its_worker_has_cleared_away() throws {
    let (path, worker) = try lockLeft(to: "1")
    defer { worker.closeOutput() }
    let before = monotonicSeconds()
    _ = try RunLock(folder: path, run: "orphaned")
    #expect(monotonicSeconds() - before > 0.5)
    #expect(worker.poll() != nil, "the lock was had while the worker still ran")
  }

  @Test func a_worker_that_does_not_end_is_named_as_the_reason() throws {
    let (path, worker) = try lockLeft(to: "60")
    defer {
      worker.killGroup()
      worker.closeOutput()
    }
    let error = failure { _ = try RunLock(folder: path, run: "orphaned", patience: 0.3) }
    #expect(error?.reason == .busy)
    #expect(error?.lines.first?.contains("the worker of its last, killed attempt is still clearing away") == true)
  }
}
