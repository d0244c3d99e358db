import Glibc

/// The bytes of a module, at an address that does not change while anybody holds them: copied from an array, or a file's pages.
public final class ModuleBytes: @unchecked Sendable {
  /// Valid as long as this object lives.
  public let base: UnsafeRawPointer
  /// In bytes; not 0 where the bytes come from a file.
  public let count: Int
  private let isMapped: Bool
  /// Which file they come from, as it was when it was mapped.
  public private(set) var file: FileIdentity?
  /// Whose the bytes are, where they are not this object's.
  private let owner: AnyObject?

  /// Copies the array.
  public convenience init(_ array: [UInt8]) {
    let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: max(array.count, 1), alignment: 16)
    copy.copyBytes(from: array)
    self.init(base: UnsafeRawPointer(copy.baseAddress!), count: array.count, isMapped: false)
  }

  private init(base: UnsafeRawPointer, count: Int, isMapped: Bool) {
    self.base = base
    self.count = count
    self.isMapped = isMapped
    owner = nil
  }

  /// Bytes that somebody else keeps as long as he is kept.
  init(base: UnsafeRawPointer, count: Int, owner: AnyObject) {
    self.base = base
    self.count = count
    isMapped = false
    self.owner = owner
  }

  deinit {
    guard owner == nil else { return }
    if isMapped {
      munmap(UnsafeMutableRawPointer(mutating: base), count)
    } else {
      UnsafeMutableRawPointer(mutating: base).deallocate()
    }
  }

  /// Maps a regular file, which must not be shortened while the bytes live. A pipe at standard input, named as `/dev/stdin`, is read to its
  /// end, up to `longestStream` bytes.
  ///
  /// - Parameter path: terminated by NUL; it need not be UTF-8.
  /// - Throws: `unreadable` for anything else, which may have no end or never begin, and for what is empty; `tooLarge` without memory for it.
  public static func mapping(path: UnsafePointer<CChar>) throws(ModuleError) -> ModuleBytes {
    // Opening a named pipe would wait for a writer.
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
    guard file >= 0 else { throw unreadable("cannot open", path, lastError()) }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0 else { throw unreadable("cannot open", path, lastError()) }
    switch status.st_mode & S_IFMT {
    case S_IFREG:
      let bytes = try mapping(file, byteCount: Int(status.st_size), path)
      bytes.file = FileIdentity(status)
      return bytes
    // Through its own descriptor, which waits for the writer.
    case S_IFIFO where strcmp(path, "/dev/stdin") == 0: return try reading(STDIN_FILENO, path)
    case S_IFDIR: throw ModuleError(.unreadable, "\(String(cString: path)) is a directory, not a module")
    default: throw ModuleError(.unreadable, "\(String(cString: path)) is no regular file; a stream can be given as /dev/stdin")
    }
  }

  private static func mapping(_ file: Int32, byteCount count: Int, _ path: UnsafePointer<CChar>) throws(ModuleError) -> ModuleBytes {
    guard count > 0 else { throw ModuleError(.unreadable, "\(String(cString: path)) is empty") }
    guard let base = mmap(nil, count, PROT_READ, MAP_PRIVATE, file, 0), base != MAP_FAILED else {
      if errno == ENOMEM { throw ModuleError(.tooLarge, ResourceError.memory("the module", byteCount: count).description) }
      throw unreadable("cannot map", path, lastError())
    }
    return ModuleBytes(base: UnsafeRawPointer(base), count: count, isMapped: true)
  }

  /// Bytes of a module that are taken from a pipe: more than any module we know of, and a bound for a writer without end.
  static let longestStream = 256 << 20

  private static func reading(_ file: Int32, _ path: UnsafePointer<CChar>) throws(ModuleError) -> ModuleBytes {
    var content: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let got = read(file, &chunk, chunk.count)
      if got < 0 && errno == EINTR { continue }
      guard got >= 0 else { throw unreadable("cannot read", path, lastError()) }
      if got == 0 { break }
      guard content.count + got <= longestStream else {
        throw ModuleError(.unreadable, "\(String(cString: path)) has more than \(longestStream) bytes")
      }
      content += chunk[..<got]
    }
    guard !content.isEmpty else { throw ModuleError(.unreadable, "\(String(cString: path)) is empty") }
    return ModuleBytes(content)
  }

  private static func unreadable(_ what: String, _ path: UnsafePointer<CChar>, _ reason: String) -> ModuleError {
    ModuleError(.unreadable, "\(what) \(String(cString: path)): \(reason)")
  }

  private static func lastError() -> String { String(cString: strerror(errno)) }
}

/// What identifies a file's content without reading it. Containers of one image see a file through devices of their own, so that is compared
/// apart.
public struct FileIdentity: Sendable {
  var device: UInt64 = 0
  var inode: UInt64 = 0
  var size: Int64 = 0
  var modified: (Int, Int) = (0, 0)
  var changed: (Int, Int) = (0, 0)

  init() {}
  init(_ status: stat) {
    device = UInt64(status.st_dev)
    inode = UInt64(status.st_ino)
    size = Int64(status.st_size)
    modified = (status.st_mtim.tv_sec, status.st_mtim.tv_nsec)
    changed = (status.st_ctim.tv_sec, status.st_ctim.tv_nsec)
  }

  /// On whatever device.
  func isEqual(_ other: FileIdentity) -> Bool {
    inode == other.inode && size == other.size && modified == other.modified && changed == other.changed
  }

  /// A name for a file that remembers this one.
  var name: String {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for word in [
      inode, UInt64(bitPattern: size), UInt64(bitPattern: Int64(changed.0)), UInt64(changed.1), UInt64(bitPattern: Int64(modified.0)),
      UInt64(modified.1),
    ] {
      hash = (hash ^ word) &* 0x9E37_79B9_7F4A_7C15
      hash ^= hash >> 29
    }
    return String(hash, radix: 16)
  }
}
