import Testing

@testable import Protobuf

private struct Named: NamedMessage, Equatable {
  static var typeURL: String { "example.Named" }
  var number: UInt32 = 0

  mutating func take(_ field: Field) throws(WireError) { if field.number == 1 { number = try field.uint32() } }
  func write(to writer: inout MessageWriter) { writer.field(1, number) }
}

private struct Holder: Message, Equatable {
  var moment: Timestamp?

  mutating func take(_ field: Field) throws(WireError) { if field.number == 1 { try field.merge(into: &moment) } }
  func write(to writer: inout MessageWriter) { writer.field(1, moment) }
}

@Suite struct WellKnownTypesTests {
  @Test(
    arguments: [
      (Timestamp(seconds: 1_795_646_814, nanoseconds: 316_075_043), [0x08, 0xDE, 0xCA, 0x9D, 0xD8, 6, 0x10, 0xA3, 0xD8, 0xDB, 0x96, 1]),
      // Go's moment zero.
      (Timestamp(seconds: -62_135_596_800, nanoseconds: 0), [0x08, 0x80, 0x92, 0xB8, 0xC3, 0x98, 0xFE, 0xFF, 0xFF, 0xFF, 1]),
      (Timestamp(), []),
    ] as [(Timestamp, [UInt8])])
  func `moments go there and back`(moment: Timestamp, bytes: [UInt8]) throws {
    #expect(moment.encode() == bytes)
    #expect(try Timestamp(reading: bytes) == moment)
  }

  @Test func `a message travels under its name`() throws {
    let packed = AnyMessage(Named(number: 5))
    #expect(packed.encode() == [0x0A, 13] + Array("example.Named".utf8) + [0x12, 2, 8, 5])
    #expect(try AnyMessage(reading: packed.encode()).unpack(Named.self) == Named(number: 5))
  }

  @Test func `what stands before a slash in a type's name does not count`() throws {
    let packed = AnyMessage(typeURL: "type.googleapis.com/example.Named", value: [8, 5])
    #expect(packed.typeName == "example.Named")
    #expect(try packed.unpack(Named.self) == Named(number: 5))
  }

  @Test func `a message of another type is not unpacked`() throws {
    #expect(try AnyMessage(typeURL: "example.Other", value: [8, 5]).unpack(Named.self) == nil)
    #expect(try AnyMessage(typeURL: "", value: [8, 5]).unpack(Named.self) == nil)
  }

  @Test func `a message that is not what its name says is an error`() {
    #expect(throws: WireError(.truncated, at: 1)) { try AnyMessage(typeURL: "example.Named", value: [8]).unpack(Named.self) }
  }

  @Test func `entries of maps have key and value, and the later one counts`() throws {
    #expect(MapEntry("", "").encode() == [0x0A, 0, 0x12, 0])
    #expect(try MapEntry(reading: [0x12, 1, 98]) == MapEntry("", "b"))
    #expect([MapEntry("k", "1"), MapEntry("k", "2")]["k"] == "2")
    #expect([MapEntry("k", "1")]["x"] == nil)
  }

  @Test func `unknown fields of every layout are passed over`() throws {
    let unknown: [UInt8] = [0x78, 1, 0x7A, 1, 65, 0x79, 1, 2, 3, 4, 5, 6, 7, 8, 0x7D, 1, 2, 3, 4]
    #expect(try Named(reading: unknown + [8, 5] + unknown) == Named(number: 5))
    #expect(try EmptyMessage(reading: unknown) == EmptyMessage())
  }

  @Test func `a nested message in two parts is merged, of two values the later counts`() throws {
    #expect(
      try Holder(reading: [0x0A, 4, 8, 1, 0x10, 2, 0x0A, 2, 8, 3]) == Holder(moment: Timestamp(seconds: 3, nanoseconds: 2)))
  }

  @Test func `slices and arrays are read alike`() throws {
    let bytes: [UInt8] = [0xFF, 0xFF, 8, 5, 0xFF]
    #expect(try Named(reading: bytes[2..<4]) == Named(reading: [8, 5]))
    #expect(throws: WireError(.truncated, at: 1)) { try Named(reading: bytes[2..<3]) }
  }
}
