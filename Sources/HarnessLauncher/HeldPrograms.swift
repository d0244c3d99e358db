import Glibc

/// Programs that run side by side until somebody has looked at them: each is started by one request, all are ended by another.
struct HeldPrograms {
  private var programs: [(process: pid_t, exit: Int32)] = []

  /// Those that have been started and not been ended.
  var processes: [pid_t] { programs.map(\.process) }

  /// Starts a program and returns when it is there. Its streams are files or FIFOs that somebody else has open already.
  /// - Throws: `SystemError` where the program cannot be executed.
  mutating func start(_ request: TrialRequest, homes: [String]) throws -> pid_t {
    var opened: [Int32] = []
    defer { for descriptor in opened { close(descriptor) } }
    // A FIFO that nobody has open would be waited for without end.
    func open(_ path: String, _ flags: Int32) throws -> Int32 {
      let descriptor = try System.openFile(path, flags | O_NONBLOCK)
      opened.append(descriptor)
      _ = fcntl(descriptor, F_SETFL, flags)
      return descriptor
    }
    let pairs: [(from: Int32, to: Int32)] = [
      (try open(request.input, O_RDONLY), 0), (try open(request.output, O_WRONLY), 1), (try open(request.errors, O_WRONLY), 2),
    ]
    let failure = try System.makePipe()
    opened.append(failure.read)
    let command = Command(request)
    defer { command.deallocate() }
    try CgroupMembership.join(request.groups)
    defer { CgroupMembership.goHome(homes, from: request.groups) }
    let child = pairs.withUnsafeBufferPointer { pairs in
      var birth = Birth(
        command: command, descriptors: pairs, spin: request.spin, gate: -1, failure: failure.write,
        sharesMemory: !request.groups.isEmpty)
      return birth.begin()
    }
    close(failure.write)
    guard child > 0 else { throw SystemError("fork") }
    setpgid(child, child)
    var code: Int32 = 0
    // Closed by exec, or written to where there is none.
    guard read(failure.read, &code, 4) != 4 else {
      _ = System.reap(child)
      throw SystemError("\(request.command[0])", code)
    }
    programs.append((child, try System.processDescriptor(child)))
    return child
  }

  /// Waits until all have ended, kills those that have not at the time limit and what they leave behind.
  /// - Parameters:
  ///   - timeLimit: nanoseconds; 0 kills them at once.
  ///   - client: hangs up when nobody is left to report to, who then wants them killed.
  mutating func end(within timeLimit: UInt64, client: Int32, services: [pid_t]) -> HeldReport {
    let deadline = System.now() &+ timeLimit
    var report = HeldReport()
    for program in programs {
      report.programs.append(end(program, deadline, client, &report))
      close(program.exit)
    }
    programs = []
    report.strays = Strays.end(except: services)
    return report
  }

  private func end(_ program: (process: pid_t, exit: Int32), _ deadline: UInt64, _ client: Int32, _ report: inout HeldReport)
    -> HeldReport.Program
  {
    var hasEnded = false
    var isAlone = false
    while !hasEnded, !isAlone {
      let now = System.now()
      let wait = now >= deadline ? 0 : Int32(min((deadline - now) / 1_000_000 + 1, 1 << 30))
      var watched = [
        pollfd(fd: program.exit, events: Int16(POLLIN), revents: 0), pollfd(fd: client, events: 0, revents: 0),
      ]
      _ = poll(&watched, 2, wait)
      hasEnded = watched[0].revents != 0
      isAlone = watched[1].revents & Int16(POLLHUP | POLLERR) != 0
      if System.now() >= deadline { break }
    }
    kill(-program.process, SIGKILL)
    let (status, usage) = System.reap(program.process)
    report.add(usage)
    return HeldReport.Program(status: status, timedOut: !hasEnded)
  }
}

/// How programs that were held ended, and its one line of JSON.
struct HeldReport {
  struct Program {
    /// The raw status of wait4.
    var status: Int32
    var timedOut: Bool
  }

  var programs: [Program] = []
  /// Processes that they left behind, killed and reaped.
  var strays = 0
  private var userTime = 0
  private var systemTime = 0
  private var minorFaults = 0
  private var majorFaults = 0

  mutating func add(_ usage: rusage) {
    func nanoseconds(_ time: timeval) -> Int { time.tv_sec * 1_000_000_000 + Int(time.tv_usec) * 1000 }
    userTime += nanoseconds(usage.ru_utime)
    systemTime += nanoseconds(usage.ru_stime)
    minorFaults += usage.ru_minflt
    majorFaults += usage.ru_majflt
  }

  /// One JSON object without a line end; CPU times of all together in nanoseconds.
  var json: String {
    let texts = programs.map { program in
      let isSignal = program.status & 0x7f != 0
      let code = isSignal ? "null" : "\((program.status >> 8) & 0xff)"
      let signal = isSignal ? "\(program.status & 0x7f)" : "null"
      return "{\"exitCode\":\(code),\"signal\":\(signal),\"timedOut\":\(program.timedOut)}"
    }
    return """
      {"programs":[\(texts.joined(separator: ","))],"userTime":\(userTime),"systemTime":\(systemTime),\
      "minorFaults":\(minorFaults),"majorFaults":\(majorFaults),"strays":\(strays)}
      """
  }
}
