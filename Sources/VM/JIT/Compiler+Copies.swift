/// Locals that have no register, but whose value a temporary still holds: from the operator that set or read them until the register gets
/// another value, or paths meet. Reading such a local takes neither a load nor the time a store needs to reach one.
///
/// A register with a copy counts as free. It is handed out after those without one, and loses the copy then.
extension Compiler {
  /// Copies are numbered by register, those of floats and vectors above those of integers.
  @inline(__always)
  static func copyNumber(_ register: UInt8, _ kind: ValueKind) -> Int { Int(register) | (kind.isFloat ? 16 : 0) }

  /// A temporary and a local's slot hold the same.
  @inline(__always)
  mutating func noteCopy(of local: Int, _ register: UInt8, _ kind: ValueKind) {
    guard register < 8, storage.registers[local] == Self.noRegister else { return }
    let number = Self.copyNumber(register, kind)
    copies |= 1 << UInt32(truncatingIfNeeded: number)
    copiedLocals[number] = Int32(truncatingIfNeeded: local)
    storage.copies[local] = UInt8(truncatingIfNeeded: number)
  }

  /// The copy's number, if there is one.
  @inline(__always)
  mutating func copy(of local: Int) -> Int? {
    guard copies != 0, storage.registers[local] == Self.noRegister else { return nil }
    let number = Int(storage.copies[local])
    return copies & 1 << UInt32(truncatingIfNeeded: number) != 0 && copiedLocals[number] == Int32(truncatingIfNeeded: local) ? number : nil
  }

  /// A local that is popped is taken from the register that has its copy, if nothing else has been given the same one.
  @inline(__always)
  mutating func takeCopy(_ value: inout StackValue) {
    guard let number = copy(of: value.local) else { return }
    let bit: UInt32 = 1 << UInt32(truncatingIfNeeded: number & 15)
    if number >= 16 {
      guard freeFloats & bit != 0 else { return }
      freeFloats &= ~bit
    } else {
      guard freeIntegers & bit != 0 else { return }
      freeIntegers &= ~bit
    }
    value.place = .register
    value.register = UInt8(truncatingIfNeeded: number & 15)
  }

  /// Which of several free registers with copies gets another value: each in turn, so that the latest copies stay.
  mutating func copyToGiveUp(_ free: UInt32) -> UInt8 {
    let later = free & ~(2 << lastGivenUp &- 1)
    lastGivenUp = UInt32((later != 0 ? later : free).trailingZeroBitCount)
    return UInt8(lastGivenUp)
  }

  @inline(__always)
  mutating func forgetCopy(_ register: UInt8, _ kind: ValueKind) {
    copies &= ~(1 << UInt32(truncatingIfNeeded: Self.copyNumber(register, kind)))
  }

  /// The local gets another value.
  @inline(__always)
  mutating func forgetCopy(of local: Int) {
    if let number = copy(of: local) { copies &= ~(1 << UInt32(truncatingIfNeeded: number)) }
  }

  /// Paths meet here, or a call was made.
  @inline(__always)
  mutating func forgetCopies() { copies = 0 }
}
