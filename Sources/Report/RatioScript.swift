/// The same ratios as gnuplot draws them, for a person who wants to edit the plot.
extension RatioPlot {
  func plot(named name: String) -> Plot {
    Plot(
      name: name, workload: groups.map(\.name).joined(separator: ", "), title: title, description: description, script: script(name),
      data: data)
  }

  /// Groups have a row of their own, above theirs.
  private var lines: [(label: String, row: Row?)] {
    groups.flatMap { group in [(group.name, nil)] + group.rows.map { ($0.label, $0) } }
  }

  /// What is drawn in one colour; a tone without a row is left out, because gnuplot cannot draw nothing.
  private var tones: [(color: String, tones: [Table.Tone])] {
    [(Palette.path(.process).light, [.plain, .quiet]), ("#1a7f37", [.good]), ("#c62828", [.bad])].filter { entry in
      lines.contains { $0.row.map { entry.1.contains($0.tone) } ?? false }
    }
  }

  private func script(_ name: String) -> String {
    let opening = PlotScript(
      name: name, title: title, axisTitle: "ratio to the baseline (logarithmic)", labels: lines.map(\.label),
      figures: lines.map { $0.row.map { ratioText($0.ratio) } ?? "" }, rowHeight: 24, key: [])
    func tics(atMost count: Int) -> String {
      "set xtics (" + Self.marks(range, atMost: count).map { "'\(ratioText($0))' \($0)" }.joined(separator: ", ") + ") noenhanced\n"
    }
    let limit = limit.map { "set arrow from \($0), graph 0 to \($0), graph 1 nohead dashtype 2 linecolor rgb '#c62828'\n" } ?? ""
    let plots = tones.enumerated().map { index, tone in
      "'\(name).dat' index \(index) using 1:4:2:3 with xerrorbars pointtype 7 pointsize 0.7 linewidth 2 linecolor rgb '\(tone.color)'"
    }
    return opening.opening + """
      set xrange [\(range.lowerBound):\(range.upperBound)]
      set logscale x 10
      \(tics(atMost: 9))if (\(PlotScript.isNarrow)) \(tics(atMost: 5))set bars small
      set arrow from 1, graph 0 to 1, graph 1 nohead linecolor rgb '\(Palette.quiet.light)'
      \(limit)plot \\
        \(plots.joined(separator: ", \\\n  "))

      """
  }

  private var data: String {
    tones.map { tone in
      let rows = lines.enumerated().compactMap { index, line -> String? in
        guard let row = line.row, tone.tones.contains(row.tone) else { return nil }
        return "\(row.ratio) \(row.lower ?? row.ratio) \(row.upper ?? row.ratio) \(-index)"
      }
      return "# ratio, lower and upper 95 % bound (the ratio itself where there is none), row\n" + rows.joined(separator: "\n")
    }.joined(separator: "\n\n\n") + "\n"
  }
}
