import FoundationEssentials
import OCI

/// A trial's own copy of a test's root folder. Tests write into their root: with a copy each, none sees what another leaves, tests can run
/// side by side, and the suite stays as it is.
///
/// What a test leaves is called `*.cleanup` (WASI test suite, "Execution Preparation"). It is deleted before a test by not being copied, and
/// after it with the whole copy; symbolic links of that name are left alone, as the suite's own runner does.
enum RootCopy {
  private static let leftover = ".cleanup"

  /// Something in the folder; `path` is relative to it.
  struct Entry: Equatable {
    enum Kind: Equatable {
      case folder, file
      case link(String)
    }
    var path: String
    var kind: Kind
  }

  /// Copies a folder to `destination`, which is made.
  static func make(of source: String, at destination: String) throws {
    let files = FileManager.default
    try files.createDirectory(atPath: destination, withIntermediateDirectories: true)
    for entry in try entries(of: source) {
      let target = "\(destination)/\(entry.path)"
      switch entry.kind {
      case .folder: try files.createDirectory(atPath: target, withIntermediateDirectories: false)
      case .file: try files.copyItem(atPath: "\(source)/\(entry.path)", toPath: target)
      case .link(let content): try files.createSymbolicLink(atPath: target, withDestinationPath: content)
      }
    }
  }

  /// The same as files of an image whose root it is.
  static func imageFiles(of source: String) throws -> [ImageFile] {
    try entries(of: source).map { entry in
      let path = "/" + entry.path
      return switch entry.kind {
      case .folder: ImageFile(path: path, content: .folder)
      case .file: ImageFile(path: path, source: "\(source)/\(entry.path)")
      case .link(let content): ImageFile(path: path, content: .link(content))
      }
    }
  }

  /// What is copied, folders before what lies in them.
  static func entries(of source: String, below folder: String = "") throws -> [Entry] {
    let files = FileManager.default
    var entries: [Entry] = []
    for name in try files.contentsOfDirectory(atPath: source + "/" + folder).sorted() {
      let path = folder.isEmpty ? name : "\(folder)/\(name)"
      switch try files.attributesOfItem(atPath: "\(source)/\(path)")[.type] as? FileAttributeType {
      case .typeSymbolicLink:
        entries.append(Entry(path: path, kind: .link(try files.destinationOfSymbolicLink(atPath: "\(source)/\(path)"))))
      case _ where name.hasSuffix(leftover): continue
      case .typeDirectory: entries += [Entry(path: path, kind: .folder)] + (try Self.entries(of: source, below: path))
      case .typeRegular: entries.append(Entry(path: path, kind: .file))
      default: throw LaunchRefused(reason: "\(source)/\(path) is neither a file nor a folder nor a link, and cannot be copied for a test")
      }
    }
    return entries
  }
}
