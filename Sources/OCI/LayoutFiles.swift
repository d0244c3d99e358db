import Glibc

/// The files of an image layout, wherever they lie: a folder, or a tar archive of one.
struct LayoutFiles {
  private enum Place {
    case folder
    case archive([UInt8], [String: Range<Int>])
  }

  let path: String
  private let place: Place

  init(path: String) throws(OCIError) {
    self.path = path
    var status = stat()
    guard stat(path, &status) == 0 else { throw .cannotRead(path: path, reason: OCIError.lastReason) }
    if status.st_mode & S_IFMT == S_IFDIR {
      place = .folder
      return
    }
    let bytes = try File.read(path)
    var reader = TarReader(bytes, path: path)
    var contents: [String: Range<Int>] = [:]
    while let entry = try reader.next() {
      guard entry.type == Tar.EntryType.file || entry.type == Tar.EntryType.oldFile else { continue }
      contents[entry.path.split(separator: "/").filter { $0 != "." }.joined(separator: "/")] = entry.content
    }
    place = .archive(bytes, contents)
  }

  /// A file by its path inside the layout; nil if there is none.
  func read(_ name: String) throws(OCIError) -> [UInt8]? {
    switch place {
    case .folder:
      guard access(path + "/" + name, F_OK) == 0 else { return nil }
      return try File.read(path + "/" + name)
    case .archive(let bytes, let contents):
      return contents[name].map { Array(bytes[$0]) }
    }
  }
}
