import Containers
import Glibc
import OCI
import Protobuf
import TTRPC
import TaskAPI

/// containerd's Task service (api/runtime/task/v2): what each method means. Calls are answered in any order; none waits for another.
final class TaskService {
  private let context: ShimContext
  private var containers: [String: Container] = [:] {
    didSet { watchIdleness() }
  }
  /// Containers that are being made: their names are taken.
  private var beingMade: Set<String> = [] {
    didSet { watchIdleness() }
  }
  private let layout: Result<CgroupLayout, ContainerError>
  /// Called when the last task is gone and containerd wants the shim to end.
  var whenDone: () -> Void = {}
  private var isDone = false
  private var idle: EventLoop.Timer?
  /// How long, in milliseconds, a shim lives without a task. containerd makes one at once and ends the shim after the last; one that was
  /// killed in between, or whose client gave up, never does, though it connects again when it is back.
  private static let patience = 20_000

  init(_ context: ShimContext) {
    self.context = context
    do throws(ContainerError) { layout = .success(try CgroupLayout.detect()) } catch { layout = .failure(error) }
    watchIdleness()
  }

  private func watchIdleness() {
    idle?.cancel()
    idle = nil
    guard containers.isEmpty, beingMade.isEmpty else { return }
    idle = context.loop.after(milliseconds: Self.patience) { [unowned self] in endIfIdle() }
  }

  func perform(_ request: Request, _ reply: Reply) {
    guard TaskAPI.TaskService(name: request.service) != nil else {
      return reply.fail(.unimplemented, "service \(request.service) is not served here")
    }
    guard let method = TaskMethod(name: request.method) else {
      return reply.fail(.unimplemented, "there is no method \(request.method)")
    }
    do {
      try perform(method, request.payload, reply)
    } catch let error as WireError {
      reply.fail(.invalidArgument, "\(method.name): the request cannot be read: \(error)")
    } catch let status as Status {
      reply.fail(status)
    } catch {
      reply.fail(.unknown, "\(method.name): \(error)")
    }
  }

  private func perform(_ method: TaskMethod, _ payload: [UInt8], _ reply: Reply) throws {
    switch method {
    case .create: try create(CreateTaskRequest(reading: payload), reply)
    case .start: try start(StartRequest(reading: payload), reply)
    case .state: try state(StateRequest(reading: payload), reply)
    case .wait: try wait(WaitRequest(reading: payload), reply)
    case .kill: try kill(KillRequest(reading: payload), reply)
    case .delete: try delete(DeleteRequest(reading: payload), reply)
    case .exec: try exec(ExecProcessRequest(reading: payload), reply)
    case .pids: try pids(PidsRequest(reading: payload), reply)
    case .pause: try pause(PauseRequest(reading: payload), reply)
    case .resume: try resume(ResumeRequest(reading: payload), reply)
    case .resizePty: try resizePty(ResizePtyRequest(reading: payload), reply)
    case .closeIO: try closeIO(CloseIORequest(reading: payload), reply)
    case .update: try update(UpdateTaskRequest(reading: payload), reply)
    case .stats: try stats(StatsRequest(reading: payload), reply)
    case .connect: try connect(ConnectRequest(reading: payload), reply)
    case .shutdown: try shutdown(ShutdownRequest(reading: payload), reply)
    case .checkpoint: reply.fail(.unimplemented, "checkpoints of WebAssembly containers are not supported")
    }
  }

  /// Ends the shim unless it has tasks.
  private func endIfIdle() {
    guard containers.isEmpty, beingMade.isEmpty, !isDone else { return }
    isDone = true
    whenDone()
  }

  // MARK: Who is meant

  private func container(_ id: String) throws(Status) -> Container {
    guard let container = containers[id] else { throw Status(.notFound, "container \(id) does not exist here") }
    return container
  }

  private func process(_ id: String, _ execID: String) throws(Status) -> (Container, TaskProcess) {
    let container = try container(id)
    guard let process = container.process(execID) else { throw Status(.notFound, "process \(execID) does not exist in container \(id)") }
    return (container, process)
  }

  // MARK: Life

  private func create(_ request: CreateTaskRequest, _ reply: Reply) throws {
    let id = request.id
    // It would be gone with the last events that are told.
    guard !isDone else { throw Status(.unavailable, "this shim is ending") }
    guard containers[id] == nil, beingMade.insert(id).inserted else { throw Status(.alreadyExists, "container \(id) exists already") }
    guard request.checkpoint.isEmpty else {
      beingMade.remove(id)
      throw Status(.unimplemented, "checkpoints of WebAssembly containers are not supported")
    }
    let container: Container
    do {
      container = try Container(request, context, layout.get())
    } catch {
      beingMade.remove(id)
      report(error, request)
      throw error
    }
    container.create { [self] error in
      beingMade.remove(id)
      if let error { return reply.fail(.unknown, error.description) }
      containers[id] = container
      reply.send(CreateTaskResponse(pid: UInt32(container.first.process)))
    }
  }

  /// On the standard error of a container that could not even be read.
  private func report(_ error: any Error, _ request: CreateTaskRequest) {
    let names = StandardStreams.Names(input: "", output: request.stdout, errors: request.stderr, isTerminal: request.terminal)
    let streams = try? StandardStreams(
      names, container: request.id, namespace: context.options.namespace, context.loop, context.log)
    streams?.report("error: \(context.flavour.program): \(error)")
    streams?.close()
  }

  private func start(_ request: StartRequest, _ reply: Reply) throws {
    let (container, process) = try process(request.id, request.execID)
    container.start(process) { status in
      if let status { reply.fail(status) } else { reply.send(StartResponse(pid: UInt32(process.process))) }
    }
  }

  private func delete(_ request: DeleteRequest, _ reply: Reply) throws {
    let (container, process) = try process(request.id, request.execID)
    container.delete(process) { [self] result in
      switch result {
      case .success(let answer):
        if process === container.first { containers[request.id] = nil }
        reply.send(answer)
      case .failure(let status): reply.fail(status)
      }
    }
  }

  private func shutdown(_ request: ShutdownRequest, _ reply: Reply) throws {
    reply.send(EmptyMessage())
    endIfIdle()
  }

  private func exec(_ request: ExecProcessRequest, _ reply: Reply) throws {
    let container = try container(request.id)
    guard container.further[request.execID] == nil, !request.execID.isEmpty else {
      throw Status(.alreadyExists, "process \(request.execID) exists already in container \(request.id)")
    }
    guard let document = request.spec?.value else { throw Status(.invalidArgument, "exec needs a process") }
    var spec: RuntimeSpec.Process
    do { spec = try RuntimeSpec.Process(reading: document) } catch {
      throw Status(.invalidArgument, "the process cannot be read: \(error)")
    }
    spec.terminal = request.terminal
    container.further[request.execID] = TaskProcess(
      execID: request.execID, spec: spec, document: document,
      names: StandardStreams.Names(
        input: request.stdin, output: request.stdout, errors: request.stderr, isTerminal: request.terminal, isFurther: true))
    context.publisher.publish(TaskExecAdded(containerID: request.id, execID: request.execID))
    reply.send(EmptyMessage())
  }

  // MARK: Questions

  private func state(_ request: StateRequest, _ reply: Reply) throws {
    let (container, process) = try process(request.id, request.execID)
    var answer = StateResponse()
    answer.id = process === container.first ? container.id : process.execID
    answer.bundle = container.bundle
    answer.pid = UInt32(process.process)
    (answer.stdin, answer.stdout, answer.stderr) = (process.names.input, process.names.output, process.names.errors)
    answer.terminal = process.names.isTerminal
    answer.execID = process.execID
    switch process.state {
    case .created: answer.status = .created
    case .running: answer.status = container.isPaused ? .paused : .running
    case .stopped: answer.status = .stopped
    }
    if let ending = process.ending {
      answer.exitStatus = ending.status
      answer.exitedAt = ending.moment.timestamp
    }
    reply.send(answer)
  }

  private func wait(_ request: WaitRequest, _ reply: Reply) throws {
    let (_, process) = try process(request.id, request.execID)
    process.whenEnded { reply.send(WaitResponse(exitStatus: $0.status, exitedAt: $0.moment.timestamp)) }
  }

  private func pids(_ request: PidsRequest, _ reply: Reply) throws {
    let container = try container(request.id)
    let further = Dictionary(container.further.values.map { ($0.process, $0.execID) }, uniquingKeysWith: { first, _ in first })
    reply.send(
      PidsResponse(
        processes: container.cgroup.processes().map { process in
          ProcessInfo(pid: UInt32(process), info: further[process].map { AnyMessage(ProcessDetails(execID: $0)) })
        }))
  }

  private func stats(_ request: StatsRequest, _ reply: Reply) throws {
    let container = try container(request.id)
    reply.send(StatsResponse(stats: container.cgroup.statistics().message))
  }

  /// Also containerd's way to see whether the shim is alive, so that unknown names are no error.
  private func connect(_ request: ConnectRequest, _ reply: Reply) throws {
    let process = containers[request.id]?.first.process ?? 0
    reply.send(ConnectResponse(shimPID: UInt32(getpid()), taskPID: UInt32(process), version: ""))
  }

  // MARK: Changes

  private func kill(_ request: KillRequest, _ reply: Reply) throws {
    let (container, process) = try process(request.id, request.execID)
    try container.kill(process, signal: Int32(truncatingIfNeeded: request.signal), all: request.all)
    reply.send(EmptyMessage())
  }

  private func pause(_ request: PauseRequest, _ reply: Reply) throws {
    let container = try container(request.id)
    guard container.first.state == .running else { throw Status(.failedPrecondition, "container \(request.id) is not running") }
    try container.pause()
    reply.send(EmptyMessage())
  }

  private func resume(_ request: ResumeRequest, _ reply: Reply) throws {
    let container = try container(request.id)
    guard container.first.state == .running else { throw Status(.failedPrecondition, "container \(request.id) is not running") }
    try container.resume()
    reply.send(EmptyMessage())
  }

  private func resizePty(_ request: ResizePtyRequest, _ reply: Reply) throws {
    let (_, process) = try process(request.id, request.execID)
    process.resize(width: request.width, height: request.height)
    reply.send(EmptyMessage())
  }

  private func closeIO(_ request: CloseIORequest, _ reply: Reply) throws {
    let (_, process) = try process(request.id, request.execID)
    if request.stdin { process.closeInput() }
    reply.send(EmptyMessage())
  }

  private func update(_ request: UpdateTaskRequest, _ reply: Reply) throws {
    let container = try container(request.id)
    guard let document = request.resources?.value else { return reply.send(EmptyMessage()) }
    let resources: RuntimeSpec.Resources
    do { resources = try RuntimeSpec.Resources(reading: document) } catch {
      throw Status(.invalidArgument, "the resources cannot be read: \(error)")
    }
    try container.cgroup.apply(resources)
    reply.send(EmptyMessage())
  }
}
