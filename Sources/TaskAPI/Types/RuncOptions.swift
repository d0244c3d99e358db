import Protobuf

/// Options that clients send for runtimes that are called runc: `containerd.runc.v1.Options`.
public struct RuncOptions: NamedMessage, Equatable {
  public static var typeURL: String { "containerd.runc.v1.Options" }

  /// Whether the root is changed without `pivot_root`.
  public var noPivotRoot = false
  /// Whether the container shares its session keyring.
  public var noNewKeyring = false
  /// The control group the shim is to move to, or empty.
  public var shimCgroup = ""
  /// Who owns the pipes of input and output.
  public var ioUID: UInt32 = 0
  /// Which group owns the pipes of input and output.
  public var ioGID: UInt32 = 0
  /// The OCI runtime to call, or empty.
  public var binaryName = ""
  /// The OCI runtime's folder of state, or empty.
  public var root = ""
  /// The program for checkpoints, or empty.
  public var criuPath = ""
  /// Whether systemd makes the control groups.
  public var systemdCgroup = false
  /// Where checkpoints are, or empty.
  public var criuImagePath = ""
  /// Where the program for checkpoints works, or empty.
  public var criuWorkPath = ""

  public init() {}

  public mutating func take(_ field: Field) throws(WireError) {
    switch field.number {
    case 1: noPivotRoot = try field.bool()
    case 2: noNewKeyring = try field.bool()
    case 3: shimCgroup = try field.string()
    case 4: ioUID = try field.uint32()
    case 5: ioGID = try field.uint32()
    case 6: binaryName = try field.string()
    case 7: root = try field.string()
    case 8: criuPath = try field.string()
    case 9: systemdCgroup = try field.bool()
    case 10: criuImagePath = try field.string()
    case 11: criuWorkPath = try field.string()
    default: break
    }
  }

  public func write(to writer: inout MessageWriter) {
    writer.field(1, noPivotRoot)
    writer.field(2, noNewKeyring)
    writer.field(3, shimCgroup)
    writer.field(4, ioUID)
    writer.field(5, ioGID)
    writer.field(6, binaryName)
    writer.field(7, root)
    writer.field(8, criuPath)
    writer.field(9, systemdCgroup)
    writer.field(10, criuImagePath)
    writer.field(11, criuWorkPath)
  }
}
