import Containers
import Glibc
import JSON
import OCI
import TaskAPI

/// A container whose program is one of the machine's own, as a side-car in a pod is: runc makes it and we watch it.
final class Runc {
  private unowned let container: Container
  private var context: ShimContext { container.context }
  /// Of runc, so that each has a log of its own.
  private var runs = 0

  init(_ container: Container) { self.container = container }

  /// Where runc notes its containers; the shim of runc uses the same.
  static func root(_ namespace: String) -> String { "/run/containerd/runc/" + namespace }

  // MARK: Life

  func create(_ done: @escaping Container.Done) {
    do throws(ContainerError) {
      try LeftoverRecord(cgroup: container.spec.linux.cgroupsPath ?? "", isNative: true).write(to: container.bundle)
      // runc makes the cgroups itself and takes none that were made by others.
      _ = container.cgroup.remove()
      try nameCgroup()
      for layer in container.request.rootfs {
        try Mounting.mount(type: layer.type, source: layer.source, options: layer.options, at: container.bundle + "/rootfs")
      }
    } catch {
      return done(error)
    }
    make(container.first, ["create", "--bundle", container.bundle], [container.id], done)
  }

  /// The cgroup is to be where it would be for a module: runc on its own takes systemd's form of its path by the letter.
  private func nameCgroup() throws(ContainerError) {
    guard let path = container.cgroup.absolutePath, path != container.spec.linux.cgroupsPath else { return }
    let file = container.bundle + "/config.json"
    guard let text = FileDescriptor.readFile(file), var document = try? JSONValue(reading: text) else {
      throw ContainerError(failed: "read \(file)")
    }
    document = document.setting("linux", to: (document["linux"] ?? .object([])).setting("cgroupsPath", to: .string(path)))
    guard FileDescriptor.replaceFile(file, with: document.text) else { throw ContainerError(failed: "write \(file)") }
  }

  func start(_ done: @escaping Container.Done) { run(["start", container.id], done: done) }

  func exec(_ process: TaskProcess, _ done: @escaping Container.Done) {
    let file = "\(container.bundle)/\(process.execID).process.json"
    guard FileDescriptor.replaceFile(file, with: String(decoding: process.document, as: UTF8.self)) else {
      return done(ContainerError(failed: "write \(file)"))
    }
    make(process, ["exec", "--process", file, "--detach"], [container.id]) { [self] error in
      unlink(file)
      if error == nil {
        process.runs()
        context.publisher.publish(
          TaskExecStarted(containerID: container.id, execID: process.execID, pid: UInt32(process.process)))
      } else {
        process.streams?.close()
      }
      done(error)
    }
  }

  func delete(_ done: @escaping Container.Done) { run(["delete", "--force", container.id], done: done) }

  // MARK: A process

  /// Has runc make a process; it becomes the shim's child when runc ends.
  private func make(_ process: TaskProcess, _ words: [String], _ operands: [String], _ done: @escaping Container.Done) {
    let pidFile = "\(container.bundle)/\(process.execID.isEmpty ? "init" : process.execID).pid"
    unlink(pidFile)
    var words = words + ["--pid-file", pidFile]
    var console: ConsoleSocket?
    if process.spec.terminal {
      do throws(ContainerError) { console = try ConsoleSocket() } catch { return done(error) }
      words += ["--console-socket", console!.path]
    }
    let streams = process.spec.terminal ? (input: -1, output: -1, errors: -1) : process.streams?.forProcess ?? (-1, -1, -1)
    context.children.beginAdoption()
    run(words + operands, streams) { [self] error in
      defer {
        console?.close()
        context.children.endAdoption()
      }
      if let error { return done(error) }
      guard let text = FileDescriptor.readFile(pidFile), let number = pid_t(String(decoding: text, as: UTF8.self)) else {
        return done(ContainerError("runc did not say the process's number in \(pidFile)"))
      }
      process.process = number
      if let master = console?.receive() { process.streams?.attach(terminal: master, context.loop) }
      // First that it runs, then that it has ended.
      done(nil)
      context.children.expectAdopted(number) { [container] in container.ended(process, $0) }
    }
  }

  /// Runs runc to its end. What it has to say against is in its log.
  private func run(
    _ words: [String], _ streams: (input: Int32, output: Int32, errors: Int32) = (-1, -1, -1), done: @escaping Container.Done
  ) {
    runs += 1
    let log = "\(container.bundle)/runc-\(runs).json"
    let program = Program(
      path: HostPrograms.find("runc"),
      arguments: ["runc", "--root", Self.root(context.options.namespace), "--log", log, "--log-format", "json"] + words,
      environment: ["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"],
      descriptors: [streams.input, streams.output, streams.errors], folder: container.bundle)
    do throws(ContainerError) {
      let process = try program.start()
      context.children.expect(process) { ending in
        defer { unlink(log) }
        done(ending.status == 0 ? nil : ContainerError("runc: \(Self.lastMessage(log) ?? "ended with status \(ending.status)")"))
      }
    } catch {
      done(ContainerError("\(error); programs of the machine are run by runc: install it (apt-get install runc)"))
    }
  }

  private static func lastMessage(_ log: String) -> String? {
    guard let text = FileDescriptor.readFile(log) else { return nil }
    for line in text.split(separator: UInt8(ascii: "\n")).reversed() {
      if let entry = try? JSONValue(reading: Array(line)), entry["level"]?.string == "error" { return entry["msg"]?.string }
    }
    return nil
  }
}

/// Programs of the host that are looked up as containerd would find them.
enum HostPrograms {
  static func find(_ name: String) -> String {
    for folder in ["/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin"] {
      let path = folder + "/" + name
      if access(path, X_OK) == 0 { return path }
    }
    return "/usr/bin/" + name
  }
}

/// Where runc sends the master of a process's terminal (runc, docs/terminals.md).
final class ConsoleSocket {
  let path: String
  private let descriptor: Int32
  nonisolated(unsafe) private static var count = 0

  init() throws(ContainerError) {
    Self.count += 1
    path = "\(ShimSocket.folder)/console-\(getpid())-\(Self.count)"
    guard case .listening(let socket) = ShimSocket.listen(at: path) else { throw ContainerError(failed: "listen at \(path)") }
    FileDescriptor.setBlocking(socket, false)
    descriptor = socket
  }

  /// runc has connected and sent by the time it ends.
  func receive() -> Int32? {
    let connection = Linux.accept(descriptor)
    guard connection >= 0 else { return nil }
    defer { Glibc.close(connection) }
    return InitChannel(descriptor: connection).receiveDescriptor()
  }

  func close() {
    Glibc.close(descriptor)
    unlink(path)
  }
}
