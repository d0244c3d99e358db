import Foundation

/// A terminal with the suite at the keyboard.
final class Pseudoterminal {
  private let keyboard: CInt
  let process: pid_t
  private(set) var screen: [UInt8] = []
  private var exitCode: Int32?

  /// Starts a program on a new terminal of that size.
  init(_ words: [String], columns: UInt16 = 80, rows: UInt16 = 24) throws {
    var size = winsize(ws_row: rows, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
    var (master, terminal): (CInt, CInt) = (-1, -1)
    var name = [CChar](repeating: 0, count: 256)
    guard openpty(&master, &terminal, &name, nil, &size) == 0 else { throw Failed("no terminal: \(String(cString: strerror(errno)))") }
    keyboard = master
    for descriptor in [master, terminal] { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
    defer { close(terminal) }
    let path = String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    var variables = Program.environment
    variables["TERM"] = "xterm"
    process = try Children.start(words, environment: variables, folder: nil, streams: .init(terminal: path))
    _ = fcntl(keyboard, F_SETFL, O_NONBLOCK)
  }

  deinit { close(keyboard) }

  func type(_ text: String) { _ = text.withCString { write(keyboard, $0, strlen($0)) } }

  func resize(columns: UInt16, rows: UInt16) {
    var size = winsize(ws_row: rows, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
    _ = ioctl(keyboard, UInt(TIOCSWINSZ), &size)
  }

  private func look() {
    var buffer = [UInt8](repeating: 0, count: 4096)
    while case let count = read(keyboard, &buffer, buffer.count), count > 0 { screen += buffer[..<count] }
  }

  var text: String {
    look()
    // A client may leave its own terminal to put a carriage return before every line's end, beside the guest's.
    return String(decoding: screen, as: UTF8.self).replacing("\r\r\n", with: "\r\n")
  }

  /// - Throws: `Failed` if the text does not appear in time.
  func expect(_ wanted: String, limit: Double = 15) throws {
    let appeared = Clock.waits(limit) { text.contains(wanted) || !isRunning }
    guard appeared, text.contains(wanted) else {
      throw Failed("\"\(wanted.visible)\" did not appear on the terminal, which shows \"\(text.suffix(200).visible)\"")
    }
  }

  var isRunning: Bool {
    if exitCode == nil { exitCode = Children.wait(process, limit: 0) }
    return exitCode == nil
  }

  /// - Throws: `Failed` if the program does not end in time; it is killed then.
  func finish(limit: Double = 15) throws -> Int32 {
    _ = Clock.waits(limit) {
      look()
      return !isRunning
    }
    look()
    guard let exitCode else {
      kill(process, SIGKILL)
      _ = Children.wait(process, limit: 5)
      throw Failed("the client on the terminal did not end within \(Clock.told(limit)) s; it shows \"\(text.suffix(200).visible)\"")
    }
    return exitCode
  }
}

extension StringProtocol {
  /// With line ends and other controls written out.
  var visible: String {
    unicodeScalars.map {
      $0.value < 32 ? ["\n": "\\n", "\r": "\\r", "\t": "\\t"][String($0)] ?? "\\x\(String($0.value, radix: 16))" : String($0)
    }
    .joined()
  }
}
