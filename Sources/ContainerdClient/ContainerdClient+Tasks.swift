import ContainerdAPI
import GRPCCore

/// Where a task's standard streams go: paths of FIFOs, empty for nowhere.
public struct TaskStreams: Sendable, Equatable {
  /// Standard input.
  public var input: String
  /// Standard output.
  public var output: String
  /// Standard error.
  public var errors: String

  /// - Parameters: as the properties of the same names.
  public init(input: String = "", output: String = "", errors: String = "") {
    self.input = input
    self.output = output
    self.errors = errors
  }
}

/// What a task is doing.
public enum TaskStatus: Sendable, Equatable {
  /// Made, and not started.
  case created
  /// Between Start and its end.
  case running
  /// Ended, with this exit status.
  case stopped(UInt32)
  /// Something else: paused, or unknown to its shim.
  case other
}

extension ContainerdClient {
  private var tasks: Containerd_Services_Tasks_V1_Tasks.Client<SocketTransport> { .init(wrapping: grpc) }

  /// Makes a container's task: its shim, its namespaces, and an init process that waits to be started.
  /// - Returns: the init process's number.
  /// - Throws: `ContainerdError`.
  @discardableResult
  public func createTask(_ id: String, root mounts: [SnapshotMount], streams: TaskStreams) async throws(ContainerdError) -> UInt32 {
    var request = Containerd_Services_Tasks_V1_CreateTaskRequest()
    request.containerID = id
    request.rootfs = mounts.map {
      var mount = Containerd_Types_Mount()
      mount.type = $0.type
      mount.source = $0.source
      mount.options = $0.options
      return mount
    }
    request.stdin = streams.input
    request.stdout = streams.output
    request.stderr = streams.errors
    return try await ask("create task \(id)") { try await tasks.create(request, metadata: metadata).pid }
  }

  /// Lets a task's program run.
  /// - Returns: its process number.
  /// - Throws: `ContainerdError`.
  @discardableResult
  public func startTask(_ id: String) async throws(ContainerdError) -> UInt32 {
    var request = Containerd_Services_Tasks_V1_StartRequest()
    request.containerID = id
    return try await ask("start task \(id)") { try await tasks.start(request, metadata: metadata).pid }
  }

  /// Waits until a task has ended.
  /// - Returns: its exit status.
  /// - Throws: `ContainerdError`.
  public func waitForTask(_ id: String) async throws(ContainerdError) -> UInt32 {
    var request = Containerd_Services_Tasks_V1_WaitRequest()
    request.containerID = id
    return try await ask("wait for task \(id)") { try await tasks.wait(request, metadata: metadata).exitStatus }
  }

  /// Ends a task's standard input, once everything written to its FIFO is read.
  /// - Throws: `ContainerdError`, `.notFound` where there is no such task.
  public func closeInput(ofTask id: String) async throws(ContainerdError) {
    var request = Containerd_Services_Tasks_V1_CloseIORequest()
    request.containerID = id
    request.stdin = true
    try await ask("close the input of task \(id)") { _ = try await tasks.closeIO(request, metadata: metadata) }
  }

  /// Clears a stopped task away, and its shim with it.
  /// - Returns: its exit status.
  /// - Throws: `ContainerdError`, `.notFound` where there is none.
  @discardableResult
  public func deleteTask(_ id: String) async throws(ContainerdError) -> UInt32 {
    var request = Containerd_Services_Tasks_V1_DeleteTaskRequest()
    request.containerID = id
    return try await ask("delete task \(id)") { try await tasks.delete(request, metadata: metadata).exitStatus }
  }

  /// Sends a task's processes a signal.
  /// - Parameter all: to every process of it, not to its first alone.
  /// - Throws: `ContainerdError`, `.notFound` where there is none, or it has ended.
  public func killTask(_ id: String, signal: UInt32, all: Bool = true) async throws(ContainerdError) {
    var request = Containerd_Services_Tasks_V1_KillRequest()
    request.containerID = id
    request.signal = signal
    request.all = all
    try await ask("kill task \(id)") { _ = try await tasks.kill(request, metadata: metadata) }
  }

  /// What a task is doing.
  /// - Throws: `ContainerdError`, `.notFound` where there is none.
  public func status(ofTask id: String) async throws(ContainerdError) -> TaskStatus {
    var request = Containerd_Services_Tasks_V1_GetRequest()
    request.containerID = id
    let process = try await ask("look at task \(id)") { try await tasks.get(request, metadata: metadata).process }
    switch process.status {
    case .created: return .created
    case .running: return .running
    case .stopped: return .stopped(process.exitStatus)
    default: return .other
    }
  }

  /// The names of all tasks in the namespace.
  /// - Throws: `ContainerdError`.
  public func taskNames() async throws(ContainerdError) -> [String] {
    try await ask("list tasks") {
      try await tasks.list(Containerd_Services_Tasks_V1_ListTasksRequest(), metadata: metadata).tasks.map(\.id)
    }
  }
}
