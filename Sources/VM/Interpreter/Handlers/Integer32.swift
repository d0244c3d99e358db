// i32 arithmetic and comparisons (4.3.2). Suffix: where the operands come from: S slot, I 16-bit immediate, R the last result (r0), K an extra word.

@inline(__always)
func i32AddSS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put32(pc, sp, md, ms, cx, f0, b32(pc, sp) &+ c32(pc, sp))
}
@inline(__always)
func i32AddSI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put32(pc, sp, md, ms, cx, f0, b32(pc, sp) &+ immediate32(pc))
}
@inline(__always)
func i32AddRS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put32(pc, sp, md, ms, cx, f0, r32(r0) &+ c32(pc, sp))
}
@inline(__always)
func i32AddRI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put32(pc, sp, md, ms, cx, f0, r32(r0) &+ immediate32(pc))
}
@inline(__always)
func i32MulSS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put32(pc, sp, md, ms, cx, f0, b32(pc, sp) &* c32(pc, sp))
}
@inline(__always)
func i32MulSI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put32(pc, sp, md, ms, cx, f0, b32(pc, sp) &* immediate32(pc))
}
@inline(__always)
func i32MulRS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put32(pc, sp, md, ms, cx, f0, r32(r0) &* c32(pc, sp))
}
@inline(__always)
func i32MulRI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put32(pc, sp, md, ms, cx, f0, r32(r0) &* immediate32(pc))
}
@inline(__always)
func i32AndSS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put32(pc, sp, md, ms, cx, f0, b32(pc, sp) & c32(pc, sp))
}
@inline(__always)
func i32AndSI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put32(pc, sp, md, ms, cx, f0, b32(pc, sp) & immediate32(pc))
}
@inline(__always)
func i32AndRS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put32(pc, sp, md, ms, cx, f0, r32(r0) & c32(pc, sp))
}
@inline(__always)
func i32AndRI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put32(pc, sp, md, ms, cx, f0, r32(r0) & immediate32(pc))
}
@inline(__always)
func i32OrSS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put32(pc, sp, md, ms, cx, f0, b32(pc, sp) | c32(pc, sp))
}
@inline(__always)
func i32OrSI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put32(pc, sp, md, ms, cx, f0, b32(pc, sp) | immediate32(pc))
}
@inline(__always)
func i32OrRS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put32(pc, sp, md, ms, cx, f0, r32(r0) | c32(pc, sp))
}
@inline(__always)
func i32OrRI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put32(pc, sp, md, ms, cx, f0, r32(r0) | immediate32(pc))
}
@inline(__always)
func i32XorSS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put32(pc, sp, md, ms, cx, f0, b32(pc, sp) ^ c32(pc, sp))
}
@inline(__always)
func i32XorSI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put32(pc, sp, md, ms, cx, f0, b32(pc, sp) ^ immediate32(pc))
}
@inline(__always)
func i32XorRS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put32(pc, sp, md, ms, cx, f0, r32(r0) ^ c32(pc, sp))
}
@inline(__always)
func i32XorRI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put32(pc, sp, md, ms, cx, f0, r32(r0) ^ immediate32(pc))
}
@inline(__always)
func i32AddK(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  finish32(pc, sp, md, ms, cx, f0, 16, b32(pc, sp) &+ UInt32(truncatingIfNeeded: extraWord(pc)))
}
@inline(__always)
func i32MulK(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  finish32(pc, sp, md, ms, cx, f0, 16, b32(pc, sp) &* UInt32(truncatingIfNeeded: extraWord(pc)))
}
@inline(__always)
func i32AndK(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  finish32(pc, sp, md, ms, cx, f0, 16, b32(pc, sp) & UInt32(truncatingIfNeeded: extraWord(pc)))
}
@inline(__always)
func i32OrK(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  finish32(pc, sp, md, ms, cx, f0, 16, b32(pc, sp) | UInt32(truncatingIfNeeded: extraWord(pc)))
}
@inline(__always)
func i32XorK(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  finish32(pc, sp, md, ms, cx, f0, 16, b32(pc, sp) ^ UInt32(truncatingIfNeeded: extraWord(pc)))
}
@inline(__always)
func i32SubSS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put32(pc, sp, md, ms, cx, f0, b32(pc, sp) &- c32(pc, sp))
}
@inline(__always)
func i32SubRS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put32(pc, sp, md, ms, cx, f0, r32(r0) &- c32(pc, sp))
}
@inline(__always)
func i32SubSR(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put32(pc, sp, md, ms, cx, f0, b32(pc, sp) &- r32(r0))
}
@inline(__always)
func i32ShlSS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put32(pc, sp, md, ms, cx, f0, b32(pc, sp) &<< c32(pc, sp))
}
@inline(__always)
func i32ShlSI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put32(pc, sp, md, ms, cx, f0, b32(pc, sp) &<< immediate32(pc))
}
@inline(__always)
func i32ShlRS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put32(pc, sp, md, ms, cx, f0, r32(r0) &<< c32(pc, sp))
}
@inline(__always)
func i32ShlSR(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put32(pc, sp, md, ms, cx, f0, b32(pc, sp) &<< r32(r0))
}
@inline(__always)
func i32ShlRI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put32(pc, sp, md, ms, cx, f0, r32(r0) &<< immediate32(pc))
}
@inline(__always)
func i32ShrSSS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put32(pc, sp, md, ms, cx, f0, UInt32(bitPattern: Int32(bitPattern: b32(pc, sp)) &>> Int32(bitPattern: c32(pc, sp))))
}
@inline(__always)
func i32ShrSSI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put32(pc, sp, md, ms, cx, f0, UInt32(bitPattern: Int32(bitPattern: b32(pc, sp)) &>> Int32(bitPattern: immediate32(pc))))
}
@inline(__always)
func i32ShrSRS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put32(pc, sp, md, ms, cx, f0, UInt32(bitPattern: Int32(bitPattern: r32(r0)) &>> Int32(bitPattern: c32(pc, sp))))
}
@inline(__always)
func i32ShrSSR(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put32(pc, sp, md, ms, cx, f0, UInt32(bitPattern: Int32(bitPattern: b32(pc, sp)) &>> Int32(bitPattern: r32(r0))))
}
@inline(__always)
func i32ShrSRI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put32(pc, sp, md, ms, cx, f0, UInt32(bitPattern: Int32(bitPattern: r32(r0)) &>> Int32(bitPattern: immediate32(pc))))
}
@inline(__always)
func i32ShrUSS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put32(pc, sp, md, ms, cx, f0, b32(pc, sp) &>> c32(pc, sp))
}
@inline(__always)
func i32ShrUSI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put32(pc, sp, md, ms, cx, f0, b32(pc, sp) &>> immediate32(pc))
}
@inline(__always)
func i32ShrURS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put32(pc, sp, md, ms, cx, f0, r32(r0) &>> c32(pc, sp))
}
@inline(__always)
func i32ShrUSR(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put32(pc, sp, md, ms, cx, f0, b32(pc, sp) &>> r32(r0))
}
@inline(__always)
func i32ShrURI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put32(pc, sp, md, ms, cx, f0, r32(r0) &>> immediate32(pc))
}
@inline(__always)
func i32RotlSS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put32(pc, sp, md, ms, cx, f0, (b32(pc, sp) &<< c32(pc, sp)) | (b32(pc, sp) &>> (0 &- c32(pc, sp))))
}
@inline(__always)
func i32RotlSI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put32(pc, sp, md, ms, cx, f0, (b32(pc, sp) &<< immediate32(pc)) | (b32(pc, sp) &>> (0 &- immediate32(pc))))
}
@inline(__always)
func i32RotlRS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put32(pc, sp, md, ms, cx, f0, (r32(r0) &<< c32(pc, sp)) | (r32(r0) &>> (0 &- c32(pc, sp))))
}
@inline(__always)
func i32RotlSR(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put32(pc, sp, md, ms, cx, f0, (b32(pc, sp) &<< r32(r0)) | (b32(pc, sp) &>> (0 &- r32(r0))))
}
@inline(__always)
func i32RotlRI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put32(pc, sp, md, ms, cx, f0, (r32(r0) &<< immediate32(pc)) | (r32(r0) &>> (0 &- immediate32(pc))))
}
@inline(__always)
func i32RotrSS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put32(pc, sp, md, ms, cx, f0, (b32(pc, sp) &>> c32(pc, sp)) | (b32(pc, sp) &<< (0 &- c32(pc, sp))))
}
@inline(__always)
func i32RotrSI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put32(pc, sp, md, ms, cx, f0, (b32(pc, sp) &>> immediate32(pc)) | (b32(pc, sp) &<< (0 &- immediate32(pc))))
}
@inline(__always)
func i32RotrRS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put32(pc, sp, md, ms, cx, f0, (r32(r0) &>> c32(pc, sp)) | (r32(r0) &<< (0 &- c32(pc, sp))))
}
@inline(__always)
func i32RotrSR(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put32(pc, sp, md, ms, cx, f0, (b32(pc, sp) &>> r32(r0)) | (b32(pc, sp) &<< (0 &- r32(r0))))
}
@inline(__always)
func i32RotrRI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put32(pc, sp, md, ms, cx, f0, (r32(r0) &>> immediate32(pc)) | (r32(r0) &<< (0 &- immediate32(pc))))
}
@inline(__always)
func i32EqSS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put32(pc, sp, md, ms, cx, f0, b32(pc, sp) == c32(pc, sp) ? 1 : 0)
}
@inline(__always)
func i32EqSI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put32(pc, sp, md, ms, cx, f0, b32(pc, sp) == immediate32(pc) ? 1 : 0)
}
@inline(__always)
func i32EqRS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put32(pc, sp, md, ms, cx, f0, r32(r0) == c32(pc, sp) ? 1 : 0)
}
@inline(__always)
func i32EqRI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put32(pc, sp, md, ms, cx, f0, r32(r0) == immediate32(pc) ? 1 : 0)
}
@inline(__always)
func i32NeSS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put32(pc, sp, md, ms, cx, f0, b32(pc, sp) != c32(pc, sp) ? 1 : 0)
}
@inline(__always)
func i32NeSI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put32(pc, sp, md, ms, cx, f0, b32(pc, sp) != immediate32(pc) ? 1 : 0)
}
@inline(__always)
func i32NeRS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put32(pc, sp, md, ms, cx, f0, r32(r0) != c32(pc, sp) ? 1 : 0)
}
@inline(__always)
func i32NeRI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put32(pc, sp, md, ms, cx, f0, r32(r0) != immediate32(pc) ? 1 : 0)
}
@inline(__always)
func i32LtSSS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put32(pc, sp, md, ms, cx, f0, Int32(bitPattern: b32(pc, sp)) < Int32(bitPattern: c32(pc, sp)) ? 1 : 0)
}
@inline(__always)
func i32LtSSI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put32(pc, sp, md, ms, cx, f0, Int32(bitPattern: b32(pc, sp)) < Int32(bitPattern: immediate32(pc)) ? 1 : 0)
}
@inline(__always)
func i32LtSRS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put32(pc, sp, md, ms, cx, f0, Int32(bitPattern: r32(r0)) < Int32(bitPattern: c32(pc, sp)) ? 1 : 0)
}
@inline(__always)
func i32LtSSR(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put32(pc, sp, md, ms, cx, f0, Int32(bitPattern: b32(pc, sp)) < Int32(bitPattern: r32(r0)) ? 1 : 0)
}
@inline(__always)
func i32LtSRI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put32(pc, sp, md, ms, cx, f0, Int32(bitPattern: r32(r0)) < Int32(bitPattern: immediate32(pc)) ? 1 : 0)
}
@inline(__always)
func i32LtUSS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put32(pc, sp, md, ms, cx, f0, b32(pc, sp) < c32(pc, sp) ? 1 : 0)
}
@inline(__always)
func i32LtUSI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put32(pc, sp, md, ms, cx, f0, b32(pc, sp) < immediate32(pc) ? 1 : 0)
}
@inline(__always)
func i32LtURS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put32(pc, sp, md, ms, cx, f0, r32(r0) < c32(pc, sp) ? 1 : 0)
}
@inline(__always)
func i32LtUSR(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put32(pc, sp, md, ms, cx, f0, b32(pc, sp) < r32(r0) ? 1 : 0)
}
@inline(__always)
func i32LtURI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put32(pc, sp, md, ms, cx, f0, r32(r0) < immediate32(pc) ? 1 : 0)
}
@inline(__always)
func i32GeSSS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put32(pc, sp, md, ms, cx, f0, Int32(bitPattern: b32(pc, sp)) >= Int32(bitPattern: c32(pc, sp)) ? 1 : 0)
}
@inline(__always)
func i32GeSSI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put32(pc, sp, md, ms, cx, f0, Int32(bitPattern: b32(pc, sp)) >= Int32(bitPattern: immediate32(pc)) ? 1 : 0)
}
@inline(__always)
func i32GeSRS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put32(pc, sp, md, ms, cx, f0, Int32(bitPattern: r32(r0)) >= Int32(bitPattern: c32(pc, sp)) ? 1 : 0)
}
@inline(__always)
func i32GeSSR(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put32(pc, sp, md, ms, cx, f0, Int32(bitPattern: b32(pc, sp)) >= Int32(bitPattern: r32(r0)) ? 1 : 0)
}
@inline(__always)
func i32GeSRI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put32(pc, sp, md, ms, cx, f0, Int32(bitPattern: r32(r0)) >= Int32(bitPattern: immediate32(pc)) ? 1 : 0)
}
@inline(__always)
func i32GeUSS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put32(pc, sp, md, ms, cx, f0, b32(pc, sp) >= c32(pc, sp) ? 1 : 0)
}
@inline(__always)
func i32GeUSI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put32(pc, sp, md, ms, cx, f0, b32(pc, sp) >= immediate32(pc) ? 1 : 0)
}
@inline(__always)
func i32GeURS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put32(pc, sp, md, ms, cx, f0, r32(r0) >= c32(pc, sp) ? 1 : 0)
}
@inline(__always)
func i32GeUSR(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put32(pc, sp, md, ms, cx, f0, b32(pc, sp) >= r32(r0) ? 1 : 0)
}
@inline(__always)
func i32GeURI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put32(pc, sp, md, ms, cx, f0, r32(r0) >= immediate32(pc) ? 1 : 0)
}
