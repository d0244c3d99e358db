import Glibc

extension ImageFile {
  /// A file or a whole folder of this machine, for an image. Owners and times are left behind; of the permission bits only whether the
  /// owner may execute a file is kept, so that the same content gives the same image whoever checked it out.
  ///
  /// - Parameters:
  ///   - source: a file or folder; a symbolic link is followed here, and kept as a link inside a folder.
  ///   - path: absolute path inside the image.
  /// - Returns: entries in the order of their paths.
  /// - Throws: `OCIError` for what cannot be read, and for what is neither a file, a folder nor a link.
  public static func tree(at source: String, path: String) throws(OCIError) -> [ImageFile] {
    var status = stat()
    guard stat(source, &status) == 0 else { throw .cannotRead(path: source, reason: OCIError.lastReason) }
    var files: [ImageFile] = []
    try add(source, status, path, to: &files)
    return files
  }

  private static func add(_ source: String, _ status: stat, _ path: String, to files: inout [ImageFile]) throws(OCIError) {
    switch status.st_mode & S_IFMT {
    case S_IFREG: files.append(ImageFile(path: path, source: source, mode: status.st_mode & S_IXUSR != 0 ? 0o755 : 0o644))
    case S_IFLNK: files.append(ImageFile(path: path, content: .link(try target(of: source))))
    case S_IFDIR:
      // The image's own root needs no entry.
      if path != "/" { files.append(ImageFile(path: path, content: .folder)) }
      for name in try names(in: source) {
        let inner = source + "/" + name
        var status = stat()
        guard lstat(inner, &status) == 0 else { throw .cannotRead(path: inner, reason: OCIError.lastReason) }
        try add(inner, status, path == "/" ? "/" + name : path + "/" + name, to: &files)
      }
    default: throw .unfit("\(source) is neither a file, a folder nor a symbolic link; leave it out of the image")
    }
  }

  /// What lies in a folder, in the order of bytes.
  private static func names(in folder: String) throws(OCIError) -> [String] {
    guard let stream = opendir(folder) else { throw .cannotRead(path: folder, reason: OCIError.lastReason) }
    defer { closedir(stream) }
    var names: [String] = []
    errno = 0
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(validatingCString: $0) }
      }
      guard let name else { throw .unfit("\(folder) holds a name that is not UTF-8; rename it or leave it out of the image") }
      if name != ".", name != ".." { names.append(name) }
    }
    guard errno == 0 else { throw .cannotRead(path: folder, reason: OCIError.lastReason) }
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  private static func target(of link: String) throws(OCIError) -> String {
    var bytes = [UInt8](repeating: 0, count: Int(PATH_MAX))
    let length = bytes.withUnsafeMutableBytes { readlink(link, $0.baseAddress!.assumingMemoryBound(to: CChar.self), $0.count) }
    guard length >= 0 else { throw .cannotRead(path: link, reason: OCIError.lastReason) }
    guard let target = String(validating: bytes[..<length], as: UTF8.self) else {
      throw .unfit("\(link) points to a name that is not UTF-8; leave it out of the image")
    }
    return target
  }
}
