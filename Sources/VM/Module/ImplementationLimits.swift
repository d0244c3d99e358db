/// What we refuse beyond the specification, so that hostile modules cannot ask for more than their size pays for. The figures are those of
/// the WebAssembly JavaScript interface ("Limits"), which engines share.
enum ImplementationLimits {
  /// Locals of one function, parameters included.
  static let locals = 50_000
  /// Parameters, and results, of one function type.
  static let valuesPerType = 1_000
  /// Blocks open at once in a function (ours: the validator keeps some 60 bytes for each).
  static let openBlocks = 1 << 18
}
