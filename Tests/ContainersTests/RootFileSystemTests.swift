import Foundation
import Glibc
import OCI
import TestSupport
import Testing

@testable import Containers

/// Containers' file systems, each made in a child with a mount namespace of its own.
@Suite("The root file system of a container")
struct RootFileSystemTests {
  static let canMount =
    Child.run { Linux.unshare(Linux.Namespace.mount) == 0 && mount("none", "/", nil, 1 << 19 | 16384, nil) == 0 ? 0 : 1 } == 0
  static let reason: Comment = "mounts can be made here by root alone"
  typealias Flag = MountOptions.Flag

  /// A bundle with a folder as its root, and a folder of the host beside it with one file, `secret`.
  private final class Place {
    let scratch: Scratch
    var root: String { scratch.path("rootfs") }
    var host: String { scratch.path("host") }

    init() throws {
      scratch = try Scratch()
      for folder in [root, host] { try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false) }
      try write("secret", host + "/secret")
    }

    func write(_ text: String, _ path: String) throws { try Data(text.utf8).write(to: URL(fileURLWithPath: path)) }
    func link(_ target: String, _ name: String) { #expect(symlink(target, root + "/" + name) == 0) }
    func folder(_ name: String) { #expect(mkdir(root + "/" + name, 0o755) == 0) }

    /// Mounts of this test's that the host sees.
    func hostMounts() throws -> [String] {
      try String(contentsOfFile: "/proc/self/mountinfo", encoding: .utf8).split(separator: "\n").map(String.init)
        .filter { $0.contains(scratch.folder) }
    }

    /// What `body` says from inside the container, or why there is none.
    func inside(_ spec: RuntimeSpec, layers: [RootFileSystem.Layer] = [], _ body: () -> String) -> String {
      Child.text {
        let users = spec.linux.namespaces.contains { $0.kind == .user }
        guard Linux.unshare(Linux.Namespace.mount | (users ? Linux.Namespace.user : 0)) == 0 else { return "no namespace" }
        if users {
          do throws(ContainerError) {
            let all = [RuntimeSpec.IDMapping(containerID: 0, hostID: 0, size: 1)]
            // Without privileges outside, groups can be mapped only by who may not change them.
            _ = SmallFile.write("deny", to: "/proc/self/setgroups")
            try IDMappings.write(users: all, groups: all, of: getpid())
          } catch { return error.description }
        }
        do throws(ContainerError) {
          try RootFileSystem(spec, bundle: scratch.folder, layers: layers, cgroupFolders: .init([])).enter(beforeLeaving: { nil }) {
            () throws(ContainerError) in
          }
        } catch {
          return error.description
        }
        return body()
      }
    }
  }

  private func spec(
    _ mounts: [RuntimeSpec.Mount] = [], root: RuntimeSpec.Root = .init(path: "rootfs"),
    linux: RuntimeSpec.Linux = .init(namespaces: [.mount])
  ) -> RuntimeSpec {
    RuntimeSpec(process: .init(args: ["/x"], env: [], capabilities: .init([])), root: root, mounts: mounts, linux: linux)
  }

  /// A file's text, or the name of what went wrong.
  private static func text(_ path: String) -> String {
    let file = open(path, O_RDONLY | O_NONBLOCK)
    guard file >= 0 else { return "errno \(errno)" }
    defer { close(file) }
    var bytes = [UInt8](repeating: 0, count: 512)
    let count = read(file, &bytes, bytes.count)
    return count < 0 ? "errno \(errno)" : String(decoding: bytes[..<count], as: UTF8.self)
  }

  /// 0, or the number of what went wrong.
  private static func writeError(_ path: String) -> Int32 {
    let file = open(path, O_WRONLY | O_CREAT, 0o600)
    guard file >= 0 else { return errno }
    close(file)
    return 0
  }

  // MARK: Mounts

  @Test(.enabled(if: canMount, reason)) func `shows the root and nothing of the host`() throws {
    let place = try Place()
    try place.write("inner", place.root + "/file")
    let said = place.inside(spec()) {
      "\(Self.text("/file")) \(Self.text(place.host + "/secret")) \(Self.text("/../../..\(place.host)/secret"))"
    }
    #expect(said == "inner errno 2 errno 2")
  }

  @Test(.enabled(if: canMount, reason)) func `binds folders and files of the host, writable or not`() throws {
    let place = try Place()
    let mounts: [RuntimeSpec.Mount] = [
      .bind(place.host, to: "/data/deep/rw"), .bind(place.host, to: "/ro", options: ["rbind", "ro"]),
      .bind(place.host + "/secret", to: "/files/one", options: ["bind", "ro"]),
    ]
    let said = place.inside(spec(mounts)) {
      "\(Self.text("/data/deep/rw/secret")) \(Self.text("/ro/secret")) \(Self.text("/files/one")) "
        + "\(Self.writeError("/data/deep/rw/new")) \(Self.writeError("/ro/other") == EROFS) \(Self.writeError("/files/one") == EROFS)"
    }
    #expect(said == "secret secret secret 0 true true")
    #expect(access(place.host + "/new", F_OK) == 0)
    #expect(access(place.host + "/other", F_OK) != 0)
  }

  @Test(.enabled(if: canMount, reason)) func `mounts file systems with their options`() throws {
    let place = try Place()
    let mounts: [RuntimeSpec.Mount] = [
      .init(destination: "/tmp", type: "tmpfs", source: "tmpfs", options: ["nosuid", "nodev", "noexec", "mode=1750", "size=64k"]),
      .init(destination: "/proc", type: "proc", source: "proc", options: ["nosuid", "ro"]),
    ]
    let said = place.inside(spec(mounts)) {
      var status = stat()
      stat("/tmp", &status)
      var system = statvfs()
      statvfs("/tmp", &system)
      return "\(String(status.st_mode & 0o7777, radix: 8)) \(system.f_blocks * system.f_frsize) \(system.f_flag & 14) "
        + "\(Self.writeError("/proc/sys/kernel/domainname") == EROFS) \(Self.text("/proc/self/comm").isEmpty)"
    }
    #expect(said == "1750 65536 14 true false")
  }

  @Test(.enabled(if: canMount, reason)) func `a bind is read-only all the way down, or at its top alone`() throws {
    let place = try Place()
    mkdir(place.host + "/sub", 0o755)
    let said = Child.text {
      guard Linux.unshare(Linux.Namespace.mount) == 0, mount("none", "/", nil, Flag.private | Flag.recursive, nil) == 0,
        mount("tmpfs", place.host + "/sub", "tmpfs", 0, nil) == 0
      else { return "errno \(errno)" }
      let mounts: [RuntimeSpec.Mount] = [
        .bind(place.host, to: "/all", options: ["rbind", "rro"]), .bind(place.host, to: "/top", options: ["rbind", "ro"]),
      ]
      do throws(ContainerError) {
        try RootFileSystem(spec(mounts), bundle: place.scratch.folder, layers: [], cgroupFolders: .init([])).enter(
          beforeLeaving: { nil }
        ) { () throws(ContainerError) in }
      } catch { return error.description }
      return ["/all/new", "/all/sub/new", "/top/new", "/top/sub/new"].map { Self.writeError($0) == EROFS ? "fixed" : "open" }
        .joined(separator: " ")
    }
    #expect(said == "fixed fixed fixed open")
  }

  @Test(.enabled(if: canMount, reason)) func `nothing stands in for what is the kernel's in proc`() throws {
    let place = try Place()
    let processes = RuntimeSpec.Mount(destination: "/proc", type: "proc", source: "proc", options: [])
    let refusal = "what is in /proc is the kernel's"
    for destination in ["/proc", "/proc/sys", "//proc/../proc/self/attr", "/x/../proc/kcore"] {
      let said = place.inside(spec([processes, .bind(place.host, to: destination)])) { "" }
      #expect(said.hasSuffix(refusal), "\(destination): \(said)")
    }
    let memory = RuntimeSpec.Mount(destination: "/proc/sys", type: "tmpfs", source: "tmpfs", options: [])
    #expect(place.inside(spec([processes, memory])) { "" }.hasSuffix(refusal))
    let uptime = place.inside(spec([processes, .bind(place.host + "/secret", to: "/proc/uptime")])) { Self.text("/proc/uptime") }
    #expect(uptime == "secret")
    #expect(
      place.inside(spec([.bind("/proc", to: "/proc", options: ["rbind"])])) { Self.text("/proc/self/comm").isEmpty ? "empty" : "" } == "")
    #expect(rmdir(place.root + "/proc") == 0)
    place.link("/volume", "proc")
    #expect(place.inside(spec([processes])) { "" } == "proc must be mounted on a folder, and /proc is a link in the image")
  }

  @Test(.enabled(if: canMount, reason)) func `a relative source is one in the bundle`() throws {
    let place = try Place()
    #expect(place.inside(spec([.bind("host/secret", to: "/file")])) { Self.text("/file") } == "secret")
  }

  @Test(.enabled(if: canMount, reason))
  func `a file system in memory can be read-only, takes the mode of what it covers, and a copy of it`() throws {
    let place = try Place()
    for folder in ["open", "full", "full/deep", "fixed"] { place.folder(folder) }
    #expect(chmod(place.root + "/open", 0o1777) == 0)
    try place.write("kept", place.root + "/full/deep/file")
    #expect(chmod(place.root + "/full/deep/file", 0o4640) == 0 && chown(place.root + "/full/deep", 7, 8) == 0)
    place.link("/etc/passwd", "full/link")
    try place.write("kept", place.root + "/fixed/file")
    func memory(_ path: String, _ options: [String]) -> RuntimeSpec.Mount {
      .init(destination: path, type: "tmpfs", source: "tmpfs", options: options)
    }
    let mounts = [
      memory("/open", []), memory("/closed", ["ro"]), memory("/full", ["tmpcopyup", "mode=700"]),
      memory("/fixed", ["ro", "tmpcopyup", "nosuid"]),
    ]
    let said = place.inside(spec(mounts)) {
      func attributes(_ path: String) -> String {
        var status = stat()
        return lstat(path, &status) == 0
          ? "\(String(status.st_mode & 0o7777, radix: 8)).\(status.st_uid).\(status.st_gid)" : "errno \(errno)"
      }
      var system = statvfs()
      statvfs("/fixed", &system)
      let link = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/full/link")) ?? ""
      return [
        attributes("/open"), "\(Self.writeError("/open/new"))", "\(Self.writeError("/closed/new") == EROFS)", attributes("/full"),
        Self.text("/full/deep/file"), attributes("/full/deep/file"), attributes("/full/deep"), link,
        "\(Self.writeError("/full/new"))", Self.text("/fixed/file"), "\(Self.writeError("/fixed/new") == EROFS)", "\(system.f_flag & 2)",
      ].joined(separator: " ")
    }
    #expect(said == "1777.0.0 0 true 700.0.0 kept 4640.0.0 755.7.8 /etc/passwd 0 kept true 2")
    #expect(access(place.root + "/full/new", F_OK) != 0)
  }

  @Test(.enabled(if: canMount, reason)) func `the last step on the host sees the host's tree and the container's mounts`() throws {
    let place = try Place()
    let said = Child.text {
      guard Linux.unshare(Linux.Namespace.mount) == 0 else { return "no namespace" }
      var heard: [String] = []
      do throws(ContainerError) {
        let mounts = [RuntimeSpec.Mount(destination: "/data", type: "tmpfs", source: "tmpfs", options: [])]
        try RootFileSystem(spec(mounts), bundle: place.scratch.folder, layers: [], cgroupFolders: .init([])).enter(
          beforeLeaving: { () throws(ContainerError) in
            heard.append(Self.text(place.host + "/secret"))
            return { () throws(ContainerError) in
              heard.append(Self.text(place.host + "/secret"))
              heard.append("\(Self.writeError(place.root + "/data/made"))")
            }
          }
        ) { () throws(ContainerError) in heard.append("\(access("/data/made", F_OK)) \(Self.text(place.host + "/secret"))") }
      } catch { return error.description }
      return heard.joined(separator: ", ")
    }
    #expect(said == "errno 2, secret, 0, 0 errno 2")
    #expect(access(place.root + "/data/made", F_OK) != 0)
  }

  @Test(.enabled(if: canMount, reason)) func `a root can be read-only with writable mounts inside`() throws {
    let place = try Place()
    let mounts: [RuntimeSpec.Mount] = [.init(destination: "/tmp", type: "tmpfs", source: "tmpfs", options: [])]
    let said = place.inside(spec(mounts, root: .init(path: "rootfs", readonly: true))) {
      "\(Self.writeError("/file") == EROFS) \(Self.writeError("/tmp/file"))"
    }
    #expect(said == "true 0")
  }

  @Test(.enabled(if: canMount, reason)) func `a root is made of layers where it is no folder`() throws {
    let place = try Place()
    for name in ["lower", "upper", "work"] { #expect(mkdir(place.scratch.path(name), 0o755) == 0) }
    try place.write("from below", place.scratch.path("lower/file"))
    let options = [
      "lowerdir=\(place.scratch.path("lower"))", "upperdir=\(place.scratch.path("upper"))", "workdir=\(place.scratch.path("work"))",
    ]
    for layer in [
      RootFileSystem.Layer(type: "bind", source: place.scratch.path("lower"), options: ["rbind", "rw"]),
      RootFileSystem.Layer(type: "overlay", source: "overlay", options: options),
    ] {
      let said = place.inside(spec(), layers: [layer]) { Self.text("/file") }
      // An overlay upon an overlay is not had everywhere.
      #expect(said == "from below" || said.hasPrefix("cannot mount overlay on "), "\(said)")
    }
    #expect(access(place.root + "/file", F_OK) != 0, "nothing is mounted on the host")
  }

  // MARK: Hostile images

  /// Where a mount point of the image may lead: links out by every road.
  @Test(
    .enabled(if: canMount, reason),
    arguments: ["absolute", "up", "up-file", "chain", "inner/link"])
  func `mount points that lead out stay inside`(name: String) throws {
    let place = try Place()
    let up = String(repeating: "../", count: 20)
    place.folder("inner")
    place.link(place.host, "absolute")
    place.link(up + place.host.dropFirst(), "up")
    place.link(up + place.host.dropFirst() + "/secret", "up-file")
    place.link("up/new", "chain")
    place.link("../" + up + place.host.dropFirst(), "inner/link")
    try place.write("planted", place.scratch.path("planted"))
    let mounts: [RuntimeSpec.Mount] = [
      .init(destination: "/\(name)", type: "tmpfs", source: "tmpfs", options: []),
      .bind(place.scratch.path("planted"), to: "/\(name)/file"),
      .bind(place.scratch.path("planted"), to: "/\(name)-file"),
    ]
    _ = place.inside(spec(mounts)) { "" }
    #expect(try place.hostMounts() == [])
    #expect(try String(contentsOfFile: place.host + "/secret", encoding: .utf8) == "secret")
    #expect(try FileManager.default.contentsOfDirectory(atPath: place.host) == ["secret"], "nothing was made there")
  }

  @Test(.enabled(if: canMount, reason)) func `folders above mount points are made inside`() throws {
    let place = try Place()
    let up = String(repeating: "../", count: 20)
    place.link(up + place.host.dropFirst(), "out")
    let mounts: [RuntimeSpec.Mount] = [.init(destination: "/out/made/by/mount", type: "tmpfs", source: "tmpfs", options: [])]
    _ = place.inside(spec(mounts)) { "" }
    #expect(try FileManager.default.contentsOfDirectory(atPath: place.host) == ["secret"])
    // Devices, too.
    let devices = RuntimeSpec.Linux(namespaces: [.mount], devices: [.init(path: "/out/null", type: "c", major: 1, minor: 3)])
    _ = place.inside(spec(linux: devices)) { "" }
    #expect(try FileManager.default.contentsOfDirectory(atPath: place.host) == ["secret"])
  }

  @Test(.enabled(if: canMount, reason)) func `a folder for devices that leads out gets none of them there`() throws {
    let place = try Place()
    place.link(String(repeating: "../", count: 20) + place.host.dropFirst(), "dev")
    _ = place.inside(spec()) { "" }
    #expect(try FileManager.default.contentsOfDirectory(atPath: place.host) == ["secret"])
  }

  static let canMakeUsers = canMount && Child.run { Linux.unshare(Linux.Namespace.user) == 0 ? 0 : 1 } == 0

  @Test(.enabled(if: canMakeUsers, "user namespaces cannot be made here")) func `a user namespace opens no way out either`() throws {
    let place = try Place()
    place.link(String(repeating: "../", count: 20) + place.host.dropFirst(), "out")
    place.folder("dev")
    let linux = RuntimeSpec.Linux(namespaces: [.mount, .user])
    let said = place.inside(spec([.bind(place.host, to: "/out/made"), .bind(place.host, to: "/data")], linux: linux)) {
      "\(Self.text("/data/secret")) \(Self.text(place.host + "/secret")) \(Self.text("/..\(place.host)/secret"))"
    }
    // The link leads to a folder that the container does not have; it is made there.
    #expect(said == "secret errno 2 errno 2")
    #expect(try FileManager.default.contentsOfDirectory(atPath: place.host) == ["secret"])
  }

  @Test(.enabled(if: canMount, reason)) func `the way up from a mount point ends at the container's root`() throws {
    let place = try Place()
    let mounts: [RuntimeSpec.Mount] = [.bind(place.host, to: "/../../../data")]
    #expect(place.inside(spec(mounts)) { Self.text("/data/secret") } == "secret")
    #expect(access("/data/secret", F_OK) != 0)
  }

  // MARK: Restrictions

  @Test(.enabled(if: canMount, reason)) func `masked paths are empty and read-only paths cannot be written`() throws {
    let place = try Place()
    place.folder("folder")
    place.folder("fixed")
    try place.write("hidden", place.root + "/folder/file")
    try place.write("hidden", place.root + "/alone")
    try place.write("plain", place.root + "/fixed/file")
    let linux = RuntimeSpec.Linux(
      namespaces: [.mount], maskedPaths: ["/folder", "/alone", "/not/there"], readonlyPaths: ["/fixed", "/nor/this"])
    let mounts: [RuntimeSpec.Mount] = [.init(destination: "/dev", type: "tmpfs", source: "tmpfs", options: ["mode=755"])]
    let said = place.inside(spec(mounts, linux: linux)) {
      "\(Self.text("/folder/file")) [\(Self.text("/alone"))] \(Self.writeError("/folder/new") == EROFS) \(Self.text("/fixed/file")) "
        + "\(Self.writeError("/fixed/file") == EROFS) \(Self.writeError("/elsewhere"))"
    }
    #expect(said == "errno 2 [] true plain true 0")
  }

  // MARK: Devices

  @Test(.enabled(if: canMount, reason)) func `the usual devices are there and those of the configuration`() throws {
    let place = try Place()
    let mounts: [RuntimeSpec.Mount] = [.init(destination: "/dev", type: "tmpfs", source: "tmpfs", options: ["mode=755"])]
    let linux = RuntimeSpec.Linux(
      namespaces: [.mount],
      devices: [
        .init(path: "/dev/own/zero", type: "c", major: 1, minor: 5, fileMode: 0o640, uid: 7, gid: 8), .init(path: "/dev/pipe", type: "p"),
      ])
    let said = place.inside(spec(mounts, linux: linux)) {
      func device(_ path: String) -> String {
        var status = stat()
        guard lstat(path, &status) == 0 else { return "\(path) is not there" }
        return "\(String(status.st_mode, radix: 8)):\(status.st_rdev >> 8).\(status.st_rdev & 0xFF):\(status.st_uid).\(status.st_gid)"
      }
      return ["null", "zero", "full", "random", "urandom", "tty", "own/zero", "pipe", "fd"].map { device("/dev/" + $0) }.joined(
        separator: " ")
        + " \(Self.text("/dev/null").isEmpty)"
    }
    #expect(
      said
        == "20666:1.3:0.0 20666:1.5:0.0 20666:1.7:0.0 20666:1.8:0.0 20666:1.9:0.0 20666:5.0:0.0 20640:1.5:7.8 10666:0.0:0.0 120777:0.0:0.0 true"
    )
    let wrong = RuntimeSpec.Linux(namespaces: [.mount], devices: [.init(path: "/dev/x", type: "q")])
    #expect(place.inside(spec(mounts, linux: wrong)) { "" } == "the device /dev/x has the type 'q'; b, c, u and p exist")
  }

  @Test(.enabled(if: canMount, reason)) func `a terminal comes from the container's own devpts`() throws {
    let place = try Place()
    let mounts: [RuntimeSpec.Mount] = [
      .init(destination: "/dev", type: "tmpfs", source: "tmpfs", options: ["mode=755"]),
      .init(destination: "/dev/pts", type: "devpts", source: "devpts", options: ["newinstance", "ptmxmode=0666", "mode=0620"]),
    ]
    let said = place.inside(spec(mounts)) {
      do throws(ContainerError) {
        let terminal = try Pseudoterminal(owner: 77, showsConsole: true)
        Pseudoterminal.resize(terminal.master, width: 132, height: 43)
        var (size, status) = (winsize(), stat())
        _ = ioctl(terminal.slave, UInt(TIOCGWINSZ), &size)
        fstat(terminal.slave, &status)
        let console = open("/dev/console", O_WRONLY | O_NOCTTY)
        _ = write(console, "x", 1)
        var byte: UInt8 = 0
        _ = read(terminal.master, &byte, 1)
        terminal.becomeStandardStreams()
        return "\(size.ws_col)x\(size.ws_row) \(status.st_uid) \(byte) \(isatty(0)) \(tcgetpgrp(0) == getpid())"
      } catch {
        return error.description
      }
    }
    #expect(said == "132x43 77 120 1 true")
    let without = place.inside(spec([mounts[0]])) {
      do throws(ContainerError) { _ = try Pseudoterminal(owner: 0, showsConsole: false) } catch { return error.description }
      return "a terminal without devpts"
    }
    #expect(without == "cannot open /dev/ptmx for the terminal: No such file or directory")
  }

  // MARK: Faults

  @Test(.enabled(if: canMount, reason)) func `what is missing is named`() throws {
    let place = try Place()
    let missing = place.scratch.path("nothing")
    #expect(
      place.inside(spec([.bind(missing, to: "/data")])) { "" }
        == "cannot open \(missing), which is to be mounted on /data: No such file or directory")
    #expect(
      place.inside(spec([.init(destination: "/x", type: "nosuchfs", source: "none", options: [])])) { "" }
        == "cannot mount nosuchfs on /x: No such device")
    #expect(place.inside(spec(root: .init(path: "elsewhere"))) { "" }.contains(place.scratch.path("elsewhere")))
    try place.write("", place.root + "/file")
    let said = place.inside(spec([.init(destination: "/file/below", type: "tmpfs", source: "tmpfs", options: [])])) { "" }
    #expect(said.contains("/file") && said.hasPrefix("cannot make the folder "), "\(said)")
  }

  @Test(.enabled(if: canMount, reason)) func `nothing is mounted on the host`() throws {
    let place = try Place()
    let mounts: [RuntimeSpec.Mount] = [
      .init(destination: "/tmp", type: "tmpfs", source: "tmpfs", options: ["rshared"]),
      .bind(place.host, to: "/data", options: ["rbind", "rshared"]),
    ]
    var linux = RuntimeSpec.Linux(namespaces: [.mount])
    for propagation in [nil, "rshared", "rslave", "rprivate", "unbindable"] {
      linux.rootfsPropagation = propagation
      let said = place.inside(spec(mounts, linux: linux)) {
        mount("tmpfs", "/data", "tmpfs", 0, nil) == 0 ? Self.text("/data/secret") : "errno \(errno)"
      }
      #expect(said == "errno 2", "\(propagation ?? "none"): \(said)")
      #expect(try place.hostMounts() == [], "\(propagation ?? "none")")
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: place.host) == ["secret"])
  }
}
