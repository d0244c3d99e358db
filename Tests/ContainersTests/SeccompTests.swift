import CSeccomp
import Glibc
import OCI
import TestSupport
import Testing

@testable import Containers

@Suite("Filters of system calls")
struct SeccompTests {
  /// The answer of a filter, worked out as the kernel does (linux/filter.h).
  private func answer(_ program: [BPFInstruction], _ number: UInt32, _ architecture: UInt32 = 0xC000_003E, _ arguments: [UInt64] = [])
    -> UInt32
  {
    var data = [number, architecture, 0, 0]
    for index in 0..<6 {
      let argument = index < arguments.count ? arguments[index] : 0
      data += [UInt32(truncatingIfNeeded: argument), UInt32(truncatingIfNeeded: argument >> 32)]
    }
    var accumulator: UInt32 = 0
    var place = 0
    while true {
      let now = program[place]
      place += 1
      func branch(_ holds: Bool) { place += Int(holds ? now.ifTrue : now.ifFalse) }
      switch now.code {
      case 0x20: accumulator = data[Int(now.operand / 4)]
      case 0x54: accumulator &= now.operand
      case 0x05: place += Int(now.operand)
      case 0x15: branch(accumulator == now.operand)
      case 0x25: branch(accumulator > now.operand)
      case 0x35: branch(accumulator >= now.operand)
      case 0x06: return now.operand
      default: fatalError("operation \(now.code)")
      }
    }
  }

  private let notImplemented = SeccompAction.notImplemented.value
  private let allow = SeccompAction.allow.value
  private let refuse: UInt32 = 0x0005_0000 | UInt32(EPERM)

  private func program(_ profile: RuntimeSpec.Seccomp) throws -> [BPFInstruction] { try SeccompFilter(profile).program }

  /// A profile as large as the usual one: every third name is left out, some have conditions.
  private func large(_ architectures: [String] = ["SCMP_ARCH_X86_64", "SCMP_ARCH_X86", "SCMP_ARCH_X32"]) -> RuntimeSpec.Seccomp {
    let names = (0..<450).filter { $0 % 3 != 0 }.compactMap { number -> String? in
      guard let name = seccomp_syscall_resolve_num_arch(0xC000_003E, Int32(number)) else { return nil }
      defer { free(name) }
      return String(cString: name)
    }
    let conditional = ["personality", "clone", "socket"]
    return RuntimeSpec.Seccomp(
      defaultAction: "SCMP_ACT_ERRNO", architectures: architectures,
      syscalls: [
        .init(names: names.filter { !conditional.contains($0) } + ["no_such_call"], action: "SCMP_ACT_ALLOW"),
        .init(names: ["personality"], action: "SCMP_ACT_ALLOW", args: [.init(index: 0, value: 0xFFFF_FFFF, operation: "SCMP_CMP_EQ")]),
        .init(names: ["personality"], action: "SCMP_ACT_ALLOW", args: [.init(index: 0, value: 8, operation: "SCMP_CMP_EQ")]),
        .init(
          names: ["clone"], action: "SCMP_ACT_ALLOW",
          args: [.init(index: 0, value: 0x7E02_0000, valueTwo: 0, operation: "SCMP_CMP_MASKED_EQ")]),
        .init(names: ["socket"], action: "SCMP_ACT_ALLOW", args: [.init(index: 0, value: 40, operation: "SCMP_CMP_NE")]),
      ])
  }

  @Test func `names are allowed and everything else is refused`() throws {
    let program = try program(
      .init(
        defaultAction: "SCMP_ACT_ERRNO", defaultErrnoReturn: 13, syscalls: [.init(names: ["read", "exit_group"], action: "SCMP_ACT_ALLOW")])
    )
    #expect(answer(program, 0) == allow)
    #expect(answer(program, 231) == allow)
    #expect(answer(program, 1) == 0x0005_000D)
    #expect(answer(program, 230) == 0x0005_000D)
    // Newer than all the profile knows.
    #expect(answer(program, 232) == notImplemented)
    // Ways of calling that the profile does not name.
    #expect(answer(program, 3, 0x4000_0003) == 0)
    #expect(answer(program, 0x4000_0000) == 0)
    #expect(answer(program, .max) == 0x0005_000D)
  }

  @Test func `newer system calls stay allowed where that is the default`() throws {
    for action in ["SCMP_ACT_ALLOW", "SCMP_ACT_LOG"] {
      let program = try program(.init(defaultAction: action, syscalls: [.init(names: ["read"], action: "SCMP_ACT_KILL_PROCESS")]))
      #expect(answer(program, 0) == 0x8000_0000)
      #expect(answer(program, 100_000) == answer(program, 1))
    }
  }

  private func holds(_ operation: String, _ a: UInt64, _ b: UInt64) -> Bool {
    switch operation {
    case "SCMP_CMP_EQ": a == b
    case "SCMP_CMP_NE": a != b
    case "SCMP_CMP_LT": a < b
    case "SCMP_CMP_LE": a <= b
    case "SCMP_CMP_GT": a > b
    default: a >= b
    }
  }

  @Test(arguments: ["SCMP_CMP_EQ", "SCMP_CMP_NE", "SCMP_CMP_LT", "SCMP_CMP_LE", "SCMP_CMP_GT", "SCMP_CMP_GE"])
  func `arguments are compared in 64 bits`(operation: String) throws {
    let values: [UInt64] = [0, 1, 2, 0xFFFF_FFFF, 0x1_0000_0000, 0x1_0000_0001, 0x2_0000_0000, .max - 1, .max]
    for value in values {
      let program = try program(
        .init(
          defaultAction: "SCMP_ACT_ALLOW",
          syscalls: [.init(names: ["read"], action: "SCMP_ACT_ERRNO", args: [.init(index: 5, value: value, operation: operation)])]))
      for argument in values {
        #expect(
          answer(program, 0, 0xC000_003E, [0, 0, 0, 0, 0, argument]) == (holds(operation, argument, value) ? refuse : allow),
          "\(argument) \(value)")
      }
    }
  }

  @Test func `all conditions on different arguments must hold`() throws {
    let program = try program(
      .init(
        defaultAction: "SCMP_ACT_ALLOW",
        syscalls: [
          .init(
            names: ["read"], action: "SCMP_ACT_ERRNO",
            args: [
              .init(index: 0, value: 5, operation: "SCMP_CMP_EQ"),
              .init(index: 1, value: 0xF0, valueTwo: 0x30, operation: "SCMP_CMP_MASKED_EQ"),
              .init(index: 2, value: 7, operation: "SCMP_CMP_GT"),
            ])
        ]))
    #expect(answer(program, 0, 0xC000_003E, [5, 0x1_0000_0F3F, 8]) == refuse)
    #expect(answer(program, 0, 0xC000_003E, [4, 0x30, 8]) == allow)
    #expect(answer(program, 0, 0xC000_003E, [5, 0x40, 8]) == allow)
    #expect(answer(program, 0, 0xC000_003E, [5, 0x30, 7]) == allow)
  }

  @Test func `several conditions on one argument are alternatives`() throws {
    let program = try program(
      .init(
        defaultAction: "SCMP_ACT_ALLOW",
        syscalls: [
          .init(
            names: ["read"], action: "SCMP_ACT_ERRNO",
            args: [.init(index: 0, value: 5, operation: "SCMP_CMP_EQ"), .init(index: 0, value: 9, operation: "SCMP_CMP_EQ")])
        ]))
    #expect([4, 5, 8, 9].map { answer(program, 0, 0xC000_003E, [$0]) } == [allow, refuse, allow, refuse])
  }

  /// libseccomp's own compiler is the reference: slow, and trusted.
  @Test func `a large profile answers as libseccomp's own program does`() throws {
    let profile = large()
    let ours = try program(profile)
    let theirs = try reference(profile)
    let values: [UInt64] = [0, 8, 40, 41, 0xFFFF_FFFF, 0x1_0000_0008, 0x0002_0000, 0x1000_0000, .max]
    var refusals = 0
    for (token, first) in [(UInt32(0xC000_003E), UInt32(0)), (0x4000_0003, 0), (0xC000_003E, 0x4000_0000), (0xC000_00B7, 0)] {
      for number in first..<(first + 460) {
        for value in values {
          let mine = answer(ours, number, token, [value, 1, 2, 3])
          if mine == notImplemented { continue }
          if mine == refuse { refusals += 1 }
          #expect(mine == answer(theirs, number, token, [value, 1, 2, 3]), "call \(number) of \(token) with \(value)")
        }
      }
    }
    #expect(refusals > 1000)
  }

  private func reference(_ profile: RuntimeSpec.Seccomp) throws -> [BPFInstruction] {
    let context = try #require(seccomp_init(0x0005_0001))
    defer { seccomp_release(context) }
    for token in [0x4000_0003, 0x4000_003E] as [UInt32] { #expect(seccomp_arch_add(context, token) == 0) }
    for rule in profile.syscalls {
      for name in rule.names {
        let number = seccomp_syscall_resolve_name(name)
        if number == -1 { continue }
        var comparisons = rule.args.map {
          let operation: scmp_compare =
            $0.operation == "SCMP_CMP_EQ" ? SCMP_CMP_EQ : $0.operation == "SCMP_CMP_NE" ? SCMP_CMP_NE : SCMP_CMP_MASKED_EQ
          return scmp_arg_cmp(arg: $0.index, op: operation, datum_a: $0.value, datum_b: $0.valueTwo)
        }
        #expect(seccomp_rule_add_array(context, 0x7FFF_0000, number, UInt32(comparisons.count), &comparisons) == 0, "\(name)")
      }
    }
    let file = Int32(systemCall(SystemCall.memfdCreate, Int(bitPattern: ("x" as StaticString).utf8Start), 0, 0, 0, 0))
    defer { close(file) }
    #expect(seccomp_export_bpf(context, file) == 0)
    let size = Int(lseek(file, 0, SEEK_END))
    var program = [BPFInstruction](repeating: .jump(0), count: size / 8)
    #expect(program.withUnsafeMutableBytes { pread(file, $0.baseAddress, size, 0) } == size)
    return program
  }

  @Test func `a loaded filter really refuses`() throws {
    let filter = try SeccompFilter(
      .init(
        defaultAction: "SCMP_ACT_ALLOW", architectures: ["SCMP_ARCH_X86_64", "SCMP_ARCH_AARCH64"], flags: ["SECCOMP_FILTER_FLAG_LOG"],
        syscalls: [
          .init(names: ["getppid"], action: "SCMP_ACT_ERRNO", errnoReturn: 77),
          .init(names: ["dup"], action: "SCMP_ACT_ERRNO", args: [.init(index: 0, value: 2, operation: "SCMP_CMP_EQ")]),
        ]))
    let code = Child.run {
      guard systemCall(110, 0, 0, 0, 0, 0) > 0, filter.load(settingNoNewPrivileges: true) == 0 else { return 1 }
      guard systemCall(110, 0, 0, 0, 0, 0) == -1, errno == 77 else { return 2 }
      guard dup(2) == -1, errno == EPERM else { return 3 }
      return dup(1) >= 0 ? 0 : 4
    }
    #expect(code == 0)
  }

  @Test func `a loaded filter really kills`() throws {
    let filter = try SeccompFilter(
      .init(defaultAction: "SCMP_ACT_ALLOW", syscalls: [.init(names: ["getppid"], action: "SCMP_ACT_KILL_PROCESS")]))
    let code = Child.run {
      guard filter.load(settingNoNewPrivileges: true) == 0 else { return 1 }
      systemCall(110, 0, 0, 0, 0, 0)
      return 0
    }
    #expect(code == -SIGSYS)
  }

  @Test func `the kernel takes a large profile`() throws {
    let filter = try SeccompFilter(
      RuntimeSpec.Seccomp(
        defaultAction: "SCMP_ACT_ERRNO", architectures: ["SCMP_ARCH_X86_64", "SCMP_ARCH_X86", "SCMP_ARCH_X32"],
        syscalls: large().syscalls + [.init(names: ["exit_group", "seccomp", "prctl"], action: "SCMP_ACT_ALLOW")]))
    #expect(Child.run { filter.load(settingNoNewPrivileges: true) == 0 ? 0 : 1 } == 0)
  }

  @Test(
    .enabled(
      if: geteuid() != 0 || Child.run { systemCall(SystemCall.setuid, 65534, 0, 0, 0, 0) == 0 ? 0 : 1 } == 0, "users cannot be changed here"
    ))
  func `without privileges a filter needs no_new_privs`() throws {
    let filter = try SeccompFilter(.init(defaultAction: "SCMP_ACT_ALLOW", syscalls: [.init(names: ["getppid"], action: "SCMP_ACT_ERRNO")]))
    let code = Child.run {
      systemCall(SystemCall.setuid, 65534, 0, 0, 0, 0)
      return filter.load(settingNoNewPrivileges: false)
    }
    #expect(code == EACCES)
  }

  @Test(arguments: [
    RuntimeSpec.Seccomp(defaultAction: "SCMP_ACT_NOTIFY"), .init(defaultAction: "ALLOW"), .init(defaultAction: ""),
    .init(defaultAction: "SCMP_ACT_ERRNO", defaultErrnoReturn: 4096), .init(defaultAction: "SCMP_ACT_ALLOW", architectures: ["x86"]),
    .init(defaultAction: "SCMP_ACT_ALLOW", flags: ["SECCOMP_FILTER_FLAG_NEW_LISTENER"]),
    .init(defaultAction: "SCMP_ACT_ALLOW", syscalls: [.init(names: ["read"], action: "SCMP_ACT_NOTIFY")]),
    .init(
      defaultAction: "SCMP_ACT_ALLOW",
      syscalls: [.init(names: ["read"], action: "SCMP_ACT_KILL", args: [.init(index: 6, value: 0, operation: "SCMP_CMP_EQ")])]),
    .init(
      defaultAction: "SCMP_ACT_ALLOW",
      syscalls: [.init(names: ["read"], action: "SCMP_ACT_KILL", args: [.init(index: 0, value: 0, operation: "==")])]),
  ]) func `a profile that cannot be followed is refused`(profile: RuntimeSpec.Seccomp) {
    #expect(throws: ContainerError.self) { try SeccompFilter(profile) }
  }

  @Test func `a profile too large for the kernel is refused`() {
    let rules = (0..<1000).map {
      RuntimeSpec.SeccompRule(names: ["read"], action: "SCMP_ACT_KILL", args: [.init(index: 0, value: $0, operation: "SCMP_CMP_EQ")])
    }
    #expect(throws: ContainerError.self) { try SeccompFilter(.init(defaultAction: "SCMP_ACT_ALLOW", syscalls: rules)) }
  }

  @Test func `known profiles are not compiled again, and the oldest go`() throws {
    var cache = SeccompCache(capacity: 1)
    let one = RuntimeSpec.Seccomp(defaultAction: "SCMP_ACT_ALLOW")
    let other = RuntimeSpec.Seccomp(defaultAction: "SCMP_ACT_ERRNO", syscalls: [.init(names: ["read"], action: "SCMP_ACT_ALLOW")])
    #expect(try cache.filter(one) == SeccompFilter(one))
    #expect(try cache.filter(other) == SeccompFilter(other))
    #expect(try cache.filter(other) == SeccompFilter(other))
    #expect(try cache.filter(one) == SeccompFilter(one))
  }
}
