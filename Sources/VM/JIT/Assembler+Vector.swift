/// Scalar floats and vectors: VEX instructions of three operands, which leave their sources alone.
extension Assembler {
  // MARK: Moves

  mutating func moveVector(_ destination: VectorRegister, _ source: VectorRegister) {
    vex(VEX(0, 1, 0x28), destination.number, 0, .init(source))
  }
  /// The bits beyond the width become zero.
  mutating func loadFloat(_ destination: VectorRegister, _ source: MachineOperand, width: Int) {
    switch width {
    case 4: vex(VEX(2, 1, 0x10), destination.number, 0, source)
    case 8: vex(VEX(3, 1, 0x10), destination.number, 0, source)
    default: vex(VEX(0, 1, 0x10), destination.number, 0, source)
    }
  }
  mutating func storeFloat(_ source: VectorRegister, _ destination: MachineOperand, width: Int) {
    switch width {
    case 4: vex(VEX(2, 1, 0x11), source.number, 0, destination)
    case 8: vex(VEX(3, 1, 0x11), source.number, 0, destination)
    case 16: vex(VEX(0, 1, 0x11), source.number, 0, destination)
    default: vex(VEX(0, 1, 0x11, is256: true), source.number, 0, destination)
    }
  }
  /// vmovd, vmovq: the rest of the vector becomes zero.
  mutating func moveToVector(_ destination: VectorRegister, _ source: MachineOperand, wide: Bool) {
    vex(VEX(1, 1, 0x6E, wide: wide), destination.number, 0, source)
  }
  mutating func moveFromVector(_ destination: MachineOperand, _ source: VectorRegister, wide: Bool) {
    vex(VEX(1, 1, 0x7E, wide: wide), source.number, 0, destination)
  }
  mutating func zeroVector(_ destination: VectorRegister) {
    vex(VEX(0, 1, 0x57), destination.number, destination.number, .init(destination))
  }

  // MARK: Operations

  /// An operation of one or two sources; without a second one, 0 stands there.
  mutating func vector(_ form: VEX, _ destination: VectorRegister, _ left: VectorRegister, _ right: MachineOperand) {
    vex(form, destination.number, left.number, right)
  }
  mutating func vector(_ form: VEX, _ destination: VectorRegister, _ left: VectorRegister, _ right: VectorRegister) {
    vex(form, destination.number, left.number, .init(right))
  }
  mutating func vector(_ form: VEX, _ destination: VectorRegister, _ source: MachineOperand) { vex(form, destination.number, 0, source) }
  mutating func vector(_ form: VEX, _ destination: VectorRegister, _ source: VectorRegister) {
    vex(form, destination.number, 0, .init(source))
  }
  /// Operations with an immediate byte: their operands are no labels.
  mutating func vector(
    _ form: VEX, _ destination: VectorRegister, _ left: VectorRegister, _ right: MachineOperand, immediate: UInt8
  ) {
    vex(form, destination.number, left.number, right, immediate: immediate)
  }
  mutating func vector(
    _ form: VEX, _ destination: VectorRegister, _ left: VectorRegister, _ right: VectorRegister, immediate: UInt8
  ) {
    vex(form, destination.number, left.number, .init(right), immediate: immediate)
  }
  mutating func vector(_ form: VEX, _ destination: VectorRegister, _ source: MachineOperand, immediate: UInt8) {
    vex(form, destination.number, 0, source, immediate: immediate)
  }
  /// vpmullq: AVX-512 DQ and VL, in the EVEX encoding; a product of lanes of 64 bits.
  mutating func multiply64(_ destination: VectorRegister, _ left: VectorRegister, _ right: VectorRegister) {
    reserve()
    byte(0x62)
    // Inverted: the operands' upper bits; then the map, 0F38.
    byte((~(destination.number >> 3) & 1) << 7 | 0x40 | (~(right.number >> 3) & 1) << 5 | 0x10 | 2)
    byte(0x80 | (~left.number & 15) << 3 | 4 | 1)
    byte(0x08)
    byte(0x40)
    modRM(destination.number, .init(right))
  }
  /// A shift by an immediate: the opcode's extension stands in the register field, the destination before the source.
  mutating func vector(_ shift: VectorShift, _ destination: VectorRegister, _ source: VectorRegister, by distance: UInt8) {
    vex(VEX(1, 1, shift.immediateOpcode), shift.extension, destination.number, .init(source), immediate: distance)
  }
  /// A shift by the number in the low half of a vector.
  mutating func vector(_ shift: VectorShift, _ destination: VectorRegister, _ source: VectorRegister, by distance: VectorRegister) {
    vex(VEX(1, 1, shift.opcode), destination.number, source.number, .init(distance))
  }
  /// pextrb, pextrw, pextrd, pextrq: one lane to a general register, whose rest becomes zero, or to memory.
  mutating func extractLane(_ form: VEX, _ destination: MachineOperand, _ source: VectorRegister, _ lane: UInt8) {
    vex(form, source.number, 0, destination, immediate: lane)
  }
  /// pmovmskb, movmskps, movmskpd: the lanes' top bits to a general register.
  mutating func moveMask(_ form: VEX, _ destination: Register, _ source: VectorRegister) {
    vex(form, destination.number, 0, .init(source))
  }
  /// Four operands: the last register stands in an immediate.
  mutating func vectorBlend(
    _ form: VEX, _ destination: VectorRegister, _ left: VectorRegister, _ right: VectorRegister, mask: VectorRegister
  ) {
    vex(form, destination.number, left.number, .init(right), immediate: mask.number << 4)
  }
}

/// Instructions by their names in the manual, without the leading v.
extension VEX {
  static func scalar(_ opcode: UInt8, _ isDouble: Bool) -> VEX { VEX(isDouble ? 3 : 2, 1, opcode) }
  static func packed(_ opcode: UInt8, _ isDouble: Bool) -> VEX { VEX(isDouble ? 1 : 0, 1, opcode) }

  static let add: UInt8 = 0x58, multiply: UInt8 = 0x59, subtract: UInt8 = 0x5C, minimum: UInt8 = 0x5D, divide: UInt8 = 0x5E,
    maximum: UInt8 = 0x5F, squareRoot: UInt8 = 0x51, and: UInt8 = 0x54, andNot: UInt8 = 0x55, or: UInt8 = 0x56, xor: UInt8 = 0x57

  /// ucomiss, ucomisd.
  static func compareUnordered(_ isDouble: Bool) -> VEX { VEX(isDouble ? 1 : 0, 1, 0x2E) }
  /// roundss, roundsd.
  static func round(_ isDouble: Bool) -> VEX { VEX(1, 3, isDouble ? 0x0B : 0x0A) }
  /// roundps, roundpd.
  static func roundPacked(_ isDouble: Bool) -> VEX { VEX(1, 3, isDouble ? 0x09 : 0x08) }
  /// cvtsi2ss, cvtsi2sd of a general register.
  static func convertInteger(_ isDouble: Bool, wide: Bool) -> VEX { VEX(isDouble ? 3 : 2, 1, 0x2A, wide: wide) }
  /// cvttss2si, cvttsd2si to a general register.
  static func truncate(_ isDouble: Bool, wide: Bool) -> VEX { VEX(isDouble ? 3 : 2, 1, 0x2C, wide: wide) }
  /// cvtss2sd, cvtsd2ss.
  static func convertFloat(fromDouble: Bool) -> VEX { VEX(fromDouble ? 3 : 2, 1, 0x5A) }
  /// An integer operation of opcode map 1 (0F) with prefix 66.
  static func integer(_ opcode: UInt8) -> VEX { VEX(1, 1, opcode) }
  /// One of map 2 (0F38).
  static func integer38(_ opcode: UInt8) -> VEX { VEX(1, 2, opcode) }
  /// One of map 3 (0F3A), which takes an immediate.
  static func integer3A(_ opcode: UInt8) -> VEX { VEX(1, 3, opcode) }

  // MARK: Whole vectors

  static let pand = integer(0xDB), pandn = integer(0xDF), por = integer(0xEB), pxor = integer(0xEF), ptest = integer38(0x17)

  // MARK: Integer arithmetic

  static let paddb = integer(0xFC), paddw = integer(0xFD), paddd = integer(0xFE), paddq = integer(0xD4)
  static let psubb = integer(0xF8), psubw = integer(0xF9), psubd = integer(0xFA), psubq = integer(0xFB)
  static let paddsb = integer(0xEC), paddsw = integer(0xED), paddusb = integer(0xDC), paddusw = integer(0xDD)
  static let psubsb = integer(0xE8), psubsw = integer(0xE9), psubusb = integer(0xD8), psubusw = integer(0xD9)
  static let pminsb = integer38(0x38), pminsw = integer(0xEA), pminsd = integer38(0x39)
  static let pminub = integer(0xDA), pminuw = integer38(0x3A), pminud = integer38(0x3B)
  static let pmaxsb = integer38(0x3C), pmaxsw = integer(0xEE), pmaxsd = integer38(0x3D)
  static let pmaxub = integer(0xDE), pmaxuw = integer38(0x3E), pmaxud = integer38(0x3F)
  static let pavgb = integer(0xE0), pavgw = integer(0xE3)
  static let pabsb = integer38(0x1C), pabsw = integer38(0x1D), pabsd = integer38(0x1E)
  static let pmullw = integer(0xD5), pmulld = integer38(0x40), pmulhw = integer(0xE5), pmulhuw = integer(0xE4), pmulhrsw = integer38(0x0B)
  static let pmuldq = integer38(0x28), pmuludq = integer(0xF4), pmaddwd = integer(0xF5), pmaddubsw = integer38(0x04)

  // MARK: Comparisons

  static let pcmpeqb = integer(0x74), pcmpeqw = integer(0x75), pcmpeqd = integer(0x76), pcmpeqq = integer38(0x29)
  static let pcmpgtb = integer(0x64), pcmpgtw = integer(0x65), pcmpgtd = integer(0x66), pcmpgtq = integer38(0x37)
  static let pmovmskb = integer(0xD7), movmskps = packed(0x50, false), movmskpd = packed(0x50, true)
  /// cmpps, cmppd with a predicate (`FloatPredicate`).
  static func comparePacked(_ isDouble: Bool) -> VEX { packed(0xC2, isDouble) }

  // MARK: Lanes

  static let punpcklbw = integer(0x60), punpcklwd = integer(0x61), punpckldq = integer(0x62), punpcklqdq = integer(0x6C)
  static let punpckhbw = integer(0x68), punpckhwd = integer(0x69), punpckhdq = integer(0x6A), punpckhqdq = integer(0x6D)
  static let packsswb = integer(0x63), packuswb = integer(0x67), packssdw = integer(0x6B), packusdw = integer38(0x2B)
  static let pshufb = integer38(0x00), pshufd = integer(0x70), shufps = packed(0xC6, false), palignr = integer3A(0x0F)
  static let pblendw = integer3A(0x0E), insertps = integer3A(0x21)
  static let pextrb = integer3A(0x14), pextrw = integer3A(0x15), pextrd = integer3A(0x16), pextrq = VEX(1, 3, 0x16, wide: true)
  static let pinsrb = integer3A(0x20), pinsrw = integer(0xC4), pinsrd = integer3A(0x22), pinsrq = VEX(1, 3, 0x22, wide: true)
  static let pbroadcastb = integer38(0x78), pbroadcastw = integer38(0x79)
  static let broadcastss = integer38(0x18), movddup = VEX(3, 1, 0x12)
  /// movsd of registers: the low half of the second source, the high half of the first.
  static let movsd = VEX(3, 1, 0x10)
  /// movq of registers: the high half becomes zero.
  static let movq = VEX(2, 1, 0x7E)
  static let pmovsxbw = integer38(0x20), pmovsxwd = integer38(0x23), pmovsxdq = integer38(0x25)
  static let pmovzxbw = integer38(0x30), pmovzxwd = integer38(0x33), pmovzxdq = integer38(0x35)

  // MARK: Conversions

  static let cvtpd2ps = packed(0x5A, true), cvtps2pd = packed(0x5A, false), cvtdq2ps = packed(0x5B, false), cvtdq2pd = VEX(2, 1, 0xE6)
  static let cvttps2dq = VEX(2, 1, 0x5B), cvttpd2dq = packed(0xE6, true)

  // MARK: Multiplication and addition rounded once

  /// fmadd213 and fnmadd213: the destination times the second source, plus the third; or minus the product.
  static func multiplyAdd213(_ isDouble: Bool, negated: Bool) -> VEX { VEX(1, 2, negated ? 0xAC : 0xA8, wide: isDouble) }
  /// fmadd231 and fnmadd231: the second source times the third, plus the destination; or minus the product.
  static func multiplyAdd231(_ isDouble: Bool, negated: Bool) -> VEX { VEX(1, 2, negated ? 0xBC : 0xB8, wide: isDouble) }
  /// blendvps, blendvpd.
  static func blendByMask(_ isDouble: Bool) -> VEX { VEX(1, 3, isDouble ? 0x4B : 0x4A) }
}

/// A shift of all lanes by the same distance: the opcode for one in a vector, and that with its extension for an immediate.
struct VectorShift {
  var opcode: UInt8
  var immediateOpcode: UInt8
  var `extension`: UInt8

  @inline(__always) init(_ opcode: UInt8, _ immediateOpcode: UInt8, _ extension: UInt8) {
    (self.opcode, self.immediateOpcode, self.extension) = (opcode, immediateOpcode, `extension`)
  }

  static let psllw = VectorShift(0xF1, 0x71, 6), pslld = VectorShift(0xF2, 0x72, 6), psllq = VectorShift(0xF3, 0x73, 6)
  static let psrlw = VectorShift(0xD1, 0x71, 2), psrld = VectorShift(0xD2, 0x72, 2), psrlq = VectorShift(0xD3, 0x73, 2)
  static let psraw = VectorShift(0xE1, 0x71, 4), psrad = VectorShift(0xE2, 0x72, 4)
}

/// What cmpps and cmppd ask (table 3-1 of volume 2): those of ordered lanes are false where a lane is NaN.
enum FloatPredicate: UInt8 { case equal = 0, less, lessOrEqual, unordered, notEqual, ordered = 7, greaterOrEqual = 13, greater = 14 }
