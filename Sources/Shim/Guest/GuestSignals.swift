import Glibc

/// What signals do to a process that runs a guest.
///
/// A module of preview 1 cannot handle signals, so each does what it would by default (signal(7)). The first process of a pid namespace is
/// not ended by a signal that it has no handler for; so there is one for all, and it ends the process at once, whatever it is doing:
/// computing, sleeping, polling or reading. The exit status is the one a shell shows for that signal.
enum GuestSignals {
  /// Signals whose default is to be ignored or to stop the process, and the two that cannot be handled.
  private static func endsNothing(_ number: Int32) -> Bool {
    switch number {
    case SIGKILL, SIGSTOP, SIGCHLD, SIGCONT, SIGURG, SIGWINCH, SIGTSTP, SIGTTIN, SIGTTOU: true
    // The C library keeps these for itself.
    case 32, 33: true
    default: false
    }
  }

  /// Every signal does what it does to a native process, from now on.
  static func install() {
    for number in 1...64 as ClosedRange<Int32> where !endsNothing(number) {
      var action = sigaction()
      action.__sigaction_handler.sa_sigaction = { number, information, _ in
        // A write to a closed pipe is an error for the guest, not its end: that signal comes from the process itself.
        if number == SIGPIPE, let information, information.pointee._sifields._kill.si_pid == getpid() { return }
        _exit(128 + number)
      }
      action.sa_flags = SA_SIGINFO
      sigaction(number, &action, nil)
    }
  }

  /// Processes that lose their parent become children of a container's first process, and nobody here waits for them.
  static func letKernelReap() { signal(SIGCHLD, SIG_IGN) }

  /// Everything as a freshly executed program finds it.
  static func restoreDefaults() {
    for number in 1...64 as ClosedRange<Int32> where number != SIGKILL && number != SIGSTOP { signal(number, SIG_DFL) }
  }
}
