import FoundationEssentials
import Observations

/// Plots as scripts and data that a person can edit and run again.
public enum GnuplotReport {
  /// Writes `NAME.gp` and `NAME.dat` for every plot into `folder`, which is made where it is absent.
  /// - Throws: an error of the file system.
  public static func write(_ results: RunResults, to folder: String) throws {
    try write(Plot.all(results, Summary(results)), to: folder)
  }

  static func write(_ plots: [Plot], to folder: String) throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    for plot in plots {
      try Data(plot.script.utf8).write(to: URL(filePath: "\(folder)/\(plot.name).gp"), options: .atomic)
      try Data(plot.data.utf8).write(to: URL(filePath: "\(folder)/\(plot.name).dat"), options: .atomic)
    }
  }
}
