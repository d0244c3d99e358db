import FoundationEssentials
import Observations

/// Plots as scripts and data that a person can edit and run again.
public enum GnuplotReport {
  /// Writes `NAME.gp` and `NAME.dat` for every plot into `folder`, which is made where it is absent.
  /// - Throws: an error of the file system.
  public static func write(_ results: RunResults, to folder: String) throws {
    try write(Plot.all(results, Summary(results)), to: folder)
  }

  /// Writes them, and draws each as `NAME.svg` and `NAME.png` too.
  /// - Throws: an error of the file system, or what is missing, in words.
  public static func draw(_ results: RunResults, to folder: String) throws {
    try draw(Plot.all(results, Summary(results)), to: folder)
  }

  static func draw(_ plots: [Plot], to folder: String) throws {
    try write(plots, to: folder)
    guard let gnuplot = Gnuplot.find() else {
      throw Gnuplot.Failure(description: "the plots are not drawn because gnuplot is not installed: \(Gnuplot.remedy)")
    }
    try gnuplot.drawFiles(of: plots, in: folder)
  }

  static func write(_ plots: [Plot], to folder: String) throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    for plot in plots {
      try Data(plot.script.utf8).write(to: URL(filePath: "\(folder)/\(plot.name).gp"), options: .atomic)
      try Data(plot.data.utf8).write(to: URL(filePath: "\(folder)/\(plot.name).dat"), options: .atomic)
    }
  }
}
