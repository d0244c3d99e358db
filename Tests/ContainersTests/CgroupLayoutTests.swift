import Foundation
import TestSupport
import Testing

@testable import Containers

@Suite("Finding the machine's cgroups")
struct CgroupLayoutTests {
  @Test func `a machine of version 2 has one hierarchy`() throws {
    let layout = try FakeCgroups([""]).detect()
    #expect(layout.version == .v2)
    #expect(layout.hierarchies.map(\.isUnified) == [true])
  }

  @Test func `hierarchies with several controllers and with a name are told apart`() throws {
    let layout = try FakeCgroups(["cpu,cpuacct", "memory", "name=systemd"]).detect()
    #expect(layout.version == .v1)
    #expect(layout.hierarchies.map(\.controllers) == [["cpu", "cpuacct"], ["memory"], []])
    #expect(layout.hierarchies.map(\.name) == ["", "", "systemd"])
    #expect(layout.index(of: "cpuacct") == 0)
    #expect(layout.index(of: "pids") == nil)
  }

  @Test func `a unified hierarchy beside others makes it hybrid`() throws {
    #expect(try FakeCgroups(["memory", ""]).detect().version == .hybrid)
  }

  @Test func `a path relative to the runtime's own cgroup is looked up in each hierarchy`() throws {
    let fake = try FakeCgroups(["cpu,cpuacct", "memory", "name=systemd", ""])
    let own = "9:name=systemd:/user.slice\n4:memory:/a:b\n3:cpuacct,cpu:/\n0::/init\n"
    let cgroup = try Cgroup(in: try fake.detect(ownCgroups: own), path: "c1", defaultPath: "/unused")
    #expect(cgroup.folders.map(\.path) == ["c1", "a:b/c1", "user.slice/c1", "init/c1"])
  }

  @Test func `a runtime whose place is not told gets a reason`() throws {
    let fake = try FakeCgroups(["memory", "pids"])
    let layout = try fake.detect(ownCgroups: "4:memory:/\ngarbage\n")
    let error = #expect(throws: ContainerError.self) { try Cgroup(in: layout, path: "c1", defaultPath: "/unused") }
    #expect(error?.description.contains("pids") == true, "\(error?.description ?? "")")
  }

  @Test func `without a path the default is taken`() throws {
    let layout = try FakeCgroups([""]).detect()
    #expect(try Cgroup(in: layout, path: nil, defaultPath: "/default/c1").folders.map(\.path) == ["default/c1"])
    #expect(try Cgroup(in: layout, path: "", defaultPath: "/default/c1").folders.map(\.path) == ["default/c1"])
  }

  @Test func `blanks in mount points and lines of another form are understood`() throws {
    let scratch = try Scratch()
    try FileManager.default.createDirectory(atPath: scratch.path("a b\\"), withIntermediateDirectories: true)
    let place = scratch.folder + "/a\\040b\\134"
    let table =
      "short line\n\n1 2 0:1 / /elsewhere rw - cgroup cgroup rw,pids\n32 31 0:29 /root \(place) rw - cgroup cgroup rw,memory\n1 - cgroup"
    try table.write(toFile: scratch.path("table"), atomically: true, encoding: .utf8)
    let layout = try CgroupLayout.detect(root: scratch.folder, mountTable: scratch.path("table"))
    #expect(layout.hierarchies.map(\.mountPoint) == [scratch.path("a b\\")])
    #expect(layout.hierarchies.map(\.mountedRoot) == ["/root"])
    #expect(layout.hierarchies.map(\.controllers) == [["memory"]])
  }

  @Test func `a machine without cgroups gets a reason`() throws {
    let scratch = try Scratch()
    try "22 27 0:21 / /proc rw - proc proc rw\n".write(toFile: scratch.path("table"), atomically: true, encoding: .utf8)
    #expect(throws: ContainerError("no cgroups are mounted at or below \(scratch.folder)")) {
      try CgroupLayout.detect(root: scratch.folder, mountTable: scratch.path("table"))
    }
    #expect(throws: ContainerError.self) { try CgroupLayout.detect(root: scratch.path("missing")) }
    #expect(throws: ContainerError.self) { try CgroupLayout.detect(root: scratch.folder, mountTable: scratch.path("missing")) }
  }

  @Test func `a hierarchy that is gone gets a reason`() throws {
    let scratch = try Scratch()
    try "32 31 0:29 / \(scratch.folder)/gone rw - cgroup cgroup rw,memory\n".write(
      toFile: scratch.path("table"), atomically: true, encoding: .utf8)
    let error = #expect(throws: ContainerError.self) {
      try CgroupLayout.detect(root: scratch.folder, mountTable: scratch.path("table"))
    }
    #expect(error?.code == ENOENT)
  }
}
