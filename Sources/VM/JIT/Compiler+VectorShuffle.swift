/// Shuffles (4.4.3.7): the lanes are known, so that most take one instruction.
extension Compiler {
  mutating func vectorShuffle(low: UInt64, high: UInt64) {
    var right = pop()
    var left = pop()
    var lanes = ShuffleLanes(low: low, high: high)
    // Only one operand, or twice the same: its lanes alone.
    if registerNumber(left) != Self.noRegister, registerNumber(left) == registerNumber(right) { lanes.fold() }
    if lanes.areAllOfSecond {
      swap(&left, &right)
      lanes.fold()
    }
    if lanes.areAllOfFirst {
      release(right)
      shuffleOne(&left, lanes)
    } else {
      shuffleTwo(&left, &right, lanes)
    }
  }

  private mutating func shuffleDestination(_ left: StackValue, _ right: StackValue? = nil) -> VectorRegister {
    floatDestination(.v128, left, right, length: vectorLength + 16)
  }

  private mutating func shuffleOne(_ value: inout StackValue, _ lanes: ShuffleLanes) {
    let register = inFloatRegister(&value)
    let result = shuffleDestination(value)
    if lanes.isIdentity {
      if result != register { storage.assembler.moveVector(result, register) }
    } else if let order = lanes.doublewords {
      storage.assembler.vector(VEX.pshufd, result, MachineOperand(register), immediate: order)
    } else if let form = lanes.interleaving(ofOne: true) {
      storage.assembler.vector(form, result, register, register)
    } else if let distance = lanes.rotation {
      storage.assembler.vector(VEX.palignr, result, register, register, immediate: distance)
    } else {
      storage.assembler.vector(VEX.pshufb, result, register, constant(lanes.low, lanes.high))
    }
    finishFloat(.v128, value, nil, result)
  }

  private mutating func shuffleTwo(_ left: inout StackValue, _ right: inout StackValue, _ lanes: ShuffleLanes) {
    let first = inFloatRegister(&left)
    let second = inFloatRegister(&right)
    let exchanged = lanes.exchanged
    if let form = lanes.interleaving(ofOne: false) {
      finishShuffle(left, right, form, first, second)
    } else if let form = exchanged.interleaving(ofOne: false) {
      finishShuffle(left, right, form, second, first)
    } else if let distance = lanes.alignment {
      finishShuffle(left, right, VEX.palignr, second, first, immediate: distance)
    } else if let distance = exchanged.alignment {
      finishShuffle(left, right, VEX.palignr, first, second, immediate: distance)
    } else if let choice = lanes.blend {
      finishShuffle(left, right, VEX.pblendw, first, second, immediate: choice)
    } else if let order = lanes.doublewordsOfBoth {
      finishShuffle(left, right, VEX.shufps, first, second, immediate: order)
    } else if let order = exchanged.doublewordsOfBoth {
      finishShuffle(left, right, VEX.shufps, second, first, immediate: order)
    } else {
      shuffleBytes(left, right, first, second, lanes)
    }
  }

  private mutating func finishShuffle(
    _ left: StackValue, _ right: StackValue, _ form: VEX, _ first: VectorRegister, _ second: VectorRegister, immediate: UInt8? = nil
  ) {
    let result = shuffleDestination(left, right)
    if let immediate {
      storage.assembler.vector(form, result, first, second, immediate: immediate)
    } else {
      storage.assembler.vector(form, result, first, second)
    }
    finishFloat(.v128, left, right, result)
  }

  /// Bytes of either operand are chosen, 0 for those of the other one.
  private mutating func shuffleBytes(
    _ left: StackValue, _ right: StackValue, _ first: VectorRegister, _ second: VectorRegister, _ lanes: ShuffleLanes
  ) {
    let ofFirst = lanes.chosenOfFirst
    let ofSecond = lanes.exchanged.chosenOfFirst
    let chosen = newFloat()
    storage.assembler.vector(VEX.pshufb, Self.scratchFloat, first, constant(ofFirst.low, ofFirst.high))
    storage.assembler.vector(VEX.pshufb, chosen, second, constant(ofSecond.low, ofSecond.high))
    let result = shuffleDestination(left, right)
    storage.assembler.vector(VEX.por, result, Self.scratchFloat, chosen)
    releaseFloat(chosen.number)
    finishFloat(.v128, left, right, result)
  }
}

/// The immediate of a shuffle: 16 numbers of bytes of both operands.
struct ShuffleLanes {
  private static let everyByte: UInt64 = 0x0101_0101_0101_0101
  private static let secondBits: UInt64 = 0x10 * everyByte

  var low: UInt64
  var high: UInt64

  @inline(__always)
  subscript(_ lane: Int) -> UInt8 { UInt8(truncatingIfNeeded: (lane < 8 ? low : high) >> (UInt64(lane & 7) * 8)) }

  var areAllOfFirst: Bool { (low | high) & Self.secondBits == 0 }
  var areAllOfSecond: Bool { low & high & Self.secondBits == Self.secondBits }
  /// The same bytes with the operands in the other order.
  var exchanged: ShuffleLanes { ShuffleLanes(low: low ^ Self.secondBits, high: high ^ Self.secondBits) }
  /// Both operands are one.
  mutating func fold() {
    low &= ~Self.secondBits
    high &= ~Self.secondBits
  }

  var isIdentity: Bool { low == 0x0706_0504_0302_0100 && high == 0x0F0E_0D0C_0B0A_0908 }

  /// pshufb's choice of the first operand's bytes: the top bit makes 0.
  var chosenOfFirst: ShuffleLanes {
    ShuffleLanes(low: low | (low & Self.secondBits) << 3, high: high | (high & Self.secondBits) << 3)
  }

  // MARK: Shapes

  /// The number of the four bytes that stand at a doubleword, if they are together and in order.
  private func doubleword(_ place: Int) -> UInt8? {
    let bytes = UInt32(truncatingIfNeeded: (place < 2 ? low : high) >> (UInt64(place & 1) * 32))
    let first = bytes & 0xFF
    guard first & 3 == 0, bytes == first &* 0x0101_0101 &+ 0x0302_0100 else { return nil }
    return UInt8(first >> 2)
  }

  /// pshufd's order, of one operand.
  var doublewords: UInt8? {
    guard let a = doubleword(0), let b = doubleword(1), let c = doubleword(2), let d = doubleword(3) else { return nil }
    return a | b << 2 | c << 4 | d << 6
  }

  /// shufps's order: two of the first operand, two of the second.
  var doublewordsOfBoth: UInt8? {
    guard let a = doubleword(0), let b = doubleword(1), let c = doubleword(2), let d = doubleword(3) else { return nil }
    guard a < 4, b < 4, c >= 4, d >= 4 else { return nil }
    return a | b << 2 | (c & 3) << 4 | (d & 3) << 6
  }

  /// Bytes in a row, from the first operand's on into the second's: where it begins.
  var alignment: UInt8? {
    let first = self[0]
    guard first < 16, first != 0 else { return nil }
    let start = UInt64(first) * Self.everyByte
    return low == start + 0x0706_0504_0302_0100 && high == start + 0x0F0E_0D0C_0B0A_0908 ? first : nil
  }

  /// Bytes in a row of one operand, around its end.
  var rotation: UInt8? {
    let start = UInt64(self[0]) * Self.everyByte
    let nibbles = 0x0F * Self.everyByte
    return low == (start + 0x0706_0504_0302_0100) & nibbles && high == (start + 0x0F0E_0D0C_0B0A_0908) & nibbles ? self[0] : nil
  }

  /// Words that stay where they are: which of them are the second operand's.
  var blend: UInt8? {
    guard ShuffleLanes(low: low & ~Self.secondBits, high: high & ~Self.secondBits).isIdentity else { return nil }
    var choice: UInt8 = 0
    for word in 0..<8 {
      guard self[word * 2] & 16 == self[word * 2 + 1] & 16 else { return nil }
      if self[word * 2] & 16 != 0 { choice |= 1 << UInt8(word) }
    }
    return choice
  }

  /// punpckl and punpckh: halves of both operands in turn.
  func interleaving(ofOne isOne: Bool) -> VEX? {
    let mask = isOne ? ~Self.secondBits : UInt64.max
    switch (low, high) {
    case (0x1303_1202_1101_1000 & mask, 0x1707_1606_1505_1404 & mask): return VEX.punpcklbw
    case (0x1B0B_1A0A_1909_1808 & mask, 0x1F0F_1E0E_1D0D_1C0C & mask): return VEX.punpckhbw
    case (0x1312_0302_1110_0100 & mask, 0x1716_0706_1514_0504 & mask): return VEX.punpcklwd
    case (0x1B1A_0B0A_1918_0908 & mask, 0x1F1E_0F0E_1D1C_0D0C & mask): return VEX.punpckhwd
    case (0x1312_1110_0302_0100 & mask, 0x1716_1514_0706_0504 & mask): return VEX.punpckldq
    case (0x1B1A_1918_0B0A_0908 & mask, 0x1F1E_1D1C_0F0E_0D0C & mask): return VEX.punpckhdq
    case (0x0706_0504_0302_0100, 0x1716_1514_1312_1110 & mask): return VEX.punpcklqdq
    case (0x0F0E_0D0C_0B0A_0908, 0x1F1E_1D1C_1B1A_1918 & mask): return VEX.punpckhqdq
    default: return nil
    }
  }
}
