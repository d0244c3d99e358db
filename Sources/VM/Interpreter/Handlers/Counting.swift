/// Adds the number of a block's instructions to the context's count (`Context.executedInstructions`). Registers pass through, so that
/// what the translator knows of them stays true.
@inline(__always)
func countInstructions(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let executed = cx[-8] &+ UInt64(wideImmediate(pc))
  if _slowPath(executed > cx[-10]) { return raise(pc, sp, cx, .fuelExhausted) }
  cx[-8] = executed
  next(pc + 8, sp, md, ms, cx, r0, f0)
}
