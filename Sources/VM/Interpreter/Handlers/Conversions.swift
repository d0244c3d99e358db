// Conversions between numbers (4.3.4). C functions: what they call is not inlined into the C entry point of a Swift function.

@c
func i32TruncF32S(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let value = Double(bF32(pc, sp))
  guard let whole = truncated(value, to: Int32.self) else {
    return raise(pc, sp, cx, value.isNaN ? .invalidConversionToInteger : .integerOverflow)
  }
  put32(pc, sp, md, ms, cx, f0, UInt32(truncatingIfNeeded: whole))
}
@c
func i32TruncSatF32S(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put32(pc, sp, md, ms, cx, f0, UInt32(truncatingIfNeeded: saturated(Double(bF32(pc, sp)), to: Int32.self)))
}
@c
func f32ConvertI32S(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  putF32(pc, sp, md, ms, cx, r0, f0, Float(Int32(bitPattern: b32(pc, sp))))
}
@c
func i32TruncF32U(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let value = Double(bF32(pc, sp))
  guard let whole = truncated(value, to: UInt32.self) else {
    return raise(pc, sp, cx, value.isNaN ? .invalidConversionToInteger : .integerOverflow)
  }
  put32(pc, sp, md, ms, cx, f0, UInt32(truncatingIfNeeded: whole))
}
@c
func i32TruncSatF32U(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put32(pc, sp, md, ms, cx, f0, UInt32(truncatingIfNeeded: saturated(Double(bF32(pc, sp)), to: UInt32.self)))
}
@c
func f32ConvertI32U(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  putF32(pc, sp, md, ms, cx, r0, f0, Float(b32(pc, sp)))
}
@c
func i32TruncF64S(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let value = bF64(pc, sp)
  guard let whole = truncated(value, to: Int32.self) else {
    return raise(pc, sp, cx, value.isNaN ? .invalidConversionToInteger : .integerOverflow)
  }
  put32(pc, sp, md, ms, cx, f0, UInt32(truncatingIfNeeded: whole))
}
@c
func i32TruncSatF64S(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put32(pc, sp, md, ms, cx, f0, UInt32(truncatingIfNeeded: saturated(bF64(pc, sp), to: Int32.self)))
}
@c
func f64ConvertI32S(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  putF64(pc, sp, md, ms, cx, r0, Double(Int32(bitPattern: b32(pc, sp))))
}
@c
func i32TruncF64U(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let value = bF64(pc, sp)
  guard let whole = truncated(value, to: UInt32.self) else {
    return raise(pc, sp, cx, value.isNaN ? .invalidConversionToInteger : .integerOverflow)
  }
  put32(pc, sp, md, ms, cx, f0, UInt32(truncatingIfNeeded: whole))
}
@c
func i32TruncSatF64U(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put32(pc, sp, md, ms, cx, f0, UInt32(truncatingIfNeeded: saturated(bF64(pc, sp), to: UInt32.self)))
}
@c
func f64ConvertI32U(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  putF64(pc, sp, md, ms, cx, r0, Double(b32(pc, sp)))
}
@c
func i64TruncF32S(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let value = Double(bF32(pc, sp))
  guard let whole = truncated(value, to: Int64.self) else {
    return raise(pc, sp, cx, value.isNaN ? .invalidConversionToInteger : .integerOverflow)
  }
  put64(pc, sp, md, ms, cx, f0, UInt64(truncatingIfNeeded: whole))
}
@c
func i64TruncSatF32S(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put64(pc, sp, md, ms, cx, f0, UInt64(truncatingIfNeeded: saturated(Double(bF32(pc, sp)), to: Int64.self)))
}
@c
func f32ConvertI64S(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  putF32(pc, sp, md, ms, cx, r0, f0, Float(Int64(bitPattern: b64(pc, sp))))
}
@c
func i64TruncF32U(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let value = Double(bF32(pc, sp))
  guard let whole = truncated(value, to: UInt64.self) else {
    return raise(pc, sp, cx, value.isNaN ? .invalidConversionToInteger : .integerOverflow)
  }
  put64(pc, sp, md, ms, cx, f0, UInt64(truncatingIfNeeded: whole))
}
@c
func i64TruncSatF32U(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put64(pc, sp, md, ms, cx, f0, UInt64(truncatingIfNeeded: saturated(Double(bF32(pc, sp)), to: UInt64.self)))
}
@c
func f32ConvertI64U(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  putF32(pc, sp, md, ms, cx, r0, f0, Float(b64(pc, sp)))
}
@c
func i64TruncF64S(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let value = bF64(pc, sp)
  guard let whole = truncated(value, to: Int64.self) else {
    return raise(pc, sp, cx, value.isNaN ? .invalidConversionToInteger : .integerOverflow)
  }
  put64(pc, sp, md, ms, cx, f0, UInt64(truncatingIfNeeded: whole))
}
@c
func i64TruncSatF64S(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put64(pc, sp, md, ms, cx, f0, UInt64(truncatingIfNeeded: saturated(bF64(pc, sp), to: Int64.self)))
}
@c
func f64ConvertI64S(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  putF64(pc, sp, md, ms, cx, r0, Double(Int64(bitPattern: b64(pc, sp))))
}
@c
func i64TruncF64U(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let value = bF64(pc, sp)
  guard let whole = truncated(value, to: UInt64.self) else {
    return raise(pc, sp, cx, value.isNaN ? .invalidConversionToInteger : .integerOverflow)
  }
  put64(pc, sp, md, ms, cx, f0, UInt64(truncatingIfNeeded: whole))
}
@c
func i64TruncSatF64U(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put64(pc, sp, md, ms, cx, f0, UInt64(truncatingIfNeeded: saturated(bF64(pc, sp), to: UInt64.self)))
}
@c
func f64ConvertI64U(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  putF64(pc, sp, md, ms, cx, r0, Double(b64(pc, sp)))
}
@c
func f32DemoteF64(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  putF32(pc, sp, md, ms, cx, r0, f0, Float(bF64(pc, sp)))
}
@c
func f64PromoteF32(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  putF64(pc, sp, md, ms, cx, r0, Double(bF32(pc, sp)))
}
