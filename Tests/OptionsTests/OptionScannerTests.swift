import Glibc
import Testing

@testable import Options

@Suite("Option scanner")
struct OptionScannerTests {
  private static let command = CommandDeclaration(
    name: "demo", summary: "Demonstrates", operands: "MODULE [ARGS…]",
    options: [.value("dir", "HOST", "opens a folder"), .value("directory", "D", "another"), .flag("quiet", "says less")],
    stopsAtFirstOperand: true)

  /// Options with their values, and the operands; nil if the scanner leaves the line to the declaration's reader.
  private func scan(_ arguments: [String]) -> (given: [String], operands: [String])? {
    var texts = arguments.map { strdup($0) } + [nil]
    defer { for text in texts { free(text) } }
    return texts.withUnsafeMutableBufferPointer { buffer in
      var options = OptionScanner(UnsafePointer(buffer.baseAddress!), from: 0)
      var given: [String] = []
      while options.next() {
        if options.isNamed("quiet") {
          guard !options.hasAttachedValue else { return nil }
          given.append("quiet=")
        } else if let name = ["dir", "directory"].first(where: { options.isNamed($0 == "dir" ? "dir" : "directory") }) {
          guard let value = options.value() else { return nil }
          given.append("\(name)=\(String(cString: value))")
        } else {
          return nil
        }
      }
      return (given, Array(arguments[options.index...]))
    }
  }

  /// Every line of up to four of these words.
  @Test func `reads what the declaration reads, and leaves the rest to it`() {
    let words = ["--dir", "--dir=", "--dir=a=b", "--directory=x", "--quiet", "--quiet=1", "--di", "--", "-", "-q", "m", "--=", "="]
    var lines: [[String]] = [[]]
    for _ in 0..<4 { lines += lines.filter { !$0.isEmpty || lines.count == 1 }.flatMap { line in words.map { line + [$0] } } }
    #expect(lines.count > 10_000)
    for line in Set(lines) {
      let parsed = try? Self.command.parse(line)
      let scanned = scan(line)
      #expect((parsed == nil) == (scanned == nil), "\(line)")
      #expect(parsed?.given.map { "\($0.name)=\($0.value)" } == scanned?.given, "\(line)")
      #expect(parsed?.operands == scanned?.operands, "\(line)")
    }
  }

  @Test func `leaves bytes as they are`() {
    var option: [CChar] = [0x2D, 0x2D, 0x64, 0x3D, -1, 0]
    option.withUnsafeMutableBufferPointer { option in
      var arguments = [option.baseAddress, nil]
      arguments.withUnsafeMutableBufferPointer { arguments in
        var options = OptionScanner(UnsafePointer(arguments.baseAddress!), from: 0)
        let (isThere, value) = (options.next() && options.isNamed("d"), options.value())
        #expect(isThere && value?[0] == -1 && value?[1] == 0)
        let isAnother = options.next()
        #expect(!isAnother)
      }
    }
  }
}
