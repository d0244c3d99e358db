extension JSONValue {
  /// Reads one document of UTF-8 text, strictly by RFC 8259.
  ///
  /// - Throws: `JSONError` for anything else, for text after the document, and below `JSONReader.maximumDepth` nested containers.
  public init(reading bytes: [UInt8]) throws(JSONError) {
    let outcome = bytes.withUnsafeBufferPointer { buffer -> Result<JSONValue, JSONError> in
      var reader = JSONReader(buffer)
      do throws(JSONError) { return .success(try reader.document()) } catch { return .failure(error) }
    }
    self = try outcome.get()
  }

  /// Reads one document.
  public init(reading text: String) throws(JSONError) { try self.init(reading: Array(text.utf8)) }
}

/// A recursive descent over the bytes of one document.
struct JSONReader {
  /// Containers inside containers; deeper text is refused rather than risking the stack.
  static let maximumDepth = 512

  private let text: UnsafeBufferPointer<UInt8>
  private var offset = 0
  private var depth = 0

  init(_ text: UnsafeBufferPointer<UInt8>) { self.text = text }

  mutating func document() throws(JSONError) -> JSONValue {
    skipSpace()
    let value = try value()
    skipSpace()
    guard offset == text.count else { throw error("text after the end of the document") }
    return value
  }

  private mutating func value() throws(JSONError) -> JSONValue {
    guard let first = peek else { throw error("unexpected end, a value is missing") }
    switch first {
    case UInt8(ascii: "{"): return try object()
    case UInt8(ascii: "["): return try array()
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .number(try number())
    default: throw error("a value is expected here")
    }
  }

  private mutating func object() throws(JSONError) -> JSONValue {
    try enter()
    var members: [JSONValue.Member] = []
    if take(UInt8(ascii: "}")) {
      depth -= 1
      return .object(members)
    }
    repeat {
      skipSpace()
      guard peek == UInt8(ascii: "\"") else { throw error("a member's name in quotes is expected here") }
      let name = try string()
      skipSpace()
      guard take(UInt8(ascii: ":")) else { throw error("':' is expected here") }
      skipSpace()
      members.append(JSONValue.Member(name, try value()))
      skipSpace()
    } while take(UInt8(ascii: ","))
    guard take(UInt8(ascii: "}")) else { throw error("',' or '}' is expected here") }
    depth -= 1
    return .object(members)
  }

  private mutating func array() throws(JSONError) -> JSONValue {
    try enter()
    var items: [JSONValue] = []
    if take(UInt8(ascii: "]")) {
      depth -= 1
      return .array(items)
    }
    repeat {
      skipSpace()
      items.append(try value())
      skipSpace()
    } while take(UInt8(ascii: ","))
    guard take(UInt8(ascii: "]")) else { throw error("',' or ']' is expected here") }
    depth -= 1
    return .array(items)
  }

  /// Past the opening bracket and the space behind it.
  private mutating func enter() throws(JSONError) {
    depth += 1
    guard depth <= Self.maximumDepth else { throw error("more than \(Self.maximumDepth) nested arrays and objects") }
    offset += 1
    skipSpace()
  }

  private mutating func word(_ word: StaticString, _ value: JSONValue) throws(JSONError) -> JSONValue {
    let start = offset
    for index in 0..<word.utf8CodeUnitCount {
      guard take(word.utf8Start[index]) else {
        offset = start
        throw error("a value is expected here")
      }
    }
    return value
  }

  private mutating func number() throws(JSONError) -> JSONNumber {
    let start = offset
    _ = take(UInt8(ascii: "-"))
    if !take(UInt8(ascii: "0")) { try digits() }
    if take(UInt8(ascii: ".")) { try digits() }
    if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
      if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
      try digits()
    }
    return JSONNumber(text: String(decoding: text[start..<offset], as: UTF8.self))
  }

  private mutating func digits() throws(JSONError) {
    guard let first = peek, isDigit(first) else { throw error("a digit is expected here") }
    while let next = peek, isDigit(next) { offset += 1 }
  }

  private mutating func string() throws(JSONError) -> String {
    offset += 1
    let start = offset
    var seen: UInt8 = 0
    while let byte = peek, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\"), byte >= 0x20 {
      seen |= byte
      offset += 1
    }
    // The common case: no escapes, so the text is the bytes themselves.
    if peek == UInt8(ascii: "\"") {
      let bytes = UnsafeBufferPointer(rebasing: text[start..<offset])
      // ASCII cannot be wrong, and making a text of it is cheaper than the question whether other bytes are one.
      let result = seen < 0x80 ? String(decoding: bytes, as: UTF8.self) : try utf8(bytes, at: start)
      offset += 1
      return result
    }
    return try escapedString(from: start)
  }

  private mutating func escapedString(from start: Int) throws(JSONError) -> String {
    var bytes = Array(text[start..<offset])
    while true {
      guard let byte = peek else { throw error("unexpected end inside a string") }
      switch byte {
      case UInt8(ascii: "\""):
        let result = try utf8(bytes[...], at: start)
        offset += 1
        return result
      case UInt8(ascii: "\\"):
        offset += 1
        try escape(into: &bytes)
      case 0..<0x20: throw error("a control character must be escaped in a string")
      default:
        bytes.append(byte)
        offset += 1
      }
    }
  }

  private mutating func escape(into bytes: inout [UInt8]) throws(JSONError) {
    guard let letter = peek else { throw error("unexpected end inside a string") }
    offset += 1
    switch letter {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): bytes.append(letter)
    case UInt8(ascii: "b"): bytes.append(0x08)
    case UInt8(ascii: "f"): bytes.append(0x0C)
    case UInt8(ascii: "n"): bytes.append(0x0A)
    case UInt8(ascii: "r"): bytes.append(0x0D)
    case UInt8(ascii: "t"): bytes.append(0x09)
    case UInt8(ascii: "u"): bytes.append(contentsOf: Array(String(Character(try unicodeEscape())).utf8))
    default:
      offset -= 1
      throw error("unknown escape in a string")
    }
  }

  /// The scalar of `\uXXXX`, or of two of them for one beyond 0xFFFF (RFC 8259, 7).
  private mutating func unicodeEscape() throws(JSONError) -> Unicode.Scalar {
    let first = try fourDigits()
    if let scalar = Unicode.Scalar(first) { return scalar }
    guard first < 0xDC00, take(UInt8(ascii: "\\")), take(UInt8(ascii: "u")) else { throw error("half of a surrogate pair") }
    let second = try fourDigits()
    guard (0xDC00...0xDFFF).contains(second), let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
    else { throw error("half of a surrogate pair") }
    return scalar
  }

  private mutating func fourDigits() throws(JSONError) -> UInt32 {
    var value: UInt32 = 0
    for _ in 0..<4 {
      guard let byte = peek, let digit = Character(Unicode.Scalar(byte)).hexDigitValue, byte < 0x80 else {
        throw error("four hexadecimal digits are expected here")
      }
      value = value << 4 | UInt32(digit)
      offset += 1
    }
    return value
  }

  private func utf8(_ bytes: some Collection<UInt8>, at start: Int) throws(JSONError) -> String {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw JSONError("a string that is not UTF-8", at: start, in: text)
    }
    return text
  }

  private var peek: UInt8? { offset < text.count ? text[offset] : nil }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard peek == byte else { return false }
    offset += 1
    return true
  }

  private mutating func skipSpace() {
    while let byte = peek, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { offset += 1 }
  }

  private func isDigit(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") }

  private func error(_ message: String) -> JSONError { JSONError(message, at: offset, in: text) }
}
