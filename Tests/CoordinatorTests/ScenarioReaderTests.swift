import Foundation
import Observations
import Testing

@testable import Coordinator

@Suite struct ScenarioReaderTests {
  /// Reads a scenario text with a guest `hello` beside it; messages are given without the file's folder.
  private func problems(_ text: String) -> [String] {
    let folder = TemporaryFolder()
    folder.file("guests/hello.wasm", "\0asm")
    let path = folder.file("s.yaml", text)
    let checkout = Checkout(bin: folder.path, root: folder.path)
    let error = failure { _ = try ScenarioReader.read(path, checkout: checkout, catalog: catalog()) }
    return error?.lines.map { $0.replacingOccurrences(of: folder.path + "/", with: "") } ?? []
  }

  @Test func a_small_scenario_gets_every_default() throws {
    let folder = TemporaryFolder()
    let module = folder.file("guests/hello.wasm", "\0asm")
    folder.file("guests/hello.expected", "hello\n")
    let path = folder.file("s.yaml", "name: s\nruntimes: [interpreter, runc]\nworkloads:\n  - guest: hello\n")
    let scenario = try ScenarioReader.read(path, checkout: Checkout(bin: "/", root: folder.path), catalog: catalog())
    #expect(scenario.blocks == 30)
    #expect(scenario.precision == nil && scenario.maximumBlocks == 60)
    #expect(scenario.timeLimit == 60)
    #expect(scenario.cache == .warm)
    #expect(scenario.metrics == [.wallTime])
    #expect(scenario.seed == nil)
    #expect(scenario.workloads.map(\.name) == ["hello"])
    #expect(scenario.workloads[0].module == module)
    #expect(scenario.workloads[0].native == folder.path + "/.build/guests/native/hello")
    #expect(scenario.workloads[0].expected == Expectation(output: "hello\n"))
  }

  /// Besides those of the other tests one runtime on the path `tasks`, and one that holds instances.
  private func withTasks() -> RuntimeCatalog {
    var known = catalog()
    var entry = known.entries[0]
    (entry.name, entry.path) = ("runc-tasks", .tasks)
    known.entries.append(entry)
    (entry.name, entry.path, entry.command) = ("instances", .process, ["{executable}", "{instances}"])
    known.entries.append(entry)
    return known
  }

  @Test func processes_and_instances_are_held_as_containers_are() throws {
    let folder = TemporaryFolder()
    folder.file("guests/hello.wasm", "\0asm")
    folder.file("guests/hello.expected", "hello\n")
    let path = folder.file(
      "s.yaml",
      "name: s\nruntimes: [native, instances]\nworkloads:\n  - {guest: hello, name: a, density: 1000, cache: cold}\n"
        + "  - {guest: hello, name: b, density: 10000, runtimes: [instances]}\n  - {guest: hello, name: c, repeats: true, cache: hot}\n")
    let scenario = try ScenarioReader.read(path, checkout: Checkout(bin: "/", root: folder.path), catalog: withTasks())
    #expect(scenario.workloads.map(\.density) == [1000, 10_000, nil])
    #expect(scenario.workloads.map(\.cache) == [.cold, nil, .hot])
    #expect(scenario.workloads.map(\.repeats) == [false, false, true])
  }

  @Test func many_containers_are_held_or_come_and_go() throws {
    let folder = TemporaryFolder()
    folder.file("guests/hello.wasm", "\0asm")
    folder.file("guests/hello.expected", "hello\n")
    let path = folder.file(
      "s.yaml",
      "name: s\nruntimes: [runc, runc-tasks]\nworkloads:\n  - {guest: hello, name: a, density: 50, runtimes: [runc-tasks]}\n"
        + "  - {guest: hello, name: b, churn: {tasks: 20, parallel: 4}, runtimes: [runc-tasks]}\n"
        + "  - {guest: hello, name: c, churn: {tasks: 3}, runtimes: [runc-tasks]}\n  - guest: hello\n"
        + "  - {guest: hello, name: d, load: {rate: 12.5, tasks: 200}, runtimes: [runc-tasks]}\n"
        + "  - {guest: hello, name: e, load: {rate: 50, tasks: 1, parallel: 2}, runtimes: [runc-tasks]}\n")
    let scenario = try ScenarioReader.read(path, checkout: Checkout(bin: "/", root: folder.path), catalog: withTasks())
    #expect(scenario.workloads.map(\.density) == [50, nil, nil, nil, nil, nil])
    #expect(scenario.workloads.map(\.churn) == [nil, Churn(tasks: 20, parallel: 4), Churn(tasks: 3, parallel: 1), nil, nil, nil])
    #expect(scenario.workloads.map(\.load).suffix(3) == [nil, Load(rate: 12.5, tasks: 200), Load(rate: 50, tasks: 1, parallel: 2)])
  }

  @Test(arguments: [
    ("density: 0, runtimes: [runc-tasks]", "\"density\" must be a whole number from 1 to 10000 (for instance: 50), found \"0\""),
    ("density: many, runtimes: [runc-tasks]", "\"density\" must be a whole number from 1 to 10000 (for instance: 50), found \"many\""),
    (
      "density: 1001, runtimes: [runc-tasks]",
      "\"density\" is 1001, and runc-tasks takes 1000 at most: only runtimes that hold all instances in one process take more"
    ),
    (
      "density: 5, expected: {exitCode: 0, output: \"\"}, runtimes: [runc-tasks]",
      "\"density\" needs an output to expect (for instance: expected: {output: \"touched 4 MiB\\n\"}): an instance is held when it has said that"
    ),
    (
      "density: 5, repeats: true, runtimes: [runc-tasks]",
      "give \"density\" or \"repeats\", not both: repetitions are those of one process"
    ),
    ("repeats: often", "\"repeats\" must be"), ("cache: lukewarm", "\"cache\" cannot be \"lukewarm\" (known: warm, cold, hot)"),
    (
      "density: 2",
      "\"density\" needs runtimes on the path tasks or process; runc is on the path containerd: name others under the workload's \"runtimes\""
    ),
    (
      "density: 2, churn: {tasks: 2}, runtimes: [runc-tasks]",
      "give \"density\" or \"churn\", not both: an instance that is held does not come and go"
    ),
    (
      "density: 2, input: x, expected: {output: y}, runtimes: [runc-tasks]",
      "\"input\" means nothing with \"density\", whose instances wait for the end of an input that has nothing in it"
    ),
    ("churn: 5, runtimes: [runc-tasks]", "\"churn\" must be keys and values (for instance: churn: {tasks: 100, parallel: 4}), found \"5\""),
    ("churn: {parallel: 5}, runtimes: [runc-tasks]", "churn needs the key \"tasks\" (for instance: tasks: 100)"),
    ("churn: {tasks: 2, parallel: 3}, runtimes: [runc-tasks]", "\"parallel\" is 3, more than \"tasks\", which is 2"),
    ("churn: {tasks: 2, lanes: 3}, runtimes: [runc-tasks]", "unknown key \"lanes\" in churn"),
    ("load: 5, runtimes: [runc-tasks]", "\"load\" must be keys and values (for instance: load: {rate: 50, tasks: 200}), found \"5\""),
    ("load: {rate: 5}, runtimes: [runc-tasks]", "load needs the key \"tasks\" (for instance: tasks: 200)"),
    ("load: {tasks: 5}, runtimes: [runc-tasks]", "load needs the key \"rate\" (for instance: rate: 50)"),
    (
      "load: {rate: 0, tasks: 5}, runtimes: [runc-tasks]",
      "\"rate\" must be a number from 0.01 to 10000 (for instance: 50), found \"0\""
    ),
    (
      "load: {rate: fast, tasks: 5}, runtimes: [runc-tasks]",
      "\"rate\" must be a number from 0.01 to 10000 (for instance: 50), found \"fast\""
    ),
    (
      "load: {rate: 500, tasks: 5001}, runtimes: [runc-tasks]",
      "\"tasks\" must be a whole number from 1 to 5000 (for instance: 200), found \"5001\""
    ),
    (
      "load: {rate: 5, tasks: 5, parallel: 0}, runtimes: [runc-tasks]",
      "\"parallel\" must be a whole number from 1 to 64 (for instance: 1), found \"0\""
    ),
    (
      "load: {rate: 1, tasks: 100}, runtimes: [runc-tasks]",
      "\"load\" takes 99 s to begin its tasks, longer than \"timeLimit\": give that more seconds, or fewer tasks"
    ),
    (
      "load: {rate: 5, tasks: 5}, churn: {tasks: 2}, runtimes: [runc-tasks]",
      "give \"churn\" or \"load\", not both: a load begins its tasks at moments of its own"
    ),
    (
      "load: {rate: 5, tasks: 5}, density: 2, runtimes: [runc-tasks]",
      "give \"density\" or \"load\", not both: a load begins its tasks at moments of its own"
    ),
    (
      "load: {rate: 5, tasks: 5}",
      "\"load\" needs runtimes on the path tasks; runc is on the path containerd: name others under the workload's \"runtimes\""
    ),
  ])
  func a_wrong_crowd_is_refused_with_its_place(keys: String, problem: String) throws {
    let folder = TemporaryFolder()
    folder.file("guests/hello.wasm", "\0asm")
    folder.file("guests/hello.expected", "hello\n")
    let path = folder.file("s.yaml", "name: s\nruntimes: [runc, runc-tasks]\nworkloads:\n  - {guest: hello, \(keys)}\n")
    let error = try #require(
      failure { _ = try ScenarioReader.read(path, checkout: Checkout(bin: folder.path, root: folder.path), catalog: withTasks()) })
    #expect(error.lines.count == 1 && error.lines[0].hasPrefix("\(path):4:"), "\(error.lines)")
    #expect(error.lines[0].contains(problem), "\(error.lines)")
  }

  @Test func thresholds_are_fractions_by_metric() throws {
    let folder = TemporaryFolder()
    folder.file("guests/hello.wasm", "\0asm")
    let path = folder.file(
      "s.yaml", "name: s\nruntimes: [runc]\nworkloads: [{guest: hello}]\nthresholds: {wall-time: 2.5 %, peak-memory: 7%}\n")
    let scenario = try ScenarioReader.read(path, checkout: Checkout(bin: "/", root: folder.path), catalog: catalog())
    #expect(scenario.thresholds == [.wallTime: 0.025, .peakMemory: 0.07])
  }

  @Test(arguments: [
    ("3 %", "\"thresholds\" must be metrics and percentages (for instance: thresholds: {wall-time: 3 %}), found \"3 %\""),
    ("{wall-time: 3}", "\"wall-time\" must be a percentage from 0 % to 1000 % (for instance: 3 %), found \"3\""),
    ("{wall-time: -3 %}", "\"wall-time\" must be a percentage from 0 % to 1000 % (for instance: 3 %), found \"-3 %\""),
    ("{walltime: 3 %}", "unknown metric \"walltime\" (did you mean wall-time?)"),
  ])
  func a_wrong_threshold_is_refused_with_its_place(value: String, problem: String) {
    let found = problems("name: s\nruntimes: [runc]\nworkloads: [{guest: hello}]\nthresholds: \(value)\n")
    #expect(found.count == 1)
    #expect(found.first?.hasPrefix("s.yaml:4:") == true)
    #expect(found.first?.hasSuffix(problem) == true, "\(found)")
  }

  @Test func a_guests_variant_brings_its_arguments_input_and_answer() throws {
    let folder = TemporaryFolder()
    for (name, text) in [
      ("churn.wasm", "x"), ("churn-idle.arguments", "0\nkeep all\n"), ("churn-idle.expected", "none\n"), ("churn-idle.input", "in"),
    ] {
      folder.file("guests/" + name, text)
    }
    let path = folder.file(
      "s.yaml", "name: s\nruntimes: [interpreter]\nworkloads: [{guest: churn-idle}, {guest: churn-idle, name: other, arguments: [1]}]\n")
    let workloads = try ScenarioReader.read(path, checkout: Checkout(bin: "/", root: folder.path), catalog: catalog()).workloads
    #expect(workloads[0].module == folder.path + "/guests/churn.wasm")
    #expect(workloads[0].arguments == ["0", "keep all"])
    #expect(workloads[0].input == "in")
    #expect(workloads[0].expected.output == "none\n")
    #expect(workloads[1].arguments == ["1"])
    #expect(workloads[1].expected.output == nil, "the right answer belongs to the arguments it was made with")
  }

  @Test func what_no_program_can_be_given_is_refused_with_its_place() {
    let text = """
      name: s
      runtimes: [interpreter]
      workloads:
        - guest: hello
          environment: {"A=B": c, "": d, FINE: "x=y"}
          folders: ["", /../../x, a/../b, /, data, ./data, "a::b", ..., .]
      """
    #expect(
      problems(text) == [
        "s.yaml:5:19: \"A=B\" cannot name an environment variable: a name is not empty and has no \"=\"",
        "s.yaml:5:29: \"\" cannot name an environment variable: a name is not empty and has no \"=\"",
        "s.yaml:6:15: \"\" cannot be a folder of the guest: its path is not empty and has neither \"..\" nor \"::\"",
        "s.yaml:6:19: \"/../../x\" cannot be a folder of the guest: its path is not empty and has neither \"..\" nor \"::\"",
        "s.yaml:6:29: \"a/../b\" cannot be a folder of the guest: its path is not empty and has neither \"..\" nor \"::\"",
        "s.yaml:6:37: a folder of the guest cannot be its root (for instance: folders: [/data])",
        "s.yaml:6:46: folder \"./data\" is named twice",
        "s.yaml:6:54: \"a::b\" cannot be a folder of the guest: its path is not empty and has neither \"..\" nor \"::\"",
      ])
  }

  @Test(arguments: [
    (
      "name: s\nblock: 3\nruntimes: [runc]\nworkloads: [{guest: hello}]\n",
      "s.yaml:2:1: unknown key \"block\" in a scenario (did you mean blocks?)"
    ),
    (
      "name: s\nblocks: 0\nruntimes: [runc]\nworkloads: [{guest: hello}]\n",
      "s.yaml:2:9: \"blocks\" must be a whole number from 1 to 10000 (for instance: 30), found \"0\""
    ),
    (
      "name: s\nprecision: 1\nruntimes: [runc]\nworkloads: [{guest: hello}]\n",
      "s.yaml:2:12: \"precision\" must be from 0.1 % to 50.0 % (for instance: precision: 1 %), found \"1\""
    ),
    (
      "name: s\nprecision: 60 %\nruntimes: [runc]\nworkloads: [{guest: hello}]\n",
      "s.yaml:2:12: \"precision\" must be from 0.1 % to 50.0 % (for instance: precision: 1 %), found \"60 %\""
    ),
    (
      "name: s\nmaximumBlocks: 60\nruntimes: [runc]\nworkloads: [{guest: hello}]\n",
      "s.yaml:2:16: \"maximumBlocks\" means nothing without \"precision\" (for instance: precision: 1 %)"
    ),
    (
      "name: s\nblocks: 20\nprecision: 1 %\nmaximumBlocks: 10\nruntimes: [runc]\nworkloads: [{guest: hello}]\n",
      "s.yaml:4:16: \"maximumBlocks\" is 10, less than \"blocks\", which is 20"
    ),
    (
      "name: s\nblocks: 1e9\nruntimes: [runc]\nworkloads: [{guest: hello}]\n",
      "s.yaml:2:9: \"blocks\" must be a whole number from 1 to 10000 (for instance: 30), found \"1e9\""
    ),
    (
      "name: s\nblocks: 99999999999999999999\nruntimes: [runc]\nworkloads: [{guest: hello}]\n",
      "s.yaml:2:9: \"blocks\" must be a whole number from 1 to 10000 (for instance: 30), found \"99999999999999999999\""
    ),
    (
      "name: s\nblocks: \"3\"\nruntimes: [runc]\nworkloads: [{guest: hello}]\n",
      "s.yaml:2:9: \"blocks\" must be a whole number from 1 to 10000 (for instance: 30), found \"3\""
    ),
    (
      "name: s\nblocks: [3]\nruntimes: [runc]\nworkloads: [{guest: hello}]\n",
      "s.yaml:2:9: \"blocks\" must be a whole number from 1 to 10000 (for instance: 30), found a list"
    ),
    (
      "name: s\ntimeLimit: -1 s\nruntimes: [runc]\nworkloads: [{guest: hello}]\n",
      "s.yaml:2:12: \"timeLimit\" must be a time from 0.001 s to 86400 s (for instance: 60 s), found \"-1 s\""
    ),
    (
      "name: s\ntimeLimit: nan\nruntimes: [runc]\nworkloads: [{guest: hello}]\n",
      "s.yaml:2:12: \"timeLimit\" must be a time from 0.001 s to 86400 s (for instance: 60 s), found \"nan\""
    ),
    (
      "name: s\ncache: icy\nruntimes: [runc]\nworkloads: [{guest: hello}]\n",
      "s.yaml:2:8: \"cache\" cannot be \"icy\" (known: warm, cold, hot)"
    ),
    (
      "name: s\nseed: -1\nruntimes: [runc]\nworkloads: [{guest: hello}]\n",
      "s.yaml:2:7: \"seed\" must be a whole number from 0 to 9007199254740991 (for instance: 1), found \"-1\""
    ),
    ("name: s\nruntimes: [runk]\nworkloads: [{guest: hello}]\n", "s.yaml:2:12: unknown runtime \"runk\" (did you mean runc?)"),
    ("name: s\nruntimes: [runc, runc]\nworkloads: [{guest: hello}]\n", "s.yaml:2:18: runtime \"runc\" is named twice"),
    ("name: s\nruntimes: []\nworkloads: [{guest: hello}]\n", "s.yaml:2:11: \"runtimes\" names no runtime"),
    (
      "name: s\nruntimes: runc\nworkloads: [{guest: hello}]\n",
      "s.yaml:2:11: \"runtimes\" must be a list (for instance: runtimes: [interpreter, runc]), found \"runc\""
    ),
    (
      "name: s\nruntimes: [runc]\nworkloads: [{guest: helo}]\n",
      "s.yaml:3:21: no guest \"helo\" in guests or scenarios/guests (did you mean hello?)"
    ),
    (
      "name: s\nruntimes: [runc]\nworkloads: [{module: a.wasm}]\n",
      "s.yaml:3:22: no file at a.wasm (\"module\" paths are relative to the scenario file)"
    ),
    (
      "name: s\nruntimes: [runc]\nworkloads: [{guest: hello, expected: {exitCode: 256}}]\n",
      "s.yaml:3:49: \"exitCode\" must be a whole number from 0 to 255 (for instance: 0), found \"256\""
    ),
    (
      "name: s\nruntimes: [runc]\nworkloads: [{guest: hello}, {guest: hello}]\n",
      "s.yaml:3:29: two workloads are called \"hello\"; give one another \"name\""
    ),
    ("name: s\nruntimes: [runc]\nworkloads: []\n", "s.yaml:3:12: \"workloads\" holds no workload"),
    ("name: s\nruntimes: [runc]\n", "s.yaml:1:1: a scenario needs the key \"workloads\" (for instance: workloads: [{guest: hello}])"),
    (
      "name: ../etc\nruntimes: [runc]\nworkloads: [{guest: hello}]\n",
      "s.yaml:1:7: \"name\" may hold letters, digits, - _ and ., at most 64 and starting with a letter or digit; found \"../etc\""
    ),
    (
      "name: s\nruntimes: [runc]\nbaseline: native\nworkloads: [{guest: hello}]\n",
      "s.yaml:3:11: \"baseline\" must be one of the scenario's runtimes; found \"native\" (known: runc)"
    ),
    (
      "name: s\nruntimes: [runc]\nmetrics: [wall-tim]\nworkloads: [{guest: hello}]\n",
      "s.yaml:3:11: unknown metric \"wall-tim\" (did you mean wall-time?)"
    ),
    (
      "name: s\nruntimes: [runc]\nworkloads: [{guest: hello, runtimes: [native]}]\n",
      "s.yaml:3:39: runtime \"native\" is not among the scenario's runtimes; add it there too"
    ),
    (
      "name: s\nruntimes: [runc]\nworkloads: [{guest: hello, arguments: 3}]\n",
      "s.yaml:3:39: \"arguments\" must be a list (for instance: arguments: [a, b]), found \"3\""
    ),
    ("name: s\nname: t\nruntimes: [runc]\n", "s.yaml:2:1: the key \"name\" again, first in line 1; keep one of them"),
    (
      "name: s\n# blocks: 3\ntitle: \"about blocks: many\"\nblocks: 3\nguests: {directory: blocks}\n\"blocks\" : 4\nblocks: 5\nruntimes: [runc]\n",
      "s.yaml:6:1: the key \"blocks\" again, first in line 4; keep one of them"
    ),
    (
      "name: s\nruntimes: [runc]\nworkloads: [{guest: hello, name: ä, input: \"guest: x\", guest: noop}]\n",
      "s.yaml:3:56: the key \"guest\" again, first in line 3; keep one of them"
    ),
    (
      "name: [s\nruntimes: x\n",
      "s.yaml:2:9: not valid YAML: did not find expected ',' or ']' while parsing a flow sequence that began at line 1"
    ),
    ("", "s.yaml:1:1: the file is empty"),
    ("- a\n", "s.yaml:1:1: expected keys and values at the top, found a list"),
  ])
  func a_broken_file_is_refused_with_its_place(text: String, message: String) {
    #expect(problems(text) == [message])
  }

  @Test func every_problem_of_a_file_is_told_in_its_order() {
    let text = "name: s\nblocks: 0\nruntimes: [runc, nativ]\nworkloads:\n  - guest: helo\n    argument: [1]\nzzz: 1\n"
    #expect(
      problems(text).map { $0.split(separator: " ")[0] } == ["s.yaml:2:9:", "s.yaml:3:18:", "s.yaml:5:12:", "s.yaml:6:5:", "s.yaml:7:1:"])
  }

  @Test func bytes_that_are_no_text_and_endless_nesting_are_refused() throws {
    let folder = TemporaryFolder()
    let path = folder.path + "/s.yaml"
    try Data([0xff, 0xfe, 0x00]).write(to: URL(fileURLWithPath: path))
    let checkout = Checkout(bin: "/", root: folder.path)
    #expect(failure { _ = try ScenarioReader.read(path, checkout: checkout, catalog: catalog()) }?.lines == ["\(path):1:1: not UTF-8 text"])
    folder.file("s.yaml", String(repeating: "[", count: 200_000))
    #expect(failure { _ = try ScenarioReader.read(path, checkout: checkout, catalog: catalog()) }?.reason == .badData)
    folder.file("s.yaml", String(repeating: "x", count: 2_000_000))
    #expect(failure { _ = try ScenarioReader.read(path, checkout: checkout, catalog: catalog()) }?.reason == .badData)
  }

  @Test func an_absent_file_is_bad_input() {
    let error = failure { _ = try ScenarioReader.read("/nowhere/s.yaml", checkout: Checkout(bin: "/", root: "/"), catalog: catalog()) }
    #expect(error == CoordinatorError(.badData, "/nowhere/s.yaml: cannot be read (No such file or directory)"))
  }

  @Test func a_nul_character_never_reaches_a_program() {
    #expect(problems("name: s\nruntimes: [runc]\nworkloads: [{guest: hello, arguments: [\"a\\0b\"]}]\n").count == 1)
  }

  @Test func differences_need_units_that_fit_the_metric() {
    let head =
      "name: s\nruntimes: [runc]\nworkloads: [{guest: hello}]\ndifferences:\n  - metric: peak-memory\n    workload: hello\n    above: helo\n"
    #expect(
      problems(head + "    expected: 64 ms\n    tolerance: 2 MiB\n") == [
        "s.yaml:7:12: unknown workload \"helo\" (did you mean hello?)",
        "s.yaml:8:15: \"expected\" must be an amount with its unit (for instance: 64 MiB), found \"64 ms\"",
      ])
  }

  @Test func no_mutation_of_a_shipped_file_does_more_than_be_refused() throws {
    let folder = TemporaryFolder()
    let checkout = Checkout(bin: repository, root: repository)
    let original = Array(try Data(contentsOf: URL(fileURLWithPath: repository + "/scenarios/memory.yaml")))
    var state: UInt64 = 42
    func random(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(bound))
    }
    var refused = 0
    for _ in 0..<2000 {
      var bytes = original
      for _ in 0...random(3) {
        switch random(4) {
        case 0: bytes[random(bytes.count)] ^= UInt8(1 << random(8))
        case 1: bytes.removeSubrange(random(bytes.count)...)
        case 2: bytes.insert(UInt8(random(256)), at: random(bytes.count + 1))
        default: bytes.insert(contentsOf: Array("[{:-&*!|>'\"%@`".utf8).shuffled().prefix(2), at: random(bytes.count + 1))
        }
        if bytes.isEmpty { bytes = [10] }
      }
      let path = folder.path + "/m.yaml"
      try Data(bytes).write(to: URL(fileURLWithPath: path))
      do {
        _ = try ScenarioReader.read(path, checkout: checkout, catalog: try RuntimeCatalog.read(repository + "/scenarios/runtimes.yaml"))
      } catch let error as CoordinatorError {
        #expect(error.reason == .badData)
        #expect(error.lines.allSatisfy { $0.hasPrefix(path + ":") && !$0.contains("\n") }, "\(error)")
        refused += 1
      }
    }
    #expect(refused > 500)
  }
}
