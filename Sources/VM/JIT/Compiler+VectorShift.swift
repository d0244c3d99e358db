/// Shifts of lanes (4.3.2): by a distance modulo the lanes' width. Where the machine has no instruction, wider lanes are shifted.
extension Compiler {
  mutating func vectorShift(_ opcode: Opcode) {
    switch opcode {
    case .i8x16Shl: shiftBytes(.left)
    case .i8x16ShrS: shiftBytes(.arithmeticRight)
    case .i8x16ShrU: shiftBytes(.right)
    case .i16x8Shl: shiftLanes(.psllw, bits: 16)
    case .i16x8ShrS: shiftLanes(.psraw, bits: 16)
    case .i16x8ShrU: shiftLanes(.psrlw, bits: 16)
    case .i32x4Shl: shiftLanes(.pslld, bits: 32)
    case .i32x4ShrS: shiftLanes(.psrad, bits: 32)
    case .i32x4ShrU: shiftLanes(.psrld, bits: 32)
    case .i64x2Shl: shiftLanes(.psllq, bits: 64)
    case .i64x2ShrU: shiftLanes(.psrlq, bits: 64)
    case .i64x2ShrS: shiftSigned64()
    default: preconditionFailure("no vector operator: \(opcode)")
    }
  }

  /// The distance, of which the lowest bits count, in a register for shifts. Uses both scratch registers.
  private mutating func loadDistance(_ value: StackValue, bits: Int32, plus extra: Int32 = 0) -> VectorRegister {
    load(value, Self.scratch)
    storage.assembler.alu(.and, MachineOperand(Self.scratch), immediate: bits - 1, wide: false)
    if extra != 0 { storage.assembler.alu(.add, MachineOperand(Self.scratch), immediate: extra, wide: false) }
    storage.assembler.moveToVector(Self.scratchFloat, MachineOperand(Self.scratch), wide: false)
    return Self.scratchFloat
  }

  private mutating func shiftLanes(_ shift: VectorShift, bits: Int32) {
    let right = pop()
    var left = pop()
    let register = inFloatRegister(&left)
    if right.place == .constant {
      let distance = UInt8(truncatingIfNeeded: right.bits) & UInt8(bits - 1)
      let result = vectorDestination(left)
      storage.assembler.vector(shift, result, register, by: distance)
      finishFloat(.v128, left, nil, result)
      return
    }
    let distance = loadDistance(right, bits: bits)
    let result = vectorDestination(left)
    storage.assembler.vector(shift, result, register, by: distance)
    finishFloat(.v128, left, right, result)
  }

  /// Shifted without the sign, which then stands where the shifted bit of the sign is: turned over and taken away it spreads.
  private mutating func shiftSigned64() {
    let right = pop()
    var left = pop()
    let register = inFloatRegister(&left)
    if right.place == .constant {
      let distance = UInt8(truncatingIfNeeded: right.bits) & 63
      let sign: UInt64 = 0x8000_0000_0000_0000 >> UInt64(distance)
      let result = vectorDestination(left)
      storage.assembler.vector(VectorShift.psrlq, result, register, by: distance)
      spreadSign(result, constant(sign, sign), VEX.psubq)
      finishFloat(.v128, left, nil, result)
      return
    }
    let sign = newFloat()
    storage.assembler.loadFloat(sign, constant(0x8000_0000_0000_0000, 0x8000_0000_0000_0000), width: 16)
    let distance = loadDistance(right, bits: 64)
    storage.assembler.vector(VectorShift.psrlq, sign, sign, by: distance)
    let result = vectorDestination(left)
    storage.assembler.vector(VectorShift.psrlq, result, register, by: distance)
    spreadSign(result, MachineOperand(sign), VEX.psubq)
    releaseFloat(sign.number)
    finishFloat(.v128, left, right, result)
  }

  private mutating func spreadSign(_ register: VectorRegister, _ sign: MachineOperand, _ subtraction: VEX) {
    storage.assembler.vector(VEX.pxor, register, register, sign)
    storage.assembler.vector(subtraction, register, register, sign)
  }

  private mutating func shiftBytes(_ shift: Shift) {
    let right = pop()
    var left = pop()
    let register = inFloatRegister(&left)
    if right.place == .constant {
      let result = vectorDestination(left)
      shiftBytes(shift, result, register, by: UInt8(truncatingIfNeeded: right.bits) & 7)
      finishFloat(.v128, left, nil, result)
    } else if shift == .arithmeticRight {
      shiftSignedBytes(left, right, register)
    } else {
      shiftUnsignedBytes(shift, left, right, register)
    }
  }

  /// Lanes of 16 bits are shifted, and what came over from the other byte is cleared.
  private mutating func shiftBytes(_ shift: Shift, _ result: VectorRegister, _ source: VectorRegister, by distance: UInt8) {
    let everyByte: UInt64 = 0x0101_0101_0101_0101
    let kept = UInt64(shift == .left ? 0xFF << distance & 0xFF : 0xFF >> distance) * everyByte
    storage.assembler.vector(shift == .left ? VectorShift.psllw : VectorShift.psrlw, result, source, by: distance)
    storage.assembler.vector(VEX.pand, result, result, constant(kept, kept))
    if shift == .arithmeticRight {
      let sign = UInt64(0x80 >> distance) * everyByte
      spreadSign(result, constant(sign, sign), VEX.psubb)
    }
  }

  /// Every byte twice in a lane of 16 bits: shifted by 8 more, the lane is the byte's result.
  private mutating func shiftSignedBytes(_ left: StackValue, _ right: StackValue, _ register: VectorRegister) {
    let low = newFloat()
    let high = newFloat()
    storage.assembler.vector(VEX.punpcklbw, low, register, register)
    storage.assembler.vector(VEX.punpckhbw, high, register, register)
    let distance = loadDistance(right, bits: 8, plus: 8)
    storage.assembler.vector(VectorShift.psraw, low, low, by: distance)
    storage.assembler.vector(VectorShift.psraw, high, high, by: distance)
    let result = vectorDestination(left)
    storage.assembler.vector(VEX.packsswb, result, low, high)
    releaseFloat(low.number)
    releaseFloat(high.number)
    finishFloat(.v128, left, right, result)
  }

  /// Bits that leave their byte to the left are cleared before, those that come from the right after: either way the lowest ones stay.
  private mutating func shiftUnsignedBytes(_ shift: Shift, _ left: StackValue, _ right: StackValue, _ register: VectorRegister) {
    let kept = newFloat()
    storage.assembler.vector(VEX.pcmpeqd, kept, kept, kept)
    storage.assembler.vector(VectorShift.psrlw, kept, kept, by: 8)
    let distance = loadDistance(right, bits: 8)
    storage.assembler.vector(VectorShift.psrlw, kept, kept, by: distance)
    storage.assembler.vector(VEX.packuswb, kept, kept, kept)
    let result = vectorDestination(left)
    if shift == .left {
      storage.assembler.vector(VEX.pand, result, register, kept)
      storage.assembler.vector(VectorShift.psllw, result, result, by: distance)
    } else {
      storage.assembler.vector(VectorShift.psrlw, result, register, by: distance)
      storage.assembler.vector(VEX.pand, result, result, kept)
    }
    releaseFloat(kept.number)
    finishFloat(.v128, left, right, result)
  }
}
