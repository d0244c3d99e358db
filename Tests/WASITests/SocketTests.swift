import Glibc
import Testing

@testable import WASI

@Suite("Sockets")
struct SocketTests {
  private func pair(_ type: Int32) -> (Int32, Int32) {
    var ends: [Int32] = [0, 0]
    #expect(socketpair(AF_UNIX, type, 0, &ends) == 0)
    return (ends[0], ends[1])
  }

  @Test func `sends, receives, peeks and shuts down`() throws {
    let (ours, theirs) = pair(Int32(SOCK_STREAM.rawValue))
    defer { close(theirs) }
    let guest = try TestGuest { $0.sockets = [ours] }
    let (address, length) = guest.text("ping")
    guest.vector(address, length)
    try guest.succeed("sock_send", 4, 512, 1, 0, 0)
    #expect(guest.load(0, as: UInt32.self) == 4)
    var buffer = [UInt8](repeating: 0, count: 16)
    #expect(recv(theirs, &buffer, 16, 0) == 4)
    #expect(buffer.prefix(4) == Array("ping".utf8)[...])
    #expect(send(theirs, "answer", 6, 0) == 6)
    guest.vector(128, 100)
    try guest.succeed("sock_recv", 4, 512, 1, 1, 0, 8)
    #expect(guest.content(128, guest.load(0)) == "answer")
    try guest.succeed("sock_recv", 4, 512, 1, 0, 0, 8)
    #expect(guest.content(128, guest.load(0)) == "answer")
    #expect(guest.load(8, as: UInt16.self) == 0)
    try guest.succeed("sock_shutdown", 4, 2)
    #expect(recv(theirs, &buffer, 16, 0) == 0)
    #expect(guest.call("sock_send", 4, 512, 1, 0, 0) == .pipe)
    #expect(guest.call("sock_shutdown", 4, 0) == .inval)
    #expect(guest.call("sock_recv", 4, 512, 1, 4, 0, 8) == .inval)
    try guest.succeed("fd_fdstat_get", 4, 64)
    #expect(guest.load(64, as: UInt8.self) == FileType.socketStream.rawValue)
  }

  @Test func `says when the rest of a message was lost`() throws {
    let (ours, theirs) = pair(Int32(SOCK_DGRAM.rawValue))
    defer { close(theirs) }
    let guest = try TestGuest { $0.sockets = [ours] }
    #expect(send(theirs, "longer", 6, 0) == 6)
    guest.vector(128, 4)
    try guest.succeed("sock_recv", 4, 512, 1, 0, 0, 8)
    #expect(guest.content(128, guest.load(0)) == "long")
    #expect(guest.load(8, as: UInt16.self) == 1)
    try guest.succeed("fd_fdstat_get", 4, 64)
    #expect(guest.load(64, as: UInt8.self) == FileType.socketDatagram.rawValue)
  }

  @Test func `accepts connections on an inherited listener`() throws {
    let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let client = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(client) }
    withUnsafeMutablePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        #expect(bind(listener, $0, size) == 0)
        #expect(listen(listener, 1) == 0)
        #expect(getsockname(listener, $0, &size) == 0)
        #expect(connect(client, $0, size) == 0)
      }
    }
    let guest = try TestGuest { $0.sockets = [listener] }
    try guest.succeed("sock_accept", 4, UInt64(DescriptorFlags.nonBlocking.rawValue), 0)
    let connection = UInt64(guest.load(0, as: UInt32.self))
    #expect(connection == 5)
    #expect(try guest.write(connection, "hello").get() == 5)
    var buffer = [UInt8](repeating: 0, count: 16)
    #expect(recv(client, &buffer, 16, 0) == 5)
    #expect(guest.read(connection).errno == .again)
    #expect(guest.call("sock_accept", 4, UInt64(DescriptorFlags.append.rawValue), 0) == .inval)
    try guest.succeed("fd_fdstat_set_flags", 4, UInt64(DescriptorFlags.nonBlocking.rawValue))
    #expect(guest.call("sock_accept", 4, 0, 0) == .again)
  }

  @Test func `knows what is no socket`() throws {
    let null = open("/dev/null", O_RDWR)
    defer { close(null) }
    let guest = try TestGuest { $0.standardStreams = [null, null, null] }
    #expect(guest.call("sock_shutdown", 1, 1) == .notsock)
    #expect(guest.call("sock_shutdown", 99, 1) == .badf)
    #expect(guest.call("sock_accept", 0, 0, 0) == .notsock)
    guest.vector(128, 4)
    #expect(guest.call("sock_recv", 0, 512, 1, 0, 0, 8) == .notsock)
    #expect(guest.call("sock_send", 1, 512, 1, 0, 0) == .notsock)
    #expect(guest.call("sock_accept", 3, 0, 0) == .badf)
  }
}
