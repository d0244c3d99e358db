import ContainerdClient
import Dispatch
import Glibc
import Synchronization

/// Begins pieces of work when they are due: without a limit whatever became of those before them and however many are under way (an open
/// loop), with one only when fewer than so many are (a closed loop that keeps a pace).
///
/// A thread of its own sleeps until each is due: what the work waits for, and what it keeps busy, does not delay the next beginning.
final class PacedLoop<Answer: Sendable>: Sendable {
  /// Is given the number of a beginning, from 0, and the moment from which nothing kept it from beginning: when it was due, or when the
  /// limit let it.
  typealias Work = @Sendable (_ index: Int, _ ready: UInt64) async throws -> Answer

  private struct State {
    var begun: [Task<Answer, any Error>] = []
    var isStopped = false
    /// Why, where it was for a failure.
    var failure: (any Error)?
  }

  private let schedule: LoadSchedule
  private let work: Work
  private let state = Mutex(State())
  /// Counts what may still be begun; nil without a limit.
  private let room: DispatchSemaphore?
  /// Nanoseconds of waiting after which it is asked whether the loop was stopped.
  private static var slice: UInt64 { 100_000_000 }

  /// - Parameter limit: how many may be under way at a time; nil for any number.
  init(_ schedule: LoadSchedule, limit: Int?, _ work: @escaping Work) {
    self.schedule = schedule
    self.work = work
    room = limit.map { _ in DispatchSemaphore(value: 0) }
    for _ in 0..<(limit ?? 0) { room?.signal() }
  }

  /// Begins all of them and waits for their ends. The first that fails, or a cancellation, stops the others, and nothing is under way
  /// when this returns.
  /// - Returns: the answers, in the order of the beginnings.
  func run() async throws -> [Answer] {
    try await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        DispatchQueue(label: "paced loop", qos: .userInteractive).async {
          self.begin()
          continuation.resume()
        }
      }
      var answers: [Answer] = []
      var failures: [any Error] = []
      for task in state.withLock({ $0.begun }) {
        switch await task.result {
        case .success(let answer): answers.append(answer)
        case .failure(let error): failures.append(error)
        }
      }
      if let failure = state.withLock({ $0.failure }) ?? failures.first { throw failure }
      try Task.checkCancellation()
      return answers
    } onCancel: {
      stop(nil)
    }
  }

  private func begin() {
    for index in 0..<schedule.count {
      let due = schedule.due(index)
      sleep(until: due)
      let ready = waitForRoom() ? Moment.now : due
      let isGoing = state.withLock { state in
        if state.isStopped { return false }
        state.begun.append(
          Task(priority: .high) { [self] in
            defer { room?.signal() }
            do { return try await work(index, ready) } catch {
              stop(error)
              throw error
            }
          })
        return true
      }
      if !isGoing { return }
    }
  }

  /// - Returns: whether there was none at first.
  private func waitForRoom() -> Bool {
    guard let room, room.wait(timeout: .now()) == .timedOut else { return false }
    while !state.withLock({ $0.isStopped }), room.wait(timeout: .now() + .nanoseconds(Int(Self.slice))) == .timedOut { continue }
    return true
  }

  /// - Parameter failure: of the first piece that failed; those that are stopped because of it say nothing of their own.
  private func stop(_ failure: (any Error)?) {
    let begun = state.withLock { state in
      if !state.isStopped { state.failure = failure }
      state.isStopped = true
      return state.begun
    }
    for task in begun { task.cancel() }
  }

  private func sleep(until moment: UInt64) {
    while !state.withLock({ $0.isStopped }) {
      let now = Moment.now
      guard now < moment else { return }
      let next = min(moment, now + Self.slice)
      var time = timespec(tv_sec: Int(next / 1_000_000_000), tv_nsec: Int(next % 1_000_000_000))
      _ = clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &time, nil)
    }
  }
}
