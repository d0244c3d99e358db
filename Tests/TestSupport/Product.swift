import Foundation

/// Executables of this package, built beside the tests.
public enum Product {
  public static func path(_ name: String) -> String { folder + "/" + name }

  /// The folder of the test bundle, which the runner has loaded.
  private static let folder: String = {
    let maps = (try? String(contentsOfFile: "/proc/self/maps", encoding: .utf8)) ?? ""
    let line = maps.split(separator: "\n").first { $0.hasSuffix(".xctest") } ?? ""
    let bundle = line.drop { $0 != "/" }
    return String(bundle[..<(bundle.lastIndex(of: "/") ?? bundle.startIndex)])
  }()
}
