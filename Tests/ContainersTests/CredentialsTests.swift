import Glibc
import OCI
import TestSupport
import Testing

@testable import Containers

@Suite("Capabilities, users and limits of a container's process")
struct CredentialsTests {
  static let canDrop =
    Child.run { systemCall(SystemCall.prctl, 24, 0, 0, 0, 0) == 0 && systemCall(SystemCall.setgid, 1, 0, 0, 0, 0) == 0 ? 0 : 1 } == 0

  /// Lines of /proc/self/status by their names.
  private static func status() -> String { SmallFile.read("/proc/self/status").map { String(decoding: $0, as: UTF8.self) } ?? "" }
  private func line(_ name: String, of status: String) -> [String] {
    status.split(separator: "\n").first { $0.hasPrefix(name + ":") }?.dropFirst(name.count + 1).split { $0 == "\t" || $0 == " " }.map(
      String.init)
      ?? []
  }
  private func bits(_ name: String, of status: String) -> UInt64? { line(name, of: status).first.flatMap { UInt64($0, radix: 16) } }

  @Test func `names have the kernel's numbers`() {
    #expect(CapabilityNames.number("CAP_CHOWN") == 0)
    #expect(CapabilityNames.number("CAP_SYS_ADMIN") == 21)
    #expect(CapabilityNames.number("cap_checkpoint_restore") == 40)
    for name in ["", "CAP_", "CHOWN", "CAP_CHOW", "CAP_CHOWNS", "XXX_CHOWN"] { #expect(CapabilityNames.number(name) == nil, "\(name)") }
  }

  @Test func `what cannot be is left out with a warning`() {
    var warnings: [String] = []
    let sets = CapabilitySets(
      .init(
        bounding: ["CAP_CHOWN", "CAP_BPF", "CAP_NONSENSE"], effective: ["CAP_NONSENSE"], permitted: ["CAP_CHOWN"],
        inheritable: ["CAP_CHOWN", "CAP_KILL"],
        ambient: ["CAP_CHOWN", "CAP_KILL"]), last: 30, warnings: &warnings)
    #expect(sets.bounding == 1)
    #expect(sets.effective == 0)
    #expect(sets.inheritable == 0x21)
    #expect(sets.ambient == 1)
    #expect(warnings.count == 2)
    #expect(warnings.first?.contains("CAP_BPF, CAP_NONSENSE") == true, "\(warnings)")
  }

  @Test(.enabled(if: canDrop, "capabilities cannot be dropped here"))
  func `capabilities are really dropped, and those that stay outlive the change of user`() {
    var warnings: [String] = []
    let names = ["CAP_CHOWN", "CAP_KILL"]
    let sets = CapabilitySets(
      .init(bounding: names + ["CAP_SETUID"], effective: names, permitted: names, inheritable: names, ambient: ["CAP_KILL"]),
      warnings: &warnings)
    let identity = UserIdentity(.init(uid: 1234, gid: 2345, umask: 0o27, additionalGids: [7, 8]))
    let status = Child.text {
      do {
        try sets.limitBounding()
        try identity.assume()
        try sets.apply()
      } catch { return "\(error)" }
      return CredentialsTests.status()
    }
    #expect(warnings.isEmpty)
    #expect(bits("CapBnd", of: status) == 0xA1, "\(status)")
    #expect(bits("CapEff", of: status) == 0x21)
    #expect(bits("CapPrm", of: status) == 0x21)
    #expect(bits("CapInh", of: status) == 0x21)
    #expect(bits("CapAmb", of: status) == 0x20)
    #expect(line("Uid", of: status) == ["1234", "1234", "1234", "1234"])
    #expect(line("Gid", of: status) == ["2345", "2345", "2345", "2345"])
    #expect(line("Groups", of: status) == ["7", "8"])
    #expect(line("Umask", of: status) == ["0027"])
  }

  @Test(.enabled(if: canDrop, "capabilities cannot be dropped here"))
  func `a program run without execve has no more than execve would leave it`() {
    var warnings: [String] = []
    let names = ["CAP_CHOWN", "CAP_KILL"]
    for ambient in [[], ["CAP_KILL"]] {
      let sets = CapabilitySets(
        .init(bounding: names, effective: names, permitted: names, inheritable: names, ambient: ambient), warnings: &warnings)
      let ours = Child.text {
        do {
          try sets.limitBounding()
          try UserIdentity(.init(uid: 1234, gid: 2345)).assume()
          try sets.apply()
          try sets.afterExecution(by: 1234).apply()
        } catch { return "\(error)" }
        return CredentialsTests.status()
      }
      for set in ["CapEff", "CapPrm", "CapAmb"] { #expect(bits(set, of: ours) == (ambient.isEmpty ? 0 : 0x20), "\(set): \(ours)") }
    }
    let superuser = CapabilitySets(.init(names), warnings: &warnings)
    #expect(superuser.afterExecution(by: 0) == superuser)
  }

  @Test(.enabled(if: canDrop, "capabilities cannot be dropped here"))
  func `nobody takes back what was dropped`() {
    var warnings: [String] = []
    let none = CapabilitySets(.init([]), warnings: &warnings)
    let some = CapabilitySets(.init(["CAP_CHOWN"]), warnings: &warnings)
    let answer = Child.text {
      do { try none.limitBounding(); try none.apply() } catch { return "\(error)" }
      do throws(StepFailure) { try some.apply() } catch { return "\(error.step): \(error.code)" }
      return "taken back"
    }
    #expect(answer == "set capabilities: \(EPERM)")
    let other = Child.text {
      do { try none.limitBounding(); try none.apply() } catch { return "\(error)" }
      do throws(StepFailure) { try UserIdentity(.init(uid: 1, gid: 1)).assume() } catch { return "\(error.step): \(error.code)" }
      return "changed"
    }
    #expect(other == "set the group: \(EPERM)")
  }

  @Test func `limits are set by their names`() throws {
    let limits = try ResourceLimits([.init(type: "RLIMIT_NOFILE", soft: 17, hard: 23), .init(type: "RLIMIT_CORE", soft: 0, hard: 0)])
    let answer = Child.text {
      do { try limits.apply() } catch { return "\(error)" }
      var pair: (UInt64, UInt64) = (0, 0)
      systemCall(SystemCall.prlimit64, 0, 7, 0, withUnsafeMutablePointer(to: &pair) { Int(bitPattern: $0) }, 0)
      return "\(pair.0) \(pair.1)"
    }
    #expect(answer == "17 23")
  }

  @Test(arguments: [
    [RuntimeSpec.Rlimit(type: "NOFILE", soft: 1, hard: 1)], [.init(type: "RLIMIT_CPU", soft: 2, hard: 1)],
    [.init(type: "RLIMIT_CPU", soft: 1, hard: 1), .init(type: "RLIMIT_CPU", soft: 1, hard: 1)],
  ]) func `limits that cannot be are refused`(limits: [RuntimeSpec.Rlimit]) {
    #expect(throws: ContainerError.self) { try ResourceLimits(limits) }
  }

  @Test func `a readiness to be killed is set`() throws {
    let answer = Child.text {
      do { try OOMScore.set(777) } catch { return "\(error)" }
      return "\(OOMScore.get() ?? -1)"
    }
    #expect(answer == "777")
    #expect(throws: ContainerError.self) { try OOMScore.set(1001) }
    #expect(throws: ContainerError.self) { try OOMScore.set(0, of: -5) }
    #expect(OOMScore.get(of: -5) == nil)
  }

  @Test func `settings of the container's own namespaces are written`() throws {
    let scratch = try Scratch()
    mkdir(scratch.path("net"), 0o755)
    mkdir(scratch.path("net/eth0.1"), 0o755)
    close(open(scratch.path("net/eth0.1/x"), O_CREAT | O_WRONLY, 0o644))
    // A file that a volume or an image has put there is left alone.
    let elsewhere = #expect(throws: ContainerError.self) {
      try SysctlSettings([.init(name: "net.eth0/1.x", value: "5")], namespaces: [.network]).apply(root: scratch.folder)
    }
    #expect(elsewhere?.description.hasSuffix("/net/eth0.1/x is not the kernel's: mount proc at /proc in the container") == true)
    #expect(SmallFile.read(scratch.path("net/eth0.1/x")) == [])
    let missing = try SysctlSettings([.init(name: "kernel/shmmax", value: "5")], namespaces: [.ipc])
    let error = #expect(throws: ContainerError.self) { try missing.apply(root: scratch.folder) }
    #expect(error?.code == ENOENT)
    _ = try SysctlSettings(
      [.init(name: "fs.mqueue.msg_max", value: "5"), .init(name: "kernel.domainname", value: "x")], namespaces: [.ipc, .uts])
  }

  @Test(.enabled(if: geteuid() == 0, "network namespaces are made by root alone"))
  func `a setting of a network namespace is the kernel's then`() {
    let said = Child.text {
      guard Linux.unshare(Linux.Namespace.network) == 0 else { return "errno \(errno)" }
      do throws(ContainerError) {
        try SysctlSettings([.init(name: "net.ipv4.ip_default_ttl", value: "77")], namespaces: [.network]).apply()
      } catch { return error.description }
      return String(decoding: SmallFile.read("/proc/sys/net/ipv4/ip_default_ttl") ?? [], as: UTF8.self)
    }
    #expect(said == "77\n")
  }

  @Test(arguments: [
    "kernel.panic", "vm.swappiness", "kernel.hostname", "fs.file-max", "net", "", "net..x", "net/../kernel/panic", "net./..x", "net.a\0b",
    "kernel.shmmax", "user.max_user_namespaces",
  ]) func `settings of the machine are refused`(name: String) {
    #expect(throws: ContainerError.self) { try SysctlSettings([.init(name: name, value: "1")], namespaces: [.network, .uts]) }
  }
}
