import Glibc

// The kernel as the launcher needs it. Variadic C functions and fork are not offered to Swift by the C library's module;
// fork is safe here because the launcher has exactly one thread.

@_silgen_name("fork") func forkProcess() -> pid_t
@_silgen_name("clone") private func cloneProcess(
  _ entry: @convention(c) (UnsafeMutableRawPointer) -> Int32, _ stack: UnsafeMutableRawPointer, _ flags: Int32,
  _ argument: UnsafeMutableRawPointer
) -> pid_t
@_silgen_name("syscall") private func systemCall(_ number: Int, _ a: Int, _ b: Int, _ c: Int, _ d: Int, _ e: Int, _ f: Int) -> Int

/// A failed system call: what was attempted, on what, and why it failed.
struct SystemError: Error {
  let message: String
  init(_ attempt: String, _ code: Int32 = errno) { message = "\(attempt): \(String(cString: strerror(code)))" }
  init(message: String) { self.message = message }
}

enum System {
  /// CLOCK_MONOTONIC in nanoseconds.
  static func now() -> UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
  }

  /// Burns CPU time of this process: time it is kept waiting does not count.
  static func spin(_ nanoseconds: UInt64) {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    let end = UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec) + nanoseconds
    while UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec) < end { clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time) }
  }

  /// Nanoseconds a process that is not yet reaped waited on a run queue: the second number of /proc/PID/schedstat
  /// (Documentation/scheduler/sched-stats.rst). Nil where the kernel does not count it.
  static func runDelay(of process: pid_t, _ buffer: UnsafeMutableRawBufferPointer) -> UInt64? {
    let file = open("/proc/\(process)/schedstat", O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return nil }
    defer { close(file) }
    let count = read(file, buffer.baseAddress!, min(buffer.count, 256))
    guard count > 0 else { return nil }
    let fields = buffer[..<count].split(separator: UInt8(ascii: " "))
    return fields.count > 1 ? UInt64(String(decoding: fields[1], as: UTF8.self)) : nil
  }

  /// A descriptor that becomes readable when the process exits (pidfd_open(2), Linux 5.3).
  static func processDescriptor(_ process: pid_t) throws -> Int32 {
    let descriptor = systemCall(434, Int(process), 0, 0, 0, 0, 0)
    guard descriptor >= 0 else { throw SystemError("pidfd_open \(process)") }
    return Int32(descriptor)
  }

  /// This process gets SIGKILL when the thread that forked it ends (prctl(2), PR_SET_PDEATHSIG).
  static func dieWithParent() { _ = systemCall(157, 1, Int(SIGKILL), 0, 0, 0, 0) }

  /// Orphaned descendants become children of this process and can be reaped by it (prctl(2), PR_SET_CHILD_SUBREAPER).
  static func adoptOrphans() { _ = systemCall(157, 36, 1, 0, 0, 0, 0) }

  /// Randomises the layout of whatever is executed from here on, also where somebody up the tree switched that off (setarch -R): one fixed
  /// layout would be a bias (personality(2), ADDR_NO_RANDOMIZE).
  static func randomizeAddresses() {
    let flags = systemCall(135, 0xFFFF_FFFF, 0, 0, 0, 0, 0)
    if flags >= 0, flags & 0x4_0000 != 0 { _ = systemCall(135, flags & ~0x4_0000, 0, 0, 0, 0, 0) }
  }

  /// New pid namespace for children, new mount namespace for this process.
  static func unshareProcessesAndMounts() throws {
    guard systemCall(272, 0x2000_0000 | 0x0002_0000, 0, 0, 0, 0, 0) == 0 else { throw SystemError("unshare") }
  }

  /// Descriptors that whoever started the launcher forgot to close are not for its trials (close_range(2), Linux 5.11).
  static func closeInheritedOnExec() { _ = systemCall(436, 3, Int(UInt32.max), 4, 0, 0, 0) }

  /// A descriptor that becomes readable when a file appears in a folder (inotify(7)).
  static func notification(of folder: String) throws -> Int32 {
    // inotify_init1(IN_NONBLOCK | IN_CLOEXEC), then IN_CREATE | IN_MOVED_TO.
    let descriptor = Int32(systemCall(294, Int(O_NONBLOCK | O_CLOEXEC), 0, 0, 0, 0, 0))
    guard descriptor >= 0 else { throw SystemError("inotify") }
    let watch = folder.withCString { systemCall(254, Int(descriptor), Int(bitPattern: $0), 0x180, 0, 0, 0) }
    guard watch >= 0 else {
      let reason = SystemError("watch \(folder)")
      close(descriptor)
      throw reason
    }
    return try moveHigh(descriptor)
  }

  /// A descriptor that becomes readable when one of those it watches does (epoll(7)).
  static func makeWatch() throws -> Int32 {
    let descriptor = Int32(systemCall(291, Int(O_CLOEXEC), 0, 0, 0, 0, 0))
    guard descriptor >= 0 else { throw SystemError("epoll_create") }
    return try moveHigh(descriptor)
  }

  static func watch(_ descriptor: Int32, by watch: Int32) {
    // struct epoll_event is packed on x86-64: EPOLLIN, and 64 bits that nobody reads. 1 is EPOLL_CTL_ADD.
    var interest: (events: UInt32, low: UInt32, high: UInt32) = (1, 0, 0)
    _ = withUnsafeMutablePointer(to: &interest) { systemCall(233, Int(watch), 1, Int(descriptor), Int(bitPattern: $0), 0, 0) }
  }

  /// perf_event_open(2) without a group; flag 8 is PERF_FLAG_FD_CLOEXEC. -1 on failure, with errno set.
  static func openPerfEvent(_ attributes: UnsafeMutableRawPointer, process: pid_t, cpu: Int) -> Int32 {
    Int32(systemCall(298, Int(bitPattern: attributes), Int(process), cpu, -1, 8, 0))
  }

  /// PERF_EVENT_IOC_SET_OUTPUT (perf_event_open(2)).
  static func sendRecords(of event: Int32, toRingOf other: Int32) -> Bool { systemCall(16, Int(event), 0x2405, Int(other), 0, 0, 0) == 0 }

  /// A file system's root that is mounted nowhere, so that only this process sees it (fsopen(2), fsconfig(2), fsmount(2); Linux 5.2).
  static func openFileSystem(_ type: String) throws -> Int32 {
    let context = type.withCString { systemCall(430, Int(bitPattern: $0), 1, 0, 0, 0, 0) }
    guard context >= 0 else { throw SystemError("fsopen \(type)") }
    defer { close(Int32(context)) }
    // FSCONFIG_CMD_CREATE is 6, FSMOUNT_CLOEXEC 1.
    guard systemCall(431, context, 6, 0, 0, 0, 0) == 0 else { throw SystemError("fsconfig \(type)") }
    let root = systemCall(432, context, 1, 0, 0, 0, 0)
    guard root >= 0 else { throw SystemError("fsmount \(type)") }
    return try moveHigh(Int32(root))
  }

  static func mountFileSystem(_ type: String, at path: String) throws {
    guard mount(type, path, type, 0, nil) == 0 else { throw SystemError("mount \(type) on \(path)") }
  }

  /// Mounts made in this mount namespace stay in it, and the other way round.
  static func makeMountsPrivate() throws {
    guard mount("none", "/", nil, UInt(1 << 14 | 1 << 18), nil) == 0 else { throw SystemError("make mounts private") }
  }

  /// A pipe whose ends are closed on exec and lie above the descriptors a trial may ask for.
  static func makePipe() throws -> (read: Int32, write: Int32) {
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { throw SystemError("pipe") }
    return (try moveHigh(ends[0]), try moveHigh(ends[1]))
  }

  /// A child that lives in this process's memory, on a stack of its own, until it becomes its program or ends; this process stands still
  /// meanwhile (clone(2) with CLONE_VM and CLONE_VFORK). Nothing has to be copied, neither when it is made nor when it is gone.
  static func makeChild(
    _ entry: @convention(c) (UnsafeMutableRawPointer) -> Int32, _ argument: UnsafeMutableRawPointer
  ) -> pid_t {
    let size = 64 << 10
    return withUnsafeTemporaryAllocation(byteCount: size, alignment: 16) { stack in
      cloneProcess(entry, stack.baseAddress! + size, 0x100 | 0x4000 | SIGCHLD, argument)
    }
  }

  /// Opens a file for the launcher's own use, closed on exec, above the descriptors a trial may ask for.
  static func openFile(_ path: String, _ flags: Int32, mode: mode_t = 0o644) throws -> Int32 {
    let descriptor = open(path, flags | O_CLOEXEC, mode)
    guard descriptor >= 0 else { throw SystemError("open \(path)") }
    return try moveHigh(descriptor)
  }

  /// The first descriptor number the launcher uses itself; a trial's own descriptors lie below.
  static let firstOwnDescriptor: Int32 = 100

  /// Moves a descriptor to the launcher's own range.
  static func moveHigh(_ descriptor: Int32) throws -> Int32 {
    let moved = fcntl(descriptor, F_DUPFD_CLOEXEC, firstOwnDescriptor)
    guard moved >= 0 else { throw SystemError("duplicate descriptor \(descriptor)") }
    close(descriptor)
    return moved
  }

  /// Writes everything; false when the reader is gone or the disk is full.
  @discardableResult
  static func writeAll(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Bool {
    var offset = 0
    while offset < bytes.count {
      let count = write(descriptor, bytes.baseAddress! + offset, bytes.count - offset)
      if count < 0 {
        if errno == EINTR { continue }
        return false
      }
      offset += count
    }
    return true
  }

  @discardableResult
  static func writeAll(_ descriptor: Int32, _ text: String) -> Bool {
    var text = text
    return text.withUTF8 { writeAll(descriptor, UnsafeRawBufferPointer($0)) }
  }

  /// Waits for one particular child.
  static func reap(_ process: pid_t) -> (status: Int32, usage: rusage) {
    var status: Int32 = 0
    var usage = rusage()
    while wait4(process, &status, 0, &usage) < 0 && errno == EINTR {}
    return (status, usage)
  }
}
