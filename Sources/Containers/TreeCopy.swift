import Glibc

/// Copies what a folder holds into another one: folders, files, links and devices with their owners, modes and times.
///
/// The image decides what there is: no link is followed, and nothing is opened but folders and plain files.
enum TreeCopy {
  /// - Parameters:
  ///   - source: an opened folder.
  ///   - target: an opened folder that holds nothing yet.
  ///   - name: what errors call them.
  static func copy(from source: Int32, to target: Int32, name: String) throws(ContainerError) {
    let folder = openat(source, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard folder >= 0, let stream = fdopendir(folder) else {
      let code = errno
      if folder >= 0 { close(folder) }
      throw ContainerError(failed: "read the folder \(name)", code: code)
    }
    defer { closedir(stream) }
    while let entry = readdir(stream) {
      let entryName = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if entryName == "." || entryName == ".." { continue }
      try copyEntry(entryName, from: folder, to: target, path: name + "/" + entryName)
    }
  }

  private static func copyEntry(_ name: String, from source: Int32, to target: Int32, path: String) throws(ContainerError) {
    var status = stat()
    guard fstatat(source, name, &status, noFollow) == 0 else { throw ContainerError(failed: "look at \(path)") }
    switch status.st_mode & S_IFMT {
    case S_IFDIR: try copyFolder(name, from: source, to: target, path: path)
    case S_IFREG: try copyFile(name, from: source, to: target, path: path)
    case S_IFLNK: try copyLink(name, from: source, to: target, path: path)
    // A socket without its listener is of no use.
    case S_IFSOCK: return
    default:
      guard mknodat(target, name, status.st_mode, status.st_rdev) == 0 else { throw ContainerError(failed: "copy \(path)") }
    }
    try copyAttributes(status, to: target, name, path: path)
  }

  private static func copyFolder(_ name: String, from source: Int32, to target: Int32, path: String) throws(ContainerError) {
    let flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC
    guard mkdirat(target, name, 0o700) == 0 else { throw ContainerError(failed: "copy the folder \(path)") }
    let (from, to) = (openat(source, name, flags), openat(target, name, flags))
    defer { for folder in [from, to] where folder >= 0 { close(folder) } }
    guard from >= 0, to >= 0 else { throw ContainerError(failed: "copy the folder \(path)") }
    try copy(from: from, to: to, name: path)
  }

  private static func copyFile(_ name: String, from source: Int32, to target: Int32, path: String) throws(ContainerError) {
    let from = openat(source, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
    let to = openat(target, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    defer { for file in [from, to] where file >= 0 { close(file) } }
    guard from >= 0, to >= 0 else { throw ContainerError(failed: "copy \(path)") }
    while true {
      let count = sendfile(to, from, nil, 1 << 20)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw ContainerError(failed: "copy \(path)") }
      if count == 0 { return }
    }
  }

  private static func copyLink(_ name: String, from source: Int32, to target: Int32, path: String) throws(ContainerError) {
    let isCopied = withUnsafeTemporaryAllocation(of: CChar.self, capacity: 4097) { buffer in
      let count = readlinkat(source, name, buffer.baseAddress!, 4096)
      guard count >= 0 else { return false }
      buffer[count] = 0
      return symlinkat(buffer.baseAddress!, target, name) == 0
    }
    guard isCopied else { throw ContainerError(failed: "copy the link \(path)") }
  }

  /// The owner first: changing it takes set-user-ID bits away (chown(2)).
  private static func copyAttributes(_ status: stat, to target: Int32, _ name: String, path: String) throws(ContainerError) {
    var isCopied = fchownat(target, name, status.st_uid, status.st_gid, noFollow) == 0
    if status.st_mode & S_IFMT != S_IFLNK { isCopied = isCopied && fchmodat(target, name, status.st_mode & 0o7777, 0) == 0 }
    guard isCopied else { throw ContainerError(failed: "give \(path) its owner and mode") }
    var times = (status.st_atim, status.st_mtim)
    withUnsafePointer(to: &times) {
      _ = $0.withMemoryRebound(to: timespec.self, capacity: 2) { utimensat(target, name, $0, noFollow) }
    }
  }

  /// AT_SYMLINK_NOFOLLOW
  private static let noFollow: Int32 = 0x100
}
