import Foundation
import GRDB
import GRDBSQLite
import Observations

/// What an import did.
public struct ImportOutcome: Codable, Sendable, Equatable {
  /// Identifier of the run, as in the file.
  public var run: String
  /// Trials that were not there before.
  public var added: Int
  /// Trials of the file that were there already.
  public var known: Int
}

extension Store {
  /// Takes in a run file, all of it or nothing. What is there already stays as it is, so that importing twice changes nothing; a run that
  /// went on since an earlier import is completed.
  /// - Throws: `CoordinatorError.badData` with the place in the file, also where the database holds another run of the same name.
  public func importRun(_ path: String) throws -> ImportOutcome {
    let file = try RunFileReader(path)
    return try bulkWrite { database in
      let run = file.head.run.id
      try Self.prepare(file, database, self.path)
      var blocks = try Self.insertBlocks(file, database)
      return try Self.insertTrials(file, run, &blocks, database)
    }
  }

  /// The run itself, unless it is there.
  private static func prepare(_ file: RunFileReader, _ database: Database, _ destination: String) throws {
    let head = file.head
    let known = try Row.fetchOne(database, sql: "SELECT scenario, seed, startedAt FROM run WHERE id = ?", arguments: [head.run.id])
    if let known {
      guard known["scenario"] == head.run.scenario, known["seed"] == Int64(clamping: head.run.seed),
        known["startedAt"] == head.run.startedAt
      else {
        throw CoordinatorError(
          .badData, "\(file.path): \(destination) holds another run of the name \(head.run.id); import into another: --results DIR")
      }
    } else {
      try create(
        Plan(
          run: head.run, timeLimit: head.timeLimit, workloads: head.workloads, runtimes: head.runtimes, unavailable: head.unavailable,
          blocks: [], notes: head.notes), database)
    }
    try database.execute(
      sql: "UPDATE run SET finishedAt = coalesce(finishedAt, ?) WHERE id = ?", arguments: [head.run.finishedAt, head.run.id])
    for missing in head.unavailable { try insert(missing, run: head.run.id, into: database) }
    for attempt in head.environments { try insert(attempt.environment, run: head.run.id, attempt: attempt.attempt, into: database) }
    for counts in head.counts ?? [] where try !insert(counts, into: database) {
      throw CoordinatorError(
        .badData, "\(file.path): holds counts of \(counts.workload) in \(counts.runtime), which are none of the run's; export the run again"
      )
    }
    for tested in head.assertions ?? [] where try !insert(tested, into: database) {
      throw CoordinatorError(
        .badData,
        "\(file.path): holds assertions of \(tested.workload) in \(tested.runtime), which are none of the run's; export the run again")
    }
  }

  /// - Returns: the file's blocks, for its trials to be held against.
  private static func insertBlocks(_ file: RunFileReader, _ database: Database) throws -> FinishedBlocks {
    var blocks = FinishedBlocks(file)
    let statement = try database.makeStatement(
      sql: """
        INSERT INTO block (run, workload, number, position, finishedAttempt, purpose) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE
          SET finishedAttempt = max(coalesce(finishedAttempt, excluded.finishedAttempt), excluded.finishedAttempt)
            WHERE excluded.finishedAttempt IS NOT NULL
        """)
    let names = StableTexts(file.texts.all + [file.head.run.id])
    let handle = statement.sqliteStatement
    defer { withExtendedLifetime((names, statement)) {} }
    names.bind(names.count - 1, to: handle, 1)
    var position: Int64 = 0
    try file.eachBlock { workload, number, finishedAttempt, purpose in
      names.bind(workload, to: handle, 2)
      sqlite3_bind_int64(handle, 3, number)
      sqlite3_bind_int64(handle, 4, position)
      if let finishedAttempt { sqlite3_bind_int64(handle, 5, finishedAttempt) } else { sqlite3_bind_null(handle, 5) }
      names.bind(purpose, to: handle, 6)
      try TrialInserter.execute(handle, database)
      position += 1
      blocks.add(BlockKey(workload: workload, number: number), finishedAttempt)
    }
    return blocks
  }

  private static func insertTrials(
    _ file: RunFileReader, _ run: String, _ blocks: inout FinishedBlocks, _ database: Database
  ) throws -> ImportOutcome {
    var inserter = try TrialInserter(run: run, texts: file.texts, database)
    try file.eachBatch(of: 1024) { batch in
      for row in batch { _ = try blocks.take(BlockKey(workload: Int(row[.workload]), number: row[.block]), row[.attempt]) }
      try inserter.insert(batch)
    }
    try blocks.checkWhole()
    return inserter.outcome
  }

  /// One large transaction. Foreign keys are not looked up row by row: the reader has checked every name, and `FinishedBlocks` every block.
  private func bulkWrite<Value>(_ body: (Database) throws -> Value) throws -> Value {
    try writeWithoutTransaction { database in
      try database.execute(sql: "PRAGMA foreign_keys = OFF; PRAGMA cache_size = -65536")
      defer { try? database.execute(sql: "PRAGMA foreign_keys = ON; PRAGMA cache_size = -2000") }
      var value: Value?
      try database.inTransaction(.immediate) {
        value = try body(database)
        return .commit
      }
      guard let value else { throw CoordinatorError(.defect, "\(path): an import ended without a result") }
      return value
    }
  }
}
