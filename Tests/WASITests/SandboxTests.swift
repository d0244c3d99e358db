import Glibc
import TestSupport
import Testing

@testable import WASI

/// The same list for both resolvers: openat2, and the walk that takes its place.
@Suite("Sandbox")
struct SandboxTests {
  static let resolvers = [false, true]

  /// Ways out, as paths; the links are made by `prepare`.
  static let escapes = [
    "..", "../", "../outside/secret", "dir/../../outside/secret", "./../outside/secret", "dir/./../..//outside/secret", "/etc/passwd",
    "/", "//", "up/outside/secret", "absolute/secret", "absolute-file", "up-file", "chain/secret", "chain-file",
    "dir/../up/outside/secret", "dir/back/../outside/secret", "dir/deep/out/secret",
  ]

  /// Links that lead out, made by the host: absolute ones cannot be made by a guest.
  private func prepare(_ guest: TestGuest) throws {
    let inside = guest.inside
    mkdir(inside + "/dir", 0o755)
    mkdir(inside + "/dir/deep", 0o755)
    try TestGuest.write("inner", to: inside + "/dir/file")
    #expect(symlink("..", inside + "/up") == 0)
    #expect(symlink(guest.outside, inside + "/absolute") == 0)
    #expect(symlink(guest.outside + "/secret", inside + "/absolute-file") == 0)
    #expect(symlink("../outside/secret", inside + "/up-file") == 0)
    #expect(symlink("dir/chained", inside + "/chain") == 0)
    #expect(symlink("../../outside", inside + "/dir/chained") == 0)
    #expect(symlink("up-file", inside + "/chain-file") == 0)
    #expect(symlink("..", inside + "/dir/back") == 0)
    #expect(symlink("../../../outside", inside + "/dir/deep/out") == 0)
    #expect(symlink("/proc/self/root", inside + "/magic") == 0)
  }

  @Test(arguments: resolvers) func `opens nothing outside`(walks: Bool) throws {
    let guest = try TestGuest(walks: walks)
    try prepare(guest)
    for path in Self.escapes + ["magic/etc/passwd", "magic" + guest.outside + "/secret"] {
      for flags in [[], .create, [.create, .truncate], .directory] as [OpenFlags] {
        #expect(guest.open(path, flags, follow: true).errno == .perm, "\(path) \(flags.rawValue)")
      }
    }
    #expect(TestGuest.contents(of: guest.outside + "/secret") == "secret")
  }

  @Test(arguments: resolvers) func `says nothing of what is outside`(walks: Bool) throws {
    let guest = try TestGuest(walks: walks)
    try prepare(guest)
    for path in Self.escapes {
      #expect(guest.stat(path, follow: true).errno == .perm, "stat \(path)")
      #expect(guest.setTimes(path, follow: true) == .perm, "times \(path)")
    }
    // Whether something exists there makes no difference either.
    #expect(guest.stat("up/nothing", follow: true).errno == .perm)
    #expect(guest.readLink("up/outside/secret").errno == .perm)
    #expect(guest.readLink("up/").errno == .perm)
  }

  @Test(arguments: resolvers) func `makes, moves and removes nothing outside`(walks: Bool) throws {
    let guest = try TestGuest(walks: walks)
    try prepare(guest)
    for parent in ["../outside", "up/outside", "absolute", "chain", "dir/deep/out", "/tmp"] {
      #expect(guest.path("path_create_directory", parent + "/new") == .perm, "mkdir below \(parent)")
      #expect(guest.path("path_remove_directory", parent + "/secret") == .perm, "rmdir below \(parent)")
      #expect(guest.path("path_unlink_file", parent + "/secret") == .perm, "unlink below \(parent)")
      #expect(guest.symlink("dir", parent + "/new") == .perm, "symlink below \(parent)")
      #expect(guest.rename("dir/file", parent + "/new") == .perm, "rename to \(parent)")
      #expect(guest.rename(parent + "/secret", "stolen") == .perm, "rename from \(parent)")
      #expect(guest.link("dir/file", parent + "/new") == .perm, "link to \(parent)")
      #expect(guest.link(parent + "/secret", "stolen") == .perm, "link from \(parent)")
      #expect(guest.link(parent + "/secret", "stolen", follow: true) == .perm, "link from \(parent), following")
    }
    #expect(guest.link("absolute-file", "stolen", follow: true) == .perm)
    #expect(guest.link("up-file", "stolen", follow: true) == .perm)
    #expect(guest.link("chain-file", "stolen", follow: true) == .perm)
    #expect(access(guest.inside + "/stolen", F_OK) != 0)
    #expect(TestGuest.contents(of: guest.outside + "/secret") == "secret")
    #expect(access(guest.outside + "/new", F_OK) != 0)
  }

  @Test(arguments: resolvers) func `does not take the parent's own name for a way out`(walks: Bool) throws {
    let guest = try TestGuest(walks: walks)
    try prepare(guest)
    for path in ["..", "../", "dir/../.."] {
      #expect(guest.path("path_remove_directory", path) == .perm, "rmdir \(path)")
      #expect(guest.path("path_unlink_file", path) == .perm, "unlink \(path)")
      #expect(guest.rename(path, "stolen") == .perm, "rename \(path)")
      #expect(guest.rename("dir", path) == .perm, "rename to \(path)")
      #expect(guest.setTimes(path) == .perm, "times \(path)")
      #expect(guest.stat(path).errno == .perm, "stat \(path)")
    }
  }

  @Test(arguments: resolvers) func `works with a link itself without following it`(walks: Bool) throws {
    let guest = try TestGuest(walks: walks)
    try prepare(guest)
    #expect(guest.open("absolute-file").errno == .loop)
    #expect(guest.open("up-file", .create).errno == .loop)
    #expect(try guest.stat("absolute-file").get().type == .symbolicLink)
    #expect(try guest.readLink("up-file").get() == "../outside/secret")
    #expect(guest.setTimes("up-file") == .success)
    #expect(guest.rename("up-file", "moved") == .success)
    #expect(guest.link("moved", "twin") == .success)
    #expect(try guest.stat("twin").get().type == .symbolicLink)
    #expect(guest.path("path_unlink_file", "moved") == .success)
    #expect(guest.path("path_unlink_file", "twin") == .success)
    #expect(TestGuest.contents(of: guest.outside + "/secret") == "secret")
  }

  @Test(arguments: resolvers) func `follows what stays inside`(walks: Bool) throws {
    let guest = try TestGuest(walks: walks)
    try prepare(guest)
    #expect(guest.symlink("dir/file", "good") == .success)
    #expect(guest.symlink("../dir/../good", "dir/better") == .success)
    #expect(guest.symlink("dir", "folder") == .success)
    #expect(guest.symlink("dir/", "folder-slash") == .success)
    for path in [
      "dir/file", "dir/../dir/./file", "dir//file", "dir/deep/../file", "folder/file", "folder-slash/file", "dir/back/dir/file",
      "folder/back/folder/file", "./dir/file",
    ] {
      let file = try guest.open(path).get()
      #expect(try guest.read(file).get() == "inner", "\(path)")
    }
    for path in ["good", "dir/better"] {
      let file = try guest.open(path, follow: true).get()
      #expect(try guest.read(file).get() == "inner", "\(path)")
    }
    #expect(try guest.stat("folder/", follow: false).get().type == .directory)
    #expect(try guest.stat("folder", follow: false).get().type == .symbolicLink)
    #expect(guest.setTimes("dir/better", follow: true) == .success)
    #expect(guest.link("dir/better", "hard", follow: true) == .success)
    #expect(try guest.stat("hard").get().inode == guest.stat("dir/file").get().inode)
  }

  @Test(arguments: resolvers) func `creates through a dangling link that stays inside`(walks: Bool) throws {
    let guest = try TestGuest(walks: walks)
    try prepare(guest)
    #expect(guest.symlink("dir/made", "dangling") == .success)
    #expect(guest.open("dangling", [.create, .exclusive], follow: true).errno == .exist)
    _ = try guest.open("dangling", .create, follow: true).get()
    #expect(TestGuest.contents(of: guest.inside + "/dir/made") == "")
  }

  @Test(arguments: resolvers) func `gives up on links that never end`(walks: Bool) throws {
    let guest = try TestGuest(walks: walks)
    #expect(guest.symlink("self", "self") == .success)
    #expect(guest.symlink("pong", "ping") == .success)
    #expect(guest.symlink("ping", "pong") == .success)
    for path in ["self", "ping", "self/x", "ping/x"] {
      #expect(guest.open(path, follow: true).errno == .loop, "\(path)")
      #expect(guest.stat(path, follow: true).errno == .loop, "\(path)")
      #expect(guest.setTimes(path, follow: true) == .loop, "\(path)")
    }
    for index in 0..<60 { #expect(guest.symlink(index == 0 ? "end" : "l\(index - 1)", "l\(index)") == .success) }
    _ = try guest.open("end", .create).get()
    #expect(guest.open("l30", follow: true).errno == .success)
    #expect(guest.open("l59", follow: true).errno == .loop)
  }

  @Test(arguments: resolvers) func `treats a slash behind a name as POSIX does`(walks: Bool) throws {
    let guest = try TestGuest(walks: walks)
    try prepare(guest)
    #expect(guest.open("dir/file/").errno == .notdir)
    #expect(guest.open("dir/", rights: 0).errno == .success)
    #expect(guest.open("new/", .create).errno == .isdir)
    #expect(guest.path("path_create_directory", "made/") == .success)
    #expect(guest.rename("made/", "moved/") == .success)
    #expect(guest.path("path_remove_directory", "moved/") == .success)
    #expect(guest.path("path_unlink_file", "dir/file/") == .notdir)
    #expect(guest.path("path_unlink_file", "dir/") == .isdir)
    #expect(guest.setTimes("dir/file/") == .notdir)
    #expect(guest.setTimes("dir/") == .success)
    #expect(guest.symlink("x", "y/") == .noent)
    #expect(guest.link("dir/file", "twin/") == .noent)
    #expect(guest.link("dir/file/", "twin") == .notdir)
  }

  @Test(arguments: resolvers) func `refuses paths that are no paths`(walks: Bool) throws {
    let guest = try TestGuest(walks: walks)
    #expect(guest.open("").errno == .noent)
    #expect(guest.open("a\0b").errno == .inval)
    #expect(guest.open(String(repeating: "x", count: 300)).errno == .nametoolong)
    #expect(guest.open(String(repeating: "x/", count: 3000)).errno == .nametoolong)
    let (address, length) = guest.bytes([0x61, 0xFF])
    #expect(guest.call("path_create_directory", 3, address, length) == .ilseq)
    #expect(guest.symlink("/etc/passwd", "link") == .notcapable)
    #expect(guest.symlink("", "link") == .noent)
  }

  @Test(arguments: resolvers) func `holds while somebody swaps a directory for a link`(walks: Bool) throws {
    let guest = try TestGuest(walks: walks)
    let inside = guest.inside
    mkdir(inside + "/real", 0o755)
    try TestGuest.write("inner!", to: inside + "/real/secret")
    symlink("../outside", inside + "/bad")
    let swapper = Swapper(inside, ["real", "bad"])
    defer { swapper.stop() }
    var opened = 0
    for _ in 0..<3000 {
      guard case .success(let file) = guest.open("name/secret", rights: Rights.fdRead.rawValue, follow: true) else { continue }
      opened += 1
      #expect(try guest.read(file).get() == "inner!")
      try guest.succeed("fd_close", file)
    }
    #expect(opened > 0)
  }
}
