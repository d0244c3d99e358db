/// Writes a tar archive in memory. Owner is root and time is 0 everywhere, so that equal contents give equal bytes.
struct TarWriter {
  private var bytes: [UInt8] = []
  private var folders: Set<String> = []

  /// Adds a folder and the folders above it; each only once.
  mutating func addFolder(_ path: String) {
    var folder = ""
    for name in path.split(separator: "/") {
      folder += name + "/"
      guard folders.insert(folder).inserted else { continue }
      addEntry(folder, type: Tar.EntryType.folder, mode: 0o755, content: [])
    }
  }

  /// Adds a file, and the folders above it that are not there yet.
  mutating func addFile(_ path: String, mode: UInt32, content: [UInt8]) {
    let names = path.split(separator: "/")
    addFolder(names.dropLast().joined(separator: "/"))
    addEntry(names.joined(separator: "/"), type: Tar.EntryType.file, mode: mode, content: content)
  }

  /// Adds a symbolic link, and the folders above it that are not there yet.
  mutating func addLink(_ path: String, to target: String) {
    let names = path.split(separator: "/")
    addFolder(names.dropLast().joined(separator: "/"))
    addEntry(names.joined(separator: "/"), type: Tar.EntryType.link, mode: 0o777, target: target, content: [])
  }

  /// The whole archive.
  consuming func finish() -> [UInt8] { bytes + Tar.end }

  private mutating func addEntry(_ path: String, type: UInt8, mode: UInt32, target: String = "", content: [UInt8]) {
    // pax: what fits no field goes into a record of its own; readers without pax see it cut.
    let parts = split(path)
    let link = Array(target.utf8)
    var records: [UInt8] = []
    if parts == nil { records += paxRecord("path", path) }
    if link.count > Tar.Field.link.count { records += paxRecord("linkpath", target) }
    if !records.isEmpty {
      addHeader(prefix: [], name: Array("PaxHeaders/path".utf8), type: Tar.EntryType.extended, mode: 0o644, size: records.count)
      addContent(records)
    }
    let (prefix, name) = parts ?? ([], Array(path.utf8.prefix(Tar.Field.name.count)))
    addHeader(
      prefix: prefix, name: name, type: type, mode: mode, link: Array(link.prefix(Tar.Field.link.count)), size: content.count)
    addContent(content)
  }

  /// A path that does not fit the name field is cut at a slash into prefix and name; nil where no slash fits.
  private func split(_ path: String) -> (prefix: [UInt8], name: [UInt8])? {
    let bytes = Array(path.utf8)
    if bytes.count <= Tar.Field.name.count { return ([], bytes) }
    for (index, byte) in bytes.enumerated() where byte == UInt8(ascii: "/") {
      let rest = bytes.count - index - 1
      if index > 0, index <= Tar.Field.prefix.count, rest > 0, rest <= Tar.Field.name.count {
        return (Array(bytes[..<index]), Array(bytes[(index + 1)...]))
      }
    }
    return nil
  }

  /// `LENGTH KEY=VALUE\n`, where the length counts its own digits.
  private func paxRecord(_ key: String, _ value: String) -> [UInt8] {
    let rest = " \(key)=\(value)\n"
    var length = rest.utf8.count
    while String(length).utf8.count + rest.utf8.count != length { length = String(length).utf8.count + rest.utf8.count }
    return Array((String(length) + rest).utf8)
  }

  private mutating func addHeader(prefix: [UInt8], name: [UInt8], type: UInt8, mode: UInt32, link: [UInt8] = [], size: Int) {
    var header = [UInt8](repeating: 0, count: Tar.blockSize)
    func put(_ value: [UInt8], _ field: Range<Int>) { for (index, byte) in value.enumerated() { header[field.lowerBound + index] = byte } }
    func putOctal(_ value: Int, _ field: Range<Int>) {
      let digits = String(value, radix: 8)
      put(Array((String(repeating: "0", count: field.count - 1 - digits.count) + digits).utf8), field)
    }
    put(name, Tar.Field.name)
    putOctal(Int(mode & 0o7777), Tar.Field.mode)
    putOctal(0, Tar.Field.user)
    putOctal(0, Tar.Field.group)
    putOctal(size, Tar.Field.size)
    putOctal(0, Tar.Field.modified)
    header[Tar.Field.type] = type
    put(link, Tar.Field.link)
    put(Array("ustar\0".utf8), Tar.Field.magic)
    put(Array("00".utf8), Tar.Field.version)
    put(prefix, Tar.Field.prefix)
    let digits = String(Tar.checksum(of: header[...]), radix: 8)
    put(Array((String(repeating: "0", count: 6 - digits.count) + digits + "\0 ").utf8), Tar.Field.checksum)
    bytes += header
  }

  private mutating func addContent(_ content: [UInt8]) {
    bytes += content
    let remainder = content.count % Tar.blockSize
    if remainder > 0 { bytes += [UInt8](repeating: 0, count: Tar.blockSize - remainder) }
  }
}
