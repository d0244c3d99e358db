import Glibc
import TestSupport
import Testing
import VM

@testable import WASI

/// In a folder that the guest calls `/`, absolute links start from that folder.
@Suite("Absolute links")
struct AbsoluteLinkTests {
  static let resolvers = SandboxTests.resolvers

  private func guest(walks: Bool, _ change: (inout WASIHost.Configuration) -> Void = { _ in }) throws -> TestGuest {
    let guest = try TestGuest(walks: walks, name: "/", change)
    for folder in ["etc", "dir", "dir/deep"] { mkdir(guest.inside + "/" + folder, 0o755) }
    try TestGuest.write("users", to: guest.inside + "/etc/passwd")
    try plant(
      guest,
      [
        "file": "/etc/passwd", "folder": "/etc", "folder-slash": "/etc/", "top": "/", "slashes": "//etc///passwd",
        "dots": "/./dir/../etc/passwd",
        "chain": "/dir/second", "dir/second": "third", "dir/third": "../folder/passwd", "dir/file": "/etc/passwd", "dir/folder": "/etc",
        "dir/deep/top": "/", "etc/own": "passwd", "climb": "/../../../etc/passwd", "dir/climb": "/dir/../../../etc/passwd",
      ])
    return guest
  }

  private func plant(_ guest: TestGuest, _ links: [String: String]) throws {
    for (name, content) in links where symlink(content, guest.inside + "/" + name) != 0 { throw Errno.last }
  }

  /// All lead to `/etc/passwd`.
  static let ways = [
    "file", "folder/passwd", "folder-slash/passwd", "top/etc/passwd", "top/top/folder/passwd", "slashes", "dots", "chain", "dir/second",
    "dir/third", "dir/file", "dir/folder/passwd", "dir/deep/top/etc/passwd", "folder/own", "dir/folder/own", "folder/../file", "climb",
    "dir/climb", "folder/../../../etc/passwd", "dir/deep/top/../dir/folder/passwd", "dir/deep/top/..//etc/passwd",
  ]

  @Test(arguments: resolvers) func `lead to the folder's root, for every call`(walks: Bool) throws {
    let guest = try guest(walks: walks)
    let inode = try guest.stat("etc/passwd").get().inode
    for (index, way) in Self.ways.enumerated() {
      let file = try guest.open(way, follow: true).get()
      #expect(try guest.read(file).get() == "users", "\(way)")
      #expect(try guest.stat(way, follow: true).get().inode == inode, "\(way)")
      #expect(guest.setTimes(way, follow: true) == .success, "\(way)")
      #expect(guest.link(way, "twin\(index)", follow: true) == .success, "\(way)")
      #expect(try guest.stat("twin\(index)").get().inode == inode, "\(way)")
    }
    for way in ["top", "dir/deep/top", "top/", "folder/..", "top/.."] {
      #expect(try guest.stat(way, follow: true).get().inode == guest.stat(".").get().inode, "\(way)")
      #expect(guest.setTimes(way, follow: true) == .success, "\(way)")
    }
  }

  @Test(arguments: resolvers) func `count as folders on the way to what is made, moved and removed`(walks: Bool) throws {
    let guest = try guest(walks: walks)
    let etc = guest.inside + "/etc"
    #expect(guest.path("path_create_directory", "folder/new") == .success)
    #expect(access(etc + "/new", F_OK) == 0)
    #expect(guest.rename("folder/new", "dir/folder/moved") == .success)
    #expect(access(etc + "/moved", F_OK) == 0)
    #expect(guest.path("path_remove_directory", "dir/deep/top/etc/moved") == .success)
    #expect(guest.symlink("passwd", "folder/link") == .success)
    #expect(try guest.readLink("dir/folder/link").get() == "passwd")
    #expect(guest.link("folder/passwd", "folder/hard") == .success)
    #expect(guest.path("path_unlink_file", "folder/hard") == .success)
    #expect(guest.path("path_unlink_file", "folder/link") == .success)
    #expect(access(etc + "/link", F_OK) != 0)
    #expect(TestGuest.contents(of: etc + "/passwd") == "users")
  }

  @Test(arguments: resolvers) func `lead there from a directory opened below as well`(walks: Bool) throws {
    let guest = try guest(walks: walks)
    try plant(guest, ["dir/up": "../etc/passwd", "dir/deep/up": "/dir/up"])
    let directory = try guest.open("dir", .directory, rights: 0).get()
    let deep = try guest.open("deep", .directory, rights: 0, in: directory).get()
    for path in ["file", "folder/passwd", "deep/top/etc/passwd", "folder/../etc/own", "climb", "folder/../../etc/passwd", "deep/up"] {
      let file = try guest.open(path, follow: true, in: directory).get()
      #expect(try guest.read(file).get() == "users", "\(path)")
      #expect(guest.stat(path, follow: true, in: directory).errno == .success, "\(path)")
      #expect(guest.setTimes(path, follow: true, in: directory) == .success, "\(path)")
    }
    #expect(guest.open("top/file", follow: true, in: deep).errno == .success)
    #expect(guest.path("path_create_directory", "folder/new", in: directory) == .success)
    #expect(guest.rename("top/etc/new", "folder/moved", in: deep, to: directory) == .success)
    #expect(guest.link("file", "folder/twin", follow: true, in: directory, to: directory) == .success)
    #expect(access(guest.inside + "/etc/moved", F_OK) == 0)
    #expect(access(guest.inside + "/etc/twin", F_OK) == 0)
    // What leads up without them is refused as ever.
    for path in ["..", "../etc/passwd", "deep/../../etc/passwd", "up", "third"] {
      #expect(guest.open(path, follow: true, in: directory).errno == .perm, "\(path)")
      #expect(guest.stat(path, follow: true, in: directory).errno == .perm, "\(path)")
      #expect(guest.setTimes(path, follow: true, in: directory) == .perm, "\(path)")
    }
  }

  @Test(arguments: resolvers) func `lead there when the folder itself has been closed`(walks: Bool) throws {
    let guest = try guest(walks: walks)
    let directory = try guest.open("dir", .directory, rights: 0).get()
    try guest.succeed("fd_close", 3)
    // Would take the folder's number on the host, were it free.
    let other = try guest.open("deep", .directory, rights: 0, in: directory).get()
    #expect(other == 3)
    let file = try guest.open("file", follow: true, in: directory).get()
    #expect(try guest.read(file).get() == "users")
    try guest.succeed("fd_renumber", other, directory)
    #expect(guest.open("top/file", follow: true, in: directory).errno == .success)
  }

  @Test(arguments: resolvers) func `are links where they are not followed`(walks: Bool) throws {
    let guest = try guest(walks: walks)
    #expect(guest.open("file").errno == .loop)
    #expect(guest.open("file", .create).errno == .loop)
    #expect(guest.open("folder/own").errno == .loop)
    #expect(try guest.stat("file").get().type == .symbolicLink)
    #expect(try guest.readLink("file").get() == "/etc/passwd")
    #expect(try guest.readLink("top/dir/folder").get() == "/etc")
    #expect(try guest.stat("folder/").get().type == .directory)
    #expect(guest.stat("file/").errno == .notdir)
    #expect(guest.setTimes("file/") == .notdir)
    #expect(guest.open("file/", follow: true).errno == .notdir)
    #expect(guest.setTimes("file") == .success)
    #expect(guest.link("file", "twin") == .success)
    #expect(try guest.stat("twin").get().type == .symbolicLink)
    #expect(guest.rename("twin", "moved") == .success)
    #expect(guest.path("path_unlink_file", "moved") == .success)
    #expect(guest.path("path_remove_directory", "folder") == .notdir)
    #expect(TestGuest.contents(of: guest.inside + "/etc/passwd") == "users")
  }

  @Test(arguments: resolvers) func `are made by guests where the host allows it`(walks: Bool) throws {
    let guest = try guest(walks: walks) { $0.makesAbsoluteLinks = true }
    #expect(guest.symlink("/etc/passwd", "dir/made") == .success)
    #expect(try guest.readLink("dir/made").get() == "/etc/passwd")
    let directory = try guest.open("dir", .directory, rights: 0).get()
    #expect(guest.symlink("/", "made-too", in: directory) == .success)
    #expect(guest.open("made-too/dir/made", follow: true, in: directory).errno == .success)
  }

  @Test(arguments: resolvers) func `are not made elsewhere`(walks: Bool) throws {
    let guest = try guest(walks: walks)
    #expect(guest.symlink("/etc/passwd", "dir/made") == .notcapable)
    #expect(guest.readLink("dir/made").errno == .noent)
    #expect(guest.symlink("../etc/passwd", "dir/made") == .success)
  }

  @Test(arguments: resolvers) func `create what they lead to`(walks: Bool) throws {
    let guest = try guest(walks: walks)
    try plant(guest, ["dangling": "/etc/made", "nowhere": "/no/such/folder", "dir/dangling": "/dangling-too", "dangling-too": "dir/made"])
    #expect(guest.open("dangling", follow: true).errno == .noent)
    #expect(guest.open("dangling", [.create, .exclusive], follow: true).errno == .exist)
    _ = try guest.open("dangling", .create, follow: true).get()
    #expect(TestGuest.contents(of: guest.inside + "/etc/made") == "")
    _ = try guest.open("dir/dangling", .create, follow: true).get()
    #expect(TestGuest.contents(of: guest.inside + "/dir/made") == "")
    #expect(guest.open("nowhere", .create, follow: true).errno == .noent)
    #expect(guest.open("folder-slash", .create, follow: true).errno == .isdir)
    #expect(guest.open("top", .create, follow: true).errno == .isdir)
    #expect(guest.stat("nowhere", follow: true).errno == .noent)
    #expect(guest.setTimes("nowhere", follow: true) == .noent)
  }

  @Test(arguments: resolvers) func `end somewhere or are given up`(walks: Bool) throws {
    let guest = try guest(walks: walks)
    try plant(guest, ["self": "/self", "ping": "/dir/pong", "dir/pong": "/ping"])
    for path in ["self", "ping", "self/x", "dir/pong/x"] {
      #expect(guest.open(path, follow: true).errno == .loop, "\(path)")
      #expect(guest.open(path, .create, follow: true).errno == .loop, "\(path)")
      #expect(guest.stat(path, follow: true).errno == .loop, "\(path)")
      #expect(guest.setTimes(path, follow: true) == .loop, "\(path)")
    }
    try plant(guest, ["l0": "/etc/passwd"])
    for index in 1..<60 { try plant(guest, ["l\(index)": "/l\(index - 1)"]) }
    #expect(guest.open("l39", follow: true).errno == .success)
    #expect(guest.setTimes("l39", follow: true) == .success)
    #expect(guest.open("l40", follow: true).errno == .loop)
    #expect(guest.setTimes("l40", follow: true) == .loop)
  }

  @Test(arguments: resolvers) func `never lead out`(walks: Bool) throws {
    let guest = try guest(walks: walks)
    let up = "/../../../../../../../../../.."
    try plant(
      guest,
      ["host": guest.outside + "/secret", "host-folder": guest.outside, "host-up": up + guest.outside, "up": "..", "beside": "../outside"])
    for path in ["host", "host-folder/secret", "host-up/secret", "folder/.." + up + guest.outside + "/secret"] {
      #expect(guest.open(path, follow: true).errno == .noent, "\(path)")
      #expect(guest.open(path, .create, follow: true).errno == .noent, "\(path)")
      #expect(guest.stat(path, follow: true).errno == .noent, "\(path)")
      #expect(guest.setTimes(path, follow: true) == .noent, "\(path)")
      #expect(guest.link(path, "stolen", follow: true) == .noent, "\(path)")
      #expect(guest.rename(path + "/x", "stolen") == .noent, "\(path)")
      #expect(guest.path("path_create_directory", path + "/x") == .noent, "\(path)")
      #expect(guest.path("path_unlink_file", path + "/x") == .noent, "\(path)")
    }
    // `..` above the folder and absolute paths are refused as in any other folder, also behind an absolute link.
    for path in [
      "..", "../outside/secret", "dir/../../outside/secret", "up/outside/secret", "beside/secret", "/etc/passwd", "/",
      "top/../up/outside/secret",
    ] {
      let isRooted = path.hasPrefix("top")
      #expect(guest.open(path, follow: true).errno == (isRooted ? .noent : .perm), "\(path)")
      #expect(guest.stat(path, follow: true).errno == (isRooted ? .noent : .perm), "\(path)")
      #expect(guest.setTimes(path, follow: true) == (isRooted ? .noent : .perm), "\(path)")
    }
    #expect(TestGuest.contents(of: guest.outside + "/secret") == "secret")
    #expect(access(guest.inside + "/stolen", F_OK) != 0)
  }

  @Test(arguments: resolvers) func `are refused in folders of other names`(walks: Bool) throws {
    let guest = try guest(walks: walks) {
      $0.makesAbsoluteLinks = true
      let inside = $0.folders[0]
      for name in ["", ".", "//", "/etc"] { $0.folders.append(WASIHost.Folder(host: inside.host, guest: List(name.utf8))) }
    }
    for folder in 4..<8 as Range<UInt64> {
      for path in ["file", "folder/passwd", "chain", "dir/folder/own"] {
        #expect(guest.open(path, follow: true, in: folder).errno == .perm, "\(path)")
        #expect(guest.stat(path, follow: true, in: folder).errno == .perm, "\(path)")
        #expect(guest.setTimes(path, follow: true, in: folder) == .perm, "\(path)")
      }
      #expect(guest.symlink("/etc/passwd", "made", in: folder) == .notcapable)
      let directory = try guest.open("dir", .directory, rights: 0, in: folder).get()
      #expect(guest.open("file", follow: true, in: directory).errno == .perm)
    }
    #expect(guest.open("file", follow: true).errno == .success)
  }

  @Test(.enabled(if: ProcessFilesTests.isThere, "there is no /proc here"), arguments: resolvers)
  func `do not jump through a process's files`(walks: Bool) throws {
    let guest = try TestGuest(walks: walks) { $0.folders = [WASIHost.Folder(host: "/", guest: "/")] }
    try plant(guest, ["process": "/proc/self", "root": "/proc/self/root", "memory": "/proc/self/mem", "mounts": "/proc/mounts"])
    let inside = String(guest.inside.dropFirst()) + "/"
    for path in [
      "root", "root/etc/passwd", "process/root/etc/passwd", "process/cwd", "process/exe", "process/root" + guest.outside + "/secret",
    ] {
      #expect(guest.open(inside + path, rights: ProcessFilesTests.reading, follow: true).errno == .loop, "\(path)")
      #expect(guest.stat(inside + path, follow: true).errno == .loop, "\(path)")
      #expect(guest.setTimes(inside + path, follow: true) == .loop, "\(path)")
      #expect(guest.link(inside + path, inside + "stolen", follow: true) == .loop, "\(path)")
    }
    for rights in ProcessFilesTests.waysToOpen { #expect(guest.open(inside + "memory", rights: rights, follow: true).errno == .acces) }
    #expect(guest.open(inside + "mounts", rights: ProcessFilesTests.reading, follow: true).errno == .success)
    #expect(try guest.stat(inside + "process/root").get().type == .symbolicLink)
    // A folder without any link of its own: what the kernel calls a file says nothing of this folder.
    let processes = try TestGuest(walks: walks) { $0.folders = [WASIHost.Folder(host: "/proc", guest: "/")] }
    for path in ["self/root", "self/root/mounts", "self/cwd"] {
      #expect(processes.open(path, rights: ProcessFilesTests.reading, follow: true).errno == .loop, "\(path)")
      #expect(processes.setTimes(path, follow: true) == .loop, "\(path)")
    }
  }

  @Test(arguments: resolvers) func `hold while somebody swaps what they lead to`(walks: Bool) throws {
    let guest = try guest(walks: walks)
    mkdir(guest.inside + "/real", 0o755)
    try TestGuest.write("inner!", to: guest.inside + "/real/secret")
    try TestGuest.write("inner!", to: guest.inside + "/dir/secret")
    try plant(
      guest,
      [
        "bad": "../outside", "host": guest.outside, "good": "/dir", "root": "/proc/self/root" + guest.outside, "through": "/name",
        "above": "/..",
      ])
    let directory = try guest.open("dir", .directory, rights: 0).get()
    try plant(guest, ["dir/through": "/name"])
    let swapper = Swapper(guest.inside, ["real", "bad", "good", "host", "root", "above"])
    defer { swapper.stop() }
    var opened = 0
    for index in 0..<3000 {
      let path = ["name/secret", "through/secret", "through/../through/secret"][index % 3]
      let start: UInt64 = index % 2 == 0 || path.hasPrefix("name") ? 3 : directory
      _ = guest.path("path_create_directory", "through/made", in: start)
      _ = guest.path("path_remove_directory", "through/made", in: start)
      guard case .success(let file) = guest.open(path, rights: Rights.fdRead.rawValue, follow: true, in: start) else { continue }
      opened += 1
      #expect(try guest.read(file).get() == "inner!")
      try guest.succeed("fd_close", file)
    }
    #expect(opened > 0)
    #expect(access(guest.outside + "/made", F_OK) != 0)
    #expect(access(guest.top + "/made", F_OK) != 0)
  }
}
