import Digest
import Foundation
import Testing

@testable import Coordinator

/// A suite that is fetched: nothing unchecked is ever used, and what cannot be had is said.
@Suite struct FetchedSuiteTests {
  private let folder = TemporaryFolder()
  private let files = ["tests/a.wasm": Data("first".utf8), "tests/b c.json": Data("{}".utf8)]

  private func list(source: String, changing: (String) -> String = { $0 }) throws -> FileList {
    let lines = files.keys.sorted().map { "\(SHA256.hexadecimal(of: files[$0]!))  \($0)" }
    return try FileList(folder.file("list.sha256", changing("# a suite\n# from \(source)\n" + lines.joined(separator: "\n") + "\n")))
  }

  private func suite(_ list: FileList) -> FetchedSuite { FetchedSuite(list, cache: folder.path + "/cache") }

  @Test func is_fetched_once_and_checked() throws {
    let server = try LoopbackServer(["tests/a.wasm": files["tests/a.wasm"]!, "tests/b%20c.json": files["tests/b c.json"]!])
    defer { server.stop() }
    let suite = suite(try list(source: server.url))
    var told: [String] = []
    try suite.complete(from: nil) { told.append($0) }
    try suite.complete(from: nil) { told.append($0) }
    #expect(server.requests == ["tests/a.wasm", "tests/b%20c.json"])
    #expect(told == ["fetching 2 file(s) of the suite from \(server.url) into \(suite.folder)"])
    #expect(textFile(suite.folder + "/tests/a.wasm") == "first")
    #expect(textFile(suite.folder + "/tests/b c.json") == "{}")
  }

  @Test func is_mended_where_a_file_is_another_or_gone() throws {
    let server = try LoopbackServer(["tests/a.wasm": files["tests/a.wasm"]!, "tests/b%20c.json": files["tests/b c.json"]!])
    defer { server.stop() }
    let suite = suite(try list(source: server.url))
    try suite.complete(from: nil) { _ in }
    try Data("changed".utf8).write(to: URL(fileURLWithPath: suite.folder + "/tests/a.wasm"))
    try suite.complete(from: nil) { _ in }
    #expect(server.requests.last == "tests/a.wasm" && server.requests.count == 3)
    #expect(textFile(suite.folder + "/tests/a.wasm") == "first")
  }

  @Test func a_file_that_is_not_the_listed_one_is_refused_and_not_kept() throws {
    let server = try LoopbackServer(["tests/a.wasm": Data("something else".utf8)])
    defer { server.stop() }
    let suite = suite(try list(source: "https://example.invalid/"))
    let error = failure { try suite.complete(from: server.url) { _ in } }
    #expect(error?.reason == .badData)
    #expect(
      error?.lines == [
        "\(server.url)tests/a.wasm: is not the file that \(folder.path)/list.sha256 lists (another SHA-256); fetch it from another place: --from URL"
      ])
    #expect(try FileManager.default.contentsOfDirectory(atPath: suite.folder + "/tests") == [])
  }

  @Test func what_is_not_there_or_nobody_serves_is_missing() throws {
    let server = try LoopbackServer([:])
    let suite = suite(try list(source: server.url))
    let absent = failure { try suite.complete(from: nil) { _ in } }
    #expect(absent?.reason == .missing)
    #expect(absent?.lines.first?.contains("nothing was tested") == true, "\(absent?.lines ?? [])")
    server.stop()
    #expect(failure { try suite.complete(from: nil) { _ in } }?.reason == .missing)
  }

  @Test(arguments: ["http://example.com/", "ftp://127.0.0.1/", "file:///etc/", "somewhere"])
  func only_https_and_this_machine_are_asked(source: String) throws {
    let error = failure { try suite(try list(source: source)).complete(from: nil) { _ in } }
    #expect(error?.reason == .usage)
    #expect(
      error?.lines == [
        "\(source.hasSuffix("/") ? source : source + "/"): suites are fetched over HTTPS; give a URL that begins with https://"
      ])
  }

  @Test(arguments: [
    ("abc  tests/a", "3:1"), (String(repeating: "0", count: 64) + "  /etc/passwd", "3:1"),
    (String(repeating: "0", count: 64) + "  a/../../b", "3:1"),
    (String(repeating: "A", count: 64) + "  a", "3:1"), (String(repeating: "0", count: 64) + " a", "3:1"),
  ])
  func a_list_that_is_none_is_refused_with_its_line(line: String, place: String) {
    let error = failure { _ = try FileList(folder.file("bad.sha256", "# from https://example.com/\n\n\(line)\n")) }
    #expect(error?.reason == .badData)
    #expect(
      error?.lines == [
        "\(folder.path)/bad.sha256:\(place): must be a SHA-256 in lower case, two spaces and a path below the suite's folder"
      ])
  }

  @Test func a_list_without_files_or_source_is_refused() {
    for text in ["", "# from https://example.com/\n", String(repeating: "0", count: 64) + "  a\n"] {
      #expect(failure { _ = try FileList(folder.file("bad.sha256", text)) }?.reason == .badData)
    }
    #expect(failure { _ = try FileList(folder.path + "/nowhere") }?.reason == .missing)
  }

  @Test func the_shipped_list_is_of_the_tests_of_preview_1() throws {
    let list = try FileList(repository + "/scenarios/wasi-testsuite.sha256")
    #expect(list.entries.count { $0.path.hasSuffix(".wasm") } == 72)
    #expect(list.source.hasPrefix("https://"))
  }
}
