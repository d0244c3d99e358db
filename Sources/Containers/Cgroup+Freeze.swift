import Glibc

extension Cgroup {
  /// Stops every process of the container until `thaw`; returns when all stand still.
  ///
  /// - Throws: when the kernel cannot stop one of them within two seconds (one that waits for a device, say); the others go on then.
  public func freeze() throws(ContainerError) {
    guard let freezer = folder("freezer") else { return try freezeUnified() }
    // A process that is born while others are stopped can keep the state at FREEZING until it is asked for again.
    for round in 1...2000 {
      try freezer.set("freezer.state", "FROZEN")
      guard let state = freezer.read("freezer.state") else { throw ContainerError(failed: "read \(freezer.fullPath)/freezer.state") }
      if Cgroup.isFrozen(state) { return }
      // Letting everybody go on for a moment unties processes that wait for each other.
      if round % 50 == 0 {
        _ = freezer.write("THAWED", to: "freezer.state")
        usleep(10_000)
      } else {
        usleep(round < 20 ? 50 : 500)
      }
    }
    _ = freezer.write("THAWED", to: "freezer.state")
    throw ContainerError("cannot freeze \(freezer.fullPath): a process in it does not stand still")
  }

  /// Lets stopped processes go on.
  public func thaw() throws(ContainerError) {
    if let freezer = folder("freezer") {
      try freezer.set("freezer.state", "THAWED")
    } else {
      try unifiedFreezer().set("cgroup.freeze", "0")
    }
  }

  /// Whether every process stands still. False where that cannot be read.
  public var isFrozen: Bool {
    if let freezer = folder("freezer") { return freezer.read("freezer.state").map(Cgroup.isFrozen) ?? false }
    return unified?.read("cgroup.events").map { DecimalText.value(of: "frozen", in: $0) == 1 } ?? false
  }

  private static func isFrozen(_ state: [UInt8]) -> Bool { state.starts(with: "FROZEN".utf8) }

  private func unifiedFreezer() throws(ContainerError) -> CgroupFolder {
    guard let unified else { throw ContainerError("pausing needs the cgroup controller freezer, which is not mounted") }
    return unified
  }

  /// cgroup.events says when it is done, and polls as changed then (cgroup-v2.rst).
  private func freezeUnified() throws(ContainerError) {
    let folder = try unifiedFreezer()
    let events = folder.open("cgroup.events", O_RDONLY)
    guard events >= 0 else { throw ContainerError(failed: "open \(folder.fullPath)/cgroup.events") }
    defer { close(events) }
    try folder.set("cgroup.freeze", "1")
    for _ in 0..<200 {
      lseek(events, 0, SEEK_SET)
      if let text = SmallFile.readAll(events), DecimalText.value(of: "frozen", in: text) == 1 { return }
      var change = pollfd(fd: events, events: Int16(POLLPRI), revents: 0)
      // Ten milliseconds at most: a file system that only looks like the kernel's never says that something changed.
      if poll(&change, 1, 10) > 0 && change.revents & Int16(POLLPRI) == 0 { usleep(10_000) }
    }
    _ = folder.write("0", to: "cgroup.freeze")
    throw ContainerError("cannot freeze \(folder.fullPath): a process in it does not stand still")
  }
}
