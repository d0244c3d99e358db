/// Division of i32 by constants: a product and shifts in the place of an instruction that takes ten times as long (Granlund and Montgomery,
/// "Division by Invariant Integers using Multiplication", PLDI 1994). Products of 64 bits have room for all of it.
extension Compiler {
  /// Divides, if the divisor is a constant that this is for.
  mutating func divideByConstant(
    _ left: inout StackValue, _ right: inout StackValue, isSigned: Bool, isRemainder: Bool
  ) -> Bool {
    guard right.place == .constant else { return false }
    let bits = UInt32(truncatingIfNeeded: right.bits)
    let divisor = Int32(bitPattern: bits)
    // Divisors that trap, change nothing or leave one bit of quotient are left to the instruction, and so are constants.
    guard left.place != .constant, left.place != .flags, isSigned ? divisor.magnitude > 1 && divisor != .min : bits > 2 && bits <= 1 << 31
    else { return false }
    let dividend = prepare(.i32, &left, &right, commutes: false)
    if isSigned { signedQuotient(dividend, divisor) } else { unsignedQuotient(dividend, bits) }
    if isRemainder {
      storage.assembler.multiply(Self.scratch, MachineOperand(Self.scratch), immediate: divisor, wide: false)
      storage.assembler.alu(.sub, dividend, MachineOperand(Self.scratch), wide: false)
    } else {
      storage.assembler.move(dividend, Self.scratch, wide: false)
    }
    finish(.i32, left, right, dividend)
    return true
  }

  /// Into the scratch register: (x · m) >> (32 + l), m the reciprocal rounded up.
  private mutating func unsignedQuotient(_ dividend: Register, _ divisor: UInt32) {
    let ceiling = 32 - (divisor - 1).leadingZeroBitCount
    // One bit less than is always enough is enough where rounding up errs by no more than 2^l.
    let power = UInt64(1) << UInt64(31 + ceiling)
    let short = power / UInt64(divisor) + 1
    if short * UInt64(divisor) - power <= 1 << UInt64(ceiling - 1) {
      storage.assembler.move(Self.scratch, immediate: short)
      storage.assembler.multiply(Self.scratch, MachineOperand(dividend), wide: true)
      storage.assembler.shift(.right, MachineOperand(Self.scratch), by: UInt8(31 + ceiling), wide: true)
      return
    }
    // m has 33 bits: the product with its upper one is the dividend, added without overflow as half the difference.
    let reciprocal = (power << 1) / UInt64(divisor) + 1 - (1 << 32)
    let half = newInteger()
    storage.assembler.move(Self.scratch, immediate: reciprocal)
    storage.assembler.multiply(Self.scratch, MachineOperand(dividend), wide: true)
    storage.assembler.shift(.right, MachineOperand(Self.scratch), by: 32, wide: true)
    storage.assembler.move(half, dividend, wide: false)
    storage.assembler.alu(.sub, half, MachineOperand(Self.scratch), wide: false)
    storage.assembler.shift(.right, MachineOperand(half), by: 1, wide: false)
    storage.assembler.alu(.add, Self.scratch, MachineOperand(half), wide: false)
    storage.assembler.shift(.right, MachineOperand(Self.scratch), by: UInt8(ceiling - 1), wide: false)
    releaseInteger(half.number)
  }

  /// Into the scratch register: rounded down like every shift, and one more where the dividend is negative, for division rounds to zero.
  private mutating func signedQuotient(_ dividend: Register, _ divisor: Int32) {
    let magnitude = divisor.magnitude
    if magnitude & (magnitude - 1) == 0 {
      let distance = UInt8(magnitude.trailingZeroBitCount)
      // What makes shifting round to zero: the divisor less one, where the dividend is negative.
      storage.assembler.move(Self.scratch, dividend, wide: false)
      storage.assembler.shift(.arithmeticRight, MachineOperand(Self.scratch), by: 31, wide: false)
      storage.assembler.shift(.right, MachineOperand(Self.scratch), by: 32 - distance, wide: false)
      storage.assembler.alu(.add, Self.scratch, MachineOperand(dividend), wide: false)
      storage.assembler.shift(.arithmeticRight, MachineOperand(Self.scratch), by: distance, wide: false)
    } else {
      let other = newInteger()
      let floor = 31 - (magnitude - 1).leadingZeroBitCount
      let reciprocal = (UInt64(1) << UInt64(32 + floor)) / UInt64(magnitude) + 1
      storage.assembler.loadExtended(Self.scratch, MachineOperand(dividend), bits: 32, isSigned: true, wide: true)
      storage.assembler.move(other, immediate: reciprocal)
      storage.assembler.multiply(Self.scratch, MachineOperand(other), wide: true)
      storage.assembler.shift(.arithmeticRight, MachineOperand(Self.scratch), by: UInt8(32 + floor), wide: true)
      storage.assembler.move(other, dividend, wide: false)
      storage.assembler.shift(.right, MachineOperand(other), by: 31, wide: false)
      storage.assembler.alu(.add, Self.scratch, MachineOperand(other), wide: false)
      releaseInteger(other.number)
    }
    if divisor < 0 { storage.assembler.group3(.neg, MachineOperand(Self.scratch), wide: false) }
  }
}
