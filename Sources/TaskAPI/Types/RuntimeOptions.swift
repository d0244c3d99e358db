import Protobuf

/// Options that CRI and Docker send for other runtimes: `runtimeoptions.v1.Options`.
public struct RuntimeOptions: NamedMessage, Equatable {
  public static var typeURL: String { "runtimeoptions.v1.Options" }

  /// What kind of text the configuration is.
  public var kind = ""
  /// Path of a configuration file, or empty.
  public var configPath = ""
  /// The configuration itself, TOML; empty before containerd 1.7.
  public var configBody: [UInt8] = []

  public init() {}

  /// Every field, at its default where none is given.
  public init(kind: String = "", configPath: String = "", configBody: [UInt8] = []) {
    self.kind = kind
    self.configPath = configPath
    self.configBody = configBody
  }

  public mutating func take(_ field: Field) throws(WireError) {
    switch field.number {
    case 1: kind = try field.string()
    case 2: configPath = try field.string()
    case 3: configBody = try field.bytes()
    default: break
    }
  }

  public func write(to writer: inout MessageWriter) {
    writer.field(1, kind)
    writer.field(2, configPath)
    writer.field(3, configBody)
  }
}
