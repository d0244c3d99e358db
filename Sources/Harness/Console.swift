import Foundation
import Report

/// Standard output for answers, standard error for everything said on the way. What is said holds words of others (guests, file names):
/// none of them reaches a terminal as something it would obey.
enum Console {
  /// - Parameter styled: the text has our own ANSI styles, and whoever made it has cleaned the rest.
  static func print(_ text: String, styled: Bool = false) {
    let shown = styled ? text : printable(lines: text)
    write(shown.hasSuffix("\n") ? shown : shown + "\n", to: 1)
  }

  /// One line.
  static func error(_ line: String) { write(printable(line) + "\n", to: 2) }

  /// Writes all of it; a reader that went away is no error of ours.
  static func write(_ text: String, to descriptor: CInt) {
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0 {
        if errno == EINTR { continue }
        return
      }
      bytes = bytes.dropFirst(count)
    }
  }

  /// A terminal that can rewrite a line.
  static func isLiveTerminal(_ descriptor: CInt) -> Bool {
    isatty(descriptor) == 1 && !["", "dumb"].contains(variable("TERM") ?? "")
  }

  /// Colour only on a terminal, and not where NO_COLOR asks for none (https://no-color.org: present and not empty).
  static var hasColor: Bool { isLiveTerminal(1) && (variable("NO_COLOR") ?? "").isEmpty }

  /// Columns of the terminal behind a descriptor; 100 where there is none.
  static func width(of descriptor: CInt) -> Int {
    var size = winsize()
    if ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 { return Int(size.ws_col) }
    return variable("COLUMNS").flatMap { Int($0) }.map { min(max($0, 40), 400) } ?? 100
  }

  private static func variable(_ name: String) -> String? { ProcessInfo.processInfo.environment[name] }
}

/// Rows in columns as wide as their widest cell, two spaces apart.
func columns(_ rows: [[String]]) -> String {
  guard let count = rows.map(\.count).max() else { return "" }
  let widths = (0..<count).map { column in rows.map { column < $0.count ? $0[column].count : 0 }.max() ?? 0 }
  return rows.map { row in
    row.enumerated().map { column, cell in
      column == row.count - 1 ? cell : cell + String(repeating: " ", count: widths[column] - cell.count)
    }.joined(separator: "  ")
  }.joined(separator: "\n")
}

/// Seconds for people: `8 s`, `1 min 20 s`, `2 h 05 min`.
func durationText(_ seconds: Double) -> String {
  let whole = Int(min(max(seconds, 0), 1e9).rounded())
  if whole < 60 { return "\(whole) s" }
  if whole < 3600 { return "\(whole / 60) min \(twoDigits(whole % 60)) s" }
  return "\(whole / 3600) h \(twoDigits(whole % 3600 / 60)) min"
}

private func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
