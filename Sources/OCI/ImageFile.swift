/// A file, folder or symbolic link of an image's root file system.
public struct ImageFile: Sendable, Equatable {
  /// Where the bytes come from, or that there are none.
  public enum Content: Sendable, Equatable {
    /// The bytes of a file on this machine, read when the image is written.
    case file(String)
    /// Given as they are; nothing is read from this machine.
    case bytes([UInt8])
    /// Empty unless other entries lie in it; the folders above a file need no entry.
    case folder
    /// A symbolic link and what it points to, which need not exist.
    case link(String)
  }

  /// Absolute path inside the image.
  public var path: String
  /// Decides whether the entry is a file, a folder or a link.
  public var content: Content
  /// Permission bits of a file; folders always have 0755, links none of their own.
  public var mode: UInt32

  /// - Parameter source: path of the file on this machine.
  public init(path: String, source: String, mode: UInt32 = 0o644) {
    self.init(path: path, content: .file(source), mode: mode)
  }

  /// Does not check `path`: writing an image or a bundle refuses one that is not absolute or holds "." or "..".
  public init(path: String, content: Content, mode: UInt32 = 0o644) {
    self.path = path
    self.content = content
    self.mode = mode
  }

  /// The file's bytes; empty for a folder and a link.
  ///
  /// - Throws: `OCIError.cannotRead` for what is absent, no regular file, or not ours to read.
  public func read() throws(OCIError) -> [UInt8] {
    switch content {
    case .file(let source): try File.read(source)
    case .bytes(let bytes): bytes
    case .folder, .link: []
    }
  }

  /// Refuses paths that would leave the image or mean nothing in it.
  func check() throws(OCIError) {
    guard path.hasPrefix("/"), path.utf8.count > 1, !path.utf8.contains(0),
      !path.split(separator: "/").contains(where: { $0 == "." || $0 == ".." })
    else { throw .unfit("the image path \"\(path)\" must be absolute and free of \".\" and \"..\"") }
  }
}
