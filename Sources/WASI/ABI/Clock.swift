import Glibc

/// The guest's clocks (preview 1, `clockid`).
enum Clock: UInt32 {
  case realtime = 0
  case monotonic = 1
  case processTime = 2
  case threadTime = 3

  var host: clockid_t {
    switch self {
    case .realtime: CLOCK_REALTIME
    case .monotonic: CLOCK_MONOTONIC
    case .processTime: CLOCK_PROCESS_CPUTIME_ID
    case .threadTime: CLOCK_THREAD_CPUTIME_ID
    }
  }

  /// Nanoseconds.
  var now: UInt64 {
    var time = timespec()
    clock_gettime(host, &time)
    return time.nanoseconds
  }
}
