import Glibc
import Testing
import VM

@testable import WASI

@Suite("Arguments, clocks, random bytes, signals")
struct ProcessTests {
  @Test func `lays out arguments and variables`() throws {
    let guest = try TestGuest {
      $0.arguments = [List("prog.wasm".utf8), [], List("two words".utf8)]
      $0.environment = [List("A=1".utf8)]
    }
    try guest.succeed("args_sizes_get", 0, 4)
    #expect(guest.load(0, as: UInt32.self) == 3)
    #expect(guest.load(4, as: UInt32.self) == 21)
    try guest.succeed("args_get", 64, 128)
    #expect([64, 68, 72].map { guest.load($0, as: UInt32.self) } == [128, 138, 139])
    #expect(guest.content(128, 21) == "prog.wasm\0\0two words\0")
    try guest.succeed("environ_sizes_get", 0, 4)
    #expect(guest.load(0, as: UInt32.self) == 1)
    #expect(guest.load(4, as: UInt32.self) == 4)
    try guest.succeed("environ_get", 64, 128)
    #expect(guest.content(128, 4) == "A=1\0")
  }

  @Test func `has nothing to lay out when nothing was given`() throws {
    let guest = try TestGuest()
    try guest.succeed("args_sizes_get", 0, 4)
    #expect(guest.load(0, as: UInt64.self) == 0)
    try guest.succeed("args_get", 65536, 65536)
  }

  @Test func `tells the time of all four clocks`() throws {
    let guest = try TestGuest()
    for clock in 0..<4 as Range<UInt64> {
      try guest.succeed("clock_time_get", clock, 0, 0)
      let first = guest.load(0, as: UInt64.self)
      try guest.succeed("clock_time_get", clock, 0, 0)
      #expect(guest.load(0, as: UInt64.self) >= first)
      try guest.succeed("clock_res_get", clock, 0)
      #expect((1...100_000_000).contains(guest.load(0, as: UInt64.self)))
    }
    try guest.succeed("clock_time_get", 0, 0, 0)
    let now = UInt64(time(nil))
    #expect((now - 2...now + 2).contains(guest.load(0, as: UInt64.self) / 1_000_000_000))
    #expect(guest.call("clock_time_get", 4, 0, 0) == .inval)
    #expect(guest.call("clock_res_get", 4, 0) == .inval)
  }

  @Test func `fills buffers of any size with random bytes`() throws {
    let guest = try TestGuest()
    try guest.succeed("random_get", 1024, 0)
    try guest.succeed("random_get", 1024, 60000)
    #expect(Set((1024..<61024).map { guest.memory[$0] }).count == 256)
    #expect(guest.memory[1023] == 0 && guest.memory[61024] == 0)
    #expect(guest.call("random_get", 65530, 7) == .fault)
  }

  @Test func `raises no signal in the host's process`() throws {
    let guest = try TestGuest()
    #expect(guest.call("proc_raise", 0) == .success)
    // SIGKILL and SIGSTOP among them.
    for number in 1...30 as ClosedRange<UInt64> { #expect(guest.call("proc_raise", number) == .notsup) }
    #expect(guest.call("proc_raise", 31) == .inval)
    #expect(guest.call("proc_raise", 255) == .inval)
  }

  @Test func `yields`() throws {
    #expect(try TestGuest().call("sched_yield") == .success)
  }
}

@Suite("Addresses")
struct AddressTests {
  /// No address, count or descriptor for a memory of one page.
  private static let bad: [UInt64] = [65535, 65536, 0x7FFF_FFFF, 0xFFFF_FFF0, 0xFFFF_FFFF]

  /// Every function with one argument beyond memory: whatever comes of it, never a crash. With all of them: an error.
  @Test func `survives bad addresses in every argument`() throws {
    let guest = try TestGuest()
    _ = try guest.open("file", .create).get()
    // Without arguments and variables there is nothing to lay out; 65536 is no signal.
    let harmless: Set<String> = ["args_get", "environ_get", "proc_raise", "sched_yield"]
    for row in FunctionRow.all {
      let name = row.name.description
      let count = row.parameters.utf8CodeUnitCount
      for value in Self.bad {
        let error = guest.call(name, Array(repeating: value, count: count))
        #expect(harmless.contains(name) || [.fault, .inval, .badf].contains(error), "\(name) of \(value): \(error)")
        // It would close the file that the others use.
        for index in 0..<count where name != "fd_close" {
          var arguments = Array(repeating: UInt64(4), count: count)
          arguments[index] = value
          _ = guest.call(name, arguments)
        }
      }
    }
  }

  @Test func `polls nothing beyond memory`() throws {
    let guest = try TestGuest()
    for value in Self.bad {
      #expect(guest.call("poll_oneoff", value, 4096, 1, 0) == .fault)
      #expect(guest.call("poll_oneoff", 4096, value, 1, 0) == .fault)
      // More subscriptions than memory holds, and more than there can be.
      #expect(guest.call("poll_oneoff", 4096, 8192, value, 0) == (value > 65536 ? .inval : .fault))
      #expect(guest.call("poll_oneoff", 4096, 8192, 1, value) == .fault)
    }
    #expect(guest.call("poll_oneoff", 4096, 8192, 0, 0) == .inval)
  }

  @Test func `renumbers only open descriptors`() throws {
    let guest = try TestGuest()
    let file = try guest.open("file", .create).get()
    for value in Self.bad {
      #expect(guest.call("fd_renumber", value, value) == .badf)
      #expect(guest.call("fd_renumber", value, file) == .badf)
      #expect(guest.call("fd_renumber", file, value) == .badf)
    }
    try guest.succeed("fd_tell", file, 0)
  }

  @Test func `calls a bad address a fault`() throws {
    let guest = try TestGuest()
    let file = try guest.open("file", .create).get()
    guest.vector(65530, 7)
    #expect(guest.call("fd_write", file, 512, 1, 0) == .fault)
    #expect(guest.call("fd_read", file, 512, 1, 0) == .fault)
    guest.vector(0, 8)
    #expect(guest.call("fd_write", file, 65532, 1, 0) == .fault)
    #expect(guest.call("fd_write", file, 512, 1, 65533) == .fault)
    #expect(TestGuest.contents(of: guest.inside + "/file") == "")
    #expect(guest.call("fd_write", file, 512, 0x2000_0001, 0) == .fault)
    #expect(guest.call("clock_time_get", 0, 0, 65529) == .fault)
    #expect(guest.call("fd_filestat_get", file, 65500) == .fault)
    #expect(guest.call("path_create_directory", 3, 65530, 7) == .fault)
    #expect(guest.call("path_create_directory", 3, 0xFFFF_FFFF, 0xFFFF_FFFF) == .fault)
  }

  @Test func `opens nothing when the result has no place`() throws {
    let guest = try TestGuest()
    let (address, length) = guest.text("file")
    #expect(guest.call("path_open", 3, 0, address, length, 1, 0, 0, 0, 65533) == .fault)
    #expect(access(guest.inside + "/file", F_OK) != 0)
  }

  @Test func `knows no addresses without a memory`() throws {
    let guest = try TestGuest()
    var slots: [UInt64] = [0, 0, 0]
    let error = slots.withUnsafeMutableBufferPointer {
      guest.host.perform(FunctionRow.all[5], nil, $0.baseAddress!, .preview1)
    }
    #expect(error == .fault)
  }
}

@Suite("Function table")
struct FunctionTableTests {
  @Test func `has the 46 functions once each`() {
    let names = FunctionRow.all.map(\.name.description)
    // proc_exit, the 46th, returns nothing and is bound apart.
    #expect(names.count == 45)
    #expect(Set(names).count == 45)
    #expect(!names.contains("proc_exit"))
  }

  @Test func `binds both interfaces to a store`() throws {
    let guest = try TestGuest()
    let store = try Store()
    var imports = Imports()
    guest.host.define(in: &imports, store: store)
    for module in ["wasi_snapshot_preview1", "wasi_unstable"] {
      for row in FunctionRow.all {
        guard case .function(let function) = imports[module, row.name.description] else {
          #expect(module == "wasi_unstable" && row.isNamed("sock_accept"), "\(row.name)")
          continue
        }
        #expect(function.type == row.type)
        #expect(function.type.results == [.i32])
      }
      guard case .function(let exit) = imports[module, "proc_exit"] else { throw Errno.noent }
      #expect(exit.type == FunctionType([.i32]))
      #expect { try exit.call([.i32(7)]) } throws: { ($0 as? Trap)?.reason == .exit(7) }
    }
  }
}
