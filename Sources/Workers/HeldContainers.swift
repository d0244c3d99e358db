import ContainerdClient
import Glibc
import Observations

/// Containers that are held, each with a shim of its own or whatever its runtime has.
final class HeldContainers: HeldCrowd {
  private let prepared: PreparedContainers
  private let connection: ContainerdConnection
  private let containerd: PrivateContainerd
  private let expected: Expectation
  private var started = 0

  init(
    _ prepared: PreparedContainers, _ connection: ContainerdConnection, _ containerd: PrivateContainerd, _ expected: Expectation
  ) throws {
    guard containerd.group != nil else { throw LaunchRefused(reason: "no cgroup tells which processes belong to the containers") }
    self.prepared = prepared
    self.connection = connection
    self.containerd = containerd
    self.expected = expected
  }

  var count: Int { prepared.containers.count }

  let grows = true

  func hold(_ number: Int, until deadline: UInt64) throws {
    while started < number {
      // Also where it comes to nothing: what has been started has to be ended.
      started += 1
      try start(started - 1, until: deadline)
    }
  }

  var hasEnded: Bool { (0..<started).contains { prepared.collector.hasEnded(2 * $0) } }

  func processes() -> [pid_t] { containerd.containerProcesses() }

  func end(until deadline: UInt64) throws -> HeldAnswers {
    try failing {
      try prepared.endInput(within: Moment.seconds(until: deadline), of: started)
      let (client, exits, ids) = (connection.client, connection.exits, prepared.containers[..<started].map(\.id))
      let codes = try containerd.finish(within: Moment.seconds(until: deadline)) {
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
  private func start(_ index: Int, until deadline: UInt64) throws {
    let (client, container) = (connection.client, prepared.containers[index])
    try failing {
      try containerd.finish(within: Moment.seconds(until: deadline)) {
        try await client.createTask(container.id, root: container.mounts, streams: container.streams)
        try await client.startTask(container.id)
      }
    }
    try prepared.collector.await(2 * index, length: expected.heldLength, until: deadline)
  }

  private func failing<Result>(_ body: () throws -> Result) throws -> Result {
    do {
      return try body()
    } catch let error as ContainerdError {
      throw error.kind == .timedOut ? HoldFailure.timedOut : HoldFailure.failed(error.message)
    }
  }
}
