import GRDB
import Observations

/// One line of a list of runs, without what takes counting trials.
public struct RunLine: Codable, Sendable, Equatable {
  /// Identifier of the run.
  public var id: String
  /// The scenario's name.
  public var scenario: String
  /// The scenario's title, or empty.
  public var title: String
  /// ISO 8601 in UTC.
  public var startedAt: String
  /// Nil for a run that goes on, or was interrupted.
  public var finishedAt: String?
  public var branch: String?
  /// With "+" where the checkout had changes; empty if unknown.
  public var commit: String
  /// The form of the file an imported run comes from; nil for a run that was measured.
  public var source: String?
  /// Whether it is of a conformance suite.
  public var isConformance: Bool
}

/// How far a run that is not finished has come.
public struct RunProgress: Codable, Sendable, Equatable {
  /// Identifier of the run.
  public var id: String
  /// The scenario's name.
  public var scenario: String
  /// ISO 8601 in UTC.
  public var startedAt: String
  /// Blocks that an attempt measured to their end.
  public var blocksFinished: Int
  /// All blocks of the run so far.
  public var blocksPlanned: Int
  /// Trials that are stored.
  public var trials: Int
}

extension Store {
  /// The newest runs, newest first.
  public func runLines(atMost count: Int) throws -> [RunLine] {
    try read { database in
      try Row.fetchAll(
        database,
        sql: """
          SELECT *,
            EXISTS (SELECT 1 FROM workload WHERE workload.run = run.id AND json_type(definition, '$.test') = 'object') AS isConformance
          FROM run ORDER BY startedAt DESC, rowid DESC LIMIT ?
          """, arguments: [count]
      ).map {
        RunLine(
          id: $0["id"], scenario: $0["scenario"], title: $0["title"], startedAt: $0["startedAt"], finishedAt: $0["finishedAt"],
          branch: $0["branch"], commit: $0["commitID"], source: $0["source"], isConformance: $0["isConformance"])
      }
    }
  }

  /// Runs that are not finished, newest first.
  public func progress() throws -> [RunProgress] {
    try read { database in
      try Row.fetchAll(
        database,
        sql: """
          SELECT id, scenario, startedAt,
            (SELECT count(*) FROM block WHERE run = run.id AND finishedAttempt IS NOT NULL) AS finished,
            (SELECT count(*) FROM block WHERE run = run.id) AS planned,
            (SELECT count(*) FROM trial WHERE run = run.id) AS trials
          FROM run WHERE finishedAt IS NULL ORDER BY startedAt DESC, run.rowid DESC LIMIT 20
          """
      ).map {
        RunProgress(
          id: $0["id"], scenario: $0["scenario"], startedAt: $0["startedAt"], blocksFinished: $0["finished"], blocksPlanned: $0["planned"],
          trials: $0["trials"])
      }
    }
  }

  /// Changes whenever a run is begun, finished or imported, or a trial is stored.
  public func stamp() throws -> String {
    try read { database in
      let row = try Row.fetchOne(
        database,
        sql: """
          SELECT (SELECT count(*) FROM run) AS runs, (SELECT max(finishedAt) FROM run) AS finished, (SELECT max(id) FROM trial) AS trial
          """)
      return "\(row?["runs"] as Int? ?? 0) \(row?["finished"] as String? ?? "") \(row?["trial"] as Int64? ?? 0)"
    }
  }
}
