import Foundation
import GRDB
import Observations
import TestSupport
import Testing

@testable import Coordinator

@Suite struct StoreTests {
  private let folder = TemporaryFolder()
  private var path: String { folder.path + "/deep/results/harness.sqlite" }

  @Test func counts_come_back_and_the_last_attempt_counts() throws {
    var plan = samplePlan()
    plan.run.metrics = [.wallTime, .systemCalls, .allocations]
    let store = try Store(at: path)
    try store.create(plan)
    #expect(try !store.hasCounts(for: plan))
    func counts(attempt: Int, _ workload: String, _ runtime: String, _ value: UInt64) -> Counts {
      Counts(
        run: "sample-1", attempt: attempt, workload: workload, runtime: runtime,
        counts: [Count(metric: .systemCalls, values: [value, value]), Count(metric: .allocations, unavailable: "no symbols")])
    }
    for attempt in [0, 1, 0] {
      for workload in plan.workloads {
        for runtime in workload.arms {
          #expect(try store.record(.counts(counts(attempt: attempt, workload.name, runtime, 40 + UInt64(attempt))), run: "sample-1"))
        }
      }
    }
    #expect(try !store.record(.counts(counts(attempt: 0, "stranger", plan.runtimes[0].name, 1)), run: "sample-1"))
    #expect(try store.hasCounts(for: plan))
    let results = try store.results(of: "sample-1")
    let workload = plan.workloads[0]
    #expect(results.counts?.count == plan.workloads.reduce(0) { $0 + $1.arms.count })
    #expect(results.counts?.first == counts(attempt: 1, workload.name, workload.arms[0], 41))
    #expect(results.count(of: .systemCalls, workload: workload.name, runtime: workload.arms[0])?.value == 41)
    #expect(results.count(of: .allocations, workload: workload.name, runtime: workload.arms[0]) == nil)
    #expect(try store.measuredRun("sample-1").count(of: .systemCalls, workload: workload.name, runtime: workload.arms[0])?.value == 41)
  }

  @Test func a_run_comes_back_as_it_was_stored() throws {
    let plan = samplePlan()
    let store = try Store(at: path)
    try store.create(plan)
    #expect(try store.plan(of: "sample-1") == plan)
    #expect(try store.nextAttempt(of: "sample-1") == 0)
    try store.record(.started(Started(run: "sample-1", attempt: 0, environment: sampleMachine)), run: "sample-1")
    let trials = plan.runtimes.enumerated().map { sampleTrial(trial: $0, runtime: $1.name) }
    for trial in trials { #expect(try store.record(.trial(trial), run: "sample-1")) }
    #expect(try store.results(of: "sample-1").observations.isEmpty, "a block counts when it is finished")
    #expect(try store.finish(BlockRequest(workload: "hello", index: 0), run: "sample-1", attempt: 0))
    let results = try store.results(of: "sample-1")
    #expect(results.observations == trials)
    #expect(results.environment == sampleMachine)
    #expect(results.workloads == plan.workloads)
    #expect(results.runtimes == plan.runtimes)
    #expect(results.unavailable == plan.unavailable)
    #expect(results.run == plan.run)
    try store.finish(run: "sample-1", at: Date(timeIntervalSince1970: 0))
    #expect(try store.results(of: "sample-1").run.finishedAt == "1970-01-01T00:00:00Z")
  }

  @Test func thresholds_branch_and_file_sizes_come_back() throws {
    var plan = samplePlan()
    plan.run.thresholds = [.wallTime: 0.02]
    plan.run.branch = "main"
    var machine = sampleMachine
    machine.sizes = ["/bin/true": 31_000]
    let store = try Store(at: path)
    try store.create(plan)
    try store.record(.started(Started(run: "sample-1", attempt: 0, environment: machine)), run: "sample-1")
    let results = try store.results(of: "sample-1")
    #expect(results.run.threshold(of: .wallTime) == 0.02)
    #expect(results.run.threshold(of: .peakMemory) == 0.05, "a metric the scenario leaves out keeps its default")
    #expect(results.run.branch == "main")
    #expect(results.environment == machine)
  }

  @Test func a_database_of_an_older_harness_is_read_without_changing_it() throws {
    let store = try Store(at: path)
    try store.create(samplePlan())
    try store.record(.started(Started(run: "sample-1", attempt: 0, environment: sampleMachine)), run: "sample-1")
    try store.write { database in
      try database.execute(
        sql: """
          ALTER TABLE run DROP COLUMN thresholds;
          ALTER TABLE run DROP COLUMN branch;
          ALTER TABLE environment DROP COLUMN sizes;
          DELETE FROM grdb_migrations WHERE identifier LIKE '3 %';
          """)
    }
    let results = try Store.forReading(path).results(of: "sample-1")
    #expect(results.run == samplePlan().run)
    #expect(results.environment == sampleMachine)
  }

  @Test func storing_an_event_twice_changes_nothing() throws {
    let store = try Store(at: path)
    try store.create(samplePlan())
    func content() throws -> [String] {
      try store.read { database in
        try ["trial", "observation", "phase", "environment", "unavailable", "block"].flatMap { table in
          try Row.fetchAll(database, sql: "SELECT * FROM \(table)").map(\.description)
        }
      }
    }
    let started = WorkerEvent.started(Started(run: "sample-1", attempt: 0, environment: sampleMachine))
    try store.record(started, run: "sample-1")
    try store.record(.trial(sampleTrial()), run: "sample-1")
    try store.finish(BlockRequest(workload: "hello", index: 0), run: "sample-1", attempt: 0)
    let before = try content()
    var other = sampleTrial()
    other.outcome = .passed
    #expect(try store.record(.trial(other), run: "sample-1"))
    #expect(try store.record(started, run: "sample-1"))
    try store.finish(BlockRequest(workload: "hello", index: 0), run: "sample-1", attempt: 0)
    #expect(try content() == before)
  }

  @Test func events_of_something_not_planned_are_refused() throws {
    let store = try Store(at: path)
    try store.create(samplePlan())
    for foreign in [sampleTrial(run: "other"), sampleTrial(workload: "nope"), sampleTrial(block: 99), sampleTrial(runtime: "nope")] {
      #expect(try !store.record(.trial(foreign), run: "sample-1"))
    }
    #expect(try !store.finish(BlockRequest(workload: "nope", index: 0), run: "sample-1", attempt: 0))
  }

  @Test func of_a_block_measured_twice_the_highest_finished_attempt_counts() throws {
    let store = try Store(at: path)
    try store.create(samplePlan())
    let block = BlockRequest(workload: "hello", index: 0)
    // Attempt 0 was cut off after one trial, attempt 1 finished; attempt 0's trial is kept but not mixed in.
    try store.record(.trial(sampleTrial(attempt: 0)), run: "sample-1")
    for (position, runtime) in samplePlan().runtimes.map(\.name).enumerated() {
      try store.record(.trial(sampleTrial(trial: position, attempt: 1, runtime: runtime)), run: "sample-1")
    }
    try store.finish(block, run: "sample-1", attempt: 1)
    #expect(try store.results(of: "sample-1").observations.map(\.attempt) == [1, 1, 1])
    #expect(try store.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM trial") } == 4)
    #expect(try !store.missingBlocks(of: "sample-1").contains(block))
    #expect(try store.nextAttempt(of: "sample-1") == 2)
    #expect(try !store.finish(block, run: "sample-1", attempt: 0), "it lacks trials")
    for runtime in samplePlan().runtimes.map(\.name) {
      try store.record(.trial(sampleTrial(attempt: 0, runtime: runtime)), run: "sample-1")
    }
    try store.finish(block, run: "sample-1", attempt: 0)
    #expect(try store.results(of: "sample-1").observations.map(\.attempt) == [1, 1, 1], "an older attempt never replaces a newer one")
  }

  @Test func runs_are_found_by_latest_name_and_beginning() throws {
    let store = try Store(at: path)
    #expect(failure { _ = try store.identifier(matching: "latest") }?.reason == .usage)
    for run in ["startup-1", "startup-2", "memory-1"] { try store.create(samplePlan(run: run)) }
    #expect(try store.identifier(matching: "latest") == "memory-1")
    #expect(try store.identifier(matching: "startup-2") == "startup-2")
    #expect(try store.identifier(matching: "mem") == "memory-1")
    #expect(failure { _ = try store.identifier(matching: "startup") }?.lines == ["\"startup\" names 2 runs: startup-2, startup-1"])
    #expect(failure { _ = try store.identifier(matching: "memory-2") }?.lines[0].hasSuffix("(did you mean memory-1?)") == true)
    #expect(try store.runs().map(\.id) == ["memory-1", "startup-2", "startup-1"])
  }

  @Test func two_stores_write_one_database_at_the_same_time() throws {
    let first = try Store(at: path), second = try Store(at: path)
    try first.create(samplePlan(run: "a"))
    try second.create(samplePlan(run: "b"))
    #expect(try Store.forReading(path).runs().count == 2)
  }

  // MARK: What can be wrong with a database

  @Test func a_newer_database_is_left_alone() throws {
    try Store(at: path).create(samplePlan())
    try DatabaseQueue(path: path).write { try $0.execute(sql: "INSERT INTO grdb_migrations (identifier) VALUES ('99 the future')") }
    for open in [{ try Store(at: path) }, { try Store.forReading(path) }] {
      let error = failure { _ = try open() }
      #expect(error?.reason == .badData)
      #expect(
        error?.lines == ["\(path): was written by a newer harness; update this one, or give another place for results: --results DIR"])
    }
  }

  @Test func another_programs_database_is_left_alone() throws {
    try FileManager.default.createDirectory(atPath: folder.path + "/deep/results", withIntermediateDirectories: true)
    try DatabaseQueue(path: path).write { try $0.execute(sql: "CREATE TABLE bookmark (url TEXT)") }
    #expect(failure { _ = try Store(at: path) }?.lines == ["\(path): is a database of another program; give another file: --results DIR"])
  }

  @Test func a_file_that_is_no_database_is_left_alone() throws {
    let file = folder.file("notes.sqlite", String(repeating: "Dear diary, ", count: 500))
    #expect(failure { _ = try Store(at: file) }?.reason == .badData)
    #expect(try String(contentsOfFile: file, encoding: .utf8).hasPrefix("Dear diary"))
  }

  @Test func a_damaged_database_is_told_with_a_way_to_rescue_it() throws {
    do {
      let store = try Store(at: path)
      for run in 0..<20 { try store.create(samplePlan(run: "run-\(run)", blocks: 50)) }
      try store.write { _ in }
      try store.queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)") }
    }
    let file = try FileHandle(forUpdating: URL(fileURLWithPath: path))
    let size = try file.seekToEnd()
    try file.seek(toOffset: 4096)
    try file.write(contentsOf: Data((0..<Int(size - 4096)).map { UInt8(truncatingIfNeeded: $0 &* 31) }))
    try file.close()
    let error = failure { _ = try Store.forReading(path).runs() }
    #expect(error?.reason == .badData)
    #expect(error?.lines.first?.contains(".recover") == true)
  }

  @Test func a_database_locked_by_another_program_is_busy_not_lost() throws {
    try Store(at: path).create(samplePlan())
    let other = try DatabaseQueue(path: path)
    try other.inDatabase { database in
      try database.execute(sql: "BEGIN EXCLUSIVE")
      let error = failure {
        let store = try Store(at: path, patience: 0.2)
        try store.create(samplePlan(run: "second"))
      }
      #expect(error?.reason == .busy)
      try database.execute(sql: "ROLLBACK")
    }
  }

  @Test func a_results_folder_that_cannot_be_made_is_told() {
    let file = folder.file("plain", "")
    let error = failure { _ = try Store(at: file + "/results/harness.sqlite") }
    #expect(error?.reason == .cannotCreate)
    #expect(error?.lines.count == 1)
  }

  @Test(.enabled(if: TemporaryMount.isPossible, "mounting needs root"))
  func a_read_only_folder_can_be_read_but_not_measured_into() throws {
    let mount = try TemporaryMount(megabytes: 4)
    let database = mount.path + "/harness.sqlite"
    do { try Store(at: database).create(samplePlan()) }
    try mount.makeReadOnly()
    let error = failure { _ = try Store(at: database) }
    #expect(error?.reason == .cannotCreate)
    #expect(error?.lines.count == 1)
    #expect(try Store.forReading(database).runs().map(\.id) == ["sample-1"])
  }

  @Test(.enabled(if: TemporaryMount.isPossible, "mounting needs root"))
  func a_full_disk_loses_nothing_that_was_stored() throws {
    let mount = try TemporaryMount(megabytes: 4)
    let database = mount.path + "/harness.sqlite"
    let store = try Store(at: database)
    try store.create(samplePlan(blocks: 10_000 / 50))
    var stored = 0
    var error: CoordinatorError?
    for block in 0..<200 where error == nil {
      for trial in 0..<50 where error == nil {
        error = failure { _ = try store.record(.trial(sampleTrial(block: block, trial: trial)), run: "sample-1") }
        if error == nil { stored += 1 }
      }
    }
    #expect(error?.reason == .inputOutput)
    #expect(error?.lines.first?.contains("full") == true)
    #expect(stored > 100)
    #expect(try store.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM trial") } == stored)
    #expect(try store.read { try String.fetchOne($0, sql: "PRAGMA integrity_check") } == "ok")
  }

  @Test func a_database_of_an_older_version_is_read_and_then_brought_up_to_date() throws {
    let path = folder.path + "/old/harness.sqlite"
    do {
      let store = try Store(at: path)
      try store.create(samplePlan())
      for runtime in samplePlan().runtimes.map(\.name) { try store.record(.trial(sampleTrial(runtime: runtime)), run: "sample-1") }
      try store.finish(BlockRequest(workload: "hello", index: 0), run: "sample-1", attempt: 0)
      #expect(try store.results(of: "sample-1").observations.map(\.resources.maxResident) == [8192, 8192, 8192])
      #expect(try store.results(of: "sample-1").observations.map(\.latencies?.achievedRate) == [12_499, 12_499, 12_499])
      // As it was before the resident size and the latencies of loads were stored.
      try store.write { database in
        for column in [TrialColumn.maxResident] + TrialColumn.ofLoad {
          try database.execute(sql: "ALTER TABLE observation DROP COLUMN \(column.name)")
        }
        try database.execute(sql: "DELETE FROM grdb_migrations WHERE identifier LIKE '5 %' OR identifier LIKE '9 %'")
      }
    }
    #expect(try Store.forReading(path).results(of: "sample-1").observations.map(\.resources.maxResident) == [nil, nil, nil])
    #expect(try Store.forReading(path).results(of: "sample-1").observations.allSatisfy { $0.latencies == nil })
    #expect(try Store(at: path).results(of: "sample-1").observations.map(\.resources.peakMemory) == [4096, 4096, 4096])
  }

  @Test func what_was_a_container_is_an_instance_in_a_database_of_an_older_version() throws {
    let path = folder.path + "/containers/harness.sqlite"
    var plan = samplePlan()
    plan.run.metrics = [.wallTime, .instanceMemory]
    plan.run.thresholds = [.instanceSlope: 0.1]
    do {
      let store = try Store(at: path)
      try store.create(plan)
      for runtime in plan.runtimes.map(\.name) { try store.record(.trial(sampleTrial(runtime: runtime)), run: "sample-1") }
      try store.finish(BlockRequest(workload: "hello", index: 0), run: "sample-1", attempt: 0)
      // As it was when only containers were held, and nothing was repeated.
      try store.write { database in
        try database.execute(
          sql: """
            ALTER TABLE observation RENAME COLUMN instanceMemory TO containerMemory;
            ALTER TABLE observation RENAME COLUMN instanceSlope TO containerSlope;
            UPDATE run SET metrics = replace(metrics, 'instance-', 'container-'), thresholds = replace(thresholds, 'instance-', 'container-');
            INSERT INTO point (run, workload, runtime, metric, unit, value, samples)
              VALUES ('sample-1', 'hello', 'runc', 'container-memory', 'B', 1, 1);
            DROP TABLE repetition;
            DELETE FROM grdb_migrations WHERE identifier LIKE '10 %' OR identifier LIKE '11 %';
            """)
        for column in ["privateMemory", "groupMemory", "guestMemory"] {
          try database.execute(sql: "ALTER TABLE observation DROP COLUMN \(column)")
        }
      }
    }
    // Where it cannot be brought up to date it can be read.
    let unchanged = try Store.forReading(path).results(of: "sample-1")
    #expect(unchanged.run.metrics == plan.run.metrics && unchanged.run.thresholds == plan.run.thresholds)
    #expect(unchanged.observations.allSatisfy { $0.resources.held == HeldMemory(proportional: 16384, slope: 8192, privateMemory: nil) })
    let store = try Store(at: path)
    let results = try store.results(of: "sample-1")
    #expect(results.run.metrics == plan.run.metrics && results.run.thresholds == plan.run.thresholds)
    for trial in results.observations {
      #expect(trial.resources.held == HeldMemory(proportional: 16384, slope: 8192, privateMemory: nil) && trial.repetitions == nil)
    }
    #expect(try store.read { try String.fetchAll($0, sql: "SELECT metric FROM point") } == ["instance-memory"])
  }

  @Test func repetitions_are_judged_when_they_are_stored() throws {
    let store = try Store(at: folder.path + "/repetitions/harness.sqlite")
    try store.create(samplePlan())
    var trial = sampleTrial(runtime: "native")
    let series = Array(repeating: UInt64(9000), count: 6) + (0..<194).map { (place: UInt64) in 3000 + place * 7919 % 40 }
    trial.repetitions = Repetitions(times: series)
    try store.record(.trial(trial), run: "sample-1")
    for runtime in ["interpreter", "runc"] { try store.record(.trial(sampleTrial(runtime: runtime)), run: "sample-1") }
    try store.finish(BlockRequest(workload: "hello", index: 0), run: "sample-1", attempt: 0)
    let read = try store.results(of: "sample-1").observations
    let judged = try #require(read.first { $0.runtime == "native" }?.repetitions)
    #expect(judged.times == series)
    let steady = try #require(judged.steady)
    #expect(steady.state == "warm-up")
    // Leaving out some of the rest may leave a rest that is known better still.
    #expect((6...20).contains(steady.warmUp) && steady.warmUpTime == series[..<steady.warmUp].reduce(0, +), "\(steady)")
    #expect((3010...3030).contains(try #require(judged.steady?.time)))
    #expect(read.first { $0.runtime == "runc" }?.repetitions == Repetitions(times: [5, 4, 3]), "three say nothing")
    #expect(try store.measuredRun("sample-1").arm("hello", "native")?.values(of: .steadyTime).values.isEmpty == true, "it did not pass")
    // Through a file and back.
    let file = folder.path + "/repetitions.json"
    try store.export("sample-1", to: file)
    let there = try Store(at: folder.path + "/repetitions-there/harness.sqlite")
    _ = try there.importRun(file)
    #expect(try there.results(of: "sample-1") == store.results(of: "sample-1"))
  }
}

/// A small file system of a test's own.
final class TemporaryMount {
  private let scratch = try! Scratch()
  var path: String { scratch.folder }
  static let isPossible = geteuid() == 0 && run(["mount", "--version"]) == 0

  init(megabytes: Int) throws {
    guard Self.run(["mount", "-t", "tmpfs", "-o", "size=\(megabytes)m", "tmpfs", path]) == 0 else { throw POSIXError(.EPERM) }
  }

  func makeReadOnly() throws {
    guard Self.run(["mount", "-o", "remount,ro", path]) == 0 else { throw POSIXError(.EPERM) }
  }

  deinit {
    _ = Self.run(["umount", "-l", path])
  }

  private static func run(_ command: [String]) -> Int32 {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = command
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return -1 }
    process.waitUntilExit()
    return process.terminationStatus
  }
}
