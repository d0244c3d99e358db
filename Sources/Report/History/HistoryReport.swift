import Observations

/// Histories for people and machines.
public struct HistoryReport {
  let metric: String
  private let branch: String?
  private let series: [HistorySeries]
  private let leftOut: Int

  /// - Parameters:
  ///   - metric: what the series are of, for the headline; nil for several.
  ///   - branch: whose history it is; nil for all runs.
  ///   - leftOut: how many runs that were measured give no point.
  public init(metric: String?, branch: String?, series: [HistorySeries], leftOut: Int = 0) {
    self.leftOut = leftOut
    self.metric = metric ?? "all metrics"
    self.branch = branch
    self.series = series
  }

  /// Of the JSON document; raised when a field's meaning changes.
  public static let currentVersion = 1

  // MARK: Words

  /// What there is, and what became of it.
  var headline: String {
    let runs = Set(series.flatMap { $0.points.map(\.run) })
    let dates = series.flatMap { [$0.points.first?.startedAt, $0.points.last?.startedAt] }.compactMap(\.self)
    let moved = series.filter { !$0.steps.isEmpty }.count
    let drifting = series.filter(\.isDrifting).count
    let period = dates.isEmpty ? "" : ", \((dates.min() ?? "").prefix(10)) to \((dates.max() ?? "").prefix(10))"
    let place = branch.map { " on \($0)" } ?? ""
    return "\(metric)\(place): \(Self.counted(series.count, "series", "series")) of \(Self.counted(runs.count, "run", "runs"))\(period). "
      + (moved == 0 ? "None moved" : "\(moved) moved") + (drifting == 0 ? "." : ", \(drifting) \(drifting == 1 ? "drifts" : "drift").")
      + (leftOut == 0
        ? "" : " \(Self.counted(leftOut, "run gives", "runs give")) no point: nothing of this passed, or the machine was disturbed.")
  }

  private static func counted(_ count: Int, _ one: String, _ many: String) -> String { "\(count) \(count == 1 ? one : many)" }

  /// Whether series of one name differ in this, which then has to be said.
  private var hasScenarios: Bool { Set(series.map(\.key.scenario)).count > 1 }
  private var hasMachines: Bool { Set(series.map(\.key.machine)).count > 1 }
  private var hasMetrics: Bool { Set(series.map(\.key.metric)).count > 1 }

  func title(_ series: HistorySeries) -> String {
    [
      series.name, hasMetrics ? series.key.metric : nil, hasScenarios ? series.key.scenario : nil,
      hasMachines ? (series.key.machine.isEmpty ? "machine unknown" : series.key.machine) : nil,
    ].compactMap(\.self).joined(separator: " · ")
  }

  /// Where a step is, as one may look for it.
  static func place(_ point: HistorySeries.Point) -> String {
    let commit = point.commit.isEmpty ? "" : ", commit \(point.commit.prefix(12))"
    return "\(point.run)\(commit)"
  }

  // MARK: Terminal

  /// - Parameters:
  ///   - color: whether escape sequences may be used.
  ///   - width: columns of the terminal; never taken to be less than 40.
  public func terminal(color: Bool, width: Int) -> String {
    let page = TextPage(color: color, width: width)
    let style = page.style
    var blocks = [page.paragraphs([headline])]
    for one in series {
      let figures = one.points.last.map { one.text($0.value) } ?? ""
      let latest = one.steps.last.map { step in
        " \(HistorySeries.percent(step.change)) since \(one.points[step.index].startedAt.prefix(10))"
      }
      let sparkline = Sparkline(one, width: min(60, page.width - 24))
      var lines = [style.strong(shortened(printable(title(one)), to: page.width))]
      lines.append("  " + sparkline.line + "  " + figures + style.toned(latest ?? "", tone(one.steps.last)))
      if !one.steps.isEmpty { lines.append("  " + style.quiet(sparkline.marks.trimmedEnd)) }
      for step in one.steps {
        let point = one.points[step.index]
        let text = "  \(point.startedAt.prefix(10))  \(HistorySeries.percent(step.change))  \(one.text(step))"
        lines.append(style.toned(text, tone(step)) + style.quiet("  " + Self.place(point)))
      }
      for step in one.unconfirmed {
        let text =
          "  \(one.points[step.index].startedAt.prefix(10))  \(HistorySeries.percent(step.change))  not confirmed: a spike, or too few runs since"
        lines.append(style.quiet(text))
      }
      if let remark = one.remark { lines += wrapped(remark, width: page.width, indent: 2, hanging: 2).map(style.quiet) }
      blocks.append(lines)
    }
    return page.text(blocks)
  }

  private func tone(_ step: HistorySeries.Step?) -> Table.Tone { step.map { $0.change > 0 ? .bad : .good } ?? .plain }

  // MARK: Files

  /// One document: `version`, `metric`, `branch` and `series`.
  public var json: String {
    struct Document: Encodable {
      var version = HistoryReport.currentVersion
      var metric: String
      var branch: String?
      var series: [HistorySeries]
    }
    return jsonText(Document(metric: metric, branch: branch, series: series))
  }

  /// One row for every point; `harness import` reads it back.
  public var csv: String {
    let header = "date,run,commit,branch,scenario,machine,workload,runtime,metric,unit,value,lower,upper,step"
    let rows = series.flatMap { one in
      one.points.enumerated().map { index, point in
        let step = one.steps.first { $0.index == index }
        let cells = [
          point.startedAt, point.run, point.commit, point.branch ?? "", one.key.scenario, one.key.machine, one.key.workload,
          one.key.runtime,
          one.key.metric, one.key.unit.rawValue, "\(point.value)", point.lower.map { "\($0)" } ?? "", point.upper.map { "\($0)" } ?? "",
          step.map { "\($0.change)" } ?? "",
        ]
        return cells.map(CSVReport.quoted).joined(separator: ",")
      }
    }
    return ([header] + rows).joined(separator: "\n") + "\n"
  }

  /// What moved, as a table for a page or a pull request.
  var steps: Table? {
    let rows = series.flatMap { one in
      one.steps.map { step -> (date: String, cells: [Table.Cell]) in
        let point = one.points[step.index]
        return (
          point.startedAt,
          [
            .init(title(one)), .init("\(point.startedAt.prefix(10))"), .init(HistorySeries.percent(step.change), tone(step)),
            .init(one.text(step)), .init(String(point.commit.prefix(12))), .init(point.run),
          ]
        )
      }
    }
    guard !rows.isEmpty else { return nil }
    return Table(
      title: "What moved",
      note: "the first run of each new level, newest first; found by Matteson and James' divergence, confirmed by permutation",
      columns: [
        .init(heading: "series"), .init(heading: "since"), .init(heading: "change", alignment: .trailing), .init(heading: "level"),
        .init(heading: "commit", dropOrder: 1), .init(heading: "run", dropOrder: 0),
      ], groups: [.init(rows: rows.sorted { $0.date > $1.date }.map(\.cells))])
  }

  /// Every series in one line.
  var overview: Table {
    Table(
      title: "Every series", note: "▲ and ▼ in the plots are steps; r is how much neighbouring runs resemble each other within a level",
      columns: [
        .init(heading: "series"), .init(heading: "runs", alignment: .trailing), .init(heading: "newest", alignment: .trailing),
        .init(heading: "steps", alignment: .trailing), .init(heading: "r", alignment: .trailing, dropOrder: 0), .init(heading: "course"),
      ],
      groups: [
        .init(
          rows: series.map { one in
            [
              .init(title(one)), .init("\(one.points.count)"), .init(one.points.last.map { one.text($0.value) } ?? ""),
              .init("\(one.steps.count)"), .init(fixed(one.autocorrelation, 2), one.isDrifting ? .bad : .quiet),
              .init(Sparkline(one, width: 40).line),
            ]
          })
      ])
  }

  /// For a pull request or a wiki.
  public var markdown: String {
    let page = MarkdownPage()
    return page.text(
      [page.paragraphs([headline])] + [steps.map(page.table) ?? "", page.table(overview)]
        + [page.list("Drifting", series.filter(\.isDrifting).map { "\(title($0)) \($0.remark ?? "")" })])
  }

  /// The plots as scripts and data for gnuplot.
  /// - Throws: an error of the file system.
  public func writePlots(to folder: String) throws { try GnuplotReport.write(plots, to: folder) }

  /// The same, each drawn as SVG and PNG too.
  /// - Throws: an error of the file system, or what is missing, in words.
  public func drawPlots(to folder: String) throws { try GnuplotReport.draw(plots, to: folder) }

  var plots: [Plot] {
    var names = FileNames()
    return series.map { one in
      HistoryPlot(one, title: title(one)).plot(named: names.name("history-\(one.key.workload)-\(one.key.runtime)-\(one.key.metric)"))
    }
  }

  var all: [HistorySeries] { series }
}

extension String {
  fileprivate var trimmedEnd: String {
    var text = self
    while text.last == " " { text.removeLast() }
    return text
  }
}
