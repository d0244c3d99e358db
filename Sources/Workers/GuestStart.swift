import Glibc

/// Tells the moment a container's own program replaces the OCI runtime's, from the kernel's process events
/// (cn_proc, linux/cn_proc.h), so that the memory the runtime used on its way there is not taken for the guest's.
///
/// runc's last stage names itself `runc:[2:INIT]` and then executes the guest. Where the kernel offers no process events (no root,
/// a pid namespace of somebody else's) the guest's part includes that stage.
final class GuestStart {
  /// Readable when events wait.
  let descriptor: Int32
  private var group: TrialGroup?
  private var lastStages: Set<Int32> = []

  /// Half of the guest's life could pass unseen if an event came late: such an event changes nothing.
  private static let latest: UInt64 = 1_000_000  // nanoseconds

  init?() {
    // AF_NETLINK, NETLINK_CONNECTOR
    descriptor = socket(16, Int32(SOCK_DGRAM.rawValue) | O_CLOEXEC | O_NONBLOCK, 11)
    guard descriptor >= 0 else { return nil }
    // sockaddr_nl: family, padding, port (the kernel chooses), groups (CN_IDX_PROC).
    var address = Self.bytes16([16, 0]) + Self.bytes32([0, 1])
    let bound = address.withUnsafeMutableBytes { bytes in
      bind(descriptor, bytes.baseAddress!.assumingMemoryBound(to: sockaddr.self), socklen_t(bytes.count))
    }
    // First the message every kernel knows, then, from Linux 6.6 on, the one that asks for PROC_EVENT_EXEC and PROC_EVENT_COMM only.
    guard bound == 0, send(Self.bytes32([1])), send(Self.bytes32([1, 0x2 | 0x200])) else {
      close(descriptor)
      return nil
    }
  }

  deinit { close(descriptor) }

  /// Follows one trial; nil follows none.
  func follow(_ group: TrialGroup?) {
    self.group = group
    lastStages = []
    while receive() != nil {}
  }

  /// Takes the waiting events.
  func handle() {
    while let event = receive() {
      guard let group, event.count >= 60 else { continue }
      func word(_ offset: Int) -> UInt32 { event.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: offset, as: UInt32.self) } }
      // nlmsghdr 16 bytes, cn_msg 20, then proc_event: what, cpu, timestamp, process, thread group.
      let what = word(36)
      let process = Int32(bitPattern: word(56))
      if what == 0x200, event.count >= 76 {
        let name = event[60..<76].prefix { $0 != 0 }
        if name.elementsEqual("runc:[2:INIT]".utf8), SystemFile.text("/proc/\(process)/cgroup")?.contains(group.guestPath("")) == true {
          lastStages.insert(process)
        }
      } else if what == 0x2, lastStages.remove(process) != nil {
        let happened = event.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: 44, as: UInt64.self) }
        var now = timespec()
        clock_gettime(CLOCK_MONOTONIC, &now)
        let age = UInt64(now.tv_sec) * 1_000_000_000 + UInt64(now.tv_nsec) &- happened
        if age < Self.latest { group.restartGuest() }
      }
    }
  }

  private func receive() -> [UInt8]? {
    var bytes = [UInt8](repeating: 0, count: 256)
    let count = recv(descriptor, &bytes, bytes.count, 0)
    return count > 0 ? Array(bytes[..<count]) : nil
  }

  /// nlmsghdr (NLMSG_DONE), cn_msg (CN_IDX_PROC, CN_VAL_PROC), then PROC_CN_MCAST_LISTEN and what else is asked.
  private func send(_ operation: [UInt8]) -> Bool {
    let total = 36 + operation.count
    let message =
      Self.bytes32([UInt32(total)]) + Self.bytes16([3, 0]) + Self.bytes32([0, 0]) + Self.bytes32([1, 1, 0, 0])
      + Self.bytes16([UInt16(operation.count), 0]) + operation
    return Glibc.send(descriptor, message, total, 0) == total
  }

  private static func bytes16(_ values: [UInt16]) -> [UInt8] { values.flatMap { withUnsafeBytes(of: $0) { Array($0) } } }
  private static func bytes32(_ values: [UInt32]) -> [UInt8] { values.flatMap { withUnsafeBytes(of: $0) { Array($0) } } }
}
