import FoundationEssentials
import Glibc

/// Names things after the process that owns them, so that what a dead process left behind can be told from what is in use.
///
/// A process number alone comes back into use; together with the process's start time it does not.
struct OwnerMark: Equatable {
  var process: pid_t
  /// Clock ticks after boot (/proc/PID/stat, field 22).
  var start: UInt64

  /// This process.
  static let own = OwnerMark(process: getpid(), start: startTime(of: getpid()) ?? 0)

  /// `PID.START`
  var text: String { "\(process).\(start)" }

  init(process: pid_t, start: UInt64) {
    self.process = process
    self.start = start
  }

  /// Reads `text` back.
  init?(_ text: some StringProtocol) {
    let parts = text.split(separator: ".")
    guard parts.count == 2, let process = pid_t(parts[0]), let start = UInt64(parts[1]) else { return nil }
    self.init(process: process, start: start)
  }

  /// Whether the owner still runs.
  var isAlive: Bool { Self.startTime(of: process) == start }

  private static func startTime(of process: pid_t) -> UInt64? {
    guard let line = SystemFile.text("/proc/\(process)/stat"), let end = line.lastIndex(of: ")") else { return nil }
    // After the name: field 3 is the state, so field 22 is the 20th.
    let fields = line[line.index(after: end)...].split(separator: " ")
    // One that is dead and only waits to be reaped owns nothing any more.
    return fields.count > 19 && fields[0] != "Z" && fields[0] != "X" ? UInt64(fields[19]) : nil
  }
}

/// Small files of /proc and /sys.
enum SystemFile {
  /// The whole text, or nil where the file cannot be read.
  static func text(_ path: String) -> String? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 16384)
    while true {
      let count = read(descriptor, &chunk, chunk.count)
      guard count > 0 else { break }
      bytes += chunk[..<count]
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Text without the space around it.
  static func line(_ path: String) -> String? {
    guard let text = text(path) else { return nil }
    let trimmed = text.drop(while: \.isWhitespace)
    return String(trimmed.reversed().drop(while: \.isWhitespace).reversed())
  }

  static func number(_ path: String) -> UInt64? { line(path).flatMap { UInt64($0) } }

  @discardableResult
  static func write(_ text: String, to path: String) -> Bool {
    let descriptor = open(path, O_WRONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    return Glibc.write(descriptor, text, text.utf8.count) == text.utf8.count
  }

  static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  /// Names in a folder, without `.` and `..`.
  static func entries(_ folder: String) -> [String] {
    (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
  }
}
