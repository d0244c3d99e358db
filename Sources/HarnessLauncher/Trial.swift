import Glibc

/// One trial: fork, exec, watch, kill at the time limit, reap everything, report.
///
/// The measured interval runs from just before fork to the moment the exit is seen. Opening files, joining cgroups and
/// laying out the command come before it; reaping, killing what is left and closing come after it.
struct Trial {
  let request: TrialRequest
  /// Where the launcher lives between trials, one cgroup folder per hierarchy.
  let homes: [String]
  /// Children of the launcher that are not the trial's: they are left alone.
  let services: [pid_t]
  /// Hangs up when whoever asked for the trial is gone; -1 where nobody can be.
  let client: Int32
  /// For reading the streams; touched beforehand, so that no trial pays for its pages.
  let buffer: UnsafeMutableRawBufferPointer
  /// Where the kernel's own moments are recorded; nil where it does not allow that.
  let moments: KernelMoments?

  /// - Throws: `SystemError` where the trial could not be set up at all. A program that cannot be executed is a report with `startError`.
  func run() throws -> TrialReport {
    var report = TrialReport()
    var opened: [Int32] = []
    defer { for descriptor in opened { close(descriptor) } }

    let input = try System.openFile(request.input, O_RDONLY)
    opened.append(input)
    var feed = try request.inputEndsAfter.map { try InputFeed(source: input, endsAfter: $0) }
    defer { feed?.finish() }
    var pairs: [(from: Int32, to: Int32)] = [(feed?.childEnd ?? input, 0)]
    let outputPipe = try System.makePipe()
    var output = try Capture(source: outputPipe.read, path: request.output, limit: request.outputLimit)
    defer { output.finish() }
    pairs.append((outputPipe.write, 1))
    let errorPipe = try System.makePipe()
    var errors = try Capture(source: errorPipe.read, path: request.errors, limit: request.outputLimit)
    defer { errors.finish() }
    pairs.append((errorPipe.write, 2))
    for (number, path) in request.descriptors {
      let descriptor = try System.openFile(path, O_WRONLY | O_CREAT | O_TRUNC)
      opened.append(descriptor)
      pairs.append((descriptor, number))
    }
    // The child writes errno here when it cannot become the program; exec closes it.
    let failure = try System.makePipe()
    opened.append(failure.read)
    // A trial that is counted waits here until its counters are open.
    let gate = request.counters.isEmpty ? nil : try System.makePipe()
    if let gate { opened += [gate.read, gate.write] }
    let command = Command(request)
    defer { command.deallocate() }

    // The child is born where its parent is: joining first keeps the migration, which can take milliseconds, out of the interval.
    try CgroupMembership.join(request.groups)
    defer { CgroupMembership.goHome(homes, from: request.groups) }

    let sharesMemory = gate == nil && !request.groups.isEmpty
    report.residentFloor = sharesMemory ? ResidentFloor.shared : ResidentFloor.forked
    moments?.begin()
    report.spawned = System.now()
    let child = pairs.withUnsafeBufferPointer { pairs in
      // Sharing memory spares the copying and its faults, a fifth of a quick program's time. But somebody must be awake to open counters;
      // and without a cgroup a trial's memory is the peak its process reports, which would begin at the launcher's size.
      var birth = Birth(
        command: command, descriptors: pairs, spin: request.spin, gate: gate?.read ?? -1, failure: failure.write,
        sharesMemory: sharesMemory)
      return birth.begin()
    }
    guard child > 0 else { throw SystemError("fork") }
    setpgid(child, child)
    var counters = TrialCounters(request.counters, on: child)
    if let gate { _ = write(gate.write, "!", 1) }
    close(outputPipe.write)
    close(errorPipe.write)
    close(failure.write)
    if let feed { close(feed.childEnd) }
    let exit = try System.processDescriptor(child)
    opened.append(exit)

    watch(child, exit: exit, &feed, &output, &errors, &report)
    moments?.collect(child)
    report.executed = moments?.executed ?? 0
    report.ended = moments?.ended ?? 0

    // The leader is still a zombie here, so its group's number cannot belong to anybody else.
    kill(-child, SIGKILL)
    report.runDelay = System.runDelay(of: child, buffer)
    (report.status, report.usage) = System.reap(child)
    report.strays = Strays.end(except: services)
    report.reaped = System.now()
    report.counts = counters.finish()
    report.uncounted = counters.failures
    collectRest(&output, &errors, &report)
    var code: Int32 = 0
    if read(failure.read, &code, 4) == 4 {
      report.startError = "\(request.command[0]): \(String(cString: strerror(code)))"
    }
    report.outputBytes = output.count
    report.errorBytes = errors.count
    return report
  }

  /// Follows the child until its exit is seen, killing its group at the time limit.
  private func watch(
    _ child: pid_t, exit: Int32, _ feed: inout InputFeed?, _ output: inout Capture, _ errors: inout Capture, _ report: inout TrialReport
  ) {
    let deadline = request.timeLimit == 0 ? UInt64.max : report.spawned + request.timeLimit
    while true {
      var watched = [
        pollfd(fd: exit, events: Int16(POLLIN), revents: 0),
        pollfd(fd: output.source, events: Int16(POLLIN), revents: 0),
        pollfd(fd: errors.source, events: Int16(POLLIN), revents: 0),
        pollfd(fd: client, events: 0, revents: 0),
        pollfd(fd: feed.map { $0.target < 0 ? -1 : $0.notification } ?? -1, events: Int16(POLLIN), revents: 0),
        pollfd(fd: feed.map { $0.isWaitingForRoom ? $0.target : -1 } ?? -1, events: Int16(POLLOUT), revents: 0),
        pollfd(fd: moments?.descriptor ?? -1, events: Int16(POLLIN), revents: 0),
      ]
      let now = System.now()
      var next = report.timedOut ? UInt64.max : deadline
      if let feed, feed.target >= 0, feed.endsAt != 0 { next = min(next, feed.endsAt) }
      let wait: Int32 = next == .max ? -1 : now >= next ? 0 : Int32(min((next - now) / 1_000_000 + 1, 1 << 30))
      let ready = poll(&watched, nfds_t(watched.count), wait)
      let seen = System.now()
      if watched[0].revents != 0 { report.exited = seen }
      if report.firstByte == 0, watched[1].revents & Int16(POLLIN) != 0 { report.firstByte = seen }
      if watched[1].revents != 0 { output.drain(buffer) }
      if watched[2].revents != 0 { errors.drain(buffer) }
      if report.exited != 0 { return }
      if watched[4].revents != 0 { feed?.noticed() }
      if watched[5].revents != 0 || feed.map({ $0.endsAt != 0 && seen >= $0.endsAt }) == true { feed?.pump() }
      if watched[6].revents != 0 { moments?.collect(child) }
      if watched[3].revents & Int16(POLLHUP | POLLERR) != 0 {
        // Nobody is left to report to: end the trial; the launcher itself ends at its next read.
        kill(-child, SIGKILL)
        Strays.end(except: services)
        _exit(1)
      }
      if ready >= 0, seen >= deadline, !report.timedOut {
        report.timedOut = true
        kill(-child, SIGKILL)
      }
    }
  }

  /// Reads what is still in the pipes. Everybody who could write is dead, except what a service was handed: that is not waited for.
  private func collectRest(_ output: inout Capture, _ errors: inout Capture, _ report: inout TrialReport) {
    let before = output.count
    let deadline = System.now() + 1_000_000_000
    while output.source >= 0 || errors.source >= 0, System.now() < deadline {
      var watched = [
        pollfd(fd: output.source, events: Int16(POLLIN), revents: 0),
        pollfd(fd: errors.source, events: Int16(POLLIN), revents: 0),
      ]
      if poll(&watched, 2, 100) > 0 {
        output.drain(buffer)
        errors.drain(buffer)
      }
    }
    // A byte written just before the exit may be read just after it: it came no later than the exit.
    if report.firstByte == 0, before == 0, output.count > 0 { report.firstByte = report.exited }
  }
}
