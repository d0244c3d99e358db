import GRDB
import Observations

/// What was counted. Of a workload counted in several attempts the last one's counts are those of the run.
extension Store {
  /// Whether everything the plan asks to count has been counted.
  public func hasCounts(for plan: Plan) throws -> Bool {
    guard !plan.counts.isEmpty else { return true }
    return try read { database in
      let missing = Set(try Self.unavailableRuntimes(plan.run.id, database))
      let rows = try Row.fetchAll(database, sql: "SELECT DISTINCT workload, runtime FROM count WHERE run = ?", arguments: [plan.run.id])
      let counted = Set(rows.map { [$0["workload"] as String, $0["runtime"] as String] })
      return plan.workloads.allSatisfy { workload in
        workload.arms.allSatisfy { missing.contains($0) || counted.contains([workload.name, $0]) }
      }
    }
  }

  private static func unavailableRuntimes(_ run: String, _ database: Database) throws -> [String] {
    try String.fetchAll(database, sql: "SELECT runtime FROM unavailable WHERE run = ?", arguments: [run])
  }

  /// - Returns: false where the plan has no such workload or runtime; nothing is stored then.
  static func insert(_ counts: Counts, into database: Database) throws -> Bool {
    guard try isPlanned(workload: counts.workload, runtime: counts.runtime, run: counts.run, database) else { return false }
    for (position, count) in counts.counts.enumerated() {
      try database.execute(
        sql: """
          INSERT INTO count (run, workload, runtime, metric, attempt, position, counts, unavailable) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT DO NOTHING
          """,
        arguments: [
          counts.run, counts.workload, counts.runtime, count.metric.rawValue, counts.attempt, position, try JSONColumn.text(count.values),
          count.unavailable,
        ])
    }
    return true
  }

  /// Whether a run has both a workload and a runtime of these names.
  static func isPlanned(workload: String, runtime: String, run: String, _ database: Database) throws -> Bool {
    try Bool.fetchOne(
      database,
      sql: """
        SELECT EXISTS (SELECT 1 FROM workload WHERE run = ?1 AND name = ?2) AND EXISTS (SELECT 1 FROM runtime WHERE run = ?1 AND name = ?3)
        """, arguments: [run, workload, runtime]) ?? false
  }

  /// What was counted in a run, in the order of its workloads and runtimes; nil where nothing was.
  static func counts(_ run: String, _ database: Database, _ path: String) throws -> [Counts]? {
    // A database of an older harness, opened for reading, has no such table.
    guard try database.tableExists("count") else { return nil }
    let rows = try Row.fetchCursor(
      database,
      sql: """
        SELECT count.* FROM count JOIN workload ON workload.run = count.run AND workload.name = count.workload
          JOIN runtime ON runtime.run = count.run AND runtime.name = count.runtime
          WHERE count.run = ?1 AND attempt = (SELECT max(attempt) FROM count AS other
            WHERE other.run = ?1 AND other.workload = count.workload AND other.runtime = count.runtime)
          ORDER BY workload.position, runtime.position, count.position
        """, arguments: [run])
    var result: [Counts] = []
    while let row = try rows.next() {
      let name: String = row["metric"], workload: String = row["workload"], runtime: String = row["runtime"]
      guard let metric = Metric(named: name) else {
        throw CoordinatorError(.badData, "\(path): count.metric holds \"\(name)\", which this version does not know")
      }
      if result.last?.workload != workload || result.last?.runtime != runtime {
        result.append(Counts(run: run, attempt: row["attempt"], workload: workload, runtime: runtime, counts: []))
      }
      let values = try JSONColumn.value([UInt64].self, row["counts"], in: path, "count.counts")
      result[result.count - 1].counts.append(Count(metric: metric, values: values, unavailable: row["unavailable"]))
    }
    return result.isEmpty ? nil : result
  }
}
