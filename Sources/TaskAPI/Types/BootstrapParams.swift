import Protobuf

/// What containerd 2.3 and later write to the standard input of `start`: `containerd.runtime.bootstrap.v1.BootstrapParams`.
/// Earlier ones write an `AnyMessage` there, or nothing.
public struct BootstrapParams: Message, Equatable {
  /// The container.
  public var instanceID = ""
  /// containerd's namespace of the container.
  public var namespace = ""
  /// How much is to be logged; 0 where nothing is said.
  public var logLevel: Int32 = 0
  /// containerd's version.
  public var containerdVersion = ""
  /// containerd's socket for events.
  public var containerdTTRPCAddress = ""
  /// containerd's socket for clients.
  public var containerdGRPCAddress = ""
  /// Path of the program that publishes events.
  public var containerdBinary = ""
  /// Options of the runtime, and what else there is; unknown ones are to be ignored.
  public var extensions: [BootstrapExtension] = []
  /// Where the shim's socket is to be; empty for where it likes.
  public var socketDirectory = ""

  public init() {}

  public mutating func take(_ field: Field) throws(WireError) {
    switch field.number {
    case 1: instanceID = try field.string()
    case 2: namespace = try field.string()
    case 3: logLevel = try field.int32()
    case 4: containerdVersion = try field.string()
    case 5: containerdTTRPCAddress = try field.string()
    case 6: containerdGRPCAddress = try field.string()
    case 7: containerdBinary = try field.string()
    case 8: extensions.append(try field.message())
    case 9: socketDirectory = try field.string()
    default: break
    }
  }

  public func write(to writer: inout MessageWriter) {
    writer.field(1, instanceID)
    writer.field(2, namespace)
    writer.field(3, logLevel)
    writer.field(4, containerdVersion)
    writer.field(5, containerdTTRPCAddress)
    writer.field(6, containerdGRPCAddress)
    writer.field(7, containerdBinary)
    writer.field(8, extensions)
    writer.field(9, socketDirectory)
  }
}

/// A further parameter in `BootstrapParams`.
public struct BootstrapExtension: Message, Equatable {
  /// Known by its type.
  public var value: AnyMessage?

  public init() {}

  /// Every field, at its default where none is given.
  public init(value: AnyMessage? = nil) {
    self.value = value
  }

  public mutating func take(_ field: Field) throws(WireError) {
    switch field.number {
    case 1: try field.merge(into: &value)
    default: break
    }
  }

  public func write(to writer: inout MessageWriter) {
    writer.field(1, value)
  }
}
