import ContainerdClient
import Observations

/// Many tasks of containers that are there already, each created, started, awaited and deleted, begun at a fixed rate.
///
/// ```
/// due … Create ─▶ answer, Start ─▶ answer … exit event, Delete ─▶ answer
///       └ service time ─────────────────────────────┘
/// └ latency ────────────────────────────────────────┘
/// ```
///
/// A task's end is the arrival of its exit event: the guest's work is done. Its deletion follows and is part of the load on the others.
struct LoadTrial {
  private let prepared: PreparedContainers
  private let connection: ContainerdConnection
  private let containerd: PrivateContainerd
  private let expected: Expectation
  private let conditions: TrialConditions
  private let load: Load
  /// Nanoseconds in which the thread that begins the tasks is there.
  private static let lead: UInt64 = 5_000_000

  init(
    _ prepared: PreparedContainers, _ connection: ContainerdConnection, _ containerd: PrivateContainerd, _ expected: Expectation,
    _ conditions: TrialConditions, load: Load
  ) {
    self.prepared = prepared
    self.connection = connection
    self.containerd = containerd
    self.expected = expected
    self.conditions = conditions
    self.load = load
  }

  /// What became of one task; moments on CLOCK_MONOTONIC, nanoseconds.
  private struct Life: Sendable {
    var ready: UInt64
    var begun: UInt64
    var ended: UInt64
    var status: UInt32
  }

  func run() throws -> Measurement {
    let (connection, containers, inputs, limit) = (connection, prepared.containers, prepared.inputs, load.parallel)
    conditions.begin()
    let schedule = LoadSchedule(began: Moment.now + Self.lead, rate: load.rate, count: containers.count)
    do {
      let (lives, reaped) = try containerd.finish(within: conditions.timeLimit) {
        let loop = PacedLoop(schedule, limit: limit) { index, ready in
          try await Self.life(of: containers[index], inputs.isEmpty ? nil : inputs[index], connection, ready: ready)
        }
        return (try await loop.run(), Moment.now)
      }
      prepared.collector.finish()
      return measurement(lives, schedule, reaped: reaped)
    } catch {
      try Interruption.check()
      return Measurement(report: LaunchReport(spawned: schedule.began, failure: error))
    }
  }

  private func measurement(_ lives: [Life], _ schedule: LoadSchedule, reaped: UInt64) -> Measurement {
    var record = LatencyRecord()
    for (index, life) in lives.enumerated() {
      record.add(due: schedule.due(index), ready: life.ready, begun: life.begun, ended: life.ended)
    }
    let latencies = record.latencies
    var report = LaunchReport(spawned: schedule.began, exited: lives.map(\.ended).max() ?? reaped, reaped: reaped)
    report.take(CrowdAnswer(prepared.collector.streams, lives.map { Int32(bitPattern: $0.status) }, expected))
    report.remark = latencies.remark
    return Measurement(report: report, tasks: lives.count, latencies: latencies)
  }

  private static func life(of container: PreparedContainer, _ input: InputPipe?, _ connection: ContainerdConnection, ready: UInt64)
    async throws -> Life
  {
    let client = connection.client
    let begun = Moment.now
    try await client.begin(container, input)
    let exit = try await connection.exits.exit(of: container.id)
    try await client.deleteTask(container.id)
    return Life(ready: ready, begun: begun, ended: exit.arrived, status: exit.status)
  }
}
