import Glibc

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
  /// As a shell shows a process that called abort(3).
  case trap = 134
}

/// Writes straight to descriptors. Nothing is buffered, so leaving costs nothing and loses nothing.
enum Output {
  static func write(_ text: String, to descriptor: Int32) {
    var text = text
    text.withUTF8 { write(UnsafeRawBufferPointer($0), to: descriptor) }
  }

  static func write(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) {
    var written = 0
    while written < bytes.count {
      let count = Glibc.write(descriptor, bytes.baseAddress! + written, bytes.count - written)
      if count < 0 && errno != EINTR { return }
      written += max(0, count)
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
    write("error: \(printable(message))\n", to: 2)
    exit(code)
  }

  /// The text with control characters and marks that turn the direction of writing spelled out: names come from modules, and a module must
  /// neither colour the terminal nor forge a line.
  static func printable(_ text: String) -> String {
    func isHarmless(_ scalar: Unicode.Scalar) -> Bool {
      switch scalar.value {
      case 0..<0x20, 0x7F..<0xA0, 0x061C, 0x200E...0x200F, 0x2028...0x202E, 0x2066...0x2069: false
      default: true
      }
    }
    guard !text.unicodeScalars.allSatisfy(isHarmless) else { return text }
    var result = ""
    for scalar in text.unicodeScalars {
      if isHarmless(scalar) { result.unicodeScalars.append(scalar) } else { result += "\\u{" + String(scalar.value, radix: 16) + "}" }
    }
    return result
  }
}
