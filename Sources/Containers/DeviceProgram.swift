import Glibc

/// A program that the kernel asks at each opening of a device in a cgroup of version 2 (BPF_PROG_TYPE_CGROUP_DEVICE of bpf(2)).
struct DeviceProgram {
  /// struct bpf_insn: operation, registers (the destination in the lower half), jump distance or offset, number.
  struct Instruction: Equatable {
    var operation: UInt8
    var registers: UInt8
    var offset: Int16
    var number: Int32

    init(_ operation: UInt8, to destination: UInt8 = 0, from source: UInt8 = 0, offset: Int16 = 0, _ number: Int32 = 0) {
      self.operation = operation
      registers = source << 4 | destination
      self.offset = offset
      self.number = number
    }
  }

  private(set) var instructions: [Instruction] = []

  // Operations (linux/bpf_common.h, linux/bpf.h).
  private static let loadWord: UInt8 = 0x61
  private static let and: UInt8 = 0x54
  private static let shiftRight: UInt8 = 0x74
  private static let copy: UInt8 = 0xBC
  private static let set: UInt8 = 0xB7
  private static let jumpUnequal: UInt8 = 0x55
  private static let jumpUnequalRegister: UInt8 = 0x5D
  private static let jumpEqual: UInt8 = 0x15
  private static let exit: UInt8 = 0x95

  // Registers: 1 holds the question's address at first, and scratch values later.
  private static let scratch: UInt8 = 1
  private static let type: UInt8 = 2
  private static let access: UInt8 = 3
  private static let major: UInt8 = 4
  private static let minor: UInt8 = 5

  init(_ access: DeviceAccess) {
    // struct bpf_cgroup_dev_ctx: access in the upper and type in the lower half of a word, major, minor.
    instructions = [
      Instruction(Self.loadWord, to: Self.type, from: 1), Instruction(Self.and, to: Self.type, 0xFFFF),
      Instruction(Self.loadWord, to: Self.access, from: 1), Instruction(Self.shiftRight, to: Self.access, 16),
      Instruction(Self.loadWord, to: Self.major, from: 1, offset: 4), Instruction(Self.loadWord, to: Self.minor, from: 1, offset: 8),
    ]
    for exception in access.exceptions { instructions += Self.code(exception, allowsOthers: access.allowsOthers) }
    instructions += Self.answer(access.allowsOthers)
  }

  private static func answer(_ allows: Bool) -> [Instruction] { [Instruction(set, to: 0, allows ? 1 : 0), Instruction(exit)] }

  private static func code(_ exception: DeviceAccess.Exception, allowsOthers: Bool) -> [Instruction] {
    // BPF_DEVCG_DEV_BLOCK is 1, BPF_DEVCG_DEV_CHAR 2.
    var tests = [Instruction(jumpUnequal, to: type, exception.device.isBlock ? 1 : 2)]
    if let number = exception.device.major { tests.append(Instruction(jumpUnequal, to: major, Int32(number))) }
    if let number = exception.device.minor { tests.append(Instruction(jumpUnequal, to: minor, Int32(number))) }
    if exception.access != .all {
      tests += [Instruction(copy, to: scratch, from: access), Instruction(and, to: scratch, Int32(exception.access.rawValue))]
      // All that is asked for must be allowed; one thing of it being denied is enough.
      tests.append(
        allowsOthers ? Instruction(jumpEqual, to: scratch, 0) : Instruction(jumpUnequalRegister, to: scratch, from: access))
    }
    let answer = answer(!allowsOthers)
    for index in tests.indices where [jumpUnequal, jumpUnequalRegister, jumpEqual].contains(tests[index].operation) {
      tests[index].offset = Int16(tests.count - index - 1 + answer.count)
    }
    return tests + answer
  }

  /// Has the kernel check and keep the program.
  ///
  /// - Returns: its descriptor.
  private func load() throws(ContainerError) -> Int32 {
    let license: StaticString = "Apache-2.0"
    let descriptor = instructions.withUnsafeBytes { program in
      // union bpf_attr for BPF_PROG_LOAD (5): type (15), number of instructions, their address, the licence's address.
      var attributes: (type: UInt32, count: UInt32, program: UInt, license: UInt, log: (UInt, UInt), version: UInt) = (
        15, UInt32(instructions.count), UInt(bitPattern: program.baseAddress), UInt(bitPattern: license.utf8Start), (0, 0), 0
      )
      return withUnsafeMutablePointer(to: &attributes) {
        Int32(systemCall(SystemCall.bpf, 5, Int(bitPattern: $0), MemoryLayout.size(ofValue: $0.pointee), 0, 0))
      }
    }
    guard descriptor >= 0 else { throw ContainerError(failed: "load the program that restricts devices") }
    return descriptor
  }

  /// Puts the program to work in a cgroup of the unified hierarchy, beside those that are there.
  func attach(to folder: CgroupFolder) throws(ContainerError) {
    let program = try load()
    defer { close(program) }
    let cgroup = openat(folder.root, folder.path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard cgroup >= 0 else { throw ContainerError(failed: "open \(folder.fullPath)") }
    defer { close(cgroup) }
    // For BPF_PROG_ATTACH (8): the cgroup, the program, BPF_CGROUP_DEVICE (6), BPF_F_ALLOW_MULTI (2).
    var attributes: (UInt32, UInt32, UInt32, UInt32) = (UInt32(cgroup), UInt32(program), 6, 2)
    let answer = withUnsafeMutablePointer(to: &attributes) {
      systemCall(SystemCall.bpf, 8, Int(bitPattern: $0), MemoryLayout.size(ofValue: $0.pointee), 0, 0)
    }
    guard answer == 0 else { throw ContainerError(failed: "restrict devices in \(folder.fullPath)") }
  }
}
