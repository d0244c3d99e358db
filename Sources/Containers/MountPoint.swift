import Glibc

/// A place in the container's tree where something is to be mounted, looked up once and held as a descriptor.
///
/// The image decides what its folders and links are, and other containers may change them at the same moment. So a place is looked up by
/// the kernel with the process's root as the end of every way (openat2(2), RESOLVE_IN_ROOT): neither `..` nor an absolute link leads out of
/// it, and links of proc to what a process holds are refused. What is missing is made in the folder that was found before.
struct MountPoint {
  let descriptor: Int32
  private let path: String

  /// A place that is there, whatever it is.
  init(_ path: String) throws(ContainerError) {
    self.path = path
    descriptor = Self.find(path)
    guard descriptor >= 0 else { throw ContainerError(failed: "find \(path)") }
  }

  /// A folder, made with those above it where it is missing.
  init(folder path: String) throws(ContainerError) {
    self.path = path
    descriptor = try Self.make(path, what: "folder") { mkdirat($0, $1, 0o755) }
  }

  /// A file, made empty, with folders above it, where it is missing.
  init(file path: String) throws(ContainerError) {
    self.path = path
    descriptor = try Self.make(path, what: "file") { mknodat($0, $1, S_IFREG | 0o644, 0) }
  }

  func close() { Glibc.close(descriptor) }

  // MARK: Looking up

  private static func find(_ path: String) -> Int32 { Linux.openBelowRoot(path.isEmpty ? "/" : path) }

  private static func make(
    _ path: String, what: String, _ makeLast: (Int32, String) -> Int32
  ) throws(ContainerError) -> Int32 {
    var found = find(path)
    if found >= 0 || errno != ENOENT { return try checked(found, path, what) }
    let names = path.split(separator: "/")
    found = find("/")
    var way = ""
    for (index, name) in names.enumerated() {
      way += "/" + name
      var next = find(way)
      if next < 0, errno == ENOENT {
        let isMade = index == names.count - 1 ? makeLast(found, String(name)) : mkdirat(found, String(name), 0o755)
        // A link to nowhere exists and leads nowhere; somebody else may have been quicker.
        if isMade == 0 || errno == EEXIST { next = find(way) }
      }
      let code = errno
      Glibc.close(found)
      errno = code
      found = try checked(next, path, what)
    }
    return found
  }

  private static func checked(_ descriptor: Int32, _ path: String, _ what: String) throws(ContainerError) -> Int32 {
    guard descriptor >= 0 else { throw ContainerError(failed: "make the \(what) \(path)") }
    return descriptor
  }

  // MARK: Mounting

  /// mount(2) here.
  /// - Throws: naming what could not be mounted, with the error's number.
  func mount(_ source: String, type: String, flags: UInt, data: String) throws(ContainerError) {
    guard enter(), Glibc.mount(source, ".", type, flags, data) == 0 else {
      throw ContainerError(failed: "mount \(type.isEmpty ? source : type) on \(path)")
    }
    chdir("/")
  }

  /// Attaches a mount that hangs nowhere yet, as restricted as the options say.
  func attach(_ mount: Int32, _ options: MountOptions, name: String) throws(ContainerError) {
    guard Mounting.restrict(mount, to: options) == 0, Linux.attach(mount, at: descriptor) == 0 else {
      throw ContainerError(failed: "mount \(name) on \(path)")
    }
  }

  /// Of the mount that this is the root of; a file's stays what it is.
  func setPropagation(_ flags: UInt) throws(ContainerError) {
    var status = stat()
    fstat(descriptor, &status)
    guard status.st_mode & S_IFMT == S_IFDIR else { return }
    try mount("none", type: "", flags: flags, data: "")
  }

  private func enter() -> Bool { fchdir(descriptor) == 0 }
}
