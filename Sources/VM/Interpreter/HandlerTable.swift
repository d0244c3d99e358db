/// The handlers by instruction: the table that every context has one of.
enum HandlerTable {
  /// Number of instructions.
  static let count = Int(Instruction.interruptedTrap.rawValue) + 1

  /// The handler that ends a run, as a table's entry.
  static var interruptedTrapEntry: UInt64 { entry(interruptedTrap) }

  /// Writes the handlers' addresses to a table.
  static func install(_ table: UnsafeMutablePointer<UInt64>) {
    table.update(repeating: 0, count: count)
    installInteger32(table)
    installBranch32(table)
    installDivision(table)
    installUnary(table)
    installInteger64(table)
    installBranch64(table)
    installLoads(table)
    installStores(table)
    installFloat64(table)
    installFloat32(table)
    installConversions(table)
    installVectors(table)
    installMoves(table)
    installFused(table)
    installPairs(table)
    installControl(table)
  }

  static func set(_ table: UnsafeMutablePointer<UInt64>, _ instruction: Instruction, _ handler: Handler) {
    table[Int(instruction.rawValue)] = entry(handler)
  }

  private static func entry(_ handler: Handler) -> UInt64 { UInt64(unsafeBitCast(handler, to: UInt.self)) }

  private static func installMoves(_ table: UnsafeMutablePointer<UInt64>) {
    set(table, .copy, copy)
    set(table, .copyR, copyR)
    set(table, .copyPair, copyPair)
    set(table, .const32, const32)
    set(table, .const64S, const64S)
    set(table, .const64, const64)
    set(table, .globalGet, globalGet)
    set(table, .globalSet, globalSet)
    set(table, .importedGlobalGet, importedGlobalGet)
    set(table, .importedGlobalSet, importedGlobalSet)
    set(table, .select, select)
    set(table, .selectR, selectR)
    set(table, .zeroTwo, zeroTwo)
    set(table, .zeroFour, zeroFour)
    set(table, .zeroEight, zeroEight)
  }

  private static func installControl(_ table: UnsafeMutablePointer<UInt64>) {
    set(table, .br, br)
    set(table, .brTable, brTable)
    set(table, .call, call)
    set(table, .callIndirect, callIndirect)
    set(table, .callImport, callImport)
    set(table, .returnCall, returnCall)
    set(table, .returnCallIndirect, returnCallIndirect)
    set(table, .returnCallImport, returnCallImport)
    set(table, .ret, ret)
    set(table, .retValue, retValue)
    set(table, .unreachableTrap, unreachableTrap)
    set(table, .memorySizeGet, memorySizeGet)
    set(table, .memoryGrow, memoryGrow)
    set(table, .memoryFill, memoryFill)
    set(table, .memoryCopy, memoryCopy)
    set(table, .memoryInit, memoryInit)
    set(table, .dataDrop, dataDrop)
    set(table, .tableGet, tableGet)
    set(table, .tableSet, tableSet)
    set(table, .tableSize, tableSize)
    set(table, .tableGrow, tableGrow)
    set(table, .tableFill, tableFill)
    set(table, .tableCopy, tableCopy)
    set(table, .tableInit, tableInit)
    set(table, .elementDrop, elementDrop)
    set(table, .refFunc, refFunc)
    set(table, .count, countInstructions)
    set(table, .lazy, lazy)
    set(table, .crossReturn, crossReturn)
    set(table, .halt, halt)
    set(table, .interruptedTrap, interruptedTrap)
  }
}
