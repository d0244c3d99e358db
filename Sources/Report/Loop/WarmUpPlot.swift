import Observations
import Statistics

/// How the time of a repetition falls while a process gets warm: for each runtime the median over its processes, and the half of them that
/// lies about it.
struct WarmUpPlot {
  private let workload: String
  private let curves: [Curve]
  private let unit: Unit

  /// Points on a curve: many repetitions share one, the later the more.
  private static let most = 120

  private struct Curve {
    var arm: ArmSummary
    /// The middle repetition of those that share the point; quartiles and median over processes and these, nanoseconds.
    var points: [(repetition: Double, lower: Double, median: Double, upper: Double)]
  }

  /// - Returns: nil where no arm tells of repetitions.
  init?(workload: String, arms: [ArmSummary], _ counted: CountedTrials, _ validity: Validity) {
    self.workload = workload
    curves = arms.compactMap { arm in
      let trials = counted.trials(of: workload, in: arm.runtime).filter(validity.isValid)
      let points = Self.points(trials.compactMap(\.repetitions?.times))
      return points.isEmpty ? nil : Curve(arm: arm, points: points)
    }
    guard let largest = curves.flatMap({ $0.points.map(\.upper) }).max() else { return nil }
    unit = Unit.fitting(largest, .time)
  }

  /// Neighbouring repetitions of all processes together, in steps that grow with their number.
  private static func points(_ processes: [[UInt64]]) -> [(repetition: Double, lower: Double, median: Double, upper: Double)] {
    let count = processes.map(\.count).min() ?? 0
    var points: [(repetition: Double, lower: Double, median: Double, upper: Double)] = []
    var start = 0
    while start < count {
      // Each step is so much longer than what lies before it that the whole has about so many of them.
      let end = min(count, max(start + 1, Int(Double(start) * (1 + 6 / Double(most)))))
      let values = processes.flatMap { $0[start..<end].map { Double($0) } }
      if let sample = Sample(values) {
        points.append((Double(start + end + 1) / 2, sample.quantile(0.25), sample.median, sample.quantile(0.75)))
      }
      start = end
    }
    return points
  }

  private var title: String { "\(workload): time of each repetition in a process" }

  func plot(named name: String) -> Plot {
    let quantity = Quantity.metric(.steadyTime)
    let words = curves.map { curve in
      let first = curve.points.first.map { quantity.text($0.median) } ?? "", last = curve.points.last.map { quantity.text($0.median) } ?? ""
      return "\(curve.arm.runtime) from \(first) at first to \(last) at last" + (curve.arm.loop.map { " (\($0.statesText))" } ?? "")
    }
    return Plot(
      name: name, workload: workload, title: title,
      description: "Median over processes as a line, the middle half of them as a band. \(words.joined(separator: "; ")).",
      script: script(name), data: data, kind: .warmUp)
  }

  private func script(_ name: String) -> String {
    let bands = curves.indices.map {
      "'\(name).dat' index \($0) using 1:2:4 with filledcurves linecolor rgb '#c0\(PlotScript.curveColor($0).dropFirst())' notitle"
    }
    let lines = curves.enumerated().map { index, curve in
      "'\(name).dat' index \(index) using 1:3 with lines linewidth 1.5 linecolor rgb '\(PlotScript.curveColor(index))' title \(PlotScript.quoted(shortened(curve.arm.runtime, to: 24)))"
    }
    return PlotScript.curves(
      name, title: title, entries: curves.count, x: "repetition (both axes logarithmic)", y: "time (\(unit.symbol))")
      + "set logscale xy 10\nset style fill solid noborder\nplot \((bands + lines).joined(separator: ", \\\n  "))\n"
  }

  private var data: String {
    curves.map { curve in
      "# \(printable(curve.arm.runtime)): repetition, lower quartile, median, upper quartile (\(unit.symbol))\n"
        + curve.points.map { "\($0.repetition) \($0.lower / unit.size) \($0.median / unit.size) \($0.upper / unit.size)" }
        .joined(separator: "\n")
    }.joined(separator: "\n\n\n") + "\n"
  }
}
