/// Conversions between lanes of integers and floats that take more than an instruction (4.3.4).
extension Compiler {
  /// The instruction converts what does not fit to the least number: right if it is too small, turned over if it is too great, 0 for NaN.
  mutating func vectorTruncate32Signed() {
    var value = pop()
    let register = inFloatRegister(&value)
    let mask = newFloat()
    let bound: UInt64 = 0x4F00_0000_4F00_0000
    storage.assembler.vector(VEX.cvttps2dq, Self.scratchFloat, register)
    storage.assembler.loadFloat(mask, constant(bound, bound), width: 16)
    storage.assembler.vector(VEX.comparePacked(false), mask, mask, register, immediate: FloatPredicate.lessOrEqual.rawValue)
    storage.assembler.vector(VEX.pxor, Self.scratchFloat, Self.scratchFloat, mask)
    storage.assembler.vector(VEX.comparePacked(false), mask, register, register, immediate: FloatPredicate.ordered.rawValue)
    let result = vectorDestination(value)
    storage.assembler.vector(VEX.pand, result, Self.scratchFloat, mask)
    releaseFloat(mask.number)
    finishFloat(.v128, value, nil, result)
  }

  /// Numbers from 2^31 on are converted less 2^31, whose bit the first conversion has set.
  mutating func vectorTruncate32Unsigned() {
    var value = pop()
    let register = inFloatRegister(&value)
    let low = newFloat()
    let high = newFloat()
    let mask = newFloat()
    let half: UInt64 = 0x4F00_0000_4F00_0000
    let bound: UInt64 = 0x4F80_0000_4F80_0000
    // The maximum is its second operand for NaN.
    storage.assembler.zeroVector(Self.scratchFloat)
    storage.assembler.vector(VEX.packed(VEX.maximum, false), Self.scratchFloat, register, Self.scratchFloat)
    storage.assembler.vector(VEX.cvttps2dq, low, Self.scratchFloat)
    storage.assembler.vector(VEX.packed(VEX.subtract, false), high, Self.scratchFloat, constant(half, half))
    storage.assembler.vector(VEX.cvttps2dq, high, high)
    storage.assembler.vector(VectorShift.psrad, mask, low, by: 31)
    storage.assembler.vector(VEX.pand, high, high, mask)
    storage.assembler.vector(VEX.por, low, low, high)
    storage.assembler.loadFloat(mask, constant(bound, bound), width: 16)
    storage.assembler.vector(
      VEX.comparePacked(false), mask, mask, Self.scratchFloat, immediate: FloatPredicate.lessOrEqual.rawValue)
    let result = vectorDestination(value)
    storage.assembler.vector(VEX.por, result, low, mask)
    releaseFloat(low.number)
    releaseFloat(high.number)
    releaseFloat(mask.number)
    finishFloat(.v128, value, nil, result)
  }

  /// Doubles hold the bounds exactly. What is too small comes out as the least number.
  mutating func vectorTruncate64Signed() {
    var value = pop()
    let register = inFloatRegister(&value)
    let greatest: UInt64 = 0x41DF_FFFF_FFC0_0000
    storage.assembler.vector(
      VEX.comparePacked(true), Self.scratchFloat, register, register, immediate: FloatPredicate.ordered.rawValue)
    storage.assembler.vector(VEX.pand, Self.scratchFloat, Self.scratchFloat, register)
    storage.assembler.vector(VEX.packed(VEX.minimum, true), Self.scratchFloat, Self.scratchFloat, constant(greatest, greatest))
    let result = vectorDestination(value)
    storage.assembler.vector(VEX.cvttpd2dq, result, Self.scratchFloat)
    finishFloat(.v128, value, nil, result)
  }

  /// Beside 2^52 a whole number stands in the lowest bits.
  mutating func vectorTruncate64Unsigned() {
    var value = pop()
    let register = inFloatRegister(&value)
    let greatest: UInt64 = 0x41EF_FFFF_FFE0_0000
    let large: UInt64 = 0x4330_0000_0000_0000
    storage.assembler.zeroVector(Self.scratchFloat)
    storage.assembler.vector(VEX.packed(VEX.maximum, true), Self.scratchFloat, register, Self.scratchFloat)
    storage.assembler.vector(VEX.packed(VEX.minimum, true), Self.scratchFloat, Self.scratchFloat, constant(greatest, greatest))
    storage.assembler.vector(VEX.roundPacked(true), Self.scratchFloat, MachineOperand(Self.scratchFloat), immediate: 11)
    storage.assembler.vector(VEX.packed(VEX.add, true), Self.scratchFloat, Self.scratchFloat, constant(large, large))
    let result = vectorDestination(value)
    storage.assembler.vector(VEX.pshufd, result, MachineOperand(Self.scratchFloat), immediate: 0x08)
    storage.assembler.vector(VEX.movq, result, result)
    finishFloat(.v128, value, nil, result)
  }

  /// Both halves of the bits beside powers of two, which are taken away: only the last addition rounds.
  mutating func vectorConvert32Unsigned() {
    var value = pop()
    let register = inFloatRegister(&value)
    let lowBits: UInt64 = 0x0000_FFFF_0000_FFFF
    // 2^23, 2^39, and the sum of both.
    let low: UInt64 = 0x4B00_0000_4B00_0000
    let high: UInt64 = 0x5300_0000_5300_0000
    let both: UInt64 = 0x5300_0080_5300_0080
    storage.assembler.vector(VEX.pand, Self.scratchFloat, register, constant(lowBits, lowBits))
    storage.assembler.vector(VEX.por, Self.scratchFloat, Self.scratchFloat, constant(low, low))
    let result = vectorDestination(value)
    storage.assembler.vector(VectorShift.psrld, result, register, by: 16)
    storage.assembler.vector(VEX.por, result, result, constant(high, high))
    storage.assembler.vector(VEX.packed(VEX.subtract, false), result, result, constant(both, both))
    storage.assembler.vector(VEX.packed(VEX.add, false), result, result, Self.scratchFloat)
    finishFloat(.v128, value, nil, result)
  }

  /// The bits below 2^52, which is taken away.
  mutating func vectorConvert64Unsigned() {
    var value = pop()
    let register = inFloatRegister(&value)
    let upperHalves: UInt64 = 0x4330_0000_4330_0000
    let large: UInt64 = 0x4330_0000_0000_0000
    let result = vectorDestination(value)
    storage.assembler.vector(VEX.punpckldq, result, register, constant(upperHalves, upperHalves))
    storage.assembler.vector(VEX.packed(VEX.subtract, true), result, result, constant(large, large))
    finishFloat(.v128, value, nil, result)
  }
}
