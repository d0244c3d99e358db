import Foundation
import Glibc
import OCI
import TestSupport
import Testing

@testable import Containers

/// What an image's own links can do to the places of mounts; each is tried in a child with a mount namespace of its own.
@Suite("Places of mounts in a container")
struct MountPointTests {
  static let canMount =
    Child.run { Linux.unshare(Linux.Namespace.mount) == 0 && mount("none", "/", nil, 1 << 19 | 16384, nil) == 0 ? 0 : 1 } == 0
  static let reason: Comment = "mounts can be made here by root alone"

  /// A bundle whose root has one link, a folder of the host, and what came of mounting below the link.
  private func error(
    link target: (_ host: String) -> String, mounts: [RuntimeSpec.Mount], devices: [RuntimeSpec.Device] = []
  ) throws -> (error: String, host: [String]) {
    let scratch = try Scratch()
    let (root, host) = (scratch.path("rootfs"), scratch.path("host"))
    for folder in [root, host] { #expect(mkdir(folder, 0o755) == 0) }
    #expect(symlink(target(host), root + "/data") == 0)
    var linux = RuntimeSpec.Linux(namespaces: [.mount])
    linux.devices = devices
    let spec = RuntimeSpec(
      process: .init(args: ["/x"], env: [], capabilities: .init([])), root: .init(path: "rootfs"), mounts: mounts, linux: linux)
    let said = Child.text {
      guard Linux.unshare(Linux.Namespace.mount) == 0 else { return "no namespace" }
      do throws(ContainerError) {
        try RootFileSystem(spec, bundle: scratch.folder, layers: [], cgroupFolders: .init([])).enter(beforeLeaving: { nil }) {
          () throws(ContainerError) in
        }
      } catch {
        return error.description
      }
      return ""
    }
    return (said, try FileManager.default.contentsOfDirectory(atPath: host))
  }

  private static let temporary = RuntimeSpec.Mount(destination: "/data/made", type: "tmpfs", source: "tmpfs", options: [])
  private static let processes = RuntimeSpec.Mount(destination: "/proc", type: "proc", source: "proc", options: [])

  @Test(.enabled(if: canMount, reason)) func `the way up from the root leads nowhere`() throws {
    let (_, host) = try error(link: { "/.." + $0 }, mounts: [Self.temporary])
    #expect(host == [])
    let (_, again) = try error(link: { "../../../../../.." + $0 }, mounts: [Self.temporary])
    #expect(again == [])
  }

  @Test(.enabled(if: canMount, reason)) func `links of proc to what the process holds lead nowhere`() throws {
    // The descriptors that are open meanwhile have small numbers; one of them is the host's root.
    for number in 3..<12 {
      let (_, host) = try error(link: { "/proc/self/fd/\(number)" + $0 }, mounts: [Self.processes, Self.temporary])
      #expect(host == [])
    }
    let (said, host) = try error(link: { "/proc/1/root" + $0 }, mounts: [Self.processes, Self.temporary])
    #expect(host == [])
    #expect(said.contains("/data/made"))
  }

  @Test(.enabled(if: canMount, reason)) func `devices are made in the container`() throws {
    let device = RuntimeSpec.Device(path: "/data/device", type: "p")
    let (_, host) = try error(link: { "/.." + $0 }, mounts: [], devices: [device])
    #expect(host == [])
    let (said, again) = try error(link: { "/proc/1/root" + $0 }, mounts: [Self.processes], devices: [device])
    #expect(again == [])
    #expect(said.contains("/data"))
  }

  @Test(.enabled(if: canMount, reason)) func `links inside the container are followed and missing folders made`() throws {
    let scratch = try Scratch()
    let root = scratch.path("rootfs")
    #expect(mkdir(root, 0o755) == 0)
    #expect(mkdir(root + "/other", 0o755) == 0)
    #expect(symlink("/other", root + "/data") == 0)
    let said = Child.text {
      guard chroot(root) == 0 else { return "errno \(errno)" }
      do throws(ContainerError) {
        try MountPoint(folder: "/data/a//b/").close()
        try MountPoint(file: "data/c/file").close()
        // Both are there now.
        try MountPoint(folder: "/data/a/b").close()
        try MountPoint("/data/c/file").close()
        try MountPoint(folder: "/").close()
      } catch {
        return error.description
      }
      return "\(access("/other/a/b/", F_OK)) \(access("/other/c/file", F_OK))"
    }
    #expect(said == "0 0")
  }

  @Test(.enabled(if: canMount, reason)) func `says which place cannot be made`() throws {
    let scratch = try Scratch()
    #expect(symlink("data", scratch.path("data")) == 0)
    let said = Child.text {
      guard chroot(scratch.folder) == 0 else { return "errno \(errno)" }
      do throws(ContainerError) { try MountPoint(folder: "/data/x").close() } catch { return error.description }
      return ""
    }
    #expect(said.contains("/data/x") && said.contains("Too many levels"))
  }

  @Test(.enabled(if: canMount, reason)) func `where a link leads to something missing, it is made there`() throws {
    let scratch = try Scratch()
    for folder in ["etc", "a"] { #expect(mkdir(scratch.path(folder), 0o755) == 0) }
    #expect(symlink("../run/resolve/stub.conf", scratch.path("etc/resolv.conf")) == 0)
    #expect(symlink("/first/second", scratch.path("a/one")) == 0)
    #expect(symlink("one", scratch.path("a/two")) == 0)
    #expect(symlink("../../../../..\(scratch.path("out"))", scratch.path("up")) == 0)
    let said = Child.text {
      guard chroot(scratch.folder) == 0 else { return "errno \(errno)" }
      do throws(ContainerError) {
        try MountPoint(file: "/etc/resolv.conf").close()
        try MountPoint(folder: "/a/two/below").close()
        try MountPoint(folder: "/up/made").close()
      } catch { return error.description }
      return
        "\(access("/run/resolve/stub.conf", F_OK)) \(access("/first/second/below/", F_OK)) \(access("\(scratch.path("out"))/made", F_OK))"
    }
    #expect(said == "0 0 0")
    #expect(access(scratch.path("out"), F_OK) != 0)
  }
}
