/// A file or folder of an image's root file system.
public struct ImageFile: Sendable, Equatable {
  /// Where the bytes come from, or that there are none.
  public enum Content: Sendable, Equatable {
    /// The bytes of a file on this machine, read when the image is written.
    case file(String)
    /// Given as they are; nothing is read from this machine.
    case bytes([UInt8])
    /// Empty unless other entries lie in it; the folders above a file need no entry.
    case folder
  }

  /// Absolute path inside the image.
  public var path: String
  /// Decides whether the entry is a file or a folder.
  public var content: Content
  /// Permission bits; folders always have 0755.
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

  /// The file's bytes; empty for a folder.
  func read() throws(OCIError) -> [UInt8] {
    switch content {
    case .file(let source): try File.read(source)
    case .bytes(let bytes): bytes
    case .folder: []
    }
  }

  /// Refuses paths that would leave the image or mean nothing in it.
  func check() throws(OCIError) {
    guard path.hasPrefix("/"), path.utf8.count > 1, !path.utf8.contains(0),
      !path.split(separator: "/").contains(where: { $0 == "." || $0 == ".." })
    else { throw .unfit("the image path \"\(path)\" must be absolute and free of \".\" and \"..\"") }
  }
}
