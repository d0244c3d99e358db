import Containers
import Glibc

/// The only place where children are waited for: two would take each other's (the first of the preview's bugs).
final class Children {
  /// How a process ended.
  struct Ending {
    /// The process's own exit status, or 128 and the number of the signal that ended it.
    let status: UInt32
    /// When it was found ended.
    let moment: Moment
  }

  private var expected: [pid_t: (Ending) -> Void] = [:]
  /// Of orphans, while somebody is about to tell a number: a program that runc starts is reparented before runc says its number. Kept no
  /// longer, since the kernel gives numbers again.
  private var early: [(process: pid_t, ending: Ending)] = []
  private var adoptions = 0

  /// Starts to reap, by way of a signal descriptor.
  init(_ loop: EventLoop) {
    let chld = UInt64(1) << UInt64(SIGCHLD - 1)
    Linux.setSignalMask(chld)
    let descriptor = Linux.makeSignalDescriptor(chld)
    loop.watch(descriptor, .readable) { [unowned self] _ in
      withUnsafeTemporaryAllocation(byteCount: 128 * 16, alignment: 8) { _ = read(descriptor, $0.baseAddress!, $0.count) }
      reap()
    }
  }

  /// Calls `body` when a child that was made just now has ended.
  func expect(_ process: pid_t, _ body: @escaping (Ending) -> Void) { expected[process] = body }

  /// From now on children that nobody expects are remembered; each call needs one of `endAdoption`.
  func beginAdoption() { adoptions += 1 }

  /// Calls `body` when an orphan that came here since `beginAdoption` has ended, at once if it has.
  func expectAdopted(_ process: pid_t, _ body: @escaping (Ending) -> Void) {
    if let index = early.firstIndex(where: { $0.process == process }) {
      body(early.remove(at: index).ending)
    } else {
      expected[process] = body
    }
  }

  func endAdoption() {
    adoptions -= 1
    if adoptions == 0 { early = [] }
  }

  private func reap() {
    while true {
      var status: Int32 = 0
      let process = waitpid(-1, &status, WNOHANG)
      if process < 0 && errno == EINTR { continue }
      guard process > 0 else { return }
      let signal = status & 0x7F
      let ending = Ending(status: signal == 0 ? UInt32(status >> 8 & 0xFF) : UInt32(128 + signal), moment: .now)
      if let body = expected.removeValue(forKey: process) {
        body(ending)
      } else if adoptions > 0 {
        early.append((process, ending))
      }
    }
  }
}

/// A moment of the wall clock.
struct Moment {
  let seconds: Int64
  let nanoseconds: Int32

  static var now: Moment {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Moment(seconds: Int64(time.tv_sec), nanoseconds: Int32(time.tv_nsec))
  }
}
