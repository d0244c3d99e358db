/// Reads a tar archive held in memory: plain ustar headers, pax paths and sizes, GNU long names.
struct TarReader {
  struct Entry {
    var path: String
    var type: UInt8
    /// Where the content lies in the archive.
    var content: Range<Int>
  }

  private let bytes: [UInt8]
  /// For messages.
  private let path: String
  private var offset = 0

  init(_ bytes: [UInt8], path: String) {
    self.bytes = bytes
    self.path = path
  }

  /// The next file or folder or other thing; nil at the end of the archive.
  mutating func next() throws(OCIError) -> Entry? {
    var longPath: String?
    var longSize: Int?
    while true {
      guard offset + Tar.blockSize <= bytes.count else { throw wrong("it ends without its end mark") }
      let header = bytes[offset..<offset + Tar.blockSize]
      if header.allSatisfy({ $0 == 0 }) { return nil }
      guard try octal(Tar.Field.checksum) == Tar.checksum(of: header) else { throw wrong("a header's checksum does not match") }
      let type = bytes[offset + Tar.Field.type]
      let isExtension = [Tar.EntryType.extended, Tar.EntryType.global, Tar.EntryType.longName].contains(type)
      let ownSize = try octal(Tar.Field.size)
      let size = isExtension ? ownSize : longSize ?? ownSize
      let start = offset + Tar.blockSize
      guard size <= bytes.count - start else { throw wrong("an entry of \(size) bytes goes beyond the end of the file") }
      let content = start..<start + size
      let entryPath = longPath ?? headerPath()
      switch type {
      case Tar.EntryType.extended:
        let records = try paxRecords(content)
        longPath = records.last { $0.key == "path" }?.value ?? longPath
        longSize = try records.last { $0.key == "size" }.map { (record) throws(OCIError) in try decimal(record.value) } ?? longSize
      case Tar.EntryType.longName:
        longPath = String(decoding: bytes[content].prefix { $0 != 0 }, as: UTF8.self)
      case Tar.EntryType.global: break
      default:
        advance(past: content)
        return Entry(path: entryPath, type: type, content: content)
      }
      advance(past: content)
    }
  }

  private mutating func advance(past content: Range<Int>) {
    offset = (content.upperBound + Tar.blockSize - 1) / Tar.blockSize * Tar.blockSize
  }

  private func headerPath() -> String {
    let prefix = text(Tar.Field.prefix)
    let isPOSIX = Array(bytes[(offset + Tar.Field.magic.lowerBound)..<(offset + Tar.Field.magic.upperBound)]) == Array("ustar\0".utf8)
    return (isPOSIX && !prefix.isEmpty ? prefix + "/" : "") + text(Tar.Field.name)
  }

  private func text(_ field: Range<Int>) -> String {
    String(decoding: bytes[(offset + field.lowerBound)..<(offset + field.upperBound)].prefix { $0 != 0 }, as: UTF8.self)
  }

  private func octal(_ field: Range<Int>) throws(OCIError) -> Int {
    let digits = text(field).split(separator: " ", omittingEmptySubsequences: true).first ?? "0"
    guard let value = Int(digits, radix: 8), value >= 0 else { throw wrong("a header field is no octal number") }
    return value
  }

  private func decimal(_ text: String) throws(OCIError) -> Int {
    guard let value = Int(text), value >= 0 else { throw wrong("a pax record is no number") }
    return value
  }

  /// Records `LENGTH KEY=VALUE\n`, where the length counts the whole record.
  private func paxRecords(_ content: Range<Int>) throws(OCIError) -> [(key: String, value: String)] {
    var records: [(key: String, value: String)] = []
    var start = content.lowerBound
    while start < content.upperBound {
      guard let blank = bytes[start..<content.upperBound].firstIndex(of: 0x20),
        let length = Int(String(decoding: bytes[start..<blank], as: UTF8.self)),
        length > blank - start + 1, length <= content.upperBound - start, bytes[start + length - 1] == 0x0A,
        let equals = bytes[blank..<start + length].firstIndex(of: UInt8(ascii: "="))
      else { throw wrong("a broken pax record") }
      records.append(
        (
          String(decoding: bytes[(blank + 1)..<equals], as: UTF8.self),
          String(decoding: bytes[(equals + 1)..<(start + length - 1)], as: UTF8.self)
        ))
      start += length
    }
    return records
  }

  private func wrong(_ reason: String) -> OCIError { .wrongArchive(path: path, offset: offset, reason: reason) }
}
