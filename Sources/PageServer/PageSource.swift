import Coordinator
import Foundation
import Observations
import Report
import Synchronization

/// What a server answers: pages made from the database, one for every address. Knows nothing of sockets.
public final class PageSource: Sendable {
  /// An answer.
  public struct Answer: Sendable, Equatable {
    public var status: Int
    public var type: String
    public var body: String

    static func html(_ body: String) -> Answer { Answer(status: 200, type: "text/html; charset=utf-8", body: body) }
    static func json(_ body: String) -> Answer { Answer(status: 200, type: "application/json", body: body) }
    static func error(_ status: Int, _ line: String) -> Answer {
      Answer(status: status, type: "text/plain; charset=utf-8", body: "error: \(line)\n")
    }
  }

  private let database: String
  /// Pages that were made, by address, with the state of the database they are of.
  private let kept = Mutex<[String: (stamp: String, answer: Answer)]>([:])
  private static let mostKept = 64

  /// - Parameter database: path of the database; it is only read.
  public init(database: String) { self.database = database }

  /// The answer to an address.
  /// - Parameters:
  ///   - path: decoded parts of the path.
  ///   - query: decoded.
  public func answer(_ path: [String], query: [String: String]) -> Answer {
    do {
      let store = try Store.forReading(database)
      switch path {
      case []: return try index(store)
      case ["runs.json"]: return .json(try encoded(store.runLines(atMost: Self.mostRuns)))
      case let parts where parts.count == 2 && parts[0] == "runs": return try run(parts[1], store)
      case let parts where parts.count == 2 && parts[0] == "conformance": return try conformance(parts[1], store)
      case let parts where parts.count == 2 && parts[0] == "compare": return try compare(parts[1], query["with"], store)
      case let parts where parts.count == 2 && parts[0] == "history": return try history(parts[1], query, store)
      default: return .error(404, "no page at /\(path.joined(separator: "/")); begin at /")
      }
    } catch let error as CoordinatorError {
      return .error(error.reason == .usage ? 404 : 500, error.lines.joined(separator: "\n"))
    } catch {
      return .error(500, "\(error)")
    }
  }

  /// What goes on, as the stream of events tells it.
  public func progress() -> String {
    (try? encoded(Store.forReading(database).progress())) ?? "[]"
  }

  private static let mostRuns = 1000

  private func encoded(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  }

  // MARK: Pages

  private func index(_ store: Store) throws -> Answer {
    let entries = try store.runLines(atMost: Self.mostRuns).map { line in
      IndexPage.Entry(
        id: line.id, scenario: line.scenario, title: line.title, startedAt: line.startedAt, isFinished: line.finishedAt != nil,
        branch: line.branch, commit: line.commit, source: line.source, isConformance: line.isConformance)
    }
    return .html(IndexPage.text(entries: entries, metrics: try store.recordedMetrics(), branches: try store.branches(), events: "events"))
  }

  private func run(_ name: String, _ store: Store) throws -> Answer {
    let id = try store.identifier(matching: name)
    let page = store.folder(of: id) + "/index.html"
    let line = try store.runLines(atMost: Self.mostRuns).first { $0.id == id }
    // What `harness run` wrote is the page of the finished run.
    if line?.finishedAt != nil, line?.source == nil, let text = try? String(contentsOfFile: page, encoding: .utf8) { return .html(text) }
    return try kept("runs/\(id)", line?.finishedAt.map { "finished \($0)" } ?? store.stamp()) {
      let folder = FileManager.default.temporaryDirectory.appendingPathComponent("harness-page-\(UUID().uuidString)").path
      defer { try? FileManager.default.removeItem(atPath: folder) }
      return .html(try String(contentsOfFile: HTMLReport.write(store.results(of: id), to: folder), encoding: .utf8))
    }
  }

  private func conformance(_ name: String, _ store: Store) throws -> Answer {
    let id = try store.identifier(matching: name)
    return try kept("conformance/\(id)", store.stamp()) {
      let results = try store.results(of: id)
      guard results.isConformance else {
        throw CoordinatorError(.usage, "run \(id) is of no conformance suite; its page is at /runs/\(id)")
      }
      return .html(ConformancePage.text(results))
    }
  }

  private func compare(_ name: String, _ other: String?, _ store: Store) throws -> Answer {
    let id = try store.identifier(matching: name)
    let with = try other.map(store.identifier(matching:))
    return try kept("compare/\(id)/\(with ?? "")", store.stamp()) {
      let run = try store.measuredRun(id)
      let comparison =
        try with.map { RunComparison(baseline: try store.measuredRun($0), candidate: run, ComparisonRequest()) }
        ?? RunComparison(within: run, baseline: nil, ComparisonRequest())
      return .html(ComparePage.text(comparison))
    }
  }

  private func history(_ metric: String, _ query: [String: String], _ store: Store) throws -> Answer {
    let known = try store.recordedMetrics()
    guard metric == "all" || known.contains(metric) else {
      throw CoordinatorError(.usage, "no run measured \"\(metric)\"\(suggestion(for: metric, among: known))")
    }
    let branch = query["branch"], scenario = query["scenario"]
    return try kept("history/\(metric)/\(branch ?? "")/\(scenario ?? "")", store.stamp()) {
      let runs = try store.history(onBranch: branch, metric: metric == "all" ? nil : metric, scenario: scenario)
      let imported = Set(runs.filter { $0.run.source != nil }.map(\.run.id))
      let report = HistoryReport(metric: metric == "all" ? nil : metric, branch: branch, series: HistorySeries.all(runs))
      return .html(
        HistoryPage.text(report) { run in
          imported.contains(run) ? nil : "../runs/" + (run.addingPercentEncoding(withAllowedCharacters: .urlPathAllowed) ?? run)
        })
    }
  }

  /// A page that was made for the same state of the database is given again.
  private func kept(_ key: String, _ stamp: String, _ make: () throws -> Answer) rethrows -> Answer {
    if let entry = kept.withLock({ $0[key] }), entry.stamp == stamp { return entry.answer }
    let answer = try make()
    kept.withLock { pages in
      if pages.count >= Self.mostKept { pages.removeAll() }
      pages[key] = (stamp, answer)
    }
    return answer
  }
}
