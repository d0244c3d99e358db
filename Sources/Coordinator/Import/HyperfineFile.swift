import Observations
import Statistics

/// `hyperfine --export-json`: one result for each command, all in seconds. The file has no date.
extension ForeignFile {
  private struct Hyperfine: Decodable {
    struct Result: Decodable {
      var command: String
      var mean: Double
      var median: Double?
      var user: Double?
      var system: Double?
      var times: [Double]?
    }
    var results: [Result]
  }

  func hyperfineRuns() throws -> [RecordedRun] {
    let document = try decoded(Hyperfine.self, "hyperfine")
    var points: [HistoryPoint] = []
    for result in document.results {
      guard !points.contains(where: { $0.workload == result.command }) else {
        throw bad("has two results of the command \"\(result.command)\"")
      }
      points.append(
        .of(result.times ?? [], scale: 1e9, otherwise: result.median ?? result.mean, workload: result.command, metric: .wallTime))
      if let user = result.user, let system = result.system {
        points.append(.of([], scale: 1e9, otherwise: user + system, workload: result.command, metric: .cpuTime))
      }
    }
    let run = run(at: try moment(nil), commit: nil, branch: nil, machine: "", source: .hyperfine)
    return [RecordedRun(run: run, points: points)]
  }
}

extension HistoryPoint {
  /// The median of samples, or what a file says instead of samples; times, in units of `scale` nanoseconds.
  static func of(_ samples: [Double], scale: Double, otherwise: Double, workload: String, metric: Metric) -> HistoryPoint {
    guard let sample = Sample(samples.filter(\.isFinite).map { $0 * scale }) else {
      return HistoryPoint(
        workload: workload, runtime: "", metric: metric.rawValue, unit: .nanoseconds, value: otherwise * scale, samples: 1)
    }
    let median = sample.medianEstimate
    return HistoryPoint(
      workload: workload, runtime: "", metric: metric.rawValue, unit: .nanoseconds, value: median.value, lower: median.interval95?.lower,
      upper: median.interval95?.upper, samples: samples.count)
  }
}
