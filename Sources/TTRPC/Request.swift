import Protobuf

/// The data of a request's frame: `ttrpc.Request`.
public struct Request: Message, Equatable {
  /// Package and name, such as `containerd.task.v2.Task`.
  public var service = ""
  /// The method's name, such as `Create`.
  public var method = ""
  /// The method's request message.
  public var payload: [UInt8] = []
  /// How long the caller waits, in nanoseconds; 0 for without end.
  public var timeout: Int64 = 0
  /// Notes that go with the call.
  public var metadata: [Metadatum] = []

  public init() {}

  /// - Parameters:
  ///   - service: package and name.
  ///   - method: the method's name.
  ///   - payload: the method's request message.
  ///   - timeout: how long the caller waits, in nanoseconds; 0 for without end.
  ///   - metadata: notes that go with the call.
  public init(service: String, method: String, payload: [UInt8], timeout: Int64 = 0, metadata: [Metadatum] = []) {
    self.service = service
    self.method = method
    self.payload = payload
    self.timeout = timeout
    self.metadata = metadata
  }

  public mutating func take(_ field: Field) throws(WireError) {
    switch field.number {
    case 1: service = try field.string()
    case 2: method = try field.string()
    case 3: payload = try field.bytes()
    case 4: timeout = try field.int64()
    case 5: metadata.append(try field.message())
    default: break
    }
  }

  public func write(to writer: inout MessageWriter) {
    writer.field(1, service)
    writer.field(2, method)
    writer.field(3, payload)
    writer.field(4, timeout)
    writer.field(5, metadata)
  }
}
