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

  /// Opens `path`, which counts from `start` and is not empty.
  ///
  /// - Parameters:
  ///   - flags: of open(2). With `O_NOFOLLOW` a symbolic link as the last component is not followed.
  ///   - path: without a NUL byte inside; NUL-terminated.
  /// - Returns: a descriptor that closes on exec.
  /// - Throws: `perm` when the path leads out of the directory, `loop` when it leads to a standard stream, otherwise what open(2) says.
  func open(_ start: PathStart, _ path: UnsafePointer<CChar>, _ flags: Int32, mode: mode_t = 0) throws(Errno) -> Int32 {
    guard case .file(let descriptor) = try find(start, path, flags, mode: mode) else { throw .loop }
    return descriptor
  }

  /// The same for who can do something with a standard stream.
  func find(_ start: PathStart, _ path: UnsafePointer<CChar>, _ flags: Int32, mode: mode_t = 0) throws(Errno) -> PathEnd {
    // openat2 refuses flags that have no meaning with O_PATH.
    let flags = flags | O_CLOEXEC | (flags & O_PATH != 0 ? 0 : O_NOCTTY)
    if strategy == .automatic, !Openat2.isRefused {
      let descriptor = Openat2.open(start.directory, path, flags, mode)
      if descriptor >= 0 { return .file(descriptor) }
      switch errno {
      case ENOSYS, EPERM:
        // An old kernel, or a filter that does not know the call. A genuine EPERM comes back from the walk.
        if errno == ENOSYS { Openat2.isRefused = true }
      case EXDEV:
        // `..` above the directory, or an absolute link: the kernel knows one bound, which is either the directory or the root.
        if start.root == nil { throw .perm }
      default: throw .last
      }
    }
    return try PathWalk.find(start, path, flags, mode)
  }
}

/// What a path led to.
enum PathEnd {
  /// A new descriptor.
  case file(Int32)
  /// The guest's own descriptor 0, 1 or 2, by an absolute link such as `/dev/stdout`.
  case stream(UInt32)
}
