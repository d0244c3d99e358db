import Foundation
import Observations
import TestSupport
import Testing

@testable import Coordinator

/// `gate`, `compare`, `export` and `import` as a script meets them: what they write and the exit code they end with.
@Suite struct GateCommandTests {
  private let scratch: Scratch
  private var results: String { scratch.path("results") }

  init() throws { scratch = try Scratch() }

  private func store(
    _ run: String, _ milliseconds: [Double], outcome: Outcome = .passed, branch: String = "main", cpu: String = "cpu",
    in folder: String? = nil, finished: Bool = true, detail: String = "it said no"
  ) throws {
    try StoredRun.store(
      run, milliseconds, outcome: outcome, branch: branch, cpu: cpu, in: folder ?? results, finished: finished, detail: detail)
  }

  private func harness(_ arguments: [String]) throws -> Command.Outcome {
    try Command(Product.path("harness"), arguments, in: scratch.path("")).run()
  }

  private func gate(_ baseline: String, _ candidate: String, _ more: String...) throws -> Command.Outcome {
    try harness(["gate", "--baseline", baseline, "--candidate", candidate, "--results", results] + more)
  }

  /// About ten milliseconds, different in every block.
  private func times(_ factor: Double = 1) -> [Double] { (0..<20).map { factor * (10 + 0.01 * Double(($0 * 7) % 20)) } }

  /// Every kind of page is fit for readers who do not see or point, and asks for nothing from elsewhere.
  @Test func pages_of_all_kinds_pass_the_check() throws {
    defer { scratch.remove() }
    try store("before", times())
    try store("after", times(1.1))
    let where_ = ["--results", results]
    #expect(try harness(["report", "after", "--html", scratch.path("run")] + where_).status == 0)
    #expect(try harness(["compare", "before", "after", "--html", scratch.path("compare")] + where_).status == 0)
    #expect(try harness(["gate", "--baseline", "before", "--candidate", "after", "--html", scratch.path("gate")] + where_).status == 1)
    #expect(try harness(["history", "wall-time", "--html", scratch.path("history")] + where_).status == 0)
    let pages = ["run", "compare", "gate", "history"].map { scratch.path($0) + "/index.html" }
    let check = try Command("\(Checkout.top)/scripts/check-pages", pages).run()
    #expect(check.status == 0 && check.output.contains("pages: 4 checked, 0 problem(s)"), "\(check.output)\(check.errors)")
    let drawn = try harness(["report", "after", "--gnuplot", scratch.path("plots"), "--draw"] + where_)
    if Command.find("gnuplot") != nil {
      #expect(drawn.status == 0, "\(drawn.errors)")
      let png = try Data(contentsOf: URL(fileURLWithPath: scratch.path("plots/distribution-hello-wall-time.png")))
      #expect(png.starts(with: [0x89, 0x50, 0x4E, 0x47]))
      #expect(try String(contentsOfFile: scratch.path("plots/distribution-hello-wall-time.svg"), encoding: .utf8).contains("<svg"))
    } else {
      #expect(drawn.status == 73 && drawn.errors.contains("gnuplot is not installed"))
    }
    let ratios = [
      ["compare", "before", "after", "--gnuplot", scratch.path("ratios"), "--draw"],
      ["gate", "--baseline", "before", "--candidate", "after", "--gnuplot", scratch.path("limits"), "--draw"],
    ]
    if Command.find("gnuplot") != nil {
      for arguments in ratios { #expect([0, 1].contains(try harness(arguments + where_).status)) }
      for folder in ["ratios", "limits"] {
        let png = try Data(contentsOf: URL(fileURLWithPath: scratch.path("\(folder)/ratios-wall-time.png")))
        #expect(png.starts(with: [0x89, 0x50, 0x4E, 0x47]))
        #expect(try String(contentsOfFile: scratch.path("\(folder)/ratios-wall-time.gp"), encoding: .utf8).contains("set logscale x"))
      }
    }
    #expect(FileManager.default.fileExists(atPath: scratch.path("gate/plots/ratios-wall-time.dat")))
    let compare = try String(contentsOfFile: pages[1], encoding: .utf8), gate = try String(contentsOfFile: pages[2], encoding: .utf8)
    #expect(compare.contains("hello: native 1.10 from 1.10 to 1.10") || compare.contains("native 1.1"))
    #expect(gate.contains("FAIL: 1 regression") && gate.contains("stroke-dasharray"))
  }

  @Test func equal_runs_pass_with_0() throws {
    defer { scratch.remove() }
    try store("before", times())
    try store("after", times())
    let outcome = try gate("before", "after")
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output.hasPrefix("PASS: no regression in 1 comparison\n"))
    #expect(outcome.output.contains("Not confirmed by a second measurement: stored runs cannot be measured again."))
    #expect(outcome.output.contains("harness aa"), "no proof of this machine is stored")
  }

  @Test func a_regression_is_1_and_every_file_says_so() throws {
    defer { scratch.remove() }
    try store("before", times())
    try store("after", times(1.1))
    let outcome = try gate(
      "before", "after", "--junit", scratch.path("gate.xml"), "--markdown", scratch.path("comment.md"), "--csv",
      scratch.path("gate.csv"), "--annotations", "github")
    #expect(try String(contentsOfFile: scratch.path("gate.csv"), encoding: .utf8).contains(",REGRESSION,"))
    #expect(outcome.status == 1, "\(outcome.errors)")
    #expect(outcome.output.contains("::error file=scenarios/s.yaml,title=REGRESSION::hello in native"))
    #expect(try String(contentsOfFile: scratch.path("gate.xml"), encoding: .utf8).contains("<failure type=\"REGRESSION\""))
    #expect(try String(contentsOfFile: scratch.path("comment.md"), encoding: .utf8).hasPrefix("### ❌ FAIL: 1 regression"))
    let json = try gate("before", "after", "--json", "--annotations", "gitlab")
    #expect(json.status == 1)
    #expect(try JSONSerialization.jsonObject(with: Data(json.output.utf8)) is [String: Any])
    #expect(FileManager.default.fileExists(atPath: scratch.path("gl-code-quality-report.json")))
    #expect(try gate("before", "after", "--max-regression", "20%").status == 0)
    #expect(try gate("before", "after", "--max-regression", "wall-time=20%").status == 0)
    #expect(try gate("before", "after", "--metric", "peak-memory").status == 0)
  }

  @Test func failed_trials_are_1_whatever_the_machine() throws {
    defer { scratch.remove() }
    try store("before", times())
    try store("after", times(), outcome: .crashed, cpu: "another")
    #expect(try gate("before", "after", "--allow-inconclusive").status == 1)
  }

  @Test func one_trial_and_another_machine_are_3_or_0_where_that_is_allowed() throws {
    defer { scratch.remove() }
    try store("before", times())
    try store("single", [10])
    try store("elsewhere", times(), cpu: "another")
    for candidate in ["single", "elsewhere"] {
      #expect(try gate("before", candidate).status == 3, "\(candidate)")
      #expect(try gate("before", candidate, "--allow-inconclusive").status == 0, "\(candidate)")
    }
    #expect(try gate("before", "elsewhere").output.contains("CPU: cpu → another"))
  }

  @Test func a_run_without_a_trial_is_4() throws {
    defer { scratch.remove() }
    try store("before", times())
    try store("empty", [], finished: false)
    let outcome = try gate("before", "empty")
    #expect(outcome.status == 4)
    #expect(outcome.output.hasPrefix("NOTHING MEASURED: the candidate empty has no trial that counts"))
  }

  @Test(arguments: ["nowhere", "branch:feature", "none.json", "branch:"])
  func a_missing_baseline_is_65_in_one_line(baseline: String) throws {
    defer { scratch.remove() }
    try store("after", times())
    let outcome = try gate(baseline, "after")
    #expect(outcome.status == 65)
    #expect(outcome.errors.split(separator: "\n").count == 1, "\(outcome.errors)")
    #expect(outcome.output.isEmpty)
  }

  @Test func no_database_at_all_is_65_too() throws {
    defer { scratch.remove() }
    #expect(try gate("branch:main", "latest").status == 65)
  }

  @Test func readings_of_a_broken_worker_are_65_and_no_crash() throws {
    defer { scratch.remove() }
    try store("before", times())
    try store("after", times() + [-900])
    let outcome = try gate("before", "after")
    #expect(outcome.status == 65)
    #expect(outcome.errors.contains("1 trial(s) end before they begin, or take no time at all (the first in hello in native)"))
  }

  @Test func no_time_at_all_is_65_and_passes_nothing() throws {
    defer { scratch.remove() }
    try store("before", times(0))
    try store("after", times(0))
    #expect(try gate("before", "after").status == 65)
  }

  @Test func what_no_run_has_is_64() throws {
    defer { scratch.remove() }
    try store("before", times())
    try store("after", times())
    let typo = try gate("before", "after", "--runtimes", "nativ")
    #expect(typo.status == 64)
    #expect(typo.errors.contains("no runtime \"nativ\"") && typo.errors.contains("native"))
    #expect(try gate("before", "after", "--metric", ",").status == 64)
    #expect(try gate("before", "after", "--runtimes", ",").status == 64)
    #expect(try harness(["compare", "before", "after", "--results", results, "--runtimes", "nativ"]).status == 64)
  }

  @Test func the_newest_run_of_a_branch_is_the_baseline() throws {
    defer { scratch.remove() }
    try store("main-1", times(1.5))
    try store("main-2", times())
    try store("feature-1", times(), branch: "feature")
    let outcome = try gate("branch:main", "feature-1")
    #expect(outcome.status == 0, "\(outcome.output)")
    #expect(outcome.output.contains("baseline main-2 on main"))
  }

  @Test func a_newer_run_of_another_machine_is_no_baseline_where_there_is_one_of_this() throws {
    defer { scratch.remove() }
    try store("main-1", times())
    try store("main-2", times(1.5), cpu: "another")
    try store("main-3", times())
    let outcome = try gate("branch:main", "main-3")
    #expect(outcome.status == 0, "\(outcome.output)")
    #expect(outcome.output.contains("baseline main-1 on main"))
  }

  @Test(arguments: [
    ([], "what is to be judged? Give --base PATH --head PATH SCENARIO.yaml, or --baseline RUN --candidate RUN"),
    (["--base", "a"], "two builds are judged with --base PATH --head PATH SCENARIO.yaml; one of the three is missing"),
    (["--baseline", "a", "--candidate", "b", "--blocks", "9"], "--runtime, --blocks and --seed are for builds"),
    (
      ["--baseline", "a", "--candidate", "b", "--max-regression", "3"],
      "--max-regression 3: must be a percentage, for instance 3% or peak-memory=5%"
    ),
    (["--baseline", "a", "--candidate", "b", "--metric", "walltime"], "unknown metric \"walltime\" (did you mean wall-time?)"),
    (["--baseline", "a", "--candidate", "b", "--annotations", "jenkins"], "--annotations jenkins: must be github, gitlab or gitlab=FILE"),
    (
      ["--baseline", "a", "--candidate", "b", "--json", "--junit", "-"],
      "standard output takes one of --json, --markdown -, --csv - and --junit -"
    ),
  ])
  func bad_usage_is_one_line_and_64(arguments: [String], words: String) throws {
    defer { scratch.remove() }
    let outcome = try harness(["gate"] + arguments)
    #expect(outcome.status == 64)
    #expect(outcome.errors.split(separator: "\n").count == 1)
    #expect(outcome.errors.contains(words), "\(outcome.errors)")
  }

  @Test func a_run_goes_through_a_file_and_is_judged_from_it() throws {
    defer { scratch.remove() }
    let there = scratch.path("there")
    try store("before", times())
    try store("after", times(1.1), in: there)
    #expect(try harness(["export", "before", "-o", "main.json", "--results", results]).status == 0)
    #expect(try harness(["gate", "--baseline", "main.json", "--candidate", "latest", "--results", there]).status == 1)
    let first = try harness(["import", "main.json", "--results", there])
    #expect(first.output == "before: 20 trial(s) added, 0 known already\n", "\(first.errors)")
    #expect(try harness(["import", "main.json", "--results", there]).output == "before: 0 trial(s) added, 20 known already\n")
    let comparison = try harness(["compare", "before", "after", "--results", there])
    #expect(comparison.status == 0)
    #expect(comparison.output.contains("1.10"))
    let json = try harness(["export", "before", "--results", results])
    #expect(try JSONSerialization.jsonObject(with: Data(json.output.utf8)) is [String: Any])
    try Data("{\"format\":\"harness run\",\"version\":1".utf8).write(to: URL(fileURLWithPath: scratch.path("cut.json")))
    #expect(try harness(["import", "cut.json", "--results", there]).status == 65)
  }

  @Test func compare_refuses_other_machines_and_says_why() throws {
    defer { scratch.remove() }
    try store("before", times())
    try store("elsewhere", times(), cpu: "another")
    let outcome = try harness(["compare", "before", "elsewhere", "--results", results])
    #expect(outcome.status == 3)
    #expect(outcome.output.contains("20/20"))
    #expect(outcome.errors.contains("error: the runs cannot be compared: CPU: cpu → another"))
    #expect(try harness(["compare", "before", "--results", results]).status == 4, "one runtime has nothing beside it")
    #expect(try harness(["compare", "before", "--baseline", "nativ", "--results", results]).status == 64)
    #expect(try harness(["compare", "a", "b", "c"]).status == 64)
    let markdown = try harness(["compare", "before", "before", "--markdown", "-", "--results", results])
    #expect(markdown.output.contains("| --- | ---: |"))
  }

  @Test func a_comparison_goes_into_every_form() throws {
    defer { scratch.remove() }
    try store("before", times())
    try store("after", times(1.1))
    let outcome = try harness(
      ["compare", "before", "after", "--csv", scratch.path("c.csv"), "--junit", scratch.path("c.xml"), "--results", results])
    #expect(outcome.status == 0, "a comparison judges nothing")
    #expect(outcome.output.contains("slower"), "tables go on being printed beside files")
    #expect(try String(contentsOfFile: scratch.path("c.csv"), encoding: .utf8).contains(",more,\n"))
    let junit = try String(contentsOfFile: scratch.path("c.xml"), encoding: .utf8)
    #expect(junit.contains("tests=\"1\" failures=\"1\"") && junit.contains("<failure type=\"slower\""), "\(junit)")
    let printed = try harness(["compare", "before", "after", "--junit", "-", "--results", results])
    #expect(printed.output.hasPrefix("<?xml") && printed.output.hasSuffix("</testsuites>\n"))
    #expect(try harness(["compare", "before", "after", "--junit", "-", "--json", "--results", results]).status == 64)
    let report = try harness(["report", "after", "--junit", "-", "--results", results])
    #expect(report.status == 0 && report.output.contains("<testcase classname=\"hello.native\" name=\"answers\""), "\(report.output)")
  }

  @Test func nothing_could_be_compared_is_4_although_there_are_rows() throws {
    defer { scratch.remove() }
    try store("before", times())
    try store("crashed", times(), outcome: .crashed)
    let outcome = try harness(["compare", "before", "crashed", "--results", results])
    #expect(outcome.status == 4)
    #expect(outcome.output.hasPrefix("There is nothing to compare."))
    #expect(outcome.errors == "error: nothing to compare: hello in native, wall-time: no trial of the candidate passed\n")
  }

  @Test func what_neither_run_counted_is_the_reason_for_4() throws {
    defer { scratch.remove() }
    try store("before", times())
    try store("after", times())
    let outcome = try gate("before", "after", "--metric", "instructions")
    #expect(outcome.status == 4)
    let reason = "NOTHING MEASURED: neither side counted processor instructions in user mode in native: it was not asked for"
    #expect(outcome.output.replacing("\n", with: " ").hasPrefix(reason), "\(outcome.output)")
  }

  @Test func a_colour_terminal_gets_colours() throws {
    defer { scratch.remove() }
    try store("before", times())
    try store("after", times(1.1))
    for (arguments, status) in [(["compare", "before", "after"], 0), (["gate", "--baseline", "before", "--candidate", "after"], 1)] {
      let outcome = try Command(Product.path("harness"), arguments + ["--results", results], in: scratch.path("")).runOnTerminal()
      #expect(outcome.status == Int32(status))
      #expect(outcome.output.contains("\u{1B}[31m"), "\(outcome.output)")
      #expect(!outcome.output.contains("\u{FFFD}"))
    }
  }

  @Test func words_of_a_guest_are_no_workflow_commands() throws {
    defer { scratch.remove() }
    try store("before", times())
    try store("after", times(), outcome: .crashed, detail: String(repeating: "x", count: 90) + " ::stop-commands::x ##[stop-commands]x")
    func lines(_ more: String...) throws -> [Substring] {
      let arguments = ["gate", "--baseline", "before", "--candidate", "after", "--results", results] + more
      return try harness(arguments).output.split(separator: "\n").map { $0.drop(while: \.isWhitespace) }
    }
    #expect(try lines().contains { $0.hasPrefix("::stop-commands::x") }, "otherwise this tests nothing")
    let annotated = try lines("--annotations", "github")
    #expect(annotated.filter { $0.hasPrefix("::") }.allSatisfy { $0.hasPrefix("::error file=") || $0.hasPrefix("::warning file=") })
    #expect(annotated.contains { $0.hasPrefix("::error file=") })
    #expect(!annotated.contains { !$0.hasPrefix("::") && $0.contains("##[") })
  }

  @Test func every_exit_code_stands_where_users_of_the_gate_look() throws {
    defer { scratch.remove() }
    let help = try harness(["gate", "--help"]).output.split(separator: "\n").map { $0.drop(while: \.isWhitespace) }
    let page = try String(contentsOfFile: Checkout.top + "/Docs/ci.md", encoding: .utf8).split(separator: "\n")
    for code in CoordinatorError.Reason.allCases.map(\.rawValue) + [0, 1, 130] {
      #expect(help.contains { $0.hasPrefix("\(code) ") }, "\(code)")
      #expect(page.contains { $0.hasPrefix("| \(code) |") }, "\(code)")
    }
  }
}
