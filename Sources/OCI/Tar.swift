/// The tar format as POSIX gives it (pax interchange format, "ustar" headers): what the writer and the reader share.
enum Tar {
  static let blockSize = 512
  /// Two blocks of zeros end an archive.
  static let end = [UInt8](repeating: 0, count: 2 * blockSize)

  /// Fields of a header: offset and length in bytes.
  enum Field {
    static let name = 0..<100
    static let mode = 100..<108
    static let user = 108..<116
    static let group = 116..<124
    static let size = 124..<136
    static let modified = 136..<148
    static let checksum = 148..<156
    static let type = 156
    static let link = 157..<257
    static let magic = 257..<263
    static let version = 263..<265
    static let prefix = 345..<500
  }

  enum EntryType {
    static let file = UInt8(ascii: "0")
    /// Archives older than POSIX mark a file with a zero byte.
    static let oldFile: UInt8 = 0
    static let link = UInt8(ascii: "2")
    static let folder = UInt8(ascii: "5")
    /// pax records for the next entry.
    static let extended = UInt8(ascii: "x")
    /// pax records for all entries that follow.
    static let global = UInt8(ascii: "g")
    /// GNU's own way of a long name for the next entry.
    static let longName = UInt8(ascii: "L")
  }

  /// The sum of all bytes of a header, its own field counted as blanks.
  static func checksum(of header: ArraySlice<UInt8>) -> Int {
    var sum = 0
    for (index, byte) in header.enumerated() { sum += Field.checksum.contains(index) ? 0x20 : Int(byte) }
    return sum
  }
}
