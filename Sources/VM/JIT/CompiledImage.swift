import Digest
import Glibc
import Processor

/// A compiled module in a file: machine code that needs no change to run, tables of fixed width, the first contents of memory 0, and the
/// module itself. The file is mapped, not read, so that what a run does not touch costs nothing.
///
/// The parts begin at pages. The header says where, and what has to be the same for the code to fit: the build of this program, and the
/// features the module was validated with. Two digests guard it: one of the header, one of everything behind.
public final class CompiledImage: @unchecked Sendable {
  /// The first eight bytes.
  static let magic: UInt64 = 0x0A4D_5741_5353_4148
  static let pageBytes = 4096

  struct Header {
    var magic = CompiledImage.magic
    var fileBytes: UInt64 = 0
    var build = BuildIdentity.Value(repeating: 0)
    var features: UInt64 = 0
    var moduleDigest = Digest32(repeating: 0)
    var stubs = CompiledStubs.Positions(repeating: 0)
    var code = Part()
    var functions = Part()
    var bodies = Part()
    var extras = Part()
    var memory = Part()
    var module = Part()
    var functionCount: UInt64 = 0
    /// The guest's address that the contents of memory 0 begin at.
    var memoryStart: UInt64 = 0
    var contentDigest = Digest32(repeating: 0)
    var headerDigest = Digest32(repeating: 0)
  }
  typealias Digest32 = InlineArray<4, UInt64>

  struct Part {
    var offset: UInt64 = 0
    var byteCount: UInt64 = 0
  }

  /// A function of the table, in the order of indices and of code.
  struct FunctionRow {
    var start: UInt32
    var end: UInt32
    var entry: UInt32
    var bodyStart: UInt32
    var frameBytes: UInt32
    var savedBytes: UInt16
    var epilogueBytes: UInt16
    /// Where its epilogues, tries and detours begin among the extras, in words.
    var extras: UInt32
  }

  struct BodyRow {
    var start: UInt32
    var end: UInt32
  }

  let base: UnsafeRawPointer
  private let byteCount: Int
  /// For mapping the contents of memory.
  let descriptor: Int32
  /// The code, mapped a second time to be executed.
  let code: UnsafeMutableRawPointer
  let header: UnsafePointer<Header>

  /// What is wrong with a file.
  public struct Unusable: Error, CustomStringConvertible {
    public let description: String
  }

  /// Whether some bytes begin as a compiled module does.
  public static func begins(_ bytes: ModuleBytes) -> Bool { bytes.count >= 8 && bytes.base.loadUnaligned(as: UInt64.self) == magic }

  /// Maps a file that `open` has opened; closes it with the image.
  /// - Parameter isTrusted: whether it is known not to have changed since its digests were checked. Else they are checked now.
  public convenience init(descriptor: Int32, features: Features, isTrusted: Bool) throws(Unusable) {
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_size > Self.pageBytes else {
      close(descriptor)
      throw Unusable(description: "is no compiled module")
    }
    let count = Int(status.st_size)
    guard let base = mmap(nil, count, PROT_READ, MAP_PRIVATE, descriptor, 0), base != MAP_FAILED else {
      close(descriptor)
      throw Unusable(description: "cannot be mapped: \(String(cString: strerror(errno)))")
    }
    let header = UnsafeRawPointer(base).assumingMemoryBound(to: Header.self)
    do throws(Unusable) {
      try Self.check(header, UnsafeRawPointer(base), count, features, isTrusted)
      let part = header.pointee.code
      guard
        let code = mmap(nil, Int(part.byteCount), PROT_READ | PROT_EXEC, MAP_PRIVATE, descriptor, off_t(part.offset)), code != MAP_FAILED
      else { throw Unusable(description: "its code cannot be executed: \(String(cString: strerror(errno)))") }
      self.init(base: UnsafeRawPointer(base), count, descriptor, code, header)
    } catch {
      munmap(base, count)
      close(descriptor)
      throw error
    }
  }

  private init(
    base: UnsafeRawPointer, _ byteCount: Int, _ descriptor: Int32, _ code: UnsafeMutableRawPointer, _ header: UnsafePointer<Header>
  ) {
    self.base = base
    self.byteCount = byteCount
    self.descriptor = descriptor
    self.code = code
    self.header = header
  }

  deinit {
    if hasContents { MappingPool.forget(self, reservation: Memory.fullReservation) }
    munmap(code, Int(header.pointee.code.byteCount))
    munmap(UnsafeMutableRawPointer(mutating: base), byteCount)
    close(descriptor)
  }

  /// Whether it has the first contents of memory 0.
  var hasContents: Bool { header.pointee.memory.byteCount > 0 }

  /// Maps the first contents of memory 0: pages are copied when they are written.
  func mapContents(into memory: Memory) -> Bool {
    let part = header.pointee.memory
    return memory.map(descriptor, at: Int(part.offset), byteCount: Int(part.byteCount), to: Int(header.pointee.memoryStart))
  }

  /// Where its file is mapped, and where its code, in whole pages.
  public var addresses: (file: Range<UInt>, code: Range<UInt>) {
    func pages(_ start: UnsafeRawPointer, _ count: Int) -> Range<UInt> {
      UInt(bitPattern: start)..<UInt(bitPattern: start) + (UInt(count) + 4095) & ~4095
    }
    return (pages(base, byteCount), pages(UnsafeRawPointer(code), Int(header.pointee.code.byteCount)))
  }

  private static func check(
    _ header: UnsafePointer<Header>, _ base: UnsafeRawPointer, _ count: Int, _ features: Features, _ isTrusted: Bool
  ) throws(Unusable) {
    guard header.pointee.magic == magic else { throw Unusable(description: "is no compiled module") }
    guard header.pointee.fileBytes == UInt64(count) else { throw Unusable(description: "was cut short") }
    let build = BuildIdentity.value()
    for index in 0..<build.count where build[index] != header.pointee.build[index] {
      throw Unusable(description: "was compiled by another build of this program: compile it again")
    }
    guard header.pointee.features == Self.word(features) else {
      throw Unusable(description: "was compiled for other features, or for another processor: compile it again")
    }
    guard !isTrusted else { return }
    guard equal(headerDigest(header), header.pointee.headerDigest) else { throw Unusable(description: "has a damaged header") }
    let content = UnsafeRawBufferPointer(start: base + pageBytes, count: count - pageBytes)
    guard equal(digest(content), header.pointee.contentDigest) else { throw Unusable(description: "is damaged") }
  }

  /// What code depends on beside its module: the features the module was validated with, and those of the processor that are used where
  /// it has them.
  static func word(_ features: Features) -> UInt64 { UInt64(features.rawValue) | (Processor.hasProductsOf64Bits() ? 1 << 32 : 0) }

  static func equal(_ one: Digest32, _ other: Digest32) -> Bool {
    one[0] == other[0] && one[1] == other[1] && one[2] == other[2] && one[3] == other[3]
  }

  static func digest(_ bytes: UnsafeRawBufferPointer) -> Digest32 {
    var digest = SHA256()
    digest.update(bytes)
    let result = digest.finish().bytes
    return result.withUnsafeBytes { bytes in Digest32 { bytes.loadUnaligned(fromByteOffset: $0 * 8, as: UInt64.self) } }
  }

  private static func headerDigest(_ header: UnsafePointer<Header>) -> Digest32 {
    digest(
      UnsafeRawBufferPointer(start: header, count: MemoryLayout<Header>.offset(of: \Header.headerDigest)!))
  }

  // MARK: Reading

  /// Whether a file holds its module, byte for byte.
  func isOf(file path: UnsafePointer<CChar>) -> Bool {
    guard let bytes = try? ModuleBytes.mapping(path: path), bytes.count == Int(header.pointee.module.byteCount) else { return false }
    return memcmp(bytes.base, part(header.pointee.module), bytes.count) == 0
  }

  /// Whether it is the module whose bytes have this digest.
  func isOf(_ digest: Digest32) -> Bool { Self.equal(header.pointee.moduleDigest, digest) }

  func part(_ part: Part) -> UnsafeRawPointer { base + Int(part.offset) }
  var functions: UnsafePointer<FunctionRow> { part(header.pointee.functions).assumingMemoryBound(to: FunctionRow.self) }
  var bodies: UnsafePointer<BodyRow> { part(header.pointee.bodies).assumingMemoryBound(to: BodyRow.self) }
  private var extras: UnsafePointer<Int32> { part(header.pointee.extras).assumingMemoryBound(to: Int32.self) }
  var functionCount: Int { Int(header.pointee.functionCount) }

  /// The module's own bytes, which live as long as the image.
  var moduleBytes: ModuleBytes {
    ModuleBytes(base: part(header.pointee.module), count: Int(header.pointee.module.byteCount), owner: self)
  }

  /// - Parameters:
  ///   - position: the function's place among those that are not imported.
  ///   - index: its index in the module.
  func function(at position: Int, index: UInt32) -> CompiledFunction {
    let row = functions[position]
    var words = ExtrasReader(cursor: extras + Int(row.extras))
    var epilogues = List<Int>()
    for _ in 0..<words.next() { epilogues.append(Int(words.next())) }
    var tries = List<CompiledTry>()
    for _ in 0..<words.next() { tries.append(words.nextTry()) }
    var detours = List<CompiledDetour>()
    for _ in 0..<words.next() { detours.append(CompiledDetour(first: words.next(), end: words.next(), origin: words.next())) }
    return CompiledFunction(
      index: index, start: Int(row.start), end: Int(row.end), entry: Int(row.entry), savedBytes: Int(row.savedBytes),
      frameBytes: Int(row.frameBytes), loops: List(), tries: tries, detours: detours, isPositionIndependent: true,
      bodyStart: Int(row.bodyStart), epilogues: epilogues, epilogueBytes: Int(row.epilogueBytes))
  }

  private struct ExtrasReader {
    var cursor: UnsafePointer<Int32>

    mutating func next() -> Int32 {
      defer { cursor += 1 }
      return cursor.pointee
    }

    mutating func nextTry() -> CompiledTry {
      var block = CompiledTry(first: next(), end: next(), clauses: List())
      for _ in 0..<next() {
        let tag = next()
        block.clauses.append(
          CompiledTry.Clause(tag: tag < 0 ? nil : UInt32(tag), takesReference: next() != 0, position: next(), slot: next()))
      }
      return block
    }
  }

  // MARK: Writing

  /// The bytes of a file, compiled from a module whose functions are all compiled in the order of their indices.
  static func bytes(of module: Module, _ compiled: CompiledModule) -> [UInt8]? {
    guard let memory = compiled.memory.writtenBytes else { return nil }
    var header = Header()
    header.build = BuildIdentity.value()
    header.features = Self.word(module.validation.features)
    header.moduleDigest = digest(UnsafeRawBufferPointer(start: module.bytes.base, count: module.bytes.count))
    header.stubs = compiled.memory.stubs
    var file = [UInt8](repeating: 0, count: pageBytes)
    func append(_ part: inout Part, _ bytes: UnsafeRawBufferPointer) {
      part = Part(offset: UInt64(file.count), byteCount: UInt64(bytes.count))
      file.append(contentsOf: bytes)
      file.append(contentsOf: repeatElement(0, count: -file.count & (pageBytes - 1)))
    }
    var rows: [FunctionRow] = []
    var bodies: [BodyRow] = []
    var extras: [Int32] = []
    for (position, body) in module.bodies.enumerated() {
      guard let function = compiled.function(UInt32(module.importedFunctionCount + position)), function.isPositionIndependent else {
        return nil
      }
      rows.append(
        FunctionRow(
          start: UInt32(function.start), end: UInt32(function.end), entry: UInt32(function.entry), bodyStart: UInt32(function.bodyStart),
          frameBytes: UInt32(function.frameBytes), savedBytes: UInt16(function.savedBytes), epilogueBytes: UInt16(function.epilogueBytes),
          extras: UInt32(extras.count)))
      bodies.append(BodyRow(start: UInt32(body.range.lowerBound), end: UInt32(body.range.upperBound)))
      appendExtras(of: function, to: &extras)
    }
    append(&header.code, memory)
    rows.withUnsafeBytes { append(&header.functions, $0) }
    bodies.withUnsafeBytes { append(&header.bodies, $0) }
    extras.withUnsafeBytes { append(&header.extras, $0) }
    if let (start, contents) = MemoryContents.of(module) {
      header.memoryStart = UInt64(start)
      contents.withUnsafeBytes { append(&header.memory, $0) }
    }
    append(&header.module, UnsafeRawBufferPointer(start: module.bytes.base, count: module.bytes.count))
    header.functionCount = UInt64(module.bodies.count)
    header.fileBytes = UInt64(file.count)
    header.contentDigest = file.withUnsafeBytes { digest(UnsafeRawBufferPointer(rebasing: $0[pageBytes...])) }
    let digestOfHeader = withUnsafePointer(to: header) { headerDigest($0) }
    header.headerDigest = digestOfHeader
    withUnsafeBytes(of: header) { bytes in for (index, byte) in bytes.enumerated() { file[index] = byte } }
    return file
  }

  private static func appendExtras(of function: CompiledFunction, to extras: inout [Int32]) {
    extras.append(Int32(function.epilogues.count))
    for epilogue in function.epilogues { extras.append(Int32(epilogue)) }
    extras.append(Int32(function.tries.count))
    for block in function.tries {
      extras += [block.first, block.end, Int32(block.clauses.count)]
      for clause in block.clauses {
        extras += [clause.tag.map { Int32(bitPattern: $0) } ?? -1, clause.takesReference ? 1 : 0, clause.position, clause.slot]
      }
    }
    extras.append(Int32(function.detours.count))
    for detour in function.detours { extras += [detour.first, detour.end, detour.origin] }
  }
}

/// What memory 0 holds when the module has just been instantiated.
enum MemoryContents {
  /// More than this is not kept: the segments may lie far from each other.
  private static let mostBytes = 64 << 20
  /// Below this, copying is faster than mapping.
  private static let fewestBytes = 64 << 10

  /// The contents from a multiple of the page on; nil where the segments do not tell, or tell of little.
  static func of(_ module: Module) -> (start: Int, contents: [UInt8])? {
    guard let span = span(module) else { return nil }
    var contents = [UInt8](repeating: 0, count: span.count)
    for segment in module.data {
      guard let place = place(segment) else { continue }
      contents.withUnsafeMutableBytes { bytes in
        guard let target = bytes.baseAddress, !segment.range.isEmpty else { return }
        (target + (place - span.lowerBound)).copyMemory(from: module.bytes.base + segment.range.lowerBound, byteCount: segment.range.count)
      }
    }
    return (span.lowerBound, contents)
  }

  /// Where an active segment of memory 0 goes, if that is known beforehand.
  static func place(_ segment: DataSegment) -> Int? {
    guard case .active(0, let offset) = segment.mode, offset.instructions.count == 1, case .i32(let address) = offset.instructions[0]
    else { return nil }
    return Int(address)
  }

  /// All pages that segments touch.
  private static func span(_ module: Module) -> Range<Int>? {
    guard module.importedMemoryCount == 0, module.memories.count > 0, module.memories[0].address == .i32, module.memories[0].pageShift == 16
    else { return nil }
    var (first, end) = (Int.max, 0)
    for segment in module.data {
      guard case .active(let memory, _) = segment.mode, memory == 0 else { continue }
      guard let place = place(segment) else { return nil }
      first = min(first, place)
      end = max(end, place + segment.range.count)
    }
    guard first < end, end <= Int(module.memories[0].limits.minimum) << 16 else { return nil }
    let page = CompiledImage.pageBytes
    let span = first / page * page..<(end + page - 1) / page * page
    return fewestBytes...mostBytes ~= span.count ? span : nil
  }
}

/// Which build of the program this is: what the linker noted in it. Code that another build compiled may expect other things of it. Where
/// nothing was noted, as in tests, no two processes are of one build.
enum BuildIdentity {
  typealias Value = InlineArray<32, UInt8>

  nonisolated(unsafe) private static var unknown: Value = {
    var bits = monotonicNanoseconds()
    return Value { _ in
      bits = bits &* 0x5851_F42D_4C95_7F2D &+ UInt64(getpid())
      return UInt8(truncatingIfNeeded: bits >> 56)
    }
  }()

  static func value() -> Value {
    var value = Value(repeating: 0)
    let count = Int(auxiliaryValue(5))
    guard let headers = UnsafePointer<Elf64_Phdr>(bitPattern: UInt(auxiliaryValue(3))) else { return value }
    // The program's own headers say where they are meant to be, and so where the program is.
    var bias = UInt(0)
    for index in 0..<count where headers[index].p_type == 6 { bias = UInt(bitPattern: headers) &- UInt(headers[index].p_vaddr) }
    for index in 0..<count where headers[index].p_type == 4 {
      guard let notes = UnsafeRawPointer(bitPattern: bias &+ UInt(headers[index].p_vaddr)) else { continue }
      var offset = 0
      while offset + 12 <= Int(headers[index].p_memsz) {
        let nameBytes = Int(notes.load(fromByteOffset: offset, as: UInt32.self) + 3) & ~3
        let descriptionBytes = Int(notes.load(fromByteOffset: offset + 4, as: UInt32.self))
        // NT_GNU_BUILD_ID of "GNU".
        if notes.load(fromByteOffset: offset + 8, as: UInt32.self) == 3, nameBytes == 4,
          notes.load(fromByteOffset: offset + 12, as: UInt32.self) == 0x0055_4E47
        {
          for byte in 0..<min(descriptionBytes, 32) {
            value[byte] = notes.load(fromByteOffset: offset + 12 + nameBytes + byte, as: UInt8.self)
          }
          return value
        }
        offset += 12 + nameBytes + (descriptionBytes + 3) & ~3
      }
    }
    return unknown
  }
}

/// AT_PHDR (3) and AT_PHNUM (5): the program's headers in memory.
@_silgen_name("getauxval")
private func auxiliaryValue(_ type: UInt) -> UInt
