import Glibc
import TestSupport
import Testing

@testable import VM

@Suite("Module bytes")
struct ModuleBytesTests {
  private func message(_ path: String) -> String? {
    do throws(ModuleError) {
      _ = try ModuleBytes.mapping(path: path)
      return nil
    } catch {
      return error.kind == .unreadable ? error.message : "wrong kind"
    }
  }

  /// Runs the body with a file of the given content.
  private func withFile(_ content: [UInt8], _ body: (String) throws -> Void) throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    let path = scratch.path("module.wasm")
    let file = open(path, O_WRONLY | O_CREAT, 0o644)
    try #require(file >= 0)
    try #require(write(file, content, content.count) == content.count)
    close(file)
    try body(path)
  }

  @Test("a file's bytes are the module's bytes")
  func mapping() throws {
    let bytes = ModuleBuilder.around([0x0B])
    try withFile(bytes) { path in
      let mapped = try ModuleBytes.mapping(path: path)
      #expect(mapped.count == bytes.count)
      #expect(Array(UnsafeRawBufferPointer(start: mapped.base, count: mapped.count)) == bytes)
      #expect(try Module(bytes: mapped).exports.count == 1)
    }
  }

  @Test("an absent file, a directory and an empty file each say what they are")
  func unreadable() throws {
    #expect(message("/nonexistent/module.wasm") == "cannot open /nonexistent/module.wasm: No such file or directory")
    #expect(message("/tmp") == "/tmp is a directory, not a module")
    try withFile([]) { path in #expect(message(path) == "\(path) is empty") }
  }

  @Test("what may have no end or never begin is not read", .timeLimit(.minutes(1)))
  func endless() throws {
    for device in ["/dev/null", "/dev/zero", "/dev/urandom"] {
      #expect(message(device) == "\(device) is no regular file; a stream can be given as /dev/stdin")
    }
    let scratch = try Scratch()
    defer { scratch.remove() }
    let pipe = scratch.path("pipe.wasm")
    try #require(mkfifo(pipe, 0o600) == 0)
    #expect(message(pipe) == "\(pipe) is no regular file; a stream can be given as /dev/stdin")
  }

  @Test("a path need not be UTF-8")
  func rawPath() throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    let path = scratch.path("m").utf8.map { CChar(bitPattern: $0) } + [-1, 0]
    let file = open(path, O_WRONLY | O_CREAT, 0o644)
    try #require(file >= 0 && write(file, [7] as [UInt8], 1) == 1)
    close(file)
    #expect(try ModuleBytes.mapping(path: path).count == 1)
    unlink(path)
  }
}
