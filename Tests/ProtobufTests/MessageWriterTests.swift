import Testing

@testable import Protobuf

@Suite struct MessageWriterTests {
  private func written(_ body: (inout MessageWriter) -> Void) -> [UInt8] {
    var writer = MessageWriter()
    body(&writer)
    return writer.bytes
  }

  @Test func `fields at their defaults are left out`() {
    let bytes = written {
      $0.field(1, 0 as UInt64)
      $0.field(2, 0 as Int32)
      $0.field(3, false)
      $0.field(4, "")
      $0.field(5, [] as [UInt8])
      $0.field(6, [] as [UInt64])
      $0.field(7, [] as [String])
      $0.field(8, nil as Timestamp?)
      $0.field(9, [] as [Timestamp])
      $0.field(10, fixed64: 0)
    }
    #expect(bytes == [])
  }

  @Test func `fields at their defaults can be written all the same`() {
    let bytes = written {
      $0.field(1, 0 as UInt32, always: true)
      $0.field(2, false, always: true)
      $0.field(3, "", always: true)
      $0.field(4, [] as [UInt8], always: true)
      $0.field(5, fixed64: 0, always: true)
      $0.field(6, 0 as Int64, always: true)
    }
    #expect(bytes == [0x08, 0, 0x10, 0, 0x1A, 0, 0x22, 0, 0x29, 0, 0, 0, 0, 0, 0, 0, 0, 0x30, 0])
  }

  @Test func `values are laid out as the encoding says`() {
    #expect(written { $0.field(1, 150 as UInt32) } == [0x08, 0x96, 0x01])
    #expect(written { $0.field(1, UInt64.max) } == [0x08] + [UInt8](repeating: 0xFF, count: 9) + [1])
    #expect(written { $0.field(1, -1 as Int32) } == [0x08] + [UInt8](repeating: 0xFF, count: 9) + [1])
    #expect(written { $0.field(1, Int64.min) } == [0x08] + [UInt8](repeating: 0x80, count: 9) + [1])
    #expect(written { $0.field(1, true) } == [0x08, 1])
    #expect(written { $0.field(2, "testing") } == [0x12, 7] + Array("testing".utf8))
    #expect(written { $0.field(2, [1, 2, 3] as [UInt8]) } == [0x12, 3, 1, 2, 3])
    #expect(written { $0.field(3, fixed64: 0x0102) } == [0x19, 2, 1, 0, 0, 0, 0, 0, 0])
    #expect(written { $0.field(6, [3, 270, 86942] as [UInt64]) } == [0x32, 6, 3, 0x8E, 2, 0x9E, 0xA7, 5])
    #expect(written { $0.field(4, ["a", "", "b"]) } == [0x22, 1, 97, 0x22, 0, 0x22, 1, 98])
    #expect(written { $0.field((1 << 29) - 1, true) } == [0xF8, 0xFF, 0xFF, 0xFF, 0x0F, 1])
  }

  @Test func `a nested message that is there is written even when it is empty`() {
    #expect(written { $0.field(5, Timestamp()) } == [0x2A, 0])
    #expect(written { $0.field(5, [Timestamp(), Timestamp(seconds: 1, nanoseconds: 0)]) } == [0x2A, 0, 0x2A, 2, 8, 1])
  }

  @Test(arguments: [0, 1, 125, 126, 127, 128, 129, 16381, 16382, 16383, 16384, 16385, 2_097_151, 2_097_152])
  func `a nested message of any length keeps its content in its place`(count: Int) throws {
    let content = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    let bytes = written { outer in
      outer.field(1, true)
      outer.nested(2) { inner in
        inner.nested(3) { $0.field(4, content) }
        inner.field(5, 7 as UInt64)
      }
      outer.field(6, true)
    }
    try bytes.withUnsafeBytes { buffer in
      var reader = MessageReader(buffer)
      #expect(try reader.next()!.bool())
      var inner = try reader.next()!.reader()
      var innermost = try inner.next()!.reader()
      let found = try innermost.next()
      #expect(try found?.bytes() ?? [] == content)
      #expect(innermost.isAtEnd)
      let seven = try inner.next()!.uint64()
      #expect(seven == 7)
      #expect(inner.isAtEnd)
      let last = try reader.next()!
      #expect(last.number == 6)
      #expect(reader.isAtEnd)
    }
  }

  @Test func `what stands in front can be filled in later`() {
    var writer = MessageWriter(after: [0, 0, 9])
    writer.field(1, true)
    writer.overwrite(at: 0, with: [1, 2])
    #expect(writer.bytes == [1, 2, 9, 8, 1])
  }
}
