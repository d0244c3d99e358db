/// What all scripts have in common: one labelled row for each runtime, figures at the right, a key above.
///
/// Margins and the key are placed to the pixel for both widths the page shows, because gnuplot reserves too little or too
/// much for them where a plot is narrow.
struct PlotScript {
  var name: String
  var title: String
  /// Below the axis.
  var axisTitle: String
  /// One for each row, from the top; the first row is at 0, the next at −1.
  var labels: [String]
  /// One for each row, at the right.
  var figures: [String]
  var rowHeight: Int
  var key: [KeyEntry]

  struct KeyEntry {
    var text: String
    var color: PaletteColor
  }

  /// Variables that a person, or the report, may give on the command line, and the terminal they lead to.
  static func sizeAndFormat(_ name: String, height: String) -> String {
    """
    # Another size or format: gnuplot -e "WIDTH=400; FORMAT='png'" \(name).gp
    if (!exists("WIDTH")) WIDTH = 860
    if (!exists("FORMAT")) FORMAT = 'svg'
    if (!exists("OUTPUT")) OUTPUT = '\(name).' . FORMAT
    HEIGHT = \(height)
    if (FORMAT eq 'png') {
      set terminal pngcairo size WIDTH, HEIGHT font 'sans-serif,10'
    } else {
      set terminal svg size WIDTH, HEIGHT dynamic font 'sans-serif,13'
    }
    if (strlen(OUTPUT)) set output OUTPUT
    """
  }

  /// Everything before `plot` of curves over a number: title, axes and a key above with so many entries.
  static func curves(_ name: String, title: String, entries: Int, x: String, y: String) -> String {
    """
    # \(printable(title))
    # Edit this script or \(name).dat, then draw it again: gnuplot \(name).gp
    \(sizeAndFormat(name, height: "320 + \((entries + 2) / 3 * 20)"))
    set encoding utf8
    set xlabel '\(x)' textcolor rgb '\(Palette.quiet.light)'
    set ylabel '\(y)' textcolor rgb '\(Palette.quiet.light)'
    set xtics nomirror textcolor rgb '\(Palette.ink.light)'
    set ytics nomirror textcolor rgb '\(Palette.ink.light)'
    set border 3 linecolor rgb '\(Palette.quiet.light)'
    set grid linecolor rgb '\(Palette.grid.light)' linetype 1 linewidth 1
    set key outside top center horizontal noenhanced textcolor rgb '\(Palette.ink.light)'

    """
  }

  /// The colour of one of several curves.
  static func curveColor(_ index: Int) -> String { Palette.phases[index % Palette.phases.count].light }

  /// Below this a plot is laid out for a telephone.
  private static let narrowWidth = 500
  private static let keyRowHeight = 20
  private static let axisHeight = 52
  /// Of the 13 pixel font, on the safe side.
  private static let characterWidth = 7.3

  static let isNarrow = "WIDTH < \(narrowWidth)"

  /// Everything before `plot`, but for the horizontal axis.
  var opening: String {
    let (wideKey, narrowKey) = (keyLayout(width: 860), keyLayout(width: 400))
    let body = labels.count * rowHeight + Self.axisHeight + 8
    func choice(_ narrow: Int, _ wide: Int) -> String { narrow == wide ? "\(wide)" : "(\(Self.isNarrow) ? \(narrow) : \(wide))" }
    let keyHeights = choice(narrowKey.rows * Self.keyRowHeight, wideKey.rows * Self.keyRowHeight)
    return """
      # \(printable(title))
      # Edit this script or \(name).dat, then draw it again: gnuplot \(name).gp
      \(Self.sizeAndFormat(name, height: "\(body) + \(keyHeights)"))
      set encoding utf8
      set lmargin at screen \(margin(labels)) / WIDTH
      set rmargin at screen 1 - \(margin(figures)) / WIDTH
      set tmargin at screen 1 - (6.0 + \(keyHeights)) / HEIGHT
      set bmargin at screen \(Self.axisHeight).0 / HEIGHT
      set border 1 linecolor rgb '\(Palette.quiet.light)'
      set tics nomirror textcolor rgb '\(Palette.ink.light)'
      set grid xtics linecolor rgb '\(Palette.grid.light)' linetype 1 linewidth 1
      set key off
      set yrange [\(-Double(labels.count) + 0.5):0.5]
      set ytics scale 0 (\(rowTics(28))) noenhanced
      \(rowTics(28) == rowTics(Self.narrowLabel) ? "" : "if (\(Self.isNarrow)) set ytics (\(rowTics(Self.narrowLabel)))")
      \(label(1, axisTitle, x: "0.5", y: "12.0 / HEIGHT", "center", Palette.quiet))
      \(figures.enumerated().map { row, figure in
        "set label \(row + 2) \(Self.quoted(figure)) at graph 1, first \(-row) offset 1, 0 left textcolor rgb '\(Palette.ink.light)' noenhanced"
      }.joined(separator: "\n"))
      \(keyScript(narrowKey, wideKey))
      """
  }

  private static let narrowLabel = 16

  private func margin(_ texts: [String]) -> String {
    func pixels(_ limit: Int) -> Double { Double(min(limit, texts.map(\.count).max() ?? 0)) * Self.characterWidth + 14 }
    let (narrow, wide) = (pixels(Self.narrowLabel), pixels(28))
    return narrow == wide ? "\(wide)" : "(\(Self.isNarrow) ? \(narrow) : \(wide))"
  }

  private func rowTics(_ limit: Int) -> String {
    labels.enumerated().map { "\(Self.quoted(shortened($1, to: limit))) \(-$0)" }.joined(separator: ", ")
  }

  private func label(_ number: Int, _ text: String, x: String, y: String, _ alignment: String, _ color: PaletteColor) -> String {
    "set label \(number) \(Self.quoted(text)) at screen \(x), screen \(y) \(alignment) textcolor rgb '\(color.light)' noenhanced"
  }

  private struct KeyLayout {
    var positions: [(x: Double, row: Int)] = []
    var rows: Int { positions.last.map { $0.row + 1 } ?? 0 }
  }

  /// Entries side by side until the line is full.
  private func keyLayout(width: Double) -> KeyLayout {
    var layout = KeyLayout()
    var (x, row) = (8.0, 0)
    for entry in key {
      let wide = Double(entry.text.count) * Self.characterWidth + 36
      if x > 8, x + wide > width {
        x = 8
        row += 1
      }
      layout.positions.append((x, row))
      x += wide
    }
    return layout
  }

  private func keyScript(_ narrow: KeyLayout, _ wide: KeyLayout) -> String {
    guard !key.isEmpty else { return "" }
    func labels(_ layout: KeyLayout) -> String {
      zip(key, layout.positions).enumerated().map { index, entry in
        let y = "1 - \(Double(entry.1.row * Self.keyRowHeight) + 10) / HEIGHT"
        return "  "
          + label(101 + index, entry.0.text, x: "\(entry.1.x) / WIDTH", y: y, "left", Palette.ink)
          + " point pointtype 5 pointsize 0.9 linecolor rgb '\(entry.0.color.light)' offset 1.4, -0.35"
      }.joined(separator: "\n")
    }
    return "if (\(Self.isNarrow)) {\n\(labels(narrow))\n} else {\n\(labels(wide))\n}\n"
  }

  /// A string in single quotes, in which gnuplot obeys nothing: no backslash, no backquote, no macro. An apostrophe becomes a
  /// typographic one, because gnuplot 5.4 misreads a label that ends in a doubled one.
  static func quoted(_ text: String) -> String { "'" + printable(text).replacing(scalars: ["'": "’"]) + "'" }
}
