import Glibc

/// Makes what something is to be mounted on. Called inside the container's own root, where a path cannot lead anywhere else.
enum MountPoint {
  /// A folder and those above it.
  static func makeFolder(_ path: String) throws(ContainerError) {
    if mkdir(path, 0o755) == 0 || errno == EEXIST {
      // A symbolic link to nowhere exists too.
      var status = stat()
      if stat(path, &status) == 0 { return }
    }
    guard let slash = path.lastIndex(of: "/"), slash > path.startIndex else { throw ContainerError(failed: "make the folder \(path)") }
    try makeFolder(String(path[..<slash]))
    guard mkdir(path, 0o755) == 0 || errno == EEXIST else { throw ContainerError(failed: "make the folder \(path)") }
  }

  /// An empty file and the folders above it.
  static func makeFile(_ path: String) throws(ContainerError) {
    var status = stat()
    if stat(path, &status) == 0 { return }
    if let slash = path.lastIndex(of: "/"), slash > path.startIndex { try makeFolder(String(path[..<slash])) }
    let file = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0o644)
    guard file >= 0 else { throw ContainerError(failed: "make the file \(path)") }
    close(file)
  }
}
