import Foundation
import TestSupport
import Testing

/// Histories as a user meets them: imported by one command, told by the next.
@Suite struct HistoryCommandTests {
  private let scratch: Scratch

  init() throws { scratch = try Scratch() }

  private func harness(_ arguments: [String]) throws -> Command.Outcome {
    try Command(Product.path("harness"), arguments + ["--results", scratch.folder], in: Checkout.top).run()
  }

  /// Sixty days, the last twenty of them slower by a tenth.
  private func importPast(branch: String = "main") throws {
    let rows = (0..<60).map { day -> String in
      let level = day < 40 ? 10.0 : 11.0
      let noise = [0.03, -0.02, 0.01, -0.04, 0.02, 0.0][day % 6]
      return "2026-0\(1 + day / 28)-\(day % 28 < 9 ? "0" : "")\(day % 28 + 1),c\(day),\(branch),hello,jit,wall-time,ms,\(level + noise)"
    }
    let text = "date,commit,branch,workload,runtime,metric,unit,value\n" + rows.joined(separator: "\n") + "\n"
    try Data(text.utf8).write(to: URL(fileURLWithPath: scratch.path("past.csv")))
    let outcome = try harness(["import", scratch.path("past.csv"), "--scenario", "startup"])
    #expect(outcome.status == 0 && outcome.output.contains("60 run(s) of csv, 60 added, 0 known already"), "\(outcome.errors)")
  }

  @Test func a_past_that_is_imported_shows_where_it_moved() throws {
    defer { scratch.remove() }
    try importPast()
    #expect(try harness(["import", scratch.path("past.csv"), "--scenario", "startup"]).output.contains("0 added, 60 known already"))
    let outcome = try harness(["history", "wall-time", "--branch", "main"])
    #expect(outcome.status == 0 && outcome.errors.isEmpty)
    #expect(outcome.output.contains("wall-time on main: 1 series of 60 runs, 2026-01-01 to 2026-03-04. 1 moved."))
    #expect(outcome.output.contains("2026-02-13  +10.0 %  10.0 → 11.0 ms"))
    #expect(outcome.output.contains("commit c40"))

    let page = scratch.path("page")
    let files = try harness(
      [
        "history", "wall-time", "--html", page, "--csv", scratch.path("h.csv"), "--markdown", scratch.path("h.md"), "--junit",
        scratch.path("h.xml"), "--gnuplot", scratch.path("g"),
      ])
    #expect(files.status == 0 && files.output.isEmpty)
    #expect(try String(contentsOfFile: page + "/index.html", encoding: .utf8).contains("▲ +10.0 %"))
    #expect(try String(contentsOfFile: scratch.path("h.csv"), encoding: .utf8).split(separator: "\n").count == 61)
    #expect(try String(contentsOfFile: scratch.path("h.md"), encoding: .utf8).contains("| 2026-02-13 |"))
    let junit = try String(contentsOfFile: scratch.path("h.xml"), encoding: .utf8)
    #expect(junit.contains("message=\"hello in jit: +10.0 % since 2026-02-13, 10.0 → 11.0 ms: "), "\(junit)")
    #expect(try harness(["history", "wall-time", "--junit", "-"]).output.hasPrefix("<?xml"))
    #expect(try harness(["history", "wall-time", "--junit", "-", "--json"]).status == 64)
    #expect(FileManager.default.fileExists(atPath: scratch.path("g/history-hello-jit-wall-time.gp")))
    #expect(FileManager.default.fileExists(atPath: page + "/plots/history-hello-jit-wall-time.dat"))

    if Command.find("gnuplot") != nil {
      #expect(try harness(["history", "wall-time", "--gnuplot", scratch.path("g"), "--draw"]).status == 0)
      let png = try Data(contentsOf: URL(fileURLWithPath: scratch.path("g/history-hello-jit-wall-time.png")))
      #expect(png.starts(with: [0x89, 0x50, 0x4E, 0x47]))
    }
    #expect(try harness(["history", "wall-time", "--draw"]).status == 64)

    for (threshold, steps) in [("20%", 0), ("20 %", 0), ("0.2 %", 1)] {
      let json = try harness(["history", "all", "--json", "--threshold", threshold])
      let document = try #require(try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
      let series = try #require(document["series"] as? [[String: Any]])
      #expect(series.count == 1 && (series[0]["steps"] as? [Any])?.count == steps, "\(threshold): \(json.errors)")
    }
  }

  /// What is exported as CSV is read back as the same history.
  @Test func a_history_goes_round() throws {
    defer { scratch.remove() }
    try importPast()
    #expect(try harness(["history", "wall-time", "--csv", scratch.path("h.csv")]).status == 0)
    let other = scratch.path("other")
    let taken = try Command(Product.path("harness"), ["import", scratch.path("h.csv"), "--results", other], in: Checkout.top).run()
    #expect(taken.output.contains("60 run(s) of csv, 60 added"), "\(taken.errors)")
    let first = try harness(["history", "wall-time", "--json"])
    let second = try Command(Product.path("harness"), ["history", "wall-time", "--json", "--results", other], in: Checkout.top).run()
    #expect(first.output == second.output)
  }

  @Test func what_is_not_there_is_said_in_one_line() throws {
    defer { scratch.remove() }
    let empty = try harness(["history", "wall-time"])
    #expect(empty.status == 4 && empty.errors.contains("holds no finished run: measure") && empty.errors.split(separator: "\n").count == 1)
    try importPast()
    let wrong = try harness(["history", "wal-time"])
    #expect(wrong.status == 64 && wrong.errors.contains("no run measured \"wal-time\"") && wrong.errors.contains("wall-time"))
    let branch = try harness(["history", "wall-time", "--branch", "mian"])
    #expect(branch.status == 64 && branch.errors.contains("--branch: no finished run on \"mian\"") && branch.errors.contains("main"))
    let none = try harness(["history", "wall-time", "--runtimes", "native"])
    #expect(none.status == 4)
    for threshold in ["5", "-5%", "%", "5 percent", "1001%", "nan%"] {
      let usage = try harness(["history", "wall-time", "--threshold=\(threshold)"])
      #expect(
        usage.status == 64 && usage.errors.contains("--threshold \(threshold): must be a percentage from 0% to 1000%, for instance 5%"),
        "\(usage.errors)")
    }
    let broken = scratch.path("broken.csv")
    try Data("date,value\nyesterday,1\n".utf8).write(to: URL(fileURLWithPath: broken))
    let refused = try harness(["import", broken])
    #expect(refused.status == 65 && refused.errors.contains("broken.csv:2: \"yesterday\" is no date"))
  }

  /// Reports are of trials, which an imported run has none of.
  @Test func an_imported_run_is_listed_and_says_what_it_is() throws {
    defer { scratch.remove() }
    try importPast()
    #expect(try harness(["list", "runs"]).output.contains("startup-20260101"))
    let report = try harness(["report", "latest"])
    #expect(report.status == 64 && report.errors.contains("was imported from csv and has no trials: harness history shows it"))
  }
}
