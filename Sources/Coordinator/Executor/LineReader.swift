import Glibc

/// Cuts what arrives on a descriptor into lines.
struct LineReader {
  /// A longer line is no event of ours; it is dropped piece by piece.
  static let maximumLine = 16 << 20

  private let descriptor: CInt
  private var pending: [UInt8] = []
  private var buffer = [UInt8](repeating: 0, count: 64 << 10)
  private(set) var atEnd = false

  init(descriptor: CInt) {
    self.descriptor = descriptor
  }

  /// Reads what is there and gives the lines it completes, without their line ends. Call it when the descriptor is readable.
  mutating func read() -> [[UInt8]] {
    let count = buffer.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, $0.count) }
    if count < 0, errno == EINTR || errno == EAGAIN { return [] }
    guard count > 0 else {
      atEnd = true
      defer { pending = [] }
      return pending.isEmpty ? [] : [pending]
    }
    pending.append(contentsOf: buffer[..<count])
    guard let last = pending.lastIndex(of: UInt8(ascii: "\n")) else {
      if pending.count > Self.maximumLine {
        defer { pending = [] }
        return [pending]
      }
      return []
    }
    let lines = pending[..<last].split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: true).map(Array.init)
    pending.removeSubrange(...last)
    return lines
  }
}
