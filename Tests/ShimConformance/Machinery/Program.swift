import Foundation

/// A program that runs beside the suite, with its output in files: neither side can wait for the other.
final class Program {
  let process: pid_t
  let outputPath: String
  let errorsPath: String
  private let words: [String]
  private let begun = Clock.now
  private var exitCode: Int32?
  /// The end of a pipe to its standard input, while it is open.
  private var input: CInt?

  /// What becomes of standard input.
  enum Input {
    /// `/dev/null`.
    case none
    /// These bytes, then the end.
    case bytes([UInt8])
    /// A pipe that stays open until `closeInput`.
    case open
  }

  init(
    _ words: [String], environment: [String: String] = Program.environment, folder: String? = nil, input: Input = .none, output: CInt? = nil
  ) throws {
    self.words = words
    let name = Scratch.newPath("program")
    outputPath = name + ".out"
    errorsPath = name + ".err"
    let errors = open(errorsPath, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    let ownOutput = output ?? open(outputPath, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard errors >= 0, ownOutput >= 0 else { throw Failed("no room for the output of \(words[0]) in \(Scratch.folder)") }
    defer {
      close(errors)
      if output == nil { close(ownOutput) }
    }
    var source: CInt?
    switch input {
    case .none: break
    case .bytes(let bytes):
      try Data(bytes).write(to: URL(fileURLWithPath: name + ".in"))
      source = open(name + ".in", O_RDONLY | O_CLOEXEC)
    case .open:
      let ends = try Files.makePipe()
      source = ends.reading
      self.input = ends.writing
    }
    defer { if let source { close(source) } }
    process = try Children.start(
      words, environment: environment, folder: folder, streams: .init(input: source, output: ownOutput, errors: errors))
  }

  /// The suite's own, with the folders of administrators on the path.
  static var environment: [String: String] {
    var variables = ProcessInfo.processInfo.environment
    variables["PATH"] = searchPath.joined(separator: ":")
    return variables
  }

  static var searchPath: [String] {
    let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
    return path.split(separator: ":").map(String.init) + ["/usr/local/sbin", "/usr/sbin", "/sbin"]
  }

  /// Where a program is, as a shell would find it.
  static func find(_ name: String) -> String? {
    searchPath.map { $0 + "/" + name }.first { FileManager.default.isExecutableFile(atPath: $0) }
  }

  var isRunning: Bool {
    if exitCode == nil { exitCode = Children.wait(process, limit: 0) }
    return exitCode == nil
  }

  func write(_ text: String) {
    guard let input else { return }
    _ = text.withCString { Foundation.write(input, $0, strlen($0)) }
  }

  func closeInput() {
    if let input { close(input) }
    input = nil
  }

  /// What it has written so far.
  var output: String { Files.text(outputPath) }
  var errors: String { Files.text(errorsPath) }

  func signal(_ number: CInt) { if isRunning { kill(process, number) } }

  /// Waits for its end.
  /// - Throws: `Failed` if it does not end in time; it is killed then.
  @discardableResult
  func finish(limit: Double = 30) throws -> Finished {
    if exitCode == nil { exitCode = Children.wait(process, limit: limit) }
    closeInput()
    guard let exitCode else {
      kill(process, SIGKILL)
      _ = Children.wait(process, limit: 5)
      throw Failed("`\(shortened)` did not end within \(Clock.told(limit)) s")
    }
    defer { for path in [outputPath, errorsPath] { unlink(path) } }
    return Finished(code: exitCode, bytes: Files.bytes(outputPath), errors: errors, seconds: Clock.now - begun, command: shortened)
  }

  private var shortened: String {
    let line = ([words[0].split(separator: "/").last.map(String.init) ?? ""] + words.dropFirst()).joined(separator: " ")
    return line.count > 100 ? line.prefix(97) + "…" : line
  }

  /// Runs a program to its end.
  static func run(
    _ words: [String], environment: [String: String] = Program.environment, folder: String? = nil, input: Input = .none, limit: Double = 30
  ) throws -> Finished {
    try Program(words, environment: environment, folder: folder, input: input).finish(limit: limit)
  }
}

/// How a program ended and what it said.
struct Finished {
  var code: Int32
  var bytes: [UInt8]
  var errors: String
  /// From its start to the moment its end was seen.
  var seconds: Double
  var command: String

  /// Its standard output as text.
  var output: String { String(decoding: bytes, as: UTF8.self) }

  /// The last line of what it said on standard error, or the last of its output.
  var lastLine: String {
    let lines = (errors.isEmpty ? output : errors).split(separator: "\n")
    return lines.last.map { String($0.prefix(300)) } ?? "it said nothing"
  }

  /// - Throws: `Failed` unless it ended with 0.
  @discardableResult
  func succeeded() throws -> Finished {
    guard code == 0 else { throw Failed("`\(command)` ended with \(code): \(lastLine)") }
    return self
  }
}
