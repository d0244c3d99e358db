import GRDB
import GRDBSQLite
import Observations

/// Trials on their way from a run file into a database.
///
/// A statement takes many rows at once: beginning and ending a statement costs SQLite a good part of what a row costs.
struct TrialInserter {
  /// Rows of a statement; more of them are no faster.
  private static let batchSize = 16

  private(set) var outcome: ImportOutcome
  private let database: Database
  private let names: StableTexts
  private let many: Statements
  private let single: Statements
  private let phase: Statement
  private let repetition: Statement
  /// The id of the next trial.
  private var next: Int64

  init(run: String, texts: RunTexts, _ database: Database) throws {
    self.database = database
    outcome = ImportOutcome(run: run, added: 0, known: 0)
    names = StableTexts(texts.all + [run])
    many = try Statements(rows: Self.batchSize, database)
    single = try Statements(rows: 1, database)
    phase = try database.makeStatement(sql: "INSERT INTO phase (trial, position, name, nanoseconds) VALUES (?, ?, ?, ?)")
    repetition = try database.makeStatement(
      sql: "INSERT INTO repetition (trial, state, warmUp, warmUpTime, steadyTime, nanoseconds) VALUES (?, ?, ?, ?, ?, ?)")
    next = try Int64.fetchOne(database, sql: "SELECT coalesce(max(id), 0) + 1 FROM trial") ?? 1
  }

  /// Adds those that are not there yet.
  mutating func insert(_ rows: [TrialRow]) throws {
    for start in stride(from: 0, to: rows.count, by: Self.batchSize) {
      let batch = rows[start..<min(start + Self.batchSize, rows.count)]
      if batch.count == Self.batchSize, try insert(batch, many) { continue }
      for index in batch.indices { _ = try insert(batch[index...index], single) }
    }
  }

  /// - Returns: false where some are there already and others are not; then nothing has changed.
  private mutating func insert(_ rows: ArraySlice<TrialRow>, _ statements: Statements) throws -> Bool {
    // The statements hold on to the memory of the names.
    defer { withExtendedLifetime((names, statements, phase, repetition)) {} }
    let (trial, observation) = (statements.trial.sqliteStatement, statements.observation.sqliteStatement)
    var place: CInt = 1
    for (offset, row) in rows.enumerated() {
      bind(row, TrialColumn.ofTrial, to: trial, &place)
      sqlite3_bind_int64(trial, place, next + Int64(offset))
      names.bind(names.count - 1, to: trial, place + 1)
      place += 2
    }
    try Self.execute(trial, database)
    let added = Int(sqlite3_changes(sqlite3_db_handle(trial)))
    guard added == rows.count else {
      if added == 0 {
        outcome.known += rows.count
      } else {
        try database.execute(sql: "DELETE FROM trial WHERE id >= ?", arguments: [next])
      }
      return added == 0
    }
    place = 1
    for (offset, row) in rows.enumerated() {
      bind(row, TrialColumn.ofObservation, to: observation, &place)
      sqlite3_bind_int64(observation, place, next + Int64(offset))
      place += 1
    }
    try Self.execute(observation, database)
    for row in rows {
      for (position, part) in row.phases.enumerated() {
        sqlite3_bind_int64(phase.sqliteStatement, 1, next)
        sqlite3_bind_int64(phase.sqliteStatement, 2, Int64(position))
        names.bind(part.name, to: phase.sqliteStatement, 3)
        sqlite3_bind_int64(phase.sqliteStatement, 4, part.nanoseconds)
        try Self.execute(phase.sqliteStatement, database)
      }
      if !row.repetitions.isEmpty { try insert(row.repetitions) }
      next += 1
    }
    outcome.added += added
    return true
  }

  /// Those of the next trial.
  private func insert(_ row: RepetitionRow) throws {
    let handle = repetition.sqliteStatement
    sqlite3_bind_int64(handle, 1, next)
    if row.state == TrialRow.absent { sqlite3_bind_null(handle, 2) } else { names.bind(Int(row.state), to: handle, 2) }
    for (place, figure) in row.figures.enumerated() {
      if figure == TrialRow.absent {
        sqlite3_bind_null(handle, CInt(3 + place))
      } else {
        sqlite3_bind_int64(handle, CInt(3 + place), figure)
      }
    }
    let text = try JSONColumn.text(Array(row.times))
    // SQLITE_TRANSIENT: it is copied.
    sqlite3_bind_text(handle, 6, text, CInt(text.utf8.count), unsafeBitCast(-1, to: sqlite3_destructor_type.self))
    try Self.execute(handle, database)
  }

  private func bind(_ row: borrowing TrialRow, _ columns: [TrialColumn], to handle: OpaquePointer, _ place: inout CInt) {
    for column in columns {
      let value = row[column]
      if column.isText {
        names.bind(Int(value), to: handle, place)
      } else if value == TrialRow.absent {
        sqlite3_bind_null(handle, place)
      } else {
        sqlite3_bind_int64(handle, place, value)
      }
      place += 1
    }
  }

  static func execute(_ handle: OpaquePointer, _ database: Database) throws {
    defer { sqlite3_reset(handle) }
    while try Store.step(handle, database) {}
  }

  private struct Statements {
    let trial: Statement
    let observation: Statement

    init(rows: Int, _ database: Database) throws {
      func statement(_ table: String, _ columns: [TrialColumn], _ others: [String], _ conflict: String = "") throws -> Statement {
        let names = columns.map(\.name) + others
        let row = "(\(Array(repeating: "?", count: names.count).joined(separator: ", ")))"
        let values = Array(repeating: row, count: rows).joined(separator: ", ")
        return try database.makeStatement(sql: "INSERT INTO \(table) (\(names.joined(separator: ", "))) VALUES \(values)\(conflict)")
      }
      trial = try statement("trial", TrialColumn.ofTrial, ["id", "run"], " ON CONFLICT DO NOTHING")
      observation = try statement("observation", TrialColumn.ofObservation, ["trial"])
    }
  }
}

/// Texts in memory that does not move, so that SQLite need not copy them for every row.
final class StableTexts {
  private let texts: [UnsafeMutableBufferPointer<CChar>]
  var count: Int { texts.count }

  init(_ texts: [String]) {
    self.texts = texts.map { text in
      let copy = UnsafeMutableBufferPointer<CChar>.allocate(capacity: text.utf8.count + 1)
      _ = copy.initialize(from: text.utf8.map { CChar(bitPattern: $0) } + [0])
      return copy
    }
  }

  deinit { for text in texts { text.deallocate() } }

  /// The memory outlives the statement's execution: whoever executes it holds this object.
  func bind(_ number: Int, to handle: OpaquePointer, _ place: CInt) {
    sqlite3_bind_text(handle, place, texts[number].baseAddress, CInt(texts[number].count - 1), nil)
  }
}
