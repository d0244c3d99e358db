import Glibc
import Testing

@testable import WASI

@Suite("Poll")
struct PollTests {
  /// Writes a subscription at index `index` of the list at 4096.
  private func subscribe(
    _ guest: TestGuest, _ index: Int, userdata: UInt64, clock: UInt32, timeout: UInt64, absolute: Bool = false
  ) {
    let base = 4096 + index * Int(Subscription.size(guest.dialect))
    let content = base + (guest.dialect == .preview1 ? 16 : 24)
    guest.store(userdata, at: base)
    guest.store(UInt8(0), at: base + 8)
    guest.store(clock, at: content)
    guest.store(timeout, at: content + 8)
    guest.store(UInt64(0), at: content + 16)
    guest.store(UInt16(absolute ? 1 : 0), at: content + 24)
  }

  private func subscribe(_ guest: TestGuest, _ index: Int, userdata: UInt64, _ type: EventType, _ descriptor: UInt32) {
    let base = 4096 + index * Int(Subscription.size(guest.dialect))
    guest.store(userdata, at: base)
    guest.store(type.rawValue, at: base + 8)
    guest.store(descriptor, at: base + 16)
  }

  struct Happened: Equatable {
    var userdata: UInt64
    var error: UInt16
    var type: UInt8
    var byteCount: UInt64
    var flags: UInt16
  }

  private func poll(_ guest: TestGuest, _ count: UInt64) throws -> [Happened] {
    try guest.succeed("poll_oneoff", 4096, 8192, count, 0)
    return (0..<Int(guest.load(0, as: UInt32.self))).map {
      let base = 8192 + $0 * 32
      return Happened(
        userdata: guest.load(base), error: guest.load(base + 8), type: guest.load(base + 10), byteCount: guest.load(base + 16),
        flags: guest.load(base + 24))
    }
  }

  private func elapsed(_ body: () throws -> Void) rethrows -> UInt64 {
    let start = Clock.monotonic.now
    try body()
    return Clock.monotonic.now - start
  }

  @Test func `refuses an empty list, unknown clocks and closed descriptors`() throws {
    let guest = try TestGuest()
    #expect(guest.call("poll_oneoff", 4096, 8192, 0, 0) == .inval)
    subscribe(guest, 0, userdata: 1, clock: 9, timeout: 0)
    #expect(guest.call("poll_oneoff", 4096, 8192, 1, 0) == .inval)
    subscribe(guest, 0, userdata: 1, clock: 2, timeout: 0)
    #expect(guest.call("poll_oneoff", 4096, 8192, 1, 0) == .inval)
    subscribe(guest, 0, userdata: 1, clock: 1, timeout: 0)
    subscribe(guest, 1, userdata: 2, .read, 99)
    #expect(guest.call("poll_oneoff", 4096, 8192, 2, 0) == .badf)
    guest.store(UInt8(3), at: 4096 + 8)
    #expect(guest.call("poll_oneoff", 4096, 8192, 1, 0) == .inval)
    #expect(guest.call("poll_oneoff", 4096, 65520, 1, 0) == .fault)
    #expect(guest.call("poll_oneoff", 4096, 8192, 0x8000_0000, 0) == .inval)
  }

  @Test(arguments: [Dialect.preview1, .unstable]) func `sleeps as long as a single clock says`(dialect: Dialect) throws {
    let guest = try TestGuest()
    guest.dialect = dialect
    subscribe(guest, 0, userdata: 77, clock: 1, timeout: 30_000_000)
    var events: [Happened] = []
    let time = try elapsed { events = try poll(guest, 1) }
    #expect((30_000_000...2_000_000_000).contains(time))
    #expect(events == [Happened(userdata: 77, error: 0, type: 0, byteCount: 0, flags: 0)])
    subscribe(guest, 0, userdata: 78, clock: 0, timeout: Clock.realtime.now + 20_000_000, absolute: true)
    #expect(try elapsed { events = try poll(guest, 1) } >= 19_000_000)
    subscribe(guest, 0, userdata: 79, clock: 0, timeout: 1, absolute: true)
    #expect(try elapsed { events = try poll(guest, 1) } < 1_000_000_000)
    #expect(events.map(\.userdata) == [79])
  }

  @Test func `finds files ready at once and tells what is left of them`() throws {
    let guest = try TestGuest()
    try TestGuest.write("12345", to: guest.inside + "/file")
    let file = UInt32(try guest.open("file").get())
    _ = try guest.read(UInt64(file), 2).get()
    subscribe(guest, 0, userdata: 1, .read, file)
    subscribe(guest, 1, userdata: 2, .write, file)
    subscribe(guest, 2, userdata: 3, clock: 1, timeout: 10_000_000_000)
    #expect(
      try poll(guest, 3) == [
        Happened(userdata: 1, error: 0, type: 1, byteCount: 3, flags: 0),
        Happened(userdata: 2, error: 0, type: 2, byteCount: 1, flags: 0),
      ])
  }

  @Test func `waits for a pipe, and notices when it is closed`() throws {
    var ends: [Int32] = [0, 0]
    #expect(pipe(&ends) == 0)
    defer { close(ends[0]) }
    let guest = try TestGuest { $0.standardStreams = [ends[0], 1, 2] }
    subscribe(guest, 0, userdata: 1, .read, 0)
    subscribe(guest, 1, userdata: 2, clock: 1, timeout: 20_000_000)
    subscribe(guest, 2, userdata: 3, clock: 0, timeout: 10_000_000_000)
    var events: [Happened] = []
    #expect(try elapsed { events = try poll(guest, 3) } >= 20_000_000)
    #expect(events.map(\.userdata) == [2])
    #expect(write(ends[1], "abc", 3) == 3)
    #expect(try poll(guest, 3) == [Happened(userdata: 1, error: 0, type: 1, byteCount: 3, flags: 0)])
    close(ends[1])
    _ = try guest.read(0).get()
    #expect(try poll(guest, 3) == [Happened(userdata: 1, error: 0, type: 1, byteCount: 0, flags: 1)])
  }

  @Test func `tells a writer that nobody reads`() throws {
    var ends: [Int32] = [0, 0]
    #expect(pipe(&ends) == 0)
    defer { close(ends[1]) }
    let guest = try TestGuest { $0.standardStreams = [0, ends[1], 2] }
    close(ends[0])
    subscribe(guest, 0, userdata: 1, .write, 1)
    subscribe(guest, 1, userdata: 2, clock: 1, timeout: 10_000_000_000)
    let events = try poll(guest, 2)
    #expect(events.map(\.userdata) == [1])
    #expect(events.first?.error == Errno.pipe.rawValue)
  }
}
