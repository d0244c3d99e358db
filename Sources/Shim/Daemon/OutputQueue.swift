import Glibc

/// Bytes for a socket that may not take them at once.
struct OutputQueue {
  private var bytes: [UInt8] = []
  private var written = 0

  var isEmpty: Bool { bytes.isEmpty }

  /// Writes what can be written now, behind what still waits.
  /// - Returns: false when the other side is gone.
  mutating func write(_ more: [UInt8], to descriptor: Int32) -> Bool {
    if bytes.isEmpty { bytes = more } else { bytes += more }
    return flush(to: descriptor)
  }

  /// - Returns: false when the other side is gone.
  mutating func flush(to descriptor: Int32) -> Bool {
    while written < bytes.count {
      let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress! + written, $0.count - written) }
      if count < 0 {
        if errno == EINTR { continue }
        return errno == EAGAIN
      }
      written += count
    }
    bytes = []
    written = 0
    return true
  }
}
