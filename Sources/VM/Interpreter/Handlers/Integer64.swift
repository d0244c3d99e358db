// i64 arithmetic and comparisons (4.3.2). Suffixes as for i32.

@inline(__always)
func i64AddSS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put64(pc, sp, md, ms, cx, f0, b64(pc, sp) &+ c64(pc, sp))
}
@inline(__always)
func i64AddSI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put64(pc, sp, md, ms, cx, f0, b64(pc, sp) &+ immediate64(pc))
}
@inline(__always)
func i64AddRS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put64(pc, sp, md, ms, cx, f0, r0 &+ c64(pc, sp))
}
@inline(__always)
func i64AddRI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put64(pc, sp, md, ms, cx, f0, r0 &+ immediate64(pc))
}
@inline(__always)
func i64MulSS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put64(pc, sp, md, ms, cx, f0, b64(pc, sp) &* c64(pc, sp))
}
@inline(__always)
func i64MulSI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put64(pc, sp, md, ms, cx, f0, b64(pc, sp) &* immediate64(pc))
}
@inline(__always)
func i64MulRS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put64(pc, sp, md, ms, cx, f0, r0 &* c64(pc, sp))
}
@inline(__always)
func i64MulRI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put64(pc, sp, md, ms, cx, f0, r0 &* immediate64(pc))
}
@inline(__always)
func i64AndSS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put64(pc, sp, md, ms, cx, f0, b64(pc, sp) & c64(pc, sp))
}
@inline(__always)
func i64AndSI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put64(pc, sp, md, ms, cx, f0, b64(pc, sp) & immediate64(pc))
}
@inline(__always)
func i64AndRS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put64(pc, sp, md, ms, cx, f0, r0 & c64(pc, sp))
}
@inline(__always)
func i64AndRI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put64(pc, sp, md, ms, cx, f0, r0 & immediate64(pc))
}
@inline(__always)
func i64OrSS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put64(pc, sp, md, ms, cx, f0, b64(pc, sp) | c64(pc, sp))
}
@inline(__always)
func i64OrSI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put64(pc, sp, md, ms, cx, f0, b64(pc, sp) | immediate64(pc))
}
@inline(__always)
func i64OrRS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put64(pc, sp, md, ms, cx, f0, r0 | c64(pc, sp))
}
@inline(__always)
func i64OrRI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put64(pc, sp, md, ms, cx, f0, r0 | immediate64(pc))
}
@inline(__always)
func i64XorSS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put64(pc, sp, md, ms, cx, f0, b64(pc, sp) ^ c64(pc, sp))
}
@inline(__always)
func i64XorSI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put64(pc, sp, md, ms, cx, f0, b64(pc, sp) ^ immediate64(pc))
}
@inline(__always)
func i64XorRS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put64(pc, sp, md, ms, cx, f0, r0 ^ c64(pc, sp))
}
@inline(__always)
func i64XorRI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put64(pc, sp, md, ms, cx, f0, r0 ^ immediate64(pc))
}
@inline(__always)
func i64AddK(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  finish64(pc, sp, md, ms, cx, f0, 16, b64(pc, sp) &+ extraWord(pc))
}
@inline(__always)
func i64MulK(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  finish64(pc, sp, md, ms, cx, f0, 16, b64(pc, sp) &* extraWord(pc))
}
@inline(__always)
func i64AndK(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  finish64(pc, sp, md, ms, cx, f0, 16, b64(pc, sp) & extraWord(pc))
}
@inline(__always)
func i64OrK(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  finish64(pc, sp, md, ms, cx, f0, 16, b64(pc, sp) | extraWord(pc))
}
@inline(__always)
func i64XorK(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  finish64(pc, sp, md, ms, cx, f0, 16, b64(pc, sp) ^ extraWord(pc))
}
@inline(__always)
func i64SubSS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put64(pc, sp, md, ms, cx, f0, b64(pc, sp) &- c64(pc, sp))
}
@inline(__always)
func i64SubRS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put64(pc, sp, md, ms, cx, f0, r0 &- c64(pc, sp))
}
@inline(__always)
func i64SubSR(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put64(pc, sp, md, ms, cx, f0, b64(pc, sp) &- r0)
}
@inline(__always)
func i64ShlSS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put64(pc, sp, md, ms, cx, f0, b64(pc, sp) &<< c64(pc, sp))
}
@inline(__always)
func i64ShlSI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put64(pc, sp, md, ms, cx, f0, b64(pc, sp) &<< immediate64(pc))
}
@inline(__always)
func i64ShlRS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put64(pc, sp, md, ms, cx, f0, r0 &<< c64(pc, sp))
}
@inline(__always)
func i64ShlSR(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put64(pc, sp, md, ms, cx, f0, b64(pc, sp) &<< r0)
}
@inline(__always)
func i64ShlRI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put64(pc, sp, md, ms, cx, f0, r0 &<< immediate64(pc))
}
@inline(__always)
func i64ShrSSS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put64(pc, sp, md, ms, cx, f0, UInt64(bitPattern: Int64(bitPattern: b64(pc, sp)) &>> Int64(bitPattern: c64(pc, sp))))
}
@inline(__always)
func i64ShrSSI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put64(pc, sp, md, ms, cx, f0, UInt64(bitPattern: Int64(bitPattern: b64(pc, sp)) &>> Int64(bitPattern: immediate64(pc))))
}
@inline(__always)
func i64ShrSRS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put64(pc, sp, md, ms, cx, f0, UInt64(bitPattern: Int64(bitPattern: r0) &>> Int64(bitPattern: c64(pc, sp))))
}
@inline(__always)
func i64ShrSSR(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put64(pc, sp, md, ms, cx, f0, UInt64(bitPattern: Int64(bitPattern: b64(pc, sp)) &>> Int64(bitPattern: r0)))
}
@inline(__always)
func i64ShrSRI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put64(pc, sp, md, ms, cx, f0, UInt64(bitPattern: Int64(bitPattern: r0) &>> Int64(bitPattern: immediate64(pc))))
}
@inline(__always)
func i64ShrUSS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put64(pc, sp, md, ms, cx, f0, b64(pc, sp) &>> c64(pc, sp))
}
@inline(__always)
func i64ShrUSI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put64(pc, sp, md, ms, cx, f0, b64(pc, sp) &>> immediate64(pc))
}
@inline(__always)
func i64ShrURS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put64(pc, sp, md, ms, cx, f0, r0 &>> c64(pc, sp))
}
@inline(__always)
func i64ShrUSR(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put64(pc, sp, md, ms, cx, f0, b64(pc, sp) &>> r0)
}
@inline(__always)
func i64ShrURI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put64(pc, sp, md, ms, cx, f0, r0 &>> immediate64(pc))
}
@inline(__always)
func i64RotlSS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put64(pc, sp, md, ms, cx, f0, (b64(pc, sp) &<< c64(pc, sp)) | (b64(pc, sp) &>> (0 &- c64(pc, sp))))
}
@inline(__always)
func i64RotlSI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put64(pc, sp, md, ms, cx, f0, (b64(pc, sp) &<< immediate64(pc)) | (b64(pc, sp) &>> (0 &- immediate64(pc))))
}
@inline(__always)
func i64RotlRS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put64(pc, sp, md, ms, cx, f0, (r0 &<< c64(pc, sp)) | (r0 &>> (0 &- c64(pc, sp))))
}
@inline(__always)
func i64RotlSR(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put64(pc, sp, md, ms, cx, f0, (b64(pc, sp) &<< r0) | (b64(pc, sp) &>> (0 &- r0)))
}
@inline(__always)
func i64RotlRI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put64(pc, sp, md, ms, cx, f0, (r0 &<< immediate64(pc)) | (r0 &>> (0 &- immediate64(pc))))
}
@inline(__always)
func i64RotrSS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put64(pc, sp, md, ms, cx, f0, (b64(pc, sp) &>> c64(pc, sp)) | (b64(pc, sp) &<< (0 &- c64(pc, sp))))
}
@inline(__always)
func i64RotrSI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put64(pc, sp, md, ms, cx, f0, (b64(pc, sp) &>> immediate64(pc)) | (b64(pc, sp) &<< (0 &- immediate64(pc))))
}
@inline(__always)
func i64RotrRS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put64(pc, sp, md, ms, cx, f0, (r0 &>> c64(pc, sp)) | (r0 &<< (0 &- c64(pc, sp))))
}
@inline(__always)
func i64RotrSR(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put64(pc, sp, md, ms, cx, f0, (b64(pc, sp) &>> r0) | (b64(pc, sp) &<< (0 &- r0)))
}
@inline(__always)
func i64RotrRI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put64(pc, sp, md, ms, cx, f0, (r0 &>> immediate64(pc)) | (r0 &<< (0 &- immediate64(pc))))
}
@inline(__always)
func i64EqSS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put32(pc, sp, md, ms, cx, f0, b64(pc, sp) == c64(pc, sp) ? 1 : 0)
}
@inline(__always)
func i64EqSI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put32(pc, sp, md, ms, cx, f0, b64(pc, sp) == immediate64(pc) ? 1 : 0)
}
@inline(__always)
func i64EqRS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put32(pc, sp, md, ms, cx, f0, r0 == c64(pc, sp) ? 1 : 0)
}
@inline(__always)
func i64EqRI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put32(pc, sp, md, ms, cx, f0, r0 == immediate64(pc) ? 1 : 0)
}
@inline(__always)
func i64NeSS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put32(pc, sp, md, ms, cx, f0, b64(pc, sp) != c64(pc, sp) ? 1 : 0)
}
@inline(__always)
func i64NeSI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put32(pc, sp, md, ms, cx, f0, b64(pc, sp) != immediate64(pc) ? 1 : 0)
}
@inline(__always)
func i64NeRS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put32(pc, sp, md, ms, cx, f0, r0 != c64(pc, sp) ? 1 : 0)
}
@inline(__always)
func i64NeRI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put32(pc, sp, md, ms, cx, f0, r0 != immediate64(pc) ? 1 : 0)
}
@inline(__always)
func i64LtSSS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put32(pc, sp, md, ms, cx, f0, Int64(bitPattern: b64(pc, sp)) < Int64(bitPattern: c64(pc, sp)) ? 1 : 0)
}
@inline(__always)
func i64LtSSI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put32(pc, sp, md, ms, cx, f0, Int64(bitPattern: b64(pc, sp)) < Int64(bitPattern: immediate64(pc)) ? 1 : 0)
}
@inline(__always)
func i64LtSRS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put32(pc, sp, md, ms, cx, f0, Int64(bitPattern: r0) < Int64(bitPattern: c64(pc, sp)) ? 1 : 0)
}
@inline(__always)
func i64LtSSR(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put32(pc, sp, md, ms, cx, f0, Int64(bitPattern: b64(pc, sp)) < Int64(bitPattern: r0) ? 1 : 0)
}
@inline(__always)
func i64LtSRI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put32(pc, sp, md, ms, cx, f0, Int64(bitPattern: r0) < Int64(bitPattern: immediate64(pc)) ? 1 : 0)
}
@inline(__always)
func i64LtUSS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put32(pc, sp, md, ms, cx, f0, b64(pc, sp) < c64(pc, sp) ? 1 : 0)
}
@inline(__always)
func i64LtUSI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put32(pc, sp, md, ms, cx, f0, b64(pc, sp) < immediate64(pc) ? 1 : 0)
}
@inline(__always)
func i64LtURS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put32(pc, sp, md, ms, cx, f0, r0 < c64(pc, sp) ? 1 : 0)
}
@inline(__always)
func i64LtUSR(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put32(pc, sp, md, ms, cx, f0, b64(pc, sp) < r0 ? 1 : 0)
}
@inline(__always)
func i64LtURI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put32(pc, sp, md, ms, cx, f0, r0 < immediate64(pc) ? 1 : 0)
}
@inline(__always)
func i64GeSSS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put32(pc, sp, md, ms, cx, f0, Int64(bitPattern: b64(pc, sp)) >= Int64(bitPattern: c64(pc, sp)) ? 1 : 0)
}
@inline(__always)
func i64GeSSI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put32(pc, sp, md, ms, cx, f0, Int64(bitPattern: b64(pc, sp)) >= Int64(bitPattern: immediate64(pc)) ? 1 : 0)
}
@inline(__always)
func i64GeSRS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put32(pc, sp, md, ms, cx, f0, Int64(bitPattern: r0) >= Int64(bitPattern: c64(pc, sp)) ? 1 : 0)
}
@inline(__always)
func i64GeSSR(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put32(pc, sp, md, ms, cx, f0, Int64(bitPattern: b64(pc, sp)) >= Int64(bitPattern: r0) ? 1 : 0)
}
@inline(__always)
func i64GeSRI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put32(pc, sp, md, ms, cx, f0, Int64(bitPattern: r0) >= Int64(bitPattern: immediate64(pc)) ? 1 : 0)
}
@inline(__always)
func i64GeUSS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put32(pc, sp, md, ms, cx, f0, b64(pc, sp) >= c64(pc, sp) ? 1 : 0)
}
@inline(__always)
func i64GeUSI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put32(pc, sp, md, ms, cx, f0, b64(pc, sp) >= immediate64(pc) ? 1 : 0)
}
@inline(__always)
func i64GeURS(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put32(pc, sp, md, ms, cx, f0, r0 >= c64(pc, sp) ? 1 : 0)
}
@inline(__always)
func i64GeUSR(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put32(pc, sp, md, ms, cx, f0, b64(pc, sp) >= r0 ? 1 : 0)
}
@inline(__always)
func i64GeURI(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  put32(pc, sp, md, ms, cx, f0, r0 >= immediate64(pc) ? 1 : 0)
}
