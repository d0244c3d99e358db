import Glibc
import Testing

@testable import WASI

@Suite("Descriptors")
struct DescriptorTests {
  @Test func `gives the lowest free number`() throws {
    let guest = try TestGuest()
    #expect(try guest.open("a", .create).get() == 4)
    #expect(try guest.open("b", .create).get() == 5)
    #expect(try guest.open("c", .create).get() == 6)
    try guest.succeed("fd_close", 5)
    try guest.succeed("fd_close", 4)
    #expect(guest.call("fd_close", 4) == .badf)
    #expect(try guest.open("d", .create).get() == 4)
    #expect(try guest.open("e", .create).get() == 5)
    #expect(try guest.open("f", .create).get() == 7)
  }

  @Test func `closes standard streams for the guest alone`() throws {
    let null = open("/dev/null", O_RDWR)
    defer { close(null) }
    let guest = try TestGuest { $0.standardStreams = [null, null, null] }
    try guest.succeed("fd_close", 1)
    #expect(guest.write(1, "x").errno == .badf)
    #expect(fcntl(null, F_GETFD) >= 0)
    #expect(try guest.open("a", .create).get() == 1)
    #expect(try guest.write(1, "mine").get() == 4)
    #expect(TestGuest.contents(of: guest.inside + "/a") == "mine")
  }

  @Test func `moves descriptors onto open numbers only`() throws {
    let guest = try TestGuest()
    let first = try guest.open("a", .create).get()
    let second = try guest.open("b", .create).get()
    try guest.succeed("fd_renumber", first, second)
    #expect(guest.call("fd_close", first) == .badf)
    _ = try guest.write(second, "into a").get()
    #expect(TestGuest.contents(of: guest.inside + "/a") == "into a")
    #expect(guest.call("fd_renumber", second, first) == .badf)
    #expect(guest.call("fd_renumber", first, second) == .badf)
    #expect(guest.call("fd_renumber", second, second) == .success)
    #expect(try guest.open("c", .create).get() == first)
  }

  @Test func `names the preopened folders until they are closed or overwritten`() throws {
    let guest = try TestGuest { $0.folders.append(WASIHost.Folder(host: "/", guest: "second")) }
    try guest.succeed("fd_prestat_get", 4, 0)
    #expect(guest.load(0, as: UInt8.self) == 0)
    #expect(guest.load(4, as: UInt32.self) == 6)
    #expect(guest.call("fd_prestat_dir_name", 4, 128, 5) == .nametoolong)
    try guest.succeed("fd_prestat_dir_name", 4, 128, 6)
    #expect(guest.content(128, 6) == "second")
    #expect(guest.call("fd_prestat_get", 5, 0) == .badf)
    #expect(guest.call("fd_prestat_get", 1, 0) == .badf)
    let directory = try guest.open(".", .directory, rights: 0).get()
    #expect(guest.call("fd_prestat_get", directory, 0) == .badf)
    try guest.succeed("fd_renumber", directory, 4)
    #expect(guest.call("fd_prestat_get", 4, 0) == .badf)
    try guest.succeed("fd_close", 3)
    #expect(guest.open("a", .create).errno == .badf)
    #expect(try guest.open("a", .create, in: 4).get() == 3)
  }

  private func rights(_ guest: TestGuest, _ descriptor: UInt64) throws -> (Rights, Rights) {
    try guest.succeed("fd_fdstat_get", descriptor, 64)
    return (Rights(rawValue: guest.load(72)), Rights(rawValue: guest.load(80)))
  }

  @Test func `reports kinds, flags and rights`() throws {
    let guest = try TestGuest()
    let file = try guest.open("a", .create, state: [.append, .sync]).get()
    try guest.succeed("fd_fdstat_get", file, 64)
    #expect(guest.load(64, as: UInt8.self) == FileType.regularFile.rawValue)
    #expect(guest.load(66, as: UInt16.self) == DescriptorFlags([.append, .sync]).rawValue)
    #expect(try rights(guest, file).0 == .file)
    let reader = try guest.open("a", rights: Rights.fdRead.rawValue).get()
    #expect(try rights(guest, reader).0 == Rights.file.subtracting(.writing))
    try guest.succeed("fd_fdstat_get", 3, 64)
    #expect(guest.load(64, as: UInt8.self) == FileType.directory.rawValue)
    #expect(guest.load(66, as: UInt16.self) == 0)
    let (base, inheriting) = try rights(guest, 3)
    #expect(base.isDisjoint(with: [.fdRead, .fdWrite, .fdSeek, .fdTell, .fdFilestatSetSize]))
    #expect(inheriting.isSuperset(of: .file))
  }

  @Test func `takes a device for a terminal only if it is one`() throws {
    let null = open("/dev/null", O_RDWR)
    // posix_openpt and unlockpt, by hand: TIOCSPTLCK and TIOCGPTN.
    let master = open("/dev/ptmx", O_RDWR | O_NOCTTY)
    var (unlocked, number): (Int32, Int32) = (0, 0)
    #expect(ioctl(master, 0x4004_5431, &unlocked) == 0 && ioctl(master, 0x8004_5430, &number) == 0)
    let terminal = open("/dev/pts/\(number)", O_RDWR | O_NOCTTY)
    defer { for descriptor in [null, master, terminal] { close(descriptor) } }
    let guest = try TestGuest { $0.standardStreams = [terminal, null, 2] }
    #expect(try rights(guest, 0).0.isDisjoint(with: [.fdSeek, .fdTell]))
    #expect(guest.load(64, as: UInt8.self) == FileType.characterDevice.rawValue)
    #expect(try rights(guest, 1).0.isSuperset(of: [.fdSeek, .fdTell]))
  }

  @Test func `gives up rights for good`() throws {
    let guest = try TestGuest()
    let file = try guest.open("a", .create).get()
    let kept = Rights.file.subtracting([.fdRead, .fdSync])
    let (_, inheriting) = try rights(guest, file)
    try guest.succeed("fd_fdstat_set_rights", file, kept.rawValue, inheriting.rawValue)
    #expect(try rights(guest, file).0 == kept)
    #expect(guest.read(file).errno == .badf)
    #expect(guest.call("fd_sync", file) == .notcapable)
    #expect(guest.write(file, "x").errno == .success)
    #expect(guest.call("fd_fdstat_set_rights", file, Rights.file.rawValue, inheriting.rawValue) == .notcapable)
    // A folder passes on no more than it keeps.
    let folder = try guest.open(".", .directory, rights: 0).get()
    let (base, passed) = try rights(guest, folder)
    try guest.succeed(
      "fd_fdstat_set_rights", folder, base.subtracting([.pathCreateFile, .pathRenameSource]).rawValue,
      passed.subtracting([.fdWrite, .fdTell]).rawValue)
    #expect(guest.open("b", .create, rights: 0, in: folder).errno == .notcapable)
    #expect(guest.rename("a", "b", in: folder) == .notcapable)
    #expect(guest.open("a", in: folder).errno == .notcapable)
    let reader = try guest.open("a", rights: Rights.fdRead.rawValue, in: folder).get()
    #expect(guest.call("fd_tell", reader, 0) == .notcapable)
  }

  @Test func `changes appending and blocking of open files and nothing else`() throws {
    let guest = try TestGuest()
    let file = try guest.open("a", .create).get()
    try guest.succeed("fd_fdstat_set_flags", file, UInt64(DescriptorFlags([.append, .nonBlocking]).rawValue))
    try guest.succeed("fd_fdstat_get", file, 64)
    #expect(guest.load(66, as: UInt16.self) == DescriptorFlags([.append, .nonBlocking]).rawValue)
    #expect(guest.call("fd_fdstat_set_flags", file, UInt64(DescriptorFlags.sync.rawValue)) == .notsup)
    #expect(guest.call("fd_fdstat_set_flags", file, 0x20) == .inval)
  }

  @Test func `closes what it opened when it goes`() throws {
    // Other tests open files at the same time, so look at one descriptor of ours.
    var host: Int32 = -1
    var inode: UInt64 = 0
    do {
      let guest = try TestGuest()
      let file = try guest.open("a", .create).get()
      host = try guest.host.descriptors.get(UInt32(file)).host
      inode = try guest.stat("a").get().inode
    }
    var status = stat()
    #expect(fstat(host, &status) != 0 || UInt64(status.st_ino) != inode)
  }

  @Test func `says which folder cannot be opened`() {
    #expect(throws: WASIHost.SetupError(description: "cannot open the folder '/no/such': No such file or directory")) {
      _ = try TestGuest { $0.folders = [WASIHost.Folder(host: "/no/such", guest: "x")] }
    }
  }
}
