import Observations
import Statistics

/// Where the time goes inside the runtimes that say so: median phases as stacked bars.
struct PhasePlot {
  private let workload: String
  private let arms: [ArmSummary]
  private let phases: [String]
  private let axis: PlotAxis

  /// - Returns: nil where no arm reports phases.
  init?(workload: String, arms: [ArmSummary]) {
    self.workload = workload
    self.arms = arms.filter { !$0.phases.isEmpty }
    let names = self.arms.flatMap { $0.phases.map(\.name) }.uniqued
    phases = names.filter { $0 != PhaseMedian.remainder } + names.filter { $0 == PhaseMedian.remainder }
    guard let longest = self.arms.map(Self.total).max(), longest > 0 else { return nil }
    axis = PlotAxis(upTo: longest, .time)
  }

  private static func total(_ arm: ArmSummary) -> Double { arm.phases.reduce(0) { $0 + $1.nanoseconds } }

  func plot(named name: String) -> Plot {
    let words = arms.map { arm in
      "\(arm.runtime): " + arm.phases.map { "\($0.name) \(Quantity.metric(.wallTime).text($0.nanoseconds))" }.joined(separator: ", ")
    }.joined(separator: "; ")
    return Plot(
      name: name, workload: workload, title: "\(workload): phases inside the runtime",
      description: "Median time of each phase, stacked. \(words).", script: script(name), data: data)
  }

  private func color(_ phase: Int) -> PaletteColor {
    phases[phase] == PhaseMedian.remainder ? Palette.remainder : Palette.phases[phase % Palette.phases.count]
  }

  private func script(_ name: String) -> String {
    let opening = PlotScript(
      name: name, title: "\(workload): phases inside the runtime", axisTitle: "median of each phase (\(axis.unit.symbol))",
      labels: arms.map(\.runtime), figures: arms.map { Quantity.metric(.wallTime).text(Self.total($0)) }, rowHeight: 40,
      key: phases.indices.map { .init(text: phases[$0], color: color($0)) })
    let plots = phases.indices.map { index in
      "'\(name).dat' index \(index) using 1:3:1:2:($3 - 0.32):($3 + 0.32) with boxxyerror linecolor rgb '\(color(index).light)'"
    }
    return opening.opening + axis.script + "set style fill solid 1.0 noborder\nplot \\\n  " + plots.joined(separator: ", \\\n  ") + "\n"
  }

  private var data: String {
    phases.map { phase in
      var lines = ["# \(printable(phase)): start, end (\(axis.unit.symbol)), row"]
      for (row, arm) in arms.enumerated() {
        guard let index = arm.phases.firstIndex(where: { $0.name == phase }) else { continue }
        let start = arm.phases[..<index].reduce(0) { $0 + $1.nanoseconds }
        lines.append("\(start / axis.unit.size) \((start + arm.phases[index].nanoseconds) / axis.unit.size) \(-row)")
      }
      return lines.joined(separator: "\n")
    }.joined(separator: "\n\n\n") + "\n"
  }
}
