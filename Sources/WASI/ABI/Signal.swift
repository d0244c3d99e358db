import Glibc

extension WASIHost {
  /// The host's number of a guest's signal (preview 1, `signal`); nil where there is none.
  ///
  /// WASI numbers them in the order of POSIX's list, 1 to 30; 0 is no signal.
  static func hostSignal(_ number: UInt8) -> Int32? {
    let signals: [Int32] = [
      SIGHUP, SIGINT, SIGQUIT, SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGKILL, SIGUSR1, SIGSEGV, SIGUSR2, SIGPIPE, SIGALRM,
      SIGTERM, SIGCHLD, SIGCONT, SIGSTOP, SIGTSTP, SIGTTIN, SIGTTOU, SIGURG, SIGXCPU, SIGXFSZ, SIGVTALRM, SIGPROF, SIGWINCH,
      SIGPOLL, SIGPWR, SIGSYS,
    ]
    return number >= 1 && Int(number) <= signals.count ? signals[Int(number) - 1] : nil
  }
}
