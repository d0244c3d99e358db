import Containers
import Glibc
import OCI
import Protobuf
import TaskAPI

/// `delete`: clears away what a shim left behind that was killed. containerd runs it for every container, also after everything went well;
/// then there is nothing to do.
struct DeleteCommand {
  private let options: ShimOptions

  init(_ options: ShimOptions) { self.options = options }

  func run() -> Int32 {
    let bundle = options.bundle.isEmpty ? "." : options.bundle
    if let record = LeftoverRecord(bundle: bundle) { clear(record, bundle) }
    // A shim that was killed before it had a task left this alone.
    removeSocket(bundle)
    let now = Moment.now
    // Whoever asks wants to hear of a killed process: 128 and SIGKILL.
    let answer = DeleteResponse(
      pid: 0, exitStatus: 137, exitedAt: Timestamp(seconds: now.seconds, nanoseconds: now.nanoseconds))
    return FileDescriptor.write(answer.encode(), to: 1) ? 0 : 71
  }

  /// containerd gives this command five seconds, in nanoseconds less what else it has to do.
  private static let patience: UInt64 = 3_500_000_000

  private func clear(_ record: LeftoverRecord, _ bundle: String) {
    let end = EventLoop.now + Self.patience
    if record.isNative {
      let program = Program(
        path: HostPrograms.find("runc"),
        arguments: ["runc", "--root", Runc.root(options.namespace), "delete", "--force", options.id])
      if let process = try? program.start() { wait(for: process, until: end) }
    }
    if let layout = try? CgroupLayout.detect(),
      let cgroup = try? Cgroup(in: layout, path: record.cgroup, defaultPath: "/\(options.namespace)/\(options.id)")
    {
      try? cgroup.kill(SIGKILL)
      while !cgroup.remove(), EventLoop.now < end { usleep(10_000) }
    }
    Mounting.unmountAll(at: bundle + "/rootfs")
    LeftoverRecord.remove(from: bundle)
    if !record.isNative { runPoststopHooks(bundle) }
  }

  private func runPoststopHooks(_ bundle: String) {
    let path = bundle + "/config.json"
    guard let text = FileDescriptor.readFile(path), let spec = try? RuntimeSpec(reading: text, path: path) else { return }
    let state = HookProgram.state(id: options.id, status: "stopped", process: 0, bundle: bundle, annotations: spec.annotations)
    for hook in spec.hooks.poststop {
      do throws(ContainerError) { try HookProgram(hook).runInside(state: state) } catch { StandardError.write("warning: \(error)\n") }
    }
  }

  private func wait(for process: pid_t, until end: UInt64) {
    while waitpid(process, nil, WNOHANG) == 0 {
      if EventLoop.now > end { kill(process, SIGKILL) }
      usleep(2000)
    }
  }

  /// The killed shim's socket, unless another shim answers there.
  private func removeSocket(_ bundle: String) {
    guard let text = FileDescriptor.readFile(bundle + "/address") else { return }
    let address = String(decoding: text, as: UTF8.self)
    guard address.hasPrefix("unix://\(ShimSocket.folder)/") else { return }
    let path = String(address.dropFirst("unix://".utf8.count))
    ShimSocket.removeUnlessServed(path)
  }
}
