/// The plots as the page shows them, or the reason why it cannot.
struct DrawnPlots {
  struct Drawn {
    var plot: Plot
    /// For wide and for narrow windows: shrinking one drawing would make its text too small to read.
    var html: String
  }

  var drawn: [Drawn] = []
  /// One sentence for each thing that went wrong.
  var problems: [String] = []
  /// Plots that a page has no room for.
  private(set) var left = 0

  /// Bytes of drawings in a page: with tables and data it stays below a megabyte.
  private static let mostBytes = 350_000

  private static let widths = [(width: 860, cssClass: "wide"), (width: 400, cssClass: "narrow")]

  init(_ plots: [Plot], in folder: String, gnuplot: Gnuplot?) {
    guard let gnuplot else {
      if !plots.isEmpty {
        problems = [
          "The plots are not drawn because gnuplot is not installed (\(Gnuplot.remedy)). Their scripts and data are in the folder plots beside this page."
        ]
      }
      return
    }
    var bytes = 0
    for start in stride(from: 0, to: plots.count, by: Gnuplot.batch) {
      guard bytes < Self.mostBytes else {
        left = plots.count - start
        return
      }
      let before = drawn.count
      draw(plots[start..<min(start + Gnuplot.batch, plots.count)], in: folder, gnuplot)
      bytes += drawn[before...].reduce(0) { $0 + $1.html.utf8.count }
    }
  }

  /// Draws plots together and, where that fails, each by itself: one that cannot be drawn takes no other with it.
  private mutating func draw(_ plots: ArraySlice<Plot>, in folder: String, _ gnuplot: Gnuplot) {
    let together = plots.count > 1 ? try? gnuplot.svgs(of: Array(plots), in: folder, widths: Self.widths.map(\.width)) : nil
    for (index, plot) in zip(plots.indices, plots) {
      do {
        let svgs = try together?[index - plots.startIndex] ?? gnuplot.svgs(of: [plot], in: folder, widths: Self.widths.map(\.width))[0]
        let html = try zip(svgs, Self.widths.map(\.cssClass)).map { svg, cssClass in
          let html = InlineSVG.html(
            svg, identifier: "plot-\(index)-\(cssClass)", title: plot.title, description: plot.description, cssClass: cssClass)
          guard let html else { throw Gnuplot.Failure(description: "gnuplot drew no SVG from \(plot.name).gp") }
          return html
        }
        drawn.append(Drawn(plot: plot, html: html.joined()))
      } catch {
        problems.append("\(error)")
      }
    }
  }
}
