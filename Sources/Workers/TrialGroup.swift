import Glibc
import Observations

/// A cgroup whose memory peak and CPU time belong to one trial at a time.
final class TrialGroup {
  /// The memory hierarchy's folder first.
  let folders: [String]
  /// The same without the mount, for `cgroupsPath`.
  let path: String
  let source: MemorySource
  private let version: CgroupHierarchy.Version
  private var usageBefore: UInt64 = 0
  private var cpuBefore: (user: UInt64, system: UInt64) = (0, 0)
  /// memory.peak of version 2: writing to it resets the peak for readers of this descriptor only (Linux 6.12).
  private var peakDescriptor: Int32 = -1

  init(folders: [String], path: String, version: CgroupHierarchy.Version) {
    self.folders = folders
    self.path = path
    self.version = version
    source = version == .one ? .cgroup1 : .cgroup2
  }

  deinit { if peakDescriptor >= 0 { close(peakDescriptor) } }

  /// Folders the launcher is to start something in: `client` for a trial, `daemon` for an engine.
  func members(_ name: String) -> [String] { folders.map { "\($0)/\(name)" } }

  /// `cgroupsPath` of a guest.
  func guestPath(_ identifier: String) -> String { "\(path)/\(identifier)" }

  /// Processes in a member folder.
  func processes(_ member: String) -> [pid_t] { CgroupFolder.processes("\(folders[0])/\(member)") }

  /// Starts a new peak: what is in use now is not the coming trial's.
  func begin() {
    let memory = folders[0]
    switch version {
    case .one:
      SystemFile.write("0", to: memory + "/memory.max_usage_in_bytes")
      usageBefore = SystemFile.number(memory + "/memory.usage_in_bytes") ?? 0
    case .two:
      if peakDescriptor < 0 { peakDescriptor = open(memory + "/memory.peak", O_RDWR | O_CLOEXEC) }
      if peakDescriptor >= 0 { _ = write(peakDescriptor, "reset", 5) }
      usageBefore = SystemFile.number(memory + "/memory.current") ?? 0
    }
    cpuBefore = cpuTime() ?? (0, 0)
  }

  /// Peak since `begin`, bytes, above what was in use then; nil where it cannot be read.
  func peak() -> UInt64? {
    let peak: UInt64?
    switch version {
    case .one: peak = SystemFile.number(folders[0] + "/memory.max_usage_in_bytes")
    case .two:
      var bytes = [UInt8](repeating: 0, count: 32)
      let count = peakDescriptor >= 0 ? pread(peakDescriptor, &bytes, bytes.count, 0) : -1
      peak =
        count > 0
        ? UInt64(String(decoding: bytes[..<count], as: UTF8.self).prefix { $0.isNumber })
        : SystemFile.number(folders[0] + "/memory.peak")
    }
    return peak.map { $0 > usageBefore ? $0 - usageBefore : 0 }
  }

  /// User and system time since `begin`, nanoseconds; nil where the group does not count it.
  func cpuTimeUsed() -> (user: UInt64, system: UInt64)? {
    cpuTime().map { ($0.user &- cpuBefore.user, $0.system &- cpuBefore.system) }
  }

  private func cpuTime() -> (user: UInt64, system: UInt64)? {
    guard let folder = folders.last else { return nil }
    if version == .one {
      guard let user = SystemFile.number(folder + "/cpuacct.usage_user"), let system = SystemFile.number(folder + "/cpuacct.usage_sys")
      else { return nil }
      return (user, system)
    }
    var user: UInt64?
    var system: UInt64?
    for line in (SystemFile.text(folder + "/cpu.stat") ?? "").split(separator: "\n") {
      let words = line.split(separator: " ")
      guard words.count == 2, let value = UInt64(words[1]) else { continue }
      if words[0] == "user_usec" { user = value * 1000 }
      if words[0] == "system_usec" { system = value * 1000 }
    }
    guard let user, let system else { return nil }
    return (user, system)
  }

  func remove() { for folder in folders { CgroupFolder.remove(folder) } }
}
