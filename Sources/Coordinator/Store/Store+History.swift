import Foundation
import GRDB
import Observations

/// Where a branch begins: what its history was before it had runs of its own.
public struct BranchStart: Codable, Sendable, Equatable {
  /// Name of the branch.
  public var branch: String
  /// The branch it left.
  public var parent: String
  /// The parent's last run that belongs to the branch's past too; nil where the parent had none.
  public var run: String?

  /// - Parameters: as the properties of the same names.
  public init(branch: String, parent: String, run: String?) {
    self.branch = branch
    self.parent = parent
    self.run = run
  }
}

extension Store {
  /// Of how points are made of trials; raised when they come to mean something else, so that they are made anew.
  public static let pointsVersion = 1

  // MARK: Points

  /// Finished runs that were measured here and whose points are not recorded yet, oldest first.
  public func runsWithoutPoints() throws -> [String] {
    try read { database in
      try String.fetchAll(
        database,
        sql: """
          SELECT id FROM run WHERE finishedAt IS NOT NULL AND source IS NULL AND coalesce(pointsVersion, 0) != ? ORDER BY startedAt, rowid
          """, arguments: [Self.pointsVersion])
    }
  }

  /// Records what a run says, in the place of what it said before.
  public func record(points: [HistoryPoint], of run: String) throws {
    try write { database in
      try database.execute(sql: "DELETE FROM point WHERE run = ?", arguments: [run])
      try Self.insert(points, of: run, database)
      try database.execute(sql: "UPDATE run SET pointsVersion = ? WHERE id = ?", arguments: [Self.pointsVersion, run])
    }
  }

  private static func insert(_ points: [HistoryPoint], of run: String, _ database: Database) throws {
    let statement = try database.makeStatement(
      sql: "INSERT INTO point (run, workload, runtime, metric, unit, value, lower, upper, samples) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")
    for point in points {
      try statement.execute(arguments: [
        run, point.workload, point.runtime, point.metric, point.unit.rawValue, point.value, point.lower, point.upper, point.samples,
      ])
    }
  }

  /// Takes in runs that another tool measured. A run that is known already is left as it is.
  /// - Returns: how many were new.
  public func importRuns(_ runs: [RecordedRun]) throws -> Int {
    try write { database in
      var added = 0
      for recorded in runs {
        let run = recorded.run
        guard try !Bool.fetchOne(database, sql: "SELECT EXISTS (SELECT 1 FROM run WHERE id = ?)", arguments: [run.id])! else { continue }
        try database.execute(
          sql: """
            INSERT INTO run (id, scenario, title, startedAt, finishedAt, seed, cache, timeLimit, blocks, baseline, metrics, differences,
              commitID, command, notes, branch, source, pointsVersion)
              VALUES (?, ?, '', ?, ?, 0, 'warm', 0, 0, '', '[]', '[]', ?, '', '[]', ?, ?, ?)
            """,
          arguments: [run.id, run.scenario, run.startedAt, run.startedAt, run.commit, run.branch, run.source ?? "csv", Self.pointsVersion])
        if !run.machine.isEmpty {
          try database.execute(sql: "UPDATE run SET machine = ? WHERE id = ?", arguments: [run.machine, run.id])
        }
        try Self.insert(recorded.points, of: run.id, database)
        added += 1
      }
      return added
    }
  }

  // MARK: Branches

  /// The newest finished run of a branch, of any scenario.
  public func newestRun(onBranch branch: String) throws -> String? {
    try read { database in
      try String.fetchOne(
        database, sql: "SELECT id FROM run WHERE branch = ? AND finishedAt IS NOT NULL ORDER BY startedAt DESC, rowid DESC LIMIT 1",
        arguments: [branch])
    }
  }

  /// Says where a branch begins, in the place of what was said before.
  /// - Throws: `CoordinatorError.usage` where a branch would become its own past.
  public func setStart(_ start: BranchStart) throws {
    try write { database in
      var ancestor: String? = start.parent
      var seen: Set<String> = []
      while let name = ancestor, seen.insert(name).inserted {
        guard name != start.branch else {
          throw CoordinatorError(.usage, "--start-point: the branch \(start.branch) cannot begin on \(start.parent), which began on it")
        }
        ancestor = try String.fetchOne(database, sql: "SELECT parent FROM branch WHERE name = ?", arguments: [name])
      }
      try database.execute(
        sql: """
          INSERT INTO branch (name, parent, run) VALUES (?, ?, ?)
            ON CONFLICT (name) DO UPDATE SET parent = excluded.parent, run = excluded.run
          """, arguments: [start.branch, start.parent, start.run])
    }
  }

  /// Where a branch begins; nil where nobody said so.
  public func start(of branch: String) throws -> BranchStart? { try read { try Self.start(of: branch, $0) } }

  private static func start(of branch: String, _ database: Database) throws -> BranchStart? {
    // A database of an earlier version that was opened for reading has no such table yet.
    guard try database.tableExists("branch") else { return nil }
    return try Row.fetchOne(database, sql: "SELECT * FROM branch WHERE name = ?", arguments: [branch]).map {
      BranchStart(branch: $0["name"], parent: $0["parent"], run: $0["run"])
    }
  }

  /// Names of the branches that have runs, the most used first.
  public func branches() throws -> [String] {
    try read {
      try String.fetchAll(
        $0, sql: "SELECT branch FROM run WHERE branch IS NOT NULL AND finishedAt IS NOT NULL GROUP BY branch ORDER BY count(*) DESC, branch"
      )
    }
  }

  // MARK: Histories

  /// Runs with their points, oldest first.
  /// - Parameters:
  ///   - branch: only runs of this branch, and before them those of the branch it left, up to where it left it; nil for all runs.
  ///   - metric: only points of this metric; nil for all.
  ///   - scenario: only runs of this scenario; nil for all.
  public func history(onBranch branch: String?, metric: String? = nil, scenario: String? = nil) throws -> [RecordedRun] {
    try read { database in
      var runs: [HistoryRun] = []
      var name = branch
      var until: String?
      var seen: Set<String> = []
      repeat {
        runs = try Self.runs(onBranch: name, scenario: scenario, until: until, database) + runs
        guard let current = name, seen.insert(current).inserted, let start = try Self.start(of: current, database) else { break }
        // A parent without runs has no past to give.
        guard let last = start.run else { break }
        name = start.parent
        until = last
      } while true
      var points = try Self.points(metric, scenario, database)
      return runs.map { RecordedRun(run: $0, points: points.removeValue(forKey: $0.id) ?? []) }
    }
  }

  private static func runs(
    onBranch branch: String?, scenario: String?, until last: String?, _ database: Database
  ) throws -> [HistoryRun] {
    try Row.fetchAll(
      database,
      sql: """
        SELECT run.id, scenario, startedAt, branch, commitID, source,
          coalesce(machine, (SELECT hostname || ', ' || cpuModel FROM environment WHERE environment.run = run.id ORDER BY attempt LIMIT 1), '')
            AS machine
          FROM run WHERE finishedAt IS NOT NULL AND (?1 IS NULL OR branch = ?1) AND (?2 IS NULL OR scenario = ?2)
            AND (?3 IS NULL OR (startedAt, run.rowid) <= (SELECT startedAt, rowid FROM run AS last WHERE last.id = ?3))
          ORDER BY startedAt, run.rowid
        """, arguments: [branch, scenario, last]
    ).map {
      HistoryRun(
        id: $0["id"], scenario: $0["scenario"], startedAt: $0["startedAt"], branch: $0["branch"], commit: $0["commitID"],
        machine: $0["machine"], source: $0["source"])
    }
  }

  private static func points(_ metric: String?, _ scenario: String?, _ database: Database) throws -> [String: [HistoryPoint]] {
    var points: [String: [HistoryPoint]] = [:]
    let rows = try Row.fetchCursor(
      database,
      sql: """
        SELECT point.* FROM point JOIN run ON run.id = point.run
          WHERE (?1 IS NULL OR metric = ?1) AND (?2 IS NULL OR scenario = ?2)
        """, arguments: [metric, scenario])
    while let row = try rows.next() {
      let unit: String = row["unit"]
      points[row["run"], default: []].append(
        HistoryPoint(
          workload: row["workload"], runtime: row["runtime"], metric: row["metric"], unit: HistoryUnit(rawValue: unit) ?? .count,
          value: row["value"], lower: row["lower"], upper: row["upper"], samples: row["samples"]))
    }
    return points
  }

  /// Metrics that some run has points of.
  public func recordedMetrics() throws -> [String] {
    try read { try String.fetchAll($0, sql: "SELECT DISTINCT metric FROM point ORDER BY metric") }
  }
}
