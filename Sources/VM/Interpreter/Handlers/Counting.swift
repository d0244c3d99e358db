/// Adds the number of a block's instructions to the context's count (`Context.executedInstructions`). Registers pass through, so that
/// what the translator knows of them stays true.
@inline(__always)
func countInstructions(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let executed = cx[-8] &+ UInt64(wideImmediate(pc))
  if _slowPath(executed > cx[-10]) { return raise(pc, sp, cx, .fuelExhausted) }
  cx[-8] = executed
  next(pc + 8, sp, md, ms, cx, r0, f0)
}

/// a: slot of a number of bytes or elements; b: binary logarithm of how many take as much fuel as an instruction. Takes it off the limit.
@inline(__always)
func chargeFuel(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let limit = cx[-10]
  let cost = a64(pc, sp) &>> UInt64(operandB(pc))
  // Without a limit there is nothing to take off.
  if limit != .max {
    if _slowPath(cost > limit &- cx[-8]) { return raise(pc, sp, cx, .fuelExhausted) }
    cx[-10] = limit &- cost
  }
  next(pc + 8, sp, md, ms, cx, r0, f0)
}
