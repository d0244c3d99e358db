import Foundation
import Observations
import TestSupport
import Testing

@testable import Report

/// The fields that `Docs/formats.md` tells of are those that the reports have, in both directions.
@Suite struct DocumentedFieldsTests {
  /// Results in which every field has a value.
  private static let results: RunResults = {
    var simulated = SimulatedResults(blocks: 8, workloads: ["noop", "a", "b"], metrics: Metric.allCases, subtract: "noop")
    simulated.arms[2].failsEvery = 4
    simulated.unavailable = [Unavailable(runtime: "wasm3", reason: "absent", remedy: "build it")]
    var results = simulated.results()
    results.run.differences = [ExpectedDifference(metric: .wallTime, workload: "a", above: "noop", expected: 1, tolerance: 1)]
    for index in results.workloads.indices {
      results.workloads[index].module = "/a.wasm"
      results.workloads[index].native = "/a"
      results.workloads[index].arguments = ["x"]
      results.workloads[index].environment = ["A": "b"]
      results.workloads[index].input = "in"
      results.workloads[index].folders = ["/data"]
      results.workloads[index].density = index + 1
      results.workloads[index].repeats = true
      results.workloads[index].cache = .cold
      results.workloads[index].root = "/root"
      results.workloads[index].expected.errors = "no"
      results.workloads[index].expected.isBeginning = true
      results.workloads[index].test = ConformanceTest(
        suite: "s", name: "a", script: TestScript(source: "/a.wast", converted: "/a.json", enable: ["x"], disable: ["y"]),
        knownFailures: ["r": KnownFailures(whole: true, lines: [1])], skips: ["q": "why"])
      results.workloads[index].churn = Churn(tasks: 4, parallel: 2)
      results.workloads[index].load = Load(rate: 50, tasks: 4, parallel: 2)
      results.workloads[index].directory = WorkingDirectory(host: "/somewhere", guest: ".")
    }
    results.run.precision = 0.01
    results.run.maximumBlocks = 60
    results.environment?.addressRandomization = 2
    results.environment?.lacking = ["hardware-counters": "none"]
    results.counts = results.runtimes.map { runtime in
      Counts(
        run: results.run.id, attempt: 0, workload: "a", runtime: runtime.name,
        counts: [Count(metric: .systemCalls, values: [1, 2]), Count(metric: .cycles, unavailable: "none")])
    }
    results.assertions = results.runtimes.map { runtime in
      TestedAssertions(
        run: results.run.id, attempt: 0, workload: "a", runtime: runtime.name, assertions: [TestedAssertion(outcome: .fail, detail: "no")])
    }
    for index in results.observations.indices {
      results.observations[index].environmentPadding = index
      results.observations[index].tasks = 4
      results.observations[index].latencies = Latencies(
        latency: LatencyFigures(p50: 1, p90: 2, p99: 3, p999: 4, max: 5), service: LatencyFigures(p50: 1, p90: 2, p99: 3, p999: 4, max: 5),
        achievedRate: 50_000, lateness: 1)
      results.observations[index].resources.held = HeldMemory(
        proportional: 2 << 20, slope: 1 << 20, privateMemory: 1 << 20, group: 3 << 20, guest: 1 << 19)
      results.observations[index].repetitions = Repetitions(
        times: [3, 2, 1], steady: SteadyFigures(state: "warm-up", warmUp: 1, warmUpTime: 3, time: 2))
      results.observations[index].times.executed = results.observations[index].times.spawned
      results.observations[index].times.ended = results.observations[index].times.exited
      results.observations[index].evidence.runDelay = 1
      results.observations[index].evidence.throttles = index == 1 ? 1 : 0
      results.observations[index].evidence.clockStep = -1
    }
    for index in results.runtimes.indices {
      results.runtimes[index].spin = 1
      results.runtimes[index].shim = "/bin/shim"
      results.runtimes[index].ociRuntime = "/bin/crun"
      results.runtimes[index].reportsCounts = true
      results.runtimes[index].scriptCommand = ["/bin/true", "{source}"]
      results.runtimes[index].reportsAssertions = true
      results.runtimes[index].command = ["/bin/true"]
      results.runtimes[index].versionCommand = ["/bin/true", "--version"]
    }
    for index in results.observations.indices where results.observations[index].outcome != .passed {
      results.observations[index].signal = 9
    }
    return results
  }()

  @Test func `of the CSV report`() throws {
    let header = try #require(CSVReport.trials(Self.results).split(separator: "\n").first)
    let documented = try Self.tables(in: "The CSV report").flatMap { $0.rows.flatMap(\.self) }
    #expect(documented == header.split(separator: ",").map(String.init), "the same columns in the same order")
  }

  @Test func `of the JSON report`() throws {
    let document = try JSONSerialization.jsonObject(with: Data(JSONReport.text(for: Self.results).utf8))
    var produced: Set<String> = []
    Self.collect(document, "", into: &produced)
    let documented = try Self.tables(in: "The JSON report").flatMap { table in
      table.prefixes.flatMap { prefix in table.rows.flatMap(\.self).map { prefix.isEmpty ? $0 : "\(prefix).\($0)" } }
    }
    #expect(produced.count > 150)
    #expect(produced.subtracting(documented).sorted() == [], "produced and not documented")
    #expect(Set(documented).subtracting(produced).sorted() == [], "documented and not produced")
    #expect(Set(documented).count == documented.count, "documented twice")
  }

  /// Objects whose names are data.
  private static let maps: Set = [
    "results.environment.mitigations", "results.environment.tools", "results.environment.hashes", "results.environment.lacking",
    "results.workloads[].environment", "results.workloads[].test.knownFailures", "results.workloads[].test.skips",
  ]

  /// Paths of everything that is no object or list of objects.
  private static func collect(_ value: Any, _ path: String, into paths: inout Set<String>) {
    if let object = value as? [String: Any], !maps.contains(path) {
      for (name, member) in object { collect(member, path.isEmpty ? name : "\(path).\(name)", into: &paths) }
    } else if let list = value as? [Any], list.contains(where: { $0 is [String: Any] }) {
      for member in list { collect(member, path + "[]", into: &paths) }
    } else {
      let isEmptyList = (value as? [Any])?.isEmpty ?? false
      if !isEmptyList { paths.insert(path) }
    }
  }

  private struct DocumentedTable {
    /// What the fields of the table are fields of; one empty text for the document itself.
    var prefixes: [String]
    /// The names in each row.
    var rows: [[String]] = []
  }

  /// The tables of a section: names in backquotes in the heading's first cell, and in the first cell of each row.
  private static func tables(in section: String) throws -> [DocumentedTable] {
    let text = try String(contentsOfFile: Checkout.top + "/Docs/formats.md", encoding: .utf8)
    let start = try #require(text.range(of: "\n## \(section)\n"))
    let rest = text[start.upperBound...]
    let lines = rest[..<(rest.range(of: "\n## ")?.lowerBound ?? rest.endIndex)].split(separator: "\n", omittingEmptySubsequences: false)
    var tables: [DocumentedTable] = []
    var isInside = false
    for line in lines {
      guard line.hasPrefix("|") else {
        isInside = false
        continue
      }
      let cell = line.split(separator: "|", omittingEmptySubsequences: false)[1]
      let names = cell.matches(of: /`([^`]+)`/).map { String($0.output.1) }
      if !isInside {
        tables.append(DocumentedTable(prefixes: names.isEmpty ? [""] : names))
        isInside = true
      } else if !names.isEmpty {
        tables[tables.count - 1].rows.append(names)
      }
    }
    return tables
  }
}
