// Wide arithmetic (a proposal): 128-bit numbers as two slots, low half first. a: slot of the first operand and of the results.

@inline(__always)
private func results(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double, _ low: UInt64, _ high: UInt64) {
  let slots = sp + operandA(pc)
  slots[0] = low
  slots[1] = high
  next(pc + 8, sp, md, ms, cx, r0, f0)
}

@inline(__always)
func i64Add128(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let operands = sp + operandA(pc)
  let (low, carry) = operands[0].addingReportingOverflow(operands[2])
  results(pc, sp, md, ms, cx, r0, f0, low, operands[1] &+ operands[3] &+ (carry ? 1 : 0))
}

@inline(__always)
func i64Sub128(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let operands = sp + operandA(pc)
  let (low, borrow) = operands[0].subtractingReportingOverflow(operands[2])
  results(pc, sp, md, ms, cx, r0, f0, low, operands[1] &- operands[3] &- (borrow ? 1 : 0))
}

@inline(__always)
func i64MulWideS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let operands = sp + operandA(pc)
  let (high, low) = Int64(bitPattern: operands[0]).multipliedFullWidth(by: Int64(bitPattern: operands[1]))
  results(pc, sp, md, ms, cx, r0, f0, low, UInt64(bitPattern: high))
}

@inline(__always)
func i64MulWideU(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let operands = sp + operandA(pc)
  let (high, low) = operands[0].multipliedFullWidth(by: operands[1])
  results(pc, sp, md, ms, cx, r0, f0, low, high)
}
