import Glibc
import Synchronization

/// SIGINT, SIGTERM and the death of the parent, as a descriptor that becomes readable.
///
/// The worker waits on it wherever it waits for a trial, so that it can stop the trial, clean up and end in good order.
/// A worker that gets SIGKILL needs none of this: what it started dies with it.
public enum Interruption {
  /// Sent by the kernel when the thread that started this worker ends.
  private static let parentDied = SIGUSR2
  private static let pending = Atomic<Int32>(0)
  private static let writeEnd = Atomic<Int32>(-1)
  private static let readEnd = Atomic<Int32>(-1)
  private static let parent = Atomic<Int32>(0)

  /// Readable once an interruption is pending; -1 before `watch`.
  static var descriptor: Int32 { readEnd.load(ordering: .relaxed) }

  /// The signal that ended the job, if any.
  static var signal: Int32? {
    let value = pending.load(ordering: .relaxed)
    return value == 0 ? nil : value
  }

  /// Installs the handlers. Called once, from the main thread of the worker's process.
  public static func watch() {
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { return }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    readEnd.store(ends[0], ordering: .relaxed)
    writeEnd.store(ends[1], ordering: .relaxed)
    parent.store(getppid(), ordering: .relaxed)
    let handler: @convention(c) (Int32) -> Void = { signal in
      // The thread that forked us may end while its process lives on.
      if signal == Interruption.parentDied, getppid() == Interruption.parent.load(ordering: .relaxed) { return }
      Interruption.pending.store(signal == Interruption.parentDied ? SIGTERM : signal, ordering: .relaxed)
      _ = write(Interruption.writeEnd.load(ordering: .relaxed), "!", 1)
    }
    Glibc.signal(SIGINT, handler)
    Glibc.signal(SIGTERM, handler)
    Glibc.signal(SIGHUP, handler)
    Glibc.signal(parentDied, handler)
    Glibc.signal(SIGPIPE, SIG_IGN)
    // A parent that starts us from one of its worker threads hands their blocked signals down.
    var none = sigset_t()
    sigemptyset(&none)
    sigprocmask(SIG_SETMASK, &none, nil)
    _ = systemCall(157, 1, Int(parentDied), 0, 0, 0, 0)  // prctl(PR_SET_PDEATHSIG)
  }

  /// - Throws: `WorkerError` with exit code 128 + signal if an interruption is pending.
  static func check() throws {
    if let signal { throw WorkerError.interrupted(by: signal) }
  }
}

/// prctl(2) is variadic, which Swift does not import.
@_silgen_name("syscall") private func systemCall(_ number: Int, _ a: Int, _ b: Int, _ c: Int, _ d: Int, _ e: Int, _ f: Int) -> Int
