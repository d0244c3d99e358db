import Glibc
import OCI
import TestSupport
import Testing

@testable import Containers

@Suite("Rules about devices")
struct DeviceRulesTests {
  @Test func `rules are put into the kernel's words`() throws {
    #expect(try DeviceRules.text(.denyAll) == "a")
    #expect(try DeviceRules.text(.init(allow: true, type: "c", major: 1, minor: -1, access: "rw")) == "c 1:* rw")
    #expect(try DeviceRules.text(.init(allow: true, type: "b", access: "m")) == "b *:* m")
  }

  @Test(arguments: [
    RuntimeSpec.DeviceRule(allow: true, type: "x", access: "r"), .init(allow: true, type: "c", access: ""),
    .init(allow: true, type: "c", access: "rx"), .init(allow: true, major: 1, minor: 3, access: "rwm"),
  ]) func `rules that cannot be are refused`(rule: RuntimeSpec.DeviceRule) {
    #expect(throws: ContainerError.self) { try DeviceRules.text(rule) }
    #expect(throws: ContainerError.self) { try DeviceAccess([rule]) }
  }

  @Test func `later rules override earlier ones`() throws {
    let access = try DeviceAccess([
      .init(allow: true, type: "c", major: 1, minor: 3, access: "rwm"), .denyAll, .init(allow: true, type: "c", major: 5, access: "rw"),
      .init(allow: true, type: "b", major: 8, minor: 0, access: "rwm"), .init(allow: false, type: "b", major: 8, minor: 0, access: "w"),
    ])
    #expect(!access.allows(.read, isBlock: false, major: 1, minor: 3))
    #expect(access.allows([.read, .write], isBlock: false, major: 5, minor: 77))
    #expect(!access.allows([.read, .make], isBlock: false, major: 5, minor: 77))
    #expect(access.allows([.read, .make], isBlock: true, major: 8, minor: 0))
    #expect(!access.allows(.write, isBlock: true, major: 8, minor: 0))
    let open = try DeviceAccess([.init(allow: false, type: "c", major: 1, minor: 11, access: "w")])
    #expect(open.allows(.read, isBlock: false, major: 1, minor: 11))
    #expect(!open.allows([.read, .write], isBlock: false, major: 1, minor: 11))
    #expect(open.allows(.write, isBlock: true, major: 1, minor: 11))
  }

  /// A cgroup of the unified hierarchy, which may lie beside others.
  private static func unified() throws -> Cgroup? {
    guard geteuid() == 0, let layout = try? CgroupLayout.detect(), let index = layout.unifiedIndex else { return nil }
    let mountPoint = layout.hierarchies[index].mountPoint
    let alone = try CgroupLayout.detect(root: mountPoint)
    return try Cgroup(in: alone, path: "/containers-tests-\(getpid())-devices-\(UInt32.random(in: 0 ... .max))", defaultPath: "/")
  }

  /// Whether this kernel takes such programs at all.
  static let obstacle: String? = {
    guard let cgroup = try? unified() else { return "no unified cgroups, or not root" }
    defer { _ = cgroup.remove() }
    do {
      try cgroup.create()
      try DeviceProgram(DeviceAccess([])).attach(to: cgroup.unified!)
      return nil
    } catch { return "\(error)" }
  }()

  @Test(.enabled(if: obstacle == nil, "\(obstacle ?? "")"))
  func `the kernel follows the program in version 2`() throws {
    let cgroup = try #require(try DeviceRulesTests.unified())
    try cgroup.create()
    defer { while !cgroup.remove() { usleep(2000) } }
    try cgroup.restrictDevices([.denyAll])
    let answer = Child.text {
      guard (try? cgroup.join()) != nil else { return "cannot join" }
      let node = "/tmp/containers-tests-node-\(getpid())"
      let made = mknod(node, S_IFCHR | 0o600, (1 << 8) | 11)
      let opened = open(node, O_RDONLY)
      let code = errno
      unlink(node)
      return "\(made) \(opened) \(code) \(open("/dev/null", O_RDWR) >= 0)"
    }
    #expect(answer == "0 -1 \(EPERM) true")
  }
}
