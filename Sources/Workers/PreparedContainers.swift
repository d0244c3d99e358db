import ContainerdClient
import FoundationEssentials
import Observations
import OCI

/// A container that is there and runs nothing yet: its record, its snapshot, the ends of its streams.
struct PreparedContainer: Sendable {
  var id: String
  var mounts: [SnapshotMount]
  var streams: TaskStreams
}

/// The containers of one trial, made before its time begins.
final class PreparedContainers {
  let containers: [PreparedContainer]
  /// Standard output and standard error of the first, then of the second, and so on.
  let collector: StreamCollector
  /// What each is given on standard input; empty where they are given none.
  let inputs: [InputPipe]
  private let connection: ContainerdConnection
  private let containerd: PrivateContainerd

  /// - Parameters:
  ///   - count: how many; the first has the trial's own identifier.
  ///   - input: what each is given on standard input; nil gives it none.
  ///   - limit: bytes kept of every stream.
  /// - Throws: `LaunchRefused`, `RuntimeUnavailable` or `ContainerdError`; what was made is removed again.
  init(
    _ count: Int, of image: GuestImage, in trial: TrialPlace, _ runtime: RuntimeDescription, input: [UInt8]?, limit: Int,
    _ containerd: PrivateContainerd
  ) throws {
    self.containerd = containerd
    connection = try containerd.connect()
    let ids = (0..<count).map { $0 == 0 ? trial.identifier : "\(trial.identifier)-\($0)" }
    let paths = ids.map { id in ["out", "err", "in"].map { "\(trial.folder)/\(id).\($0)" } }
    collector = try StreamCollector(paths.flatMap { $0[..<2] }, limit: limit)
    inputs = try input.map { bytes in try paths.map { try InputPipe($0[2], bytes) } } ?? []
    var containers: [PreparedContainer] = []
    do {
      for (id, path) in zip(ids, paths) {
        containers.append(PreparedContainer(id: id, mounts: [], streams: TaskStreams()))
        let mounts = try Self.make(id, of: image, in: trial, runtime, containerd, connection.client)
        containers[containers.count - 1] = PreparedContainer(
          id: id, mounts: mounts, streams: TaskStreams(input: input == nil ? "" : path[2], output: path[0], errors: path[1]))
      }
    } catch {
      self.containers = containers
      remove()
      throw error
    }
    self.containers = containers
  }

  private static func make(
    _ id: String, of image: GuestImage, in trial: TrialPlace, _ runtime: RuntimeDescription, _ containerd: PrivateContainerd,
    _ client: ContainerdClient
  ) throws -> [SnapshotMount] {
    var specification = RuntimeSpec.minimal(
      arguments: [image.entry] + trial.workload.arguments,
      environment: trial.workload.environment.map { "\($0.key)=\($0.value)" }.sorted(), workingFolder: GuestRoot.workFolder,
      cgroupsPath: trial.group?.guestPath(id) ?? "/\(containerd.namespace)/\(id)",
      mounts: GuestRoot.mounts(trial).map { .bind($0.host, to: $0.inside, options: ["rbind", $0.access]) })
    specification.annotations = (runtime.annotations ?? [:]).map { RuntimeSpec.Annotation(name: $0.key, value: $0.value) }
      .sorted { $0.name < $1.name }
    let record = ContainerRecord(
      id: id, image: image.reference, runtime: runtime.shim ?? "io.containerd.runc.v2", ociRuntime: runtime.ociRuntime,
      specification: specification.json, snapshotter: containerd.snapshotter, snapshot: id)
    let snapshotter = containerd.snapshotter
    return try containerd.finish(within: 20) {
      let mounts = try await client.prepareSnapshot(id, parent: image.snapshot, in: snapshotter)
      try await client.create(record)
      return mounts
    }
  }

  /// Ends every container's input: its pipe here, and the end that its shim holds.
  /// - Parameter count: how many of them have a task.
  func endInput(within limit: Double, of count: Int) throws(ContainerdError) {
    guard !inputs.isEmpty else { return }
    for input in inputs { input.end() }
    let (client, ids) = (connection.client, containers[..<count].map(\.id))
    try containerd.finish(within: limit) {
      for id in ids {
        do {
          try await client.closeInput(ofTask: id)
        } catch let error as ContainerdError where error.kind != .timedOut {
          // One that has ended takes no input, and needs no end of it.
        }
      }
    }
  }

  /// Removes everything of the containers. What is gone already is passed over, and so is everything where
  /// the daemon has ended: it is started again without containers.
  /// - Parameter ended: whether all their tasks have been deleted already; else they are killed, whatever they are doing.
  func remove(ended: Bool = false) {
    let (connection, snapshotter) = (connection, containerd.snapshotter)
    for container in containers {
      let id = container.id
      _ = try? containerd.finish(within: 20) {
        if !ended { try await Self.endTask(id, connection) }
        try? await connection.client.delete(container: id)
        try? await connection.client.removeSnapshot(id, in: snapshotter)
      }
      connection.exits.forget(id)
    }
  }

  /// Kills a task that is there and clears it away.
  private static func endTask(_ id: String, _ connection: ContainerdConnection) async throws {
    switch try? await connection.client.status(ofTask: id) {
    case nil: return
    case .stopped: break
    case .created, .running, .other:
      try? await connection.client.killTask(id, signal: 9)
      _ = try await connection.client.waitForTask(id)
    }
    _ = try? await connection.client.deleteTask(id)
  }
}
