/// Vector instructions that multiply and add lanes, and that count (4.4.3).
extension Compiler {
  // MARK: Extended lanes

  /// The upper half of a vector as an operand of 8 bytes: in memory where it is there, else moved down to the register.
  private mutating func upperHalf(_ value: StackValue, _ register: VectorRegister) -> MachineOperand {
    var source = floatSource(value)
    if source.kind == .memory {
      source.displacement += 8
      return source
    }
    storage.assembler.vector(VEX.pshufd, register, source, immediate: 0xEE)
    return MachineOperand(register)
  }

  mutating func vectorExtendHigh(_ form: VEX) {
    let value = pop()
    let source = upperHalf(value, Self.scratchFloat)
    let result = vectorDestination(value)
    storage.assembler.vector(form, result, source)
    finishFloat(.v128, value, nil, result)
  }

  mutating func vectorExtendedProduct8(_ form: VEX, isHigh: Bool) {
    let right = pop()
    let left = pop()
    let factor = newFloat()
    storage.assembler.vector(form, factor, isHigh ? upperHalf(left, factor) : floatSource(left))
    storage.assembler.vector(form, Self.scratchFloat, isHigh ? upperHalf(right, Self.scratchFloat) : floatSource(right))
    let result = vectorDestination(left, right)
    storage.assembler.vector(VEX.pmullw, result, factor, Self.scratchFloat)
    releaseFloat(factor.number)
    finishFloat(.v128, left, right, result)
  }

  /// Low and high halves of all products, put together where they are wanted.
  mutating func vectorExtendedProduct16(_ highForm: VEX, _ combination: VEX) {
    let right = pop()
    var left = pop()
    let first = inFloatRegister(&left)
    let second = floatSource(right)
    storage.assembler.vector(highForm, Self.scratchFloat, first, second)
    let result = vectorDestination(left, right)
    storage.assembler.vector(VEX.pmullw, result, first, second)
    storage.assembler.vector(combination, result, result, Self.scratchFloat)
    finishFloat(.v128, left, right, result)
  }

  /// The instruction multiplies even lanes: those that are wanted are brought there.
  mutating func vectorExtendedProduct32(_ form: VEX, pairs: UInt8) {
    let right = pop()
    let left = pop()
    let factor = newFloat()
    storage.assembler.vector(VEX.pshufd, factor, floatSource(left), immediate: pairs)
    storage.assembler.vector(VEX.pshufd, Self.scratchFloat, floatSource(right), immediate: pairs)
    let result = vectorDestination(left, right)
    storage.assembler.vector(form, result, factor, Self.scratchFloat)
    releaseFloat(factor.number)
    finishFloat(.v128, left, right, result)
  }

  // MARK: Pairs of lanes added

  mutating func vectorPairs8(isSigned: Bool) {
    var value = pop()
    let register = inFloatRegister(&value)
    let ones = constant(0x0101_0101_0101_0101, 0x0101_0101_0101_0101)
    // The first source is unsigned, the second signed.
    if isSigned { storage.assembler.loadFloat(Self.scratchFloat, ones, width: 16) }
    let result = vectorDestination(value)
    if isSigned {
      storage.assembler.vector(VEX.pmaddubsw, result, Self.scratchFloat, register)
    } else {
      storage.assembler.vector(VEX.pmaddubsw, result, register, ones)
    }
    finishFloat(.v128, value, nil, result)
  }

  mutating func vectorPairs16Signed() {
    var value = pop()
    let register = inFloatRegister(&value)
    let ones = constant(0x0001_0001_0001_0001, 0x0001_0001_0001_0001)
    let result = vectorDestination(value)
    storage.assembler.vector(VEX.pmaddwd, result, register, ones)
    finishFloat(.v128, value, nil, result)
  }

  mutating func vectorPairs16Unsigned() {
    var value = pop()
    let register = inFloatRegister(&value)
    let evens = constant(0x0000_FFFF_0000_FFFF, 0x0000_FFFF_0000_FFFF)
    storage.assembler.vector(VEX.pand, Self.scratchFloat, register, evens)
    let result = vectorDestination(value)
    storage.assembler.vector(VectorShift.psrld, result, register, by: 16)
    storage.assembler.vector(VEX.paddd, result, result, Self.scratchFloat)
    finishFloat(.v128, value, nil, result)
  }

  // MARK: Products

  /// The only product that does not fit, -1 times -1, comes out as the least number: turned over it is the greatest.
  mutating func vectorRoundingProduct() {
    let right = pop()
    var left = pop()
    let first = inFloatRegister(&left)
    storage.assembler.vector(VEX.pmulhrsw, Self.scratchFloat, first, floatSource(right))
    let least = constant(0x8000_8000_8000_8000, 0x8000_8000_8000_8000)
    let result = vectorDestination(left, right)
    storage.assembler.vector(VEX.pcmpeqw, result, Self.scratchFloat, least)
    storage.assembler.vector(VEX.pxor, result, result, Self.scratchFloat)
    finishFloat(.v128, left, right, result)
  }

  /// One instruction where the processor has it; else the product of the low halves, and above it the sum of both mixed products.
  mutating func vectorMultiply64() {
    var right = pop()
    var left = pop()
    let first = inFloatRegister(&left)
    let second = inFloatRegister(&right)
    if multipliesLanesOf64Bits {
      let result = vectorDestination(left, right)
      storage.assembler.multiply64(result, first, second)
      finishFloat(.v128, left, right, result)
      return
    }
    let mixed = newFloat()
    storage.assembler.vector(VectorShift.psrlq, mixed, first, by: 32)
    storage.assembler.vector(VEX.pmuludq, mixed, mixed, second)
    storage.assembler.vector(VectorShift.psrlq, Self.scratchFloat, second, by: 32)
    storage.assembler.vector(VEX.pmuludq, Self.scratchFloat, Self.scratchFloat, first)
    storage.assembler.vector(VEX.paddq, mixed, mixed, Self.scratchFloat)
    storage.assembler.vector(VectorShift.psllq, mixed, mixed, by: 32)
    let result = vectorDestination(left, right)
    storage.assembler.vector(VEX.pmuludq, result, first, second)
    storage.assembler.vector(VEX.paddq, result, result, mixed)
    releaseFloat(mixed.number)
    finishFloat(.v128, left, right, result)
  }

  /// Products of signed bytes: of even ones, which are shifted up and down again, in a temporary; of odd ones, shifted down alone, in the
  /// scratch register.
  private mutating func multiplyBytes(_ first: VectorRegister, _ second: VectorRegister) -> VectorRegister {
    let even = newFloat()
    storage.assembler.vector(VectorShift.psllw, even, first, by: 8)
    storage.assembler.vector(VectorShift.psraw, even, even, by: 8)
    storage.assembler.vector(VectorShift.psllw, Self.scratchFloat, second, by: 8)
    storage.assembler.vector(VectorShift.psraw, Self.scratchFloat, Self.scratchFloat, by: 8)
    storage.assembler.vector(VEX.pmullw, even, even, Self.scratchFloat)
    let odd = newFloat()
    storage.assembler.vector(VectorShift.psraw, odd, first, by: 8)
    storage.assembler.vector(VectorShift.psraw, Self.scratchFloat, second, by: 8)
    storage.assembler.vector(VEX.pmullw, Self.scratchFloat, Self.scratchFloat, odd)
    releaseFloat(odd.number)
    return even
  }

  mutating func vectorRelaxedDot() {
    var right = pop()
    var left = pop()
    let first = inFloatRegister(&left)
    let second = inFloatRegister(&right)
    let even = multiplyBytes(first, second)
    let result = vectorDestination(left, right)
    storage.assembler.vector(VEX.paddw, result, even, Self.scratchFloat)
    releaseFloat(even.number)
    finishFloat(.v128, left, right, result)
  }

  mutating func vectorRelaxedDotAdd() {
    let addend = pop()
    var right = pop()
    var left = pop()
    let first = inFloatRegister(&left)
    let second = inFloatRegister(&right)
    let even = multiplyBytes(first, second)
    let ones = constant(0x0001_0001_0001_0001, 0x0001_0001_0001_0001)
    storage.assembler.vector(VEX.paddw, Self.scratchFloat, Self.scratchFloat, even)
    storage.assembler.vector(VEX.pmaddwd, Self.scratchFloat, Self.scratchFloat, ones)
    releaseFloat(even.number)
    let sum = floatSource(addend)
    let result = vectorDestination(left, right)
    storage.assembler.vector(VEX.paddd, result, Self.scratchFloat, sum)
    release(addend)
    finishFloat(.v128, left, right, result)
  }

  // MARK: Others

  /// Where it is negative, turned over and one more.
  mutating func vectorAbsolute64() {
    var value = pop()
    let register = inFloatRegister(&value)
    storage.assembler.zeroVector(Self.scratchFloat)
    storage.assembler.vector(VEX.pcmpgtq, Self.scratchFloat, Self.scratchFloat, register)
    let result = vectorDestination(value)
    storage.assembler.vector(VEX.pxor, result, register, Self.scratchFloat)
    storage.assembler.vector(VEX.psubq, result, result, Self.scratchFloat)
    finishFloat(.v128, value, nil, result)
  }

  /// Both halves of every byte are looked up in a table of 16 counts.
  mutating func vectorPopulation() {
    var value = pop()
    let register = inFloatRegister(&value)
    let lowHalves = constant(0x0F0F_0F0F_0F0F_0F0F, 0x0F0F_0F0F_0F0F_0F0F)
    let counts = constant(0x0302_0201_0201_0100, 0x0403_0302_0302_0201)
    let table = newFloat()
    let high = newFloat()
    storage.assembler.loadFloat(table, counts, width: 16)
    storage.assembler.vector(VEX.pand, Self.scratchFloat, register, lowHalves)
    storage.assembler.vector(VEX.pshufb, Self.scratchFloat, table, Self.scratchFloat)
    storage.assembler.vector(VectorShift.psrlw, high, register, by: 4)
    storage.assembler.vector(VEX.pand, high, high, lowHalves)
    storage.assembler.vector(VEX.pshufb, high, table, high)
    let result = vectorDestination(value)
    storage.assembler.vector(VEX.paddb, result, Self.scratchFloat, high)
    releaseFloat(table.number)
    releaseFloat(high.number)
    finishFloat(.v128, value, nil, result)
  }
}
