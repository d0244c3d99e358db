import Glibc

/// Calls about the process: signals, the processor, random bytes.
enum ProcessCalls {
  /// Preview 1 numbers its signals from 1 to 30; 0 is none.
  private static let lastSignal: UInt8 = 30

  /// Arguments: signal. None is raised: it would hit the host's process, which a guest must neither stop nor end as if the engine had
  /// crashed. `notsup` therefore, and `inval` for what is no signal.
  static func raise(_ call: Call) throws(Errno) {
    let number = UInt8(truncatingIfNeeded: call.i32(0))
    guard number != 0 else { return }
    throw number <= lastSignal ? .notsup : .inval
  }

  static func yield(_ call: Call) throws(Errno) {
    guard sched_yield() == 0 else { throw .last }
  }

  /// Arguments: buffer, its length.
  static func getRandom(_ call: Call) throws(Errno) {
    let buffer = try call.guest.bytes(call.i32(0), call.i32(1))
    var filled = 0
    while filled < buffer.count {
      // The kernel gives at most 32 MiB at a time.
      let count = getrandom(buffer.baseAddress! + filled, buffer.count - filled, 0)
      if count > 0 {
        filled += count
      } else if errno != EINTR {
        throw .last
      }
    }
  }
}
