import Digest
import Foundation

/// A suite's own copy in the user's cache, fetched file by file. What is there is checked against the list every time: a file that is
/// missing or another is fetched anew, and nothing unchecked is ever used.
struct FetchedSuite {
  let list: FileList
  /// The copy's folder.
  let folder: String

  init(_ list: FileList, cache: String = Self.cache()) {
    self.list = list
    folder = "\(cache)/suites/\(list.digest.prefix(16))"
  }

  /// The harness's folder in the user's cache (XDG Base Directory Specification).
  static func cache(_ environment: [String: String] = ProcessInfo.processInfo.environment) -> String {
    let home = environment["XDG_CACHE_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil }
    return (home ?? NSHomeDirectory() + "/.cache") + "/harness"
  }

  /// - Parameters:
  ///   - source: URL to fetch from instead of the list's own.
  ///   - tell: is told once how much is fetched, before it begins.
  /// - Throws: `CoordinatorError`: `.missing` where it cannot be had, `.badData` where what is served is something else.
  func complete(from source: String?, tell: (String) -> Void) throws {
    let missing = list.entries.filter { !isRight($0, at: folder + "/" + $0.path) }
    guard !missing.isEmpty else { return }
    let base = source.map { $0.hasSuffix("/") ? $0 : $0 + "/" } ?? list.source
    let download = try Download(base)
    tell("fetching \(missing.count) file(s) of the suite from \(base) into \(folder)")
    for entry in missing {
      let path = folder + "/" + entry.path
      let part = path + ".\(getpid()).part"
      defer { unlink(part) }
      try makeFolder(URL(fileURLWithPath: path).deletingLastPathComponent().path)
      do throws(Download.Failure) {
        try download.fetch(entry.path, to: part)
      } catch {
        throw CoordinatorError(
          .missing,
          "\(base)\(entry.path): \(error.reason); nothing was tested: try again with a network, or give a copy of the suite: --suite DIR")
      }
      guard isRight(entry, at: part) else {
        throw CoordinatorError(
          .badData,
          "\(base)\(entry.path): is not the file that \(list.path) lists (another SHA-256); fetch it from another place: --from URL")
      }
      guard rename(part, path) == 0 else { throw unwritable(path) }
    }
  }

  private func isRight(_ entry: FileList.Entry, at path: String) -> Bool {
    guard let data = try? Data(contentsOf: URL(fileURLWithPath: path)) else { return false }
    return SHA256.hexadecimal(of: data) == entry.digest
  }

  private func makeFolder(_ path: String) throws {
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    } catch {
      throw CoordinatorError(
        .cannotCreate, "\(path): cannot be made (\(systemReason(error))); set XDG_CACHE_HOME to a folder that can be written")
    }
  }

  private func unwritable(_ path: String) -> CoordinatorError {
    CoordinatorError(.cannotCreate, "\(path): cannot be written (\(String(cString: strerror(errno)))); is the disk full?")
  }
}
