import Glibc

extension Cgroup {
  /// A descriptor that becomes readable when the container ran out of memory, and also when its cgroup is removed: `oomKillCount` tells
  /// whether a process was killed. It never blocks and is closed on exec; `acknowledgeOOM` makes it quiet again.
  ///
  /// - Throws: where no memory controller counts the container's memory.
  public func makeOOMDescriptor() throws(ContainerError) -> Int32 {
    if let memory = folder("memory") { return try Cgroup.makeOOMEvent(memory) }
    guard layout.version == .v2, let unified else {
      throw ContainerError("telling when memory runs out needs the cgroup controller memory, which is not mounted")
    }
    return try Cgroup.watchOOMFile(unified)
  }

  /// Takes what made the descriptor readable.
  public static func acknowledgeOOM(_ descriptor: Int32) {
    withUnsafeTemporaryAllocation(byteCount: 4096, alignment: 8) { buffer in
      while read(descriptor, buffer.baseAddress!, buffer.count) == buffer.count {}
    }
  }

  /// How many processes of the container were killed because memory ran out; nil where nobody counts.
  public func oomKillCount() -> UInt64? {
    let text = folder("memory").map { $0.read("memory.oom_control") } ?? unified?.read("memory.events")
    return text.flatMap { DecimalText.value(of: "oom_kill", in: $0) }
  }

  /// Version 1: an event descriptor registered with the file that is watched (cgroup-v1/memory.rst, OOM Control).
  private static func makeOOMEvent(_ memory: CgroupFolder) throws(ContainerError) -> Int32 {
    let watched = memory.open("memory.oom_control", O_RDONLY)
    guard watched >= 0 else { throw ContainerError(failed: "open \(memory.fullPath)/memory.oom_control") }
    defer { close(watched) }
    // eventfd2(2) with EFD_CLOEXEC | EFD_NONBLOCK.
    let event = Int32(systemCall(SystemCall.eventfd2, 0, Int(O_CLOEXEC | O_NONBLOCK), 0, 0, 0))
    guard event >= 0 else { throw ContainerError(failed: "make an event descriptor") }
    do { try memory.set("cgroup.event_control", "\(event) \(watched)") } catch {
      close(event)
      throw error
    }
    return event
  }

  /// Version 2: the file counts, and changes are told of by inotify(7).
  private static func watchOOMFile(_ unified: CgroupFolder) throws(ContainerError) -> Int32 {
    let descriptor = Int32(systemCall(SystemCall.inotifyInit1, Int(O_CLOEXEC | O_NONBLOCK), 0, 0, 0, 0))
    guard descriptor >= 0 else { throw ContainerError(failed: "make a watch of files") }
    let path = unified.fullPath + "/memory.events"
    // IN_MODIFY
    let watch = path.withCString { systemCall(SystemCall.inotifyAddWatch, Int(descriptor), Int(bitPattern: $0), 2, 0, 0) }
    guard watch >= 0 else {
      let reason = ContainerError(failed: "watch \(path)")
      close(descriptor)
      throw reason
    }
    return descriptor
  }
}
