import FoundationEssentials
import Glibc
import Observations

/// Writes worker events as NDJSON, each line in one piece and at once, so that a worker killed at any moment loses no finished line.
final class EventStream {
  private let descriptor: Int32
  private let encoder = JSONEncoder()

  init(descriptor: Int32) {
    self.descriptor = descriptor
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
  }

  /// - Throws: `WorkerError` when nobody reads any more.
  func write(_ event: WorkerEvent) throws {
    var line = try encoder.encode(event)
    line.append(UInt8(ascii: "\n"))
    try line.withUnsafeBytes { bytes in
      var offset = 0
      while offset < bytes.count {
        let count = Glibc.write(descriptor, bytes.baseAddress! + offset, bytes.count - offset)
        if count < 0 {
          if errno == EINTR { continue }
          throw WorkerError("the event stream cannot be written: \(String(cString: strerror(errno)))", exitCode: 74)
        }
        offset += count
      }
    }
  }
}
