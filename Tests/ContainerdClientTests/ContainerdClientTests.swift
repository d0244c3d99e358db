import Foundation
import TestSupport
import Testing

@testable import ContainerdClient

@Suite struct ContainerdClientTests {
  /// How long a test waits for what is bound to come, in seconds: other tests may keep all of Swift's own threads busy for minutes.
  private static let patience = 900.0

  /// Asks for the version on a thread that waits and is none of Swift's concurrency, whose threads tests run on: there are few of them.
  private func ask(_ socket: String, within limit: Double, isInterrupted: Bool = false) async -> ContainerdError? {
    await withCheckedContinuation { (continuation: CheckedContinuation<ContainerdError?, Never>) in
      Thread.detachNewThread {
        let client = ContainerdClient(socket: socket, namespace: "tests")
        defer { client.close() }
        do throws(ContainerdError) {
          _ = try ContainerdClient.finish(within: limit, unless: { isInterrupted }) { try await client.version() }
          continuation.resume(returning: nil)
        } catch {
          continuation.resume(returning: error)
        }
      }
    }
  }

  @Test func `a socket that is not there is told at once`() async throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    let error = try #require(await ask(scratch.path("none.sock"), within: Self.patience))
    #expect(error.kind == .unavailable && error.message.contains("none.sock"), "\(error)")
  }

  @Test func `a path that no socket can have is told`() async throws {
    let error = try #require(await ask("/" + String(repeating: "x", count: 200), within: Self.patience))
    #expect(error.kind == .unavailable)
  }

  @Test(arguments: ["HTTP/1.1 400 Bad Request\r\n\r\n", String(repeating: "\u{0}", count: 4096), ""])
  func `a daemon that speaks something else, or hangs up, is an error`(_ answer: String) async throws {
    let server = try Server(answering: Array(answer.utf8), thenHangsUp: true)
    defer { server.stop() }
    let error = try #require(await ask(server.path, within: Self.patience))
    #expect(error.kind == .unavailable, "\(error)")
  }

  @Test func `a daemon that says nothing is waited for no longer than asked`() async throws {
    let server = try Server(answering: [], thenHangsUp: false)
    defer { server.stop() }
    let error = try #require(await ask(server.path, within: 0.3))
    #expect(error.kind == .timedOut)
  }

  @Test func `an interruption ends the wait`() async throws {
    let server = try Server(answering: [], thenHangsUp: false)
    defer { server.stop() }
    let error = await ask(server.path, within: 60, isInterrupted: true)
    #expect(error?.kind == .interrupted)
  }

  /// Takes connections on a socket, reads a little, answers always the same.
  private final class Server {
    let path: String
    private let scratch: Scratch
    private let listener: Int32

    init(answering answer: [UInt8], thenHangsUp hangsUp: Bool) throws {
      scratch = try Scratch()
      path = scratch.path("s.sock")
      let listener = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
      self.listener = listener
      var address = sockaddr_un()
      address.sun_family = sa_family_t(AF_UNIX)
      let bytes = Array(path.utf8)
      withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
      let bound = withUnsafePointer(to: &address) {
        $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(listener, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) }
      }
      try #require(bound == 0 && listen(listener, 8) == 0)
      Thread.detachNewThread {
        while case let connection = accept(listener, nil, nil), connection >= 0 {
          var chunk = [UInt8](repeating: 0, count: 4096)
          _ = read(connection, &chunk, chunk.count)
          _ = answer.withUnsafeBytes { send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
          if hangsUp { close(connection) }
        }
      }
    }

    func stop() {
      shutdown(listener, Int32(SHUT_RDWR))
      close(listener)
      scratch.remove()
    }
  }
}
