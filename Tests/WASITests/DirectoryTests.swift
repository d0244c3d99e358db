import Glibc
import Testing

@testable import WASI

@Suite("Directories")
struct DirectoryTests {
  struct Entry: Equatable {
    var name: String
    var type: FileType
    var inode: UInt64
    var next: UInt64
  }

  /// One fd_readdir with a buffer of `size` bytes at 4096: whole entries, and whether the buffer was filled.
  private func read(_ guest: TestGuest, from cookie: UInt64 = 0, size: UInt64 = 8192, _ directory: UInt64 = 3) throws -> ([Entry], Bool) {
    try guest.succeed("fd_readdir", directory, 4096, size, cookie, 0)
    let used = Int(guest.load(0, as: UInt32.self))
    var entries: [Entry] = []
    var offset = 4096
    while offset + 24 <= 4096 + used {
      let length = guest.load(offset + 16, as: UInt32.self)
      guard offset + 24 + Int(length) <= 4096 + used else { break }
      entries.append(
        Entry(
          name: guest.content(offset + 24, length), type: FileType(rawValue: guest.load(offset + 20))!,
          inode: guest.load(offset + 8), next: guest.load(offset)))
      offset += 24 + Int(length)
    }
    return (entries, used == Int(size))
  }

  @Test func `lists dots first, then everything once, with types and inodes`() throws {
    let guest = try TestGuest()
    try TestGuest.write("", to: guest.inside + "/file")
    mkdir(guest.inside + "/dir", 0o755)
    symlink("file", guest.inside + "/link")
    let (entries, isFull) = try read(guest)
    #expect(!isFull)
    #expect(entries.prefix(2).map(\.name) == [".", ".."])
    #expect(entries.prefix(2).map(\.next) == [1, 2])
    #expect(Set(entries.map(\.name)) == [".", "..", "file", "dir", "link"])
    #expect(entries.count == 5)
    for (name, type) in [("file", FileType.regularFile), ("dir", .directory), ("link", .symbolicLink), (".", .directory)] {
      let entry = entries.first { $0.name == name }
      #expect(entry?.type == type)
      #expect(try entry?.inode == guest.stat(name).get().inode)
    }
  }

  @Test func `goes on from any cookie, again and again`() throws {
    let guest = try TestGuest()
    for index in 0..<50 { try TestGuest.write("", to: guest.inside + "/file\(index)") }
    let (all, _) = try read(guest)
    #expect(all.count == 52)
    for index in [0, 1, 2, 10, 50, 51, 3] {
      let (rest, _) = try read(guest, from: all[index].next)
      #expect(rest == Array(all[(index + 1)...]), "after entry \(index)")
    }
  }

  @Test func `cuts the last entry off where the buffer ends`() throws {
    let guest = try TestGuest()
    for index in 0..<100 { try TestGuest.write("", to: guest.inside + "/a-longer-name-\(index)") }
    var names: [String] = []
    var cookie: UInt64 = 0
    while true {
      let (entries, isFull) = try read(guest, from: cookie, size: 100)
      names += entries.map(\.name)
      if let last = entries.last { cookie = last.next }
      if !isFull { break }
    }
    #expect(names.count == 102)
    #expect(Set(names).count == 102)
    let (none, isFull) = try read(guest, size: 10)
    #expect(none.isEmpty && isFull)
  }

  @Test func `sees new files from the start`() throws {
    let guest = try TestGuest()
    #expect(try read(guest).0.count == 2)
    try TestGuest.write("", to: guest.inside + "/new")
    #expect(try read(guest).0.count == 3)
    unlink(guest.inside + "/new")
    #expect(try read(guest).0.count == 2)
  }

  @Test func `lists no files and no closed descriptors`() throws {
    let guest = try TestGuest()
    let file = try guest.open("file", .create).get()
    #expect(guest.call("fd_readdir", file, 4096, 100, 0, 0) == .notcapable)
    #expect(guest.call("fd_readdir", 99, 4096, 100, 0, 0) == .badf)
  }

  @Test func `makes, renames and removes directories`() throws {
    let guest = try TestGuest()
    #expect(guest.path("path_create_directory", "a") == .success)
    #expect(guest.path("path_create_directory", "a") == .exist)
    #expect(guest.path("path_create_directory", "a/b") == .success)
    #expect(guest.path("path_create_directory", "x/y") == .noent)
    #expect(guest.path("path_remove_directory", "a") == .notempty)
    #expect(guest.rename("a/b", "c") == .success)
    #expect(guest.path("path_remove_directory", "a") == .success)
    #expect(guest.path("path_remove_directory", "a") == .noent)
    try TestGuest.write("1", to: guest.inside + "/one")
    try TestGuest.write("2", to: guest.inside + "/two")
    #expect(guest.rename("one", "c") == .isdir)
    #expect(guest.rename("c", "one") == .notdir)
    #expect(guest.rename("one", "two") == .success)
    #expect(TestGuest.contents(of: guest.inside + "/two") == "1")
    #expect(guest.path("path_unlink_file", "c") == .isdir)
    #expect(guest.path("path_remove_directory", "two") == .notdir)
    #expect(guest.path("path_unlink_file", "two") == .success)
  }

  @Test func `links and reads links`() throws {
    let guest = try TestGuest()
    try TestGuest.write("text", to: guest.inside + "/file")
    mkdir(guest.inside + "/dir", 0o755)
    #expect(guest.link("file", "twin") == .success)
    #expect(try guest.stat("twin").get().inode == guest.stat("file").get().inode)
    #expect(guest.link("file", "twin") == .exist)
    #expect(guest.link("dir", "other") == .perm)
    #expect(guest.link("nothing", "other") == .noent)
    #expect(guest.symlink("file", "link") == .success)
    #expect(guest.symlink("file", "link") == .exist)
    #expect(try guest.readLink("link").get() == "file")
    #expect(guest.readLink("file").errno == .inval)
    let (address, length) = guest.text("link")
    try guest.succeed("path_readlink", 3, address, length, 128, 2, 0)
    #expect(guest.content(128, guest.load(0)) == "fi")
  }

  @Test func `moves between two folders`() throws {
    let guest = try TestGuest()
    mkdir(guest.inside + "/sub", 0o755)
    try TestGuest.write("text", to: guest.inside + "/file")
    let directory = try guest.open("sub", .directory, rights: 0).get()
    #expect(guest.rename("file", "moved", in: 3, to: directory) == .success)
    #expect(TestGuest.contents(of: guest.inside + "/sub/moved") == "text")
    let file = try guest.open("moved", in: directory).get()
    #expect(try guest.read(file).get() == "text")
    // A directory opened by the guest is as closed above as a preopened one.
    #expect(guest.open("../sub/moved", in: directory).errno == .perm)
    #expect(guest.open("x", in: file).errno == .notdir)
  }
}
