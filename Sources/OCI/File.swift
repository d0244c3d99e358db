import Glibc

/// Whole files in memory: the blobs of our images are a few megabytes.
enum File {
  static func read(_ path: String) throws(OCIError) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .cannotRead(path: path, reason: OCIError.lastReason) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw .cannotRead(path: path, reason: OCIError.lastReason) }
    guard status.st_mode & S_IFMT == S_IFREG else { throw .cannotRead(path: path, reason: "not a regular file") }
    var bytes = [UInt8](repeating: 0, count: Int(status.st_size))
    var count = 0
    while count < bytes.count {
      let length = bytes.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress! + count, $0.count - count) }
      if length < 0 && errno == EINTR { continue }
      guard length >= 0 else { throw .cannotRead(path: path, reason: OCIError.lastReason) }
      guard length > 0 else { throw .cannotRead(path: path, reason: "it became shorter while it was read") }
      count += length
    }
    return bytes
  }

  /// Writes beside the place and renames into it, so that nobody ever sees half a file.
  static func write(_ bytes: [UInt8], to path: String, mode: mode_t = 0o644) throws(OCIError) {
    let unfinished = path + ".unfinished-\(getpid())"
    let descriptor = open(unfinished, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode)
    guard descriptor >= 0 else { throw .cannotWrite(path: path, reason: OCIError.lastReason) }
    var count = 0
    while count < bytes.count {
      let length = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress! + count, $0.count - count) }
      if length < 0 && errno == EINTR { continue }
      guard length > 0 else {
        let reason = OCIError.lastReason
        close(descriptor)
        unlink(unfinished)
        throw .cannotWrite(path: path, reason: reason)
      }
      count += length
    }
    // The mode given to open is cut by the umask.
    guard fchmod(descriptor, mode) == 0, close(descriptor) == 0, rename(unfinished, path) == 0 else {
      let reason = OCIError.lastReason
      unlink(unfinished)
      throw .cannotWrite(path: path, reason: reason)
    }
  }

  /// Makes a folder and the folders above it.
  static func makeFolder(_ path: String) throws(OCIError) {
    var made = path.hasPrefix("/") ? "" : "."
    for name in path.split(separator: "/") {
      made += "/" + name
      guard mkdir(made, 0o755) == 0 || errno == EEXIST else { throw .cannotWrite(path: made, reason: OCIError.lastReason) }
    }
  }

  /// Makes a symbolic link.
  static func link(_ path: String, to target: String) throws(OCIError) {
    guard symlink(target, path) == 0 else { throw .cannotWrite(path: path, reason: OCIError.lastReason) }
  }
}
