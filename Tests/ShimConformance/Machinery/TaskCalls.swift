import Foundation

/// The calls of the Task service, with their fields by name.
struct TaskCalls {
  let connection: TaskConnection
  let id: String

  /// As the Task service numbers them.
  enum Status: Int {
    case unknown, created, running, stopped, paused, pausing
  }

  struct State {
    var status: Status
    var pid: Int
    var exitStatus: Int
    /// Seconds since 1970; 0 where it has not ended.
    var exitedAt: Int
  }

  /// Asks and waits.
  func call(_ method: String, limit: Double = 15, _ fill: (inout WireMessage) -> Void = { _ in }) throws -> TaskConnection.Answer {
    try connection.answer(to: send(method, fill), limit: limit)
  }

  /// Asks; field 1 is the container's id everywhere.
  func send(_ method: String, _ fill: (inout WireMessage) -> Void = { _ in }) throws -> UInt32 {
    var message = WireMessage()
    message.add(1, id)
    fill(&message)
    return try connection.send(method, message.bytes)
  }

  /// - Throws: `Failed` for any answer but success.
  @discardableResult
  func must(_ method: String, limit: Double = 15, _ fill: (inout WireMessage) -> Void = { _ in }) throws -> WireFields {
    let answer = try call(method, limit: limit, fill)
    guard answer.code == 0 else { throw Failed("\(method) failed with code \(answer.code): \(answer.message)") }
    return try WireFields(answer.payload)
  }

  func state() throws -> State {
    let fields = try must("State")
    return State(
      status: Status(rawValue: fields.number(4)) ?? .unknown, pid: fields.number(3), exitStatus: fields.number(9),
      exitedAt: try WireFields(fields.content(10)).number(1))
  }

  func kill(_ signal: CInt, all: Bool = false) throws -> TaskConnection.Answer {
    try call("Kill") { message in
      message.add(3, UInt64(signal))
      message.add(4, all)
    }
  }

  /// Exit code and seconds since 1970.
  static func exit(_ answer: TaskConnection.Answer) throws -> (code: Int, at: Int) {
    guard answer.code == 0 else { throw Failed("Wait failed with code \(answer.code): \(answer.message)") }
    let fields = try WireFields(answer.payload)
    return (fields.number(1), try WireFields(fields.content(2)).number(1))
  }
}
