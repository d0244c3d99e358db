import Observations

/// `pytest --benchmark-json`: one entry a test, in seconds, with every round where `--benchmark-save-data` asked for them.
extension ForeignFile {
  private struct PytestBenchmark: Decodable {
    struct Machine: Decodable { var node: String? }
    struct Commit: Decodable {
      var id: String?
      var branch: String?
      var dirty: Bool?
    }
    struct Benchmark: Decodable {
      struct Statistics: Decodable {
        var median: Double
        var data: [Double]?
        var rounds: Int?
      }
      var name: String
      var fullname: String?
      var stats: Statistics
    }
    var machine_info: Machine
    var commit_info: Commit?
    var benchmarks: [Benchmark]
    var datetime: String?
  }

  func pytestBenchmarkRuns() throws -> [RecordedRun] {
    let document = try decoded(PytestBenchmark.self, "pytest-benchmark")
    let points = document.benchmarks.map { benchmark in
      var point = HistoryPoint.of(
        benchmark.stats.data ?? [], scale: 1e9, otherwise: benchmark.stats.median, workload: benchmark.fullname ?? benchmark.name,
        metric: .wallTime)
      if benchmark.stats.data == nil { point.samples = max(1, benchmark.stats.rounds ?? 1) }
      return point
    }
    let info = document.commit_info
    let commit = info?.id.map { $0 + (info?.dirty == true ? "+" : "") }
    let branch = info?.branch.flatMap { $0.hasPrefix("(") ? nil : $0 }
    let run = run(
      at: try moment(document.datetime), commit: commit, branch: branch, machine: document.machine_info.node ?? "", source: .pytestBenchmark
    )
    return [RecordedRun(run: run, points: points)]
  }
}
