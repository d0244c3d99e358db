import Glibc

/// `clock_*`: nanoseconds of the host's clocks.
enum ClockCalls {
  /// Arguments: clock, where the resolution goes.
  static func getResolution(_ call: Call) throws(Errno) {
    var resolution = timespec()
    guard let clock = Clock(rawValue: call.i32(0)) else { throw .inval }
    guard clock_getres(clock.host, &resolution) == 0 else { throw .last }
    try call.guest.store(resolution.nanoseconds, at: call.i32(1))
  }

  /// Arguments: clock, wanted precision (every clock gives its best), where the time goes.
  static func getTime(_ call: Call) throws(Errno) {
    guard let clock = Clock(rawValue: call.i32(0)) else { throw .inval }
    try call.guest.store(clock.now, at: call.i32(2))
  }
}
