import Foundation
import Observations

/// One sitting of a run: the missing blocks of a stored plan, measured and stored event by event.
public struct Sitting {
  private let store: Store
  private let checkout: Checkout

  public init(store: Store, checkout: Checkout) {
    self.store = store
    self.checkout = checkout
  }

  /// How a sitting ended.
  public struct Outcome: Sendable {
    public var ending: LocalExecutor.Ending
    /// Blocks still to be measured.
    public var missingBlocks: Int
    /// Things a reader of the results should know, one line each.
    public var warnings: [String]
  }

  /// Something to tell the user while a run is going on.
  public enum News {
    case started(attempt: Int, blocks: [BlockRequest])
    case event(WorkerEvent)
    case tick
  }

  /// - Throws: `CoordinatorError`.
  public func run(_ plan: Plan, interruption: CInt, tell: (News) -> Void) throws -> Outcome {
    let run = plan.run.id
    let folder = store.folder(of: run)
    let lock = try RunLock(folder: folder, run: run)
    defer { withExtendedLifetime(lock) {} }
    try checkout.checkWorker()
    let blocks = try store.missingBlocks(of: run)
    let attempt = try store.nextAttempt(of: run)
    var warnings: [String] = []
    guard !blocks.isEmpty else {
      try store.finish(run: run, at: Date())
      return Outcome(ending: LocalExecutor.Ending(isComplete: true), missingBlocks: 0, warnings: [])
    }
    tell(.started(attempt: attempt, blocks: blocks))
    let scratch = FileManager.default.temporaryDirectory.appendingPathComponent("harness-\(run)").path
    var job = plan.job(attempt: attempt, blocks: blocks, scratch: scratch)
    if try store.hasCounts(for: plan) { job.counts = nil }
    let ending = try LocalExecutor(worker: checkout.worker, folder: folder).run(job, interruption: interruption) { event in
      let verdict = try keep(event, run: run, attempt: attempt, warnings: &warnings)
      if verdict == .accepted { tell(.event(event)) }
      return verdict
    } tick: {
      tell(.tick)
    }
    let missing = try store.missingBlocks(of: run).count
    if missing == 0 { try store.finish(run: run, at: Date()) }
    return Outcome(ending: ending, missingBlocks: missing, warnings: warnings)
  }

  private func keep(_ event: WorkerEvent, run: String, attempt: Int, warnings: inout [String]) throws -> LocalExecutor.Verdict {
    switch event {
    case .started(let started):
      guard started.run == run, started.attempt == attempt else { return .foreign }
      if attempt > 0, let first = try store.environment(of: run, attempt: 0) { warnings += changes(from: first, to: started.environment) }
      return try store.record(event, run: run) ? .accepted : .foreign
    case .trial(let observation):
      guard observation.attempt == attempt else { return .foreign }
      return try store.record(event, run: run) ? .accepted : .foreign
    case .counts(let counts):
      guard counts.attempt == attempt else { return .foreign }
      return try store.record(event, run: run) ? .accepted : .foreign
    case .unavailable:
      return try store.record(event, run: run) ? .accepted : .foreign
    case .blockFinished(let block):
      return try store.finish(block, run: run, attempt: attempt) ? .accepted : .foreign
    case .finished:
      return .accepted
    }
  }

  /// What differs between two sittings of one run that decides speed.
  private func changes(from first: MachineEnvironment, to second: MachineEnvironment) -> [String] {
    var lines: [String] = []
    func compare(_ what: String, _ before: String, _ after: String) {
      if before != after { lines.append("\(what) changed since the run began: \(before) → \(after)") }
    }
    compare("the machine", first.hostname, second.hostname)
    compare("the CPU", first.cpuModel, second.cpuModel)
    compare("the kernel", first.kernel, second.kernel)
    for (path, hash) in first.hashes.sorted(by: { $0.key < $1.key }) {
      if let now = second.hashes[path], now != hash { lines.append("\(path) changed since the run began (another SHA-256)") }
    }
    return lines
  }
}
