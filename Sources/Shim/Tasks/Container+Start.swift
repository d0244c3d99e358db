import Containers
import Glibc
import OCI
import TTRPC
import TaskAPI

extension Container {
  /// Starts the container's first process or a further one.
  /// - Parameter done: nil when it runs.
  func start(_ process: TaskProcess, _ done: @escaping (Status?) -> Void) {
    guard process.state == .created else {
      return done(
        Status(.failedPrecondition, "cannot start a process that is \(process.state == .running ? "running" : "stopped") already"))
    }
    guard !process.isStarting, !process.isBeingDeleted else {
      return done(Status(.failedPrecondition, "the process is being \(process.isStarting ? "started" : "deleted") already"))
    }
    process.isStarting = true
    let report: (ContainerError?) -> Void = { error in
      process.isStarting = false
      done(error.map { Status(.unknown, $0.description) })
    }
    if process === first { startFirst(report) } else { startFurther(process, report) }
  }

  private func startFirst(_ done: @escaping Done) {
    if let runc {
      // It may end before runc does; the news of its start goes first.
      first.holdsEnd = true
      return runc.start { [self] error in
        if error == nil { announceStart() }
        done(error)
        first.holdsEnd = false
      }
    }
    guard let channel = first.channel else { return done(ContainerError("the container's first process has ended")) }
    announceStart()
    channel.send(.goOn)
    // Nothing more can go wrong where nothing more is to be done before the guest runs.
    guard !spec.hooks.startContainer.isEmpty || seccomp != nil else {
      first.closeChannel(context.loop)
      return done(nil)
    }
    FailureWatch(first, context) { [self] error in
      if let error { first.streams?.report("error: \(context.flavour.program): \(error)") }
      done(error)
    }.begin()
  }

  private func announceStart() {
    first.runs()
    context.publisher.publish(TaskStart(containerID: id, pid: UInt32(first.process)))
    for hook in spec.hooks.poststart {
      // A hook that fails here changes nothing (runtime.md, "Lifecycle", step 9).
      HookProgram(hook).run(state("running"), context) { [self] error in if let error { context.log.warn("\(id): \(error)") } }
    }
  }

  // MARK: Further processes

  private func startFurther(_ process: TaskProcess, _ done: @escaping Done) {
    do throws(ContainerError) {
      guard first.state != .stopped, first.process > 0 else { throw ContainerError("the container has stopped") }
      try SecurityLabels(process.spec).check()
      guard !cgroup.isFrozen else { throw ContainerError("the container is paused: resume it first") }
      let streams = try openStreams(of: process)
      if let runc { return runc.exec(process, done) }
      try launch(process, streams, done)
    } catch {
      process.streams?.close()
      done(error)
    }
  }

  private func launch(_ process: TaskProcess, _ streams: StandardStreams, _ done: @escaping Done) throws(ContainerError) {
    let container = Linux.openProcess(first.process)
    defer { if container >= 0 { close(container) } }
    let memory = CgroupMemoryFiles(cgroup)
    defer { memory.close() }
    let (helper, channel) = try fork(into: nil, flags: 0) {
      FurtherProcess(
        spec: spec, process: process.spec, container: container, memory: memory, join: $0, seccomp: seccomp,
        streams: streams.forProcess, channel: $1, flavour: context.flavour, keyring: keyring
      ).run()
    }
    process.process = helper
    do throws(ContainerError) { try awaitBirth(of: process, channel) } catch {
      Glibc.kill(helper, SIGKILL)
      waitpid(helper, nil, 0)
      process.process = 0
      close(channel.descriptor)
      throw error
    }
    let child = process.process
    if child != helper { waitpid(helper, nil, 0) }
    process.channel = channel
    let watch = FailureWatch(process, context) { [self] error in
      if let error {
        streams.report("error: \(context.flavour.program): \(error)")
      } else if process.state == .created {
        process.runs()
        context.publisher.publish(TaskExecStarted(containerID: id, execID: process.execID, pid: UInt32(child)))
      }
      done(error)
    }
    context.children.expect(child) { [self] ending in
      watch.processEnded()
      ended(process, ending)
    }
    watch.begin()
  }
}

extension Container {
  /// In milliseconds; joining takes one or two.
  private static let longestBirth: Int32 = 10_000

  /// Waits until the process that runs the program is there. What comes before it can hold nobody up: it is the shim's own code.
  private func awaitBirth(of process: TaskProcess, _ channel: InitChannel) throws(ContainerError) {
    while true {
      switch channel.await(milliseconds: Self.longestBirth) {
      case .message(.needsHost):
        try process.raiseLimits()
        channel.send(.goOn)
      case .message(.born(let number)):
        process.process = number
        return
      case .message(.failed(let text)): throw ContainerError(text)
      case .message, .nothing, .end: throw ContainerError("the process has ended while it was entering the container")
      }
    }
  }
}

/// Waits until a process runs its program: it then lets go of the channel. What it says before is that it is ready, or why it cannot.
private final class FailureWatch {
  private let process: TaskProcess
  private let context: ShimContext
  private var done: Container.Done?

  init(_ process: TaskProcess, _ context: ShimContext, _ done: @escaping Container.Done) {
    self.process = process
    self.context = context
    self.done = done
  }

  func begin() {
    guard let channel = process.channel else { return finish(ContainerError("the process has ended")) }
    context.loop.watch(channel.descriptor, .readable) { [self] _ in listen() }
  }

  /// What it said last may still wait to be read.
  func processEnded() {
    while done != nil, let channel = process.channel {
      let arrival = channel.receive()
      // Its end of the channel may live on in somebody it started.
      if case .nothing = arrival { return finish(nil) }
      handle(arrival, channel)
    }
  }

  private func listen() {
    guard let channel = process.channel else { return finish(nil) }
    handle(channel.receive(), channel)
  }

  private func handle(_ arrival: InitChannel.Arrival, _ channel: InitChannel) {
    switch arrival {
    case .nothing: break
    case .end: finish(nil)
    case .message(.ready): channel.send(.goOn)
    case .message(.terminal(let master)): process.attach(terminal: master, context.loop)
    case .message(.failed(let text)): finish(ContainerError(text))
    case .message: break
    }
  }

  private func finish(_ error: ContainerError?) {
    process.closeChannel(context.loop)
    let done = self.done
    self.done = nil
    done?(error)
  }
}
