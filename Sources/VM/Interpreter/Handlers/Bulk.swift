// Memory, table and reference instructions that work through a slower call (4.4.2, 4.4.6, 4.4.7).
// Operands stand in consecutive slots from a; results go to slot a. Indices are in b and c. None of them is worth a form of its own.

@inline(__always)
func memorySizeGet(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put32(pc, sp, md, ms, cx, f0, UInt32(truncatingIfNeeded: ms >> 16))
}

@inline(__always)
func memoryGrow(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let pages = a32(pc, sp)
  let old = growMemory(cx, Int(pages))
  let size = old < 0 ? ms : (UInt64(old) + UInt64(pages)) << 16
  put32(pc, sp, md, size, cx, f0, UInt32(truncatingIfNeeded: old))
}

@inline(never)
private func growMemory(_ cx: CX, _ pages: Int) -> Int { Context(cx).memory?.grow(pages: pages) ?? -1 }

@inline(__always)
func memoryFill(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let operands = sp + operandA(pc)
  let start = UInt64(low32(operands, 0))
  let count = UInt64(low32(operands, 2))
  if _slowPath(start &+ count > ms) { return raise(pc, sp, cx, .memoryOutOfBounds) }
  (md + Int(start)).initializeMemory(as: UInt8.self, repeating: UInt8(truncatingIfNeeded: operands[1]), count: Int(count))
  next(pc + 8, sp, md, ms, cx, r0, f0)
}

@inline(__always)
func memoryCopy(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let operands = sp + operandA(pc)
  let destination = UInt64(low32(operands, 0))
  let source = UInt64(low32(operands, 1))
  let count = UInt64(low32(operands, 2))
  if _slowPath(max(destination, source) &+ count > ms) { return raise(pc, sp, cx, .memoryOutOfBounds) }
  (md + Int(destination)).copyMemory(from: md + Int(source), byteCount: Int(count))
  next(pc + 8, sp, md, ms, cx, r0, f0)
}

@inline(__always)
func memoryInit(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let operands = sp + operandA(pc)
  guard initializeMemory(cx, Int(wideImmediate(pc)), low32(operands, 0), low32(operands, 1), low32(operands, 2)) else {
    return raise(pc, sp, cx, .memoryOutOfBounds)
  }
  next(pc + 8, sp, md, ms, cx, r0, f0)
}

@inline(never)
private func initializeMemory(_ cx: CX, _ segment: Int, _ start: UInt32, _ offset: UInt32, _ count: UInt32) -> Bool {
  Context(cx).instance.initializeMemory(segment: segment, at: UInt64(start), offset: UInt64(offset), count: UInt64(count))
}

@inline(__always)
func dataDrop(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  dropData(cx, Int(wideImmediate(pc)))
  next(pc + 8, sp, md, ms, cx, r0, f0)
}

@inline(never)
private func dropData(_ cx: CX, _ segment: Int) { Context(cx).instance.isDataDropped[segment] = true }

/// a: slot of the index and of the result; b, c: the table.
@inline(__always)
func tableGet(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let table = Context(cx).tables[Int(wideImmediate(pc))]
  let index = Int(a32(pc, sp))
  if _slowPath(index >= table.pointee.count) { return raise(pc, sp, cx, .tableOutOfBounds) }
  put64(pc, sp, md, ms, cx, f0, table.pointee.elements[index])
}

/// a: slot of the index, the value follows; b, c: the table.
@inline(__always)
func tableSet(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let table = Context(cx).tables[Int(wideImmediate(pc))]
  let index = Int(a32(pc, sp))
  if _slowPath(index >= table.pointee.count) { return raise(pc, sp, cx, .tableOutOfBounds) }
  table.pointee.elements[index] = sp[operandA(pc) + 1]
  next(pc + 8, sp, md, ms, cx, r0, f0)
}

@inline(__always)
func tableSize(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put32(pc, sp, md, ms, cx, f0, UInt32(truncatingIfNeeded: Context(cx).tables[Int(wideImmediate(pc))].pointee.count))
}

/// a: slot of the value, the count follows; result in a.
@inline(__always)
func tableGrow(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let operands = sp + operandA(pc)
  put32(pc, sp, md, ms, cx, f0, UInt32(truncatingIfNeeded: growTable(cx, Int(wideImmediate(pc)), operands[0], low32(operands, 1))))
}

@inline(never)
private func growTable(_ cx: CX, _ table: Int, _ slot: UInt64, _ count: UInt32) -> Int {
  Context(cx).instance.tables[table].grow(by: UInt64(count), slot: slot)
}

/// a: start, value, count; b, c: the table.
@inline(__always)
func tableFill(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let operands = sp + operandA(pc)
  guard fillTable(cx, Int(wideImmediate(pc)), low32(operands, 0), operands[1], low32(operands, 2)) else {
    return raise(pc, sp, cx, .tableOutOfBounds)
  }
  next(pc + 8, sp, md, ms, cx, r0, f0)
}

@inline(never)
private func fillTable(_ cx: CX, _ table: Int, _ start: UInt32, _ slot: UInt64, _ count: UInt32) -> Bool {
  Context(cx).instance.tables[table].fill(from: UInt64(start), slot: slot, count: UInt64(count))
}

/// a: destination, source, count; b: destination table; c: source table.
@inline(__always)
func tableCopy(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let operands = sp + operandA(pc)
  guard copyTable(cx, operandB(pc), operandC(pc), low32(operands, 0), low32(operands, 1), low32(operands, 2)) else {
    return raise(pc, sp, cx, .tableOutOfBounds)
  }
  next(pc + 8, sp, md, ms, cx, r0, f0)
}

@inline(never)
private func copyTable(_ cx: CX, _ destination: Int, _ source: Int, _ start: UInt32, _ offset: UInt32, _ count: UInt32) -> Bool {
  let tables = Context(cx).instance.tables
  return TableRecord.copy(to: tables[destination], at: UInt64(start), from: tables[source], at: UInt64(offset), count: UInt64(count))
}

/// a: start, offset, count; b: table; c: segment.
@inline(__always)
func tableInit(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let operands = sp + operandA(pc)
  guard initializeTable(cx, operandB(pc), operandC(pc), low32(operands, 0), low32(operands, 1), low32(operands, 2)) else {
    return raise(pc, sp, cx, .tableOutOfBounds)
  }
  next(pc + 8, sp, md, ms, cx, r0, f0)
}

@inline(never)
private func initializeTable(_ cx: CX, _ table: Int, _ segment: Int, _ start: UInt32, _ offset: UInt32, _ count: UInt32) -> Bool {
  Context(cx).instance.initializeTable(table, segment: segment, at: UInt64(start), offset: UInt64(offset), count: UInt64(count))
}

@inline(__always)
func elementDrop(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  dropElements(cx, Int(wideImmediate(pc)))
  next(pc + 8, sp, md, ms, cx, r0, f0)
}

@inline(never)
private func dropElements(_ cx: CX, _ segment: Int) { Context(cx).instance.isElementDropped[segment] = true }

@inline(__always)
func refFunc(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put64(pc, sp, md, ms, cx, f0, functionReference(cx, Int(wideImmediate(pc))))
}

@inline(never)
private func functionReference(_ cx: CX, _ index: Int) -> UInt64 {
  UInt64(UInt(bitPattern: Context(cx).instance.record(function: index)))
}
