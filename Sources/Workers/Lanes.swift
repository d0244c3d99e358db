import Dispatch
import Glibc
import Observations
import Synchronization

/// Blocks of tests side by side: nothing of them is timed, so they may disturb each other. Each lane has a launcher and adapters of its
/// own and takes the next block when it has done its last.
struct Lanes {
  private let worker: Worker
  private let launcher: String

  /// - Parameter launcher: path of `harness-launcher`.
  init(of worker: Worker, launcher: String) {
    self.worker = worker
    self.launcher = launcher
  }

  /// Works on every block of the job. Only bare processes can be run so.
  /// - Throws: what stopped the first lane that was stopped, when every lane has ended.
  func work(count: Int) throws {
    // A lane touches of the worker only what does not change while lanes run.
    nonisolated(unsafe) let worker = worker
    let blocks = worker.job.blocks
    let launcher = launcher
    let next = Atomic<Int>(0)
    let failure = Mutex<(any Error)?>(nil)
    DispatchQueue.concurrentPerform(iterations: min(count, blocks.count)) { _ in
      do {
        let own = try Launcher(executable: launcher, enclose: geteuid() == 0)
        defer { own.close() }
        let adapters = worker.adapters.compactMapValues { ($0 as? ProcessRuntime)?.started(by: own) as (any RuntimeAdapter)? }
        while failure.withLock({ $0 == nil }) {
          let index = next.add(1, ordering: .relaxed).oldValue
          guard index < blocks.count else { return }
          try worker.work(on: blocks[index], in: adapters)
        }
      } catch {
        failure.withLock { if $0 == nil { $0 = error } }
      }
    }
    if let error = failure.withLock({ $0 }) { throw error }
  }
}
