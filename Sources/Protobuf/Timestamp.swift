/// A moment: `google.protobuf.Timestamp`.
public struct Timestamp: Message, Equatable {
  /// Since 1970-01-01T00:00:00Z, without leap seconds.
  public var seconds: Int64 = 0
  /// From 0 to 999 999 999, counted forwards also before 1970.
  public var nanoseconds: Int32 = 0

  public init() {}

  /// - Parameters:
  ///   - seconds: since 1970-01-01T00:00:00Z.
  ///   - nanoseconds: from 0 to 999 999 999.
  public init(seconds: Int64, nanoseconds: Int32) {
    self.seconds = seconds
    self.nanoseconds = nanoseconds
  }

  public mutating func take(_ field: Field) throws(WireError) {
    switch field.number {
    case 1: seconds = try field.int64()
    case 2: nanoseconds = try field.int32()
    default: break
    }
  }

  public func write(to writer: inout MessageWriter) {
    writer.field(1, seconds)
    writer.field(2, nanoseconds)
  }
}
