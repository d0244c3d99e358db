import ContainerdClient
import Glibc
import Observations

/// Containers that are held, each with a shim of its own or whatever its runtime has.
final class HeldContainers: HeldCrowd {
  private let prepared: PreparedContainers
  private let connection: ContainerdConnection
  private let containerd: PrivateContainerd
  private let expected: Expectation
  private let timeLimit: Double
  private var started = 0

  init(
    _ prepared: PreparedContainers, _ connection: ContainerdConnection, _ containerd: PrivateContainerd, _ expected: Expectation,
    timeLimit: Double
  ) throws {
    guard containerd.group != nil else { throw LaunchRefused(reason: "no cgroup tells which processes belong to the containers") }
    self.prepared = prepared
    self.connection = connection
    self.containerd = containerd
    self.expected = expected
    self.timeLimit = timeLimit
  }

  var count: Int { prepared.containers.count }

  func hold(_ number: Int) throws {
    while started < number {
      try start(started)
      started += 1
    }
  }

  func processes() -> [pid_t] { containerd.containerProcesses() }

  func end() throws -> HeldAnswers {
    try failing {
      try prepared.endInput(within: timeLimit)
      let (client, exits, ids) = (connection.client, connection.exits, prepared.containers.map(\.id))
      let codes = try containerd.finish(within: timeLimit) {
        var codes: [Int32] = []
        for id in ids {
          codes.append(Int32(bitPattern: try await exits.exit(of: id).status))
          try await client.deleteTask(id)
        }
        return codes
      }
      prepared.collector.finish()
      return HeldAnswers(streams: prepared.collector.streams, exitCodes: codes)
    }
  }

  /// Starts a container and waits until it has said all it has to say.
  private func start(_ index: Int) throws {
    let (client, container) = (connection.client, prepared.containers[index])
    try failing {
      try containerd.finish(within: timeLimit) {
        try await client.createTask(container.id, root: container.mounts, streams: container.streams)
        try await client.startTask(container.id)
      }
    }
    try prepared.collector.await(2 * index, length: expected.heldLength, timeLimit: timeLimit)
  }

  private func failing<Result>(_ body: () throws -> Result) throws -> Result {
    do {
      return try body()
    } catch let error as ContainerdError {
      throw error.kind == .timedOut ? HoldFailure.timedOut : HoldFailure.failed(error.message)
    }
  }
}

extension Expectation {
  /// Bytes after which an instance has said what it has to say before it waits.
  var heldLength: Int { max(1, output?.utf8.count ?? 1) }
}

extension StreamCollector {
  /// Waits until so much has come out of a stream.
  /// - Throws: `HoldFailure.timedOut`, or an interruption.
  func await(_ stream: Int, length wanted: Int, timeLimit: Double) throws {
    let deadline = Moment.now + UInt64(timeLimit * 1e9)
    while length(stream) < wanted {
      try Interruption.check()
      guard Moment.now < deadline else { throw HoldFailure.timedOut }
      usleep(1000)
    }
  }
}
