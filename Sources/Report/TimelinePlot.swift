import Observations
import Statistics

/// Where the time goes in the runtimes that say so: a trial of each, piece by piece on one axis of time.
struct TimelinePlot {
  private let workload: String
  private let rows: [Row]
  /// Names of pieces, as the key tells them.
  private let names: [String]
  private let axis: PlotAxis

  private struct Row {
    var runtime: String
    var timeline: TrialTimeline
  }

  /// - Parameters:
  ///   - arms: of tasks, or of none.
  ///   - trials: of an arm, those that count and were not disturbed.
  /// - Returns: nil where no arm reports phases.
  init?(workload: String, arms: [ArmSummary], trials: (ArmSummary) -> [Observation]) {
    self.workload = workload
    rows = arms.compactMap { arm in
      TrialTimeline.typical(of: trials(arm), path: arm.path).map { Row(runtime: arm.runtime, timeline: $0) }
    }
    let all = rows.flatMap { $0.timeline.pieces.map(\.name) }.uniqued
    names = Self.order.flatMap { rank in all.filter { Self.rank($0) == rank } }
    guard let longest = rows.map(\.timeline.nanoseconds).max(), longest > 0 else { return nil }
    axis = PlotAxis(upTo: longest, .time)
  }

  /// What the kernel tells stands around what runtimes tell.
  private static let order = 0..<4
  private static func rank(_ name: String) -> Int {
    switch name {
    case TrialTimeline.making: 0
    case TrialTimeline.rest, PhaseMedian.remainder: 2
    case TrialTimeline.leaving: 3
    default: 1
    }
  }

  private static func text(_ nanoseconds: Double) -> String { Quantity.metric(.wallTime).text(nanoseconds) }

  /// Arms of one plot are of one kind.
  private var isOfTasks: Bool { rows.contains(where: \.timeline.isTask) }
  private var title: String { "\(workload): where the time of a \(isOfTasks ? "task" : "trial") goes" }
  private var span: String { isOfTasks ? "from the request to create it to its deletion" : "from spawn to exit" }

  func plot(named name: String) -> Plot {
    let words = rows.map { row in
      "\(row.runtime) \(Self.text(row.timeline.nanoseconds)): "
        + row.timeline.pieces.map { "\($0.name) \(Self.text($0.nanoseconds))" }.joined(separator: ", ")
    }.joined(separator: "; ")
    return Plot(
      name: name, workload: workload, title: title,
      description: "The trial of median time in each runtime, \(span), piece by piece. \(words).", script: script(name), data: data,
      figures: figures, kind: .timeline)
  }

  /// Pieces too short to be seen can be read here.
  private var figures: Table {
    let pieces = names.map { name -> [Table.Cell] in
      [.init(name)]
        + rows.map { row in
          row.timeline.pieces.first { $0.name == name }.map { .init(Self.text($0.nanoseconds)) } ?? .init("", .quiet)
        }
    }
    return Table(
      title: title, note: "the trial of median time in each runtime, \(span)",
      columns: [.init(heading: "piece")] + rows.map { .init(heading: $0.runtime, alignment: .trailing) },
      groups: [.init(rows: pieces + [[.init("together")] + rows.map { .init(Self.text($0.timeline.nanoseconds)) }])])
  }

  private func color(_ name: String) -> PaletteColor {
    switch Self.rank(name) {
    case 0, 3: return Palette.kernel
    case 2: return Palette.remainder
    default:
      let phases = names.filter { Self.rank($0) == 1 }
      return Palette.phases[(phases.firstIndex(of: name) ?? 0) % Palette.phases.count]
    }
  }

  private func script(_ name: String) -> String {
    let begin = isOfTasks ? "the request to create the task" : "spawn"
    let opening = PlotScript(
      name: name, title: title, axisTitle: "time since \(begin) (\(axis.unit.symbol))", labels: rows.map(\.runtime),
      figures: rows.map { Self.text($0.timeline.nanoseconds) }, rowHeight: 40, key: names.map { .init(text: $0, color: color($0)) })
    let plots = names.enumerated().map { index, piece in
      "'\(name).dat' index \(index) using 1:3:1:2:($3 - 0.32):($3 + 0.32) with boxxyerror linecolor rgb '\(color(piece).light)'"
    }
    return opening.opening + axis.script + "set style fill solid 1.0 noborder\nplot \\\n  " + plots.joined(separator: ", \\\n  ") + "\n"
  }

  private var data: String {
    let blocks = rows.map { "\(printable($0.runtime)) block \($0.timeline.block)" }.joined(separator: ", ")
    return "# the trial of median time in each runtime: \(blocks)\n"
      + names.map { name in
        var lines = ["# \(printable(name)): start, end (\(axis.unit.symbol)), row"]
        for (row, arm) in rows.enumerated() {
          let pieces = arm.timeline.pieces
          guard let index = pieces.firstIndex(where: { $0.name == name }) else { continue }
          let start = pieces[..<index].reduce(0) { $0 + $1.nanoseconds }
          lines.append("\(start / axis.unit.size) \((start + pieces[index].nanoseconds) / axis.unit.size) \(-row)")
        }
        return lines.joined(separator: "\n")
      }.joined(separator: "\n\n\n") + "\n"
  }
}
