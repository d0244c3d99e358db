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
  /// A shift by an immediate: the opcode's extension stands in the register field, the destination before the source.
  mutating func vectorShift(
    _ opcode: UInt8, _ extension: UInt8, _ destination: VectorRegister, _ source: VectorRegister, by distance: UInt8
  ) {
    vex(VEX(1, 1, opcode), `extension`, destination.number, .init(source), immediate: distance)
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
}
