import Foundation
import TestSupport
import Testing

@testable import VM

/// Kept machine code: found by file and by content, and never used when it is not what it was.
@Suite("Code cache")
struct CodeCacheTests {
  private let scratch: Scratch
  private var folder: String { scratch.path("cache") }
  private var file: String { scratch.path("module.wasm") }

  /// f(n) = n + 1, of a module with a memory full of text.
  private static func module(adding number: UInt8 = 1) -> [UInt8] {
    var builder = ModuleBuilder()
    builder.section(1, items: [functionType(FunctionType([.i32], [.i32])), functionType(FunctionType([.i32, .i32], []))])
    builder.section(3, items: [[0], [1], [0]])
    builder.section(5, items: [[0x00, 0x04]])
    builder.section(7, items: [string("f") + [0, 0], string("set") + [0, 1], string("get") + [0, 2]])
    builder.section(
      10,
      items: [
        counted([0x00, 0x20, 0, 0x41, number, 0x6A, 0x0B]), counted([0x00, 0x20, 0, 0x20, 1, 0x36, 2, 0, 0x0B]),
        counted([0x00, 0x20, 0, 0x28, 2, 0, 0x0B]),
      ])
    let text = [UInt8](repeating: 0x61, count: 100_000)
    builder.section(11, items: [[0x00, 0x41, 0x90, 0x20, 0x0B] + counted(text)])
    return builder.bytes
  }

  init() throws {
    scratch = try Scratch()
    try Data(Self.module()).write(to: URL(fileURLWithPath: file))
  }

  private var identity: FileIdentity? { file.withCString { try? ModuleBytes.mapping(path: $0).file } }

  private func keep() throws -> CodeCache {
    let cache = try CodeCache(folder: folder)
    #expect(cache.image(ofFile: file, features: .standard) == nil)
    #expect(cache.keep(try Module(bytes: Self.module()), of: identity))
    return cache
  }

  private var imagePath: String {
    get throws {
      folder + "/" + (try #require(try FileManager.default.contentsOfDirectory(atPath: folder).first { $0.hasSuffix(".code") }))
    }
  }

  private func check(_ image: CompiledImage?) throws {
    let instance = try Instance(try Module(try #require(image)), store: try Store())
    #expect(try instance.invoke("f", [.i32(41)]) == [.i32(42)])
    #expect(try instance.invoke("get", [.i32(5000)]) == [.i32(0x6161_6161)])
    #expect(try instance.invoke("get", [.i32(0)]) == [.i32(0)])
  }

  @Test func aModuleIsFoundByItsFileAndByItsContent() throws {
    defer { scratch.remove() }
    let cache = try keep()
    try check(cache.image(ofFile: file, features: .standard))
    try check(cache.image(of: ModuleBytes(Self.module()), features: .standard))
    #expect(cache.image(of: ModuleBytes(Self.module(adding: 2)), features: .standard) == nil)
    #expect(cache.image(ofFile: file, features: .all) == nil)
  }

  @Test func aFileThatChangedIsAnother() throws {
    defer { scratch.remove() }
    let cache = try keep()
    try Data(Self.module(adding: 2)).write(to: URL(fileURLWithPath: file))
    #expect(cache.image(ofFile: file, features: .standard) == nil)
  }

  /// Another file takes the module's name while it runs.
  @Test func whatIsKeptIsKeptOfTheFileThatWasRead() throws {
    defer { scratch.remove() }
    let cache = try CodeCache(folder: folder)
    let read = identity
    let other = scratch.path("other.wasm")
    try Data(Self.module(adding: 2)).write(to: URL(fileURLWithPath: other))
    rename(other, file)
    #expect(cache.keep(try Module(bytes: Self.module()), of: read))
    #expect(cache.image(ofFile: file, features: .standard) == nil)
  }

  @Test func whatCannotBeKeptIsNotTriedAgain() throws {
    defer { scratch.remove() }
    // Makes a structure: struct.new_default, drop.
    var builder = ModuleBuilder()
    builder.section(1, [2] + [0x5F, 0] + functionType(FunctionType()))
    builder.section(3, items: [[1]])
    builder.section(10, items: [counted([0x00, 0xFB, 0x01, 0, 0x1A, 0x0B])])
    let cache = try CodeCache(folder: folder)
    let module = try Module(bytes: builder.bytes)
    for _ in 0..<2 { #expect(!cache.keep(module, of: identity)) }
    let names = try FileManager.default.contentsOfDirectory(atPath: folder + "/files")
    #expect(names.count == 1)
    #expect(cache.image(ofFile: file, features: .standard) == nil)
  }

  /// At every place that a byte can be changed at, and cut short anywhere.
  @Test(arguments: [0, 9, 50, 100, 200, 330, 5000, 9000, 20_000, -1]) func aDamagedImageIsMadeAgain(_ place: Int) throws {
    defer { scratch.remove() }
    let cache = try keep()
    var bytes = try Data(contentsOf: URL(fileURLWithPath: imagePath))
    if place < 0 { bytes.removeLast(4096) } else { bytes[place] ^= 0x40 }
    try bytes.write(to: URL(fileURLWithPath: imagePath))
    chmod(try imagePath, 0o600)
    #expect(cache.image(ofFile: file, features: .standard) == nil)
    // It went away, and comes back.
    #expect(cache.keep(try Module(bytes: Self.module()), of: identity))
    try check(cache.image(ofFile: file, features: .standard))
  }

  @Test func anImageThatWasReplacedByAnEqualOneIsCheckedAndUsed() throws {
    defer { scratch.remove() }
    let cache = try keep()
    let bytes = try Data(contentsOf: URL(fileURLWithPath: imagePath))
    try bytes.write(to: URL(fileURLWithPath: imagePath))
    chmod(try imagePath, 0o600)
    try check(cache.image(ofFile: file, features: .standard))
  }

  @Test func anImageThatOthersCanWriteIsNotUsed() throws {
    defer { scratch.remove() }
    let cache = try keep()
    chmod(try imagePath, 0o666)
    #expect(cache.image(ofFile: file, features: .standard) == nil)
  }

  @Test func aFolderThatOthersCanWriteIsRefused() throws {
    defer { scratch.remove() }
    mkdir(folder, 0o700)
    chmod(folder, 0o777)
    let refusal = #expect(throws: CodeCache.Refusal.self) { try CodeCache(folder: folder) }
    #expect(refusal?.description.contains("others can write to it") == true)
    #expect(throws: CodeCache.Refusal.self) { try CodeCache(folder: file) }
    try FileManager.default.createSymbolicLink(atPath: scratch.path("link"), withDestinationPath: scratch.path("."))
    #expect(throws: CodeCache.Refusal.self) { try CodeCache(folder: scratch.path("link")) }
  }

  @Test func theLeastUsedGoFirst() throws {
    defer { scratch.remove() }
    let size = try Module(bytes: Self.module()).compiledImage().count
    let cache = try CodeCache(folder: folder, mostBytes: size * 5 / 2)
    for number in 1...4 as ClosedRange<UInt8> {
      #expect(cache.keep(try Module(bytes: Self.module(adding: number)), of: nil))
      // Times of files have whole seconds here.
      for name in try FileManager.default.contentsOfDirectory(atPath: folder) where name.hasSuffix(".code") {
        var times = [timeval(tv_sec: 1000, tv_usec: 0), timeval(tv_sec: 1000, tv_usec: 0)]
        var status = stat()
        guard stat(folder + "/" + name, &status) == 0, status.st_mtim.tv_sec > 100_000 else { continue }
        times[0].tv_sec = 1000 + Int(number)
        times[1].tv_sec = 1000 + Int(number)
        utimes(folder + "/" + name, times)
      }
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".code") }.count == 2)
    #expect(cache.image(of: ModuleBytes(Self.module(adding: 1)), features: .standard) == nil)
    #expect(cache.image(of: ModuleBytes(Self.module(adding: 4)), features: .standard) != nil)
  }

  @Test func writersAtTheSameTimeLeaveOneWholeImage() throws {
    defer { scratch.remove() }
    let cache = try CodeCache(folder: folder)
    let identity = identity
    DispatchQueue.concurrentPerform(iterations: 8) { _ in
      if let module = try? Module(bytes: Self.module()) { cache.keep(module, of: identity) }
    }
    try check(cache.image(ofFile: file, features: .standard))
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder).sorted().count == 2)
  }

  @Test func whatAnInstanceWritesNoOtherSees() throws {
    defer { scratch.remove() }
    let cache = try keep()
    let module = try Module(try #require(cache.image(ofFile: file, features: .standard)))
    for round in 0..<20 {
      let instance = try Instance(module, store: try Store())
      #expect(try instance.invoke("get", [.i32(5000)]) == [.i32(0x6161_6161)])
      #expect(try instance.invoke("get", [.i32(200_000)]) == [.i32(0)])
      _ = try instance.invoke("set", [.i32(5000), .i32(UInt32(round))])
      _ = try instance.invoke("set", [.i32(200_000), .i32(7)])
      #expect(try instance.invoke("get", [.i32(5000)]) == [.i32(UInt32(round))])
    }
  }
}
