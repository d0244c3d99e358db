import FoundationEssentials
import Glibc
import Observations
import Synchronization

/// Writes worker events as NDJSON, each line in one piece and at once, so that a worker killed at any moment loses no finished line.
final class EventStream: Sendable {
  private let descriptor: Int32
  /// Lines of lanes that run side by side do not mix.
  private let turn = Mutex<Void>(())

  init(descriptor: Int32) { self.descriptor = descriptor }

  /// - Throws: `WorkerError` when nobody reads any more.
  func write(_ event: WorkerEvent) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    var line = try encoder.encode(event)
    line.append(UInt8(ascii: "\n"))
    try turn.withLock { _ in try write(line) }
  }

  private func write(_ line: Data) throws {
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
