import Glibc

extension Cgroup {
  /// Removes the cgroup and all below it from every hierarchy, without waiting.
  ///
  /// - Returns: false while there are processes in it, or ones that the kernel has not yet done away with: try again in some milliseconds.
  ///   True when nothing is left, also when there never was anything.
  public func remove() -> Bool {
    var isGone = true
    for folder in folders where !Cgroup.remove(folder) { isGone = false }
    return isGone
  }

  private static func remove(_ folder: CgroupFolder) -> Bool {
    if unlinkat(folder.root, folder.path, AT_REMOVEDIR) == 0 || errno == ENOENT { return true }
    // Cgroups below it keep it busy, whatever the kernel calls that.
    let below = folder.children()
    if below.isEmpty { return false }
    var isEmpty = true
    for child in below where !remove(child) { isEmpty = false }
    return isEmpty && (unlinkat(folder.root, folder.path, AT_REMOVEDIR) == 0 || errno == ENOENT)
  }
}

extension CgroupFolder {
  /// The cgroups right below this one.
  func children() -> [CgroupFolder] {
    var status = stat()
    // Each folder counts as a link to the one above; two are its own.
    if fstatat(root, path, &status, 0) != 0 || status.st_nlink == 2 { return [] }
    let descriptor = openat(root, path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return [] }
    guard let listing = fdopendir(descriptor) else {
      close(descriptor)
      return []
    }
    defer { closedir(listing) }
    var found: [CgroupFolder] = []
    while let entry = readdir(listing) {
      guard entry.pointee.d_type == DT_DIR else { continue }
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != "." && name != ".." { found.append(child(name)) }
    }
    return found
  }

  /// This cgroup and all below it.
  func forEachWithin(_ body: (CgroupFolder) -> Void) {
    body(self)
    for child in children() { child.forEachWithin(body) }
  }
}
