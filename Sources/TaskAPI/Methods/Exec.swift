import Protobuf

/// Adds a process to a container, which waits for `Start`.
/// Answered with an empty message.
public struct ExecProcessRequest: Message, Equatable {
  /// The container.
  public var id = ""
  /// The name of the new process.
  public var execID = ""
  /// Whether the process has a terminal.
  public var terminal = false
  /// Path of the FIFO to read from, or empty for none.
  public var stdin = ""
  /// Path of the FIFO or the URI to write to, or empty for none.
  public var stdout = ""
  /// The same for errors; empty with a terminal, too.
  public var stderr = ""
  /// JSON of the runtime specification's `process`.
  public var spec: AnyMessage?

  public init() {}

  /// Every field, at its default where none is given.
  public init(
    id: String = "", execID: String = "", terminal: Bool = false, stdin: String = "", stdout: String = "", stderr: String = "",
    spec: AnyMessage? = nil
  ) {
    self.id = id
    self.execID = execID
    self.terminal = terminal
    self.stdin = stdin
    self.stdout = stdout
    self.stderr = stderr
    self.spec = spec
  }

  public mutating func take(_ field: Field) throws(WireError) {
    switch field.number {
    case 1: id = try field.string()
    case 2: execID = try field.string()
    case 3: terminal = try field.bool()
    case 4: stdin = try field.string()
    case 5: stdout = try field.string()
    case 6: stderr = try field.string()
    case 7: try field.merge(into: &spec)
    default: break
    }
  }

  public func write(to writer: inout MessageWriter) {
    writer.field(1, id)
    writer.field(2, execID)
    writer.field(3, terminal)
    writer.field(4, stdin)
    writer.field(5, stdout)
    writer.field(6, stderr)
    writer.field(7, spec)
  }
}
