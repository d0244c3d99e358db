import Foundation
import Observations
import Testing

@testable import Coordinator

@Suite struct ForeignFileTests {
  private let folder = TemporaryFolder()

  private func file(_ name: String, _ text: String, options: ForeignOptions = ForeignOptions()) throws -> ForeignFile {
    let path = folder.path + "/" + name
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    return try ForeignFile(path, options: options)
  }

  private func complaint(_ body: () throws -> Void) -> String? {
    do {
      try body()
      return nil
    } catch {
      return (error as? CoordinatorError)?.lines.joined(separator: "\n").replacingOccurrences(of: folder.path + "/", with: "")
    }
  }

  // MARK: CSV

  @Test func rows_of_a_date_are_a_run_and_units_come_from_the_column() throws {
    let file = try file("daily.csv", "date,version,duration_s\n2023-03-02,None,0.0478\n2023-03-03,None,0.05\n")
    #expect(file.format() == .csv)
    let runs = try file.runs(.csv)
    #expect(runs.map(\.run.startedAt) == ["2023-03-02T00:00:00Z", "2023-03-03T00:00:00Z"])
    #expect(runs[0].run.scenario == "daily")
    #expect(runs[0].run.id.hasPrefix("daily-20230302-000000-"))
    #expect(
      runs[0].points == [
        HistoryPoint(workload: "daily", runtime: "", metric: "duration", unit: .nanoseconds, value: 0.0478 * 1e9, samples: 1)
      ])
    #expect(try file.runs(.csv).map(\.run.id) == runs.map(\.run.id))
  }

  @Test func a_second_row_of_a_date_is_a_second_run() throws {
    let runs = try file("twice.csv", "date,value\n2026-01-31,1\n2026-01-31,2\n").runs(.csv)
    #expect(runs.flatMap(\.points).map(\.value) == [1, 2])
    #expect(Set(runs.map(\.run.id)).count == 2)
  }

  @Test func every_column_that_is_known_is_used() throws {
    let text = """
      time,commit,branch,machine,benchmark,engine,metric,unit,value,lower,upper,samples,scenario
      2026-01-31T12:00:00+01:00,abc,main,m1,"with, comma",jit,wall-time,ms,1.5,1.4,1.6,20,startup
      2026-01-31T12:00:00+01:00,abc,main,m1,"with, comma",jit,peak-memory,MiB,2,,,20,startup
      1769990400,def,main,m1,other,jit,peak-memory,B,2,,,20,startup

      """
    let runs = try file("all.csv", text).runs(.csv)
    #expect(runs.count == 2)
    #expect(runs[0].run.startedAt == "2026-01-31T11:00:00Z")
    #expect(runs[0].run.commit == "abc" && runs[0].run.branch == "main" && runs[0].run.machine == "m1" && runs[0].run.scenario == "startup")
    #expect(
      runs[0].points == [
        HistoryPoint(
          workload: "with, comma", runtime: "jit", metric: "wall-time", unit: .nanoseconds, value: 1.5e6, lower: 1.4e6, upper: 1.6e6,
          samples: 20),
        HistoryPoint(workload: "with, comma", runtime: "jit", metric: "peak-memory", unit: .bytes, value: 2_097_152, samples: 20),
      ])
  }

  @Test(arguments: [
    ("", "a.csv:1: there is no header"),
    ("date,value\n2026-01-31,fast\n", "a.csv:2: \"fast\" is no number (column value)"),
    ("date,value\n\n31.1.2026,1\n", "a.csv:3: \"31.1.2026\" is no date; for instance 2026-01-31 or 2026-01-31T12:00:00Z"),
    ("date,value\n2026-02-30,1\n", "a.csv:2: \"2026-02-30\" is no date; for instance 2026-01-31 or 2026-01-31T12:00:00Z"),
    ("date,value\n2026-01-31,1,2\n", "a.csv:2: 3 cells, where the header has 2"),
    ("date,value\n2026-01-31,\"1\n", "a.csv:2: a quotation mark is not closed"),
    ("date,value\n2026-01-31,\"1\"x\n", "a.csv:2: something follows a closing quotation mark"),
    ("day,value\n2026-01-31,1\n", "a.csv:1: no column says when; call it date (there are day, value)"),
    ("date,a,b\n2026-01-31,1,2\n", "a.csv:1: which column holds the numbers? Call it value, or say --value COLUMN (there are date, a, b)"),
    ("date,unit,value\n2026-01-31,furlongs,2\n", "a.csv:2: \"furlongs\" is no unit; known are ns, us, ms, s, B, KiB, MiB, kB, MB and 1"),
    ("date,run,value\n2026-01-31,../../etc,1\n", "a.csv:2: \"../../etc\" is no name of a run: letters, digits, - _ and . only"),
    ("date,value\n2026-01-31,nan\n", "a.csv:2: \"nan\" is no number (column value)"),
    ("date,run,value\n2026-01-31,r,1\n2026-01-31,r,2\n", "a.csv:3: a value a second time in the run r"),
    ("date,value\n", "a.csv: holds no measurement"),
  ])
  func a_bad_table_is_one_line_with_its_place(text: String, line: String) {
    #expect(complaint { _ = try file("a.csv", text).runs(.csv) } == line)
  }

  @Test func bytes_that_are_no_text_are_refused() throws {
    let path = folder.path + "/b.csv"
    try Data([0x64, 0xFF, 0xFE]).write(to: URL(fileURLWithPath: path))
    #expect(complaint { _ = try ForeignFile(path, options: ForeignOptions()).runs(.csv) } == "b.csv: is no UTF-8 text")
    #expect(
      complaint { _ = try ForeignFile(folder.path + "/absent.csv", options: ForeignOptions()) }?.hasPrefix("absent.csv: cannot be read")
        == true)
  }

  // MARK: JSON of other tools

  @Test func hyperfine_gives_medians_with_intervals() throws {
    let times = (1...11).map { "0.0\(10 + $0)" }.joined(separator: ",")
    let text = """
      {"results": [{"command": "sleep 0.02", "mean": 0.02, "stddev": 0.001, "median": 0.016, "user": 0.001, "system": 0.002,
        "min": 0.011, "max": 0.021, "times": [\(times)], "exit_codes": [0]}]}
      """
    let file = try file("h.json", text, options: ForeignOptions(commit: "abc", date: "2026-01-31"))
    #expect(file.format() == .hyperfine)
    let runs = try file.runs(.hyperfine)
    #expect(runs.map(\.run.startedAt) == ["2026-01-31T00:00:00Z"] && runs[0].run.commit == "abc")
    let wall = try #require(runs[0].points.first)
    #expect(wall.metric == "wall-time" && wall.samples == 11 && wall.workload == "sleep 0.02")
    #expect(abs(wall.value - 16e6) < 1 && wall.lower.map { $0 < wall.value } == true && wall.upper.map { $0 > wall.value } == true)
    #expect(runs[0].points.last.map { $0.metric == "cpu-time" && abs($0.value - 3e6) < 1 } == true)
  }

  @Test func google_benchmark_gives_repetitions_and_leaves_errors_out() throws {
    let text = """
      {"context": {"date": "2026-01-31T12:00:00+00:00", "host_name": "alpha", "num_cpus": 2},
       "benchmarks": [
        {"name": "BM_a/8", "run_name": "BM_a/8", "run_type": "iteration", "repetitions": 3, "real_time": 2.0, "cpu_time": 1.0, "time_unit": "us"},
        {"name": "BM_a/8", "run_name": "BM_a/8", "run_type": "iteration", "repetitions": 3, "real_time": 4.0, "cpu_time": 1.5, "time_unit": "us"},
        {"name": "BM_a/8", "run_name": "BM_a/8", "run_type": "iteration", "repetitions": 3, "real_time": 3.0, "cpu_time": 1.2, "time_unit": "us"},
        {"name": "BM_a/8_mean", "run_name": "BM_a/8", "run_type": "aggregate", "aggregate_name": "mean", "real_time": 3.0, "cpu_time": 1.2, "time_unit": "us"},
        {"name": "BM_b_median", "run_name": "BM_b", "run_type": "aggregate", "aggregate_name": "median", "real_time": 7.0, "cpu_time": 6.0, "time_unit": "ms"},
        {"name": "BM_c", "run_name": "BM_c", "run_type": "iteration", "error_occurred": true, "error_message": "no"}]}
      """
    let file = try file("g.json", text)
    #expect(file.format() == .googleBenchmark)
    let runs = try file.runs(.googleBenchmark)
    #expect(runs[0].run.startedAt == "2026-01-31T12:00:00Z" && runs[0].run.machine == "alpha")
    let figures = runs[0].points.map { "\($0.workload) \($0.metric) \($0.value) \($0.samples)" }
    #expect(
      figures == [
        "BM_a/8 wall-time 3000.0 3", "BM_a/8 cpu-time 1200.0 3", "BM_b wall-time 7000000.0 1", "BM_b cpu-time 6000000.0 1",
      ])
  }

  @Test func pytest_benchmark_brings_its_commit_and_branch() throws {
    let text = """
      {"machine_info": {"node": "alpha", "cpu": {}}, "commit_info": {"id": "abc", "dirty": true, "branch": "main"},
       "benchmarks": [{"group": null, "name": "test_a", "fullname": "tests/a.py::test_a", "stats": {"median": 0.002, "rounds": 40, "mean": 0.003}}],
       "datetime": "2026-01-31T12:00:00.123456+00:00", "version": "4.0.0"}
      """
    let file = try file("p.json", text)
    #expect(file.format() == .pytestBenchmark)
    let runs = try file.runs(.pytestBenchmark)
    #expect(runs[0].run.commit == "abc+" && runs[0].run.branch == "main" && runs[0].run.startedAt == "2026-01-31T12:00:00Z")
    #expect(runs[0].points.map(\.samples) == [40])
  }

  @Test(arguments: [
    (ForeignFormat.hyperfine, "{\"results\": [{\"mean\": 1}]}", "j.json: is no JSON of hyperfine: \"command\" is missing at results[0]"),
    (.hyperfine, "{\"results\": []}", "j.json: holds no measurement"),
    (.hyperfine, "{", "j.json: is no JSON of hyperfine: it cannot be parsed"),
    (
      .googleBenchmark, "{\"context\": {}, \"benchmarks\": [{\"name\": \"a\", \"real_time\": \"x\", \"cpu_time\": 1}]}",
      "j.json: is no JSON of google-benchmark: a value of another type at benchmarks[0].real_time"
    ),
    (
      .googleBenchmark, "{\"context\": {}, \"benchmarks\": [{\"name\": \"a\", \"real_time\": 1, \"cpu_time\": 1, \"time_unit\": \"h\"}]}",
      "j.json: a: \"h\" is no time_unit of google-benchmark"
    ),
  ])
  func bad_json_is_one_line_with_its_place(format: ForeignFormat, text: String, line: String) {
    #expect(complaint { _ = try file("j.json", text).runs(format) } == line)
  }

  @Test func what_is_no_tools_file_has_no_format() throws {
    #expect(try file("x.json", "{\"version\": 2, \"run\": {}}").format() == nil)
    #expect(try file("x.json", "[]").format() == nil)
  }

  // MARK: In the store

  @Test func importing_twice_changes_nothing_and_histories_follow_branches() throws {
    let store = try Store(at: folder.path + "/harness.sqlite")
    func runs(_ branch: String, _ days: ClosedRange<Int>, _ value: Double) throws -> [RecordedRun] {
      let rows = days.map { "2026-01-\($0 < 10 ? "0" : "")\($0),\(value)\n" }.joined()
      return try file("\(branch).csv", "date,value_ms\n" + rows, options: ForeignOptions(scenario: "s", branch: branch)).runs(.csv)
    }
    let main = try runs("main", 1...6, 1)
    #expect(try store.importRuns(main) == 6)
    #expect(try store.importRuns(main) == 0)
    #expect(try store.importRuns(try runs("faster", 4...5, 0.5)) == 2)
    // The branch left main on the third day.
    try store.setStart(BranchStart(branch: "faster", parent: "main", run: main[2].run.id))
    let history = try store.history(onBranch: "faster", metric: "value")
    #expect(history.map(\.run.branch) == ["main", "main", "main", "faster", "faster"])
    #expect(history.flatMap(\.points).map(\.value) == [1e6, 1e6, 1e6, 5e5, 5e5])
    #expect(try store.history(onBranch: nil).count == 8)
    #expect(try store.history(onBranch: "main").count == 6)
    #expect(try store.branches() == ["main", "faster"])
    #expect(try store.recordedMetrics() == ["value"])
    #expect(complaint { try store.setStart(BranchStart(branch: "main", parent: "faster", run: nil)) }?.contains("cannot begin on") == true)
    #expect(try store.runsWithoutPoints().isEmpty)
    // A run that was imported is no run that can be reported on, but it is listed.
    #expect(try store.runs().count == 8)
  }
}
