/// What a guest may take, beyond what the specification allows an engine to refuse (appendix, "Implementation Limitations"). Each limit has a
/// name, by which the command line sets it and errors speak of it.
public struct MachineLimits: Equatable, Sendable {
  /// Bytes of a module.
  public var moduleBytes = 1 << 30
  /// Functions of a module, imported ones included.
  public var functions = 1_000_000
  /// Pages that one memory may have; growing beyond is refused as the specification has it, with -1.
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
    ("module-bytes", "bytes of a module: 1 GiB"), ("functions", "functions of a module: 1000000"),
    ("memory-pages", "pages of a memory: 1048576"), ("table-elements", "elements of a table: 10000000"),
    ("stack-bytes", "bytes of the stack of calls: 16 MiB"), ("heap-bytes", "bytes of all objects: 4 GiB"),
    ("fuel", "instructions executed: no limit"),
  ]

  /// Sets the limit of a name; false where there is none of this name, or the number is out of its range.
  public mutating func set(_ name: String, to number: UInt64) -> Bool {
    if name == "fuel" {
      fuel = number
      return true
    }
    guard let count = Int(exactly: number) else { return false }
    switch name {
    case "module-bytes": moduleBytes = count
    case "functions": functions = count
    case "memory-pages": memoryPages = count
    case "table-elements": tableElements = count
    case "stack-bytes": stackBytes = count
    case "heap-bytes": heapBytes = count
    default: return false
    }
    return true
  }
}
