import Containers
import Glibc
import OCI
import VM

/// A container's first process, from its birth to its guest: a fork of the shim that never returns.
///
/// Everything is set up when the container is created: the process then stands inside its namespaces with its module loaded, waiting for one
/// word. Starting it is answering that.
struct ContainerInit {
  let id: String
  let spec: RuntimeSpec
  let bundle: String
  let layers: [RootFileSystem.Layer]
  /// What was opened for a process in a user namespace of its own.
  let hostMounts: HostMounts?
  let cgroup: Cgroup
  let join: CgroupJoin
  let seccomp: SeccompFilter?
  let streams: (input: Int32, output: Int32, errors: Int32)
  let channel: InitChannel
  let flavour: Flavour
  /// Names the keyring of the container's processes.
  var keyring = ""

  func run() -> Never {
    Linux.setSignalMask(0)
    GuestSignals.install()
    let files = CgroupMemoryFiles(cgroup)
    let code = join.join()
    // The names of the container's cgroups are needed after their descriptors are gone.
    let folders = cgroup.mountFolders
    let cache = GuestMode.openCache()
    let kept = ProcessDescriptors.arrange(
      streams,
      keeping: [
        channel.descriptor, files.limit, files.usage, cache?.descriptors.folder ?? -1, cache?.descriptors.files ?? -1,
        hostMounts?.root ?? -1,
      ] + (hostMounts?.sources ?? []))
    let mounts = hostMounts.map { _ in HostMounts(root: kept[5], sources: Array(kept[6...])) }
    let channel = InitChannel(descriptor: kept[0])
    do throws(ContainerError) {
      guard code == 0 else { throw ContainerError(failed: "join the container's cgroups", code: code) }
      try enterContainer(folders, mounts, channel)
      let process = GuestProcess(
        spec: spec, process: spec.process, channel: channel, memory: CgroupMemoryFiles(limit: kept[1], usage: kept[2]), seccomp: seccomp,
        flavour: flavour, hookState: hookState("created"), keyring: keyring,
        cache: cache.map { _ in CodeCache(folder: kept[3], files: kept[4]) })
      try process.run(isFirst: true)
    } catch {
      channel.send(.failed(error.description))
      _exit(127)
    }
  }

  private func enterContainer(
    _ folders: RootFileSystem.CgroupFolders, _ mounts: HostMounts?, _ channel: InitChannel
  ) throws(ContainerError) {
    let namespaces = Namespaces(spec.linux.namespaces)
    if namespaces.makes(.user) {
      channel.send(.needsHost)
      guard channel.awaitLeave() else { _exit(1) }
      guard Linux.becomeRoot() == 0 else { throw ContainerError(failed: "become root in the container's user namespace") }
    }
    try namespaces.joinExisting()
    if namespaces.makes(.cgroup), Linux.unshare(Linux.Namespace.cgroup) != 0 { throw ContainerError(failed: "make a cgroup namespace") }
    if namespaces.makes(.network) { Loopback.bringUp() }
    try setNames(namespaces)
    if let score = spec.process.oomScoreAdj, !namespaces.makes(.user) { try OOMScore.set(score) }
    setsid()
    let root = RootFileSystem(spec, bundle: bundle, layers: layers, cgroupFolders: folders, hostMounts: mounts)
    try root.enter(beforeLeaving: { () throws(ContainerError) in try hooks(channel) }) { () throws(ContainerError) in
      try SysctlSettings(spec.linux.sysctl, namespaces: spec.linux.namespaces).apply()
      if spec.process.terminal {
        try channel.makeTerminal(owner: spec.process.user.uid, showsConsole: true, size: spec.process.consoleSize)
      }
    }
  }

  /// What hooks do between the last mount and the change of the root, in the order of config.md, "POSIX-platform Hooks".
  private func hooks(_ channel: InitChannel) throws(ContainerError) -> RootFileSystem.HostStep? {
    let hooks = spec.hooks
    guard !hooks.prestart.isEmpty || !hooks.createRuntime.isEmpty || !hooks.createContainer.isEmpty else { return nil }
    // runc runs them where the program is runc's to run. A program that is not there is reported in its turn.
    let words = InitProgram.wordsBehind(spec.process.args) ?? spec.process.args
    do throws(ContainerError) {
      let entry = try EntryPoint(words.first ?? "", workingFolder: spec.process.cwd, environment: spec.process.env)
      if entry.kind == .native {
        channel.send(.native)
        _exit(0)
      }
    } catch {}
    return { () throws(ContainerError) in
      channel.send(.mounted)
      guard channel.awaitLeave() else { _exit(1) }
      for hook in hooks.createContainer { try HookProgram(hook).runInside(state: hookState("creating")) }
    }
  }

  /// What hooks inside the container read.
  private func hookState(_ status: String) -> String {
    HookProgram.state(id: id, status: status, process: getpid(), bundle: bundle, annotations: spec.annotations)
  }

  private func setNames(_ namespaces: Namespaces) throws(ContainerError) {
    guard namespaces.makes(.uts) else { return }
    if !spec.hostname.isEmpty, sethostname(spec.hostname, spec.hostname.utf8.count) != 0 {
      throw ContainerError(failed: "set the host name \(spec.hostname)")
    }
    if !spec.domainname.isEmpty, setdomainname(spec.domainname, spec.domainname.utf8.count) != 0 {
      throw ContainerError(failed: "set the domain name \(spec.domainname)")
    }
  }
}
