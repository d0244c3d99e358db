import Foundation
import Observations
import Testing

@testable import Workers

/// A pause of 200 ms in the shim itself: what somebody sees who asks at a fixed rate, and what is hidden from one who waits for answers.
extension LoadTests {
  private static let pause: UInt32 = 200
  private static var pauseTime: UInt64 { UInt64(pause) * millisecond }

  /// Those that begin, serve and end tasks; none that cleans up behind one.
  private func shims(_ run: JobRun) -> Set<pid_t> {
    Set(processes(with: "containerd-shim-wvm-v1").filter { isOf(run, $0) }).subtracting(processes(with: "\0delete\0"))
  }

  /// Stops every shim of a run for a while, those too that appear meanwhile: as if its code had a pause. It begins with a task, when its shim
  /// appears, so that this task waits for all of it.
  /// - Returns: whether a task began.
  private func pauseShims(_ run: JobRun) -> Bool {
    // A shim lives for some milliseconds: whoever looks for it must not wait for a turn. Of this thread alone (setpriority(2)).
    setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, -20)
    defer { setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, 0) }
    var stopped: Set<pid_t> = []
    defer { for shim in stopped { kill(shim, SIGCONT) } }
    func stop(_ shims: Set<pid_t>) {
      for shim in shims where kill(shim, SIGSTOP) == 0 { stopped.insert(shim) }
    }
    let before = shims(run), deadline = ContinuousClock.now + .seconds(10)
    while stopped.isEmpty, ContinuousClock.now < deadline { stop(shims(run).subtracting(before)) }
    let end = ContinuousClock.now + .milliseconds(Self.pause)
    while !stopped.isEmpty, ContinuousClock.now < end {
      stop(shims(run).subtracting(stopped))
      usleep(1000)
    }
    return !stopped.isEmpty
  }

  @Test func `a pause of the shim of 200 ms is seen in the tail of an open loop, and the median does not know of it`() throws {
    let latency = try stalled("pause", Load(rate: 10, tasks: 50), napping: 50, by: pauseShims).latency
    // The highest percentile of fifty is the task that began with the pause; two or three more met it.
    #expect(latency.max >= Self.pauseTime && latency.p99 >= Self.pauseTime, "\(latency)")
    #expect(latency.p50 + Self.pauseTime * 3 / 4 < latency.p99, "\(latency)")
  }

  @Test func `one client at a time hides a pause of the shim, and its latencies from the due times show it`() throws {
    let latencies = try stalled("lane", Load(rate: 14, tasks: 19, parallel: 1), napping: 10, after: 300, by: pauseShims)
    // One of 19 is above the 90th percentile: one service time, or none where the pause hit a deletion, is all that whoever waits for answers
    // sees. A second task was due 72 ms after the pause began, and was not asked for.
    #expect(latencies.service.p90 + Self.pauseTime / 2 < latencies.latency.p90, "\(latencies)")
  }
}
