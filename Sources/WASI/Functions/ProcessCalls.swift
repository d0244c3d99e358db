import Glibc

/// Calls about the process: signals, the processor, random bytes.
enum ProcessCalls {
  /// Arguments: signal. Raises it for the whole process; an ignored one lets the guest go on.
  static func raise(_ call: Call) throws(Errno) {
    let number = UInt8(truncatingIfNeeded: call.i32(0))
    guard number != 0 else { return }
    guard let signal = WASIHost.hostSignal(number) else { throw .inval }
    guard Glibc.raise(signal) == 0 else { throw .last }
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
