import Containers
import Glibc
import OCI

/// A process that is started in a container that is there already (`exec`): it joins what the first one lives in.
///
/// It joins as a process of the shim's own pid namespace, where nobody in the container can look at it, and has a sibling born in the
/// container's once nothing of the host is around it any more.
struct FurtherProcess {
  /// The container's.
  let spec: RuntimeSpec
  let process: RuntimeSpec.Process
  /// The first process, as a descriptor.
  let container: Int32
  let memory: CgroupMemoryFiles
  let join: CgroupJoin
  let seccomp: SeccompFilter?
  let streams: (input: Int32, output: Int32, errors: Int32)
  let channel: InitChannel
  let flavour: Flavour
  /// Names the keyring of the container's processes.
  let keyring: String

  func run() -> Never {
    Linux.setSignalMask(0)
    GuestSignals.install()
    let code = join.join()
    let kept = ProcessDescriptors.arrange(streams, keeping: [channel.descriptor, memory.limit, memory.usage, container])
    let channel = InitChannel(descriptor: kept[0])
    do throws(ContainerError) {
      guard code == 0 else { throw ContainerError(failed: "join the container's cgroups", code: code) }
      let entersUsers = flags & Linux.Namespace.user != 0
      if entersUsers {
        channel.send(.needsHost)
        guard channel.awaitLeave() else { _exit(1) }
      }
      guard Linux.setNamespace(kept[3], flags) == 0 else { throw ContainerError(failed: "join the container's namespaces") }
      close(kept[3])
      if entersUsers, Linux.becomeRoot() != 0 {
        throw ContainerError(failed: "become root in the container's user namespace")
      }
      try giveBirth(channel)
      setsid()
      if let score = process.oomScoreAdj, !entersUsers { try OOMScore.set(score) }
      if process.terminal { try channel.makeTerminal(owner: process.user.uid, showsConsole: false) }
      try GuestProcess(
        spec: spec, process: process, channel: channel, memory: CgroupMemoryFiles(limit: kept[1], usage: kept[2]), seccomp: seccomp,
        flavour: flavour, keyring: keyring
      ).run(isFirst: false)
    } catch {
      channel.send(.failed(error.description))
      _exit(127)
    }
  }

  /// Returns in the process that goes on.
  private func giveBirth(_ channel: InitChannel) throws(ContainerError) {
    guard flags & Linux.Namespace.process != 0 else { return channel.send(.born(getpid())) }
    let process = Linux.fork(flags: Linux.sibling)
    guard process != 0 else { return }
    guard process > 0 else { throw ContainerError(failed: "make a process in the container") }
    channel.send(.born(process))
    _exit(0)
  }

  /// The mount namespace is always the container's own; of the others those that are not the shim's own.
  private var flags: Int {
    spec.linux.namespaces.reduce(Linux.Namespace.mount) { flags, namespace in
      switch namespace.kind {
      case .ipc: flags | Linux.Namespace.ipc
      case .uts: flags | Linux.Namespace.uts
      case .network: flags | Linux.Namespace.network
      case .cgroup: flags | Linux.Namespace.cgroup
      case .user: flags | Linux.Namespace.user
      case .pid: flags | Linux.Namespace.process
      case .mount, .time: flags
      }
    }
  }
}
