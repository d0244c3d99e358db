import Coordinator
import OCI

/// The program an image is made for.
enum ImageProgram {
  /// Path of a WebAssembly module.
  case module(String)
  /// Path of an ELF executable.
  case executable(String)

  var path: String {
    switch self {
    case .module(let path), .executable(let path): path
    }
  }

  /// The file's own name; nil where the path has none.
  var name: String? {
    guard let name = path.split(separator: "/").last, name != ".", name != ".." else { return nil }
    return String(name)
  }

  var usualPlatform: Platform {
    switch self {
    case .module: .wasi
    case .executable: .linux
    }
  }

  /// Why these bytes are no program of this kind; nil where they are one by their first bytes.
  func fault(in content: [UInt8]) -> CoordinatorError? {
    let reason =
      switch self {
      case .module: Self.moduleFault(content)
      case .executable: Self.executableFault(content)
      }
    return reason.map { CoordinatorError(.badData, "\(path) \($0)") }
  }

  /// The binary format's preamble: magic number, then version and layer, 16 bits each (core specification 5.5.16, component model's binary format).
  private static func moduleFault(_ content: [UInt8]) -> String? {
    guard content.count >= 8, content.starts(with: [0x00, 0x61, 0x73, 0x6D]) else {
      return
        "is no WebAssembly module: it does not begin with \\0asm and a version; compile it for wasm32-wasi, or give a program of this machine as --native"
    }
    switch Array(content[4..<8]) {
    case [1, 0, 0, 0]: return nil
    case let preamble where preamble[2] == 1 && preamble[3] == 0:
      return "is a component, and images here hold modules; compile it for wasm32-wasip1"
    case let preamble:
      return "is a WebAssembly module of version \(Int(preamble[0]) | Int(preamble[1]) << 8), and only version 1 is known; compile it anew"
    }
  }

  /// The header of an ELF file (System V ABI, chapter 4).
  private static func executableFault(_ content: [UInt8]) -> String? {
    guard content.count >= 64, content.starts(with: [0x7F, 0x45, 0x4C, 0x46]) else {
      let isModule = content.starts(with: [0x00, 0x61, 0x73, 0x6D])
      return
        "is no ELF executable; \(isModule ? "give a WebAssembly module as --wasm" : "give a program that was compiled for this machine")"
    }
    let isFor64 = content[4] == 2 && content[5] == 1 && number(content, at: 18, bytes: 2) == 62
    guard isFor64 else { return "is an ELF file, but not for x86-64; compile it for \(Platform.linux)" }
    guard let type = number(content, at: 16, bytes: 2), [2, 3].contains(type) else {
      return "is an ELF file, but no executable; link it into a program"
    }
    return nil
  }

  /// The path of the program that a dynamically linked executable asks to be started by; nil where it needs none.
  func interpreter(in content: [UInt8]) -> String? {
    guard case .executable = self, let table = Self.number(content, at: 32, bytes: 8), let count = Self.number(content, at: 56, bytes: 2),
      let size = Self.number(content, at: 54, bytes: 2)
    else { return nil }
    for index in 0..<count {
      guard let header = Self.sum(table, index * size), let kind = Self.number(content, at: header, bytes: 4) else { return nil }
      guard kind == 3 else { continue }
      guard let start = Self.number(content, at: header + 8, bytes: 8), let length = Self.number(content, at: header + 32, bytes: 8),
        let end = Self.sum(start, length), end <= content.count
      else { return nil }
      return String(validating: content[start..<end].prefix { $0 != 0 }, as: UTF8.self)
    }
    return nil
  }

  /// A little-endian number; nil beyond the end, and where it is too large for a place in a file.
  private static func number(_ content: [UInt8], at offset: Int, bytes: Int) -> Int? {
    guard let end = sum(offset, bytes), end <= content.count else { return nil }
    var value: UInt64 = 0
    for index in 0..<bytes { value |= UInt64(content[offset + index]) << (8 * UInt64(index)) }
    return Int(exactly: value)
  }

  private static func sum(_ left: Int, _ right: Int) -> Int? {
    let (sum, overflow) = left.addingReportingOverflow(right)
    return overflow ? nil : sum
  }
}
