import Foundation
import Observations
import Testing

@testable import Coordinator

@Suite struct PlannerTests {
  private let folder = TemporaryFolder()
  private var checkout: Checkout { Checkout(bin: folder.path, root: folder.path) }

  private func plan(_ text: String, _ options: PlanOptions = PlanOptions(), catalog used: RuntimeCatalog = catalog()) throws -> Plan {
    for guest in ["hello", "noop"] {
      folder.file("guests/\(guest).wasm", "\0asm")
      folder.file(".build/guests/native/\(guest)", "", mode: 0o755)
    }
    let scenario = try ScenarioReader.read(folder.file("s.yaml", text), checkout: checkout, catalog: used)
    return try Planner(checkout: checkout, catalog: used, now: Date(timeIntervalSince1970: 1_769_860_800)).plan(scenario, options: options)
  }

  private let small = "name: s\nblocks: 30\nruntimes: [interpreter, native, runc]\nworkloads: [{guest: hello}, {guest: noop}]\n"

  @Test func blocks_go_round_the_workloads() throws {
    let plan = try plan(small, PlanOptions(blocks: 2, seed: 5))
    #expect(plan.blocks.map { "\($0.workload) \($0.index)" } == ["hello 0", "noop 0", "hello 1", "noop 1"])
    #expect(plan.trials(in: plan.blocks) == 12)
    #expect(plan.run.seed == 5)
    #expect(plan.run.id.hasPrefix("s-20260131-120000-"))
    #expect(plan.run.command == "harness run \(folder.path)/s.yaml --blocks 2 --seed 5")
  }

  @Test func words_for_a_shell_end_where_they_should() {
    #expect(shellWord("a-b_c/d.e:f") == "a-b_c/d.e:f")
    #expect(shellWord("") == "''")
    #expect(shellWord("it's") == "'it'\\''s'")
    // With a mark behind it an apostrophe is another character.
    let (word, expected) = (shellWord("'\u{301}; x"), "''\\''\u{301}; x'")
    #expect(word.unicodeScalars.elementsEqual(expected.unicodeScalars))
  }

  @Test func a_precision_is_planned_unless_somebody_says_how_many_blocks() throws {
    let precise = small + "precision: 1 %\nmaximumBlocks: 40\n"
    let run = try plan(precise, PlanOptions(seed: 5)).run
    #expect(run.blocks == 30 && run.precision == 0.01 && run.maximumBlocks == 40)
    #expect(run.command == "harness run \(folder.path)/s.yaml --seed 5", "the number of blocks is the scenario's to find again")
    for options in [PlanOptions(blocks: 7), PlanOptions(quick: true)] {
      let run = try plan(precise, options).run
      #expect(run.precision == nil && run.maximumBlocks == nil)
    }
    #expect(try plan(small).run.precision == nil)
  }

  @Test func quick_means_ten_blocks_and_every_arm() throws {
    let plan = try plan(small, PlanOptions(quick: true))
    #expect(plan.run.blocks == 10)
    #expect(plan.workloads.allSatisfy { $0.arms == ["interpreter", "native", "runc"] })
    #expect(try self.plan(small.replacing("30", with: "4"), PlanOptions(quick: true)).run.blocks == 4)
  }

  @Test func a_drawn_seed_is_kept_and_fits_every_json_reader() throws {
    let seeds = try (0..<20).map { _ in try plan(small).run.seed }
    #expect(Set(seeds).count > 1)
    #expect(seeds.allSatisfy { $0 < 1 << 53 })
  }

  @Test func chosen_runtimes_replace_the_scenarios_and_the_baseline_follows() throws {
    let plan = try plan(small, PlanOptions(runtimes: ["native", "interpreter"]))
    #expect(plan.runtimes.map(\.name) == ["native", "interpreter"])
    #expect(plan.run.baseline == "native")
    #expect(
      failure { _ = try self.plan(small, PlanOptions(runtimes: ["nativ"])) }?.lines == [
        "--runtimes: unknown runtime \"nativ\" (did you mean native?)"
      ])
  }

  @Test func a_missing_runtime_is_told_and_the_rest_goes_on() throws {
    var used = catalog()
    used.entries[0].executable = ["/nowhere/wvm"]
    used.entries[0].get = "swift build"
    let plan = try plan(small, catalog: used)
    #expect(plan.unavailable == [Unavailable(runtime: "interpreter", reason: "not found (looked for /nowhere/wvm)", remedy: "swift build")])
    #expect(plan.workloads[0].arms == ["native", "runc"])
  }

  @Test func without_any_runtime_nothing_is_measured() throws {
    var used = catalog(["interpreter"])
    used.entries[0].executable = ["/nowhere/wvm"]
    let text = "name: s\nruntimes: [interpreter]\nworkloads: [{guest: hello}]\n"
    #expect(failure { _ = try plan(text, catalog: used) }?.reason == .nothingToMeasure)
  }

  @Test func an_absent_native_build_is_told_with_the_command_that_makes_it() throws {
    folder.file("guests/lonely.wasm", "\0asm")
    let error = failure { _ = try plan("name: s\nruntimes: [native]\nworkloads: [{guest: lonely}]\n") }
    #expect(error?.reason == .missing)
    #expect(error?.lines.first?.hasSuffix("make it: scripts/build-guests native") == true)
  }

  @Test func an_absent_native_build_leaves_out_only_what_would_run_it() throws {
    folder.file("guests/lonely.wasm", "\0asm")
    let lonely = folder.path + "/.build/guests/native/lonely"
    let alone = try plan("name: s\nruntimes: [interpreter, native]\nworkloads: [{guest: lonely}]\n")
    #expect(alone.workloads.map(\.arms) == [["interpreter"]])
    #expect(
      alone.unavailable == [
        Unavailable(runtime: "native", reason: "\(lonely): the native build of lonely is absent", remedy: "scripts/build-guests native")
      ])
    let beside = try plan("name: s\nruntimes: [interpreter, native]\nworkloads: [{guest: lonely}, {guest: hello}]\n")
    #expect(beside.workloads.map(\.arms) == [["interpreter"], ["interpreter", "native"]])
    #expect(beside.unavailable.isEmpty)
    #expect(
      beside.notes == [
        "lonely is not run in native: \(lonely): the native build of lonely is absent; make it: scripts/build-guests native"
      ])
  }

  @Test func a_workload_with_variables_is_not_run_where_they_would_be_lost() throws {
    let text = "name: s\nruntimes: [interpreter, native, runc]\nworkloads: [{guest: hello, environment: {COLOUR: blue}}]\n"
    let plan = try plan(text)
    #expect(plan.workloads[0].arms == ["native", "runc"], "a native program has the environment of its process or container")
    #expect(
      plan.notes == [
        "interpreter is left out: its command has no {environment:…} to hand variables over, which hello needs"
      ])
    let beside = try self.plan(text.replacing("}}]", with: "}}, {guest: noop}]"))
    #expect(
      beside.notes == ["hello is not run in interpreter, whose command has no {environment:…} to hand the workload's variables over"])
    var used = catalog()
    used.entries[0].command = ["{executable}", "{environment:--env=KEY=VALUE}", "{module}"]
    #expect(try self.plan(text, catalog: used).workloads[0].arms == ["interpreter", "native", "runc"])
  }

  // MARK: --guests DIR

  private let template = "name: s\nruntimes: [interpreter, native]\nguests: {directory: .}\nsubtract: noop\nworkloads: [{guest: noop}]\n"

  @Test func modules_of_a_folder_become_workloads_with_the_answers_beside_them() throws {
    folder.file("suite/bz2/benchmark.wasm", "\0asm")
    folder.file("suite/bz2/benchmark.stdout.expected", "bz2 ok\n")
    folder.file("suite/shootout/sieve.wasm", "\0asm")
    folder.file("suite/shootout/default.stdout.expected", "fine\n")
    folder.file("suite/plain.wasm", "\0asm")
    folder.file("suite/plain.expected", "plain\n")
    folder.file("suite/unchecked.wasm", "\0asm")
    folder.file("suite/noop/benchmark.wasm", "\0asm")
    let plan = try plan(template, PlanOptions(guests: folder.path + "/suite"))
    #expect(plan.workloads.map(\.name) == ["noop", "bz2", "noop-guest", "plain", "sieve", "unchecked"])
    #expect(plan.workloads.map(\.expected.output) == [nil, "bz2 ok\n", nil, "plain\n", "fine\n", nil])
    #expect(plan.workloads[1].directory == WorkingDirectory(host: folder.path + "/suite/bz2", guest: "."))
    #expect(plan.workloads[1].arms == ["interpreter"], "a module has no native twin")
    #expect(plan.run.subtract == "noop")
  }

  @Test func a_scenario_with_workloads_of_its_own_needs_no_folder() throws {
    let text = template.replacing("[{guest: noop}]", with: "[{guest: noop}, {guest: hello}]")
    #expect(try plan(text).workloads.map(\.name) == ["noop", "hello"])
    folder.file("suite/more.wasm", "\0asm")
    #expect(try plan(text, PlanOptions(guests: folder.path + "/suite")).workloads.map(\.name) == ["noop", "hello", "more"])
  }

  @Test func guests_folders_that_cannot_work_are_refused() throws {
    #expect(failure { _ = try plan(template) }?.reason == .usage)
    #expect(failure { _ = try plan(small, PlanOptions(guests: folder.path)) }?.reason == .usage)
    #expect(failure { _ = try plan(template, PlanOptions(guests: "/nowhere")) }?.lines == ["--guests /nowhere: no such folder"])
    folder.file("bench/a.wasm", "\0asm....\u{5}bench\u{5}start....")
    let error = failure { _ = try plan(template, PlanOptions(guests: folder.path + "/bench")) }
    #expect(error?.reason == .badData)
    #expect(error?.lines.first?.contains("imports bench.start") == true)
  }

  @Test func modules_that_cannot_be_taken_are_named_not_left_out() throws {
    let suite = folder.path + "/suite"
    folder.file("suite/good.wasm", "\0asm")
    folder.file("suite/below/good-too.wasm", "\0asm")
    try FileManager.default.createSymbolicLink(atPath: suite + "/gone.wasm", withDestinationPath: "/nowhere")
    mkfifo(suite + "/below/pipe.wasm", 0o644)
    let latin: [UInt8] = Array("\(suite)/caf".utf8) + [0xE9] + Array(".wasm".utf8) + [0]
    latin.withUnsafeBytes { _ = close(creat($0.baseAddress!.assumingMemoryBound(to: CChar.self), 0o644)) }
    let error = failure { _ = try plan(template, PlanOptions(guests: suite)) }
    #expect(error?.reason == .badData)
    #expect(
      error?.lines.map { $0.replacing(suite, with: "") } == [
        "/below/pipe.wasm: no file; remove it", "/caf\\xE9.wasm: its path is not UTF-8 text; rename it",
        "/gone.wasm: a link to nothing; mend or remove it",
      ])
  }

  @Test func a_runtime_that_cannot_map_folders_is_left_out_of_workloads_that_need_it() throws {
    var used = catalog()
    used.entries[0].mapsFolders = false
    let plan = try plan("name: s\nruntimes: [interpreter, native]\nworkloads: [{guest: hello, folders: [/data]}]\n", catalog: used)
    #expect(plan.workloads[0].arms == ["native"])
    #expect(plan.notes == ["interpreter is left out: it cannot map folders, which hello needs"])
  }

  // MARK: Runtimes that run nothing

  @Test func a_runtime_that_runs_nothing_is_told_in_one_line() throws {
    for name in ["a", "b", "c", "d", "e"] { folder.file("suite/\(name).wasm", "\0asm") }
    let text = template.replacing("subtract: noop\n", with: "").replacing("guest: noop", with: "guest: noop, runtimes: [interpreter]")
    let plan = try plan(text, PlanOptions(guests: folder.path + "/suite"))
    #expect(plan.runtimes.map(\.name) == ["interpreter"])
    #expect(
      plan.notes == ["native is left out: the scenario has noop for other runtimes; there is no native program of a, b and 3 more"])
    let error = failure { _ = try self.plan(text, PlanOptions(runtimes: ["native"], guests: folder.path + "/suite")) }
    #expect(error?.reason == .nothingToMeasure)
    #expect(error?.lines.last == plan.notes[0])
  }

  private let scripts = "name: s\nruntimes: [interpreter, native]\nconformance: {suite: spec, proposals: [{name: core}]}\n"

  private func ofSuite(_ names: [String]? = nil, expectations: [String: String] = [:]) -> PlanOptions {
    for name in ["a", "b"] { folder.file("spec/\(name).wast", "") }
    var options = PlanOptions()
    options.suite.folder = folder.path + "/spec"
    options.suite.names = names
    options.suite.expectations = expectations
    return options
  }

  @Test func a_runtime_without_a_command_for_scripts_is_told() throws {
    var used = catalog()
    used.entries[0].scriptCommand = ["{executable}", "{source}"]
    let plan = try plan(scripts, ofSuite(), catalog: used)
    let why = "native is left out: it has no command for scripts (\"scripts\" in scenarios/runtimes.yaml)"
    #expect(plan.workloads.map(\.arms) == [["interpreter"], ["interpreter"]])
    #expect(plan.notes == [why])
    var options = ofSuite()
    options.runtimes = ["native"]
    let error = failure { _ = try self.plan(scripts, options, catalog: used) }
    #expect(error?.reason == .nothingToMeasure)
    #expect(error?.lines == ["\(folder.path)/s.yaml: no runtime can run any of its workloads here", why])
  }

  @Test func a_suite_that_only_an_expectations_file_knows_is_told() throws {
    var used = catalog()
    used.entries[0].scriptCommand = ["{executable}", "{source}"]
    let known = folder.file(
      "known.toml", "[[suite]]\nname = \"cor\"\n[[suite]]\nname = \"core\"\n[[suite.test]]\nname = \"a\"\naction = \"skip\"\n")
    let options = ofSuite(expectations: ["interpreter": known])
    let plan = try plan(scripts.replacing(", native", with: ""), options, catalog: used)
    #expect(plan.notes == ["\(known):2:1: there is no suite \"cor\" here, and what is said of it is passed over (suites: core)"])
    let error = failure {
      _ = try self.plan(
        scripts.replacing(", native", with: ""), ofSuite(["a"], expectations: ["interpreter": known]), catalog: used)
    }
    #expect(error?.lines.contains("interpreter is left out: core/a: the expectations file says so") == true, "\(error?.lines ?? [])")
  }

  @Test func what_failed_in_the_plan_is_stored_with_it() throws {
    var used = catalog()
    used.entries[0].scriptCommand = ["{executable}", "{source}"]
    var plan = try plan(scripts, ofSuite(), catalog: used)
    let failed = [TestedAssertion(outcome: .fail, detail: "b.wast cannot be converted: no")]
    plan.failed = [TestedAssertions(run: plan.run.id, attempt: 0, workload: "core/b", runtime: "interpreter", assertions: failed)]
    let store = try Store(at: folder.path + "/harness.sqlite")
    try store.create(plan)
    #expect(try store.results(of: plan.run.id).assertions == plan.failed)
    plan.run.id += "x"
    plan.failed[0].runtime = "nobody"
    #expect(failure { try store.create(plan) }?.reason == .defect)
  }
}
