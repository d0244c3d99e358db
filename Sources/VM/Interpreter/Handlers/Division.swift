// Integer division and remainder, with their traps (4.3.2.6 to 4.3.2.9).

@inline(__always)
func i32DivUSS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let divisor = c32(pc, sp)
  if _slowPath(divisor == 0) { return raise(pc, sp, cx, .integerDivideByZero) }
  put32(pc, sp, md, ms, cx, f0, b32(pc, sp) / divisor)
}
@inline(__always)
func i32RemUSS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let divisor = c32(pc, sp)
  if _slowPath(divisor == 0) { return raise(pc, sp, cx, .integerDivideByZero) }
  put32(pc, sp, md, ms, cx, f0, b32(pc, sp) % divisor)
}
@inline(__always)
func i32DivSSS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let dividend = Int32(bitPattern: b32(pc, sp))
  let divisor = Int32(bitPattern: c32(pc, sp))
  if _slowPath(divisor == 0) { return raise(pc, sp, cx, .integerDivideByZero) }
  if _slowPath(divisor == -1 && dividend == .min) { return raise(pc, sp, cx, .integerOverflow) }
  put32(pc, sp, md, ms, cx, f0, UInt32(bitPattern: dividend / divisor))
}
@inline(__always)
func i32RemSSS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let divisor = Int32(bitPattern: c32(pc, sp))
  if _slowPath(divisor == 0) { return raise(pc, sp, cx, .integerDivideByZero) }
  if _slowPath(divisor == -1) { return put32(pc, sp, md, ms, cx, f0, 0) }
  put32(pc, sp, md, ms, cx, f0, UInt32(bitPattern: Int32(bitPattern: b32(pc, sp)) % divisor))
}
@inline(__always)
func i32DivUSI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let divisor = immediate32(pc)
  if _slowPath(divisor == 0) { return raise(pc, sp, cx, .integerDivideByZero) }
  put32(pc, sp, md, ms, cx, f0, b32(pc, sp) / divisor)
}
@inline(__always)
func i32RemUSI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let divisor = immediate32(pc)
  if _slowPath(divisor == 0) { return raise(pc, sp, cx, .integerDivideByZero) }
  put32(pc, sp, md, ms, cx, f0, b32(pc, sp) % divisor)
}
@inline(__always)
func i32DivSSI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let dividend = Int32(bitPattern: b32(pc, sp))
  let divisor = Int32(bitPattern: immediate32(pc))
  if _slowPath(divisor == 0) { return raise(pc, sp, cx, .integerDivideByZero) }
  if _slowPath(divisor == -1 && dividend == .min) { return raise(pc, sp, cx, .integerOverflow) }
  put32(pc, sp, md, ms, cx, f0, UInt32(bitPattern: dividend / divisor))
}
@inline(__always)
func i32RemSSI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let divisor = Int32(bitPattern: immediate32(pc))
  if _slowPath(divisor == 0) { return raise(pc, sp, cx, .integerDivideByZero) }
  if _slowPath(divisor == -1) { return put32(pc, sp, md, ms, cx, f0, 0) }
  put32(pc, sp, md, ms, cx, f0, UInt32(bitPattern: Int32(bitPattern: b32(pc, sp)) % divisor))
}
@inline(__always)
func i64DivUSS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let divisor = c64(pc, sp)
  if _slowPath(divisor == 0) { return raise(pc, sp, cx, .integerDivideByZero) }
  put64(pc, sp, md, ms, cx, f0, b64(pc, sp) / divisor)
}
@inline(__always)
func i64RemUSS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let divisor = c64(pc, sp)
  if _slowPath(divisor == 0) { return raise(pc, sp, cx, .integerDivideByZero) }
  put64(pc, sp, md, ms, cx, f0, b64(pc, sp) % divisor)
}
@inline(__always)
func i64DivSSS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let dividend = Int64(bitPattern: b64(pc, sp))
  let divisor = Int64(bitPattern: c64(pc, sp))
  if _slowPath(divisor == 0) { return raise(pc, sp, cx, .integerDivideByZero) }
  if _slowPath(divisor == -1 && dividend == .min) { return raise(pc, sp, cx, .integerOverflow) }
  put64(pc, sp, md, ms, cx, f0, UInt64(bitPattern: dividend / divisor))
}
@inline(__always)
func i64RemSSS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let divisor = Int64(bitPattern: c64(pc, sp))
  if _slowPath(divisor == 0) { return raise(pc, sp, cx, .integerDivideByZero) }
  if _slowPath(divisor == -1) { return put64(pc, sp, md, ms, cx, f0, 0) }
  put64(pc, sp, md, ms, cx, f0, UInt64(bitPattern: Int64(bitPattern: b64(pc, sp)) % divisor))
}
@inline(__always)
func i64DivUSI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let divisor = immediate64(pc)
  if _slowPath(divisor == 0) { return raise(pc, sp, cx, .integerDivideByZero) }
  put64(pc, sp, md, ms, cx, f0, b64(pc, sp) / divisor)
}
@inline(__always)
func i64RemUSI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let divisor = immediate64(pc)
  if _slowPath(divisor == 0) { return raise(pc, sp, cx, .integerDivideByZero) }
  put64(pc, sp, md, ms, cx, f0, b64(pc, sp) % divisor)
}
@inline(__always)
func i64DivSSI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let dividend = Int64(bitPattern: b64(pc, sp))
  let divisor = Int64(bitPattern: immediate64(pc))
  if _slowPath(divisor == 0) { return raise(pc, sp, cx, .integerDivideByZero) }
  if _slowPath(divisor == -1 && dividend == .min) { return raise(pc, sp, cx, .integerOverflow) }
  put64(pc, sp, md, ms, cx, f0, UInt64(bitPattern: dividend / divisor))
}
@inline(__always)
func i64RemSSI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let divisor = Int64(bitPattern: immediate64(pc))
  if _slowPath(divisor == 0) { return raise(pc, sp, cx, .integerDivideByZero) }
  if _slowPath(divisor == -1) { return put64(pc, sp, md, ms, cx, f0, 0) }
  put64(pc, sp, md, ms, cx, f0, UInt64(bitPattern: Int64(bitPattern: b64(pc, sp)) % divisor))
}
