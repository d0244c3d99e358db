import Glibc

/// A pid and mount namespace of the launcher's own. Its first process is the launcher: when that ends, for whatever reason, the kernel
/// kills every other process of the namespace, and the mounts made in it vanish with the last one.
enum Enclosure {
  /// Splits this process: the outer one waits for the inner one and ends with it; only the inner one returns.
  /// Each dies with its parent. `emptyFolders` are covered by empty private file systems inside.
  /// - Throws: `SystemError` where the kernel refuses, usually for want of root; nothing has changed then.
  static func enter(emptyFolders: [String]) throws {
    try System.unshareProcessesAndMounts()
    let inner = forkProcess()
    guard inner >= 0 else { throw SystemError("fork") }
    if inner > 0 {
      close(0)
      close(1)
      let status = System.reap(inner).status
      _exit(status & 0x7f == 0 ? (status >> 8) & 0xff : 1)
    }
    System.dieWithParent()
    do {
      try System.makeMountsPrivate()
      try System.mountFileSystem("proc", at: "/proc")
      for folder in emptyFolders {
        mkdir(folder, 0o755)
        try System.mountFileSystem("tmpfs", at: folder)
      }
    } catch let error as SystemError {
      System.writeAll(2, "error: harness-launcher: \(error.message)\n")
      _exit(71)
    }
  }
}
