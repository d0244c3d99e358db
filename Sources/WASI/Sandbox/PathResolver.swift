import Glibc

/// Opens paths below a directory so that nothing above it is reached: not by `..`, by absolute paths, by symbolic links, or by
/// somebody who moves directories meanwhile.
///
/// This is the sandbox's only door. Whatever works on a path opens it, or its parent directory, here first.
struct PathResolver: Sendable {
  enum Strategy: Sendable {
    /// Let the kernel do it (`openat2`, Linux 5.6); walk where it cannot.
    case automatic
    /// Always walk, component by component.
    case walk
  }

  let strategy: Strategy

  /// Opens `path`, which is relative to `directory` and not empty.
  ///
  /// - Parameters:
  ///   - flags: of open(2). With `O_NOFOLLOW` a symbolic link as the last component is not followed.
  ///   - path: without a NUL byte inside; NUL-terminated.
  /// - Returns: a descriptor that closes on exec.
  /// - Throws: `perm` when the path leads out of the directory, otherwise what open(2) says.
  func open(_ directory: Int32, _ path: UnsafePointer<CChar>, _ flags: Int32, mode: mode_t = 0) throws(Errno) -> Int32 {
    // openat2 refuses flags that have no meaning with O_PATH.
    let flags = flags | O_CLOEXEC | (flags & O_PATH != 0 ? 0 : O_NOCTTY)
    if strategy == .automatic, !Openat2.isRefused {
      let descriptor = Openat2.open(directory, path, flags, mode)
      if descriptor >= 0 { return descriptor }
      switch errno {
      case ENOSYS, EPERM:
        // An old kernel, or a filter that does not know the call. A genuine EPERM comes back from the walk.
        if errno == ENOSYS { Openat2.isRefused = true }
      case EXDEV: throw .perm
      default: throw .last
      }
    }
    return try PathWalk.open(directory, path, flags, mode)
  }
}
