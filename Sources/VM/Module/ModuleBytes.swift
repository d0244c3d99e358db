import Glibc

/// The bytes of a module, at an address that does not change while anybody holds them: copied from an array, or a file's pages.
public final class ModuleBytes: @unchecked Sendable {
  /// Valid as long as this object lives.
  public let base: UnsafeRawPointer
  /// In bytes; not 0 where the bytes come from a file.
  public let count: Int
  private let isMapped: Bool

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
  }

  deinit {
    if isMapped {
      munmap(UnsafeMutableRawPointer(mutating: base), count)
    } else {
      UnsafeMutableRawPointer(mutating: base).deallocate()
    }
  }

  /// Maps a regular file (which must not be shortened while the bytes live) and reads anything else, such as a pipe, to its end.
  public static func mapping(path: String) throws(ModuleError) -> ModuleBytes {
    // Passed on as it is: the conversion that the compiler inserts copies it to an array.
    let file = path.withCString { open($0, O_RDONLY | O_CLOEXEC) }
    guard file >= 0 else { throw ModuleError(.unreadable, "cannot open \(path): \(lastError())") }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0 else { throw ModuleError(.unreadable, "cannot open \(path): \(lastError())") }
    switch status.st_mode & S_IFMT {
    case S_IFDIR: throw ModuleError(.unreadable, "\(path) is a directory, not a module")
    case S_IFREG: break
    default: return try reading(file, path)
    }
    let count = Int(status.st_size)
    guard count > 0 else { throw ModuleError(.unreadable, "\(path) is empty") }
    guard let base = mmap(nil, count, PROT_READ, MAP_PRIVATE, file, 0), base != MAP_FAILED else {
      if errno == ENOMEM { throw ModuleError(.tooLarge, ResourceError.memory("the module", byteCount: count).description) }
      throw ModuleError(.unreadable, "cannot map \(path): \(lastError())")
    }
    return ModuleBytes(base: UnsafeRawPointer(base), count: count, isMapped: true)
  }

  private static func reading(_ file: Int32, _ path: String) throws(ModuleError) -> ModuleBytes {
    var content: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let got = read(file, &chunk, chunk.count)
      if got < 0 && errno == EINTR { continue }
      guard got >= 0 else { throw ModuleError(.unreadable, "cannot read \(path): \(lastError())") }
      if got == 0 { break }
      content += chunk[..<got]
    }
    guard !content.isEmpty else { throw ModuleError(.unreadable, "\(path) is empty") }
    return ModuleBytes(content)
  }

  private static func lastError() -> String { String(cString: strerror(errno)) }
}
