/// A text that is not JSON: what is wrong and where.
public struct JSONError: Error, CustomStringConvertible, Equatable, Sendable {
  /// What is wrong or was expected, without the place.
  public var message: String
  /// Counted from 1.
  public var line: Int
  /// Bytes from the start of the line, counted from 1.
  public var column: Int

  public var description: String { "\(message) (\(line):\(column))" }

  /// - Parameter offset: where in `text` the trouble begins.
  init(_ message: String, at offset: Int, in text: UnsafeBufferPointer<UInt8>) {
    self.message = message
    line = 1
    var start = 0
    for index in 0..<offset where text[index] == UInt8(ascii: "\n") {
      line += 1
      start = index + 1
    }
    column = offset - start + 1
  }
}
