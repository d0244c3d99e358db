import Glibc
import Hosts

/// Exit codes of our own (sysexits(3)); a guest's pass through.
enum ExitCode: Int32 {
  case success = 0
  /// A test failed.
  case failure = 1
  case usage = 64
  /// The module is missing, malformed, invalid, or asks for what is not there.
  case data = 65
  /// Nothing was tested, as the test tools that know this code mean it.
  case untested = 77
  /// The processor is too old.
  case unavailable = 69
  /// The system has no memory or address space left for us.
  case system = 71
  /// What was to be written could not be.
  case output = 74
  /// As a shell shows a process that called abort(3).
  case trap = 134
}

/// Writes straight to descriptors. Nothing is buffered, so leaving costs nothing and loses nothing.
enum Output {
  /// Writes all of it, or leaves with a message: who reads half of an answer takes it for the whole.
  static func write(_ text: String, to descriptor: Int32) {
    if put(text, to: descriptor) { return }
    let reason = String(cString: strerror(errno))
    if descriptor == STDERR_FILENO { exit(.output) }
    fail("cannot write to \(descriptor == STDOUT_FILENO ? "standard output" : "descriptor \(descriptor)"): \(reason)", .output)
  }

  private static func put(_ text: String, to descriptor: Int32) -> Bool {
    var text = text
    return text.withUTF8 { write(UnsafeRawBufferPointer($0), to: descriptor) }
  }

  /// Whether all of it was written; `errno` says why not.
  @discardableResult
  static func write(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) -> Bool {
    var written = 0
    while written < bytes.count {
      let count = Glibc.write(descriptor, bytes.baseAddress! + written, bytes.count - written)
      if count < 0 && errno != EINTR { return false }
      written += max(0, count)
    }
    return true
  }

  /// Writes a file anew, or leaves with a message.
  static func write(_ text: String, toFile path: String) {
    let file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
    guard file >= 0 else { fail("cannot write \(path): \(String(cString: strerror(errno)))", .data) }
    guard put(text, to: file), close(file) == 0 else {
      fail("cannot write \(path): \(String(cString: strerror(errno)))", .output)
    }
  }

  /// Leaves without tearing down what the kernel frees anyway.
  static func exit(_ code: ExitCode) -> Never { _exit(code.rawValue) }

  /// Writes to standard output and leaves successfully.
  static func finish(_ text: String) -> Never {
    write(text, to: 1)
    exit(.success)
  }

  /// One line, `error: …`, and leaves.
  static func fail(_ message: String, _ code: ExitCode) -> Never {
    write("error: \(PrintableText.of(message))\n", to: 2)
    exit(code)
  }
}
