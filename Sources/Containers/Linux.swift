import Glibc

// Linux's own calls, which glibc's headers hide from Swift. Swift passes these arguments in the same registers as C does. The numbers are
// those of x86-64 (arch/x86/entry/syscalls/syscall_64.tbl).

/// The kernel as containers need it. Every function returns what the call returns and leaves `errno` set.
public enum Linux {
  /// clone3(2) without a stack of its own, as fork(2) with namespaces: returns 0 in the child. Safe only while this process has one thread.
  ///
  /// - Parameters:
  ///   - flags: CLONE_NEW….
  ///   - cgroup: an opened folder of the unified hierarchy that the child is born into; -1 for this process's own. Moving there afterwards
  ///     would wait for every other process of the machine that forks or ends.
  public static func fork(flags: Int, cgroup: Int32 = -1) -> pid_t {
    // struct clone_args: flags, pidfd, child_tid, parent_tid, exit_signal, stack, stack_size, tls, set_tid, set_tid_size, cgroup.
    var arguments = InlineArray<11, UInt64>(repeating: 0)
    arguments[0] = UInt64(flags)
    // A sibling tells of its end as this process will (clone(2), CLONE_PARENT).
    arguments[4] = flags & sibling != 0 ? 0 : UInt64(SIGCHLD)
    if cgroup >= 0 {
      arguments[0] |= 0x2_0000_0000
      arguments[10] = UInt64(cgroup)
    }
    let size = MemoryLayout.size(ofValue: arguments)
    return withUnsafeMutablePointer(to: &arguments) { pid_t(truncatingIfNeeded: systemCall(435, Int(bitPattern: $0), size, 0, 0, 0)) }
  }

  /// CLONE_PARENT: the new process is a child of this one's parent.
  public static let sibling = 0x8000

  /// unshare(2)
  public static func unshare(_ flags: Int) -> Int32 { Int32(truncatingIfNeeded: systemCall(272, flags, 0, 0, 0, 0)) }

  /// setns(2) on a namespace's descriptor or a process's.
  public static func setNamespace(_ descriptor: Int32, _ flags: Int) -> Int32 {
    Int32(truncatingIfNeeded: systemCall(308, Int(descriptor), flags, 0, 0, 0))
  }

  /// pivot_root(2)
  public static func pivotRoot(_ new: String, _ old: String) -> Int32 {
    new.withCString { new in
      old.withCString { old in Int32(truncatingIfNeeded: systemCall(155, Int(bitPattern: new), Int(bitPattern: old), 0, 0, 0)) }
    }
  }

  /// pidfd_open(2): a descriptor that is readable once the process has ended.
  public static func openProcess(_ process: pid_t) -> Int32 { Int32(truncatingIfNeeded: systemCall(434, Int(process), 0, 0, 0, 0)) }

  /// pidfd_send_signal(2)
  public static func signal(_ processDescriptor: Int32, _ number: Int32) -> Int32 {
    Int32(truncatingIfNeeded: systemCall(424, Int(processDescriptor), Int(number), 0, 0, 0))
  }

  /// A copy of a mount (with those below it) that is attached nowhere yet (open_tree(2), OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC).
  public static func copyOfMount(at path: String, recursive: Bool) -> Int32 {
    let flags = 1 | Int(O_CLOEXEC) | (recursive ? 0x8000 : 0)
    return path.withCString { Int32(truncatingIfNeeded: systemCall(428, -100, Int(bitPattern: $0), flags, 0, 0)) }
  }

  /// Attaches such a copy at a place that is held as a descriptor (move_mount(2), MOVE_MOUNT_F_EMPTY_PATH | MOVE_MOUNT_T_EMPTY_PATH).
  public static func attach(_ mount: Int32, at place: Int32) -> Int32 {
    "".withCString { empty in
      Int32(truncatingIfNeeded: systemCall(429, Int(mount), Int(bitPattern: empty), Int(place), Int(bitPattern: empty), 4 | 0x40))
    }
  }

  /// Changes such a copy, perhaps with those below it (mount_setattr(2), AT_EMPTY_PATH, AT_RECURSIVE).
  ///
  /// - Parameters:
  ///   - added: MOUNT_ATTR_ bits.
  ///   - removed: MOUNT_ATTR_ bits.
  ///   - propagation: MS_SHARED and its like; 0 leaves it as it is.
  public static func setAttributes(
    ofMount mount: Int32, added: UInt64 = 0, removed: UInt64 = 0, propagation: UInt = 0, recursively: Bool = false
  ) -> Int32 {
    // struct mount_attr: what is set, what is cleared, propagation, user namespace.
    var attributes: (UInt64, UInt64, UInt64, UInt64) = (added, removed, UInt64(propagation), 0)
    return "".withCString { empty in
      withUnsafeMutablePointer(to: &attributes) {
        systemCall(442, Int(mount), Int(bitPattern: empty), 0x1000 | (recursively ? 0x8000 : 0), Int(bitPattern: $0), 32) == 0 ? 0 : -1
      }
    }
  }

  /// setresgid(2) and setresuid(2): whoever has just been given a meaning for 0 in a user namespace becomes that.
  public static func becomeRoot() -> Int32 {
    systemCall(119, 0, 0, 0, 0, 0) == 0 && systemCall(117, 0, 0, 0, 0, 0) == 0 ? 0 : -1
  }

  /// Looks a path up with the process's root as the end of every way (openat2(2), O_PATH | O_CLOEXEC, RESOLVE_IN_ROOT |
  /// RESOLVE_NO_MAGICLINKS): a descriptor, or -1 with `errno`.
  public static func openBelowRoot(_ path: String) -> Int32 {
    let root = open("/", openPath | O_DIRECTORY | O_CLOEXEC)
    guard root >= 0 else { return -1 }
    // struct open_how: flags, mode, resolve.
    var how: (UInt64, UInt64, UInt64) = (UInt64(openPath | O_CLOEXEC), 0, 0x10 | 0x02)
    var found: Int32 = -1
    // The kernel asks to try again where somebody renames folders meanwhile (openat2(2), EAGAIN).
    for _ in 0..<128 {
      found = path.withCString { path in
        withUnsafeMutablePointer(to: &how) {
          Int32(truncatingIfNeeded: systemCall(437, Int(root), Int(bitPattern: path), Int(bitPattern: $0), 24, 0))
        }
      }
      guard found < 0, errno == EAGAIN || errno == EINTR else { break }
    }
    let code = errno
    close(root)
    errno = code
    return found
  }

  /// close_range(2): closes every descriptor from `first` on.
  public static func closeAll(from first: Int32) { _ = systemCall(436, Int(first), Int(UInt32.max), 0, 0, 0) }

  /// prctl(2)
  @discardableResult
  public static func control(_ option: Int, _ value: Int = 0) -> Int32 {
    Int32(truncatingIfNeeded: systemCall(SystemCall.prctl, option, value, 0, 0, 0))
  }

  /// prctl(2): descendants that lose their parent become children of this process (PR_SET_CHILD_SUBREAPER).
  public static func adoptOrphans() { control(36, 1) }

  /// prctl(2): this process is killed when its parent ends (PR_SET_PDEATHSIG). Changing credentials undoes it.
  public static func dieWithParent() { control(1, Int(SIGKILL)) }

  /// prctl(2): other processes of the same user can neither trace this one nor reach it through /proc (PR_SET_DUMPABLE).
  public static func hideFromPeers() { control(4, 0) }

  /// epoll_create1(2) with EPOLL_CLOEXEC.
  public static func makeEventPoll() -> Int32 { Int32(truncatingIfNeeded: systemCall(291, Int(O_CLOEXEC), 0, 0, 0, 0)) }

  /// struct epoll_event, which is packed on x86-64.
  public struct PollEvent {
    /// EPOLLIN and so on.
    public var events: UInt32
    private var low: UInt32
    private var high: UInt32
    /// - Parameters:
    ///   - descriptor: what the event is about; kept in the data field.
    ///   - turn: kept beside it.
    public init(events: UInt32, descriptor: Int32, turn: UInt32) {
      self.events = events
      low = UInt32(bitPattern: descriptor)
      high = turn
    }
    /// The number given at registration.
    public var descriptor: Int32 { Int32(bitPattern: low) }
    /// As given at registration.
    public var turn: UInt32 { high }
  }

  /// epoll_ctl(2); operations: 1 add, 2 remove, 3 change.
  public static func controlPoll(_ poll: Int32, _ operation: Int, _ descriptor: Int32, _ events: UInt32, turn: UInt32 = 0) -> Int32 {
    var event = PollEvent(events: events, descriptor: descriptor, turn: turn)
    return withUnsafeMutablePointer(to: &event) {
      Int32(truncatingIfNeeded: systemCall(233, Int(poll), operation, Int(descriptor), Int(bitPattern: $0), 0))
    }
  }

  /// epoll_wait(2); the time limit is in milliseconds, -1 is none.
  public static func waitPoll(_ poll: Int32, _ events: UnsafeMutableBufferPointer<PollEvent>, milliseconds: Int) -> Int {
    systemCall(232, Int(poll), Int(bitPattern: events.baseAddress!), events.count, milliseconds, 0)
  }

  /// signalfd4(2) with SFD_NONBLOCK | SFD_CLOEXEC. The mask is the kernel's: bit n - 1 is signal n.
  public static func makeSignalDescriptor(_ mask: UInt64) -> Int32 {
    var mask = mask
    return withUnsafeMutablePointer(to: &mask) {
      Int32(truncatingIfNeeded: systemCall(289, -1, Int(bitPattern: $0), 8, Int(O_NONBLOCK | O_CLOEXEC), 0))
    }
  }

  /// rt_sigprocmask(2) with the whole mask (SIG_SETMASK).
  public static func setSignalMask(_ mask: UInt64) {
    var mask = mask
    withUnsafeMutablePointer(to: &mask) { _ = systemCall(14, 2, Int(bitPattern: $0), 0, 8, 0) }
  }

  /// accept4(2) with SOCK_NONBLOCK | SOCK_CLOEXEC.
  public static func accept(_ socket: Int32) -> Int32 {
    Int32(truncatingIfNeeded: systemCall(288, Int(socket), 0, 0, Int(O_NONBLOCK | O_CLOEXEC), 0))
  }

  /// A file without a name, closed on exec (memfd_create(2), MFD_CLOEXEC): of any size, and nobody waits for it. -1 on failure.
  public static func makeMemoryFile() -> Int32 {
    "wvm".withCString { Int32(truncatingIfNeeded: systemCall(SystemCall.memfdCreate, Int(bitPattern: $0), 1, 0, 0, 0)) }
  }

  /// pipe2(2) with O_CLOEXEC; nil on failure.
  public static func makePipe() -> (read: Int32, write: Int32)? {
    var ends: (Int32, Int32) = (-1, -1)
    let result = withUnsafeMutablePointer(to: &ends) { systemCall(293, Int(bitPattern: $0), Int(O_CLOEXEC), 0, 0, 0) }
    return result == 0 ? (read: ends.0, write: ends.1) : nil
  }

  /// socketpair(2) of AF_UNIX, SOCK_SEQPACKET, closed on exec; nil on failure.
  public static func makeSocketPair() -> (ours: Int32, theirs: Int32)? {
    var ends: (Int32, Int32) = (-1, -1)
    let result = withUnsafeMutablePointer(to: &ends) { systemCall(53, 1, 5 | Int(O_CLOEXEC), 0, Int(bitPattern: $0), 0) }
    return result == 0 ? (ours: ends.0, theirs: ends.1) : nil
  }

  /// Flags of clone(2), unshare(2) and setns(2).
  public enum Namespace {
    public static let mount = 0x0002_0000
    public static let cgroup = 0x0200_0000
    public static let uts = 0x0400_0000
    public static let ipc = 0x0800_0000
    public static let user = 0x1000_0000
    public static let process = 0x2000_0000
    public static let network = 0x4000_0000
    public static let time = 0x80
  }
}
