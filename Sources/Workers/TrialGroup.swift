import Glibc
import Observations

/// A cgroup whose memory and CPU time belong to one trial at a time, with a member folder for each part of the trial:
/// `client` (what the launcher starts), `guest` (below it whatever an OCI runtime makes), `daemon` (an engine and its shims).
///
/// The trial's peak is the sum of its parts' peaks. The parts need not peak at the same moment, so this is an upper bound of what was in
/// use at any one moment; unlike the peak of the whole it adds up: what a guest touches shows in full, whether or not its runtime needed
/// more for a moment while it set the guest up.
final class TrialGroup {
  enum Part: String, CaseIterable { case client, guest, daemon }

  /// The memory hierarchy's folder first.
  let folders: [String]
  /// The same without the mount, for `cgroupsPath`.
  let path: String
  let source: MemorySource
  private var meters: [Part: MemoryMeter]
  private var cpuBefore: (user: UInt64, system: UInt64) = (0, 0)
  private let version: CgroupHierarchy.Version

  init(folders: [String], path: String, parts: [Part], version: CgroupHierarchy.Version) {
    self.folders = folders
    self.path = path
    self.version = version
    source = version == .one ? .cgroup1 : .cgroup2
    meters = [:]
    for part in parts { meters[part] = MemoryMeter(folder: "\(folders[0])/\(part.rawValue)", version: version) }
  }

  /// Folders in which the launcher is to start something.
  func folders(_ part: Part) -> [String] { folders.map { "\($0)/\(part.rawValue)" } }

  /// `cgroupsPath` of a guest.
  func guestPath(_ identifier: String) -> String { "\(path)/\(Part.guest.rawValue)/\(identifier)" }

  /// Processes of a part.
  func processes(_ part: Part) -> [pid_t] { CgroupFolder.processes("\(folders[0])/\(part.rawValue)") }

  /// Processes of a part and of whatever was made below it.
  func allProcesses(_ part: Part) -> [pid_t] { CgroupFolder.allProcesses("\(folders[0])/\(part.rawValue)") }

  /// Starts new peaks: what is in use now is not the coming trial's.
  func begin() {
    for meter in meters.values { meter.begin() }
    cpuBefore = cpuTime() ?? (0, 0)
  }

  /// Starts the guest's peak again, for the moment the guest's own program replaces the runtime's.
  func restartGuest() { meters[.guest]?.restart() }

  /// Sum of the parts' peaks since `begin`, bytes, above what was in use then; nil where it cannot be read.
  func peak() -> UInt64? {
    var sum: UInt64 = 0
    for meter in meters.values {
      guard let peak = meter.peak() else { return nil }
      sum += peak
    }
    return sum
  }

  /// Sum of what the parts are charged with now, bytes, above what they were at `begin`; nil where it cannot be read.
  func usage() -> UInt64? {
    var sum: UInt64 = 0
    for meter in meters.values {
      guard let usage = meter.usage() else { return nil }
      sum += usage
    }
    return sum
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

/// The memory peak of one cgroup folder and all below it, counted from a chosen moment.
final class MemoryMeter {
  private let folder: String
  private let version: CgroupHierarchy.Version
  private var usageBefore: UInt64 = 0
  /// memory.peak of version 2: writing to it resets the peak for readers of this descriptor only (Linux 6.12).
  private var peakDescriptor: Int32 = -1

  init(folder: String, version: CgroupHierarchy.Version) {
    self.folder = folder
    self.version = version
  }

  deinit { if peakDescriptor >= 0 { close(peakDescriptor) } }

  /// Starts a new peak, counted from what is in use now.
  func begin() {
    restart()
    usageBefore = charged ?? 0
  }

  private var charged: UInt64? { SystemFile.number(folder + (version == .one ? "/memory.usage_in_bytes" : "/memory.current")) }

  /// What is in use above what was at `begin`, bytes; nil where it cannot be read.
  func usage() -> UInt64? { charged.map { $0 > usageBefore ? $0 - usageBefore : 0 } }

  /// Starts a new peak, counted from what was in use at `begin`.
  func restart() {
    switch version {
    case .one: SystemFile.write("0", to: folder + "/memory.max_usage_in_bytes")
    case .two:
      if peakDescriptor < 0 { peakDescriptor = open(folder + "/memory.peak", O_RDWR | O_CLOEXEC) }
      if peakDescriptor >= 0 { _ = write(peakDescriptor, "reset", 5) }
    }
  }

  /// Peak since `begin`, bytes; nil where it cannot be read.
  func peak() -> UInt64? {
    let peak: UInt64?
    switch version {
    case .one: peak = SystemFile.number(folder + "/memory.max_usage_in_bytes")
    case .two:
      var bytes = [UInt8](repeating: 0, count: 32)
      let count = peakDescriptor >= 0 ? pread(peakDescriptor, &bytes, bytes.count, 0) : -1
      peak =
        count > 0
        ? UInt64(String(decoding: bytes[..<count], as: UTF8.self).prefix { $0.isNumber })
        : SystemFile.number(folder + "/memory.peak")
    }
    return peak.map { $0 > usageBefore ? $0 - usageBefore : 0 }
  }
}
