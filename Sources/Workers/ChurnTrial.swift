import ContainerdClient
import Observations

/// Many tasks of containers that are there already, each created, started, awaited and deleted, one after the other on each lane.
struct ChurnTrial {
  private let prepared: PreparedContainers
  private let connection: ContainerdConnection
  private let containerd: PrivateContainerd
  private let expected: Expectation
  private let conditions: TrialConditions
  private let parallel: Int

  init(
    _ prepared: PreparedContainers, _ connection: ContainerdConnection, _ containerd: PrivateContainerd, _ expected: Expectation,
    _ conditions: TrialConditions, parallel: Int
  ) {
    self.prepared = prepared
    self.connection = connection
    self.containerd = containerd
    self.expected = expected
    self.conditions = conditions
    self.parallel = parallel
  }

  func run() throws -> Measurement {
    let (client, containers, inputs, parallel) = (connection.client, prepared.containers, prepared.inputs, parallel)
    conditions.begin()
    let began = Moment.now
    var report: LaunchReport
    do {
      let (statuses, ended) = try containerd.finish(within: conditions.timeLimit) {
        let statuses = try await Self.lanes(parallel, containers, inputs, client)
        return (statuses, Moment.now)
      }
      prepared.collector.finish()
      report = LaunchReport(spawned: began, exited: ended, reaped: ended)
      report.take(CrowdAnswer(prepared.collector.streams, statuses.map { Int32(bitPattern: $0) }, expected))
    } catch {
      try Interruption.check()
      report = LaunchReport(spawned: began, failure: error)
    }
    return Measurement(report: report, tasks: containers.count)
  }

  /// Each lane takes the next container when it has done with one.
  /// - Returns: exit statuses in the order of the containers.
  private static func lanes(_ count: Int, _ containers: [PreparedContainer], _ inputs: [InputPipe], _ client: ContainerdClient) async throws
    -> [UInt32]
  {
    try await withThrowingTaskGroup(of: (Int, UInt32).self) { group in
      var statuses = [UInt32](repeating: 0, count: containers.count)
      var next = 0
      func begin() {
        guard next < containers.count else { return }
        let (index, container, input) = (next, containers[next], inputs.isEmpty ? nil : inputs[next])
        next += 1
        group.addTask { (index, try await life(of: container, input, client)) }
      }
      for _ in 0..<count { begin() }
      while let (index, status) = try await group.next() {
        statuses[index] = status
        begin()
      }
      return statuses
    }
  }

  private static func life(of container: PreparedContainer, _ input: InputPipe?, _ client: ContainerdClient) async throws -> UInt32 {
    try await client.begin(container, input)
    let status = try await client.waitForTask(container.id)
    try await client.deleteTask(container.id)
    return status
  }
}

extension ContainerdClient {
  /// Creates and starts the task of a container that is there already; what it is to read lies in its input, which ends.
  func begin(_ container: PreparedContainer, _ input: InputPipe?) async throws {
    try await createTask(container.id, root: container.mounts, streams: container.streams)
    try await startTask(container.id)
    if let input {
      input.end()
      try? await closeInput(ofTask: container.id)
    }
  }
}
