import Digest
import Foundation

/// The files of a suite that is fetched, each with its SHA-256: the form of `sha256sum`, behind a line `# from URL` with the folder they lie in.
struct FileList {
  struct Entry {
    /// Relative to the suite's folder.
    var path: String
    /// 64 lower-case hexadecimal digits.
    var digest: String
  }

  /// The list's own path, for messages.
  let path: String
  /// URL of the folder, ending in `/`.
  let source: String
  let entries: [Entry]
  /// Of the list itself: another list has another copy.
  let digest: String

  /// - Throws: `CoordinatorError` with every line that is wrong.
  init(_ path: String) throws {
    guard let text = textFile(path) else {
      throw CoordinatorError(.missing, "\(path): the list of the suite's files cannot be read; restore it from the repository")
    }
    var source = ""
    var entries: [Entry] = []
    var problems: [String] = []
    for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() where !line.isEmpty {
      if line.hasPrefix("# from ") {
        source = String(line.dropFirst(7))
      } else if !line.hasPrefix("#") {
        guard let entry = Entry(line) else {
          problems.append("\(path):\(number + 1):1: must be a SHA-256 in lower case, two spaces and a path below the suite's folder")
          continue
        }
        entries.append(entry)
      }
    }
    if problems.isEmpty, source.isEmpty || entries.isEmpty {
      problems = ["\(path): needs a line \"# from URL\" and a line for each file"]
    }
    guard problems.isEmpty else { throw CoordinatorError(.badData, lines: problems) }
    self.path = path
    self.source = source.hasSuffix("/") ? source : source + "/"
    self.entries = entries
    digest = SHA256.hexadecimal(of: text.utf8)
  }
}

extension FileList.Entry {
  fileprivate init?(_ line: Substring) {
    let digest = line.prefix(64)
    let path = line.dropFirst(66)
    guard digest.count == 64, digest.allSatisfy({ $0.isASCII && ($0.isNumber || ("a"..."f").contains($0)) }),
      line.dropFirst(64).hasPrefix("  "), !path.isEmpty, !path.hasPrefix("/"), !path.split(separator: "/").contains("..")
    else { return nil }
    self.init(path: String(path), digest: String(digest))
  }
}
