import Protobuf

/// Tells a terminal its size.
/// Answered with an empty message.
public struct ResizePtyRequest: Message, Equatable {
  /// The container.
  public var id = ""
  /// The process that was added to the container; empty for its first process.
  public var execID = ""
  /// Columns.
  public var width: UInt32 = 0
  /// Lines.
  public var height: UInt32 = 0

  public init() {}

  /// Every field, at its default where none is given.
  public init(id: String = "", execID: String = "", width: UInt32 = 0, height: UInt32 = 0) {
    self.id = id
    self.execID = execID
    self.width = width
    self.height = height
  }

  public mutating func take(_ field: Field) throws(WireError) {
    switch field.number {
    case 1: id = try field.string()
    case 2: execID = try field.string()
    case 3: width = try field.uint32()
    case 4: height = try field.uint32()
    default: break
    }
  }

  public func write(to writer: inout MessageWriter) {
    writer.field(1, id)
    writer.field(2, execID)
    writer.field(3, width)
    writer.field(4, height)
  }
}
