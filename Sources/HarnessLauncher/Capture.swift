import Glibc

/// One output stream of a trial: read to its end so that the child never blocks, kept on disk up to a limit, counted in full.
struct Capture {
  /// The end the launcher reads; -1 once the stream has ended.
  private(set) var source: Int32
  private let file: Int32
  private let limit: Int
  /// Bytes the child wrote in all.
  private(set) var count = 0

  /// Opens the file; `source` is the non-blocking read end of the child's pipe.
  init(source: Int32, path: String, limit: Int) throws {
    self.source = source
    self.limit = limit
    file = try System.openFile(path, O_WRONLY | O_CREAT | O_TRUNC)
    _ = fcntl(source, F_SETFL, O_NONBLOCK)
  }

  /// Reads what is there. The buffer is the caller's, so that a flood takes no more memory than a trickle.
  mutating func drain(_ buffer: UnsafeMutableRawBufferPointer) {
    while source >= 0 {
      let got = read(source, buffer.baseAddress!, buffer.count)
      if got > 0 {
        let kept = min(got, max(0, limit - count))
        if kept > 0 { System.writeAll(file, UnsafeRawBufferPointer(rebasing: buffer[..<kept])) }
        count += got
        // One buffer at a time: an endless writer must not keep the launcher from seeing the time limit.
        if got == buffer.count { return }
      } else if got == 0 {
        close(source)
        source = -1
      } else if errno != EINTR {
        return
      }
    }
  }

  /// Closes what is still open.
  mutating func finish() {
    if source >= 0 { close(source) }
    source = -1
    close(file)
  }
}
