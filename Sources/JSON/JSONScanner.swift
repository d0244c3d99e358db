/// Walks over a JSON document (RFC 8259) without building it: for documents of many megabytes of which every number is used once.
///
/// Spaces and line ends between tokens are passed over. A scanner does not own its bytes: they must outlive it.
public struct JSONScanner: ~Copyable {
  private let text: UnsafeBufferPointer<UInt8>
  /// Bytes from the start.
  public private(set) var offset = 0

  /// At the start of the text, which is read as UTF-8.
  public init(_ text: UnsafeBufferPointer<UInt8>) { self.text = text }

  /// True at the end of the text.
  public var isAtEnd: Bool {
    mutating get {
      skipSpace()
      return offset == text.count
    }
  }

  /// Takes a punctuation mark if it comes next.
  public mutating func take(_ mark: Unicode.Scalar) -> Bool {
    skipSpace()
    guard offset < text.count, UInt32(text[offset]) == mark.value else { return false }
    offset += 1
    return true
  }

  /// - Throws: where another thing comes next.
  public mutating func expect(_ mark: Unicode.Scalar) throws(JSONError) {
    guard take(mark) else { throw error("'\(mark)' is expected here") }
  }

  /// The name of the next member of an object and its colon, or nil at the object's end, which is taken.
  /// - Parameter isFirst: true for the first member, which no comma precedes.
  public mutating func memberName(isFirst: Bool) throws(JSONError) -> String? {
    if take("}") { return nil }
    if !isFirst { try expect(",") }
    let name = try string()
    try expect(":")
    return name
  }

  /// Whether an array goes on with an item. Takes the comma, or the closing bracket.
  /// - Parameter isFirst: true for the first item, which no comma precedes.
  public mutating func hasItem(isFirst: Bool) throws(JSONError) -> Bool {
    if take("]") { return false }
    if !isFirst { try expect(",") }
    return true
  }

  /// A whole number, or nil for `null`.
  /// - Throws: for anything else: a fraction, an exponent, a number beyond 64 bits, `NaN`.
  public mutating func integer() throws(JSONError) -> Int64? {
    skipSpace()
    guard offset < text.count else { throw error("unexpected end, a whole number is missing") }
    let start = offset
    if text[offset] == UInt8(ascii: "n") {
      guard word("null") else { throw error("a whole number or null is expected here") }
      return nil
    }
    let isNegative = text[offset] == UInt8(ascii: "-")
    if isNegative { offset += 1 }
    // Downwards, because the least number has no positive counterpart.
    var value: Int64 = 0
    let first = offset
    while offset < text.count {
      let digit = text[offset] &- UInt8(ascii: "0")
      guard digit < 10 else { break }
      let (product, overflow) = value.multipliedReportingOverflow(by: 10)
      let (difference, underflow) = product.subtractingReportingOverflow(Int64(digit))
      if overflow || underflow {
        offset = start
        throw error("a number beyond 64 bits")
      }
      value = difference
      offset += 1
    }
    let digits = offset - first
    let next = offset < text.count ? text[offset] : 0
    let isFraction = next == UInt8(ascii: ".") || next | 0x20 == UInt8(ascii: "e")
    guard digits > 0, digits == 1 || text[first] != UInt8(ascii: "0"), !isFraction, isNegative || value != .min else {
      offset = start
      throw error("a whole number or null is expected here")
    }
    return isNegative ? value : -value
  }

  /// Takes the word `null` if it comes next.
  public mutating func takeNull() -> Bool {
    skipSpace()
    return word("null")
  }

  /// Takes a string and gives what it means, its escapes resolved.
  /// - Throws: where another thing comes next, the string does not end, or it is no text.
  public mutating func string() throws(JSONError) -> String {
    skipSpace()
    guard offset < text.count, text[offset] == UInt8(ascii: "\"") else { throw error("a text in quotes is expected here") }
    let start = offset
    let range = try value()
    let literal = text[range]
    if !literal.contains(UInt8(ascii: "\\")), let plain = String(validating: literal.dropFirst().dropLast(), as: UTF8.self) { return plain }
    guard case .string(let string)? = try? JSONValue(reading: Array(literal)) else {
      offset = start
      throw error("a text that cannot be read")
    }
    return string
  }

  /// Passes over a value of any kind and gives the bytes it is written in. Inside, only brackets and quotes are looked at.
  public mutating func value() throws(JSONError) -> Range<Int> {
    skipSpace()
    let start = offset
    var depth = 0
    while offset < text.count {
      switch text[offset] {
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        depth += 1
        offset += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        if depth == 0 { break }
        depth -= 1
        offset += 1
      case UInt8(ascii: "\""):
        try passString()
      case UInt8(ascii: ","), UInt8(ascii: ":"):
        if depth == 0 { break }
        offset += 1
        continue
      case 0x20, 0x0A, 0x0D, 0x09:
        offset += 1
        continue
      default:
        passWord()
      }
      if depth == 0 { break }
    }
    guard depth == 0, offset > start else { throw error(depth == 0 ? "a value is expected here" : "unexpected end inside a value") }
    return start..<offset
  }

  /// Goes on at another place of the text, for instance at a value passed over before.
  public mutating func move(to offset: Int) { self.offset = min(max(0, offset), text.count) }

  /// The bytes of a range, for a reader of its own.
  public func bytes(_ range: Range<Int>) -> UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(rebasing: text[range]) }

  /// An error at the place reached.
  public func error(_ message: String) -> JSONError { JSONError(message, at: offset, in: text) }

  private mutating func passString() throws(JSONError) {
    let start = offset
    offset += 1
    while offset < text.count {
      switch text[offset] {
      case UInt8(ascii: "\""):
        offset += 1
        return
      case UInt8(ascii: "\\"): offset += 2
      default: offset += 1
      }
    }
    offset = start
    throw error("a text without an end")
  }

  /// Letters, digits and signs of a number or a word.
  private mutating func passWord() {
    while offset < text.count {
      switch text[offset] {
      case UInt8(ascii: ","), UInt8(ascii: ":"), UInt8(ascii: "]"), UInt8(ascii: "}"), UInt8(ascii: "["), UInt8(ascii: "{"),
        UInt8(ascii: "\""), 0x20, 0x0A, 0x0D, 0x09:
        return
      default: offset += 1
      }
    }
  }

  private mutating func word(_ word: StaticString) -> Bool {
    let end = offset + word.utf8CodeUnitCount
    guard end <= text.count else { return false }
    for index in 0..<word.utf8CodeUnitCount where text[offset + index] != word.utf8Start[index] { return false }
    offset = end
    return true
  }

  private mutating func skipSpace() {
    while offset < text.count, text[offset] == 0x20 || text[offset] == 0x0A || text[offset] == 0x0D || text[offset] == 0x09 { offset += 1 }
  }
}
