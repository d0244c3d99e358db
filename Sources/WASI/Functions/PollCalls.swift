import Glibc

/// `poll_oneoff`: waits until one of several things happens.
enum PollCalls {
  /// More than any process has descriptors; a bound for what is allocated.
  private static let maximumCount: UInt32 = 1 << 16

  /// Arguments: subscriptions, room for as many events, their count, where the number of events goes.
  static func poll(_ call: Call) throws(Errno) {
    let (input, output, count) = (call.i32(0), call.i32(1), call.i32(2))
    guard count > 0, count <= maximumCount else { throw .inval }
    try call.guest.check(input, count * Subscription.size(call.dialect))
    try call.guest.check(output, count * Event.size)
    try call.guest.check(call.i32(3), 4)
    let first = try Subscription(from: call.guest, at: input, call.dialect)
    if count == 1, case .clock(let id, let timeout, let absolute) = first.event {
      try sleep(id, timeout, absolute: absolute)
      try Event(userdata: first.userdata, type: .clock).write(to: call.guest, at: output)
      return try call.guest.store(UInt32(1), at: call.i32(3))
    }
    var waits: [Wait] = []
    for index in 0..<count {
      let address = input + index * Subscription.size(call.dialect)
      waits.append(try Wait(try Subscription(from: call.guest, at: address, call.dialect), call.host))
    }
    var events: [Event] = []
    while events.isEmpty { events = try wait(waits) }
    for (index, event) in events.enumerated() {
      try event.write(to: call.guest, at: output + UInt32(index) * Event.size)
    }
    try call.guest.store(UInt32(events.count), at: call.i32(3))
  }

  /// The common case of a single clock is the kernel's own sleep.
  private static func sleep(_ id: UInt32, _ timeout: UInt64, absolute: Bool) throws(Errno) {
    let clock = try pollable(id)
    var time = timespec(nanoseconds: timeout)
    while true {
      // After a signal a relative sleep goes on with the rest; an absolute one leaves the rest alone.
      var rest = time
      let error = clock_nanosleep(clock.host, absolute ? TIMER_ABSTIME : 0, &time, &rest)
      if error == 0 { return }
      time = rest
      guard error == EINTR else { throw Errno(host: error) }
    }
  }

  fileprivate static func pollable(_ id: UInt32) throws(Errno) -> Clock {
    guard let clock = Clock(rawValue: id), clock == .realtime || clock == .monotonic else { throw .inval }
    return clock
  }

  /// One round: events of everything that is ready; none if a signal came first.
  private static func wait(_ waits: [Wait]) throws(Errno) -> [Event] {
    var descriptors: [pollfd] = []
    var remaining: UInt64?
    for wait in waits {
      switch wait.kind {
      case .descriptor(let descriptor, let events): descriptors.append(pollfd(fd: descriptor, events: events, revents: 0))
      case .time(let clock, let deadline):
        let now = clock.now
        remaining = min(remaining ?? .max, deadline > now ? deadline - now : 0)
      }
    }
    let ready = withUnsafePointer(to: timespec(nanoseconds: remaining ?? 0)) {
      ppoll(&descriptors, nfds_t(descriptors.count), remaining == nil ? nil : $0, nil)
    }
    guard ready >= 0 || errno == EINTR else { throw .last }
    var events: [Event] = []
    var next = 0
    for wait in waits {
      switch wait.kind {
      case .descriptor:
        if ready > 0, descriptors[next].revents != 0 { events.append(wait.event(descriptors[next])) }
        next += 1
      case .time(let clock, let deadline):
        if clock.now >= deadline { events.append(Event(userdata: wait.userdata, type: .clock)) }
      }
    }
    return events
  }
}

/// A subscription in the host's terms.
private struct Wait {
  enum Kind {
    case descriptor(Int32, events: Int16)
    /// Until the clock shows that many nanoseconds.
    case time(Clock, deadline: UInt64)
  }

  let userdata: UInt64
  let kind: Kind

  /// - Throws: `badf` when a descriptor is not open: the whole call fails then.
  init(_ subscription: Subscription, _ host: WASIHost) throws(Errno) {
    userdata = subscription.userdata
    switch subscription.event {
    case .clock(let id, let timeout, let absolute):
      let clock = try PollCalls.pollable(id)
      let (sum, overflow) = clock.now.addingReportingOverflow(timeout)
      kind = .time(clock, deadline: absolute ? timeout : overflow ? .max : sum)
    case .read(let number):
      kind = .descriptor(try host.descriptor(number, .pollFdReadwrite).host, events: Int16(POLLIN))
    case .write(let number):
      kind = .descriptor(try host.descriptor(number, .pollFdReadwrite).host, events: Int16(POLLOUT))
    }
  }

  func event(_ descriptor: pollfd) -> Event {
    let happened = Int32(descriptor.revents)
    let isReading = descriptor.events == Int16(POLLIN)
    var event = Event(userdata: userdata, type: isReading ? .read : .write)
    if happened & POLLNVAL != 0 {
      event.error = .badf
    } else if happened & POLLERR != 0, happened & (POLLIN | POLLHUP) == 0 {
      event.error = isReading ? .io : .pipe
    }
    event.hangUp = happened & POLLHUP != 0
    event.byteCount = isReading ? Self.readableBytes(descriptor.fd) : 1
    return event
  }

  /// What is left of a file, or what a pipe, terminal or socket holds.
  private static func readableBytes(_ descriptor: Int32) -> UInt64 {
    var status = stat()
    if fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG {
      return UInt64(max(0, status.st_size - max(0, lseek(descriptor, 0, SEEK_CUR))))
    }
    var count: Int32 = 0
    return ioctl(descriptor, UInt(FIONREAD), &count) == 0 ? UInt64(max(0, count)) : 0
  }
}
