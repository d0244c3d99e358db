/// Vector instructions (4.4.3): which shape of code an operator gets, and the shapes that several share.
///
/// Results are those of the interpreter's handlers. A result may be made in the register of an operand, or of a local that is an operand
/// (`floatDestination`): it is written by the last instruction that reads one. The scratch register holds what comes between.
extension Compiler {
  mutating func v128Const(low: UInt64, high: UInt64) {
    let target = hint(.v128, offset + vectorLength + 16)
    let register = target != Self.noRegister ? VectorRegister(target) : newFloat()
    loadVectorConstant(register, low, high)
    pushRegister(.v128, register.number)
  }

  mutating func loadVectorConstant(_ register: VectorRegister, _ low: UInt64, _ high: UInt64) {
    if low == 0 && high == 0 {
      storage.assembler.zeroVector(register)
    } else {
      storage.assembler.loadFloat(register, constant(low, high), width: 16)
    }
  }

  /// Bytes of the prefix and the opcode, which need not be written as short as it can be.
  var vectorLength: Int {
    let bytes = module.context.module.base.assumingMemoryBound(to: UInt8.self) + offset
    var length = 1
    while bytes[length] >= 0x80 { length += 1 }
    return length + 1
  }

  mutating func vector(_ opcode: Opcode) {
    let opcode = Relaxed.plain(opcode)
    let form = VectorForm(opcode)
    switch form.shape {
    case .binary: vectorBinary(form.first, commutes: false)
    case .commutative: vectorBinary(form.first, commutes: true)
    case .reversed: vectorBinary(form.first, commutes: false, isReversed: true)
    case .notEqual: vectorNegated(form.first, isReversed: false)
    case .notLess: vectorNegated(form.first, isReversed: true)
    case .limit: vectorLimit(form.first, form.second, isNegated: false)
    case .beyondLimit: vectorLimit(form.first, form.second, isNegated: true)
    case .floatComparison: vectorBinary(form.first, immediate: form.immediate)
    case .unary: vectorUnary(form.first)
    case .unaryImmediate: vectorUnary(form.first, immediate: form.immediate)
    case .negation: vectorNegate(form.first)
    case .mask: vectorMask(form.first, form.immediate)
    case .extreme: vectorExtreme(form.first, form.second, isDouble: form.immediate != 0)
    case .allTrue: vectorAllTrue(form.first)
    case .bitmask: vectorBitmask(form.first, isPacked: form.immediate != 0)
    case .extendHigh: vectorExtendHigh(form.first)
    case .extendedProduct8: vectorExtendedProduct8(form.first, isHigh: form.immediate != 0)
    case .extendedProduct16: vectorExtendedProduct16(form.first, form.second)
    case .extendedProduct32: vectorExtendedProduct32(form.first, pairs: form.immediate)
    case .multiplyAdd: vectorMultiplyAdd(isDouble: form.immediate & 1 != 0, isNegated: form.immediate & 2 != 0)
    case .special: vectorSpecial(opcode)
    }
  }

  /// Operators with code of their own.
  private mutating func vectorSpecial(_ opcode: Opcode) {
    switch opcode {
    case .i8x16Splat, .i16x8Splat, .i32x4Splat, .i64x2Splat, .f32x4Splat, .f64x2Splat: vectorSplat(opcode)
    case .i8x16Swizzle: vectorSwizzle()
    case .v128Not: vectorNot()
    case .v128Bitselect: vectorBitselect()
    case .v128AnyTrue: vectorAnyTrue()
    case .i8x16Popcnt: vectorPopulation()
    case .i64x2Abs: vectorAbsolute64()
    case .i64x2Mul: vectorMultiply64()
    case .i16x8Q15mulrSatS: vectorRoundingProduct()
    case .i16x8ExtaddPairwiseI8x16S: vectorPairs8(isSigned: true)
    case .i16x8ExtaddPairwiseI8x16U: vectorPairs8(isSigned: false)
    case .i32x4ExtaddPairwiseI16x8S: vectorPairs16Signed()
    case .i32x4ExtaddPairwiseI16x8U: vectorPairs16Unsigned()
    case .i16x8RelaxedDotI8x16I7x16S: vectorRelaxedDot()
    case .i32x4RelaxedDotI8x16I7x16AddS: vectorRelaxedDotAdd()
    case .i32x4TruncSatF32x4S: vectorTruncate32Signed()
    case .i32x4TruncSatF32x4U: vectorTruncate32Unsigned()
    case .i32x4TruncSatF64x2SZero: vectorTruncate64Signed()
    case .i32x4TruncSatF64x2UZero: vectorTruncate64Unsigned()
    case .f32x4ConvertI32x4U: vectorConvert32Unsigned()
    case .f64x2ConvertLowI32x4U: vectorConvert64Unsigned()
    default: vectorShift(opcode)
    }
  }

  // MARK: Destinations

  /// The register for a vector result.
  mutating func vectorDestination(_ left: StackValue, _ right: StackValue? = nil) -> VectorRegister {
    floatDestination(.v128, left, right, length: vectorLength)
  }

  // MARK: Two operands

  mutating func vectorBinary(_ form: VEX, commutes: Bool, isReversed: Bool = false) {
    var right = pop()
    var left = pop()
    if isReversed || (commutes && registerNumber(left) == Self.noRegister) { swap(&left, &right) }
    let first = inFloatRegister(&left)
    let second = floatSource(right)
    let result = vectorDestination(left, right)
    storage.assembler.vector(form, result, first, second)
    finishFloat(.v128, left, right, result)
  }

  private mutating func vectorBinary(_ form: VEX, immediate: UInt8) {
    let right = pop()
    var left = pop()
    let first = inFloatRegister(&left)
    let second = floatSource(right)
    let result = vectorDestination(left, right)
    storage.assembler.vector(form, result, first, second, immediate: immediate)
    finishFloat(.v128, left, right, result)
  }

  /// What a comparison does not find.
  private mutating func vectorNegated(_ form: VEX, isReversed: Bool) {
    var right = pop()
    var left = pop()
    if isReversed { swap(&left, &right) }
    let first = inFloatRegister(&left)
    storage.assembler.vector(form, Self.scratchFloat, first, floatSource(right))
    let result = vectorDestination(left, right)
    storage.assembler.vector(VEX.pxor, result, Self.scratchFloat, constant(.max, .max))
    finishFloat(.v128, left, right, result)
  }

  /// Lanes not greater, or not less, than those of the other operand are the minimum, or the maximum, of both.
  private mutating func vectorLimit(_ form: VEX, _ comparison: VEX, isNegated: Bool) {
    let right = pop()
    var left = pop()
    let first = inFloatRegister(&left)
    storage.assembler.vector(form, Self.scratchFloat, first, floatSource(right))
    let result = vectorDestination(left, right)
    storage.assembler.vector(comparison, result, Self.scratchFloat, first)
    if isNegated { storage.assembler.vector(VEX.pxor, result, result, constant(.max, .max)) }
    finishFloat(.v128, left, right, result)
  }

  /// Minimum and maximum (4.3.3). The instruction gives the second operand for zeros and NaN: both orders together give the zero with the
  /// right sign, and adding gives NaN.
  private mutating func vectorExtreme(_ form: VEX, _ combination: VEX, isDouble: Bool) {
    var right = pop()
    var left = pop()
    let first = inFloatRegister(&left)
    let second = inFloatRegister(&right)
    let sum = newFloat()
    let mask = newFloat()
    storage.assembler.vector(form, Self.scratchFloat, first, second)
    storage.assembler.vector(form, sum, second, first)
    storage.assembler.vector(combination, Self.scratchFloat, Self.scratchFloat, sum)
    storage.assembler.vector(VEX.packed(VEX.add, isDouble), sum, first, second)
    storage.assembler.vector(VEX.comparePacked(isDouble), mask, first, second, immediate: FloatPredicate.unordered.rawValue)
    let result = vectorDestination(left, right)
    storage.assembler.vectorBlend(VEX.blendByMask(isDouble), result, Self.scratchFloat, sum, mask: mask)
    releaseFloat(sum.number)
    releaseFloat(mask.number)
    finishFloat(.v128, left, right, result)
  }

  // MARK: One operand

  private mutating func vectorUnary(_ form: VEX) {
    let value = pop()
    let source = floatSource(value)
    let result = vectorDestination(value)
    storage.assembler.vector(form, result, source)
    finishFloat(.v128, value, nil, result)
  }

  private mutating func vectorUnary(_ form: VEX, immediate: UInt8) {
    let value = pop()
    let source = floatSource(value)
    let result = vectorDestination(value)
    storage.assembler.vector(form, result, source, immediate: immediate)
    finishFloat(.v128, value, nil, result)
  }

  /// From zero.
  private mutating func vectorNegate(_ form: VEX) {
    let value = pop()
    let source = floatSource(value)
    storage.assembler.zeroVector(Self.scratchFloat)
    let result = vectorDestination(value)
    storage.assembler.vector(form, result, Self.scratchFloat, source)
    finishFloat(.v128, value, nil, result)
  }

  /// Signs of floats: `mask` says which bits of every lane are the other operand's.
  private mutating func vectorMask(_ form: VEX, _ mask: UInt8) {
    let bits: UInt64 =
      switch mask {
      case VectorForm.signs32: 0x8000_0000_8000_0000
      case VectorForm.magnitudes32: 0x7FFF_FFFF_7FFF_FFFF
      case VectorForm.signs64: 0x8000_0000_0000_0000
      default: 0x7FFF_FFFF_FFFF_FFFF
      }
    vectorWithConstant(form, bits)
  }

  private mutating func vectorNot() { vectorWithConstant(VEX.pxor, .max) }

  private mutating func vectorWithConstant(_ form: VEX, _ bits: UInt64) {
    var value = pop()
    let first = inFloatRegister(&value)
    let second = constant(bits, bits)
    let result = vectorDestination(value)
    storage.assembler.vector(form, result, first, second)
    finishFloat(.v128, value, nil, result)
  }

  // MARK: Three operands

  /// The first operand's bits where the mask has ones, else the second's.
  private mutating func vectorBitselect() {
    var mask = pop()
    let second = pop()
    let first = pop()
    let selector = inFloatRegister(&mask)
    storage.assembler.vector(VEX.pandn, Self.scratchFloat, selector, floatSource(second))
    let source = floatSource(first)
    let result = vectorDestination(mask, first)
    storage.assembler.vector(VEX.pand, result, selector, source)
    storage.assembler.vector(VEX.por, result, result, Self.scratchFloat)
    release(second)
    finishFloat(.v128, mask, first, result)
  }

  /// The instructions overwrite one of their sources: that decides which of them it is.
  private mutating func vectorMultiplyAdd(isDouble: Bool, isNegated: Bool) {
    var addend = pop()
    var right = pop()
    var left = pop()
    let first = inFloatRegister(&left)
    let second = inFloatRegister(&right)
    let third = inFloatRegister(&addend)
    let result = vectorDestination(addend, left)
    let byProduct = VEX.multiplyAdd213(isDouble, negated: isNegated)
    if result == third {
      storage.assembler.vector(VEX.multiplyAdd231(isDouble, negated: isNegated), result, first, second)
    } else if result == first {
      storage.assembler.vector(byProduct, result, second, third)
    } else if result == second {
      storage.assembler.vector(byProduct, result, first, third)
    } else {
      storage.assembler.moveVector(result, first)
      storage.assembler.vector(byProduct, result, second, third)
    }
    release(right)
    finishFloat(.v128, addend, left, result)
  }

  // MARK: Tests

  private mutating func vectorAnyTrue() {
    var value = pop()
    let register = inFloatRegister(&value)
    storage.assembler.vector(VEX.ptest, register, register)
    release(value)
    pushFlags(.integer(.notEqual), length: vectorLength)
  }

  private mutating func vectorAllTrue(_ comparison: VEX) {
    let value = pop()
    storage.assembler.zeroVector(Self.scratchFloat)
    storage.assembler.vector(comparison, Self.scratchFloat, Self.scratchFloat, floatSource(value))
    storage.assembler.vector(VEX.ptest, Self.scratchFloat, Self.scratchFloat)
    release(value)
    pushFlags(.integer(.equal), length: vectorLength)
  }

  /// Lanes of 16 bits are packed into bytes first, since no instruction gathers their signs.
  private mutating func vectorBitmask(_ form: VEX, isPacked: Bool) {
    var value = pop()
    var register = inFloatRegister(&value)
    if isPacked {
      storage.assembler.zeroVector(Self.scratchFloat)
      storage.assembler.vector(VEX.packsswb, Self.scratchFloat, register, Self.scratchFloat)
      register = Self.scratchFloat
    }
    let target = hint(.i32, offset + vectorLength)
    let result = target != Self.noRegister ? Register(target) : newInteger()
    storage.assembler.moveMask(form, result, register)
    release(value)
    pushRegister(.i32, result.number)
  }
}
