import Protobuf

/// Why a call failed: `google.rpc.Status`.
public struct Status: Message, Error, Equatable, CustomStringConvertible {
  /// What kind of failure.
  public var code = StatusCode.ok
  /// For people.
  public var message = ""
  /// Further messages, which containerd does not send.
  public var details: [AnyMessage] = []

  public init() {}

  /// - Parameters:
  ///   - code: what kind of failure.
  ///   - message: for people.
  public init(_ code: StatusCode, _ message: String) {
    self.code = code
    self.message = message
  }

  public var description: String { "\(code): \(message)" }

  public mutating func take(_ field: Field) throws(WireError) {
    switch field.number {
    case 1: code = StatusCode(rawValue: try field.int32())
    case 2: message = try field.string()
    case 3: details.append(try field.message())
    default: break
    }
  }

  public func write(to writer: inout MessageWriter) {
    writer.field(1, code.rawValue)
    writer.field(2, message)
    writer.field(3, details)
  }
}
