// Memory, table and reference instructions that work through a slower call (4.4.2, 4.4.6, 4.4.7).
// Operands stand in consecutive slots from a; results go to slot a. Indices are in b and c. None of them is worth a form of its own.

@inline(__always)
func memorySizeGet(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put32(pc, sp, md, ms, cx, f0, UInt32(truncatingIfNeeded: ms >> 16))
}

/// b: index of the memory; c: binary logarithm of its pages' bytes. What another thread has added can be used from here on.
@inline(__always)
func memorySizeOf(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let memory = Context(cx).memories[operandB(pc)]
  let size = UInt64(Context(cx).memories[0].pointee.byteCount)
  put64(pc, sp, md, size, cx, f0, UInt64(memory.pointee.byteCount) &>> UInt64(operandC(pc)))
}

/// a: slot of the address; b: index of the memory, with bit 15 for atomic accesses, whose addresses are multiples of their width;
/// c: bytes of the access; extra word: the offset. Checks the access (4.4.7.1) and puts md and ms so that an access of this width at the
/// slot's lower half without an offset reaches it, and no other does.
@inline(__always)
func memoryWindow(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let memory = Context(cx).memories[operandB(pc) & 0x7FFF]
  let (address, overflow) = a64(pc, sp).addingReportingOverflow(extraWord(pc))
  let width = UInt64(operandC(pc))
  if _slowPath(operandB(pc) & 0x8000 != 0 && address & (width &- 1) != 0) { return raise(pc, sp, cx, .unalignedAtomic) }
  let count = UInt64(memory.pointee.byteCount)
  if _slowPath(overflow || address > count || width > count &- address) { return trapOutOfBounds(pc, sp, md, ms, cx) }
  let low = UInt64(a32(pc, sp))
  next(pc + 16, sp, memory.pointee.base + Int(truncatingIfNeeded: address &- low), low &+ width, cx, r0, f0)
}

@inline(__always)
func memoryRestore(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let memory = Context(cx).memories[0]
  next(pc + 8, sp, memory.pointee.base, UInt64(memory.pointee.byteCount), cx, r0, f0)
}

/// a: slot of the pages and of the result; b: index of the memory; c: 1 where its addresses have 64 bits.
@inline(__always)
func memoryGrow(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let old = growMemory(cx, operandB(pc), a64(pc, sp))
  // Memory 0 may be the one that grew, under whatever index.
  let size = UInt64(Context(cx).memories[0].pointee.byteCount)
  let mask: UInt64 = operandC(pc) == 0 ? 0xFFFF_FFFF : .max
  put64(pc, sp, md, size, cx, f0, UInt64(bitPattern: Int64(old)) & mask)
}

@inline(never)
private func growMemory(_ cx: CX, _ memory: Int, _ pages: UInt64) -> Int {
  Context(cx).instance.memories[memory].grow(pages: Int(clamping: pages))
}

/// a: start, value, count; b: index of the memory.
@inline(__always)
func memoryFill(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let operands = sp + operandA(pc)
  let memory = Context(cx).memories[operandB(pc)]
  if _slowPath(!UInt64(memory.pointee.byteCount).holds(operands[0], operands[2])) { return trapOutOfBounds(pc, sp, md, ms, cx) }
  (memory.pointee.base + Int(operands[0])).initializeMemory(
    as: UInt8.self, repeating: UInt8(truncatingIfNeeded: operands[1]), count: Int(operands[2]))
  next(pc + 8, sp, md, ms, cx, r0, f0)
}

/// a: destination, source, count; b, c: indices of their memories.
@inline(__always)
func memoryCopy(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let operands = sp + operandA(pc)
  let destination = Context(cx).memories[operandB(pc)]
  let source = Context(cx).memories[operandC(pc)]
  if _slowPath(
    !UInt64(destination.pointee.byteCount).holds(operands[0], operands[2])
      || !UInt64(source.pointee.byteCount).holds(operands[1], operands[2]))
  {
    return trapOutOfBounds(pc, sp, md, ms, cx)
  }
  (destination.pointee.base + Int(operands[0])).copyMemory(from: source.pointee.base + Int(operands[1]), byteCount: Int(operands[2]))
  next(pc + 8, sp, md, ms, cx, r0, f0)
}

/// a: start, offset, count; b, c: the segment; extra word: index of the memory.
@inline(__always)
func memoryInit(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let operands = sp + operandA(pc)
  guard initializeMemory(cx, Int(truncatingIfNeeded: extraWord(pc)), Int(wideImmediate(pc)), operands) else {
    return trapOutOfBounds(pc, sp, md, ms, cx)
  }
  next(pc + 16, sp, md, ms, cx, r0, f0)
}

@inline(never)
private func initializeMemory(_ cx: CX, _ memory: Int, _ segment: Int, _ operands: SP) -> Bool {
  Context(cx).instance.initializeMemory(memory, segment: segment, at: operands[0], offset: operands[1], count: operands[2])
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
  let index = a64(pc, sp)
  if _slowPath(index >= UInt64(table.pointee.count)) { return raise(pc, sp, cx, .tableOutOfBounds) }
  put64(pc, sp, md, ms, cx, f0, table.pointee.elements[Int(truncatingIfNeeded: index)])
}

/// a: slot of the index, the value follows; b, c: the table.
@inline(__always)
func tableSet(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let table = Context(cx).tables[Int(wideImmediate(pc))]
  let index = a64(pc, sp)
  if _slowPath(index >= UInt64(table.pointee.count)) { return raise(pc, sp, cx, .tableOutOfBounds) }
  table.pointee.elements[Int(truncatingIfNeeded: index)] = sp[operandA(pc) + 1]
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
  put64(pc, sp, md, ms, cx, f0, UInt64(bitPattern: Int64(growTable(cx, Int(wideImmediate(pc)), operands[0], operands[1]))))
}

@inline(never)
private func growTable(_ cx: CX, _ table: Int, _ slot: UInt64, _ count: UInt64) -> Int {
  Context(cx).instance.tables[table].grow(by: count, slot: slot)
}

/// a: start, value, count; b, c: the table.
@inline(__always)
func tableFill(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let operands = sp + operandA(pc)
  guard fillTable(cx, Int(wideImmediate(pc)), operands[0], operands[1], operands[2]) else {
    return raise(pc, sp, cx, .tableOutOfBounds)
  }
  next(pc + 8, sp, md, ms, cx, r0, f0)
}

@inline(never)
private func fillTable(_ cx: CX, _ table: Int, _ start: UInt64, _ slot: UInt64, _ count: UInt64) -> Bool {
  Context(cx).instance.tables[table].fill(from: start, slot: slot, count: count)
}

/// a: destination, source, count; extra word: the destination's table, and above it the source's.
@inline(__always)
func tableCopy(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let operands = sp + operandA(pc)
  guard copyTable(cx, Int(extraLow(pc)), Int(extraHigh(pc)), operands[0], operands[1], operands[2]) else {
    return raise(pc, sp, cx, .tableOutOfBounds)
  }
  next(pc + 16, sp, md, ms, cx, r0, f0)
}

@inline(never)
private func copyTable(_ cx: CX, _ destination: Int, _ source: Int, _ start: UInt64, _ offset: UInt64, _ count: UInt64) -> Bool {
  let tables = Context(cx).instance.tables
  return TableRecord.copy(to: tables[destination], at: start, from: tables[source], at: offset, count: count)
}

/// a: start, offset, count; extra word: the table, and above it the segment.
@inline(__always)
func tableInit(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let operands = sp + operandA(pc)
  guard initializeTable(cx, Int(extraLow(pc)), Int(extraHigh(pc)), operands[0], operands[1], operands[2]) else {
    return raise(pc, sp, cx, .tableOutOfBounds)
  }
  next(pc + 16, sp, md, ms, cx, r0, f0)
}

@inline(never)
private func initializeTable(_ cx: CX, _ table: Int, _ segment: Int, _ start: UInt64, _ offset: UInt64, _ count: UInt64) -> Bool {
  Context(cx).instance.initializeTable(table, segment: segment, at: start, offset: offset, count: count)
}

@inline(__always)
func elementDrop(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  dropElements(cx, Int(wideImmediate(pc)))
  next(pc + 8, sp, md, ms, cx, r0, f0)
}

@inline(never)
private func dropElements(_ cx: CX, _ segment: Int) { Context(cx).instance.dropElements(segment) }
