import Coordinator
import Foundation
import Observations
import Report

/// A plan for people (`--dry-run`), or as JSON.
enum PlanText {
  static func text(_ plan: Plan, json: Bool) throws -> String {
    if json { return try encoded(plan) }
    let run = plan.run
    var lines = [
      "\(run.title)",
      "",
      "\(blocks(run)) of \(plan.workloads.count) workload(s), \(plan.trials(in: plan.blocks)) trials\(run.precision == nil ? "" : " at least"), "
        + "page cache \(run.cache.rawValue), time limit \(durationText(plan.timeLimit)), baseline \(run.baseline), seed \(run.seed)",
      "",
    ]
    lines.append(
      columns([["WORKLOAD", "RUNTIMES", "ANSWER"]] + plan.workloads.map { [$0.name, $0.arms.joined(separator: " "), answer($0)] }))
    lines.append("")
    lines.append(columns([["RUNTIME", "PATH", "WHAT"]] + plan.runtimes.map { [$0.name, $0.path.rawValue, $0.summary] }))
    if !plan.unavailable.isEmpty || !plan.notes.isEmpty { lines.append("") }
    lines += missing(plan)
    return lines.joined(separator: "\n")
  }

  /// What is left of a plan that was begun.
  static func remaining(_ plan: Plan, in store: Store, json: Bool) throws -> String {
    var rest = plan
    rest.blocks = try store.missingBlocks(of: plan.run.id)
    if json { return try encoded(rest) }
    return "run \(plan.run.id): \(rest.blocks.count) of \(plan.blocks.count) blocks are still to be measured, "
      + "\(plan.trials(in: rest.blocks)) trials"
  }

  /// Runtimes that are not here and arms that were left out, a line each.
  static func missing(_ plan: Plan) -> [String] {
    plan.unavailable.map(line) + plan.notes.map { "note: \($0)" }
  }

  /// The same before a run, whose report says it all again.
  static func briefly(_ plan: Plan) -> [String] {
    let names = plan.unavailable.map(\.runtime)
    let missing =
      names.isEmpty
      ? [] : ["note: not here and left out: \(names.joined(separator: ", ")) (harness list runtimes: why, and how to get them)"]
    return missing + plan.notes.map { "note: \($0)" }
  }

  static func line(_ missing: Unavailable) -> String {
    "note: \(missing.runtime) is left out: \(missing.reason)\(missing.remedy.isEmpty ? "" : "; to get it: \(missing.remedy)")"
  }

  private static func blocks(_ run: RunDescription) -> String {
    guard let precision = run.precision, let most = run.maximumBlocks else { return "\(run.blocks) blocks" }
    return "\(run.blocks) to \(most) blocks, until intervals are within ±\((precision * 1000).rounded() / 10) %,"
  }

  private static func answer(_ workload: Workload) -> String {
    let code = workload.expected.exitCode == 0 ? "" : ", exit code \(workload.expected.exitCode)"
    return (workload.expected.output == nil ? "output not checked" : "output checked") + code
  }
}

/// A value as readable JSON.
func encoded(_ value: some Encodable) throws -> String {
  let encoder = JSONEncoder()
  encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
  return printable(json: String(decoding: try encoder.encode(value), as: UTF8.self))
}
