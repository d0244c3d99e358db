/// Numbers defined types process-wide: two types are equal (3.3.10, "iso-recursive") exactly when their numbers are, whatever modules they
/// stand in. So an indirect call compares two 32-bit numbers (4.4.8.10), and a cast looks one number up.
///
/// Groups of types that refer to each other are numbered together. A group is known by its words: its types written down with references
/// to types of the group by place and to all others by number. An open-addressing table of our own instead of a dictionary: the first
/// use of a generic hash table costs a start-up more than all types of an ordinary module together.
///
/// Whoever has a number has it from the registry, so a row can be read without the lock: it never moves and never changes.
final class TypeRegistry: @unchecked Sendable {
  static let shared = TypeRegistry()

  /// Numbers have to fit into a `ValueType` beside its byte and bit.
  private static let mostTypes = 1 << 22
  /// Binary logarithm of the rows of the first chunk; each further one has twice as many, so a start-up pays for few and millions fit.
  private static let firstChunk = 6

  private let lock = Lock()
  /// Rows in chunks that never move.
  private let chunks: UnsafeMutablePointer<UnsafeMutablePointer<DefinedType>?>
  private var count = 0
  private var groups = List<Group>()
  /// Numbers of groups plus one by hash, 0 where free; a power of two of places, at most half of them taken.
  private var places = List<UInt32>(repeating: 0, count: 64)

  private struct Group {
    var hash: UInt64
    var words: UnsafeBufferPointer<UInt32>
    var first: UInt32
  }

  private init() {
    let count = 32
    chunks = .allocate(capacity: count)
    chunks.initialize(repeating: nil, count: count)
  }

  @inline(__always)
  func row(_ number: UInt32) -> DefinedType.Pointer {
    let (chunk, index) = TypeRegistry.place(number)
    return DefinedType.Pointer(chunks[chunk].unsafelyUnwrapped + index)
  }

  @inline(__always)
  private static func place(_ number: UInt32) -> (chunk: Int, index: Int) {
    let shifted = Int(number) + 1 << firstChunk
    let power = Int.bitWidth - 1 - shifted.leadingZeroBitCount
    return (power - firstChunk, shifted - 1 << power)
  }

  /// The number of the first type of a group; the others follow. Nil where there is no number left.
  func number(of group: TypeGroup) -> UInt32? {
    lock.locked {
      let hash = group.hash
      var place = Int(truncatingIfNeeded: hash) & (places.count - 1)
      while places[place] != 0 {
        let known = groups[Int(places[place] - 1)]
        if known.hash == hash, known.words.elementsEqual(group.words) { return known.first }
        place = (place + 1) & (places.count - 1)
      }
      guard count + group.typeCount <= TypeRegistry.mostTypes else { return nil }
      let first = UInt32(count)
      group.forEach(numberedFrom: first, append)
      // Which types are traced depends on all of the group.
      for number in first..<first + UInt32(group.typeCount) {
        let row = UnsafeMutablePointer(mutating: row(number))
        row.pointee.isTraced = row.pointee.fields.contains { $0.isTraced }
      }
      groups.append(Group(hash: hash, words: fixed(group.words), first: first))
      places[place] = UInt32(groups.count)
      if groups.count * 2 > places.count { grow() }
      return first
    }
  }

  /// The number of a function type that stands alone and has no supertypes.
  func number(of type: FunctionType) -> UInt32 {
    var group = TypeGroup()
    group.begin(.function, isFinal: true, supertype: nil)
    group.append(type.parameters)
    group.append(type.results)
    guard let number = number(of: group) else { preconditionFailure("more than \(TypeRegistry.mostTypes) types") }
    return number
  }

  func functionType(_ number: UInt32) -> FunctionType {
    let row = row(number)
    return FunctionType(List(row.pointee.parameters), List(row.pointee.results))
  }

  /// Makes the next row.
  private func append(_ draft: TypeGroup.Draft) {
    let number = UInt32(count)
    let (chunk, place) = TypeRegistry.place(number)
    if chunks[chunk] == nil { chunks[chunk] = .allocate(capacity: 1 << (TypeRegistry.firstChunk + chunk)) }
    var lineage = List<UInt32>()
    if let supertype = draft.supertype { lineage = List(row(supertype).pointee.lineage) }
    lineage.append(number)
    let references = UnsafeMutablePointer<ValueType>.allocate(capacity: 2)
    references.initialize(to: ValueType(defined: number, isNullable: true))
    (references + 1).initialize(to: ValueType(defined: number, isNullable: false))
    var offsets = List<UInt32>()
    var end = DefinedType.headerBytes
    if draft.kind == .structure {
      for field in draft.fields {
        let alignment = min(field.byteCount, 8)
        end = (end + alignment - 1) / alignment * alignment
        offsets.append(UInt32(end))
        end += field.byteCount
      }
    }
    (chunks[chunk].unsafelyUnwrapped + place).initialize(
      to: DefinedType(
        kind: draft.kind, number: number, isFinal: draft.isFinal, lineage: fixed(lineage), parameters: fixed(draft.parameters),
        results: fixed(draft.results), fields: fixed(draft.fields), offsets: fixed(offsets), byteCount: end, isTraced: false,
        references: UnsafePointer(references)))
    count += 1
  }

  private func grow() {
    places = List(repeating: 0, count: places.count * 2)
    for (number, group) in groups.enumerated() {
      var place = Int(truncatingIfNeeded: group.hash) & (places.count - 1)
      while places[place] != 0 { place = (place + 1) & (places.count - 1) }
      places[place] = UInt32(number) + 1
    }
  }

  /// A copy that is never freed.
  private func fixed<Element>(_ list: List<Element>) -> UnsafeBufferPointer<Element> {
    guard list.count > 0 else { return UnsafeBufferPointer(start: nil, count: 0) }
    let copy = UnsafeMutablePointer<Element>.allocate(capacity: list.count)
    for (index, element) in list.enumerated() { (copy + index).initialize(to: element) }
    return UnsafeBufferPointer(start: copy, count: list.count)
  }
}

/// A recursion group (5.3.11) as words, from which the registry makes its types.
///
/// Of each type: its kind, whether it is final and has a supertype; the supertype's reference; and twice a count with so many value
/// types (parameters, results; fields with their mutability, nothing). References to types of the group have the byte
/// `ValueType.recursiveByte` and the type's place in the group.
struct TypeGroup {
  private(set) var words = List<UInt32>()
  private(set) var typeCount = 0

  /// One type, with all references by number.
  struct Draft {
    var kind: DefinedType.Kind
    var isFinal: Bool
    var supertype: UInt32?
    var parameters = List<ValueType>()
    var results = List<ValueType>()
    var fields = List<FieldType>()
  }

  /// Begins a type; two lists follow.
  /// - Parameter supertype: a reference to it.
  mutating func begin(_ kind: DefinedType.Kind, isFinal: Bool, supertype: ValueType?) {
    typeCount += 1
    words.append(kind.rawValue | (isFinal ? 1 << 8 : 0) | (supertype == nil ? 0 : 1 << 9))
    if let supertype { words.append(supertype.code) }
  }

  mutating func append(_ types: List<ValueType>) {
    words.append(UInt32(types.count))
    for type in types { words.append(type.code) }
  }

  mutating func append(_ fields: List<FieldType>) {
    words.append(UInt32(fields.count))
    for field in fields { words.append(field.storage.code << 1 | (field.isMutable ? 1 : 0)) }
  }

  mutating func removeAll() {
    words.removeAll()
    typeCount = 0
  }

  /// FNV-1a.
  var hash: UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for word in words { hash = (hash ^ UInt64(word)) &* 0x100_0000_01B3 }
    return hash ^ hash >> 32
  }

  func forEach(numberedFrom first: UInt32, _ body: (Draft) -> Void) {
    var position = 0
    func next() -> UInt32 {
      defer { position += 1 }
      return words[position]
    }
    func type(_ code: UInt32) -> ValueType {
      guard code & 0xFF == ValueType.recursiveByte else { return ValueType(code: code) }
      return ValueType(defined: first + code >> ValueType.numberShift, isNullable: code & ValueType.nonNullBit == 0)
    }
    for _ in 0..<typeCount {
      let head = next()
      var draft = Draft(kind: DefinedType.Kind(rawValue: head & 0xFF).unsafelyUnwrapped, isFinal: head & 1 << 8 != 0, supertype: nil)
      if head & 1 << 9 != 0 { draft.supertype = type(next()).definedNumber }
      let isFunction = draft.kind == .function
      for _ in 0..<next() {
        let word = next()
        if isFunction {
          draft.parameters.append(type(word))
        } else {
          draft.fields.append(FieldType(storage: type(word >> 1), isMutable: word & 1 == 1))
        }
      }
      if isFunction { for _ in 0..<next() { draft.results.append(type(next())) } }
      body(draft)
    }
  }
}
