import Containers
import Glibc

extension Container {
  /// Forks a process of the container: born in its cgroup of the unified hierarchy (or where its first process has gone from there), with a channel to the shim.
  ///
  /// - Parameters:
  ///   - namespace: the pid namespace to be born in; nil for the shim's own or a new one by the flags.
  ///   - flags: as clone(2) takes them.
  ///   - run: what the process does. It gets the other cgroups to join and its end of the channel.
  /// - Returns: the process and the shim's end, which does not block.
  func fork(
    into namespace: String?, flags: Int, _ run: (CgroupJoin, InitChannel) -> Never
  ) throws(ContainerError) -> (process: pid_t, channel: InitChannel) {
    guard let pair = Linux.makeSocketPair() else { throw ContainerError(failed: "make a pair of sockets") }
    defer { close(pair.theirs) }
    do throws(ContainerError) {
      let join = try cgroup.openForJoining(withUnified: false)
      defer { join.close() }
      let unified = try cgroup.openUnifiedFolder(besideProcessWith: "/proc/\(first.process)/cgroup") ?? -1
      defer { if unified >= 0 { close(unified) } }
      let child = try PidNamespace.fork(into: namespace, flags: flags, cgroup: unified)
      if child == 0 { run(join, InitChannel(descriptor: pair.theirs)) }
      FileDescriptor.setBlocking(pair.ours, false)
      return (child, InitChannel(descriptor: pair.ours))
    } catch {
      close(pair.ours)
      throw error
    }
  }
}

/// fork(2) with namespaces, also into the pid namespace of another container.
private enum PidNamespace {
  /// - Parameters:
  ///   - path: the pid namespace to be born in; nil for the shim's own or a new one by the flags.
  ///   - flags: as clone(2) takes them.
  ///   - cgroup: the opened folder of the unified hierarchy to be born into; -1 for the shim's own.
  /// - Returns: 0 in the child.
  static func fork(into path: String?, flags: Int, cgroup: Int32) throws(ContainerError) -> pid_t {
    guard let path else {
      let child = Linux.fork(flags: flags, cgroup: cgroup)
      guard child >= 0 else { throw ContainerError(failed: "make a process with the container's namespaces") }
      return child
    }
    let own = open("/proc/self/ns/pid", O_RDONLY | O_CLOEXEC)
    guard own >= 0 else { throw ContainerError(failed: "open the shim's own pid namespace") }
    defer { close(own) }
    // Only children are born there; the shim itself stays where it is.
    try Namespaces.join(path, .pid)
    let child = Linux.fork(flags: flags, cgroup: cgroup)
    if child == 0 { return 0 }
    let code = errno
    let isBack = Linux.setNamespace(own, Linux.Namespace.process) == 0
    guard child > 0 else { throw ContainerError(failed: "make a process in the pid namespace \(path)", code: code) }
    guard isBack else { throw ContainerError(failed: "return to the shim's own pid namespace") }
    return child
  }
}
