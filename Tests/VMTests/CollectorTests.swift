import Glibc
import Testing

@testable import VM

/// The collector by itself: what it keeps, what it frees, what its limits are.
@Suite("Collector")
struct CollectorTests {
  /// A structure with one reference to any object, and its row.
  nonisolated(unsafe) private static let node: DefinedType.Pointer = {
    var group = TypeGroup()
    group.begin(.structure, isFinal: true, supertype: nil)
    group.append(List([FieldType(storage: .anyref, isMutable: true), FieldType(storage: .i64, isMutable: true)]))
    return TypeRegistry.shared.row(TypeRegistry.shared.number(of: group)!)
  }()
  /// An array of bytes.
  nonisolated(unsafe) private static let bytes: DefinedType.Pointer = {
    var group = TypeGroup()
    group.begin(.array, isFinal: true, supertype: nil)
    group.append(List([FieldType(storage: .packedI8, isMutable: true)]))
    return TypeRegistry.shared.row(TypeRegistry.shared.number(of: group)!)
  }()

  private func slot(_ object: UnsafeMutableRawPointer) -> UInt64 { UInt64(UInt(bitPattern: object)) }
  private func link(_ from: UnsafeMutableRawPointer, to: UnsafeMutableRawPointer) {
    from.storeBytes(of: slot(to), toByteOffset: Int(Self.node.pointee.offsets[0]), as: UInt64.self)
  }

  @Test func `chains are kept whole, rings without an owner go, and their cells are used again`() throws {
    let heap = try Heap(limit: 64 << 20, budget: nil)
    var chain: [UnsafeMutableRawPointer] = []
    for index in 0..<10_000 {
      let object = try heap.newObject(Self.node)
      object.storeBytes(of: UInt64(index), toByteOffset: Int(Self.node.pointee.offsets[1]), as: UInt64.self)
      if let last = chain.last { link(last, to: object) }
      chain.append(object)
      let (one, other) = (try heap.newObject(Self.node), try heap.newObject(Self.node))
      link(one, to: other)
      link(other, to: one)
    }
    heap.collect { $0.mark(slot(chain[0])) }
    // A node takes 32 bytes with its header.
    #expect(heap.statistics.liveBytes == 10_000 * 32)
    let before = heap.statistics.greatestHeapBytes
    for _ in 0..<20_000 { _ = try heap.newObject(Self.node) }
    for (index, object) in chain.enumerated() {
      #expect(object.load(fromByteOffset: Int(Self.node.pointee.offsets[1]), as: UInt64.self) == UInt64(index))
    }
    heap.collect { _ in }
    #expect(heap.statistics.liveBytes == 0)
    #expect(heap.statistics.greatestHeapBytes <= before + (1 << 15))
    #expect(heap.statistics.collections == 2 && heap.statistics.longestPauseNanoseconds > 0)
  }

  @Test func `words that are no object's address keep nothing and do no harm`() throws {
    let heap = try Heap(limit: 64 << 20, budget: nil)
    let object = try heap.newObject(Self.node)
    let large = try heap.newArray(Self.bytes, count: 100_000)
    let words: [UInt64] = [
      0, 1, 2, .max, slot(object) + 8, slot(object) + 16, slot(object) - 16, slot(large) + 16, slot(large) + 40_000,
      slot(large) + (1 << 40),
    ]
    heap.collect { heap in for word in words { heap.mark(word) } }
    #expect(heap.statistics.liveBytes == 0)
  }

  @Test func `large arrays come and go within the limit`() throws {
    let heap = try Heap(limit: 8 << 20, budget: nil)
    let zeroes = calloc(3 << 20, 1)!
    defer { free(zeroes) }
    for _ in 0..<100 {
      let array = try heap.newArray(Self.bytes, count: 3 << 20)
      #expect(memcmp(array + DefinedType.headerBytes, zeroes, 3 << 20) == 0)
      memset(array + DefinedType.headerBytes, 0xFF, 3 << 20)
      heap.collect { _ in }
    }
    _ = try heap.newArray(Self.bytes, count: 3 << 20)
    _ = try heap.newArray(Self.bytes, count: 3 << 20)
    #expect { try heap.newArray(Self.bytes, count: 3 << 20) } throws: { "\($0)".contains("raise the heap's limit") }
  }

  @Test func `a budget is given back as blocks are freed`() throws {
    let budget = MemoryBudget { 1 << 20 }
    let heap = try Heap(limit: 64 << 20, budget: budget)
    _ = try heap.newArray(Self.bytes, count: 900_000)
    #expect { try heap.newArray(Self.bytes, count: 900_000) } throws: { $0 is ResourceError }
    heap.collect { _ in }
    _ = try heap.newArray(Self.bytes, count: 900_000)
  }

  @Test func `what the host holds stays`() throws {
    let store = try Store()
    let heap = try store.heapToUse()
    var reference: ObjectReference? = ObjectReference(slot: slot(try heap.newObject(Self.node)), hierarchy: .anyref, store: store)
    heap.collect { _ in }
    #expect(heap.statistics.liveBytes == 32 && reference?.kind == .structure)
    reference = nil
    heap.collect { _ in }
    #expect(heap.statistics.liveBytes == 0)
  }
}
