import ContainerdClient
import Glibc
import Observations

/// Many containers at once, each of which has said what it has to say and waits for input: what they weigh together.
struct DensityTrial {
  private let prepared: PreparedContainers
  private let connection: ContainerdConnection
  private let containerd: PrivateContainerd
  private let expected: Expectation
  private let conditions: TrialConditions
  /// Microseconds in which whatever helped a container to its start is gone.
  private static let settling: UInt32 = 500_000

  init(
    _ prepared: PreparedContainers, _ connection: ContainerdConnection, _ containerd: PrivateContainerd, _ expected: Expectation,
    _ conditions: TrialConditions
  ) {
    self.prepared = prepared
    self.connection = connection
    self.containerd = containerd
    self.expected = expected
    self.conditions = conditions
  }

  func run() throws -> Measurement {
    guard containerd.group != nil else { throw LaunchRefused(reason: "no cgroup tells which processes belong to the containers") }
    let count = prepared.containers.count
    conditions.begin()
    let began = Moment.now
    do {
      try start(0)
      let first = count > 1 ? try weigh() : 0
      for index in prepared.containers.indices.dropFirst() { try start(index) }
      let ready = Moment.now
      let all = try weigh()
      let codes = try end()
      prepared.collector.finish()
      var report = LaunchReport(spawned: began, exited: ready, reaped: Moment.now)
      report.firstByte = prepared.collector.streams[0].firstByte
      report.take(CrowdAnswer(prepared.collector.streams, codes, expected))
      return Measurement(
        report: report, containerMemory: all / UInt64(count),
        containerSlope: count > 1 && all >= first ? (all - first) / UInt64(count - 1) : nil)
    } catch let error as ContainerdError {
      try Interruption.check()
      return Measurement(report: LaunchReport(spawned: began, failure: error))
    }
  }

  /// Starts a container and waits until it has said all it has to say.
  private func start(_ index: Int) throws {
    let (client, container) = (connection.client, prepared.containers[index])
    try containerd.finish(within: conditions.timeLimit) {
      try await client.createTask(container.id, root: container.mounts, streams: container.streams)
      try await client.startTask(container.id)
    }
    let wanted = max(1, expected.output?.utf8.count ?? 1)
    let deadline = Moment.now + UInt64(conditions.timeLimit * 1e9)
    while prepared.collector.length(2 * index) < wanted {
      try Interruption.check()
      guard Moment.now < deadline else { throw ContainerdError(.timedOut, "container \(index) said nothing") }
      usleep(1000)
    }
  }

  private func weigh() throws -> UInt64 {
    usleep(Self.settling)
    guard let bytes = ProportionalMemory.of(containerd.containerProcesses()), bytes > 0 else {
      throw LaunchRefused(reason: "the kernel does not tell the proportional memory of processes (/proc/PID/smaps_rollup)")
    }
    return bytes
  }

  /// Ends every container's input and waits for it.
  /// - Returns: exit codes in the order of the containers.
  private func end() throws -> [Int32] {
    try prepared.endInput(within: conditions.timeLimit)
    let (client, exits, ids) = (connection.client, connection.exits, prepared.containers.map(\.id))
    return try containerd.finish(within: conditions.timeLimit) {
      var codes: [Int32] = []
      for id in ids {
        codes.append(Int32(bitPattern: try await exits.exit(of: id).status))
        try await client.deleteTask(id)
      }
      return codes
    }
  }
}

/// Memory shared out among those who share it.
enum ProportionalMemory {
  /// The sum of the processes' `Pss` (/proc/PID/smaps_rollup), bytes; those that have ended meanwhile count nothing. Nil where the
  /// kernel tells it of none.
  static func of(_ processes: [pid_t]) -> UInt64? {
    let known = processes.compactMap { SystemFile.text("/proc/\($0)/smaps_rollup").flatMap(bytes) }
    return known.isEmpty ? nil : known.reduce(0, +)
  }

  /// The figure in a text like `Pss:   1234 kB`.
  static func bytes(_ text: String) -> UInt64? {
    text.split(separator: "\n").first { $0.hasPrefix("Pss:") }.flatMap { $0.split(separator: " ").dropFirst().first }
      .flatMap { UInt64($0) }.map { $0 * 1024 }
  }
}
