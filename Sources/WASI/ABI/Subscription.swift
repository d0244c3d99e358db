/// What `poll_oneoff` waits for (preview 1, `subscription`).
struct Subscription {
  enum Event {
    /// `timeout` in nanoseconds, from now or, if `absolute`, on the clock.
    case clock(id: UInt32, timeout: UInt64, absolute: Bool)
    case read(descriptor: UInt32)
    case write(descriptor: UInt32)
  }

  var userdata: UInt64
  var event: Event

  /// Bytes in memory. Preview 0 had an identifier in front of the clock's fields.
  static func size(_ dialect: Dialect) -> UInt32 { dialect == .preview1 ? 48 : 56 }

  /// Tag at 8, content from 16 on: clock id, timeout (+8), precision (+16) and flags (+24), or a descriptor.
  init(from guest: GuestView, at address: UInt32, _ dialect: Dialect) throws(Errno) {
    userdata = try guest.load(address, as: UInt64.self)
    let content = address &+ 16
    switch EventType(rawValue: try guest.load(address &+ 8, as: UInt8.self)) {
    case .clock:
      let clock = dialect == .preview1 ? content : content &+ 8
      event = .clock(
        id: try guest.load(clock, as: UInt32.self), timeout: try guest.load(clock &+ 8, as: UInt64.self),
        absolute: try guest.load(clock &+ 24, as: UInt16.self) & 1 != 0)
    case .read: event = .read(descriptor: try guest.load(content, as: UInt32.self))
    case .write: event = .write(descriptor: try guest.load(content, as: UInt32.self))
    case nil: throw .inval
    }
  }
}

/// Kinds of events (preview 1, `eventtype`).
enum EventType: UInt8 {
  case clock = 0
  case read = 1
  case write = 2
}

/// What happened (preview 1, `event`).
struct Event {
  var userdata: UInt64
  var error: Errno = .success
  var type: EventType
  /// Bytes that can be read or written.
  var byteCount: UInt64 = 0
  /// The other side has hung up.
  var hangUp = false

  /// Bytes in memory: userdata at 0, error at 8, type at 10, byte count at 16, flags at 24.
  static let size: UInt32 = 32

  func write(to guest: GuestView, at address: UInt32) throws(Errno) {
    var bytes = ByteWriter(try guest.bytes(address, Self.size))
    bytes.write(userdata)
    bytes.write(error.rawValue)
    bytes.write(type.rawValue)
    bytes.pad(to: 16)
    bytes.write(byteCount)
    bytes.write(UInt16(hangUp ? 1 : 0))
    bytes.pad(to: 32)
  }
}
