import GRDB
import GRDBSQLite
import Observations

/// What was told of a trial's repetitions, as numbers: how they develop (a numbered text, how many are warm-up, what those took, the time of
/// a steady one; `TrialRow.absent` where it is not known), then the time of each. Empty where nothing was told.
struct RepetitionRow {
  static let figureCount = 4
  var values: [Int64] = []

  var isEmpty: Bool { values.isEmpty }
  /// Number of the state's text.
  var state: Int64 { values[0] }
  var figures: ArraySlice<Int64> { values[1..<Self.figureCount] }
  var times: ArraySlice<Int64> { values[Self.figureCount...] }

  /// What is wrong with it, or nil.
  func problem(_ texts: RunTexts) -> String? {
    guard !isEmpty else { return nil }
    guard values.count > Self.figureCount else { return "repetitions without one" }
    guard state == TrialRow.absent || texts.all.indices.contains(Int(state)) else {
      return "a state of repetitions that is no text of this file"
    }
    guard !figures.contains(where: { $0 != TrialRow.absent && $0 < 0 }), !times.contains(where: { $0 < 0 }) else {
      return "a repetition of negative length"
    }
    return nil
  }

  func repetitions(_ texts: RunTexts) -> Repetitions? {
    guard !isEmpty else { return nil }
    func figure(_ place: Int) -> UInt64? { values[place] == TrialRow.absent ? nil : UInt64(clamping: values[place]) }
    let steady = state == TrialRow.absent ? nil : texts.all[Int(state)]
    return Repetitions(
      times: times.map { UInt64(clamping: $0) },
      steady: steady.map { state in
        SteadyFigures(state: state, warmUp: Int(clamping: figure(1) ?? 0), warmUpTime: figure(2) ?? 0, time: figure(3))
      })
  }
}

/// The repetitions of one trial after the other; costs nothing in runs that have none.
struct RepetitionCursor {
  private let statement: Statement?

  init(of run: String, _ database: Database) throws {
    // Databases of an older harness have no such table.
    let hasSome =
      try database.tableExists("repetition")
      && Bool.fetchOne(
        database,
        sql: """
          SELECT EXISTS (SELECT 1 FROM repetition
            WHERE trial BETWEEN (SELECT min(id) FROM trial WHERE run = ?1) AND (SELECT max(id) FROM trial WHERE run = ?1))
          """, arguments: [run]) ?? false
    statement =
      hasSome
      ? try database.makeStatement(
        sql: "SELECT state, warmUp, warmUpTime, steadyTime, nanoseconds FROM repetition WHERE trial = ?") : nil
  }

  func read(of trial: Int64, into row: inout RepetitionRow, _ texts: inout RunTexts, _ database: Database, _ path: String) throws {
    row.values.removeAll(keepingCapacity: true)
    guard let statement else { return }
    let handle = statement.sqliteStatement
    defer { sqlite3_reset(statement.sqliteStatement) }
    sqlite3_bind_int64(handle, 1, trial)
    guard try Store.step(handle, database) else { return }
    let state = sqlite3_column_text(handle, 0).map { String(cString: $0) }
    row.values.append(state.map { Int64(texts.number(of: $0)) } ?? TrialRow.absent)
    for place in 1..<RepetitionRow.figureCount {
      let isNull = sqlite3_column_type(handle, CInt(place)) == SQLITE_NULL
      row.values.append(isNull ? TrialRow.absent : sqlite3_column_int64(handle, CInt(place)))
    }
    let text = sqlite3_column_text(handle, 4).map { String(cString: $0) } ?? ""
    row.values += try JSONColumn.value([Int64].self, text, in: path, "repetition.nanoseconds")
  }
}
