import Foundation
import GRDB
import Observations
import Testing

@testable import Coordinator

@Suite struct RunFileTests {
  private let folder = TemporaryFolder()

  private func store(_ name: String = "here") throws -> Store { try Store(at: "\(folder.path)/\(name)/harness.sqlite") }

  /// A run of two finished blocks, one unfinished, and an attempt that does not count.
  private func measured(_ store: Store, run: String = "sample-1") throws -> Plan {
    var plan = samplePlan(run: run)
    plan.run.thresholds = [.wallTime: 0.02]
    plan.run.branch = "main"
    try store.create(plan)
    var machine = sampleMachine
    machine.sizes = ["/bin/true": 31_000]
    try store.record(.started(Started(run: run, attempt: 0, environment: machine)), run: run)
    try store.record(.trial(sampleTrial(run: run, block: 1)), run: run)
    for block in [0, 1] {
      for (position, runtime) in plan.runtimes.map(\.name).enumerated() {
        var trial = sampleTrial(run: run, block: block, trial: position, attempt: 1, runtime: runtime)
        trial.outcome = position == 0 ? .crashed : .passed
        trial.detail = position == 0 ? "said \"no\", twice\nand left → \u{1}" : ""
        trial.exitCode = position == 0 ? nil : 0
        trial.signal = position == 0 ? 11 : nil
        trial.times.exited += UInt64(block * 10 + position)
        trial.evidence.clockStep = -5
        trial.evidence.runDelay = 7
        trial.environmentPadding = 4095
        try store.record(.trial(trial), run: run)
      }
      try store.finish(BlockRequest(workload: "hello", index: block), run: run, attempt: 1)
    }
    try store.finish(run: run, at: Date(timeIntervalSince1970: 0))
    return plan
  }

  /// Every row of every table a run is in.
  private func content(_ store: Store) throws -> [String] {
    try store.read { database in
      try ["run", "workload", "runtime", "unavailable", "environment", "block", "trial", "observation", "phase"].flatMap { table in
        try Row.fetchAll(database, sql: "SELECT * FROM \(table) ORDER BY 1, 2, 3, 4").map(\.description)
      }
    }
  }

  private func exported() throws -> (store: Store, file: String) {
    let store = try store()
    _ = try measured(store)
    let file = folder.path + "/run.json"
    try store.export("sample-1", to: file)
    return (store, file)
  }

  @Test func a_run_comes_back_from_its_file_whole() throws {
    let (here, file) = try exported()
    let there = try store("there")
    #expect(try there.importRun(file) == ImportOutcome(run: "sample-1", added: 7, known: 0))
    #expect(try there.results(of: "sample-1") == here.results(of: "sample-1"))
    #expect(try there.plan(of: "sample-1") == here.plan(of: "sample-1"))
    #expect(try there.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM trial") } == 7, "what does not count is kept")
    let again = folder.path + "/again.json"
    try there.export("sample-1", to: again)
    #expect(try Data(contentsOf: URL(fileURLWithPath: again)) == Data(contentsOf: URL(fileURLWithPath: file)))
  }

  @Test func every_column_of_the_database_is_in_the_file() throws {
    let here = try store()
    try here.read { database in
      let trial = Set(try database.columns(in: "trial").map(\.name)).subtracting(["id", "run"])
      #expect(trial == Set(TrialColumn.ofTrial.map(\.name)))
      let observation = Set(try database.columns(in: "observation").map(\.name)).subtracting(["trial"])
      #expect(observation == Set(TrialColumn.ofObservation.map(\.name)))
      let block = Set(try database.columns(in: "block").map(\.name)).subtracting(["run", "position"])
      #expect(block == Set(BlockColumn.allCases.map(\.name)))
    }
  }

  @Test func a_run_without_loads_has_no_columns_of_them_and_comes_back_whole() throws {
    let here = try store()
    var plan = samplePlan(blocks: 1)
    plan.workloads[0].load = nil
    plan.workloads[1].density = nil
    try here.create(plan)
    for (place, runtime) in plan.runtimes.map(\.name).enumerated() {
      var trial = sampleTrial(trial: place, runtime: runtime)
      trial.latencies = nil
      trial.resources.held = nil
      trial.repetitions = nil
      try here.record(.trial(trial), run: "sample-1")
    }
    try here.record(.blockFinished(BlockRequest(workload: "hello", index: 0)), run: "sample-1")
    let file = folder.path + "/plain.json"
    try here.export("sample-1", to: file)
    let text = try String(contentsOfFile: file, encoding: .utf8)
    #expect(!text.contains("latencyP50") && !text.contains("guestMemory"))
    let there = try store("there")
    #expect(try there.importRun(file).added == 3)
    #expect(try there.results(of: "sample-1") == here.results(of: "sample-1"))
  }

  @Test func the_file_is_JSON_for_everybody() throws {
    let (_, file) = try exported()
    let value = try JSONSerialization.jsonObject(with: Data(contentsOf: URL(fileURLWithPath: file)))
    let document = try #require(value as? [String: Any])
    let rows = try #require(document["trials"] as? [[Any]])
    let columns = try #require(document["columns"] as? [String])
    #expect(rows.count == 7)
    #expect(rows.allSatisfy { $0.count == columns.count + 5 }, "two phases a trial, two numbers each, and repetitions")
    #expect(Set(document.keys) == Set(RunFile.Member.allCases.map(\.rawValue)))
  }

  @Test func importing_twice_changes_nothing() throws {
    let (_, file) = try exported()
    let there = try store("there")
    _ = try there.importRun(file)
    let before = try content(there)
    #expect(try there.importRun(file) == ImportOutcome(run: "sample-1", added: 0, known: 7))
    #expect(try content(there) == before)
  }

  @Test func a_run_that_went_on_is_completed() throws {
    let here = try store(), there = try store("there")
    _ = try measured(here)
    try here.write { try $0.execute(sql: "UPDATE run SET finishedAt = NULL; UPDATE block SET finishedAttempt = NULL WHERE number = 1") }
    let file = folder.path + "/run.json"
    try here.export("sample-1", to: file)
    _ = try there.importRun(file)
    #expect(try there.results(of: "sample-1").run.finishedAt == nil)
    try here.finish(BlockRequest(workload: "hello", index: 1), run: "sample-1", attempt: 1)
    try here.record(.trial(sampleTrial(block: 2, attempt: 2)), run: "sample-1")
    try here.finish(run: "sample-1", at: Date(timeIntervalSince1970: 0))
    try here.export("sample-1", to: file)
    #expect(try there.importRun(file) == ImportOutcome(run: "sample-1", added: 1, known: 7))
    #expect(try there.results(of: "sample-1") == here.results(of: "sample-1"))
  }

  @Test func trials_known_and_new_in_any_mixture_are_told_apart() throws {
    let here = try store(), there = try store("there")
    _ = try measured(here)
    let file = folder.path + "/run.json"
    func record(_ attempts: some Sequence<Int>) throws {
      for attempt in attempts { try here.record(.trial(sampleTrial(block: 2, attempt: attempt)), run: "sample-1") }
      try here.export("sample-1", to: file)
    }
    try record(stride(from: 2, to: 200, by: 3))
    #expect(try there.importRun(file) == ImportOutcome(run: "sample-1", added: 73, known: 0))
    try record(2..<120)
    #expect(try there.importRun(file) == ImportOutcome(run: "sample-1", added: 78, known: 73))
    let again = folder.path + "/again.json"
    try there.export("sample-1", to: again)
    #expect(try Data(contentsOf: URL(fileURLWithPath: again)) == Data(contentsOf: URL(fileURLWithPath: file)))
    #expect(try there.read { try Row.fetchAll($0, sql: "PRAGMA foreign_key_check") }.isEmpty)
  }

  @Test func a_row_that_cannot_be_read_far_into_a_long_file_leaves_nothing_behind() throws {
    let (_, file) = try exported()
    var document = try #require(try JSONSerialization.jsonObject(with: Data(contentsOf: URL(fileURLWithPath: file))) as? [String: Any])
    let rows = try #require(document["trials"] as? [[Any]]), columns = try #require(document["columns"] as? [String])
    let attempt = try #require(columns.firstIndex(of: "attempt"))
    func imported(last: Any) throws -> CoordinatorError? {
      document["trials"] =
        rows
        + (0...6000).map { number in
          var row = rows[0]
          row[attempt] = number < 6000 ? 10 + number : last
          return row
        }
      let long = folder.path + "/long.json"
      try JSONSerialization.data(withJSONObject: document).write(to: URL(fileURLWithPath: long))
      let there = try store("there")
      let error = failure { _ = try there.importRun(long) }
      if error != nil { #expect(try there.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM run") } == 0) }
      return error
    }
    let error = try imported(last: "no number")
    #expect(error?.reason == .badData && error?.lines.first?.contains("a whole number or null is expected here") == true)
    #expect(try imported(last: 9) == nil)
  }

  @Test func another_run_of_the_same_name_is_refused_and_nothing_changes() throws {
    let (_, file) = try exported()
    let there = try store("there")
    var plan = samplePlan()
    plan.run.seed = 99
    try there.create(plan)
    let before = try content(there)
    let error = failure { _ = try there.importRun(file) }
    #expect(error?.reason == .badData)
    #expect(error?.lines.first?.contains("holds another run of the name sample-1") == true)
    #expect(try content(there) == before)
  }

  @Test func a_run_from_a_file_and_from_the_database_are_compared_alike() throws {
    let (here, file) = try exported()
    let stored = try here.measuredRun("sample-1"), read = try RunFile.measuredRun(file)
    #expect(stored.arms.map(\.workload) == read.arms.map(\.workload))
    #expect(stored.arms.map(\.runtime) == read.arms.map(\.runtime))
    #expect(stored.arms.map { $0.values(of: .wallTime).values } == read.arms.map { $0.values(of: .wallTime).values })
    #expect(stored.arms.map(\.failures) == read.arms.map(\.failures))
    #expect(stored.environment == read.environment && stored.run == read.run)
    #expect(stored.trials == 6, "an attempt that does not count is left out")
    #expect([stored, read].allSatisfy { $0.supersededTrials == 1 && $0.supersededFailures == 1 }, "and counted")
    let results = try here.results(of: "sample-1")
    var builder = MeasuredRunBuilder(
      run: results.run, environment: results.environment, workloads: results.workloads, runtimes: results.runtimes,
      unavailable: results.unavailable)
    for trial in results.observations { builder.add(trial) }
    let plain = builder.finish()
    #expect(plain.arms.map { $0.values(of: .wallTime).values } == stored.arms.map { $0.values(of: .wallTime).values })
    #expect(plain.arms.map { $0.phases.map(\.values) } == stored.arms.map { $0.phases.map(\.values) })
  }

  @Test func the_members_of_the_file_may_stand_in_any_order_and_spacing() throws {
    let (here, file) = try exported()
    let value = try JSONSerialization.jsonObject(with: Data(contentsOf: URL(fileURLWithPath: file)))
    let shuffled = folder.path + "/shuffled.json"
    try JSONSerialization.data(withJSONObject: value, options: [.prettyPrinted, .sortedKeys]).write(to: URL(fileURLWithPath: shuffled))
    let there = try store("there")
    _ = try there.importRun(shuffled)
    #expect(try there.results(of: "sample-1") == here.results(of: "sample-1"))
  }

  @Test(arguments: [
    ("\"version\":1", "\"version\":2", "is a run file of version 2, this harness reads version 1"),
    ("\"format\":\"harness run\"", "\"format\":\"diary\"", "is no run file; write one: harness export RUN -o FILE"),
    ("\"stealTicks\"", "\"stealTacks\"", "has an unknown column stealTacks; it was written by another version of harness"),
    (",1000,500,", ",NaN,500,", "a whole number or null is expected here"),
    (",1000,500,", ",-1,500,", "\"spawned\" is -1: no worker measures that"),
    (",1000,500,", ",null,500,", "\"spawned\" cannot be null"),
    (",1000,500,", ",1000,9223372036854775807,", "a moment beyond all bounds"),
    (",1000,500,", ",1000,5.5,", "a whole number or null is expected here"),
    (",21,22,23,", ",21,null,23,", "a part of a load's latencies"),
    ("[null,null,null,null,5,4,3]", "[null,null,null,null]", "repetitions without one"),
    ("[null,null,null,null,5,4,3]", "[null,null,null,null,5,-4,3]", "a repetition of negative length"),
    ("[null,null,null,null,5,4,3]", "[9999,null,null,null,5,4,3]", "a state of repetitions that is no text of this file"),
    ("[null,null,null,null,5,4,3]", "[null,null,null,null,5,4,3],1,2", "']' is expected here"),
    ("\"lateness\"", "\"latenesses\"", "has an unknown column latenesses; it was written by another version of harness"),
    ("\"crashed\"", "\"exploded\"", "an outcome this version does not know"),
    ("\"cgroup1\"", "\"cgroup9\"", "a memory source this version does not know"),
    ("\"churn-64\",\"arms\"", "\"other\",\"arms\"", nil),
  ])
  func a_broken_file_is_refused_with_its_place_and_nothing_is_stored(old: String, new: String, message: String?) throws {
    let (_, file) = try exported()
    let text = try String(contentsOfFile: file, encoding: .utf8)
    try #require(message == nil || text.contains(old), "\(old) is not in the file")
    let broken = folder.file("broken.json", text.replacingOccurrences(of: old, with: new))
    let there = try store("there")
    let error = failure { _ = try there.importRun(broken) }
    guard let message else { return }
    #expect(error?.reason == .badData)
    #expect(error?.lines.first?.hasSuffix(message) == true, "\(error?.lines ?? [])")
    #expect(try there.runs().isEmpty)
    #expect(failure { _ = try RunFile.measuredRun(broken) }?.reason == .badData)
  }

  @Test func a_file_of_a_version_that_held_containers_only_is_read() throws {
    let (here, file) = try exported()
    let text = try String(contentsOfFile: file, encoding: .utf8)
    try #require(
      text.contains("\"instanceMemory\"") && text.contains("\"instanceSlope\"") && text.contains("[\"wall-time\",\"peak-memory\"]"))
    let older = folder.file(
      "older.json",
      text.replacingOccurrences(of: "\"instanceMemory\"", with: "\"containerMemory\"")
        .replacingOccurrences(of: "\"instanceSlope\"", with: "\"containerSlope\"")
        .replacingOccurrences(of: "[\"wall-time\",\"peak-memory\"]", with: "[\"container-slope\",\"container-memory\"]"))
    let there = try store("there")
    _ = try there.importRun(older)
    let results = try there.results(of: "sample-1")
    #expect(try results.observations == here.results(of: "sample-1").observations)
    #expect(results.run.metrics == [.instanceSlope, .instanceMemory])
  }

  /// A file's document, changed.
  private func rewritten(_ file: String, _ change: (inout [String: Any]) -> Void) throws -> String {
    var document = try #require(
      try JSONSerialization.jsonObject(with: Data(contentsOf: URL(fileURLWithPath: file))) as? [String: Any])
    change(&document)
    let path = folder.path + "/changed.json"
    try JSONSerialization.data(withJSONObject: document).write(to: URL(fileURLWithPath: path))
    return path
  }

  @Test func a_finished_block_that_lacks_a_trial_is_refused() throws {
    let (_, file) = try exported()
    let changed = try rewritten(file) { document in
      // The last trial is of a block that is finished.
      document["trials"] = (document["trials"] as? [Any]).map { Array($0.dropLast()) }
    }
    let there = try store("there")
    for error in [failure { _ = try there.importRun(changed) }, failure { _ = try RunFile.measuredRun(changed) }] {
      #expect(error?.reason == .badData)
      #expect(error?.lines[0].contains("1 finished block(s) lack trials (the first: hello, block ") == true, "\(error?.lines ?? [])")
    }
    #expect(try there.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM run") } == 0)
  }

  @Test(arguments: ["../../evil", "/etc/passwd", "", "a/b", ".hidden", "-x"])
  func a_name_that_leads_elsewhere_is_refused(name: String) throws {
    let (_, file) = try exported()
    let changed = try rewritten(file) { document in
      var head = document["head"] as? [String: Any], run = head?["run"] as? [String: Any]
      run?["id"] = name
      head?["run"] = run
      document["head"] = head
    }
    let there = try store("there")
    for error in [failure { _ = try there.importRun(changed) }, failure { _ = try RunFile.measuredRun(changed) }] {
      #expect(error?.reason == .badData)
      #expect(error?.lines[0].contains("names its run") == true, "\(error?.lines ?? [])")
    }
  }

  @Test(arguments: [
    ("\"seed\":7", "\"seed\":9223372036854775808", "run.seed is 9223372036854775808, and must be from 0 to 9007199254740991"),
    ("\"seed\":7", "\"seed\":9007199254740992", "run.seed is 9007199254740992, and must be from 0 to 9007199254740991"),
    ("\"blocks\":3", "\"blocks\":-3", "run.blocks is -3, and must be from 1 to 10000"),
    ("\"blocks\":3", "\"blocks\":3,\"maximumBlocks\":10001", "run.maximumBlocks is 10001, and must be from 1 to 10000"),
    ("\"blocks\":3", "\"blocks\":3,\"precision\":-1", "run.precision is -1.0, and must be from 0.0 to 1.0"),
    ("\"wall-time\":0.02", "\"wall-time\":1e300", "run.thresholds is 1e+300, and must be from 0.0 to 10.0"),
    ("\"timeLimit\":10", "\"timeLimit\":1e300", "timeLimit is 1e+300, and must be from 0.001 to 86400.0"),
    (
      "{\"attempt\":0,", "{\"attempt\":9223372036854775807,",
      "environments.attempt is 9223372036854775807, and must be from 0 to 2147483647"
    ),
    ("\"name\":\"churn-64\"", "\"name\":\"hello\"", "workloads holds \"hello\" twice"),
    ("\"name\":\"native\"", "\"name\":\"runc\"", "runtimes holds \"runc\" twice"),
    (
      "\"timeLimit\":10",
      "\"timeLimit\":10,\"counts\":[{\"run\":\"other\",\"attempt\":0,\"workload\":\"hello\",\"runtime\":\"native\",\"counts\":[]}]",
      "counts.run is \"other\", another run than \"sample-1\""
    ),
  ])
  func a_head_no_harness_writes_is_refused_in_one_line(old: String, new: String, problem: String) throws {
    let (_, file) = try exported()
    let text = try String(contentsOfFile: file, encoding: .utf8)
    try #require(text.contains(old), "\(old) is not in the file")
    let changed = folder.file("changed.json", text.replacingOccurrences(of: old, with: new))
    let there = try store("there")
    for error in [failure { _ = try there.importRun(changed) }, failure { _ = try RunFile.measuredRun(changed) }] {
      #expect(error?.reason == .badData)
      #expect(error?.lines == ["\(changed): head.\(problem); export the run again"])
    }
    #expect(try there.runs().isEmpty)
  }

  @Test func a_file_cut_off_anywhere_is_refused() throws {
    let (_, file) = try exported()
    let whole = try Data(contentsOf: URL(fileURLWithPath: file))
    let there = try store("there")
    for length in stride(from: 0, to: whole.count - 2, by: 61) {
      let path = folder.path + "/part.json"
      try whole.prefix(length).write(to: URL(fileURLWithPath: path))
      #expect(failure { _ = try there.importRun(path) }?.reason == .badData, "\(length) bytes")
    }
    #expect(try there.runs().isEmpty)
  }

  @Test func an_absent_file_is_missing_and_a_folder_is_told() throws {
    let there = try store("there")
    #expect(failure { _ = try there.importRun(folder.path + "/none.json") }?.reason == .missing)
    #expect(failure { _ = try there.importRun(folder.path) } != nil)
    #expect(failure { try there.export("none", to: "-") }?.reason == .usage)
  }

  @Test func an_export_that_cannot_be_written_leaves_no_file() throws {
    let here = try store()
    _ = try measured(here)
    #expect(failure { try here.export("sample-1", to: folder.path + "/no/such/folder.json") }?.reason == .cannotCreate)
    try FileManager.default.createDirectory(atPath: folder.path + "/taken", withIntermediateDirectories: true)
    #expect(failure { try here.export("sample-1", to: folder.path + "/taken") }?.reason == .cannotCreate)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".part") }.isEmpty)
  }

  @Test func the_newest_finished_run_of_a_branch_is_found() throws {
    let here = try store()
    for (run, moment) in [("sample-1", "2026-01-01T00:00:00Z"), ("sample-2", "2026-01-02T00:00:00Z"), ("sample-3", "2026-01-03T00:00:00Z")]
    {
      _ = try measured(here, run: run)
      try here.write { try $0.execute(sql: "UPDATE run SET startedAt = ? WHERE id = ?", arguments: [moment, run]) }
    }
    try here.write { try $0.execute(sql: "UPDATE run SET finishedAt = NULL WHERE id = 'sample-3'") }
    #expect(try here.newestRun(of: "sample", onBranch: "main", otherThan: nil) == "sample-2")
    #expect(try here.newestRun(of: "sample", onBranch: "main", otherThan: "sample-2") == "sample-1")
    #expect(try here.newestRun(of: "sample", onBranch: "feature", otherThan: nil) == nil)
    // What was imported from elsewhere is newer and cannot be compared.
    try here.write { try $0.execute(sql: "UPDATE environment SET hostname = 'elsewhere' WHERE run = 'sample-2'") }
    func newest(near machine: MachineEnvironment, otherThan run: String? = nil) throws -> String? {
      try here.newestRun(of: "sample", onBranch: "main", otherThan: run, measuredOn: machine)
    }
    #expect(try newest(near: sampleMachine) == "sample-1")
    #expect(try newest(near: sampleMachine, otherThan: "sample-1") == "sample-2", "better than none: the gate says what differs")
    var updated = sampleMachine
    updated.kernel = "6.2"
    #expect(try newest(near: updated) == "sample-2")
    #expect(try here.newestRun(of: "other", onBranch: "main", otherThan: nil) == nil)
  }
}
