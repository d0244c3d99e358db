import Histogram
import Observations

/// What became of the tasks of a load, as somebody sees it who asks when a task is due, and beside it as a closed loop would see it.
///
/// A closed loop asks again when it was answered, so a stall of the system delays its questions too: its service times tell one slow answer
/// where many would have been slow (coordinated omission). Latencies count from when the questions were due, and have not that fault.
struct LatencyRecord {
  private var latency = Histogram<UInt32>(numberOfSignificantValueDigits: .three)
  private var service = Histogram<UInt32>(numberOfSignificantValueDigits: .three)
  private var lateness: UInt64 = 0
  private var firstEnd = UInt64.max
  private var lastEnd: UInt64 = 0
  private var count = 0

  /// One task, its moments on one clock in nanoseconds.
  /// - Parameter ready: from when nothing but the harness itself kept it from beginning; when it was due, unless a limit held it back.
  mutating func add(due: UInt64, ready: UInt64, begun: UInt64, ended: UInt64) {
    latency.record(ended > due ? ended - due : 0)
    service.record(ended > begun ? ended - begun : 0)
    lateness = max(lateness, begun > ready ? begun - ready : 0)
    (firstEnd, lastEnd, count) = (min(firstEnd, ended), max(lastEnd, ended), count + 1)
  }

  /// - Precondition: there was a task.
  var latencies: Latencies {
    Latencies(latency: Self.figures(latency), service: Self.figures(service), achievedRate: achievedRate, lateness: lateness)
  }

  /// Between the first end and the last, so that neither the first task's time nor the last one's makes a rate that is kept look missed.
  private var achievedRate: UInt64 {
    guard count > 1, lastEnd > firstEnd else { return 0 }
    return UInt64((Double(count - 1) * 1e12 / Double(lastEnd - firstEnd)).rounded())
  }

  private static func figures(_ histogram: Histogram<UInt32>) -> LatencyFigures {
    LatencyFigures(
      p50: histogram.valueAtPercentile(50), p90: histogram.valueAtPercentile(90), p99: histogram.valueAtPercentile(99),
      p999: histogram.valueAtPercentile(99.9), max: histogram.maxRecorded)
  }
}

extension Latencies {
  /// What is odd about a load whose figures are partly the harness's own; nil where it kept its moments.
  var remark: String? {
    lateness > latency.p50 / 10 ? "had a task that the harness itself began late, by more than a tenth of the median latency" : nil
  }
}
