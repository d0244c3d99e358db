import Glibc

/// A place in the container's tree where something is to be mounted, looked up once and held as a descriptor.
///
/// The image decides what its folders and links are, and other containers may change them at the same moment. So a place is looked up by
/// the kernel with the process's root as the end of every way (openat2(2), RESOLVE_IN_ROOT): neither `..` nor an absolute link leads out of
/// it, and links of proc to what a process holds are refused. What is missing is made in the folder that was found before; where a link
/// leads to something missing, at the link's end.
struct MountPoint {
  let descriptor: Int32
  /// Whether it had to be made.
  let isNew: Bool
  private let path: String

  /// A place that is there, whatever it is.
  init(_ path: String) throws(ContainerError) {
    self.path = path
    isNew = false
    descriptor = Self.find(path)
    guard descriptor >= 0 else { throw ContainerError(failed: "find \(path)") }
  }

  /// A folder, made with those above it where it is missing.
  init(folder path: String) throws(ContainerError) {
    self.path = path
    (descriptor, isNew) = try Self.make(path, what: "folder") { mkdirat($0, $1, 0o755) }
  }

  /// A file, made empty, with folders above it, where it is missing.
  init(file path: String) throws(ContainerError) {
    self.path = path
    (descriptor, isNew) = try Self.make(path, what: "file") { mknodat($0, $1, S_IFREG | 0o644, 0) }
  }

  func close() { Glibc.close(descriptor) }

  // MARK: Looking up

  private static func find(_ path: String) -> Int32 { Linux.openBelowRoot(path.isEmpty ? "/" : path) }

  /// As many as the kernel follows on one way (path_resolution(7)).
  private static let mostLinks = 40

  private static func make(
    _ path: String, what: String, _ makeLast: (Int32, String) -> Int32
  ) throws(ContainerError) -> (descriptor: Int32, isNew: Bool) {
    var way = path
    for _ in 0...mostLinks {
      let found = find(way)
      if found >= 0 { return (found, false) }
      guard errno == ENOENT else { break }
      switch makeEveryStep(way, makeLast) {
      case .made(let descriptor): return (descriptor, true)
      case .leadsOn(let other): way = other
      case .failed(let code): throw ContainerError(failed: "make the \(what) \(path)", code: code)
      }
      errno = ELOOP
    }
    throw ContainerError(failed: "make the \(what) \(path)")
  }

  private enum Making {
    case made(Int32)
    /// A link was met that leads to something missing: where the way goes on from there.
    case leadsOn(String)
    case failed(Int32)
  }

  private static func makeEveryStep(_ path: String, _ makeLast: (Int32, String) -> Int32) -> Making {
    let names = path.split(separator: "/")
    var found = find("/")
    var way = ""
    for (index, name) in names.enumerated() {
      guard found >= 0 else { return .failed(errno) }
      let folder = found
      defer { Glibc.close(folder) }
      let above = way
      way += "/" + name
      found = find(way)
      guard found < 0, errno == ENOENT else { continue }
      let isMade = index == names.count - 1 ? makeLast(folder, String(name)) : mkdirat(folder, String(name), 0o755)
      // Somebody else may have been quicker.
      guard isMade == 0 || errno == EEXIST else { return .failed(errno) }
      found = find(way)
      if found < 0, errno == ENOENT, let target = linkTarget(folder, String(name)) {
        return .leadsOn(
          ([target.hasPrefix("/") ? target : above + "/" + target] + names[(index + 1)...].map(String.init)).joined(separator: "/"))
      }
    }
    return found >= 0 ? .made(found) : .failed(errno)
  }

  private static func linkTarget(_ folder: Int32, _ name: String) -> String? {
    withUnsafeTemporaryAllocation(byteCount: 4096, alignment: 1) { buffer in
      let count = readlinkat(folder, name, buffer.baseAddress!.assumingMemoryBound(to: CChar.self), buffer.count)
      return count > 0 && count < buffer.count ? String(decoding: buffer[..<count], as: UTF8.self) : nil
    }
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
