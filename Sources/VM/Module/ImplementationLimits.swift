/// What we refuse beyond the specification, so that hostile modules cannot ask for more than their size pays for. The figures are those of
/// the WebAssembly JavaScript interface ("Limits"), which engines share.
enum ImplementationLimits {
  /// Types of one module.
  static let types = 1_000_000
  /// Types above a type.
  static let subtypingDepth = 64
  /// Fields of one structure.
  static let fields = 10_000
  /// Operands of one `array.new_fixed`.
  static let fixedElements = 10_000
  /// Locals of one function, parameters included.
  static let locals = 50_000
  /// Parameters, and results, of one function type.
  static let valuesPerType = 1_000
  /// Memories of one module.
  static let memories = 100
  /// Tables of one module, imported ones included.
  static let tables = 100_000
  /// Blocks open at once in a function (ours: the validator keeps some 60 bytes for each).
  static let openBlocks = 1 << 18
}
