import Glibc

/// Whole writes and reads on descriptors.
enum FileDescriptor {
  /// Writes everything unless the other side is gone; false then.
  @discardableResult
  static func write(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) -> Bool {
    var offset = 0
    while offset < bytes.count {
      let count = Glibc.write(descriptor, bytes.baseAddress! + offset, bytes.count - offset)
      if count < 0 {
        if errno == EINTR { continue }
        return false
      }
      offset += count
    }
    return true
  }

  @discardableResult
  static func write(_ text: String, to descriptor: Int32) -> Bool {
    var text = text
    return text.withUTF8 { write(UnsafeRawBufferPointer($0), to: descriptor) }
  }

  @discardableResult
  static func write(_ bytes: [UInt8], to descriptor: Int32) -> Bool { bytes.withUnsafeBytes { write($0, to: descriptor) } }

  /// A whole file; nil with `errno` where it cannot be read.
  static func readFile(_ path: String) -> [UInt8]? {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return nil }
    defer { close(file) }
    return readAll(file)
  }

  /// Everything up to the end of a descriptor; nil with `errno` on failure.
  static func readAll(_ descriptor: Int32) -> [UInt8]? {
    var status = stat()
    fstat(descriptor, &status)
    var bytes = [UInt8](repeating: 0, count: max(4096, Int(status.st_size) + 1))
    var count = 0
    while true {
      let got = bytes.withUnsafeMutableBytes { read(descriptor, $0.baseAddress! + count, $0.count - count) }
      if got < 0 {
        if errno == EINTR { continue }
        return nil
      }
      if got == 0 { break }
      count += got
      if count == bytes.count { bytes.append(contentsOf: repeatElement(0, count: count)) }
    }
    bytes.removeLast(bytes.count - count)
    return bytes
  }

  /// Replaces a file as a whole: it has the old content or the new one, never half of it. False with `errno` on failure.
  static func replaceFile(_ path: String, with text: String, mode: mode_t = 0o600) -> Bool {
    let slash = path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex
    // Two processes may do so at once.
    let temporary = "\(path[..<slash]).\(path[slash...]).\(getpid())"
    let file = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode)
    guard file >= 0 else { return false }
    let isWritten = write(text, to: file)
    close(file)
    if isWritten, rename(temporary, path) == 0 { return true }
    let code = errno
    unlink(temporary)
    errno = code
    return false
  }

  /// Sets or clears O_NONBLOCK.
  static func setBlocking(_ descriptor: Int32, _ blocks: Bool) {
    let flags = fcntl(descriptor, F_GETFL)
    _ = fcntl(descriptor, F_SETFL, blocks ? flags & ~O_NONBLOCK : flags | O_NONBLOCK)
  }
}

enum StandardError {
  static func write(_ text: String) { FileDescriptor.write(text, to: 2) }
}
