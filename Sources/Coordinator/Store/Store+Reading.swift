import Foundation
import GRDB
import Observations

/// One line of `harness list runs`.
public struct RunSummary: Codable, Sendable, Equatable {
  /// Identifier of the run.
  public var id: String
  /// The scenario's name.
  public var scenario: String
  /// ISO 8601 in UTC.
  public var startedAt: String
  /// Nil for a run that can be resumed.
  public var finishedAt: String?
  /// Blocks that an attempt measured to their end.
  public var blocksFinished: Int
  /// All blocks of the run so far, those that were added included.
  public var blocksPlanned: Int
  /// Trials that count, whatever their outcome.
  public var trials: Int
  /// Trials that count and did not pass.
  public var failedTrials: Int
}

extension Store {
  /// Every run, newest first.
  public func runs() throws -> [RunSummary] {
    try read { database in
      try Row.fetchAll(
        database,
        sql: """
          SELECT run.id, scenario, startedAt, finishedAt,
            (SELECT count(*) FROM block WHERE run = run.id AND finishedAttempt IS NOT NULL) AS finished,
            (SELECT count(*) FROM block WHERE run = run.id) AS planned,
            (SELECT count(*) FROM countedTrial WHERE run = run.id) AS trials,
            (SELECT count(*) FROM countedTrial WHERE run = run.id AND outcome != 'passed') AS failed
          FROM run ORDER BY startedAt DESC, run.rowid DESC
          """
      ).map {
        RunSummary(
          id: $0["id"], scenario: $0["scenario"], startedAt: $0["startedAt"], finishedAt: $0["finishedAt"], blocksFinished: $0["finished"],
          blocksPlanned: $0["planned"], trials: $0["trials"], failedTrials: $0["failed"])
      }
    }
  }

  /// The full identifier of a run named `latest`, in full, or by a beginning that only one run has.
  /// - Throws: `CoordinatorError.usage` where that names no run or several.
  public func identifier(matching name: String) throws -> String {
    let identifiers = try read { try String.fetchAll($0, sql: "SELECT id FROM run ORDER BY startedAt DESC, rowid DESC") }
    if name == "latest", let latest = identifiers.first { return latest }
    if identifiers.contains(name) { return name }
    let matches = identifiers.filter { $0.hasPrefix(name) }
    switch matches.count {
    case 1: return matches[0]
    case 0:
      throw CoordinatorError(
        .usage, "no run \"\(name)\" in \(path)\(identifiers.isEmpty ? ", which holds none" : suggestion(for: name, among: identifiers))")
    default: throw CoordinatorError(.usage, "\"\(name)\" names \(matches.count) runs: \(matches.prefix(5).joined(separator: ", "))")
    }
  }

  /// A run's plan as it was stored.
  public func plan(of run: String) throws -> Plan {
    let path = self.path
    return try read { database in
      guard let row = try Row.fetchOne(database, sql: "SELECT * FROM run WHERE id = ?", arguments: [run]) else {
        throw CoordinatorError(.usage, "no run \"\(run)\" in \(path)")
      }
      let blocks = try Row.fetchAll(
        database, sql: "SELECT workload, number FROM block WHERE run = ? ORDER BY position", arguments: [run])
      return Plan(
        run: try Self.description(row, path), timeLimit: row["timeLimit"],
        workloads: try Self.definitions(Workload.self, "workload", run, database, path),
        runtimes: try Self.definitions(RuntimeDescription.self, "runtime", run, database, path),
        unavailable: try Self.unavailable(run, database),
        blocks: blocks.map { BlockRequest(workload: $0["workload"], index: $0["number"]) },
        notes: try JSONColumn.value([String].self, row["notes"], in: path, "run.notes"))
    }
  }

  /// Blocks of a run that no attempt finished, in the plan's order.
  public func missingBlocks(of run: String) throws -> [BlockRequest] {
    try read { database in
      try Row.fetchAll(
        database, sql: "SELECT workload, number FROM block WHERE run = ? AND finishedAttempt IS NULL ORDER BY position", arguments: [run]
      ).map { BlockRequest(workload: $0["workload"], index: $0["number"]) }
    }
  }

  /// How many blocks of each purpose a run has, by workload.
  public func blockCounts(of run: String) throws -> [String: [BlockPurpose: Int]] {
    let path = self.path
    return try read { database in
      var counts: [String: [BlockPurpose: Int]] = [:]
      let rows = try Row.fetchAll(
        database, sql: "SELECT workload, purpose, count(*) AS count FROM block WHERE run = ? GROUP BY workload, purpose", arguments: [run])
      for row in rows {
        let name: String = row["purpose"]
        guard let purpose = BlockPurpose(rawValue: name) else { throw Self.unknown("block.purpose", name, path) }
        counts[row["workload"], default: [:]][purpose] = row["count"]
      }
      return counts
    }
  }

  /// The attempt a resumed run is measured as: one more than any before.
  public func nextAttempt(of run: String) throws -> Int {
    try read { database in
      try Int.fetchOne(
        database,
        sql: """
          SELECT 1 + max(coalesce((SELECT max(attempt) FROM environment WHERE run = ?1), -1),
            coalesce((SELECT max(attempt) FROM trial WHERE run = ?1), -1))
          """, arguments: [run]) ?? 0
    }
  }

  /// Everything known about a run. Trials of unfinished blocks are kept in the database but do not count: a comparison needs whole blocks.
  public func results(of run: String) throws -> RunResults { try results(of: run, withTrials: true) }

  func results(of run: String, withTrials: Bool) throws -> RunResults {
    let path = self.path
    return try read { database in
      guard let row = try Row.fetchOne(database, sql: "SELECT * FROM run WHERE id = ?", arguments: [run]) else {
        throw CoordinatorError(.usage, "no run \"\(run)\" in \(path)")
      }
      if let source = row["source"] as String? {
        throw CoordinatorError(.usage, "run \(run) was imported from \(source) and has no trials: harness history shows it")
      }
      var results = RunResults(
        run: try Self.description(row, path), environment: try Self.environment(run, database, path),
        workloads: try Self.definitions(Workload.self, "workload", run, database, path),
        runtimes: try Self.definitions(RuntimeDescription.self, "runtime", run, database, path),
        unavailable: try Self.unavailable(run, database), observations: withTrials ? try Self.observations(run, database, path) : [])
      results.counts = try Self.counts(run, database, path)
      results.assertions = try Self.assertions(run, database, path)
      return results
    }
  }

  /// The environment of one attempt.
  public func environment(of run: String, attempt: Int) throws -> MachineEnvironment? {
    let path = self.path
    return try read { try Self.environment(run, attempt: attempt, $0, path) }
  }

  // MARK: Rows

  private static func description(_ row: Row, _ path: String) throws -> RunDescription {
    let cache: String = row["cache"]
    guard let cacheState = CacheState(rawValue: cache) else { throw unknown("run.cache", cache, path) }
    var description = RunDescription(
      id: row["id"], scenario: row["scenario"], title: row["title"], startedAt: row["startedAt"], finishedAt: row["finishedAt"],
      seed: UInt64(clamping: row["seed"] as Int64), cache: cacheState, blocks: row["blocks"], baseline: row["baseline"],
      metrics: try JSONColumn.value([Metric].self, row["metrics"], in: path, "run.metrics"), subtract: row["subtract"],
      commit: row["commitID"], command: row["command"],
      differences: try JSONColumn.value([ExpectedDifference].self, row["differences"], in: path, "run.differences"),
      precision: row["precision"], maximumBlocks: row["maximumBlocks"])
    // Databases of an older harness, opened for reading, have no such columns.
    description.thresholds = try (row["thresholds"] as String?).map {
      try JSONColumn.value([Metric: Double].self, $0, in: path, "run.thresholds")
    }
    description.branch = row["branch"] as String?
    return description
  }

  private static func definitions<Value: Decodable>(
    _ type: Value.Type, _ table: String, _ run: String, _ database: Database, _ path: String
  ) throws -> [Value] {
    try String.fetchAll(database, sql: "SELECT definition FROM \(table) WHERE run = ? ORDER BY position", arguments: [run])
      .map { try JSONColumn.value(type, $0, in: path, "\(table).definition") }
  }

  private static func unavailable(_ run: String, _ database: Database) throws -> [Unavailable] {
    try Row.fetchAll(database, sql: "SELECT runtime, reason, remedy FROM unavailable WHERE run = ? ORDER BY rowid", arguments: [run])
      .map { Unavailable(runtime: $0["runtime"], reason: $0["reason"], remedy: $0["remedy"]) }
  }

  static func environment(_ run: String, attempt: Int? = nil, _ database: Database, _ path: String) throws -> MachineEnvironment? {
    let row = try Row.fetchOne(
      database, sql: "SELECT * FROM environment WHERE run = ? AND attempt = coalesce(?, attempt) ORDER BY attempt LIMIT 1",
      arguments: [run, attempt])
    guard let row else { return nil }
    func names(_ column: String) throws -> [String: String] {
      try JSONColumn.value([String: String].self, row[column], in: path, "environment.\(column)")
    }
    var environment = MachineEnvironment(
      hostname: row["hostname"], cpuModel: row["cpuModel"], cpuCount: row["cpuCount"],
      memoryBytes: UInt64(clamping: row["memoryBytes"] as Int64), kernel: row["kernel"], distribution: row["distribution"],
      virtualization: row["virtualization"], governor: row["governor"], mitigations: try names("mitigations"), cgroup: row["cgroup"],
      tools: try names("tools"), hashes: try names("hashes"), addressRandomization: row["addressRandomization"])
    environment.lacking = try (row["lacking"] as String?).map {
      try JSONColumn.value([String: String].self, $0, in: path, "environment.lacking")
    }
    environment.sizes = try (row["sizes"] as String?).map {
      try JSONColumn.value([String: UInt64].self, $0, in: path, "environment.sizes")
    }
    return environment
  }

  /// The trials that count, in the order of measuring.
  private static func observations(_ run: String, _ database: Database, _ path: String) throws -> [Observation] {
    var found: [(block: Int64, trial: Observation)] = []
    try eachCountedTrial(of: run, database, path) { row, block, texts in
      found.append((block.position, row.observation(run: run, texts)))
    }
    return found.sorted { ($0.block, $0.trial.trial) < ($1.block, $1.trial.trial) }.map(\.trial)
  }

  static func unknown(_ column: String, _ value: String, _ path: String) -> CoordinatorError {
    CoordinatorError(.badData, "\(path): \(column) holds \"\(value)\", which this version does not know")
  }
}
