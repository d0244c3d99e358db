extension WorkerEvent: Codable {
  private enum Key: String, CodingKey { case type, value }
  private enum Kind: String, Codable {
    case started, unavailable, preparing, counts, assertions, trial
    case blockFinished = "block-finished"
    case finished
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    switch try container.decode(Kind.self, forKey: .type) {
    case .started: self = .started(try container.decode(Started.self, forKey: .value))
    case .unavailable: self = .unavailable(try container.decode(Unavailable.self, forKey: .value))
    case .preparing: self = .preparing(try container.decode(Preparing.self, forKey: .value))
    case .counts: self = .counts(try container.decode(Counts.self, forKey: .value))
    case .assertions: self = .assertions(try container.decode(TestedAssertions.self, forKey: .value))
    case .trial: self = .trial(try container.decode(Observation.self, forKey: .value))
    case .blockFinished: self = .blockFinished(try container.decode(BlockRequest.self, forKey: .value))
    case .finished: self = .finished(blocks: try container.decode(Int.self, forKey: .value))
    }
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    switch self {
    case .started(let value):
      try container.encode(Kind.started, forKey: .type)
      try container.encode(value, forKey: .value)
    case .unavailable(let value):
      try container.encode(Kind.unavailable, forKey: .type)
      try container.encode(value, forKey: .value)
    case .preparing(let value):
      try container.encode(Kind.preparing, forKey: .type)
      try container.encode(value, forKey: .value)
    case .counts(let value):
      try container.encode(Kind.counts, forKey: .type)
      try container.encode(value, forKey: .value)
    case .assertions(let value):
      try container.encode(Kind.assertions, forKey: .type)
      try container.encode(value, forKey: .value)
    case .trial(let value):
      try container.encode(Kind.trial, forKey: .type)
      try container.encode(value, forKey: .value)
    case .blockFinished(let value):
      try container.encode(Kind.blockFinished, forKey: .type)
      try container.encode(value, forKey: .value)
    case .finished(let blocks):
      try container.encode(Kind.finished, forKey: .type)
      try container.encode(blocks, forKey: .value)
    }
  }
}
