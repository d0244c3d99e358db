import Foundation

/// A folder of a test's own, gone with the last reference to it, or as soon as somebody removes it.
public final class Scratch: Sendable {
  public let folder: String

  public init() throws {
    folder = FileManager.default.temporaryDirectory.path + "/" + Leftovers.newName()
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  }

  deinit { remove() }

  public func path(_ name: String) -> String { folder + "/" + name }

  public func remove() { try? FileManager.default.removeItem(atPath: folder) }

  /// One for the whole test process, for what several tests use; removed when the process ends.
  public static let ofProcess: Result<Scratch, any Error> = Result {
    let scratch = try Scratch()
    atexit { try? Scratch.ofProcess.get().remove() }
    return scratch
  }
}
