import FoundationEssentials
import Observations

/// One self-contained page: no script, no font, no picture from anywhere else.
public enum HTMLReport {
  /// Writes `index.html` into `folder`, which is made where it is absent.
  /// - Returns: the path of the page.
  /// - Throws: an error of the file system.
  public static func write(_ results: RunResults, to folder: String) throws -> String {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let path = folder.hasSuffix("/") ? folder + "index.html" : folder + "/index.html"
    try Data(HTMLPage(results).text.utf8).write(to: URL(filePath: path), options: .atomic)
    return path
  }
}
