import FoundationEssentials
import Observations

/// One self-contained page: no script, no font, no picture from anywhere else.
public enum HTMLReport {
  /// Writes `index.html` into `folder`, which is made where it is absent, and beside it `plots/` with the scripts and data
  /// the page's plots were drawn from. The page needs none of them to be read. Of a conformance run it is the conformance page.
  /// - Returns: the path of the page.
  /// - Throws: an error of the file system. A missing gnuplot is no error: the page says what is missing and how to get it.
  @discardableResult public static func write(_ results: RunResults, to folder: String) throws -> String {
    try write(results, to: folder, gnuplot: Gnuplot.find())
  }

  static func write(_ results: RunResults, to folder: String, gnuplot: Gnuplot?) throws -> String {
    if results.isConformance { return try ConformancePage.write(results, to: folder) }
    let summary = Summary(results)
    let folder = folder.hasSuffix("/") ? String(folder.dropLast()) : folder
    let plots = Plot.all(results, summary)
    try GnuplotReport.write(plots, to: folder + "/plots")
    let drawn = DrawnPlots(Plot.mostTellingFirst(plots), in: folder + "/plots", gnuplot: gnuplot)
    let path = folder + "/index.html"
    try Data(HTMLPage(results, summary, drawn).text.utf8).write(to: URL(filePath: path), options: .atomic)
    return path
  }
}
