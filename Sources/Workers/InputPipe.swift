import Glibc
import Synchronization

/// A container's standard input: a FIFO that holds all of it before the container is made.
final class InputPipe: Sendable {
  private let descriptor: Mutex<Int32>

  /// Makes the FIFO and fills it.
  /// - Throws: `LaunchRefused` where it cannot hold so much, which is about a MiB for a start.
  init(_ path: String, _ bytes: [UInt8]) throws {
    guard mkfifo(path, 0o600) == 0 else { throw LaunchRefused(reason: "\(path): \(String(cString: strerror(errno)))") }
    // Open for reading too: that waits for nobody, and the bytes stay until the shim has opened its end.
    let descriptor = open(path, O_RDWR | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else { throw LaunchRefused(reason: "\(path): \(String(cString: strerror(errno)))") }
    self.descriptor = Mutex(descriptor)
    // F_SETPIPE_SZ; a pipe holds 64 KiB by itself.
    if bytes.count > 65_536 { _ = fcntl(descriptor, 1031, Int32(clamping: bytes.count)) }
    guard bytes.isEmpty || write(descriptor, bytes, bytes.count) == bytes.count else {
      end()
      throw LaunchRefused(reason: "an input of \(bytes.count) bytes does not fit into a pipe")
    }
  }

  deinit { end() }

  /// The end of the input, as far as this side decides: a shim holds it open until it is told to close it.
  func end() {
    descriptor.withLock { descriptor in
      if descriptor >= 0 { close(descriptor) }
      descriptor = -1
    }
  }
}
