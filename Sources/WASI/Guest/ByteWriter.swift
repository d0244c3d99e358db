/// Fills a record in guest memory from front to back. The record's size was checked when its bytes were fetched.
struct ByteWriter {
  private let place: UnsafeMutableRawBufferPointer
  private var offset = 0

  init(_ place: UnsafeMutableRawBufferPointer) { self.place = place }

  /// Writes an integer at the next offset that is a multiple of its size.
  mutating func write<T: FixedWidthInteger & BitwiseCopyable>(_ value: T) {
    pad(to: (offset + MemoryLayout<T>.size - 1) & ~(MemoryLayout<T>.size - 1))
    place.storeBytes(of: value.littleEndian, toByteOffset: offset, as: T.self)
    offset += MemoryLayout<T>.size
  }

  /// Zeros up to an offset in the record.
  mutating func pad(to end: Int) {
    while offset < end {
      place[offset] = 0
      offset += 1
    }
  }
}
