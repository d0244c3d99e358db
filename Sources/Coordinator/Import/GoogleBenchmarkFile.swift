import Observations

/// `--benchmark_format=json` of google-benchmark: a row for every repetition, and perhaps rows of aggregates.
extension ForeignFile {
  private struct GoogleBenchmark: Decodable {
    struct Context: Decodable {
      var date: String?
      var host_name: String?
    }
    struct Row: Decodable {
      var name: String
      var run_name: String?
      var run_type: String?
      var aggregate_name: String?
      var real_time: Double?
      var cpu_time: Double?
      var time_unit: String?
      var error_occurred: Bool?
    }
    var context: Context
    var benchmarks: [Row]
  }

  func googleBenchmarkRuns() throws -> [RecordedRun] {
    let document = try decoded(GoogleBenchmark.self, "google-benchmark")
    // An aggregate of percentages, or of a complexity, is no time.
    let usable = document.benchmarks.filter { $0.error_occurred != true && $0.real_time != nil && $0.cpu_time != nil }
    var names: [String] = []
    for row in usable where !names.contains(row.run_name ?? row.name) { names.append(row.run_name ?? row.name) }
    var points: [HistoryPoint] = []
    for name in names {
      let rows = usable.filter { ($0.run_name ?? $0.name) == name }
      let repetitions = rows.filter { ($0.run_type ?? "iteration") == "iteration" }
      let median = rows.first { $0.aggregate_name == "median" } ?? rows.first { $0.aggregate_name == "mean" }
      guard let first = repetitions.first ?? median else { continue }
      let scale: Double
      switch first.time_unit ?? "ns" {
      case "ns": scale = 1
      case "us": scale = 1e3
      case "ms": scale = 1e6
      case "s": scale = 1e9
      default: throw bad("\(name): \"\(first.time_unit ?? "")\" is no time_unit of google-benchmark")
      }
      points.append(
        .of(repetitions.compactMap(\.real_time), scale: scale, otherwise: first.real_time ?? 0, workload: name, metric: .wallTime))
      points.append(.of(repetitions.compactMap(\.cpu_time), scale: scale, otherwise: first.cpu_time ?? 0, workload: name, metric: .cpuTime))
    }
    let run = run(
      at: try moment(document.context.date), commit: nil, branch: nil, machine: document.context.host_name ?? "", source: .googleBenchmark)
    return [RecordedRun(run: run, points: points)]
  }
}
