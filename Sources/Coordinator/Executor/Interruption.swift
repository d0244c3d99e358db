import Glibc
import Synchronization

/// Ctrl+C and SIGTERM, turned into something a loop can wait for.
public enum Interruption {
  private static let count = Atomic<Int>(0)
  private static let writingEnd = Atomic<CInt>(-1)

  /// Installs the handlers once.
  /// - Returns: a descriptor that becomes readable at each signal.
  /// - Throws: `CoordinatorError` where no pipe can be had.
  public static func watch() throws -> CInt {
    let ends = try makePipe()
    _ = fcntl(ends.writing, F_SETFL, O_NONBLOCK)
    writingEnd.store(ends.writing, ordering: .relaxed)
    var action = sigaction()
    action.__sigaction_handler.sa_handler = { _ in
      Interruption.count.add(1, ordering: .relaxed)
      var byte: UInt8 = 1
      _ = write(Interruption.writingEnd.load(ordering: .relaxed), &byte, 1)
    }
    var watched = sigset_t()
    sigemptyset(&watched)
    for number in [SIGINT, SIGTERM, SIGHUP] {
      sigaction(number, &action, nil)
      sigaddset(&watched, number)
    }
    // Whoever started this process may have had them blocked, and a mask is inherited.
    pthread_sigmask(SIG_UNBLOCK, &watched, nil)
    signal(SIGPIPE, SIG_IGN)
    return ends.reading
  }

  /// How many such signals have arrived.
  public static var signals: Int { count.load(ordering: .relaxed) }
}
