import Protobuf

/// Asks for what a container uses.
public struct StatsRequest: Message, Equatable {
  /// The container.
  public var id = ""

  public init() {}

  /// Every field, at its default where none is given.
  public init(id: String = "") {
    self.id = id
  }

  public mutating func take(_ field: Field) throws(WireError) {
    switch field.number {
    case 1: id = try field.string()
    default: break
    }
  }

  public func write(to writer: inout MessageWriter) {
    writer.field(1, id)
  }
}

/// The answer to `StatsRequest`.
public struct StatsResponse: Message, Equatable {
  /// `CgroupV1.Metrics` or `CgroupV2.Metrics`.
  public var stats: AnyMessage?

  public init() {}

  /// Every field, at its default where none is given.
  public init(stats: AnyMessage? = nil) {
    self.stats = stats
  }

  public mutating func take(_ field: Field) throws(WireError) {
    switch field.number {
    case 1: try field.merge(into: &stats)
    default: break
    }
  }

  public func write(to writer: inout MessageWriter) {
    writer.field(1, stats)
  }
}
