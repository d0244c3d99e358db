import Glibc

/// Threads that wait at addresses of shared memories (threads proposal, "wait and notify"): one queue for the process, in the order in which
/// they came. An address of the host's names a place of a memory whatever instances and threads share it.
final class WaitQueue: @unchecked Sendable {
  static let shared = WaitQueue()

  private struct Waiter {
    var address: UInt
    var ticket: UInt64
  }

  /// How long a waiting thread sleeps before it looks whether it is interrupted.
  private static let sliceNanoseconds: UInt64 = 20_000_000

  private let mutex: UnsafeMutablePointer<pthread_mutex_t>
  private let changed: UnsafeMutablePointer<pthread_cond_t>
  private var waiters = List<Waiter>()
  private var tickets: UInt64 = 0

  private init() {
    mutex = .allocate(capacity: 1)
    pthread_mutex_init(mutex, nil)
    changed = .allocate(capacity: 1)
    var attributes = pthread_condattr_t()
    pthread_condattr_init(&attributes)
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
    pthread_cond_init(changed, &attributes)
  }

  enum Outcome: UInt32 { case notified, notEqual, timedOut }

  /// Waits until notified, for so many nanoseconds, or without end where that is negative.
  /// - Parameter isEqual: whether the place still has the value expected; asked while nobody can notify.
  /// - Parameter isInterrupted: whether the thread is to stop waiting at once.
  func wait(at address: UnsafeRawPointer, nanoseconds: Int64, isInterrupted: () -> Bool, isEqual: () -> Bool) -> Outcome {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    guard isEqual() else { return .notEqual }
    tickets += 1
    let ticket = tickets
    waiters.append(Waiter(address: UInt(bitPattern: address), ticket: ticket))
    let start = monotonicNanoseconds()
    while waiters.contains(where: { $0.ticket == ticket }) {
      let passed = monotonicNanoseconds() - start
      let left = nanoseconds < 0 ? UInt64.max : UInt64(nanoseconds) > passed ? UInt64(nanoseconds) - passed : 0
      if left == 0 || isInterrupted() {
        remove { $0.ticket == ticket }
        return .timedOut
      }
      let end = monotonicNanoseconds() + min(left, WaitQueue.sliceNanoseconds)
      var until = timespec(tv_sec: Int(end / 1_000_000_000), tv_nsec: Int(end % 1_000_000_000))
      pthread_cond_timedwait(changed, mutex, &until)
    }
    return .notified
  }

  /// Wakes at most so many threads that wait at an address, those that came first; returns how many.
  func notify(at address: UnsafeRawPointer, most: UInt32) -> UInt32 {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    var woken: UInt32 = 0
    remove { waiter in
      guard waiter.address == UInt(bitPattern: address), woken < most else { return false }
      woken += 1
      return true
    }
    if woken > 0 { pthread_cond_broadcast(changed) }
    return woken
  }

  private func remove(where isGone: (Waiter) -> Bool) {
    var kept = List<Waiter>()
    for waiter in waiters where !isGone(waiter) { kept.append(waiter) }
    waiters = kept
  }
}
