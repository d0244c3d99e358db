import OCI

/// A condition on an argument, compiled.
struct SeccompCondition {
  let index: UInt32
  let test: Test
  let value: UInt64
  /// Bits of the argument that count.
  let mask: UInt64

  enum Test { case equal, notEqual, less, lessOrEqual, greaterOrEqual, greater }

  init(index: UInt32, test: Test, value: UInt64, mask: UInt64 = .max) {
    self.index = index
    self.test = test
    self.value = value
    self.mask = mask
  }

  init(_ argument: RuntimeSpec.SeccompArgument) throws(ContainerError) {
    guard argument.index < 6 else {
      throw ContainerError("linux.seccomp: a system call has arguments 0 to 5, and none with the index \(argument.index)")
    }
    let test: Test
    switch argument.operation {
    case "SCMP_CMP_EQ", "SCMP_CMP_MASKED_EQ": test = .equal
    case "SCMP_CMP_NE": test = .notEqual
    case "SCMP_CMP_LT": test = .less
    case "SCMP_CMP_LE": test = .lessOrEqual
    case "SCMP_CMP_GE": test = .greaterOrEqual
    case "SCMP_CMP_GT": test = .greater
    default: throw ContainerError("linux.seccomp: \"\(argument.operation)\" is no comparison; they look like SCMP_CMP_EQ")
    }
    if argument.operation == "SCMP_CMP_MASKED_EQ" {
      self.init(index: argument.index, test: test, value: argument.valueTwo & argument.value, mask: argument.value)
    } else {
      self.init(index: argument.index, test: test, value: argument.value)
    }
  }

  /// Goes on with the next instruction where the condition holds, and passes over `failing` more where it does not.
  func code(isWide: Bool, failing: Int) -> [BPFInstruction] {
    // struct seccomp_data: number, architecture, address, six arguments of 64 bits, lower half first.
    let offset = 16 + index * 8
    let low = UInt32(truncatingIfNeeded: value)
    let high = UInt32(truncatingIfNeeded: value >> 32)
    let lowHalf = [.load(offset)] + masked(UInt32(truncatingIfNeeded: mask)) + [lowTest(low)]
    // A comparison stands before a jump away that it passes over where it holds.
    let end: [BPFInstruction] = [.jump(failing)]
    guard isWide else { return lowHalf + end }
    let highHalf = [BPFInstruction.load(offset + 4)] + masked(UInt32(truncatingIfNeeded: mask >> 32))
    // Where the upper halves decide, the lower ones are passed over: to success behind the jump away, or to that jump.
    let toEnd = UInt8(lowHalf.count)
    let toSuccess = toEnd + 1
    let decisive: [BPFInstruction]
    switch test {
    case .equal: decisive = [.equal(high, 0, else: toEnd)]
    case .notEqual: decisive = [.equal(high, 0, else: toSuccess)]
    case .greater, .greaterOrEqual: decisive = [.greater(high, toSuccess + 1, else: 0), .equal(high, 0, else: toEnd)]
    case .less, .lessOrEqual: decisive = [.greater(high, toEnd + 1, else: 0), .equal(high, 0, else: toSuccess)]
    }
    return highHalf + decisive + lowHalf + end
  }

  private func masked(_ mask: UInt32) -> [BPFInstruction] { mask == .max ? [] : [.and(mask)] }

  private func lowTest(_ low: UInt32) -> BPFInstruction {
    switch test {
    case .equal: .equal(low, 1, else: 0)
    case .notEqual: .equal(low, 0, else: 1)
    case .greater: .greater(low, 1, else: 0)
    case .greaterOrEqual: .atLeast(low, 1, else: 0)
    case .less: .atLeast(low, 0, else: 1)
    case .lessOrEqual: .greater(low, 0, else: 1)
    }
  }
}
