import Protobuf

/// What a shim answers to `-info`: `containerd.types.RuntimeInfo`.
public struct RuntimeInfo: Message, Equatable {
  /// The runtime's name, such as `io.containerd.runc.v2`.
  public var name = ""
  /// The shim's version.
  public var version: RuntimeVersion?
  /// The options that were asked about.
  public var options: AnyMessage?
  /// The features of the OCI runtime, JSON.
  public var features: AnyMessage?
  /// Further notes.
  public var annotations: [MapEntry] = []

  public init() {}

  /// Every field, at its default where none is given.
  public init(
    name: String = "", version: RuntimeVersion? = nil, options: AnyMessage? = nil, features: AnyMessage? = nil, annotations: [MapEntry] = []
  ) {
    self.name = name
    self.version = version
    self.options = options
    self.features = features
    self.annotations = annotations
  }

  public mutating func take(_ field: Field) throws(WireError) {
    switch field.number {
    case 1: name = try field.string()
    case 2: try field.merge(into: &version)
    case 3: try field.merge(into: &options)
    case 4: try field.merge(into: &features)
    case 5: annotations.append(try field.message())
    default: break
    }
  }

  public func write(to writer: inout MessageWriter) {
    writer.field(1, name)
    writer.field(2, version)
    writer.field(3, options)
    writer.field(4, features)
    writer.field(5, annotations)
  }
}

/// The version in a `RuntimeInfo`.
public struct RuntimeVersion: Message, Equatable {
  /// The version itself.
  public var version = ""
  /// Which state of the source it was built from.
  public var revision = ""

  public init() {}

  /// Every field, at its default where none is given.
  public init(version: String = "", revision: String = "") {
    self.version = version
    self.revision = revision
  }

  public mutating func take(_ field: Field) throws(WireError) {
    switch field.number {
    case 1: version = try field.string()
    case 2: revision = try field.string()
    default: break
    }
  }

  public func write(to writer: inout MessageWriter) {
    writer.field(1, version)
    writer.field(2, revision)
  }
}
