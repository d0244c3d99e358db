import Testing

@testable import Protobuf

@Suite struct MessageReaderTests {
  /// What is met in `bytes`, written out.
  private func fields(_ bytes: [UInt8]) throws -> [String] {
    try bytes.withUnsafeBytes { buffer in
      var reader = MessageReader(buffer)
      var result: [String] = []
      while let field = try reader.next() {
        let value = field.type == .lengthDelimited ? "\(try field.bytes())" : "\(field.bits)"
        result.append("\(field.number) \(field.type) \(value) at \(field.offset)")
      }
      return result
    }
  }

  private func first<Value>(_ bytes: [UInt8], _ read: (Field) throws -> Value) throws -> Value {
    try bytes.withUnsafeBytes { buffer in
      var reader = MessageReader(buffer)
      return try read(try reader.next()!)
    }
  }

  @Test func `an empty message has no fields`() throws {
    #expect(try fields([]) == [])
  }

  @Test func `fields come with number, layout, value and place`() throws {
    let bytes: [UInt8] = [
      0x08, 0x96, 0x01, 0x12, 2, 7, 8, 0x19, 1, 0, 0, 0, 0, 0, 0, 0x80, 0x25, 1, 2, 0, 0, 0xF8, 0xFF, 0xFF, 0xFF, 0x0F, 0,
    ]
    #expect(
      try fields(bytes) == [
        "1 varint 150 at 1", "2 lengthDelimited [7, 8] at 5", "3 eightBytes 9223372036854775809 at 8", "4 fourBytes 513 at 17",
        "536870911 varint 0 at 26",
      ])
  }

  @Test func `the largest number has ten bytes`() throws {
    #expect(try first([0x08] + [UInt8](repeating: 0xFF, count: 9) + [1]) { try $0.uint64() } == .max)
  }

  @Test func `a number in more bytes than it needs is read`() throws {
    #expect(try first([0x08, 0x81, 0x80, 0x00]) { try $0.uint64() } == 1)
  }

  static let refused: [(bytes: [UInt8], kind: WireError.Kind, offset: Int)] = [
    ([0x08], .truncated, 1),
    ([0x88], .truncated, 0),
    ([0x08, 1, 0x08, 0x80], .truncated, 3),
    ([0x12, 3, 1, 2], .truncated, 0),
    ([0x12], .truncated, 1),
    ([0x12, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 1], .truncated, 0),
    ([0x19, 1, 2, 3, 4, 5, 6, 7], .truncated, 1),
    ([0x1D, 1, 2, 3], .truncated, 1),
    ([0x08] + [UInt8](repeating: 0x80, count: 10) + [1], .varintTooLong, 1),
    ([0x08] + [UInt8](repeating: 0xFF, count: 9) + [2], .varintTooLong, 1),
    ([0x00, 1], .fieldNumber, 0),
    ([0x80, 0x80, 0x80, 0x80, 0x10, 1], .fieldNumber, 0),
    ([0x0B], .group, 0),
    ([0x0C], .group, 0),
    ([0x0E], .wireType(6), 0),
    ([0x08, 1, 0x0F], .wireType(7), 2),
  ]

  @Test(arguments: refused.indices) func `what is no message is refused with its place`(index: Int) {
    let (bytes, kind, offset) = Self.refused[index]
    #expect(throws: WireError(kind, at: offset)) { try fields(bytes) }
  }

  @Test func `a negative number of 32 bits comes as 64 bits`() throws {
    #expect(try first([0x08] + [UInt8](repeating: 0xFF, count: 9) + [1]) { try $0.int32() } == -1)
    #expect(try first([0x08, 0xFF, 0xFF, 0xFF, 0xFF, 0x0F]) { try $0.int32() } == -1)
    #expect(try first([0x08, 0x80, 0x80, 0x80, 0x80, 0xF8, 0xFF, 0xFF, 0xFF, 0xFF, 1]) { try $0.int32() } == .min)
  }

  @Test func `of a number that is too large for its type the lower bits count`() throws {
    #expect(try first([0x08, 0x81, 0x80, 0x80, 0x80, 0x10]) { try $0.uint32() } == 1)
    #expect(try first([0x08, 0x80, 0x80, 0x80, 0x80, 0x10]) { try $0.bool() })
  }

  @Test func `a value of another layout is refused, not misread`() {
    let number: [UInt8] = [0x08, 1]
    let text: [UInt8] = [0x0A, 1, 65]
    #expect(throws: WireError(.unexpectedType(field: 1), at: 1)) { try first(number) { try $0.string() } }
    #expect(throws: WireError(.unexpectedType(field: 1), at: 1)) { try first(number) { try $0.bytes() } }
    #expect(throws: WireError(.unexpectedType(field: 1), at: 1)) { try first(number) { try $0.fixed64() } }
    #expect(throws: WireError(.unexpectedType(field: 1), at: 1)) { try first(number) { try $0.message(Timestamp.self).seconds } }
    #expect(throws: WireError(.unexpectedType(field: 1), at: 2)) { try first(text) { try $0.uint64() } }
  }

  @Test(arguments: [[0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0x41, 0xE2, 0x82]] as [[UInt8]])
  func `a string that is not UTF-8 is refused`(content: [UInt8]) {
    #expect(throws: WireError(.invalidUTF8(field: 1), at: 2)) { try first([0x0A, UInt8(content.count)] + content) { try $0.string() } }
    #expect(throws: Never.self) { try first([0x0A, UInt8(content.count)] + content) { try $0.bytes() } }
  }

  @Test func `a string may hold anything that is UTF-8`() throws {
    let text = "a\0é€😀"
    #expect(try first([0x0A, UInt8(text.utf8.count)] + Array(text.utf8)) { try $0.string() } == text)
  }

  @Test func `repeated numbers come packed, one by one, or both`() throws {
    func numbers(_ bytes: [UInt8]) throws -> [UInt64] {
      try bytes.withUnsafeBytes { buffer in
        var reader = MessageReader(buffer)
        var numbers: [UInt64] = []
        while let field = try reader.next() { try field.append(to: &numbers) }
        return numbers
      }
    }
    #expect(try numbers([0x22, 3, 1, 0x96, 1, 0x20, 5, 0x22, 0]) == [1, 150, 5])
    #expect(throws: WireError(.truncated, at: 3)) { try numbers([0x22, 2, 1, 0x96]) }
    #expect(throws: WireError(.unexpectedType(field: 4), at: 1)) { try numbers([0x25, 1, 2, 3, 4]) }
  }

  @Test func `an error inside a nested message counts from the outermost one`() {
    // An Any whose second field is a Timestamp with a truncated number.
    let bytes: [UInt8] = [0x0A, 1, 65, 0x12, 4, 0x08, 1, 0x10, 0x80]
    #expect(throws: WireError(.truncated, at: 8)) {
      try bytes.withUnsafeBytes { buffer in
        var reader = MessageReader(buffer)
        _ = try reader.next()
        return try reader.next()!.message(Timestamp.self)
      }
    }
  }
}
