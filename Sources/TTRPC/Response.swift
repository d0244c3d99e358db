import Protobuf

/// The data of a response's frame: `ttrpc.Response`.
public struct Response: Message, Equatable {
  /// Why the call failed; nil where it did not.
  public var status: Status?
  /// The method's response message.
  public var payload: [UInt8] = []

  public init() {}

  /// - Parameters:
  ///   - status: why the call failed; nil where it did not.
  ///   - payload: the method's response message.
  public init(status: Status? = nil, payload: [UInt8] = []) {
    self.status = status
    self.payload = payload
  }

  /// The payload, or why there is none. A status with the code OK is no failure.
  public var result: Result<[UInt8], Status> {
    guard let status, status.code != .ok else { return .success(payload) }
    return .failure(status)
  }

  public mutating func take(_ field: Field) throws(WireError) {
    switch field.number {
    case 1: try field.merge(into: &status)
    case 2: payload = try field.bytes()
    default: break
    }
  }

  public func write(to writer: inout MessageWriter) {
    writer.field(1, status)
    writer.field(2, payload)
  }
}
