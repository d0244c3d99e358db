import FoundationEssentials

/// What a file is not, or lacks.
struct ELFError: Error {
  var reason: String
  init(_ reason: String) { self.reason = reason }
}

/// An executable or library: as much of it as it takes to find functions in the file (System V ABI, chapters 4 and 5; ELF-64).
struct ELFFile {
  let path: String
  private let bytes: Data
  private var segments: [Segment] = []
  private var sections: [Section] = []

  private struct Segment {
    var kind: UInt32
    var offset: UInt64
    var address: UInt64
    var size: UInt64
  }

  private struct Section {
    var kind: UInt32
    var offset: UInt64
    var size: UInt64
    var link: Int
    var entrySize: UInt64
  }

  /// - Throws: `ELFError` where this is no 64-bit little-endian ELF file, or its tables point outside of it.
  init(path: String) throws(ELFError) {
    self.path = path
    guard let bytes = try? Data(contentsOf: URL(filePath: path), options: .mappedIfSafe) else {
      throw ELFError("\(path) cannot be read")
    }
    self.bytes = bytes
    guard bytes.count >= 64, bytes.prefix(6).elementsEqual([0x7f, 0x45, 0x4c, 0x46, 2, 1]) else {
      throw ELFError("\(path) is no executable of this machine")
    }
    let (segmentTable, sectionTable) = (number(32, UInt64.self), number(40, UInt64.self))
    let (segmentSize, segmentCount) = (number(54, UInt16.self), number(56, UInt16.self))
    let (sectionSize, sectionCount) = (number(58, UInt16.self), number(60, UInt16.self))
    for index in 0..<UInt64(segmentCount) {
      let place = segmentTable &+ index &* UInt64(segmentSize)
      guard isInside(place, 56) else { throw ELFError("\(path): its program headers lie outside the file") }
      segments.append(
        Segment(kind: number(place), offset: number(place + 8), address: number(place + 16), size: number(place + 32)))
    }
    for index in 0..<UInt64(sectionCount) {
      let place = sectionTable &+ index &* UInt64(sectionSize)
      guard isInside(place, 64) else { throw ELFError("\(path): its section headers lie outside the file") }
      sections.append(
        Section(
          kind: number(place + 4), offset: number(place + 24), size: number(place + 32), link: Int(number(place + 40, UInt32.self)),
          entrySize: number(place + 56)))
    }
  }

  /// Whether there is a full symbol table (SHT_SYMTAB).
  var hasSymbols: Bool { sections.contains { $0.kind == 2 } }

  /// The dynamic loader (PT_INTERP); nil for a static executable.
  var interpreter: String? { segments.first { $0.kind == 3 }.flatMap { text(at: $0.offset) } }

  /// The libraries it asks for by name (DT_NEEDED).
  var neededLibraries: [String] { dynamicTexts(tag: 1) }

  /// The folders it names for them (DT_RPATH, DT_RUNPATH).
  var libraryFolders: [String] {
    (dynamicTexts(tag: 15) + dynamicTexts(tag: 29)).flatMap { $0.split(separator: ":").map(String.init) }
  }

  /// Offsets in the file of functions defined in it, from its symbol tables (SHT_SYMTAB, SHT_DYNSYM).
  func functionOffsets(_ names: Set<String>) -> [String: UInt64] {
    var offsets: [String: UInt64] = [:]
    for table in sections where (table.kind == 2 || table.kind == 11) && table.entrySize >= 24 && sections.indices.contains(table.link) {
      guard isInside(table.offset, table.size) else { continue }
      let strings = sections[table.link]
      for place in stride(from: table.offset, to: table.offset + table.size, by: Int(table.entrySize)) {
        guard isInside(place, 24) else { break }
        // STT_FUNC, and a section: what is only asked for has none.
        guard number(place + 4, UInt8.self) & 0xf == 2, number(place + 6, UInt16.self) != 0,
          let name = text(at: strings.offset &+ UInt64(number(place, UInt32.self))), names.contains(name), offsets[name] == nil
        else { continue }
        offsets[name] = offset(ofAddress: number(place + 8))
      }
    }
    return offsets
  }

  /// Texts of the dynamic section's entries with a tag.
  private func dynamicTexts(tag: UInt64) -> [String] {
    guard let dynamic = segments.first(where: { $0.kind == 2 }), isInside(dynamic.offset, dynamic.size) else { return [] }
    let entries = stride(from: dynamic.offset, to: dynamic.offset + dynamic.size / 16 * 16, by: 16).map {
      (tag: number($0, UInt64.self), value: number($0 + 8, UInt64.self))
    }
    guard let strings = entries.first(where: { $0.tag == 5 }).flatMap({ offset(ofAddress: $0.value) }) else { return [] }
    return entries.prefix { $0.tag != 0 }.filter { $0.tag == tag }.compactMap { text(at: strings &+ $0.value) }
  }

  /// Where an address of the loaded program lies in the file (PT_LOAD).
  private func offset(ofAddress address: UInt64) -> UInt64? {
    segments.first { $0.kind == 1 && address >= $0.address && address - $0.address < $0.size }.map { address - $0.address &+ $0.offset }
  }

  private func isInside(_ place: UInt64, _ size: UInt64) -> Bool {
    place <= UInt64(bytes.count) && size <= UInt64(bytes.count) - place
  }

  private func number<Number: FixedWidthInteger>(_ place: UInt64, _ type: Number.Type = Number.self) -> Number {
    bytes.withUnsafeBytes { Number(littleEndian: $0.loadUnaligned(fromByteOffset: Int(place), as: type)) }
  }

  /// A text that ends with a NUL; nil outside the file.
  private func text(at place: UInt64) -> String? {
    guard place < UInt64(bytes.count) else { return nil }
    return bytes.withUnsafeBytes { bytes in
      let rest = bytes[Int(place)...].prefix(4096)
      return rest.firstIndex(of: 0).map { String(decoding: rest[..<$0], as: UTF8.self) }
    }
  }
}
