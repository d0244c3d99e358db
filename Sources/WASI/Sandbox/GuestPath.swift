import Glibc

/// A path that a guest gave: checked, copied, NUL-terminated.
///
/// It is valid UTF-8 without NUL bytes, relative, and not empty. Nothing is said yet about where it leads.
struct GuestPath {
  let text: UnsafeMutablePointer<CChar>
  /// Without the terminator.
  let count: Int

  /// Linux's PATH_MAX, terminator included.
  static let maximumCount = 4096

  private static let slash = CChar(bitPattern: UInt8(ascii: "/"))
  private static let dot = CChar(bitPattern: UInt8(ascii: "."))

  /// Copies a path out of guest memory, so that what was checked is what is used.
  ///
  /// - Throws: `noent` when empty, `nametoolong`, `inval` for a NUL byte, `ilseq` when not UTF-8, `perm` when absolute.
  static func with<R>(
    _ guest: GuestView, _ address: UInt32, _ length: UInt32, _ body: (GuestPath) throws(Errno) -> R
  ) throws(Errno) -> R {
    let bytes = UnsafeRawBufferPointer(try guest.bytes(address, length))
    guard length > 0 else { throw .noent }
    guard length < maximumCount else { throw .nametoolong }
    guard bytes[0] != UInt8(ascii: "/") else { throw .perm }
    return try withContent(bytes, body)
  }

  /// The same for the content of a symbolic link, which may be absolute for all that is checked here.
  static func withContent<R>(_ bytes: UnsafeRawBufferPointer, _ body: (GuestPath) throws(Errno) -> R) throws(Errno) -> R {
    var isASCII = true
    for byte in bytes {
      guard byte != 0 else { throw .inval }
      if byte >= 0x80 { isASCII = false }
    }
    guard isASCII || String(validating: bytes, as: UTF8.self) != nil else { throw .ilseq }
    let text = UnsafeMutablePointer<CChar>.allocate(capacity: bytes.count + 1)
    defer { text.deallocate() }
    UnsafeMutableRawPointer(text).copyMemory(from: bytes.baseAddress!, byteCount: bytes.count)
    text[bytes.count] = 0
    return try body(GuestPath(text: text, count: bytes.count))
  }

  var isAbsolute: Bool { text[0] == Self.slash }
  var endsInSlash: Bool { text[count - 1] == Self.slash }

  /// Where the last component begins, and where it ends before the slashes behind it.
  var lastComponent: Range<Int> {
    var end = count
    while end > 0, text[end - 1] == Self.slash { end -= 1 }
    var start = end
    while start > 0, text[start - 1] != Self.slash { start -= 1 }
    return start..<end
  }

  /// Whether the last component is `.` or `..`: no name in a directory.
  var endsInDots: Bool {
    let last = lastComponent
    guard !last.isEmpty, last.count <= 2 else { return false }
    return last.allSatisfy { text[$0] == Self.dot }
  }
}
