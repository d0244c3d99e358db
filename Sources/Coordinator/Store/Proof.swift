import Foundation
import GRDB
import Observations
import Statistics

/// What `harness aa` found out about gates on one machine: how often they call equal things different, or how often they find a
/// slow-down of known size.
public struct Proof: Codable, Sendable, Equatable {
  /// Older proofs prove nothing about today's machine.
  public static let lifetime: TimeInterval = 30 * 86_400
  /// Fewer comparisons say too little: of 200, 18 false alarms tell a rate above 5 % with an error of 1 %.
  public static let fewestComparisons = 200
  /// The same for a slow-down that is to be found in 80 of 100 tries.
  public static let fewestControls = 100
  /// The slow-down a gate claims to find. That it finds a larger one says nothing about it.
  public static let claimedSlowDown = 0.05
  /// The share of false alarms a gate claims not to exceed.
  public static let claimedRate = 0.05

  /// Unique among the proofs of a database.
  public var id: String
  /// ISO 8601 in UTC.
  public var provenAt: String
  /// The machine it holds for.
  public var hostname: String
  /// With `cpuCount` and `hostname` it tells machines apart.
  public var cpuModel: String
  /// CPUs of the machine.
  public var cpuCount: Int
  /// Another kernel raises a doubt and no more.
  public var kernel: String
  /// Name of the scenario that was measured.
  public var scenario: String
  /// What the comparisons were of.
  public var metric: Metric
  /// From which growth on the gate alarms, as a fraction.
  public var threshold: Double
  /// The slow-down of the second arm, as a fraction; 0 where both arms were the same.
  public var injected: Double
  /// Comparisons that were measured to their end.
  public var comparisons: Int
  /// How many of them the gate called a regression, an improvement, or could not decide.
  public var regressions: Int
  /// Comparisons called an improvement.
  public var improvements: Int
  /// Comparisons that could not be decided.
  public var inconclusive: Int
  /// Comparisons whose own p was at most 0.05.
  public var lowProbabilities: Int
  /// Blocks a comparison took, the median over all.
  public var medianBlocks: Double

  /// Takes the machine's name, CPU and kernel from its environment; otherwise as the properties of the same names.
  public init(
    id: String, provenAt: String, machine: MachineEnvironment, scenario: String, metric: Metric, threshold: Double, injected: Double,
    comparisons: Int, regressions: Int, improvements: Int, inconclusive: Int, lowProbabilities: Int, medianBlocks: Double
  ) {
    self.id = id
    self.provenAt = provenAt
    hostname = machine.hostname
    cpuModel = machine.cpuModel
    cpuCount = machine.cpuCount
    kernel = machine.kernel
    self.scenario = scenario
    self.metric = metric
    self.threshold = threshold
    self.injected = injected
    self.comparisons = comparisons
    self.regressions = regressions
    self.improvements = improvements
    self.inconclusive = inconclusive
    self.lowProbabilities = lowProbabilities
    self.medianBlocks = medianBlocks
  }

  /// Whether it is of slowed arms: it then says how often a slow-down is found, else how often equals are called different.
  public var isControl: Bool { injected > 0 }

  /// Equal things called different, in either direction.
  public var falseAlarms: Int { regressions + improvements }

  /// The most that are compatible with the claimed rate: more refute it with an error of 1 % (one-sided binomial test).
  public var mostFalseAlarms: Int { Proportion.mostExpected(trials: comparisons, rate: Self.claimedRate) ?? 0 }

  /// The share of injected slow-downs that must be found: nothing is promised about those that do not exceed the threshold.
  public var requiredPower: Double { injected <= threshold ? 0 : injected >= 0.1 ? 0.95 : 0.8 }

  /// Whether it says that gates find the slow-down they claim to, even with a threshold. A gate that tolerates less finds more.
  func isControl(threshold least: Double) -> Bool {
    isControl && requiredPower > 0 && injected <= Self.claimedSlowDown && threshold >= least && comparisons >= Self.fewestControls
  }

  /// Whether more false alarms occurred than the claim allows.
  public var isRefuted: Bool { !isControl && (falseAlarms > mostFalseAlarms || lowProbabilities > mostFalseAlarms) }

  /// Whether enough was decided to say anything: a gate that never decides raises no false alarm either.
  public var isDecided: Bool { comparisons > 0 && (isControl || 2 * inconclusive <= comparisons) }

  /// Whether the gate keeps what it promises, by these comparisons.
  public var holds: Bool {
    isDecided && !isRefuted && (!isControl || Double(regressions) >= requiredPower * Double(comparisons))
  }

  /// Whether it was proven on this machine as it is now, its kernel aside.
  func isOf(_ machine: MachineEnvironment) -> Bool {
    hostname == machine.hostname && cpuModel == machine.cpuModel && cpuCount == machine.cpuCount
  }
}

extension Store {
  /// Keeps what is there already under the same identifier.
  /// - Throws: `CoordinatorError` where the database cannot be written.
  public func record(_ proof: Proof) throws {
    try write { database in
      try database.execute(
        sql: """
          INSERT INTO proof (id, provenAt, hostname, cpuModel, cpuCount, kernel, scenario, metric, threshold, injected, comparisons,
            regressions, improvements, inconclusive, lowProbabilities, medianBlocks)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
          """,
        arguments: [
          proof.id, proof.provenAt, proof.hostname, proof.cpuModel, proof.cpuCount, proof.kernel, proof.scenario, proof.metric.rawValue,
          proof.threshold, proof.injected, proof.comparisons, proof.regressions, proof.improvements, proof.inconclusive,
          proof.lowProbabilities, proof.medianBlocks,
        ])
    }
  }

  /// Every proof, newest first.
  public func proofs() throws -> [Proof] {
    let path = self.path
    return try read { database in
      // A database of an earlier version that was opened for reading has no such table yet.
      guard try database.tableExists("proof") else { return [] }
      return try Row.fetchAll(database, sql: "SELECT * FROM proof ORDER BY provenAt DESC, rowid DESC").map { row in
        let metric: String = row["metric"]
        guard let known = Metric(named: metric) else {
          throw CoordinatorError(.badData, "\(path): proof.metric holds \"\(metric)\", which this version does not know")
        }
        let machine = MachineEnvironment(
          hostname: row["hostname"], cpuModel: row["cpuModel"], cpuCount: row["cpuCount"], memoryBytes: 0, kernel: row["kernel"],
          distribution: "", virtualization: "", governor: "", mitigations: [:], cgroup: "", tools: [:], hashes: [:])
        return Proof(
          id: row["id"], provenAt: row["provenAt"], machine: machine, scenario: row["scenario"], metric: known,
          threshold: row["threshold"], injected: row["injected"], comparisons: row["comparisons"], regressions: row["regressions"],
          improvements: row["improvements"], inconclusive: row["inconclusive"], lowProbabilities: row["lowProbabilities"],
          medianBlocks: row["medianBlocks"])
      }
    }
  }

  /// Why verdicts on a machine are not backed by a fresh proof, a line each; empty where they are.
  /// - Parameter threshold: from which growth of a metric on the gate alarms.
  public func doubts(
    about machine: MachineEnvironment, threshold: (Metric) -> Double = { $0.defaultThreshold }, at moment: Date = Date()
  ) throws -> [String] {
    let how = "prove it: harness aa scenarios/gate.yaml"
    let all = try proofs().filter { $0.isOf(machine) }
    // Who tolerates more alarms less.
    guard let newest = all.first(where: { !$0.isControl && $0.threshold <= threshold($0.metric) }) else {
      return ["no proof that gates raise few false alarms on this machine (\(machine.hostname)); \(how)"]
    }
    let date = try date(of: newest)
    var doubts: [String] = []
    if newest.kernel != machine.kernel {
      doubts.append("the kernel was \(newest.kernel) when gates were proven here, and is \(machine.kernel) now; \(how)")
    }
    let days = Int(moment.timeIntervalSince(date) / 86_400)
    if moment.timeIntervalSince(date) > Proof.lifetime {
      doubts.append("the proof that gates raise few false alarms here is \(days) days old; \(how)")
    }
    if newest.comparisons < Proof.fewestComparisons {
      doubts.append(
        "the newest proof that gates raise few false alarms here rests on \(newest.comparisons) comparisons, and \(Proof.fewestComparisons) are asked for; \(how)"
      )
    }
    // Who tolerates more finds less; nobody claims to find what is tolerated on purpose.
    let newestControl = all.first { $0.isControl(threshold: min(threshold($0.metric), $0.metric.defaultThreshold)) }
    doubts += try control(newestControl, machine, moment)
    if !newest.isRefuted, !newest.isDecided {
      doubts.append(
        "gates decide too little on this machine: \(newest.inconclusive) of \(newest.comparisons) comparisons of equals were inconclusive on "
          + "\(newest.provenAt.prefix(10)); quieten it, then \(how)")
    }
    if newest.isRefuted {
      doubts.append(
        "gates raise too many false alarms on this machine: \(newest.falseAlarms) in \(newest.comparisons) comparisons of equals on "
          + "\(newest.provenAt.prefix(10)), where at most \(newest.mostFalseAlarms) are compatible with 5 %; quieten it, then \(how)")
    }
    return doubts
  }

  private func date(of proof: Proof) throws -> Date {
    guard let date = try? Date(proof.provenAt, strategy: .iso8601) else {
      throw CoordinatorError(.badData, "\(path): proof.provenAt holds \"\(proof.provenAt)\", which is no date")
    }
    return date
  }

  /// The same of the positive control: whether a known slow-down is found.
  private func control(_ newest: Proof?, _ machine: MachineEnvironment, _ moment: Date) throws -> [String] {
    let how = "prove it: harness aa scenarios/gate.yaml --inject 5%"
    guard let newest else {
      return ["no proof that gates find a slow-down of 5 % on this machine; \(how)"]
    }
    if moment.timeIntervalSince(try date(of: newest)) > Proof.lifetime || newest.kernel != machine.kernel {
      return ["the proof that gates find a slow-down here is older than 30 days or of another kernel; \(how)"]
    }
    guard !newest.holds else { return [] }
    return ["gates found only \(newest.regressions) of \(newest.comparisons) injected slow-downs on this machine; quieten it, then \(how)"]
  }
}
