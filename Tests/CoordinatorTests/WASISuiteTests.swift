import Foundation
import JSON
import Observations
import Testing

@testable import Coordinator

/// Manifests of the WASI test suite, both forms, and the folders they lie in.
@Suite struct WASISuiteTests {
  private let folder = TemporaryFolder()

  private func manifest(_ text: String) throws -> WASIManifest { try WASIManifest.read(folder.file("t.json", text)) }

  private func problem(_ text: String) -> String? {
    failure { _ = try manifest(text) }.map { String($0.lines[0].dropFirst(folder.path.count + 1)) }
  }

  @Test func the_older_form() throws {
    let read = try manifest(#"{"args":["a","b"],"root":"fs-tests.dir","env":{"A":"b=c"},"exit_code":33,"stdout":"out","stderr":"err"}"#)
    var wanted = WASIManifest()
    wanted.arguments = ["a", "b"]
    wanted.root = "fs-tests.dir"
    wanted.environment = ["A": "b=c"]
    wanted.exitCode = 33
    wanted.output = "out"
    wanted.errors = "err"
    #expect(read == wanted)
    #expect(try manifest("{}") == WASIManifest())
    #expect(try manifest(#"{"root":null,"args":null}"#) == WASIManifest())
  }

  @Test func the_form_of_operations() throws {
    let read = try manifest(
      #"""
      {"operations": [{"type":"run","args":["x"],"env":{"A":"1"},"root":"r"},{"type":"write","id":"stdin","payload":"in"},
        {"type":"read","id":"stdout","payload":"one"},{"type":"read","payload":" two"},{"type":"read","id":"stderr","payload":"e"},
        {"type":"wait","exit_code":2}]}
      """#)
    #expect(read.arguments == ["x"] && read.environment == ["A": "1"] && read.root == "r")
    #expect(read.input == "in" && read.output == "one two" && read.errors == "e" && read.exitCode == 2)
    #expect(read.obstacle == nil)
  }

  @Test(arguments: [
    (
      #"{"operations":[{"type":"run"},{"type":"connect"},{"type":"send","id":"server"},{"type":"wait"}]}"#,
      "has the operation connect, which guests of preview 1 have no use for"
    ),
    (#"{"proposals":["http"],"operations":[{"type":"run"},{"type":"wait"}]}"#, "needs http, which preview 1 does not have"),
    (
      #"{"world":"wasi:http/service","operations":[{"type":"run"},{"type":"wait"}]}"#,
      "needs the world wasi:http/service, preview 1 has commands only"
    ),
    (#"{"servers":[{"name":"a"}],"operations":[{"type":"run"},{"type":"wait"}]}"#, "needs a server, to which preview 1 cannot connect"),
    (#"{"operations":[{"type":"run"},{"type":"wait"},{"type":"run"},{"type":"wait"}]}"#, "starts its module 2 times"),
  ])
  func what_preview_1_cannot_be_asked_is_told(text: String, obstacle: String) throws {
    #expect(try manifest(text).obstacle == obstacle)
  }

  @Test(arguments: [
    ("{", "t.json:1:2: "), ("[]", "t.json: must be an object, {…}"),
    (#"{"arg":[]}"#, "t.json: unknown member \"arg\" (did you mean args?)"),
    (#"{"args":"a"}"#, "t.json: \"args\" must be a list"), (#"{"args":[1]}"#, "t.json: \"args\" must be a list of texts"),
    (#"{"env":{"A":1}}"#, "t.json: \"env\": \"A\" must be the name of a variable, and its value a text"),
    (#"{"exit_code":"1"}"#, "t.json: \"exit_code\" must be an exit code, 0 to 255"),
    (#"{"root":"../up"}"#, "t.json: \"root\" is \"../up\", and must be a folder beside the manifest"),
    (#"{"args":[],"operations":[]}"#, "t.json: mixes the older form (args) with operations; use one of them"),
    (#"{"operations":[{"type":"run"}]}"#, "t.json: the last \"run\" has no \"wait\" after it"),
    (#"{"operations":[]}"#, "t.json: \"operations\" has no \"run\"; a test needs at least one, with a \"wait\" after it"),
    (#"{"proposals":[]}"#, "t.json: \"operations\" has no \"run\"; "),
    (#"{"operations":[{"type":"wait"}]}"#, "t.json: the operation wait comes without a \"run\" before it"),
    (
      #"{"operations":[{"type":"run"},{"type":"send","id":"a"},{"type":"wait"}]}"#,
      "t.json: the operation send names \"a\", which no connect before it opens"
    ),
    (
      #"{"operations":[{"type":"run"},{"type":"connect"},{"type":"connect"},{"type":"wait"}]}"#,
      "t.json: two operations connect are called \"server\""
    ),
    (
      #"{"operations":[{"type":"run"},{"type":"sleep"}]}"#,
      "t.json: unknown operation \"sleep\" (known: run, wait, read, write, connect, send, recv, request, kill)"
    ),
  ])
  func what_makes_no_sense_is_refused(text: String, beginning: String) {
    #expect(problem(text)?.hasPrefix(beginning) == true, "\(problem(text) ?? "accepted")")
  }

  @Test func folders_with_a_manifest_are_suites() throws {
    for file in ["c/p1/a.wasm", "c/p1/b.wasm", "rust/p3/c.wasm"] { folder.file(file, "") }
    folder.file("c/p1/a.json", #"{"root":"dir","stdout":"x"}"#)
    folder.file("c/p1/dir/inside", "")
    folder.file("c/p1/manifest.json", #"{"name":"C tests","version":"wasm32-wasip1"}"#)
    folder.file("rust/p3/manifest.json", #"{"name":"Rust tests","version":"wasm32-wasip3"}"#)
    let tests = try WASISuite.tests(in: folder.path)
    #expect(tests.map { "\($0.suite)/\($0.name)" } == ["C tests/a", "C tests/b", "Rust tests/c"])
    #expect(tests[0].root == folder.path + "/c/p1/dir" && tests[0].expected.output == "x" && tests[0].expected.isBeginning == true)
    #expect(tests.map(\.obstacle) == [nil, nil, "is of wasm32-wasip3, the runtimes have preview 1"])
  }

  @Test func every_problem_of_a_suite_is_told() {
    for file in ["a.wasm", "b.wasm"] { folder.file(file, "") }
    folder.file("a.json", #"{"root":"nowhere"}"#)
    folder.file("b.json", "nonsense")
    let error = failure { _ = try WASISuite.tests(in: folder.path) }
    #expect(error?.reason == .badData)
    #expect(error?.lines.count == 2)
    #expect(error?.lines.first == "\(folder.path)/a.json: \"root\" is \"nowhere\", and there is no such folder beside it")
  }

  @Test func a_folder_without_tests_is_missing() {
    folder.file("readme", "")
    #expect(failure { _ = try WASISuite.tests(in: folder.path) }?.reason == .missing)
    #expect(failure { _ = try WASISuite.tests(in: folder.path + "/nowhere") }?.reason == .missing)
  }
}
