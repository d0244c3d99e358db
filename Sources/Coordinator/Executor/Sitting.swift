import Foundation
import Observations

/// One sitting of a run: the missing blocks of a stored plan, measured and stored event by event, and then those it turns out to need
/// (see `Extension`). Each batch of blocks is one job for one worker, and an attempt of its own.
public struct Sitting {
  private let store: Store
  private let checkout: Checkout

  /// - Parameter store: holds the run's plan already.
  public init(store: Store, checkout: Checkout) {
    self.store = store
    self.checkout = checkout
  }

  /// How a sitting ended.
  public struct Outcome: Sendable {
    /// Of the last worker; its `garbage` is that of all workers of the sitting.
    public var ending: LocalExecutor.Ending
    /// Blocks still to be measured.
    public var missingBlocks: Int
    /// Blocks the run has in all.
    public var totalBlocks: Int
  }

  /// Something to tell the user while a run is going on.
  public enum News {
    /// Blocks are missing, and the first worker is about to measure them.
    case started(attempt: Int, blocks: [BlockRequest])
    /// The run goes on with further blocks.
    case extended(by: [Extension], blocks: [BlockRequest])
    /// An event of the run; what of it is to be stored is stored by then.
    case event(WorkerEvent)
    /// Comes at least once a second, whether anything happened or not.
    case tick
  }

  /// - Throws: `CoordinatorError`.
  public func run(_ plan: Plan, interruption: CInt, tell: (News) -> Void) throws -> Outcome {
    let run = plan.run.id
    let folder = store.folder(of: run)
    let lock = try RunLock(folder: folder, run: run)
    defer { withExtendedLifetime(lock) {} }
    try checkout.checkWorker()
    var outcome = Outcome(ending: LocalExecutor.Ending(isComplete: true), missingBlocks: 0, totalBlocks: 0)
    var blocks = try store.missingBlocks(of: run)
    if !blocks.isEmpty { tell(.started(attempt: try store.nextAttempt(of: run), blocks: blocks)) }
    while true {
      if blocks.isEmpty {
        let extensions = Extension.needed(try store.results(of: run), blocks: try store.blockCounts(of: run))
        if extensions.isEmpty {
          try store.finish(run: run, at: Date())
          break
        }
        blocks = try store.extend(run: run, by: extensions)
        if outcome.ending.wasInterrupted { break }
        tell(.extended(by: extensions, blocks: blocks))
      }
      try measure(blocks, of: plan, in: folder, holding: lock, interruption: interruption, &outcome, tell: tell)
      blocks = try store.missingBlocks(of: run)
      // What a worker left out is left to the user: whatever stopped this one may stop the next.
      if !blocks.isEmpty { break }
    }
    outcome.missingBlocks = blocks.count
    outcome.totalBlocks = try store.blockCounts(of: run).values.reduce(0) { $0 + $1.values.reduce(0, +) }
    return outcome
  }

  /// One job: some blocks in one worker.
  private func measure(
    _ blocks: [BlockRequest], of plan: Plan, in folder: String, holding lock: RunLock, interruption: CInt, _ outcome: inout Outcome,
    tell: (News) -> Void
  ) throws {
    try plan.requireFiles(for: blocks)
    let run = plan.run.id
    let attempt = try store.nextAttempt(of: run)
    let scratch = FileManager.default.temporaryDirectory.appendingPathComponent("harness-\(run)").path
    var job = plan.job(attempt: attempt, blocks: blocks, scratch: scratch)
    if try store.hasCounts(for: plan) { job.counts = nil }
    let garbage = (outcome.ending.garbage, outcome.ending.firstGarbage)
    outcome.ending = try LocalExecutor(worker: checkout.worker, folder: folder, lock: lock.descriptor).run(job, interruption: interruption)
    {
      event in
      let verdict = try keep(event, run: run, attempt: attempt)
      if verdict == .accepted { tell(.event(event)) }
      return verdict
    } tick: {
      tell(.tick)
    }
    outcome.ending.garbage += garbage.0
    if garbage.0 > 0 { outcome.ending.firstGarbage = garbage.1 }
  }

  private func keep(_ event: WorkerEvent, run: String, attempt: Int) throws -> LocalExecutor.Verdict {
    switch event {
    case .started(let started):
      guard started.run == run, started.attempt == attempt else { return .foreign }
      if attempt > 0, let first = try store.environment(of: run, attempt: 0) { try check(started.environment, against: first, run) }
      return try store.record(event, run: run) ? .accepted : .foreign
    case .trial(let observation):
      guard observation.attempt == attempt else { return .foreign }
      return try store.record(event, run: run) ? .accepted : .foreign
    case .counts(let counts):
      guard counts.attempt == attempt else { return .foreign }
      return try store.record(event, run: run) ? .accepted : .foreign
    case .assertions(let tested):
      guard tested.attempt == attempt else { return .foreign }
      return try store.record(event, run: run) ? .accepted : .foreign
    case .unavailable:
      return try store.record(event, run: run) ? .accepted : .foreign
    case .blockFinished(let block):
      return try store.finish(block, run: run, attempt: attempt) ? .accepted : .foreign
    case .preparing, .finished:
      return .accepted
    }
  }

  /// Refuses to go on where what decides speed is not what it was when the run began: one run is one machine and one set of programs.
  private func check(_ now: MachineEnvironment, against first: MachineEnvironment, _ run: String) throws {
    let machine = [
      ("host", first.hostname, now.hostname), ("CPU", first.cpuModel, now.cpuModel),
      ("number of CPUs", "\(first.cpuCount)", "\(now.cpuCount)"),
      ("kernel", first.kernel, now.kernel),
    ]
    let moved = machine.filter { $0.1 != $0.2 }.map { "\($0.0): \($0.1) → \($0.2)" }
    guard moved.isEmpty else {
      throw CoordinatorError(
        .badData, "run \(run) was begun on another machine (\(moved.joined(separator: "; "))); resume it there, or start a new run")
    }
    let changed = first.hashes.keys.sorted().filter { path in now.hashes[path].map { $0 != first.hashes[path] } ?? false }
    guard changed.isEmpty else {
      throw CoordinatorError(
        .badData,
        "run \(run): changed since it began: \(changed.joined(separator: ", ")); one run measures one set of programs: start a new run, or restore them"
      )
    }
  }
}
