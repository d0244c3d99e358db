import Glibc

/// The kernel's trace points, and places in files that are made into trace points (Documentation/trace/events.rst, uprobetracer.rst).
enum TraceEvents {
  /// A tracefs of our own, where the machine has none mounted: it is in no mount namespace and goes with this process.
  nonisolated(unsafe) private static var own: Int32 = -1
  private static let folders = ["/sys/kernel/tracing", "/sys/kernel/debug/tracing"]
  /// The group of the trace points we make. The kernel refuses to remove one that is counted, so whatever can be removed is a leftover.
  private static let group = "harness"

  /// The number of an event `GROUP/NAME`.
  /// - Throws: `SystemError` where tracefs cannot be had.
  static func identifier(_ event: String) throws -> UInt64 {
    guard let number = SmallFile.number("\(try folder())/events/\(event)/id") else {
      throw SystemError(message: "the kernel has no trace point \(event)")
    }
    return number
  }

  /// Makes a place in an executable file a trace point. Remove it when its counters are closed.
  /// - Throws: `SystemError`, for instance where the offset is none of an instruction.
  static func define(_ path: String, _ offset: UInt64) throws -> (name: String, identifier: UInt64) {
    let name = "place\(System.now())"
    try write("p:\(group)/\(name) \(path):0x\(String(offset, radix: 16))", "probe \(path)")
    do { return (name, try identifier("\(group)/\(name)")) } catch {
      remove(name)
      throw error
    }
  }

  static func remove(_ name: String) { try? write("-:\(group)/\(name)", "remove a probe") }

  /// Removes what launchers that were killed have left.
  static func sweep() {
    guard let folder = try? folder(), let list = SmallFile.read(folder + "/uprobe_events", limit: 65536) else { return }
    for line in list.split(separator: "\n") where line.hasPrefix("p:\(group)/") {
      remove(String(line.dropFirst(group.count + 3).prefix { $0 != " " }))
    }
  }

  private static func write(_ text: String, _ attempt: String) throws {
    let file = open("\(try folder())/uprobe_events", O_WRONLY | O_APPEND | O_CLOEXEC)
    guard file >= 0 else { throw SystemError("the kernel has no user-space probes: uprobe_events") }
    defer { close(file) }
    guard Glibc.write(file, text, text.utf8.count) == text.utf8.count else { throw SystemError(attempt) }
  }

  /// Where tracefs is.
  private static func folder() throws -> String {
    if let folder = folders.first(where: { access($0 + "/events", R_OK) == 0 }) { return folder }
    if own < 0 {
      do { own = try System.openFileSystem("tracefs") } catch {
        throw SystemError(message: "tracefs cannot be read (as root: mount -t tracefs tracefs \(folders[0]))")
      }
    }
    return "/proc/self/fd/\(own)"
  }
}
