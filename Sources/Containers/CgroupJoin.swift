import Glibc

/// What a process writes to in order to join a cgroup, opened before it is forked: joining then is one small write for each hierarchy.
public struct CgroupJoin: Sendable {
  /// Opened for writing, closed on exec.
  public let descriptors: [Int32]

  /// Moves the calling process, which must have one thread, into the cgroup. For a forked child: allocates nothing.
  ///
  /// - Returns: 0, or the system's number for the failure.
  public func join() -> Int32 {
    // 0 is the writing task itself. The kernel moves a single task that names itself so without the lock over all forks and exits
    // that a number would cost (kernel/cgroup/cgroup.c, cgroup_procs_write_start).
    var zero: UInt8 = UInt8(ascii: "0")
    for descriptor in descriptors {
      while write(descriptor, &zero, 1) != 1 {
        guard errno == EINTR else { return errno }
      }
    }
    return 0
  }

  /// Closes the descriptors.
  public func close() { for descriptor in descriptors { Glibc.close(descriptor) } }
}

extension Cgroup {
  /// What is written to: `tasks` in version 1, which moves the writing thread alone and needs no lock over all processes; the unified
  /// hierarchy knows only whole processes.
  private func joinFile(_ index: Int) -> String { layout.hierarchies[index].isUnified ? "cgroup.procs" : "tasks" }

  /// Opens what a child is to write to.
  ///
  /// - Parameter withUnified: false where the child is born into the unified cgroup already (clone3(2), CLONE_INTO_CGROUP).
  /// - Throws: when the cgroup does not exist or may not be written.
  public func openForJoining(withUnified: Bool = true) throws(ContainerError) -> CgroupJoin {
    var descriptors: [Int32] = []
    for (index, folder) in folders.enumerated() where withUnified || !layout.hierarchies[index].isUnified {
      let descriptor = folder.open(joinFile(index), O_WRONLY)
      guard descriptor >= 0 else {
        let reason = ContainerError(failed: "open \(folder.fullPath)/\(joinFile(index))")
        CgroupJoin(descriptors: descriptors).close()
        throw reason
      }
      descriptors.append(descriptor)
    }
    return CgroupJoin(descriptors: descriptors)
  }

  /// The folder in the unified hierarchy, for clone3(2) with CLONE_INTO_CGROUP; nil where there is none.
  ///
  /// - Throws: when the cgroup does not exist.
  public func openUnifiedFolder() throws(ContainerError) -> Int32? {
    guard let unified else { return nil }
    return try Cgroup.open(unified)
  }

  /// The folder in the unified hierarchy for a further process. That is the container's own; where it passes controllers on and so may hold
  /// no processes (cgroup-v2.rst, No Internal Process Constraint), it is the one below that the container's first process has moved to.
  ///
  /// - Parameter cgroups: the first process's /proc/PID/cgroup.
  /// - Throws: when the cgroup does not exist.
  public func openUnifiedFolder(besideProcessWith cgroups: String) throws(ContainerError) -> Int32? {
    guard layout.version == .v2, let unified, unified.passesControllersOn,
      let path = (try? layout.paths(toldBy: cgroups))?.first, path.hasPrefix(unified.path + "/")
    else { return try openUnifiedFolder() }
    return try Cgroup.open(CgroupFolder(root: unified.root, path: path, mountPoint: unified.mountPoint))
  }

  private static func open(_ folder: CgroupFolder) throws(ContainerError) -> Int32 {
    let descriptor = openat(folder.root, folder.path, openPath | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw ContainerError(failed: "open \(folder.fullPath)") }
    return descriptor
  }

  /// Moves the calling process, which must have one thread, into the cgroup.
  ///
  /// - Throws: what a hierarchy refused.
  public func join() throws(ContainerError) {
    for (index, folder) in folders.enumerated() { try folder.set(joinFile(index), "0") }
  }

  /// Moves another process with all its threads into the cgroup; dearer than joining.
  ///
  /// - Throws: what a hierarchy refused.
  public func add(_ process: pid_t) throws(ContainerError) {
    for folder in folders { try folder.set("cgroup.procs", String(process)) }
  }
}

extension CgroupFolder {
  fileprivate var passesControllersOn: Bool { read("cgroup.subtree_control")?.contains { $0 > UInt8(ascii: " ") } ?? false }
}
