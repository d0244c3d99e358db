import Protobuf

/// Sends a signal.
/// Answered with an empty message.
public struct KillRequest: Message, Equatable {
  /// The container.
  public var id = ""
  /// The process that was added to the container; empty for its first process.
  public var execID = ""
  /// The number of the signal; 0 only asks whether the process is there.
  public var signal: UInt32 = 0
  /// Whether every process of the container gets it.
  public var all = false

  public init() {}

  /// Every field, at its default where none is given.
  public init(id: String = "", execID: String = "", signal: UInt32 = 0, all: Bool = false) {
    self.id = id
    self.execID = execID
    self.signal = signal
    self.all = all
  }

  public mutating func take(_ field: Field) throws(WireError) {
    switch field.number {
    case 1: id = try field.string()
    case 2: execID = try field.string()
    case 3: signal = try field.uint32()
    case 4: all = try field.bool()
    default: break
    }
  }

  public func write(to writer: inout MessageWriter) {
    writer.field(1, id)
    writer.field(2, execID)
    writer.field(3, signal)
    writer.field(4, all)
  }
}
