import Glibc
import OCI
import TestSupport
import Testing

@testable import Containers

@Suite("Words of mounts and namespaces")
struct MountTests {
  typealias Flag = MountOptions.Flag

  /// mount(8)'s words, the bits they set, and the words that take them away.
  static let words: [(word: String, opposite: String, bits: UInt)] = [
    ("ro", "rw", 1), ("nosuid", "suid", 2), ("nodev", "dev", 4), ("noexec", "exec", 8), ("sync", "async", 16), ("mand", "nomand", 64),
    ("noatime", "atime", 1024), ("nodiratime", "diratime", 2048), ("relatime", "norelatime", 1 << 21),
    ("strictatime", "nostrictatime", 1 << 24),
  ]

  @Test func `words set and clear the kernel's bits`() {
    for (word, opposite, bits) in Self.words {
      let set = MountOptions([word])
      #expect(set.flags == bits && set.cleared == 0 && set.data == "", "\(word)")
      let cleared = MountOptions([opposite])
      #expect(cleared.flags == 0 && cleared.cleared == bits && cleared.data == "", "\(opposite)")
    }
    #expect(MountOptions(["dirsync", "remount", "nosymfollow"]).flags == 128 | 32 | 256)
    #expect(MountOptions(["nosuid", "nodev", "ro"]).flags == 7)
  }

  @Test func `words with an r hold for what is mounted below, too`() {
    for (word, opposite, bits) in Self.words where word != "sync" && word != "mand" {
      let set = MountOptions(["r" + word])
      #expect(set.recursive.flags == bits && set.flags == 0 && set.data == "", "r\(word)")
      let cleared = MountOptions(["r" + opposite])
      #expect(cleared.recursive.cleared == bits && cleared.cleared == 0 && cleared.data == "", "r\(opposite)")
    }
  }

  @Test func `what the file system reads is passed on in order`() {
    let options = MountOptions(["mode=755", "ro", "size=64k", "defaults", "", "x-mount.mkdir", "lowerdir=/a:/b", "unknown"])
    #expect(options.data == "mode=755,size=64k,lowerdir=/a:/b,unknown")
    #expect(options.flags == 1)
  }

  @Test func `binds and what is copied are known`() {
    #expect(!MountOptions(["ro"]).isBind)
    let bind = MountOptions(["bind", "ro"])
    #expect(bind.isBind && !bind.isRecursive && bind.data == "")
    let recursive = MountOptions(["rbind"])
    #expect(recursive.isBind && recursive.isRecursive)
    #expect(MountOptions(["tmpcopyup"]).copiesUp)
  }

  @Test func `propagation is set by calls of its own`() {
    let kinds: [(word: String, bits: UInt)] = [
      ("shared", 1 << 20), ("slave", 1 << 19), ("private", 1 << 18), ("unbindable", 1 << 17),
    ]
    for (word, bits) in kinds {
      #expect(MountOptions([word]).propagation == [bits])
      #expect(MountOptions(["r" + word]).propagation == [bits | 16384])
      #expect(MountOptions(["r" + word]).flags == 0)
    }
    #expect(MountOptions(["rprivate", "shared"]).propagation == [1 << 18 | 16384, 1 << 20])
  }

  // MARK: Overlays

  @Test func `layers are named from their common folder`() throws {
    let numbers = 1...300
    let lower = numbers.map { "/var/lib/containerd/snapshots/\($0)/fs" }.joined(separator: ":")
    let folders = try #require(OverlayFolders("index=off,lowerdir=\(lower),upperdir=/var/u,workdir=/var/w"))
    #expect(folders.folder == "/var/lib/containerd/snapshots")
    #expect(folders.data == "index=off,lowerdir=\(numbers.map { "\($0)/fs" }.joined(separator: ":")),upperdir=/var/u,workdir=/var/w")
  }

  @Test func `half a name in common is no folder`() throws {
    let folders = try #require(OverlayFolders("lowerdir=/s/10/fs:/s/11/fs:/s/1/fs"))
    #expect(folders.folder == "/s")
    #expect(folders.data == "lowerdir=10/fs:11/fs:1/fs")
    #expect(OverlayFolders("lowerdir=/a/fs:/b/fs") == nil)
    #expect(OverlayFolders("lowerdir=relative:rest") == nil)
    #expect(OverlayFolders("upperdir=/a") == nil)
    #expect(OverlayFolders("lowerdir=") == nil)
    #expect(OverlayFolders("") == nil)
  }

  @Test(.enabled(if: RootFileSystemTests.canMount, RootFileSystemTests.reason))
  func `more layers than a page of options can name are mounted`() throws {
    let scratch = try Scratch()
    let long = scratch.path(String(repeating: "long", count: 40))
    mkdir(long, 0o755)
    mkdir(scratch.path("target"), 0o755)
    let said = Child.text {
      // The temporary folder may be an overlay itself, which takes no further one on top.
      guard Linux.unshare(Linux.Namespace.mount) == 0, mount("none", "/", nil, Flag.private | Flag.recursive, nil) == 0,
        mount("tmpfs", long, "tmpfs", 0, nil) == 0
      else { return "no tmpfs: errno \(errno)" }
      let layers = (1...40).map { "\(long)/\($0)" }
      for (index, layer) in layers.enumerated() {
        mkdir(layer, 0o755)
        mkdir("\(layer)/of\(index)", 0o755)
      }
      do throws(ContainerError) {
        try Mounting.mount(
          type: "overlay", source: "overlay", options: ["lowerdir=" + layers.joined(separator: ":")], at: scratch.path("target"))
      } catch {
        return error.description
      }
      var here = [CChar](repeating: 0, count: 4096)
      getcwd(&here, here.count)
      return layers.indices.allSatisfy { access(scratch.path("target/of\($0)"), F_OK) == 0 } ? "all" : "some are missing"
    }
    #expect(said == "all")
  }

  @Test(.enabled(if: RootFileSystemTests.canMount, RootFileSystemTests.reason)) func `everything at a path is unmounted`() throws {
    let scratch = try Scratch()
    let code = Child.run {
      guard Linux.unshare(Linux.Namespace.mount) == 0, mount("none", "/", nil, Flag.private | Flag.recursive, nil) == 0 else { return 1 }
      for _ in 0..<3 where mount("tmpfs", scratch.folder, "tmpfs", 0, nil) != 0 { return 2 }
      guard Mounting.unmountAll(at: scratch.folder) else { return 3 }
      return umount2(scratch.folder, 0) == -1 && errno == EINVAL ? 0 : 4
    }
    #expect(code == 0)
    #expect(Mounting.unmountAll(at: scratch.folder), "nothing is mounted there any more")
    #expect(Mounting.unmountAll(at: scratch.path("nothing")))
  }

  // MARK: Namespaces

  @Test func `new namespaces are flags of clone, joined ones and the cgroup's are not`() {
    let all = Namespaces([.pid, .network, .ipc, .uts, .mount, .user, .cgroup])
    #expect(all.cloneFlags == 0x2000_0000 | 0x4000_0000 | 0x0800_0000 | 0x0400_0000 | 0x0002_0000 | 0x1000_0000)
    #expect(all.makes(.cgroup) && !all.makes(.time) && !all.sharesProcesses)
    let some = Namespaces([.init(.network, path: "/proc/7/ns/net"), .mount])
    #expect(some.cloneFlags == 0x0002_0000)
    #expect(some.joined(.network) == "/proc/7/ns/net" && !some.makes(.network))
    #expect(some.joined(.mount) == nil && some.makes(.mount))
    #expect(some.sharesProcesses)
    #expect(!Namespaces([.init(.pid, path: "/p")]).sharesProcesses)
    #expect(Namespaces([]).cloneFlags == 0)
  }

  @Test func `a namespace that cannot be joined is named`() throws {
    let scratch = try Scratch()
    func failure(_ path: String, _ kind: RuntimeSpec.Namespace.Kind) -> String {
      do throws(ContainerError) { try Namespaces([.init(kind, path: path)]).joinExisting() } catch { return error.description }
      return ""
    }
    let missing = scratch.path("nothing")
    #expect(failure(missing, .network) == "cannot open the network namespace \(missing): No such file or directory")
    #expect(failure(scratch.folder, .uts) == "cannot join the uts namespace \(scratch.folder): Invalid argument")
    // Those are for the parent, before the process exists.
    #expect(failure(missing, .pid) == "" && failure(missing, .user) == "")
  }

  @Test(.enabled(if: RootFileSystemTests.canMount, "namespaces are joined by root alone")) func `existing namespaces are joined`() throws {
    let sleeper = Child.sleeper { Linux.unshare(Linux.Namespace.uts) == 0 && sethostname("elsewhere", 9) == 0 ? 0 : 1 }
    defer {
      kill(sleeper, SIGKILL)
      _ = Child.wait(sleeper)
    }
    let said = Child.text {
      var name = utsname()
      for _ in 0..<2000 {
        do throws(ContainerError) { try Namespaces([.init(.uts, path: "/proc/\(sleeper)/ns/uts")]).joinExisting() } catch {
          return error.description
        }
        uname(&name)
        let node = withUnsafeBytes(of: &name.nodename) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
        // The other child may not have come so far.
        if node == "elsewhere" { return "joined" }
        usleep(1000)
      }
      return "not joined"
    }
    #expect(said == "joined")
  }

  // MARK: What memory there is

  /// The files of a cgroup with other contents.
  private func numbers(_ limit: String, _ usage: String) throws -> (Int?, Int?) {
    let scratch = try Scratch()
    func make(_ text: String) -> Int32 {
      let file = open(scratch.path("file"), O_RDWR | O_CREAT | O_TRUNC, 0o600)
      unlink(scratch.path("file"))
      _ = text.withCString { write(file, $0, strlen($0)) }
      return file
    }
    let files = CgroupMemoryFiles(limit: make(limit), usage: make(usage))
    defer { files.close() }
    return (files.limitBytes, files.usageBytes)
  }

  @Test func `limits and usage are numbers of bytes`() throws {
    #expect(try numbers("1048576\n", "4096\n") == (1_048_576, 4096))
    #expect(try numbers("max\n", "0\n") == (nil, 0))
    #expect(try numbers("9223372036854771712\n", "1") == (nil, 1), "version 1 says so where there is no limit")
    #expect(try numbers("", "") == (nil, nil))
    #expect(try numbers("99999999999999999999\n", "12 34\n") == (nil, nil))
    let none = CgroupMemoryFiles(limit: -1, usage: -1)
    #expect(none.limitBytes == nil && none.usageBytes == nil)
    none.close()
  }

  @Test func `a limit that changes is read again`() throws {
    let scratch = try Scratch()
    let path = scratch.path("limit")
    func write(_ text: String) {
      let file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
      _ = text.withCString { Glibc.write(file, $0, strlen($0)) }
      close(file)
    }
    write("100\n")
    let files = CgroupMemoryFiles(limit: open(path, O_RDONLY), usage: -1)
    defer { files.close() }
    #expect(files.limitBytes == 100)
    write("2000\n")
    #expect(files.limitBytes == 2000)
    write("5\n")
    #expect(files.limitBytes == 5)
  }
}
