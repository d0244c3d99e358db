import Observations

/// Histories as a JUnit file: a test case for every series, with its course as text. It fails where the newest confirmed step is one to the
/// worse: whatever came before has been answered by a step to the better, or is old news.
extension HistoryReport {
  /// XML with a line feed at its end.
  public var junit: String {
    let name = "harness history \(metric)"
    let suite = JUnit.Suite(
      name: name, cases: all.map(junitCase), startedAt: all.compactMap { $0.points.last?.startedAt }.max(), output: [headline])
    return JUnit(name: name, suites: [suite]).text
  }

  private func junitCase(_ series: HistorySeries) -> JUnit.Case {
    let key = series.key
    let machine = key.machine.isEmpty ? "" : " on \(key.machine)"
    let arm = [key.scenario, key.workload, key.runtime].filter { !$0.isEmpty }.joined(separator: ".")
    var one = JUnit.Case(className: arm, name: "\(key.metric)\(machine)")
    one.output = "\(title(series)): \(HistoryPlot.description(of: series))" + (series.remark.map { " It \($0)." } ?? "")
    if let step = series.steps.last, step.change > 0 {
      let point = series.points[step.index]
      one.result = .failure(
        type: "step",
        message:
          "\(title(series)): \(HistorySeries.percent(step.change)) since \(point.startedAt.prefix(10)), \(series.text(step)): \(Self.place(point))"
      )
    }
    return one
  }
}
