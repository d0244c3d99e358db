import Foundation
import Observations

/// A history in columns: one row a point. Rows of one date, commit and branch are one run.
extension ForeignFile {
  /// Columns by what they are called.
  private struct Columns {
    var date: Int
    var value: Int
    var unit: Unit?
    /// What the value column is called, without its unit.
    var metricName: String
    var lower: Int?, upper: Int?, samples: Int?
    var run: Int?, commit: Int?, branch: Int?, machine: Int?, workload: Int?, runtime: Int?, metric: Int?, unitColumn: Int?, scenario: Int?
  }

  /// How many base units (nanoseconds, bytes) a number stands for.
  private struct Unit {
    var unit: HistoryUnit
    var factor: Double

    /// - Parameter name: as in "ms" or "KiB"; nil where it is none that is known.
    init?(_ name: String) {
      switch name.lowercased() {
      case "ns", "nanoseconds": self.init(.nanoseconds, 1)
      case "us", "µs", "microseconds": self.init(.nanoseconds, 1e3)
      case "ms", "milliseconds": self.init(.nanoseconds, 1e6)
      case "s", "sec", "seconds": self.init(.nanoseconds, 1e9)
      case "b", "bytes": self.init(.bytes, 1)
      case "kb": self.init(.bytes, 1e3)
      case "kib": self.init(.bytes, 1024)
      case "mb": self.init(.bytes, 1e6)
      case "mib": self.init(.bytes, 1_048_576)
      case "1", "count", "": self.init(.count, 1)
      default: return nil
      }
    }

    private init(_ unit: HistoryUnit, _ factor: Double) {
      self.unit = unit
      self.factor = factor
    }
  }

  func csvRuns() throws -> [RecordedRun] {
    guard let text = String(validating: data, as: UTF8.self) else { throw bad("is no UTF-8 text") }
    let table: CSVTable
    do throws(CSVTable.Malformed) { table = try CSVTable(text) } catch {
      throw CoordinatorError(.badData, "\(path):\(error.line): \(error.reason)")
    }
    let columns = try columns(table.columns)
    var runs: [RecordedRun] = []
    var places: [String: Int] = [:]
    for (line, cells) in table.rows {
      func cell(_ column: Int?) -> String? { column.map { cells[$0] }.flatMap { $0.isEmpty ? nil : $0 } }
      func wrong(_ what: String) -> CoordinatorError { CoordinatorError(.badData, "\(path):\(line): \(what)") }
      guard let moment = Moment.parsed(cells[columns.date]) else {
        throw wrong("\"\(cells[columns.date])\" is no date; for instance 2026-01-31 or 2026-01-31T12:00:00Z")
      }
      let unit: Unit
      if let name = cell(columns.unitColumn) {
        guard let known = Unit(name) else { throw wrong("\"\(name)\" is no unit; known are ns, us, ms, s, B, KiB, MiB, kB, MB and 1") }
        unit = known
      } else {
        unit = columns.unit ?? Unit("1")!
      }
      func number(_ column: Int) throws -> Double {
        guard let number = Double(cells[column].trimmingCharacters(in: .whitespaces)), number.isFinite else {
          throw wrong("\"\(cells[column])\" is no number (column \(table.columns[column]))")
        }
        return number * unit.factor
      }
      let point = HistoryPoint(
        workload: cell(columns.workload) ?? scenario, runtime: cell(columns.runtime) ?? "",
        metric: cell(columns.metric) ?? columns.metricName,
        unit: unit.unit, value: try number(columns.value), lower: try cell(columns.lower) == nil ? nil : columns.lower.map(number),
        upper: try cell(columns.upper) == nil ? nil : columns.upper.map(number),
        samples: cell(columns.samples).flatMap { Int($0) }.map { max(1, $0) } ?? 1)
      // A run's name becomes that of a folder.
      if let told = cell(columns.run), told.wholeMatch(of: /[A-Za-z0-9_][A-Za-z0-9._-]*/) == nil {
        throw wrong("\"\(told)\" is no name of a run: letters, digits, - _ and . only")
      }
      // A second row of the same series and date is of another run that day.
      for ordinal in 1... {
        var run = run(
          at: moment, commit: cell(columns.commit), branch: cell(columns.branch), machine: cell(columns.machine) ?? "", source: .csv,
          told: cell(columns.run), ordinal: ordinal)
        if options.scenario == nil, let name = cell(columns.scenario) { run.scenario = name }
        guard let place = places[run.id] else {
          places[run.id] = runs.count
          runs.append(RecordedRun(run: run, points: [point]))
          break
        }
        let twice = runs[place].points.contains {
          $0.workload == point.workload && $0.runtime == point.runtime && $0.metric == point.metric
        }
        if !twice {
          runs[place].points.append(point)
          break
        }
        if let told = cell(columns.run) { throw wrong("\(point.workload) \(point.metric) a second time in the run \(told)") }
      }
    }
    return runs.sorted { $0.run.startedAt < $1.run.startedAt }
  }

  private func columns(_ names: [String]) throws -> Columns {
    let lowered = names.map { $0.trimmingCharacters(in: .whitespaces).lowercased() }
    func find(_ candidates: String...) -> Int? { candidates.lazy.compactMap { lowered.firstIndex(of: $0) }.first }
    guard let date = find("date", "time", "timestamp", "datetime", "started", "startedat", "started_at") else {
      throw CoordinatorError(.badData, "\(path):1: no column says when; call it date (there are \(names.joined(separator: ", ")))")
    }
    // "duration_s": a quantity and its unit.
    func split(_ name: String) -> (quantity: String, unit: Unit)? {
      guard let mark = name.lastIndex(of: "_"), let unit = Unit(String(name[name.index(after: mark)...])), mark > name.startIndex else {
        return nil
      }
      return (String(name[..<mark]), unit)
    }
    let value: Int
    if let asked = options.valueColumn {
      guard let index = lowered.firstIndex(of: asked.lowercased()) else {
        throw CoordinatorError(.usage, "--value: \(path) has no column \(asked); there are \(names.joined(separator: ", "))")
      }
      value = index
    } else if let index = find("value", "median", "mean") {
      value = index
    } else {
      let measured = lowered.indices.filter { split(lowered[$0]) != nil }
      guard measured.count == 1 else {
        throw CoordinatorError(
          .badData,
          "\(path):1: which column holds the numbers? Call it value, or say --value COLUMN (there are \(names.joined(separator: ", ")))")
      }
      value = measured[0]
    }
    let parts = split(lowered[value])
    return Columns(
      date: date, value: value, unit: parts?.unit, metricName: parts?.quantity ?? lowered[value], lower: find("lower"),
      upper: find("upper"),
      samples: find("samples"), run: find("run"), commit: find("commit", "sha", "revision"), branch: find("branch"),
      machine: find("machine", "host", "hostname"), workload: find("workload", "benchmark", "name", "test"),
      runtime: find("runtime", "engine"), metric: find("metric"), unitColumn: find("unit"), scenario: find("scenario"))
  }
}
