import Glibc

/// Lines for containerd's own log, through the pipe named `log` in the bundle that containerd reads (core/runtime/v2 README, "Logging").
struct ShimLog {
  private let descriptor: Int32

  /// - Parameter bundle: where the pipe is. Without a reader nothing is logged.
  init(bundle: String) { descriptor = open(bundle + "/log", O_WRONLY | O_NONBLOCK | O_CLOEXEC) }

  func info(_ message: String) { write("info", message) }
  func warn(_ message: String) { write("warning", message) }
  func error(_ message: String) { write("error", message) }

  private func write(_ level: String, _ message: String) {
    guard descriptor >= 0 else { return }
    var text = ""
    for scalar in message.unicodeScalars {
      switch scalar {
      case "\"", "\\": text += "\\" + String(scalar)
      case "\n": text += "\\n"
      default: text.unicodeScalars.append(scalar)
      }
    }
    FileDescriptor.write("time=\"\(Self.time)\" level=\(level) msg=\"\(text)\"\n", to: descriptor)
  }

  /// RFC 3339, in UTC.
  private static var time: String {
    var now = time_t(Moment.now.seconds)
    var parts = tm()
    gmtime_r(&now, &parts)
    func two(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return
      "\(parts.tm_year + 1900)-\(two(parts.tm_mon + 1))-\(two(parts.tm_mday))T\(two(parts.tm_hour)):\(two(parts.tm_min)):\(two(parts.tm_sec))Z"
  }
}
