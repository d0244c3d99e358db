import Glibc
import Testing

@testable import WASI

@Suite("Files")
struct FileTests {
  @Test func `writes, seeks and reads back`() throws {
    let guest = try TestGuest()
    let file = try guest.open("file", .create).get()
    #expect(file == 4)
    #expect(try guest.write(file, "hello world").get() == 11)
    try guest.succeed("fd_seek", file, 6, 0, 0)
    #expect(guest.load(0, as: UInt64.self) == 6)
    #expect(try guest.read(file).get() == "world")
    try guest.succeed("fd_seek", file, UInt64(bitPattern: -5), 1, 0)
    try guest.succeed("fd_tell", file, 8)
    #expect(guest.load(8, as: UInt64.self) == 6)
    try guest.succeed("fd_seek", file, UInt64(bitPattern: -11), 2, 0)
    #expect(try guest.read(file, 5).get() == "hello")
    #expect(guest.call("fd_seek", file, UInt64(bitPattern: -1), 0, 0) == .inval)
    #expect(guest.call("fd_seek", file, 0, 3, 0) == .inval)
    #expect(TestGuest.contents(of: guest.inside + "/file") == "hello world")
  }

  @Test func `reads and writes several vectors with one call`() throws {
    let guest = try TestGuest()
    let file = try guest.open("file", .create).get()
    let (address, _) = guest.text("abcdef")
    for (index, part) in [(0, 2), (4, 2), (2, 0), (2, 2)].enumerated() {
      guest.store(UInt32(address) + UInt32(part.0), at: 512 + index * 8)
      guest.store(UInt32(part.1), at: 516 + index * 8)
    }
    try guest.succeed("fd_write", file, 512, 4, 0)
    #expect(guest.load(0, as: UInt32.self) == 6)
    #expect(TestGuest.contents(of: guest.inside + "/file") == "abefcd")
    try guest.succeed("fd_seek", file, 0, 0, 0)
    for index in 0..<2 {
      guest.store(UInt32(128 + index * 16), at: 512 + index * 8)
      guest.store(UInt32(3), at: 516 + index * 8)
    }
    try guest.succeed("fd_read", file, 512, 2, 0)
    #expect(guest.content(128, 3) + guest.content(144, 3) == "abefcd")
    try guest.succeed("fd_write", file, 512, 0, 0)
    #expect(guest.load(0, as: UInt32.self) == 0)
  }

  @Test func `takes as many vectors as the kernel does and leaves the rest`() throws {
    let guest = try TestGuest()
    let file = try guest.open("file", .create).get()
    for index in 0..<2000 {
      guest.store(UInt32(60000), at: 20000 + index * 8)
      guest.store(UInt32(1), at: 20004 + index * 8)
    }
    try guest.succeed("fd_write", file, 20000, 2000, 0)
    #expect(guest.load(0, as: UInt32.self) == 1024)
  }

  @Test func `reads and writes at an offset without moving the position`() throws {
    let guest = try TestGuest()
    let file = try guest.open("file", .create).get()
    _ = try guest.write(file, "0123456789").get()
    let (address, length) = guest.text("XY")
    guest.vector(address, length)
    try guest.succeed("fd_pwrite", file, 512, 1, 4, 0)
    try guest.succeed("fd_tell", file, 8)
    #expect(guest.load(8, as: UInt64.self) == 10)
    guest.vector(128, 4)
    try guest.succeed("fd_pread", file, 512, 1, 3, 0)
    #expect(guest.content(128, guest.load(0)) == "3XY6")
    try guest.succeed("fd_pread", file, 512, 1, 100, 0)
    #expect(guest.load(0, as: UInt32.self) == 0)
    #expect(guest.call("fd_pread", file, 512, 1, UInt64(1) << 63, 0) == .inval)
  }

  @Test func `appends whatever the position, but not at an offset`() throws {
    let guest = try TestGuest()
    try TestGuest.write("12345", to: guest.inside + "/file")
    let file = try guest.open("file", state: .append).get()
    try guest.succeed("fd_seek", file, 0, 0, 0)
    _ = try guest.write(file, "67").get()
    let (address, length) = guest.text("X")
    guest.vector(address, length)
    try guest.succeed("fd_pwrite", file, 512, 1, 0, 0)
    #expect(TestGuest.contents(of: guest.inside + "/file") == "X234567")
    try guest.succeed("fd_fdstat_set_flags", file, 0)
    try guest.succeed("fd_seek", file, 1, 0, 0)
    _ = try guest.write(file, "Y").get()
    #expect(TestGuest.contents(of: guest.inside + "/file") == "XY34567")
  }

  @Test func `creates, truncates and refuses to create twice`() throws {
    let guest = try TestGuest()
    #expect(guest.open("file").errno == .noent)
    _ = try guest.open("file", .create).get()
    #expect(guest.open("file", [.create, .exclusive]).errno == .exist)
    try TestGuest.write("long content", to: guest.inside + "/file")
    _ = try guest.open("file", .truncate).get()
    #expect(TestGuest.contents(of: guest.inside + "/file") == "")
    try TestGuest.write("long content", to: guest.inside + "/file")
    _ = try guest.open("file", .truncate, rights: 0).get()
    #expect(TestGuest.contents(of: guest.inside + "/file") == "")
    #expect(guest.open("dir", [.create, .directory]).errno == .inval)
    #expect(guest.open(".", .directory).errno == .isdir)
    #expect(guest.open("file", .directory, rights: 0).errno == .notdir)
    let (address, length) = guest.text("file")
    #expect(guest.call("path_open", 3, 0, address, length, 0x10, 0, 0, 0, 0) == .inval)
    #expect(guest.call("path_open", 3, 0, address, length, 0, 0, 0, 0x20, 0) == .inval)
  }

  @Test func `opens for what the rights say`() throws {
    let guest = try TestGuest()
    try TestGuest.write("text", to: guest.inside + "/file")
    let reader = try guest.open("file", rights: Rights.fdRead.rawValue).get()
    #expect(try guest.read(reader).get() == "text")
    #expect(guest.write(reader, "x").errno == .badf)
    let writer = try guest.open("file", rights: Rights.fdWrite.rawValue).get()
    #expect(guest.read(writer).errno == .badf)
    #expect(try guest.write(writer, "T").get() == 1)
    let neither = try guest.open("file", rights: 0).get()
    #expect(guest.read(neither).errno == .badf)
  }

  @Test func `changes size, space and times`() throws {
    let guest = try TestGuest()
    let file = try guest.open("file", .create).get()
    try guest.succeed("fd_filestat_set_size", file, 100)
    #expect(try guest.stat("file").get().size == 100)
    try guest.succeed("fd_allocate", file, 90, 20)
    #expect(try guest.stat("file").get().size == 110)
    #expect(guest.call("fd_allocate", file, 0, 0) == .inval)
    try guest.succeed("fd_advise", file, 0, 50, 1)
    #expect(guest.call("fd_advise", file, 0, 50, 6) == .inval)
    try guest.succeed("fd_sync", file)
    try guest.succeed("fd_datasync", file)
    try guest.succeed("fd_filestat_set_times", file, 5_000_000_007, 6_000_000_008, 5)
    try guest.succeed("fd_filestat_get", file, 64)
    #expect(guest.load(64 + 40, as: UInt64.self) == 5_000_000_007)
    #expect(guest.load(64 + 48, as: UInt64.self) == 6_000_000_008)
    try guest.succeed("fd_filestat_set_times", file, 0, 0, 2)
    try guest.succeed("fd_filestat_get", file, 64)
    #expect(guest.load(64 + 40, as: UInt64.self) > 1_000_000_000_000_000_000)
    #expect(guest.load(64 + 48, as: UInt64.self) == 6_000_000_008)
    for flags in [3, 12, 16] as [UInt64] {
      #expect(guest.call("fd_filestat_set_times", file, 1, 1, flags) == .inval)
    }
  }

  @Test func `tells a file's attributes by name and by descriptor`() throws {
    let guest = try TestGuest()
    try TestGuest.write("12345", to: guest.inside + "/file")
    #expect(link(guest.inside + "/file", guest.inside + "/twin") == 0)
    var status = stat()
    #expect(stat(guest.inside + "/file", &status) == 0)
    let (address, length) = guest.text("file")
    try guest.succeed("path_filestat_get", 3, 0, address, length, 64)
    let file = try guest.open("file").get()
    try guest.succeed("fd_filestat_get", file, 192)
    for base in [64, 192] {
      #expect(guest.load(base, as: UInt64.self) == UInt64(status.st_dev))
      #expect(guest.load(base + 8, as: UInt64.self) == UInt64(status.st_ino))
      #expect(guest.load(base + 16, as: UInt8.self) == FileType.regularFile.rawValue)
      #expect(guest.load(base + 24, as: UInt64.self) == 2)
      #expect(guest.load(base + 32, as: UInt64.self) == 5)
      #expect(guest.load(base + 48, as: UInt64.self) == status.st_mtim.nanoseconds)
      #expect(guest.load(base + 56, as: UInt64.self) == status.st_ctim.nanoseconds)
    }
  }

  @Test func `speaks the older interface's layouts`() throws {
    let guest = try TestGuest()
    try TestGuest.write("12345", to: guest.inside + "/file")
    guest.dialect = .unstable
    let file = try guest.open("file").get()
    try guest.succeed("fd_filestat_get", file, 64)
    #expect(guest.load(64 + 16, as: UInt8.self) == FileType.regularFile.rawValue)
    #expect(guest.load(64 + 20, as: UInt32.self) == 1)
    #expect(guest.load(64 + 24, as: UInt64.self) == 5)
    // Whence: 0 from here, 1 from the end, 2 from the start.
    try guest.succeed("fd_seek", file, 3, 2, 0)
    #expect(guest.load(0, as: UInt64.self) == 3)
    try guest.succeed("fd_seek", file, 1, 0, 0)
    #expect(guest.load(0, as: UInt64.self) == 4)
    try guest.succeed("fd_seek", file, UInt64(bitPattern: -1), 1, 0)
    #expect(guest.load(0, as: UInt64.self) == 4)
  }

  @Test func `does not do files' work on directories`() throws {
    let guest = try TestGuest()
    #expect(guest.read(3).errno == .isdir)
    #expect(guest.write(3, "x").errno == .badf)
    #expect(guest.call("fd_seek", 3, 0, 1, 0) == .badf)
    #expect(guest.call("fd_tell", 3, 0) == .badf)
    #expect(guest.call("fd_allocate", 3, 0, 1) == .badf)
    #expect(guest.call("fd_filestat_set_size", 3, 0) == .badf)
    guest.vector(128, 10)
    #expect(guest.call("fd_pread", 3, 512, 1, 0, 0) == .badf)
    #expect(guest.call("fd_pwrite", 3, 512, 1, 0, 0) == .badf)
  }

  @Test func `tells a closed pipe apart from a full one`() throws {
    var ends: [Int32] = [0, 0]
    #expect(pipe(&ends) == 0)
    let guest = try TestGuest { $0.standardStreams = [ends[0], ends[1], 2] }
    #expect(try guest.write(1, "through").get() == 7)
    #expect(try guest.read(0).get() == "through")
    try guest.succeed("fd_fdstat_set_flags", 0, UInt64(DescriptorFlags.nonBlocking.rawValue))
    #expect(guest.read(0).errno == .again)
    #expect(guest.call("fd_seek", 1, 1, 0, 0) == .spipe)
    let old = signal(SIGPIPE, SIG_IGN)
    close(ends[0])
    #expect(guest.write(1, "x").errno == .pipe)
    signal(SIGPIPE, old)
    close(ends[1])
  }
}
