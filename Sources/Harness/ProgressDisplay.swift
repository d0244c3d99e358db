import Coordinator
import Foundation
import Observations
import Report

/// How far a run is: one line rewritten in place on a terminal, plain lines every few seconds elsewhere. Always on standard error.
struct ProgressDisplay {
  /// Seconds between two plain lines.
  static let plainInterval = 5.0
  /// Seconds between two writings of the live line.
  static let liveInterval = 0.1

  /// Failures that are told at once: the first of each workload in each runtime, so many of them.
  static let toldFailures = 5

  private let plan: Plan
  private let isLive: Bool
  private var estimate: RemainingTime
  private var last = ""
  private var shownAt = -1.0
  private var failures = 0
  /// Workloads and runtimes that failed at least once.
  private var failing: Set<[String]> = []
  private var lineIsOpen = false

  init(plan: Plan, isLive: Bool = Console.isLiveTerminal(2)) {
    self.plan = plan
    self.isLive = isLive
    estimate = RemainingTime(plan: plan, blocks: [])
  }

  mutating func take(_ news: Sitting.News) {
    switch news {
    case .started(let attempt, let blocks):
      estimate = RemainingTime(plan: plan, blocks: blocks)
      say(beginning(attempt, blocks))
      if attempt == 0 { for line in PlanText.briefly(plan) { say(line) } }
      last = "starting the worker"
    case .extended(let extensions, let blocks):
      estimate.add(blocks, of: plan)
      for addition in extensions { say(Self.words(addition)) }
    case .event(.unavailable(let missing)):
      estimate.drop(runtime: missing.runtime)
      say(PlanText.line(missing))
    case .event(.trial(let observation)):
      estimate.count(observation, at: monotonicSeconds())
      if observation.outcome != .passed {
        failures += 1
        let isNews = failing.insert([observation.workload, observation.runtime]).inserted
        if isNews, failing.count <= Self.toldFailures {
          say(
            "failed: \(observation.workload) in \(observation.runtime), block \(observation.block): \(observation.outcome.rawValue)"
              + (observation.detail.isEmpty ? "" : ", \(observation.detail)"))
        }
      }
      last = "\(observation.workload) in \(observation.runtime)"
    case .event(.started):
      estimate.begin(at: monotonicSeconds())
    case .event(.preparing(let step)):
      last = Self.words(step)
    case .event(.counts), .event(.assertions), .event(.blockFinished), .event(.finished), .tick: break
    }
    show()
  }

  /// Leaves the terminal at the beginning of an empty line.
  mutating func end() {
    clear()
    if let line = closing { Console.error(line) }
  }

  /// What the failures told so far leave open.
  var closing: String? {
    guard failures > min(failing.count, Self.toldFailures) else { return nil }
    return "failed: \(failures) trials in all, in \(failing.count) pair(s) of workload and runtime"
  }

  private static func words(_ addition: Extension) -> String {
    let why =
      switch addition.purpose {
      case .planned: "planned"
      case .precision: "an interval is still wider than asked for"
      case .replacement: "the machine disturbed that many"
      }
    return "\(addition.count) more block(s) of \(addition.workload): \(why)"
  }

  // MARK: Writing

  private func beginning(_ attempt: Int, _ blocks: [BlockRequest]) -> String {
    let what = attempt == 0 ? "run \(plan.run.id)" : "run \(plan.run.id), attempt \(attempt + 1)"
    return "\(what): \(blocks.count) blocks, \(plan.trials(in: blocks)) trials of \(plan.workloads.count) workload(s) "
      + "in \(plan.runtimes.count) runtime(s), seed \(plan.run.seed)"
  }

  private mutating func show() {
    let now = monotonicSeconds()
    if shownAt < 0 { shownAt = isLive ? 0 : now }
    guard now - shownAt >= (isLive ? Self.liveInterval : Self.plainInterval) else { return }
    shownAt = now
    let line = printable(text(at: now))
    if isLive {
      Console.write("\r\u{1B}[K" + line.prefix(Console.width(of: 2) - 1), to: 2)
      lineIsOpen = true
    } else {
      Console.error(line)
    }
  }

  /// `warming up 3/26: hello in wasm3`, counted from 1 as people do.
  private static func words(_ step: Preparing) -> String {
    let stage =
      switch step.stage {
      case .setUp: "setting up"
      case .counting: "counting"
      case .warmUp: "warming up (not counted)"
      }
    return "\(stage) \(step.done + 1)/\(step.total): \(step.workload) in \(step.runtime)"
  }

  /// The line as it is now.
  func text(at now: Double) -> String {
    let left = estimate.seconds(at: now).map { "about \(durationText($0)) left" } ?? "time left not known yet"
    let failed = failures == 0 ? "" : " · \(failures) failed"
    return "\(estimate.done)/\(estimate.total) trials · \(left) · \(last)\(failed)"
  }

  private mutating func say(_ line: String) {
    clear()
    Console.error(line)
  }

  private mutating func clear() {
    if lineIsOpen { Console.write("\r\u{1B}[K", to: 2) }
    lineIsOpen = false
  }
}

/// Time left, from what each workload's trials took so far in each runtime, with everything around them.
struct RemainingTime {
  private struct Arm: Hashable {
    var workload: String
    var runtime: String
  }
  private struct Cost {
    var left = 0
    var done = 0
    var seconds = 0.0
  }
  private var costs: [Arm: Cost] = [:]
  private var lastEvent: Double?

  init(plan: Plan, blocks: [BlockRequest]) { add(blocks, of: plan) }

  mutating func add(_ blocks: [BlockRequest], of plan: Plan) {
    let arms = Dictionary(uniqueKeysWithValues: plan.workloads.map { ($0.name, $0.arms) })
    for block in blocks {
      for runtime in arms[block.workload] ?? [] { costs[Arm(workload: block.workload, runtime: runtime), default: Cost()].left += 1 }
    }
  }

  var done: Int { costs.values.reduce(0) { $0 + $1.done } }
  var total: Int { costs.values.reduce(0) { $0 + $1.done + $1.left } }

  mutating func begin(at now: Double) { lastEvent = now }

  mutating func drop(runtime: String) {
    for (arm, _) in costs where arm.runtime == runtime { costs[arm]?.left = 0 }
  }

  mutating func count(_ observation: Observation, at now: Double) {
    let arm = Arm(workload: observation.workload, runtime: observation.runtime)
    let own = Double(observation.times.reaped - min(observation.times.spawned, observation.times.reaped)) / 1e9
    // The first trial comes after the warming up, which happens once.
    let taken = done == 0 ? own : max(own, now - (lastEvent ?? now))
    costs[arm, default: Cost()].done += 1
    costs[arm]?.left -= 1
    costs[arm]?.seconds += taken
    lastEvent = now
  }

  /// Nil before the first trial.
  func seconds(at now: Double) -> Double? {
    let measured = done
    guard measured > 0 else { return nil }
    let mean = costs.values.reduce(0) { $0 + $1.seconds } / Double(measured)
    let left = costs.values.reduce(0.0) { $0 + Double(max(0, $1.left)) * ($1.done > 0 ? $1.seconds / Double($1.done) : mean) }
    return max(0, left - (lastEvent.map { now - $0 } ?? 0))
  }
}
