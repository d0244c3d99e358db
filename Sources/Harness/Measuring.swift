import ArgumentParser
import Coordinator
import Foundation
import Observations

/// Measures the missing blocks of a stored plan with progress on standard error, to the end.
struct Measuring {
  let store: Store
  let checkout: Checkout
  let interruption: CInt
  /// Options of the command line that a resumed run needs again.
  let repeated: String

  /// - Throws: `CoordinatorError` where it could not be finished, `ExitCode(130)` where the user stopped it; both say how to go on.
  func measure(_ plan: Plan) throws {
    let run = plan.run.id
    let resumeLine = "harness run --resume \(run)\(repeated)"
    // Of a run without blocks there is no progress, which would tell.
    if plan.blocks.isEmpty { for line in PlanText.briefly(plan) { Console.error(line) } }
    var progress = ProgressDisplay(plan: plan)
    let outcome: Sitting.Outcome
    do {
      outcome = try Sitting(store: store, checkout: checkout).run(plan, interruption: interruption) { progress.take($0) }
    } catch let error as CoordinatorError {
      progress.end()
      throw CoordinatorError(error.reason, lines: error.lines.map { "\($0); then go on: \(resumeLine)" })
    }
    progress.end()
    if outcome.ending.garbage > 0 {
      Console.error(
        "warning: the worker wrote \(outcome.ending.garbage) line(s) that are no event of this run, the first: \(outcome.ending.firstGarbage)"
      )
    }
    guard outcome.missingBlocks > 0 else { return }
    let total = outcome.totalBlocks
    let stored = "\(total - outcome.missingBlocks) of \(total) blocks are stored in \(store.path)"
    if outcome.ending.wasInterrupted {
      Console.error("stopped: \(stored); go on: \(resumeLine)")
      throw ExitCode(130)
    }
    let reason = outcome.ending.reason.isEmpty ? "the worker left blocks out" : outcome.ending.reason
    // The worker's own 69 says that a part is missing; everything else is a run that can go on.
    throw CoordinatorError(
      outcome.ending.exitCode == 69 ? .missing : .interrupted,
      "\(reason); \(stored); go on: \(resumeLine) (the worker's log: \(outcome.ending.log))")
  }
}
