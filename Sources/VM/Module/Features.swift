/// What a module may use: of WebAssembly 3.0 all that is not switched off, beyond it only what is switched on.
public struct Features: OptionSet, Sendable {
  public let rawValue: UInt8
  public init(rawValue: UInt8) { self.rawValue = rawValue }

  /// More than one memory. Scripts of proposals that are older than this part of 3.0 expect it to be refused.
  public static let severalMemories = Features(rawValue: 8)
  /// More than one table; as above.
  public static let severalTables = Features(rawValue: 16)

  /// Atomic instructions and shared memories.
  public static let threads = Features(rawValue: 1)
  /// Memories with pages of one byte.
  public static let customPageSizes = Features(rawValue: 2)
  /// 128-bit addition, subtraction and multiplication.
  public static let wideArithmetic = Features(rawValue: 4)

  /// WebAssembly 3.0 and nothing beyond it.
  public static let standard: Features = [.severalMemories, .severalTables]
  public static let all: Features = [.standard, .threads, .customPageSizes, .wideArithmetic]

  /// The names, as options and messages have them.
  public static let names: [(name: String, feature: Features)] = [
    ("threads", .threads), ("custom-page-sizes", .customPageSizes), ("wide-arithmetic", .wideArithmetic),
    ("multi-memory", .severalMemories),
    ("multi-table", .severalTables),
  ]

  /// Features by name, separated by commas; `all` for all of them. Nil where a name is none.
  public init?(list: String) {
    self = []
    for word in list.split(separator: ",", omittingEmptySubsequences: false) {
      if word == "all" {
        formUnion(.all)
      } else if let known = Self.names.first(where: { $0.name == word }) {
        formUnion(known.feature)
      } else {
        return nil
      }
    }
  }

  var name: String { Self.names.first { $0.feature == self }?.name ?? "none" }
}

extension ModuleError {
  /// A module that needs what is switched off. `place` says what announces it.
  static func switchedOff(_ feature: Features, at offset: Int, _ place: String) -> ModuleError {
    ModuleError(.unsupported, at: offset, "needs \(feature.name), which is switched off (\(place))")
  }

  /// A module beyond our own limits (`ImplementationLimits`), which the specification's appendix allows an engine to have.
  static func limit(at offset: Int, _ message: String) -> ModuleError {
    ModuleError(.unsupported, at: offset, "implementation limit: \(message)")
  }
}

extension ByteReader {
  /// An error about the opcode that was just read and that we have no meaning for.
  ///
  /// - Parameter start: offset of its first byte; a prefix's number is behind it.
  @inline(never)
  func illegalOpcode(from start: Int) -> ModuleError {
    var rest = self
    rest.seek(start + 1)
    if 0xFB...0xFE ~= self.start[start] { _ = try? rest.u32() }
    return ModuleError(.malformed, at: start, "illegal opcode \(opcodeText(start..<rest.offset))")
  }

  func opcodeText(_ range: Range<Int>) -> String { range.map { String(self.start[$0], radix: 16) }.joined(separator: " ") }
}
