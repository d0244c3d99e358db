import Glibc

/// Ctrl+C and its kin, kept from ending this process while a machine is being changed. They stay pending until somebody asks.
public final class HeldSignals {
  private var held = sigset_t()

  /// Call it before any thread is started: threads inherit what is held.
  public init() {
    sigemptyset(&held)
    for number in [SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGCHLD] { sigaddset(&held, number) }
    // Ends of children are told to those alone who do not ignore them, and whoever started this process may have.
    signal(SIGCHLD, SIG_DFL)
    pthread_sigmask(SIG_BLOCK, &held, nil)
  }

  /// The first of those that ask this process to end, if one has arrived.
  public func arrived() -> Int32? {
    var now = timespec()
    while true {
      let number = sigtimedwait(&held, nil, &now)
      if number > 0, number != SIGCHLD { return number }
      if number < 0, errno != EINTR { return nil }
    }
  }

  /// Waits for the next, and tells who sent it.
  func next() -> (number: Int32, isFromProcess: Bool) {
    var information = siginfo_t()
    while true {
      let number = sigwaitinfo(&held, &information)
      // sigaction(2): codes above zero are the kernel's, for instance of a terminal.
      if number > 0 { return (number, information.si_code <= 0) }
    }
  }
}
