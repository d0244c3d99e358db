import Foundation
import Observations

/// A scenario resolved against this machine: what will be measured, in which order. It is stored with the run, so that a resumed run is
/// the same run.
public struct Plan: Codable, Sendable, Equatable {
  /// What is stored and shown of the run as such.
  public var run: RunDescription
  /// Seconds one trial may take.
  public var timeLimit: Double
  /// Those that at least one runtime here can run, with the arms they have.
  public var workloads: [Workload]
  /// Those that were found here and are an arm of a workload.
  public var runtimes: [RuntimeDescription]
  /// Runtimes the scenario names that are not here; their arms are left out.
  public var unavailable: [Unavailable]
  /// Every block, in the order it is measured.
  public var blocks: [BlockRequest]
  /// What was left out of the plan and why, one line each, for people.
  public var notes: [String]
  /// Tests that failed while they were planned, in runtimes that could not be given them.
  public var failed: [TestedAssertions] = []

  /// Trials of some blocks.
  public func trials(in blocks: [BlockRequest]) -> Int {
    let arms = Dictionary(uniqueKeysWithValues: workloads.map { ($0.name, $0.arms.count) })
    return blocks.reduce(0) { $0 + (arms[$1.workload] ?? 0) }
  }

  /// What is counted rather than timed.
  public var counts: [Metric] { run.metrics.filter(\.isCount) }

  /// The job that measures some of the plan's blocks.
  public func job(attempt: Int, blocks: [BlockRequest], scratch: String) -> Job {
    let needed = Set(blocks.map(\.workload))
    var job = Job(
      run: run.id, scenario: run.scenario, seed: run.seed, attempt: attempt, workloads: workloads.filter { needed.contains($0.name) },
      runtimes: runtimes, blocks: blocks, cache: run.cache, timeLimit: timeLimit, scratch: scratch)
    if !counts.isEmpty { job.counts = counts }
    // Of tests nothing is timed. Containers have one daemon, which is asked one thing after the other.
    if job.workloads.allSatisfy({ $0.test != nil }), runtimes.allSatisfy({ $0.path == .process }) {
      job.parallel = ProcessInfo.processInfo.activeProcessorCount
    }
    return job
  }
}

/// What the command line changes about a scenario.
public struct PlanOptions: Sendable {
  /// Names of the catalogue, instead of the scenario's; nil leaves those.
  public var runtimes: [String]?
  /// Folder of modules for a scenario that takes some (`--guests`).
  public var guests: String?
  /// Exactly so many for every workload; nil leaves it to the scenario.
  public var blocks: Int?
  /// No more than `quickBlocks` blocks, and no precision; `blocks` outweighs it.
  public var quick: Bool
  /// Instead of the scenario's; where neither says, one is drawn.
  public var seed: UInt64?
  /// For a scenario of a suite.
  public var suite = SuiteOptions()
  /// Is told what takes time while planning, a line each.
  public var tell: @Sendable (String) -> Void = { _ in }
  /// Blocks of `--quick`.
  public static let quickBlocks = 10

  /// Without arguments: as the scenario says.
  public init(runtimes: [String]? = nil, guests: String? = nil, blocks: Int? = nil, quick: Bool = false, seed: UInt64? = nil) {
    self.runtimes = runtimes
    self.guests = guests
    self.blocks = blocks
    self.quick = quick
    self.seed = seed
  }
}
