import Protobuf

/// What is to be mounted: `containerd.types.Mount`.
public struct Mount: Message, Equatable {
  /// The kind of file system, such as `overlay` or `bind`.
  public var type = ""
  /// The device or folder.
  public var source = ""
  /// Where, below the container's root; empty for the root itself.
  public var target = ""
  /// As in `fstab`.
  public var options: [String] = []

  public init() {}

  /// Every field, at its default where none is given.
  public init(type: String = "", source: String = "", target: String = "", options: [String] = []) {
    self.type = type
    self.source = source
    self.target = target
    self.options = options
  }

  public mutating func take(_ field: Field) throws(WireError) {
    switch field.number {
    case 1: type = try field.string()
    case 2: source = try field.string()
    case 3: target = try field.string()
    case 4: options.append(try field.string())
    default: break
    }
  }

  public func write(to writer: inout MessageWriter) {
    writer.field(1, type)
    writer.field(2, source)
    writer.field(3, target)
    writer.field(4, options)
  }
}
