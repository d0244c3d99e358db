/// The little of protobuf's wire format that task calls need: whole numbers and byte strings.
struct WireMessage {
  private(set) var bytes: [UInt8] = []

  init() {}

  mutating func add(_ field: Int, _ value: UInt64) {
    guard value != 0 else { return }
    addNumber(UInt64(field) << 3)
    addNumber(value)
  }

  mutating func add(_ field: Int, _ value: Bool) { add(field, value ? 1 : 0) }

  mutating func add(_ field: Int, _ text: String) {
    if !text.isEmpty { add(field, Array(text.utf8)) }
  }

  mutating func add(_ field: Int, _ content: [UInt8]) {
    addNumber(UInt64(field) << 3 | 2)
    addNumber(UInt64(content.count))
    bytes += content
  }

  private mutating func addNumber(_ number: UInt64) {
    var rest = number
    while rest > 0x7f {
      bytes.append(UInt8(rest & 0x7f) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }
}

/// A message taken apart; a field that occurs again replaces the one before, except in `all`.
struct WireFields {
  private(set) var numbers: [Int: UInt64] = [:]
  private(set) var contents: [Int: [[UInt8]]] = [:]

  /// - Throws: `Failed` for bytes that are no message.
  init(_ bytes: [UInt8]) throws {
    var offset = 0
    func number() throws -> UInt64 {
      var value: UInt64 = 0
      var shift: UInt64 = 0
      while offset < bytes.count, shift < 70 {
        let byte = bytes[offset]
        offset += 1
        value |= UInt64(byte & 0x7f) << shift
        if byte & 0x80 == 0 { return value }
        shift += 7
      }
      throw Failed("an answer is no protobuf message")
    }
    while offset < bytes.count {
      let key = try number()
      let field = Int(key >> 3)
      switch key & 7 {
      case 0: numbers[field] = try number()
      case 2:
        let length = Int(try number())
        guard length <= bytes.count - offset else { throw Failed("an answer is a cut protobuf message") }
        contents[field, default: []].append(Array(bytes[offset..<offset + length]))
        offset += length
      case 1: offset += 8
      case 5: offset += 4
      default: throw Failed("an answer has a field of an unknown kind")
      }
    }
  }

  func number(_ field: Int) -> Int { Int(truncatingIfNeeded: numbers[field] ?? 0) }
  func content(_ field: Int) -> [UInt8] { contents[field]?.last ?? [] }
  func text(_ field: Int) -> String { String(decoding: content(field), as: UTF8.self) }
  func all(_ field: Int) -> [[UInt8]] { contents[field] ?? [] }
}
