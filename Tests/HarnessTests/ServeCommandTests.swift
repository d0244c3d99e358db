import Foundation
import TestSupport
import Testing

/// The server as a reader meets it: a real process, real sockets, a real browser where there is one.
@Suite struct ServeCommandTests {
  private let scratch: Scratch

  init() throws { scratch = try Scratch() }

  /// A server on a port of its own; killed when the test ends.
  private final class Server {
    let process = Process()
    var address = ""

    init(_ arguments: [String], environment: [String: String] = [:]) throws {
      process.executableURL = URL(fileURLWithPath: Product.path("harness"))
      process.arguments = ["serve", "--port", "0"] + arguments
      process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
      process.currentDirectoryURL = URL(fileURLWithPath: Checkout.top)
      let pipe = Pipe()
      process.standardOutput = pipe
      try process.run()
      var line = Data()
      while !line.contains(0x0A) {
        let more = pipe.fileHandleForReading.availableData
        if more.isEmpty { break }
        line += more
      }
      address = String(decoding: line, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
    }

    var port: UInt16 { address.split(separator: ":").last.flatMap { UInt16($0.filter(\.isNumber)) } ?? 0 }

    func stop() -> Int32 {
      process.terminate()
      process.waitUntilExit()
      return process.terminationStatus
    }
  }

  /// One request; the answer up to `limit` bytes or its end.
  private func get(_ server: Server, _ path: String, headers: [String] = ["Host: localhost"], until mark: String? = nil) throws -> String {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(descriptor) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = server.port.bigEndian
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    let connected = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) }
    }
    try #require(connected == 0)
    let request = "GET \(path) HTTP/1.1\r\n\(headers.joined(separator: "\r\n"))\r\nConnection: close\r\n\r\n"
    _ = request.withCString { write(descriptor, $0, strlen($0)) }
    var answer = Data()
    var buffer = [UInt8](repeating: 0, count: 65536)
    while true {
      let count = read(descriptor, &buffer, buffer.count)
      if count <= 0 { break }
      answer.append(contentsOf: buffer[..<count])
      if let mark, String(decoding: answer, as: UTF8.self).contains(mark) { break }
    }
    return String(decoding: answer, as: UTF8.self)
  }

  private func importPast() throws {
    let rows = (0..<60).map { "2026-0\(1 + $0 / 28)-\(10 + $0 % 18)T0\($0 / 28):00:00Z,main,hello,jit,wall-time,ms,\($0 < 40 ? 10 : 12)" }
    let text = "date,branch,workload,runtime,metric,unit,value\n" + rows.joined(separator: "\n") + "\n"
    try Data(text.utf8).write(to: URL(fileURLWithPath: scratch.path("past.csv")))
    let outcome = try Command(
      Product.path("harness"), ["import", scratch.path("past.csv"), "--results", scratch.folder], in: Checkout.top
    ).run()
    #expect(outcome.status == 0, "\(outcome.errors)")
  }

  @Test func pages_are_served_and_only_to_this_machine() throws {
    defer { scratch.remove() }
    try importPast()
    let server = try Server(["--results", scratch.folder])
    defer { _ = server.stop() }
    #expect(server.address.hasPrefix("http://127.0.0.1:"))
    let index = try get(server, "/")
    #expect(index.hasPrefix("HTTP/1.1 200") && index.contains("60 runs"))
    #expect(index.lowercased().contains("content-security-policy: default-src 'none'"))
    #expect(try get(server, "/history/wall-time").contains("1 series of 60 runs"))
    #expect(try get(server, "/absent").hasPrefix("HTTP/1.1 404"))
    #expect(try get(server, "/%2e%2e/%2e%2e/etc/passwd").hasPrefix("HTTP/1.1 404"))
    #expect(try get(server, "/", headers: ["Host: evil.example"]).hasPrefix("HTTP/1.1 403"))
    #expect(try get(server, "/events", until: "data: []").contains("event: progress"))
    #expect(server.stop() == 0)
  }

  @Test func a_token_is_asked_for_where_there_is_one() throws {
    defer { scratch.remove() }
    try importPast()
    let server = try Server(["--results", scratch.folder], environment: ["HARNESS_TOKEN": "0123456789abcdef"])
    defer { _ = server.stop() }
    #expect(try get(server, "/").hasPrefix("HTTP/1.1 401"))
    #expect(try get(server, "/events").hasPrefix("HTTP/1.1 401"))
    #expect(try get(server, "/", headers: ["Host: any", "Authorization: Bearer 0123456789abcdef"]).hasPrefix("HTTP/1.1 200"))
    let first = try get(server, "/?token=0123456789abcdef")
    #expect(
      first.hasPrefix("HTTP/1.1 200")
        && first.lowercased().contains("set-cookie: harness-token=0123456789abcdef; httponly; samesite=strict"))
  }

  @Test(arguments: [
    (["--listen", "0.0.0.0"], "error: --listen 0.0.0.0: others could read the results; give a token", Int32(64)),
    (["--port", "70000"], "error: --port 70000: must be from 0 to 65535", 64),
    (["--token-file", "/absent"], "error: --token-file /absent: cannot be read", 69),
    (["--listen", "203.0.113.7", "--token-file", "SHORT"], "error: the token must have at least 16 letters", 65),
  ])
  func what_must_not_be_is_refused(arguments: [String], line: String, status: Int32) throws {
    defer { scratch.remove() }
    try importPast()
    try Data("short\n".utf8).write(to: URL(fileURLWithPath: scratch.path("short")))
    let given = arguments.map { $0 == "SHORT" ? scratch.path("short") : $0 }
    let outcome = try Command(Product.path("harness"), ["serve", "--results", scratch.folder] + given, in: Checkout.top).run()
    #expect(outcome.status == status && outcome.errors.hasPrefix(line), "\(outcome.errors)")
  }

  /// A run that goes on is seen in a browser, which has to run the page's script for it.
  @Test(.enabled(if: Command.find("chromium") != nil, "chromium is not installed: apt install chromium"))
  func a_browser_shows_a_run_that_goes_on() throws {
    defer { scratch.remove() }
    let run = "s-going-on"
    try StoredRun.store(run, [10, 11, 12], in: scratch.folder, finished: false)
    let server = try Server(["--results", scratch.folder])
    defer { _ = server.stop() }
    let browser = try Command(
      "/usr/bin/env",
      [
        "python3", Checkout.top + "/Tests/HarnessTests/browser.py", Command.find("chromium") ?? "", server.address,
        "document.querySelector('progress')",
      ]
    ).run()
    #expect(browser.status == 0, "\(browser.errors.suffix(500))")
    #expect(browser.output.contains("<progress"), "\(browser.errors.suffix(500))")
    #expect(browser.output.contains("aria-label=\"blocks of \(run)\""))
    #expect(browser.output.contains("3 of 3 blocks, 3 trials"))
  }
}
