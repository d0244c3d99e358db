import Glibc

/// Resolves a path one component at a time: for kernels and filters without openat2, and where an absolute link is met.
///
/// Invariant: `stack` holds descriptors of directories entered from `bottom` one below the other, each opened with O_NOFOLLOW by a single
/// name that is not `..`; `bottom` is the starting directory or the root. Going up pops the stack, so it never goes above the bottom, and no
/// call is given a name the kernel would resolve further. Symbolic links are read and spliced into the rest of the path, at most
/// `maximumLinks` of them; an absolute one begins anew at the root.
struct PathWalk: ~Copyable {
  /// As many as Linux follows.
  private static let maximumLinks = 40

  private let start: PathStart
  private var bottom: Int32
  /// An absolute link was followed: the bottom is the root, where `..` stays as it does in every root.
  private var isRooted = false
  /// Directories entered below `bottom`.
  private var stack: [Int32] = []
  /// What is left to resolve, the next component last.
  private var rest: [[CChar]] = []
  /// The path ends in a slash (or in `.` or `..`): its last component must be a directory, and is followed.
  private var endsAsDirectory = false
  private var links = 0

  private init(_ start: PathStart) {
    self.start = start
    bottom = start.directory
  }

  deinit { for descriptor in stack { close(descriptor) } }

  private var top: Int32 { stack.last ?? bottom }

  static func find(_ start: PathStart, _ path: UnsafePointer<CChar>, _ flags: Int32, _ mode: mode_t) throws(Errno) -> PathEnd {
    var walk = PathWalk(start)
    try walk.splice(UnsafeBufferPointer(start: path, count: strlen(path)), isWhole: true)
    return try walk.run(flags, mode)
  }

  private mutating func run(_ flags: Int32, _ mode: mode_t) throws(Errno) -> PathEnd {
    while let name = rest.popLast() {
      if name.elementsEqual(Self.dot) { continue }
      if name.elementsEqual(Self.dotDot) {
        try goUp()
      } else if let stream = streamAhead(name, flags) {
        return .stream(stream)
      } else if rest.isEmpty {
        if let result = try openLast(name, flags, mode) { return .file(result) }
      } else {
        try enter(name)
      }
    }
    // The path ended in a directory already entered.
    let result = openat(top, ".", flags, mode)
    guard result >= 0 else { throw .last }
    return .file(result)
  }

  private mutating func goUp() throws(Errno) {
    if let left = stack.popLast() {
      close(left)
    } else if !isRooted {
      throw .perm
    }
  }

  /// Descends into a directory, or replaces a symbolic link by its content.
  private mutating func enter(_ name: [CChar]) throws(Errno) {
    let descriptor = openat(top, name, O_PATH | O_NOFOLLOW | O_DIRECTORY | O_CLOEXEC)
    if descriptor >= 0 {
      stack.append(descriptor)
    } else if errno != ENOTDIR && errno != ELOOP {
      throw .last
    } else if try !follow(name) {
      throw .notdir
    }
  }

  /// - Returns: nil when the last component was a symbolic link that is resolved next.
  private mutating func openLast(_ name: [CChar], _ flags: Int32, _ mode: mode_t) throws(Errno) -> Int32? {
    var flags = flags
    if endsAsDirectory {
      // A slash behind a name that is to be created: open(2) says EISDIR whether it exists or not.
      guard flags & O_CREAT == 0 else { throw .isdir }
      flags |= O_DIRECTORY
    }
    if follows(flags), try follow(name) { return nil }
    let descriptor = openat(top, name, flags | O_NOFOLLOW, mode)
    guard descriptor >= 0 else { throw .last }
    return descriptor
  }

  /// Whether a link as the last component is followed.
  private func follows(_ flags: Int32) -> Bool {
    endsAsDirectory || (flags & O_NOFOLLOW == 0 && flags & (O_CREAT | O_EXCL) != O_CREAT | O_EXCL)
  }

  /// Puts the content of a symbolic link in front of the rest of the path.
  ///
  /// - Returns: false if the name is something else or nothing at all.
  private mutating func follow(_ name: [CChar]) throws(Errno) -> Bool {
    var content = [CChar](repeating: 0, count: Int(PATH_MAX))
    let length = readlinkat(top, name, &content, content.count)
    guard length >= 0 else {
      guard errno == EINVAL || errno == ENOENT else { throw .last }
      return false
    }
    guard length < content.count else { throw .nametoolong }
    links += 1
    guard links <= Self.maximumLinks else { throw .loop }
    let wasLast = rest.isEmpty
    try content.withUnsafeBufferPointer { (all) throws(Errno) in
      try splice(UnsafeBufferPointer(rebasing: all[..<length]), isWhole: wasLast)
    }
    return true
  }

  /// Adds a path's components in front of the rest.
  ///
  /// - Parameter isWhole: nothing follows this path, so its end says whether a directory is needed.
  private mutating func splice(_ path: UnsafeBufferPointer<CChar>, isWhole: Bool) throws(Errno) {
    guard let first = path.first else { throw .noent }
    let slash = CChar(bitPattern: UInt8(ascii: "/"))
    if first == slash { try beginAtRoot() }
    let components = path.split(separator: slash)
    for component in components.reversed() { rest.append(Array(component) + [0]) }
    guard isWhole, let last = components.last else { return }
    if path.last == slash || last.elementsEqual(Self.dot.dropLast()) || last.elementsEqual(Self.dotDot.dropLast()) {
      endsAsDirectory = true
    }
  }

  /// For an absolute link, which was found in the directory on top.
  private mutating func beginAtRoot() throws(Errno) {
    bottom = try start.rootOfAbsoluteLink(in: top)
    isRooted = true
    for descriptor in stack { close(descriptor) }
    stack.removeAll()
  }

  /// The standard stream that `/proc/self/fd/N` is. `/dev/stdout` and `/dev/fd/N` lead there, and on by a magic link, which only the
  /// kernel could follow.
  private func streamAhead(_ name: [CChar], _ flags: Int32) -> UInt32? {
    guard isRooted, stack.isEmpty, name == Self.streamPaths.top, follows(flags), !endsAsDirectory else { return nil }
    return Self.streamPaths.rests.firstIndex(of: rest).map(UInt32.init)
  }

  private static let dot: [CChar] = [0x2E, 0]
  private static let dotDot: [CChar] = [0x2E, 0x2E, 0]
  private static let streamPaths = (
    top: Array("proc".utf8CString), rests: (0...2).map { ["\($0)", "fd", "self"].map { Array($0.utf8CString) } }
  )
}
