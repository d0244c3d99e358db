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
