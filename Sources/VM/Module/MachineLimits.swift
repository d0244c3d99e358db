/// What a guest may take, beyond what the specification allows an engine to refuse (appendix, "Implementation Limitations"). Each limit has a
/// name, by which the command line sets it and errors speak of it.
public struct MachineLimits: Equatable, Sendable {
  /// Bytes of a module.
  public var moduleBytes = 1 << 30
  /// Functions of a module, imported ones included.
  public var functions = 1_000_000
  /// Pages of 64 KiB that one memory may have, in bytes as many where its pages are smaller; growing beyond is refused as the specification has it, with -1.
  public var memoryPages = 1 << 20
  /// Elements that one table may have; as above.
  public var tableElements = 10_000_000
  /// Bytes of the value stack, which nested calls share; only what is used takes memory.
  public var stackBytes = 16 << 20
  /// Bytes that all objects of a store may take.
  public var heapBytes = 4 << 30
  /// Instructions that each instance may execute; needs code that counts them, so it is looked at where it is set alone.
  public var fuel: UInt64?

  public init() {}

  public static let standard = MachineLimits()

  /// The names, each with what it limits and its default.
  public static let names: [(name: String, meaning: String)] = [
    ("module-bytes", "bytes of a module: \(size(standard.moduleBytes))"), ("functions", "functions of a module: \(standard.functions)"),
    ("memory-pages", "pages of 64 KiB of a memory: \(standard.memoryPages), the most there can be"),
    ("table-elements", "elements of a table: \(standard.tableElements)"),
    ("stack-bytes", "bytes of the stack of calls, at least \(least.stackBytes): \(size(standard.stackBytes))"),
    ("heap-bytes", "bytes of all objects, at least \(least.heapBytes): \(size(standard.heapBytes))"),
    ("fuel", "instructions executed: \(standard.fuel.map(String.init) ?? "no limit")"),
  ]

  /// A whole number of GiB or of MiB.
  private static func size(_ bytes: Int) -> String { bytes % (1 << 30) == 0 ? "\(bytes >> 30) GiB" : "\(bytes >> 20) MiB" }

  /// The stack of any store has so many bytes, its heap begins with so many, and no memory can have more pages.
  static let least = (stackBytes: 65536, heapBytes: Heap.blockBytes)
  private static let mostPages = 1 << 20

  /// Sets the limit of a name; false where there is none of this name, or the number is out of its range.
  public mutating func set(_ name: String, to number: UInt64) -> Bool {
    if name == "fuel" {
      fuel = number
      return true
    }
    guard let count = Int(exactly: number), count <= Int.max >> 4 else { return false }
    switch name {
    case "module-bytes": moduleBytes = count
    case "functions": functions = count
    case "memory-pages":
      guard count <= Self.mostPages else { return false }
      memoryPages = count
    case "table-elements": tableElements = count
    case "stack-bytes":
      guard count >= Self.least.stackBytes else { return false }
      stackBytes = count
    case "heap-bytes":
      guard count >= Self.least.heapBytes else { return false }
      heapBytes = count
    default: return false
    }
    return true
  }
}
