import Foundation
import Observations
import Testing

@testable import Coordinator

@Suite struct RuntimeCatalogTests {
  private let folder = TemporaryFolder()

  private func entry(_ executable: [String], needs: [String] = [], root: Bool = false) -> RuntimeEntry {
    RuntimeEntry(
      name: "engine", summary: "", path: .process, program: .module, executable: executable, needs: needs,
      command: ["{executable}", "{scenarios}/x", "{module}"], versionCommand: ["{executable}", "-V"], reportsPhases: false,
      mapsFolders: true,
      root: root, get: "install it")
  }

  private func find(_ entry: RuntimeEntry, _ environment: [String: String] = [:], isRoot: Bool = true) -> RuntimeDetection.Finding {
    RuntimeDetection(checkout: Checkout(bin: folder.path + "/bin", root: folder.path), environment: environment, isRoot: isRoot).find(entry)
  }

  private func reason(_ finding: RuntimeDetection.Finding) -> String? {
    if case .missing(let missing) = finding { missing.reason } else { nil }
  }

  @Test func a_name_is_looked_up_on_path_and_the_first_candidate_wins() {
    let engine = folder.file("tools/engine", "\u{7f}ELF", mode: 0o755)
    let found = find(entry(["$ENGINE", "engine"]), ["PATH": "/nowhere:\(folder.path)/tools"])
    guard case .found(let description, let executable) = found else {
      Issue.record("not found: \(found)")
      return
    }
    #expect(executable == engine)
    #expect(description.command == [engine, folder.path + "/scenarios/x", "{module}"])
    #expect(description.versionCommand == [engine, "-V"])
    let other = folder.file("other", "\u{7f}ELF", mode: 0o755)
    guard case .found(_, other) = find(entry(["$ENGINE", "engine"]), ["PATH": "\(folder.path)/tools", "ENGINE": other]) else {
      Issue.record("the variable does not come first")
      return
    }
  }

  @Test func a_pattern_finds_an_executable_inside_a_package() {
    let inside = folder.file("lib/python3.11/pkg/engine", "\u{7f}ELF", mode: 0o755)
    guard case .found(_, inside) = find(entry(["{root}/lib/python3*/pkg/engine"])) else {
      Issue.record("not found")
      return
    }
  }

  @Test func an_executable_without_its_exec_bit_is_told_with_the_command_that_mends_it() {
    let inside = folder.file("lib/python3.11/pkg/engine", "\u{7f}ELF", mode: 0o644)
    #expect(
      find(entry(["{root}/lib/python3*/pkg/engine"]))
        == .missing(Unavailable(runtime: "engine", reason: "\(inside) may not be executed", remedy: "chmod +x \(inside)")))
  }

  @Test func a_script_around_an_executable_is_not_measured_in_its_place() {
    let script = folder.file("tools/engine", "#!/usr/bin/python3\n", mode: 0o755)
    #expect(
      reason(find(entry(["engine"]), ["PATH": folder.path + "/tools"]))
        == "\(script) is a script around the executable, and its start would be measured too")
  }

  @Test func what_is_nowhere_is_told_with_every_place_looked_at() {
    #expect(reason(find(entry(["{bin}/engine", "engine-x"]))) == "not found (looked for \(folder.path)/bin/engine, engine-x)")
  }

  @Test func needs_and_root_are_asked_for() {
    let engine = folder.file("engine", "\u{7f}ELF", mode: 0o755)
    #expect(reason(find(entry([engine], needs: ["no-such-tool"]))) == "no-such-tool not found")
    #expect(reason(find(entry([engine], root: true), isRoot: false)) == "needs root")
  }

  @Test func a_broken_catalog_is_refused_with_its_places() {
    let path = folder.file(
      "runtimes.yaml",
      "runtimes:\n  a: {path: proces, program: module, command: [/x], get: x}\n  b: {path: process, program: native, get: x}\n  c:\n    path: oci\n    program: native\n    get: x\n    commands: [x]\n  d: {path: process, program: module, get: x, command: [/x, \"{modul}\"]}\n"
    )
    #expect(
      failure { _ = try RuntimeCatalog.read(path) }?.lines.map { $0.replacingOccurrences(of: path, with: "r") } == [
        "r:2:13: \"path\" cannot be \"proces\" (did you mean process?)",
        "r:3:6: runtime \"b\" needs the key \"command\", because its path is process",
        "r:8:5: unknown key \"commands\" in runtime \"c\" (did you mean command?)",
        "r:9:61: unknown placeholder {modul} (did you mean module?)",
      ])
  }

  /// Entries that could never run, the key that breaks a rule, and what is said of it.
  static let broken: [(entry: String, place: String, problem: String)] = [
    ("e: {path: process, program: module, get: x, command: []}", "2:56", "the command of runtime \"e\" is empty"),
    (
      "e: {path: process, program: module, get: x, command: [echo, hello]}", "2:57",
      "a command begins with an absolute path or a placeholder of one, found \"echo\"; name it under \"executable\""
    ),
    (
      "e: {path: process, program: module, get: x, command: [\"{arguments}\"]}", "2:57",
      "a command begins with an absolute path or a placeholder of one"
    ),
    (
      "e: {path: process, program: module, get: x, command: [\"{executable}\", \"{module}\"]}", "2:57",
      "{executable} is nothing without the key \"executable\""
    ),
    (
      "e: {path: process, program: native, get: x, command: [\"{native}\"], version: [\"{executable}\", -V]}", "2:80",
      "{executable} is nothing without the key \"executable\""
    ),
    ("e: {path: oci, program: module, get: x, executable: [wasmtime]}", "2:27", "the path oci runs native programs only"),
    ("e: {path: containerd, program: module, get: x}", "2:34", "the path containerd runs modules by a shim only"),
    ("e: {path: tasks, program: module, get: x}", "2:29", "the path tasks runs modules by a shim only"),
    ("e: {path: tasks, program: native, get: x, command: [/bin/ctr]}", "2:54", "a command means nothing with the path tasks"),
    (
      "e: {path: process, program: native, get: x, command: [\"{native}\"], shim: /x}", "2:76",
      "\"shim\" means nothing with the path process"
    ),
    ("e: {path: tasks, program: module, get: x, shim: containerd-shim-x-v1}", "2:51", "\"shim\" is an absolute path or"),
    ("e: {path: tasks, program: native, get: x, ociRuntime: \"{executable}\"}", "2:57", "{executable} is nothing without the key"),
    (
      "e: {path: tasks, program: native, get: x, shim: /x, ociRuntime: /y}", "2:67",
      "only the shim of runc calls another OCI runtime"
    ),
    ("e: {path: containerd, program: native, get: x, command: [/bin/ctr]}", "2:59", "a command means nothing with the path containerd"),
    ("e: {path: oci, program: native, get: x, executable: [crun]}", "2:55", "the path oci starts runc unless the command names another"),
    (
      "e: {path: process, program: module, get: x, command: [/x, \"{prepared}\"]}", "2:56",
      "{prepared} is nothing without the key \"prepare\""
    ),
    (
      "e: {path: process, program: module, get: x, prepare: [/x, \"{module}\"], command: [/x, \"{prepared}\"]}", "2:56",
      "a command that prepares begins with a place of a program and has {prepared}"
    ),
    (
      "e: {path: process, program: module, get: x, prepare: [x, \"{prepared}\"], command: [/x, \"{prepared}\"]}", "2:56",
      "a command that prepares begins with a place of a program and has {prepared}"
    ),
    (
      "e: {path: process, program: module, get: x, prepare: [/x, \"{prepared}\"], command: [/x, \"{module}\"]}", "2:56",
      "nothing uses what \"prepare\" makes"
    ),
    (
      "e: {path: tasks, program: native, get: x, prepare: [/x, \"{prepared}\"]}", "2:54",
      "only bare processes are prepared, not the path tasks"
    ),
    (
      "e: {path: process, program: native, get: x, command: [\"{native}\"], annotations: {a: b}}", "2:83",
      "\"annotations\" means nothing with the path process"
    ),
    (
      "e: {path: tasks, program: module, get: x, shim: /x, annotations: {a=b: c}}", "2:69",
      "\"a=b\" cannot name an annotation"
    ),
    ("e: {path: tasks, program: module, get: x, shim: /x, annotations: [a]}", "2:68", "\"annotations\" must be names and values"),
    ("e: {path: process, program: native, command: [\"{native}\"]}", "2:6", "runtime \"e\" needs the key \"get\""),
    ("e: {path: process, program: native, command: [\"{native}\"], get: \"\"}", "2:67", "\"get\" must be one line"),
    ("../x: {path: process, program: native, command: [\"{native}\"], get: x}", "2:3", "\"a runtime's name\" may hold letters"),
    (
      "\"a b\\n<script>\": {path: process, program: native, command: [\"{native}\"], get: x}", "2:3",
      "\"a runtime's name\" may hold letters"
    ),
  ]

  @Test(arguments: broken.indices)
  func a_runtime_that_could_never_run_is_refused_where_it_is_written(index: Int) throws {
    let (entry, place, problem) = Self.broken[index]
    let path = folder.file("runtimes.yaml", "runtimes:\n  \(entry)\n")
    let error = try #require(failure { _ = try RuntimeCatalog.read(path) })
    #expect(error.reason == .badData)
    #expect(error.lines.contains { $0.hasPrefix("\(path):\(place): \(problem)") && !$0.contains("\n") }, "\(error.lines)")
  }

  @Test func a_shim_is_found_and_handed_to_the_worker() throws {
    let shim = folder.file("containerd-shim-x-v1", "\u{7f}ELF", mode: 0o755)
    let path = folder.file(
      "runtimes.yaml", "runtimes:\n  x: {path: tasks, program: module, get: x, executable: [\(shim)], shim: \"{executable}\"}\n")
    guard case .found(let runtime, _) = find(try RuntimeCatalog.read(path).entries[0]) else {
      Issue.record("not found")
      return
    }
    #expect(runtime.shim == shim && runtime.ociRuntime == nil && runtime.path == .tasks && runtime.program == .module)
  }

  @Test func what_is_prepared_and_annotated_is_handed_to_the_worker() throws {
    let engine = folder.file("engine", "\u{7f}ELF", mode: 0o755)
    let path = folder.file(
      "runtimes.yaml",
      """
      runtimes:
        a: {path: process, program: module, get: x, executable: [\(engine)], prepare: ["{executable}", "{module}", "{prepared}"], command: ["{executable}", "{prepared}"]}
        b: {path: tasks, program: module, get: x, shim: \(engine), annotations: {org.example.mode: fast, n: 1}}

      """)
    let entries = try RuntimeCatalog.read(path).entries
    guard case .found(let prepared, _) = find(entries[0]), case .found(let annotated, _) = find(entries[1]) else {
      Issue.record("not found")
      return
    }
    #expect(prepared.prepareCommand == [engine, "{module}", "{prepared}"] && prepared.annotations == nil)
    #expect(annotated.annotations == ["org.example.mode": "fast", "n": "1"] && annotated.prepareCommand == nil)
  }

  @Test func another_oci_runtime_is_taken_where_the_command_names_it() throws {
    let path = folder.file(
      "runtimes.yaml", "runtimes:\n  crun: {path: oci, program: native, get: x, executable: [crun], command: [\"{executable}\"]}\n")
    #expect(try RuntimeCatalog.read(path).entries[0].command == ["{executable}"])
  }
}
