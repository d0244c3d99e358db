import Foundation
import TestSupport
import Testing

/// The executable itself, as a user meets it: what it says and the exit code it ends with.
@Suite struct CommandLineTests {
  private let scratch: Scratch
  private var scenarios: String { Checkout.top + "/scenarios" }

  init() throws {
    scratch = try Scratch()
  }

  private func harness(_ arguments: String...) throws -> Command.Outcome {
    try Command(Product.path("harness"), arguments, in: Checkout.top).run()
  }

  private func file(_ name: String, _ text: String) throws -> String {
    try Data(text.utf8).write(to: URL(fileURLWithPath: scratch.path(name)))
    return scratch.path(name)
  }

  /// Runs a command that must fail with one line and nothing on standard output.
  private func refusal(_ arguments: [String]) throws -> (line: String, status: Int32) {
    let outcome = try Command(Product.path("harness"), arguments, in: Checkout.top).run()
    let lines = outcome.errors.split(separator: "\n")
    #expect(lines.count == 1, "\(outcome.errors)")
    #expect(outcome.output.isEmpty)
    return (lines.first.map(String.init) ?? "", outcome.status)
  }

  @Test func every_command_explains_itself_with_an_example() throws {
    defer { scratch.remove() }
    for command in [
      [], ["run"], ["report"], ["compare"], ["gate"], ["export"], ["import"], ["list"], ["list", "runs"], ["list", "runtimes"],
      ["list", "scenarios"], ["aa"], ["doctor"], ["image"], ["image", "build"], ["conformance"], ["conformance", "spec"],
      ["conformance", "wasi"],
    ] {
      let outcome = try Command(Product.path("harness"), command + ["--help"], in: Checkout.top).run()
      #expect(outcome.status == 0)
      #expect(outcome.output.contains("EXAMPLE"), "\(command)")
      #expect(outcome.errors.isEmpty)
    }
  }

  @Test(arguments: [
    (["run"], "error: which scenario? Give its file, or --resume RUN (see: harness run --help)"),
    (["run", "--blok"], "error: Unknown option '--blok'. Did you mean '--blocks'? (see: harness run --help)"),
    (["run", "s.yaml", "--blocks", "0"], "error: --blocks 0: must be from 1 to 10000 (see: harness run --help)"),
    (
      ["run", "s.yaml", "--quick", "--blocks", "3"], "error: --quick and --blocks contradict each other; give one (see: harness run --help)"
    ),
    (["aa", "s.yaml", "--inject", "5"], "error: --inject 5: must be a percentage, for instance 5% (see: harness aa --help)"),
    (["aa", "s.yaml", "--comparisons", "0"], "error: --comparisons 0: must be from 1 to 100000 (see: harness aa --help)"),
    (["list", "runz"], "error: Unexpected argument 'runz' (see: harness list --help)"),
    (
      ["image", "build", "--wasm", "a.wasm", "-o", "a.tar"],
      "error: Missing expected argument '--name <REF>' (see: harness image build --help)"
    ),
    (["frobnicate"], "error: Unexpected argument 'frobnicate' (see: harness --help)"),
    (["runn", "a.yaml"], "error: 2 unexpected arguments: 'runn', 'a.yaml' (did you mean run?) (see: harness --help)"),
    (["histroy"], "error: Unexpected argument 'histroy' (did you mean history?) (see: harness --help)"),
  ])
  func bad_usage_is_one_line_and_64(arguments: [String], line: String) throws {
    defer { scratch.remove() }
    let refusal = try refusal(arguments)
    #expect(refusal.line == line)
    #expect(refusal.status == 64)
  }

  @Test func a_broken_scenario_is_65_with_its_place() throws {
    defer { scratch.remove() }
    let path = try file("s.yaml", "name: s\nblocks: none\nruntimes: [native]\nworkloads: [{guest: hello}]\n")
    let refusal = try refusal(["run", path])
    #expect(refusal.line.hasPrefix("error: \(path):2:9: \"blocks\" must be a whole number"))
    #expect(refusal.status == 65)
  }

  @Test func an_absent_scenario_is_65() throws {
    defer { scratch.remove() }
    #expect(try refusal(["run", "nowhere.yaml"]).status == 65)
  }

  @Test func an_absent_database_is_69_and_a_file_that_is_none_is_65() throws {
    defer { scratch.remove() }
    #expect(try refusal(["report", "latest", "--results", scratch.path("none")]).status == 69)
    let path = try file("diary.sqlite", String(repeating: "Dear diary, ", count: 400))
    #expect(try refusal(["list", "runs", "--results", path]).status == 65)
  }

  @Test func a_dry_run_prints_the_plan_and_makes_nothing() throws {
    defer { scratch.remove() }
    try #require(try buildNativeGuests())
    let outcome = try harness("run", "scenarios/startup.yaml", "--runtimes", "native", "--dry-run", "--results", scratch.path("results"))
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("30 blocks of 1 workload(s), 30 trials"))
    #expect(!FileManager.default.fileExists(atPath: scratch.path("results")))
  }

  @Test func a_run_in_the_native_runtime_is_measured_stored_and_told_again() throws {
    defer { scratch.remove() }
    try #require(try buildNativeGuests())
    let results = scratch.path("results")
    let run = try harness("run", "scenarios/startup.yaml", "--runtimes", "native", "--blocks", "6", "--results", results)
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.errors.contains("6 blocks, 6 trials"))
    let list = try harness("list", "runs", "--json", "--results", results)
    let runs = try JSONDecoder().decode([Listed].self, from: Data(list.output.utf8))
    let name = try #require(runs.first).id
    // A disturbed machine loses trials, for which there are others: up to 20 % more.
    let trials = runs[0].trials
    #expect((6...8).contains(trials) && runs[0].blocksFinished == trials && runs[0].failedTrials == 0)
    #expect(run.output.contains("\(trials)/\(trials)"))
    #expect(FileManager.default.fileExists(atPath: "\(results)/\(name)/index.html"))

    let csv = try harness("report", "latest", "--results", results, "--csv", "-")
    #expect(csv.output.split(separator: "\n").count == trials + 1)
    let resumed = try harness("run", "--resume", name, "--results", results)
    #expect(resumed.status == 0)
    #expect(try harness("report", "latest", "--results", results).output.contains("\(trials)/\(trials)"))
  }

  @Test func a_run_is_resumed_outside_the_checkout() throws {
    defer { scratch.remove() }
    try #require(try buildNativeGuests())
    let results = scratch.path("results")
    let run = try harness("run", "scenarios/startup.yaml", "--runtimes", "native", "--blocks", "1", "--results", results)
    #expect(run.status == 0, "\(run.errors)")
    // The executables somewhere else, as after an installation.
    try FileManager.default.copyItem(atPath: Product.path("harness"), toPath: scratch.path("harness"))
    try FileManager.default.createSymbolicLink(atPath: scratch.path("harness-worker"), withDestinationPath: Product.path("harness-worker"))
    func elsewhere(_ arguments: String...) throws -> Command.Outcome {
      try Command(scratch.path("harness"), arguments, in: scratch.folder).run()
    }
    let resumed = try elsewhere("run", "--resume", "latest", "--results", results)
    #expect(resumed.status == 0, "\(resumed.errors)")
    let fresh = try elsewhere("run", "startup.yaml", "--results", results)
    #expect(fresh.status == 69)
    #expect(fresh.errors.contains("run harness inside a checkout"))
  }

  @Test func a_wrong_answer_is_a_failed_trial_and_exit_code_1() throws {
    defer { scratch.remove() }
    try #require(try buildNativeGuests())
    let text = "name: wrong\nblocks: 2\nruntimes: [native]\nworkloads: [{guest: hello, expected: {output: \"good day\\n\"}}]\n"
    let run = try harness("run", try file("wrong.yaml", text), "--results", scratch.path("results"))
    #expect(run.status == 1)
    #expect(run.errors.contains("2 of 2 trials failed"))
  }

  @Test func what_a_hostile_guest_says_reaches_no_terminal() throws {
    defer { scratch.remove() }
    let guest = try file(
      "hostile", "#!/bin/sh\nprintf 'a\\033[31mb\\rc\\033]0;t\\007\\302\\2332J\\342\\200\\256d' | tee /dev/stderr\nexit 3\n")
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: guest)
    let text = "name: hostile\nblocks: 1\nruntimes: [native]\nworkloads: [{name: h, native: hostile, expected: {output: \"x\"}}]\n"
    let run = try harness("run", try file("hostile.yaml", text), "--results", scratch.path("results"))
    #expect(run.status == 1)
    #expect(run.errors.contains("failed: h in native"))
    let csv = try harness("report", "latest", "--results", scratch.path("results"), "--csv", "-")
    for text in [run.errors, run.output, csv.output] {
      #expect(!text.unicodeScalars.contains { $0 != "\n" && ($0.value < 0x20 || (0x7F..<0xA0).contains($0.value) || $0.value == 0x202E) })
    }
  }

  @Test func modules_of_a_folder_work_in_the_folder_they_lie_in() throws {
    defer { scratch.remove() }
    // `files` writes and reads files in its working folder: it answers right only where it sees one.
    let guests = scratch.path("guests")
    try FileManager.default.createDirectory(atPath: guests, withIntermediateDirectories: true)
    for name in ["files.wasm", "files.expected"] {
      try FileManager.default.copyItem(atPath: "\(Checkout.guests)/\(name)", toPath: "\(guests)/\(name)")
    }
    let run = try harness(
      "run", "scenarios/sightglass.yaml", "--guests", guests, "--runtimes", "interpreter", "--blocks", "2", "--results",
      scratch.path("results"))
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.output.contains("files"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: guests).sorted() == ["files.expected", "files.wasm"])
  }

  @Test(.enabled(if: geteuid() == 0, "containers need root"))
  func a_container_sees_the_working_folder_and_cannot_change_it() throws {
    defer { scratch.remove() }
    try #require(try buildNativeGuests())
    try FileManager.default.createDirectory(atPath: scratch.path("data"), withIntermediateDirectories: true)
    let text = """
      name: readonly
      blocks: 1
      runtimes: [runc-direct]
      workloads: [{guest: files, directory: data, expected: {output: "", exitCode: 1}}]
      """
    let run = try harness("run", try file("readonly.yaml", text), "--results", scratch.path("results"))
    #expect(run.status == 0, "\(run.errors)\(run.output)")
    #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.path("data")).isEmpty)
  }

  private struct Listed: Decodable {
    var id: String
    var blocksFinished: Int
    var trials: Int
    var failedTrials: Int
  }

  /// The native guests, built where they are not yet there.
  private func buildNativeGuests() throws -> Bool {
    if FileManager.default.isExecutableFile(atPath: Checkout.top + "/.build/guests/native/hello") { return true }
    return try Command(Checkout.guestBuilder, ["native"]).run().status == 0
  }
}
