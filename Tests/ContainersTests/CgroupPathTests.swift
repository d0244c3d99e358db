import Testing

@testable import Containers

@Suite("Where a container's cgroup lies")
struct CgroupPathTests {
  @Test(arguments: [
    ("/default/c1", "default/c1"), ("//default/./c1/", "default/c1"), ("/a/../../b", "b"), ("/with space/ü", "with space/ü"),
    ("/a:b:c", "a:b:c"),
  ]) func `an absolute path is below every mount point`(text: String, path: String) throws {
    #expect(try CgroupPath(text) == .absolute(path))
  }

  @Test(arguments: [("c1", "c1"), ("a/b", "a/b"), ("../c1", "c1")])
  func `a relative path is below the runtime's own cgroup`(text: String, path: String) throws {
    #expect(try CgroupPath(text) == .relative(path))
  }

  @Test(arguments: [
    ("system.slice:docker:abc", "system.slice/docker-abc.scope"),
    (
      "kubepods-burstable-podx.slice:cri-containerd:abc",
      "kubepods.slice/kubepods-burstable.slice/kubepods-burstable-podx.slice/cri-containerd-abc.scope"
    ),
    (":docker:abc", "system.slice/docker-abc.scope"), ("-.slice:p:n", "p-n.scope"), ("user.slice::own.slice", "user.slice/own.slice"),
  ]) func `systemd's form is the folder that systemd would make`(text: String, path: String) throws {
    #expect(try CgroupPath(text) == .absolute(path))
  }

  @Test(arguments: ["", "/", "/..", ".", "a.scope:p:n", "a--b.slice:p:n", "x.slice:p:"])
  func `what names no cgroup is refused`(text: String) {
    #expect(throws: ContainerError.self) { try CgroupPath(text) }
  }

  @Test func `a name that no folder can have is refused`() {
    #expect(throws: ContainerError.self) { try CgroupPath("/" + String(repeating: "x", count: 256)) }
    #expect(throws: ContainerError.self) { try CgroupPath("/a\0b") }
  }
}
