import Observations
import Statistics
import Testing

@testable import Report

@Suite struct HistoryTests {
  /// Runs a day apart, with a normal noise of one per cent unless asked otherwise.
  static func runs(_ values: [Double], machine: String = "alpha", scenario: String = "startup", runtime: String = "jit") -> [RecordedRun] {
    values.enumerated().map { index, value in
      RecordedRun(
        run: HistoryRun(
          id: "\(scenario)-\(machine)-\(index)", scenario: scenario, startedAt: date(index), branch: "main", commit: "c\(index)",
          machine: machine),
        points: [
          HistoryPoint(
            workload: "hello", runtime: runtime, metric: "wall-time", unit: .nanoseconds, value: value, lower: value * 0.99,
            upper: value * 1.01, samples: 20)
        ])
    }
  }

  static func date(_ index: Int) -> String {
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "2026-\(two(1 + index / 28))-\(two(1 + index % 28))T12:00:00Z"
  }

  /// 0 ... 1.
  private static func uniform(_ random: inout SplitMix64) -> Double { Double(random.next() >> 11) / Double(1 << 53) }

  static func noisy(_ levels: [(count: Int, level: Double)], seed: UInt64 = 7) -> [Double] {
    var random = SplitMix64(seed: seed)
    return levels.flatMap { level in (0..<level.count).map { _ in level.level * (1 + 0.01 * (uniform(&random) + uniform(&random) - 1)) } }
  }

  @Test func a_step_is_found_where_it_is_and_says_what_changed() throws {
    let series = HistorySeries.all(Self.runs(Self.noisy([(30, 1e6), (20, 1.2e6)])))
    #expect(series.count == 1)
    let step = try #require(series.first?.steps.first)
    #expect(series[0].steps.count == 1)
    #expect(step.index == 30)
    #expect(abs(step.change - 0.2) < 0.01)
    #expect(!series[0].isDrifting)
    let text = HistoryReport(metric: "wall-time", branch: "main", series: series).terminal(color: false, width: 100)
    #expect(text.contains("wall-time on main: 1 series of 50 runs, 2026-01-01 to 2026-02-22. 1 moved."))
    #expect(text.contains("2026-02-03  +"))
    #expect(text.contains("▲"))
    #expect(text.contains("startup-alpha-30, commit c30"))
  }

  /// One day's spike is found by the divergence and refused by the permutation test: it is told as what it is.
  @Test func a_spike_is_no_step_but_is_told() throws {
    var values = Self.noisy([(60, 1e6)])
    values[30] = 1.6e6
    values[31] = 1.5e6
    let series = HistorySeries.all(Self.runs(values))[0]
    #expect(series.steps.isEmpty)
    guard !series.unconfirmed.isEmpty else { return }
    let text = HistoryReport(metric: "wall-time", branch: nil, series: [series]).terminal(color: false, width: 100)
    #expect(text.contains("not confirmed: a spike, or too few runs since"))
  }

  @Test func what_never_changed_shows_no_step() {
    var found = 0
    for seed in UInt64(1)...20 { found += HistorySeries.all(Self.runs(Self.noisy([(100, 1e6)], seed: seed)))[0].steps.count }
    #expect(found == 0)
  }

  @Test func a_series_that_wanders_is_said_to_drift() {
    var random = SplitMix64(seed: 3)
    var place = 0.0
    let values = (0..<120).map { _ -> Double in
      place = 0.9 * place + Self.uniform(&random) - 0.5
      return 1e6 * (1 + 0.02 * place)
    }
    let series = HistorySeries.all(Self.runs(values), HistoryRequest(threshold: 0.2))
    #expect(series[0].isDrifting)
    let text = HistoryReport(metric: "wall-time", branch: nil, series: series).terminal(color: false, width: 100)
    #expect(text.contains("drifts: neighbouring runs resemble each other"))
  }

  @Test func a_step_alone_is_no_drift() {
    #expect(!HistorySeries.all(Self.runs(Self.noisy([(40, 1e6), (40, 2e6)])))[0].isDrifting)
  }

  @Test func machines_and_scenarios_are_series_of_their_own() {
    let runs = Self.runs([1e6, 1e6]) + Self.runs([3e6], machine: "beta") + Self.runs([5e6], scenario: "other")
    let series = HistorySeries.all(runs)
    #expect(series.map(\.points.count) == [2, 1, 1])
    let text = HistoryReport(metric: "wall-time", branch: nil, series: series).terminal(color: false, width: 100)
    #expect(text.contains("hello in jit · startup · alpha"))
    #expect(text.contains("hello in jit · startup · beta"))
    #expect(text.contains("hello in jit · other · alpha"))
  }

  @Test func workloads_and_runtimes_are_chosen() {
    let runs = Self.runs([1e6]) + Self.runs([2e6], runtime: "interpreter")
    #expect(HistorySeries.all(runs, HistoryRequest(runtimes: ["interpreter"])).map(\.key.runtime) == ["interpreter"])
    #expect(HistorySeries.all(runs, HistoryRequest(workloads: ["absent"])).isEmpty)
  }

  @Test func a_sparkline_is_as_high_as_its_values_and_as_wide_as_there_is_room() {
    let series = HistorySeries.all(Self.runs(Self.noisy([(60, 1e6), (60, 2e6)])))[0]
    let wide = Sparkline(series, width: 200), narrow = Sparkline(series, width: 24)
    #expect(wide.line.count == 120 && narrow.line.count == 24 && narrow.marks.count == 24)
    #expect(narrow.line.first == "▁" && narrow.line.last == "█")
    #expect(narrow.marks.filter { $0 == "▲" }.count == 1)
    #expect(Array(narrow.marks)[12] == "▲")
    // Noise of less than the threshold is flat.
    let flat = HistorySeries.all(Self.runs([1e6, 1.001e6, 0.999e6]))[0]
    #expect(Set(Sparkline(flat, width: 9).line).count == 1)
  }

  @Test func the_page_leads_from_a_step_to_its_run_and_holds_nothing_foreign() {
    var runs = Self.runs(Self.noisy([(30, 1e6), (30, 0.8e6)]))
    for index in runs.indices { runs[index].points[0].workload = "<script>alert(1)</script>" }
    let report = HistoryReport(metric: "wall-time", branch: nil, series: HistorySeries.all(runs))
    let page = HistoryPage.text(report, page: { "../\($0)/index.html" })
    #expect(page.contains("<a href=\"../startup-alpha-30/index.html\""))
    #expect(!page.contains("<script>alert"))
    #expect(page.contains("▼ −"))
    #expect(!page.contains("http://") && !page.contains("https://"))
    let unlinked = HistoryPage.text(report, page: { _ in nil })
    #expect(!unlinked.contains("<a href=\".."))
  }

  @Test func many_series_make_a_page_of_less_than_a_megabyte() {
    let runs = (0..<500).map { index in
      RecordedRun(
        run: HistoryRun(
          id: "startup-\(index)", scenario: "startup", startedAt: Self.date(index % 300), branch: "main", commit: "", machine: "alpha"),
        points: (0..<60).map { workload in
          HistoryPoint(
            workload: "workload-\(workload)", runtime: "jit", metric: "wall-time", unit: .nanoseconds,
            value: index < 250 ? 1e6 : 2e6 + Double(index % 7) * 1e3, lower: 0.9e6, upper: 2.1e6, samples: 9)
        })
    }
    let page = HistoryPage.text(HistoryReport(metric: "wall-time", branch: nil, series: HistorySeries.all(runs)), page: { _ in nil })
    #expect(page.utf8.count < 1_000_000)
    #expect(page.contains("36 further series"))
  }

  @Test func csv_has_a_row_a_point_and_marks_the_steps() {
    let report = HistoryReport(metric: "wall-time", branch: nil, series: HistorySeries.all(Self.runs(Self.noisy([(30, 1e6), (30, 2e6)]))))
    let lines = report.csv.split(separator: "\n")
    #expect(lines.count == 61)
    #expect(lines[1].hasSuffix(","))
    #expect(!lines[31].hasSuffix(","))
    #expect(lines[1].hasPrefix("2026-01-01T12:00:00Z,startup-alpha-0,c0,main,startup,alpha,hello,jit,wall-time,ns,"))
  }

  @Test func an_empty_or_broken_series_is_no_crash() {
    #expect(HistorySeries.all([]).isEmpty)
    let broken = HistorySeries.all(Self.runs([1e6, .infinity, 1e6]))
    #expect(broken[0].steps.isEmpty)
    #expect(!HistoryPage.text(HistoryReport(metric: nil, branch: nil, series: broken), page: { _ in nil }).isEmpty)
    #expect(!HistoryReport(metric: nil, branch: nil, series: broken).markdown.isEmpty)
  }
}
