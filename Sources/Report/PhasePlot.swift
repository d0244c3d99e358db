import Observations
import Statistics

/// Where the time goes inside the runtimes that say so: median phases as stacked bars.
struct PhasePlot {
  private let workload: String
  private let arms: [ArmSummary]
  private let phases: [String]
  private let unit: Unit

  /// - Returns: nil where no arm reports phases.
  init?(workload: String, arms: [ArmSummary]) {
    self.workload = workload
    self.arms = arms.filter { !$0.phases.isEmpty }
    let names = self.arms.flatMap { $0.phases.map(\.name) }.uniqued
    phases = names.filter { $0 != PhaseMedian.remainder } + names.filter { $0 == PhaseMedian.remainder }
    guard let longest = self.arms.map(Self.total).max(), longest > 0 else { return nil }
    unit = Unit.fitting(longest, .time)
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
    let longest = (arms.map(Self.total).max() ?? 1) / unit.size
    // In a narrow plot the key takes a line for every two phases.
    let keyRows = "(WIDTH < 500 ? \((phases.count + 1) / 2) : \((phases.count + 3) / 4))"
    var script = PlotScript.opening(
      name: name, title: "\(workload): phases inside the runtime", height: "\(arms.count * 40 + 62) + 20 * \(keyRows)")
    script += "set xrange [0:\(longest * 1.02)]\nset xtics autofreq\nset format x '%g'\n"
    script += "set xlabel \(PlotScript.quoted("median of each phase (\(unit.symbol))")) textcolor rgb '\(Palette.quiet.light)' noenhanced\n"
    script += "set yrange [\(-Double(arms.count) + 0.4):0.6]\n"
    script += PlotScript.rowLabels(arms.map(\.runtime))
    script += "set rmargin 11\n"
    for (index, arm) in arms.enumerated() {
      script +=
        "set label \(index + 1) \(PlotScript.quoted(Quantity.metric(.wallTime).text(Self.total(arm)))) at graph 1, first \(-index) offset 1, 0 left textcolor rgb '\(Palette.ink.light)' noenhanced\n"
    }
    script += "set style fill solid 1.0 noborder\n"
    script +=
      "set key outside top left horizontal Left reverse samplen 1.2 width 1 maxcols (WIDTH < 500 ? 2 : 4) textcolor rgb '\(Palette.ink.light)' noenhanced\n"
    let plots = phases.indices.map { index in
      "'\(name).dat' index \(index) using 1:3:1:2:($3 - 0.32):($3 + 0.32) with boxxyerror linecolor rgb '\(color(index).light)' title \(PlotScript.quoted(phases[index]))"
    }
    return script + "plot \\\n  " + plots.joined(separator: ", \\\n  ") + "\n"
  }

  private var data: String {
    phases.map { phase in
      var lines = ["# \(PlotScript.comment(phase)): start, end (\(unit.symbol)), row"]
      for (row, arm) in arms.enumerated() {
        guard let index = arm.phases.firstIndex(where: { $0.name == phase }) else { continue }
        let start = arm.phases[..<index].reduce(0) { $0 + $1.nanoseconds }
        lines.append("\(start / unit.size) \((start + arm.phases[index].nanoseconds) / unit.size) \(-row)")
      }
      return lines.joined(separator: "\n")
    }.joined(separator: "\n\n\n") + "\n"
  }
}
