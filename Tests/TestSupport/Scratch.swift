import Foundation

/// A folder of a test's own; whoever makes it removes it.
public struct Scratch: Sendable {
  public let folder: String

  public init() throws {
    folder = FileManager.default.temporaryDirectory.path + "/harness-test-\(UUID().uuidString.prefix(8).lowercased())"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  }

  public func path(_ name: String) -> String { folder + "/" + name }

  public func remove() { try? FileManager.default.removeItem(atPath: folder) }
}
