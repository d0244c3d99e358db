import Protobuf

/// Which added process a process is: `containerd.runc.v1.ProcessDetails`.
public struct ProcessDetails: NamedMessage, Equatable {
  public static var typeURL: String { "containerd.runc.v1.ProcessDetails" }

  /// The name it was added with.
  public var execID = ""

  public init() {}

  /// Every field, at its default where none is given.
  public init(execID: String = "") {
    self.execID = execID
  }

  public mutating func take(_ field: Field) throws(WireError) {
    switch field.number {
    case 1: execID = try field.string()
    default: break
    }
  }

  public func write(to writer: inout MessageWriter) {
    writer.field(1, execID)
  }
}
