import Glibc

extension CgroupFolder {
  /// The cgroups right below this one.
  func children() -> [CgroupFolder] {
    var status = stat()
    // Each folder counts as a link to the one above; two are its own.
    if fstatat(root, path, &status, 0) != 0 || status.st_nlink == 2 { return [] }
    return entries(folders: true).map(child)
  }

  /// Names of the files of this cgroup.
  func files() -> [String] { entries(folders: false) }

  private func entries(folders: Bool) -> [String] {
    let descriptor = openat(root, path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return [] }
    guard let listing = fdopendir(descriptor) else {
      close(descriptor)
      return []
    }
    defer { closedir(listing) }
    var found: [String] = []
    while let entry = readdir(listing) {
      guard (entry.pointee.d_type == DT_DIR) == folders else { continue }
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != "." && name != ".." { found.append(name) }
    }
    return found
  }

  /// This cgroup and all below it.
  func forEachWithin(_ body: (CgroupFolder) -> Void) {
    body(self)
    for child in children() { child.forEachWithin(body) }
  }
}
