import ContainerdClient
import Observations

/// One task from the request to create it to the answer that it is deleted.
///
/// ```
/// Create ─▶ answer, Start ─▶ answer … first byte … exit event, Delete ─▶ answer
/// └ create ────────┘└ start ──────┘└ run ────────────────────┘└ delete ───────┘
/// └ wall time ────────────────────────────────────────────────┘
/// ```
struct TaskTrial {
  private let prepared: PreparedContainers
  private let connection: ContainerdConnection
  private let containerd: PrivateContainerd
  private let conditions: TrialConditions

  init(
    _ prepared: PreparedContainers, _ connection: ContainerdConnection, _ containerd: PrivateContainerd, _ conditions: TrialConditions
  ) {
    self.prepared = prepared
    self.connection = connection
    self.containerd = containerd
    self.conditions = conditions
  }

  /// Moments, CLOCK_MONOTONIC in nanoseconds; 0 for one that was not reached.
  private struct Moments {
    var created: UInt64 = 0
    var started: UInt64 = 0
    var exit: TaskExit?
    var deletion: UInt64 = 0
    var deleted: UInt64 = 0
    var deletedStatus: UInt32 = 0
  }

  func run() throws -> Measurement {
    let (client, exits, container) = (connection.client, connection.exits, prepared.containers[0])
    let inputs = prepared.inputs
    conditions.begin()
    let began = Moment.now
    do {
      let moments = try containerd.finish(within: conditions.timeLimit) {
        var moments = Moments()
        try await client.createTask(container.id, root: container.mounts, streams: container.streams)
        moments.created = Moment.now
        try await client.startTask(container.id)
        moments.started = Moment.now
        if let input = inputs.first {
          // All of it lies in the FIFO, which the shim has opened by now: both may let go.
          input.end()
          try? await client.closeInput(ofTask: container.id)
        }
        moments.exit = try await exits.exit(of: container.id)
        moments.deletion = Moment.now
        moments.deletedStatus = try await client.deleteTask(container.id)
        moments.deleted = Moment.now
        return moments
      }
      return measurement(moments, from: began)
    } catch {
      try Interruption.check()
      prepared.collector.finish(patience: 0.1)
      return Measurement(report: LaunchReport(spawned: began, failure: error))
    }
  }

  private func measurement(_ moments: Moments, from began: UInt64) -> Measurement {
    prepared.collector.finish()
    let exited = moments.exit?.arrived ?? moments.deleted
    let status = moments.exit?.status ?? moments.deletedStatus
    var report = LaunchReport(spawned: began, exited: exited, reaped: moments.deleted)
    let streams = prepared.collector.streams
    report.firstByte = streams[0].firstByte
    report.outputBytes = streams[0].length
    report.errorBytes = streams[1].length
    report.exitCode = Int32(bitPattern: status)
    report.remark = remark(moments, status)
    return Measurement(
      report: report,
      phases: [
        Phase(name: Phase.create, nanoseconds: moments.created &- began),
        Phase(name: Phase.start, nanoseconds: moments.started &- moments.created),
        // A guest may end before the answer to its start arrives.
        Phase(name: Phase.run, nanoseconds: exited > moments.started ? exited - moments.started : 0),
        Phase(name: Phase.delete, nanoseconds: moments.deleted &- moments.deletion),
      ])
  }

  /// What a shim tells twice, or differently the second time, is told.
  private func remark(_ moments: Moments, _ status: UInt32) -> String {
    if moments.deletedStatus != status { return "the exit event says \(status), the answer to Delete \(moments.deletedStatus)" }
    let count = connection.exits.forget(prepared.containers[0].id)
    return count == 1 ? "" : "its end was told \(count) times"
  }
}
