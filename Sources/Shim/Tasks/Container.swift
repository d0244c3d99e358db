import Containers
import Glibc
import OCI
import Protobuf
import TTRPC
import TaskAPI

/// One container: what containerd calls a task.
final class Container {
  let id: String
  let bundle: String
  let spec: RuntimeSpec
  let request: CreateTaskRequest
  let cgroup: Cgroup
  let context: ShimContext
  let first: TaskProcess
  var further: [String: TaskProcess] = [:]
  /// Set where the container's program is one of the machine's own.
  var runc: Runc?
  /// Compiled once for all processes of the container.
  let seccomp: SeccompFilter?
  private var outOfMemory: OutOfMemoryWatch?

  /// Reads the bundle; nothing is made yet.
  /// - Throws: for a configuration that cannot be read.
  init(_ request: CreateTaskRequest, _ context: ShimContext, _ layout: CgroupLayout) throws(ContainerError) {
    self.request = request
    self.context = context
    id = request.id
    bundle = request.bundle
    let path = bundle + "/config.json"
    guard let text = FileDescriptor.readFile(path) else { throw ContainerError(failed: "read \(path)") }
    do throws(OCIError) {
      spec = try RuntimeSpec(reading: text, path: path)
    } catch {
      throw ContainerError("\(error)")
    }
    cgroup = try Cgroup(in: layout, path: spec.linux.cgroupsPath, defaultPath: "/\(context.options.namespace)/\(id)")
    var process = spec.process
    process.terminal = request.terminal
    first = TaskProcess(
      execID: "", spec: process,
      names: StandardStreams.Names(input: request.stdin, output: request.stdout, errors: request.stderr, isTerminal: request.terminal))
    seccomp = if let profile = spec.linux.seccomp { try context.filters.filter(profile) } else { nil }
  }

  /// The process of that name, the first one for an empty name.
  func process(_ execID: String) -> TaskProcess? { execID.isEmpty ? first : further[execID] }

  /// Whether the container stands still.
  var isPaused: Bool { cgroup.isFrozen }

  /// Names the keyring of its processes, as runc's does, and in no other namespace of containerd.
  var keyring: String { "_ses.\(context.options.namespace).\(id)" }

  var namespaces: Namespaces { Namespaces(spec.linux.namespaces) }

  // MARK: Ends

  /// Called by whoever reaps.
  func ended(_ process: TaskProcess, _ ending: Children.Ending) {
    guard !process.holdsEnd else {
      process.keptEnd = { [self] in ended(process, ending) }
      return
    }
    process.closeChannel(context.loop)
    process.streams?.processEnded()
    outOfMemory?.check()
    if process === first {
      // Without a pid namespace the kernel does not end the others.
      if namespaces.sharesProcesses || namespaces.joined(.pid) != nil { try? cgroup.kill(SIGKILL) }
    }
    defer { process.ended(ending) }
    // A further process that was never said to run does not end either.
    guard process === first || process.state == .running else { return }
    context.publisher.publish(
      TaskExit(
        containerID: id, id: process === first ? id : process.execID, pid: UInt32(process.process), exitStatus: ending.status,
        exitedAt: ending.moment.timestamp))
  }

  /// Tells containerd when the kernel ends a process of the container for lack of memory.
  func watchMemory() {
    outOfMemory = OutOfMemoryWatch(cgroup, context.loop) { [id, context] in context.publisher.publish(TaskOOM(containerID: id)) }
  }

  /// - Throws: a status for containerd.
  func kill(_ process: TaskProcess, signal: Int32, all: Bool) throws(Status) {
    guard process.state != .stopped, process.process > 0 else { throw Status(.notFound, "process already finished") }
    if all {
      do throws(ContainerError) { try cgroup.kill(signal) } catch { throw Status(.unknown, error.description) }
    } else {
      guard Glibc.kill(process.process, signal) == 0 else {
        if errno == ESRCH { throw Status(.notFound, "process already finished") }
        throw Status(errno == EINVAL ? .invalidArgument : .unknown, "signal \(signal): \(String(cString: strerror(errno)))")
      }
    }
    // A frozen process would not notice that it is to end.
    if endsGuests(signal), cgroup.isFrozen { thaw() }
  }

  /// Whether a signal ends a process that does not handle it (signal(7)). Programs of the machine may handle all but one.
  private func endsGuests(_ signal: Int32) -> Bool {
    runc == nil ? ![0, SIGCHLD, SIGCONT, SIGSTOP, SIGTSTP, SIGTTIN, SIGTTOU, SIGURG, SIGWINCH].contains(signal) : signal == SIGKILL
  }

  func pause() throws(ContainerError) {
    try cgroup.freeze()
    context.publisher.publish(TaskPaused(containerID: id))
  }

  func resume() throws(ContainerError) {
    try cgroup.thaw()
    context.publisher.publish(TaskResumed(containerID: id))
  }

  private func thaw() {
    do throws(ContainerError) { try resume() } catch { context.log.error("\(id): \(error)") }
  }

  /// After the last process has ended.
  func stopWatching() {
    outOfMemory?.end()
    outOfMemory = nil
  }
}

/// Asks the kernel to tell when memory of a cgroup runs out.
final class OutOfMemoryWatch {
  private let cgroup: Cgroup
  private let loop: EventLoop
  private let descriptor: Int32
  private let body: () -> Void
  private var count: UInt64
  /// Milliseconds from the first news until the kernel has surely ended a process.
  private static let killTakes = 50

  init?(_ cgroup: Cgroup, _ loop: EventLoop, _ body: @escaping () -> Void) {
    guard let descriptor = try? cgroup.makeOOMDescriptor() else { return nil }
    self.cgroup = cgroup
    self.loop = loop
    self.descriptor = descriptor
    self.body = body
    count = cgroup.oomKillCount() ?? 0
    loop.watch(descriptor, .readable) { [unowned self] _ in
      Cgroup.acknowledgeOOM(descriptor)
      check()
      // Version 1 tells of the lack of memory before it has ended, and counted, anybody for it.
      loop.after(milliseconds: Self.killTakes) { [weak self] in self?.check() }
    }
  }

  /// Tells of processes that were ended since it was asked last.
  func check() {
    guard let now = cgroup.oomKillCount(), now > count else { return }
    count = now
    body()
  }

  func end() {
    loop.ignore(descriptor)
    close(descriptor)
  }
}

extension Moment {
  var timestamp: Timestamp { Timestamp(seconds: seconds, nanoseconds: nanoseconds) }
}
