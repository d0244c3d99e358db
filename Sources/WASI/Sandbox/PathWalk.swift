import Glibc

/// Resolves a path one component at a time, for kernels and filters without openat2.
///
/// Invariant: `stack` holds descriptors of the starting directory and of directories entered from it one below the other, each
/// opened with O_NOFOLLOW by a single name that is not `..`. Going up pops the stack, so it never goes above the start, and no call
/// is given a name the kernel would resolve further. Symbolic links are read and spliced into the rest of the path, at most
/// `maximumLinks` of them.
struct PathWalk: ~Copyable {
  /// As many as Linux follows.
  private static let maximumLinks = 40

  private let start: Int32
  /// Directories entered below `start`.
  private var stack: [Int32] = []
  /// What is left to resolve, the next component last.
  private var rest: [[CChar]] = []
  /// The path ends in a slash (or in `.` or `..`): its last component must be a directory, and is followed.
  private var endsAsDirectory = false
  private var links = 0

  private init(_ start: Int32) { self.start = start }

  deinit { for descriptor in stack { close(descriptor) } }

  private var top: Int32 { stack.last ?? start }

  static func open(_ directory: Int32, _ path: UnsafePointer<CChar>, _ flags: Int32, _ mode: mode_t) throws(Errno) -> Int32 {
    var walk = PathWalk(directory)
    try walk.splice(UnsafeBufferPointer(start: path, count: strlen(path)), isWhole: true)
    return try walk.run(flags, mode)
  }

  private mutating func run(_ flags: Int32, _ mode: mode_t) throws(Errno) -> Int32 {
    while let name = rest.popLast() {
      if name.elementsEqual(Self.dot) { continue }
      if name.elementsEqual(Self.dotDot) {
        guard let left = stack.popLast() else { throw .perm }
        close(left)
        continue
      }
      if rest.isEmpty {
        if let result = try openLast(name, flags, mode) { return result }
      } else {
        try enter(name)
      }
    }
    // The path ended in a directory already entered.
    let result = openat(top, ".", flags, mode)
    guard result >= 0 else { throw .last }
    return result
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
    let follows = endsAsDirectory || (flags & O_NOFOLLOW == 0 && flags & (O_CREAT | O_EXCL) != O_CREAT | O_EXCL)
    if follows, try follow(name) { return nil }
    let descriptor = openat(top, name, flags | O_NOFOLLOW, mode)
    guard descriptor >= 0 else { throw .last }
    return descriptor
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
    guard first != slash else { throw .perm }
    let components = path.split(separator: slash)
    for component in components.reversed() { rest.append(Array(component) + [0]) }
    guard isWhole, let last = components.last else { return }
    if path.last == slash || last.elementsEqual(Self.dot.dropLast()) || last.elementsEqual(Self.dotDot.dropLast()) {
      endsAsDirectory = true
    }
  }

  private static let dot: [CChar] = [0x2E, 0]
  private static let dotDot: [CChar] = [0x2E, 0x2E, 0]
}
