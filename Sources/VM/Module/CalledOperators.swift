extension Module {
  /// Names of all operators that this engine knows, each once.
  public static var operatorNames: [String] { unique((0..<OpcodeTable.count).compactMap { OpcodeTable.row($0)?.name.description }) }

  /// Names of the operators in the functions that were called so far, each once.
  public var calledOperators: [String] {
    let printer = ModulePrinter(module: self)
    let called = bodies.indices.filter { code.isTranslated(UInt32(importedFunctionCount + $0)) }
    return Self.unique(called.flatMap(printer.operatorNames))
  }

  private static func unique(_ names: [String]) -> [String] { Set(names).sorted() }
}
