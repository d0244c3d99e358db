import GRDB
import Observations

/// What became of every assertion of a suite. Of a test run in several attempts the last one's assertions are those of the run.
extension Store {
  /// - Returns: false where the plan has no such workload or runtime; nothing is stored then.
  static func insert(_ tested: TestedAssertions, into database: Database) throws -> Bool {
    guard try isPlanned(workload: tested.workload, runtime: tested.runtime, run: tested.run, database) else { return false }
    let statement = try database.makeStatement(
      sql: """
        INSERT INTO assertion (run, workload, runtime, attempt, position, line, kind, outcome, detail) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
          ON CONFLICT DO NOTHING
        """)
    for (position, assertion) in tested.assertions.enumerated() {
      try statement.execute(arguments: [
        tested.run, tested.workload, tested.runtime, tested.attempt, position, assertion.line, assertion.kind, assertion.outcome.rawValue,
        assertion.detail,
      ])
    }
    return true
  }

  /// The assertions of a run, in the order of its workloads and runtimes; nil where there are none.
  static func assertions(_ run: String, _ database: Database, _ path: String) throws -> [TestedAssertions]? {
    // A database of an older harness, opened for reading, has no such table.
    guard try database.tableExists("assertion") else { return nil }
    let rows = try Row.fetchCursor(
      database,
      sql: """
        WITH latest AS (SELECT workload, runtime, max(attempt) AS attempt FROM assertion WHERE run = ?1 GROUP BY workload, runtime)
        SELECT assertion.* FROM latest JOIN assertion USING (workload, runtime, attempt)
          JOIN workload ON workload.run = ?1 AND workload.name = assertion.workload
          JOIN runtime ON runtime.run = ?1 AND runtime.name = assertion.runtime
          WHERE assertion.run = ?1 ORDER BY workload.position, runtime.position, assertion.position
        """, arguments: [run])
    var result: [TestedAssertions] = []
    while let row = try rows.next() {
      let workload: String = row["workload"], runtime: String = row["runtime"], name: String = row["outcome"]
      guard let outcome = TestOutcome(rawValue: name) else { throw unknown("assertion.outcome", name, path) }
      if result.last?.workload != workload || result.last?.runtime != runtime {
        result.append(TestedAssertions(run: run, attempt: row["attempt"], workload: workload, runtime: runtime, assertions: []))
      }
      result[result.count - 1].assertions.append(
        TestedAssertion(line: row["line"], kind: row["kind"], outcome: outcome, detail: row["detail"]))
    }
    return result.isEmpty ? nil : result
  }
}
