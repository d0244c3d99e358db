import Containers
import Glibc
import OCI
import TaskAPI

extension Container {
  typealias Done = (ContainerError?) -> Void

  /// Makes the container: its cgroups, its namespaced first process with everything set up in it, and what hooks do.
  /// - Parameter done: nil when it stands; otherwise nothing of it is left.
  func create(_ done: @escaping Done) {
    let failed: (ContainerError) -> Void = { [self] error in
      undo(error) { done(error) }
    }
    do throws(ContainerError) {
      try openStreams(of: first)
      try SecurityLabels(spec.process).check()
      // What it keeps away from the host would not be kept away without it.
      if let path = namespaces.joined(.user) {
        throw ContainerError("the container is to join the user namespace \(path); this shim makes user namespaces and joins none")
      }
      // Whoever is in it belongs to somebody else and would end with this container.
      guard cgroup.processes().isEmpty else {
        throw ContainerError("the container's cgroup \(spec.linux.cgroupsPath ?? "") has processes already")
      }
    } catch {
      // Nothing is made yet, and the cgroup may be another's.
      report(error)
      first.streams?.close()
      return done(error)
    }
    do throws(ContainerError) {
      try LeftoverRecord(cgroup: spec.linux.cgroupsPath ?? "", isNative: false).write(to: bundle)
      try cgroup.create()
      try cgroup.apply(spec.linux.resources)
      try cgroup.restrictDevices(spec.linux.resources.devices)
    } catch {
      return failed(error)
    }
    awaitLogger { [self] error in
      if let error { return failed(error) }
      let creation = Creation(self) { error in if let error { failed(error) } else { done(nil) } }
      do throws(ContainerError) { try creation.launch() } catch { failed(error) }
    }
  }

  /// A logging program says when it is ready to read.
  private func awaitLogger(_ done: @escaping Done) {
    guard let logger = first.streams?.loggerToAwait else { return done(nil) }
    let timer = context.loop.after(milliseconds: 10_000) { [context] in
      context.loop.ignore(logger.ready)
      logger.kill()
      done(ContainerError("the logging program did not get ready in 10 seconds"))
    }
    context.loop.watch(logger.ready, .readable) { [context] _ in
      timer.cancel()
      context.loop.ignore(logger.ready)
      var byte: UInt8 = 0
      let isReady = read(logger.ready, &byte, 1) == 1 || !logger.demandsByte
      done(isReady ? nil : ContainerError("the logging program ended before it was ready"))
    }
  }

  /// Takes everything back. The reason also goes where the container's user looks.
  private func undo(_ error: ContainerError, _ done: @escaping () -> Void) {
    report(error)
    first.closeChannel(context.loop)
    if first.process > 0, first.state != .stopped { Glibc.kill(first.process, SIGKILL) }
    first.streams?.close()
    release { [self] in
      guard first.process > 0 else { return done() }
      runPoststopHooks(spec.hooks.poststop, done)
    }
  }

  private func report(_ error: ContainerError) {
    first.streams?.report("error: \(context.flavour.program): \(error)")
    context.log.error("\(id): \(error)")
  }

  /// Calls `done` when the last of them has ended. One that fails changes nothing (runtime.md, "Lifecycle", step 13).
  func runPoststopHooks(_ hooks: [RuntimeSpec.Hook], _ done: @escaping () -> Void) {
    guard let hook = hooks.first else { return done() }
    HookProgram(hook).run(state("stopped"), context) { [self] error in
      if let error { context.log.warn("\(id): \(error)") }
      runPoststopHooks(Array(hooks.dropFirst()), done)
    }
  }

  /// Lets the machine's resources go: mounts, cgroups, the record of them.
  func release(_ done: @escaping () -> Void) {
    stopWatching()
    if runc != nil { Mounting.unmountAll(at: bundle + "/rootfs") }
    removeCgroup(triesLeft: 400) { [bundle] in
      LeftoverRecord.remove(from: bundle)
      done()
    }
  }

  /// The kernel takes a moment to forget the processes of a cgroup.
  private func removeCgroup(triesLeft: Int, _ done: @escaping () -> Void) {
    if cgroup.remove() { return done() }
    guard triesLeft > 0 else {
      context.log.error("\(id): the container's cgroups cannot be removed")
      return done()
    }
    if triesLeft % 50 == 0 { try? cgroup.kill(SIGKILL) }
    context.loop.after(milliseconds: triesLeft > 390 ? 1 : 5) { [self] in removeCgroup(triesLeft: triesLeft - 1, done) }
  }
}

/// The life of a container's first process until it waits to be started: a conversation with it.
private final class Creation {
  private let container: Container
  private var done: Container.Done?
  private var hasSucceeded = false

  init(_ container: Container, _ done: @escaping Container.Done) {
    self.container = container
    self.done = done
  }

  private var context: ShimContext { container.context }
  private var first: TaskProcess { container.first }

  func launch() throws(ContainerError) {
    guard let streams = first.streams else { throw ContainerError("the container's standard streams are not open") }
    var spec = container.spec
    spec.process.terminal = first.spec.terminal
    let hostMounts = try container.openHostMounts()
    defer { hostMounts?.close() }
    let (child, channel) = try container.fork(into: container.namespaces.joined(.pid), flags: container.namespaces.cloneFlags) {
      ContainerInit(
        id: container.id, spec: spec, bundle: container.bundle, layers: container.layers, hostMounts: hostMounts, cgroup: container.cgroup,
        join: $0,
        seccomp: container.seccomp, streams: streams.forProcess, channel: $1, flavour: context.flavour, keyring: container.keyring
      ).run()
    }
    first.process = child
    first.channel = channel
    // The conversation is kept alive by being expected.
    context.children.expect(child) { [self] in ended($0) }
    context.loop.watch(channel.descriptor, .readable) { [unowned self] _ in listen() }
  }

  private func listen() {
    guard let channel = first.channel else { return }
    switch channel.receive() {
    case .message(let message): handle(message, channel)
    case .nothing: break
    // The end is news for whoever reaps.
    case .end: context.loop.ignore(channel.descriptor)
    }
  }

  private func handle(_ message: InitMessage, _ channel: InitChannel) {
    switch message {
    case .needsHost:
      do throws(ContainerError) {
        try IDMappings.write(users: container.spec.linux.uidMappings, groups: container.spec.linux.gidMappings, of: first.process)
        try first.raiseLimits()
        channel.send(.goOn)
      } catch {
        finish(error)
      }
    case .terminal(let master): first.attach(terminal: master, context.loop)
    case .mounted: runHooks(container.spec.hooks.prestart + container.spec.hooks.createRuntime, channel)
    case .ready:
      container.watchMemory()
      context.publisher.publish(container.createEvent)
      finish(nil)
    case .native: becomeNative()
    case .failed(let text): finish(ContainerError(text))
    case .goOn, .layers, .born: break
    }
  }

  private func runHooks(_ hooks: [RuntimeSpec.Hook], _ channel: InitChannel) {
    guard let hook = hooks.first else { return channel.send(.goOn) }
    HookProgram(hook).run(container.state("creating"), context) { [self] error in
      // The process may have ended meanwhile, and its channel with it.
      guard done != nil else { return }
      if let error { return finish(error) }
      runHooks(Array(hooks.dropFirst()), channel)
    }
  }

  private func finish(_ error: ContainerError?) {
    let done = self.done
    self.done = nil
    if done != nil, error == nil { hasSucceeded = true }
    done?(error)
  }

  /// The process has ended: in the middle of being made, to make room for runc, or in its time.
  private func ended(_ ending: Children.Ending) {
    if done != nil, let channel = first.channel {
      // What it said last may still wait to be read.
      while done != nil, first.process > 0, case .message(let message) = channel.receive() { handle(message, channel) }
    }
    guard container.runc == nil else { return }
    if done != nil { finish(ContainerError("the container's first process ended with status \(ending.status) while it was being set up")) }
    // containerd never hears of a container that could not be made.
    if hasSucceeded { container.ended(first, ending) } else { first.ended(ending) }
  }

  private func becomeNative() {
    first.closeChannel(context.loop)
    first.process = 0
    let runc = Runc(container)
    container.runc = runc
    runc.create { [self] error in
      if error == nil {
        container.watchMemory()
        context.publisher.publish(container.createEvent)
      }
      finish(error)
    }
  }
}

extension Container {
  var createEvent: TaskCreate {
    TaskCreate(
      containerID: id, bundle: bundle, rootfs: request.rootfs,
      io: TaskIO(stdin: request.stdin, stdout: request.stdout, stderr: request.stderr, terminal: request.terminal), checkpoint: "",
      pid: UInt32(first.process))
  }

  /// What hooks read.
  func state(_ status: String) -> String {
    HookProgram.state(id: id, status: status, process: first.process, bundle: bundle, annotations: spec.annotations)
  }
}
