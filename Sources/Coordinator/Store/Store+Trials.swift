import Foundation
import GRDB
import GRDBSQLite
import Observations

/// Reading many trials: SQLite's own functions, because a value a call is what a million trials leave time for.
extension Store {
  /// A run as comparisons need it. Trials that do not count are only counted.
  public func measuredRun(_ run: String) throws -> MeasuredRun {
    let description = try results(of: run, withTrials: false)
    var builder = MeasuredRunBuilder(
      run: description.run, environment: description.environment, workloads: description.workloads, runtimes: description.runtimes,
      unavailable: description.unavailable, counts: description.counts, assertions: description.assertions)
    try read { database in
      try Self.eachStoredTrial(of: run, database, path) { row, block, texts in
        if block == nil {
          builder.supersede(texts.outcomes[Int(row[.outcome])] ?? .notStarted)
        } else {
          builder.add(row.observation(run: run, texts))
        }
      }
    }
    return builder.finish()
  }

  /// Every trial that counts: of each finished block those of the attempt that finished it last.
  static func eachCountedTrial(
    of run: String, _ database: Database, _ path: String,
    _ body: (borrowing TrialRow, FinishedBlock, borrowing RunTexts) throws -> Void
  ) throws {
    try eachStoredTrial(of: run, database, path) { row, block, texts in
      if let block { try body(row, block, texts) }
    }
  }

  /// Every trial, with its block where it counts.
  private static func eachStoredTrial(
    of run: String, _ database: Database, _ path: String,
    _ body: (borrowing TrialRow, FinishedBlock?, borrowing RunTexts) throws -> Void
  ) throws {
    var texts = RunTexts()
    let blocks = try finishedBlocks(of: run, database, &texts)
    try eachTrial(of: run, database, path, &texts) { row, texts in
      let key = BlockKey(workload: Int(row[.workload]), number: row[.block])
      let block = blocks[key]
      try body(row, block?.attempt == row[.attempt] ? block : nil, texts)
    }
  }

  struct BlockKey: Hashable {
    var workload: Int
    var number: Int64
  }

  struct FinishedBlock {
    /// The attempt that counts.
    var attempt: Int64
    /// Its place in the order of measuring.
    var position: Int64
  }

  private static func finishedBlocks(of run: String, _ database: Database, _ texts: inout RunTexts) throws -> [BlockKey: FinishedBlock] {
    var blocks: [BlockKey: FinishedBlock] = [:]
    let statement = try database.makeStatement(
      sql: "SELECT workload, number, finishedAttempt, position FROM block WHERE run = ? AND finishedAttempt IS NOT NULL")
    try statement.setArguments([run])
    let handle = statement.sqliteStatement
    defer { sqlite3_reset(statement.sqliteStatement) }
    var workloads = TextReader()
    while try step(handle, database) {
      let key = BlockKey(workload: workloads.number(handle, 0, &texts), number: sqlite3_column_int64(handle, 1))
      blocks[key] = FinishedBlock(attempt: sqlite3_column_int64(handle, 2), position: sqlite3_column_int64(handle, 3))
    }
    return blocks
  }

  /// Every stored trial of a run, counted or not, workload by workload and block by block.
  static func eachTrial(
    of run: String, _ database: Database, _ path: String, _ texts: inout RunTexts,
    _ body: (borrowing TrialRow, borrowing RunTexts) throws -> Void
  ) throws {
    // Databases of an older harness lack columns.
    let known = Set(try database.columns(in: "observation").map(\.name))
    let columns =
      ["trial.id"] + TrialColumn.ofTrial.map { "trial.\($0.name)" }
      + TrialColumn.ofObservation.map { column in
        let name = known.contains(column.name) ? column.name : column.formerName
        return name.map { known.contains($0) ? "observation.\($0)" : "NULL" } ?? "NULL"
      }
    let statement = try database.makeStatement(
      sql: """
        SELECT \(columns.joined(separator: ", ")) FROM trial JOIN observation ON observation.trial = trial.id WHERE trial.run = ?
          ORDER BY trial.workload, trial.block, trial.position, trial.attempt, trial.runtime
        """)
    try statement.setArguments([run])
    var phases = try PhaseCursor(of: run, database)
    let repetitions = try RepetitionCursor(of: run, database)
    var readers = TrialColumn.allCases.map { column in column.isText ? TextReader() : nil }
    let mayBeNull = TrialColumn.allCases.map(\.mayBeNull)
    var row = TrialRow()
    let handle = statement.sqliteStatement
    defer { sqlite3_reset(statement.sqliteStatement) }
    while try step(handle, database) {
      for column in TrialColumn.allCases.indices {
        let place = CInt(column + 1)
        if readers[column] != nil {
          row.values[column] = Int64(readers[column]!.number(handle, place, &texts))
        } else if mayBeNull[column], sqlite3_column_type(handle, place) == SQLITE_NULL {
          row.values[column] = TrialRow.absent
        } else {
          row.values[column] = sqlite3_column_int64(handle, place)
        }
      }
      try phases.read(of: sqlite3_column_int64(handle, 0), into: &row.phases, &texts, database)
      try repetitions.read(of: sqlite3_column_int64(handle, 0), into: &row.repetitions, &texts, database, path)
      try checkNames(row, texts, path)
      try body(row, texts)
    }
  }

  private static func checkNames(_ row: borrowing TrialRow, _ texts: borrowing RunTexts, _ path: String) throws {
    if texts.outcomes[Int(row[.outcome])] == nil { throw unknown("trial.outcome", texts.all[Int(row[.outcome])], path) }
    if texts.sources[Int(row[.memorySource])] == nil { throw unknown("observation.memorySource", texts.all[Int(row[.memorySource])], path) }
  }

  /// - Returns: whether there is a row.
  static func step(_ handle: OpaquePointer, _ database: Database) throws -> Bool {
    switch sqlite3_step(handle) {
    case SQLITE_ROW: return true
    case SQLITE_DONE: return false
    case let code:
      throw DatabaseError(
        resultCode: ResultCode(rawValue: code), message: database.sqliteConnection.map { String(cString: sqlite3_errmsg($0)) })
    }
  }
}

/// The number of a column's text. Neighbouring rows mostly hold one of few texts, so the last ones are compared byte by byte first.
struct TextReader {
  private static let remembered = 16
  private var last: [(bytes: [UInt8], number: Int)] = []
  private var next = 0

  mutating func number(_ handle: OpaquePointer, _ place: CInt, _ texts: inout RunTexts) -> Int {
    let bytes = UnsafeBufferPointer(start: sqlite3_column_text(handle, place), count: Int(sqlite3_column_bytes(handle, place)))
    for known in last where known.bytes.count == bytes.count {
      if bytes.isEmpty || known.bytes.withUnsafeBytes({ memcmp($0.baseAddress!, bytes.baseAddress!, bytes.count) }) == 0 {
        return known.number
      }
    }
    let number = texts.number(of: String(decoding: bytes, as: UTF8.self))
    if last.count < Self.remembered {
      last.append((Array(bytes), number))
    } else {
      last[next] = (Array(bytes), number)
      next = (next + 1) % Self.remembered
    }
    return number
  }
}

/// The phases of one trial after the other; costs nothing in runs that have none.
private struct PhaseCursor {
  private let statement: Statement?
  private var names = TextReader()

  init(of run: String, _ database: Database) throws {
    let hasPhases =
      try Bool.fetchOne(
        database,
        sql: """
          SELECT EXISTS (SELECT 1 FROM phase
            WHERE trial BETWEEN (SELECT min(id) FROM trial WHERE run = ?1) AND (SELECT max(id) FROM trial WHERE run = ?1))
          """, arguments: [run]) ?? false
    statement = hasPhases ? try database.makeStatement(sql: "SELECT name, nanoseconds FROM phase WHERE trial = ? ORDER BY position") : nil
  }

  mutating func read(
    of trial: Int64, into phases: inout [(name: Int, nanoseconds: Int64)], _ texts: inout RunTexts, _ database: Database
  ) throws {
    phases.removeAll(keepingCapacity: true)
    guard let statement else { return }
    let handle = statement.sqliteStatement
    defer { sqlite3_reset(statement.sqliteStatement) }
    sqlite3_bind_int64(handle, 1, trial)
    while try Store.step(handle, database) {
      phases.append((names.number(handle, 0, &texts), sqlite3_column_int64(handle, 1)))
    }
  }
}
