import Testing

@testable import TTRPC

@Suite struct FrameReaderTests {
  private let frames = [
    Frame(streamID: 1, type: .request, data: [1, 2, 3]), Frame(streamID: 0xA1B2_C3D4, type: .response, data: []),
    Frame(streamID: 3, type: FrameType(rawValue: 200), flags: [.remoteClosed, .noData], data: [UInt8](repeating: 7, count: 300)),
  ]

  private func arrivals(_ reader: inout FrameReader) -> [FrameReader.Arrival] {
    var all: [FrameReader.Arrival] = []
    while let next = reader.next() { all.append(next) }
    return all
  }

  @Test func `a header is ten bytes, the most significant first`() {
    #expect(frames[1].encode() == [0, 0, 0, 0, 0xA1, 0xB2, 0xC3, 0xD4, 2, 0])
    #expect(frames[2].encode()?.prefix(10) == [0, 0, 1, 0x2C, 0, 0, 0, 3, 200, 5])
  }

  @Test(arguments: [1, 2, 9, 10, 11, 13, 64, 1000]) func `frames come out whole, whatever the pieces`(size: Int) {
    let bytes = frames.flatMap { $0.encode()! }
    var reader = FrameReader()
    var found: [FrameReader.Arrival] = []
    for start in stride(from: 0, to: bytes.count, by: size) {
      reader.feed(Array(bytes[start..<min(start + size, bytes.count)]))
      found += arrivals(&reader)
    }
    #expect(found == frames.map { .frame($0) })
    #expect(reader.isIdle)
  }

  @Test func `half a frame is waited for`() {
    var reader = FrameReader()
    reader.feed(Array(frames[0].encode()!.dropLast()))
    #expect(reader.next() == nil)
    #expect(!reader.isIdle)
  }

  @Test func `the largest frame is read, a larger one reported and passed over`() {
    let largest = Frame(streamID: 1, type: .request, data: [UInt8](repeating: 1, count: 4 << 20))
    #expect(Frame(streamID: 1, type: .request, data: [UInt8](repeating: 1, count: 4 << 20 + 1)).encode() == nil)
    var reader = FrameReader()
    reader.feed(largest.encode()!)
    #expect(reader.next() == .frame(largest))

    let header = FrameHeader(length: 4 << 20 + 1, streamID: 3, type: .request)
    reader.feed(header.encode() + [1, 2, 3])
    #expect(arrivals(&reader) == [.oversized(header)])
    #expect(!reader.isIdle)
    // Three bytes came with the header.
    let rest = [UInt8](repeating: 0xFF, count: 1 << 20)
    for _ in 0..<3 { reader.feed(rest) }
    reader.feed(Array(rest.dropFirst(3)))
    #expect(!reader.isIdle)
    reader.feed([0xFF] + frames[0].encode()!)
    #expect(arrivals(&reader) == [.frame(frames[0])])
    #expect(reader.isIdle)
    #expect(reader.capacity < 1 << 20)
  }

  @Test func `the frame behind an oversized one is read, also when both come at once`() {
    let header = FrameHeader(length: 4 << 20 + 1, streamID: 3, type: .request)
    var reader = FrameReader()
    reader.feed(header.encode() + [UInt8](repeating: 0xFF, count: 4 << 20 + 1) + frames[0].encode()!)
    #expect(arrivals(&reader) == [.oversized(header), .frame(frames[0])])
    #expect(reader.isIdle)
  }

  @Test func `memory that a large frame needed is given back`() {
    var reader = FrameReader()
    reader.feed(Frame(streamID: 1, type: .request, data: [UInt8](repeating: 1, count: 1 << 20)).encode()!)
    _ = arrivals(&reader)
    #expect(reader.capacity <= FrameReader.keptCapacity)
  }
}
