import Protobuf

/// Where a process' input and output are.
public struct TaskIO: Message, Equatable {
  /// Path of the FIFO to read from, or empty for none.
  public var stdin = ""
  /// Path of the FIFO or the URI to write to, or empty for none.
  public var stdout = ""
  /// The same for errors; empty with a terminal, too.
  public var stderr = ""
  /// Whether the process has a terminal.
  public var terminal = false

  public init() {}

  /// Every field, at its default where none is given.
  public init(stdin: String = "", stdout: String = "", stderr: String = "", terminal: Bool = false) {
    self.stdin = stdin
    self.stdout = stdout
    self.stderr = stderr
    self.terminal = terminal
  }

  public mutating func take(_ field: Field) throws(WireError) {
    switch field.number {
    case 1: stdin = try field.string()
    case 2: stdout = try field.string()
    case 3: stderr = try field.string()
    case 4: terminal = try field.bool()
    default: break
    }
  }

  public func write(to writer: inout MessageWriter) {
    writer.field(1, stdin)
    writer.field(2, stdout)
    writer.field(3, stderr)
    writer.field(4, terminal)
  }
}
