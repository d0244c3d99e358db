import Foundation
import Observations

/// Other tools' results as runs with points, so that people can bring their past.
public enum ForeignFormat: String, CaseIterable, Sendable {
  case csv
  case googleBenchmark = "google-benchmark"
  case hyperfine
  case pytestBenchmark = "pytest-benchmark"
}

/// What a file does not say itself, or says wrongly.
public struct ForeignOptions: Sendable {
  /// What the series are of; nil for the file's name without its ending.
  public var scenario: String?
  public var branch: String?
  public var commit: String?
  /// When it was measured, as `Moment` reads it; nil for what the file says, else when it was last written.
  public var date: String?
  /// The column of a CSV file that holds the numbers; nil to find it by its name.
  public var valueColumn: String?

  /// - Parameters: as the properties of the same names.
  public init(
    scenario: String? = nil, branch: String? = nil, commit: String? = nil, date: String? = nil, valueColumn: String? = nil
  ) {
    self.scenario = scenario
    self.branch = branch
    self.commit = commit
    self.date = date
    self.valueColumn = valueColumn
  }
}

/// One file of another tool.
public struct ForeignFile {
  let path: String
  let data: Data
  let options: ForeignOptions

  /// - Throws: `CoordinatorError` where the file cannot be read.
  public init(_ path: String, options: ForeignOptions) throws {
    self.path = path
    self.options = options
    do {
      data = try Data(contentsOf: URL(fileURLWithPath: path))
    } catch {
      throw CoordinatorError(.badData, "\(path): cannot be read (\(systemReason(error)))")
    }
  }

  /// What the file is, by its ending and its content; nil where it is none of these.
  public func format() -> ForeignFormat? {
    if path.hasSuffix(".csv") { return .csv }
    // Whatever else a JSON file holds, its outermost members tell who wrote it.
    struct Members: Decodable {
      struct Anything: Decodable { init(from decoder: any Decoder) throws {} }
      var context: Anything?, benchmarks: Anything?, results: Anything?, machine_info: Anything?
    }
    guard let members = try? JSONDecoder().decode(Members.self, from: data) else { return nil }
    if members.machine_info != nil, members.benchmarks != nil { return .pytestBenchmark }
    if members.context != nil, members.benchmarks != nil { return .googleBenchmark }
    if members.results != nil { return .hyperfine }
    return nil
  }

  /// The runs that the file tells of, oldest first.
  /// - Throws: `CoordinatorError.badData` where it is not what it is taken for, with the place.
  public func runs(_ format: ForeignFormat) throws -> [RecordedRun] {
    let runs =
      switch format {
      case .csv: try csvRuns()
      case .googleBenchmark: try googleBenchmarkRuns()
      case .hyperfine: try hyperfineRuns()
      case .pytestBenchmark: try pytestBenchmarkRuns()
      }
    guard runs.contains(where: { !$0.points.isEmpty }) else { throw bad("holds no measurement") }
    return runs
  }

  // MARK: For the readers

  func bad(_ what: String) -> CoordinatorError { CoordinatorError(.badData, "\(path): \(what)") }

  func decoded<Document: Decodable>(_ type: Document.Type, _ tool: String) throws -> Document {
    do {
      return try JSONDecoder().decode(type, from: data)
    } catch let error as DecodingError {
      throw bad("is no JSON of \(tool): \(Self.words(error))")
    } catch {
      throw bad("is no JSON of \(tool)")
    }
  }

  private static func words(_ error: DecodingError) -> String {
    func place(_ context: DecodingError.Context) -> String {
      let path = context.codingPath.map { $0.intValue.map { "[\($0)]" } ?? ".\($0.stringValue)" }.joined()
      return path.isEmpty ? "" : " at \(path.hasPrefix(".") ? String(path.dropFirst()) : path)"
    }
    return switch error {
    case .keyNotFound(let key, let context): "\"\(key.stringValue)\" is missing\(place(context))"
    case .typeMismatch(_, let context), .valueNotFound(_, let context): "a value of another type\(place(context))"
    case .dataCorrupted(let context): "it cannot be parsed\(place(context))"
    @unknown default: "it cannot be parsed"
    }
  }

  var scenario: String {
    options.scenario ?? URL(fileURLWithPath: path).deletingPathExtension().lastPathComponent
  }

  /// When a file that holds one run was measured.
  func moment(_ told: String?) throws -> String {
    if let date = options.date {
      guard let moment = Moment.parsed(date) else {
        throw CoordinatorError(.usage, "--date: \"\(date)\" is no date; for instance 2026-01-31")
      }
      return moment
    }
    if let told, let moment = Moment.parsed(told) { return moment }
    let written = (try? FileManager.default.attributesOfItem(atPath: path))?[.modificationDate] as? Date
    return timestamp(written ?? Date(timeIntervalSince1970: 0))
  }

  /// A run whose name is the same whenever the same file is imported.
  /// - Parameters:
  ///   - told: the name that the file gives it.
  ///   - ordinal: which run of this moment it is.
  func run(
    at moment: String, commit: String?, branch: String?, machine: String, source: ForeignFormat, told: String? = nil, ordinal: Int = 1
  ) -> HistoryRun {
    let (commit, branch) = (options.commit ?? commit ?? "", options.branch ?? branch)
    let digits = moment.filter(\.isNumber).prefix(14)
    let mark = StableHash([scenario, moment, commit, branch ?? "", machine, source.rawValue, "\(ordinal)"]).letters
    return HistoryRun(
      id: told ?? "\(scenario)-\(digits.prefix(8))-\(digits.dropFirst(8))-\(mark)", scenario: scenario, startedAt: moment, branch: branch,
      commit: commit, machine: machine, source: source.rawValue)
  }
}

/// Four letters and digits made of texts (FNV-1a, 64 bits).
struct StableHash {
  var letters: String

  init(_ texts: [String]) {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in texts.joined(separator: "\0").utf8 {
      hash ^= UInt64(byte)
      hash &*= 0x100_0000_01B3
    }
    let digits = Array("0123456789abcdefghijklmnopqrstuvwxyz")
    var letters = ""
    for _ in 0..<4 {
      letters.append(digits[Int(hash % 36)])
      hash /= 36
    }
    self.letters = letters
  }
}

/// Moments as people and tools write them.
enum Moment {
  /// ISO 8601 in UTC, of an ISO 8601 date or moment with or without a zone (UTC is meant then) and fractions, or of seconds since 1970.
  static func parsed(_ text: String) -> String? {
    let text = text.trimmingCharacters(in: .whitespaces)
    if let seconds = Double(text), seconds.isFinite, seconds > 100_000_000, seconds < 1e11 {
      return timestamp(Date(timeIntervalSince1970: seconds))
    }
    let pattern =
      /([0-9]{4})-([0-9]{2})-([0-9]{2})(?:[T ]([0-9]{2}):([0-9]{2})(?::([0-9]{2})(?:[.,][0-9]+)?)?\s*(Z|UTC|[+-][0-9]{2}:?[0-9]{2})?)?/
    guard let parts = text.wholeMatch(of: pattern)?.output else { return nil }
    var components = DateComponents()
    components.calendar = Calendar(identifier: .gregorian)
    components.timeZone = TimeZone(secondsFromGMT: offset(parts.7.map(String.init) ?? "Z"))
    (components.year, components.month, components.day) = (Int(parts.1), Int(parts.2), Int(parts.3))
    (components.hour, components.minute, components.second) = (
      parts.4.flatMap { Int($0) } ?? 0, parts.5.flatMap { Int($0) } ?? 0, parts.6.flatMap { Int($0) } ?? 0
    )
    guard components.isValidDate, let date = components.date else { return nil }
    return timestamp(date)
  }

  private static func offset(_ zone: String) -> Int {
    guard let sign = zone.first, sign == "+" || sign == "-" else { return 0 }
    let digits = zone.filter(\.isNumber)
    let seconds = (Int(digits.prefix(2)) ?? 0) * 3600 + (Int(digits.dropFirst(2)) ?? 0) * 60
    return sign == "-" ? -seconds : seconds
  }
}
