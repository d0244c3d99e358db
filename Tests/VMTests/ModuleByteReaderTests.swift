import Testing

@testable import VM

@Suite("Byte reader")
struct ModuleByteReaderTests {
  private func read<Value>(
    _ bytes: [UInt8], _ body: (inout ByteReader) throws(ModuleError) -> Value
  ) throws(ModuleError) -> Value {
    let owner = ModuleBytes(bytes)
    var reader = ByteReader(owner)
    let value = try body(&reader)
    guard reader.remaining == 0 else { throw ModuleError(.malformed, at: reader.offset, "bytes are left") }
    _ = owner.count
    return value
  }

  private func message<Value>(_ bytes: [UInt8], _ body: (inout ByteReader) throws(ModuleError) -> Value) -> String? {
    do throws(ModuleError) {
      _ = try read(bytes, body)
      return nil
    } catch {
      return error.message
    }
  }

  private let u32 = { (reader: inout ByteReader) throws(ModuleError) in try reader.u32() }
  private let u64 = { (reader: inout ByteReader) throws(ModuleError) in try reader.u64() }
  private let s32 = { (reader: inout ByteReader) throws(ModuleError) in try reader.s32() }
  private let s33 = { (reader: inout ByteReader) throws(ModuleError) in try reader.s33() }
  private let s64 = { (reader: inout ByteReader) throws(ModuleError) in try reader.s64() }

  @Test("unsigned numbers, overlong forms within their size included")
  func unsignedNumbers() throws {
    #expect(try read([0x00], u32) == 0)
    #expect(try read([0x7F], u32) == 127)
    #expect(try read([0x80, 0x01], u32) == 128)
    #expect(try read([0x82, 0x80, 0x80, 0x80, 0x00], u32) == 2)
    #expect(try read([0xFF, 0xFF, 0xFF, 0xFF, 0x0F], u32) == .max)
    #expect(try read([0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01], u64) == .max)
  }

  @Test("signed numbers")
  func signedNumbers() throws {
    #expect(try read([0x3F], s32) == 63)
    #expect(try read([0x40], s32) == -64)
    #expect(try read([0x7F], s32) == -1)
    #expect(try read([0xFF, 0x7F], s32) == -1)
    #expect(try read([0x80, 0x7F], s32) == -128)
    #expect(try read([0xFF, 0xFF, 0xFF, 0xFF, 0x7F], s32) == -1)
    #expect(try read([0xFF, 0xFF, 0xFF, 0xFF, 0x07], s32) == .max)
    #expect(try read([0x80, 0x80, 0x80, 0x80, 0x78], s32) == .min)
    #expect(try read([0xFF, 0xFF, 0xFF, 0xFF, 0x0F], s33) == 0xFFFF_FFFF)
    #expect(try read([0x80, 0x80, 0x80, 0x80, 0x70], s33) == -0x1_0000_0000)
    #expect(try read([0x7F], s64) == -1)
    #expect(try read([0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x7F], s64) == .min)
    #expect(try read([0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x00], s64) == .max)
  }

  @Test("signed numbers of every length come back", arguments: 0..<64)
  func signedRoundTrip(bit: Int) throws {
    for number in [Int64(1) << bit, -(Int64(1) << min(bit, 62)), (Int64(1) << min(bit, 62)) &- 1] {
      var bytes: [UInt8] = []
      var rest = number
      while true {
        let payload = UInt8(truncatingIfNeeded: rest & 0x7F)
        rest >>= 7
        let isLast = (rest == 0 && payload & 0x40 == 0) || (rest == -1 && payload & 0x40 != 0)
        bytes.append(isLast ? payload : payload | 0x80)
        if isLast { break }
      }
      #expect(try read(bytes, s64) == number)
    }
  }

  @Test("numbers with too many bytes are refused")
  func tooLong() {
    #expect(message([0x82, 0x80, 0x80, 0x80, 0x80, 0x00], u32) == "integer representation too long")
    #expect(message([0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F], s32) == "integer representation too long")
    #expect(message([0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F], s64) == "integer representation too long")
  }

  @Test("numbers with bits beyond their size are refused")
  func tooLarge() {
    #expect(message([0x82, 0x80, 0x80, 0x80, 0x70], u32) == "integer too large")
    #expect(message([0x82, 0x80, 0x80, 0x80, 0x40], u32) == "integer too large")
    #expect(message([0x80, 0x80, 0x80, 0x80, 0x70], s32) == "integer too large")
    #expect(message([0xFF, 0xFF, 0xFF, 0xFF, 0x0F], s32) == "integer too large")
    #expect(message([0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x7E], s64) == "integer too large")
    #expect(message([0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x02], u64) == "integer too large")
  }

  @Test("the end is noticed")
  func end() {
    #expect(message([], u32)?.hasPrefix("unexpected end") == true)
    #expect(message([0x80], u32)?.hasPrefix("unexpected end") == true)
    #expect(message([0x80], s64)?.hasPrefix("unexpected end") == true)
    #expect(message([1, 2, 3]) { (reader: inout ByteReader) throws(ModuleError) in try reader.f32() }?.hasPrefix("unexpected end") == true)
    #expect(message([2, 0x61]) { (reader: inout ByteReader) throws(ModuleError) in try reader.name() } == "length out of bounds")
  }

  @Test(
    "names are strict UTF-8",
    arguments: [
      [0x80], [0xC0, 0x80], [0xE0, 0x80, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xC3], [0xFF],
    ] as [[UInt8]])
  func badNames(content: [UInt8]) {
    let error = message(counted(content)) { (reader: inout ByteReader) throws(ModuleError) in try reader.name() }
    #expect(error == "malformed UTF-8 encoding")
  }

  @Test("names may hold anything that UTF-8 can say")
  func goodNames() throws {
    for name in ["", "memory", "naïve", "\u{0}", "\u{10FFFF}", "𝒲asm"] {
      #expect(try read(string(name)) { (reader: inout ByteReader) throws(ModuleError) in try reader.name() } == name)
    }
  }
}
