import Glibc

/// The objects of one store's guests (4.2.14 to 4.2.16): structures, arrays and exceptions, freed by marking and sweeping.
///
/// Objects never move, so a reference is an address. They lie in blocks of 32 KiB inside one reservation, each block with cells of one
/// size; larger objects take whole blocks. What is allocated and what is marked stands in bitmaps beside the blocks, so sweeping touches
/// no object. References on the value stack are found conservatively: a word that is the address of an allocated cell keeps the object.
/// References inside objects are known by their types.
///
/// An object: its type's number (32 bits), an array's count of elements (32 bits), then fields or elements as `DefinedType` lays them out.
/// An exception: its type is the tag's function type; the tag's record, then its values in slots.
final class Heap {
  private static let blockShift = 15
  static let blockBytes = 1 << blockShift
  private static let cellUnit = 16
  private static let wordsPerBlock = blockBytes / cellUnit / 64
  private static let largestCell = 8192
  /// Bytes between two collections at least.
  private static let usualThreshold = 8 << 20
  private static let cellSizes: InlineArray<27, UInt32> = [
    16, 32, 48, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384, 448, 512, 640, 768, 1024, 1280, 1536, 2048, 2720, 3264, 4096, 5456,
    8192,
  ]

  private struct Block {
    /// Bytes of a cell; 0 of a free block; `large` of the first block of a large object, `rest` of its others.
    var cellBytes: UInt32
    /// Of a large object's first block: how many it takes.
    var span: UInt32

    static let large = UInt32.max
    static let rest = UInt32.max - 1
  }

  /// Where the next cells of a size come from: the free cells of one bitmap word.
  private struct Cursor {
    var block = 0
    var word = Heap.wordsPerBlock
    var mask: UInt64 = 0
    /// Blocks of the size with free cells, as the latest collection left them.
    var partial = List<UInt32>()
  }

  private let base: UnsafeMutableRawPointer
  private let reservation: Int
  private let tables: UnsafeMutableRawPointer
  private let tableBytes: Int
  private let blocks: UnsafeMutablePointer<Block>
  private let allocated: UnsafeMutablePointer<UInt64>
  private let marked: UnsafeMutablePointer<UInt64>
  /// Blocks ever used.
  private var blockCount = 0
  private var usedBlocks = 0
  private var firstFree = 0
  private var cursors: List<Cursor>
  private let classes: UnsafeMutablePointer<UInt8>
  private var pending = List<UInt64>()
  private let budget: MemoryBudget?

  /// Blocks that objects may take.
  private let mostBlocks: Int
  private var allocatedSince = 0
  /// No bytes at all where every allocation is to collect first.
  private let smallestThreshold: Int
  private var threshold: Int
  /// References that the host holds.
  private let handleLock = Lock()
  private var handles = List<UInt64>()
  private var freeHandles = List<Int>()
  /// What collections have done.
  private(set) var statistics = CollectorStatistics()

  /// - Parameters:
  ///   - limit: bytes that all objects together may take.
  ///   - collectsAlways: before every allocation.
  init(limit: Int, budget: MemoryBudget?, collectsAlways: Bool = false) throws(ResourceError) {
    var size = 64 << 30
    var mapping = mmap(nil, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0)
    while mapping == MAP_FAILED, size > 16 << 20 {
      size /= 4
      mapping = mmap(nil, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0)
    }
    guard let mapping, mapping != MAP_FAILED else { throw .memory("a heap", byteCount: size) }
    base = mapping
    reservation = size
    let capacity = size / Heap.blockBytes
    let bitmapBytes = capacity * Heap.wordsPerBlock * 8
    tableBytes = capacity * MemoryLayout<Block>.stride + 2 * bitmapBytes
    let tables = mmap(nil, tableBytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0)
    guard let tables, tables != MAP_FAILED else {
      munmap(mapping, size)
      throw .memory("a heap's tables", byteCount: tableBytes)
    }
    self.tables = tables
    allocated = tables.assumingMemoryBound(to: UInt64.self)
    marked = (tables + bitmapBytes).assumingMemoryBound(to: UInt64.self)
    blocks = (tables + 2 * bitmapBytes).assumingMemoryBound(to: Block.self)
    smallestThreshold = collectsAlways ? 0 : Heap.usualThreshold
    threshold = smallestThreshold
    mostBlocks = min(capacity, max(limit / Heap.blockBytes, 1))
    self.budget = budget
    cursors = List(repeating: Cursor(), count: Heap.cellSizes.count)
    classes = .allocate(capacity: Heap.largestCell / Heap.cellUnit + 1)
    var index = 0
    for units in 0...Heap.largestCell / Heap.cellUnit {
      if units * Heap.cellUnit > Int(Heap.cellSizes[index]) { index += 1 }
      (classes + units).initialize(to: UInt8(index))
    }
  }

  deinit {
    munmap(base, reservation)
    munmap(tables, tableBytes)
    classes.deallocate()
    budget?.giveBack(usedBlocks * Heap.blockBytes)
  }

  // MARK: Allocation

  /// Whether so much has been allocated that unreachable objects should be looked for.
  var wantsCollection: Bool { allocatedSince >= threshold }

  /// Memory for an object, zeroed, or nil where the limit is reached. The caller collects first where `wantsCollection`.
  func allocate(_ byteCount: Int) -> UnsafeMutableRawPointer? {
    guard byteCount <= Heap.largestCell else { return allocateLarge(byteCount) }
    let index = Int(classes[(byteCount + Heap.cellUnit - 1) / Heap.cellUnit])
    let cellBytes = Int(Heap.cellSizes[index])
    if cursors[index].mask == 0, !refill(index, cellBytes) { return nil }
    let mask = cursors[index].mask
    let bit = mask.trailingZeroBitCount
    cursors[index].mask = mask & (mask - 1)
    let (block, word) = (cursors[index].block, cursors[index].word)
    allocated[block * Heap.wordsPerBlock + word] |= 1 << UInt64(bit)
    allocatedSince += cellBytes
    let address = base + block << Heap.blockShift + (word * 64 + bit) * cellBytes
    memset(address, 0, cellBytes)
    return address
  }

  /// Finds the next bitmap word with free cells.
  private func refill(_ index: Int, _ cellBytes: Int) -> Bool {
    let cells = Heap.blockBytes / cellBytes
    while true {
      let (block, word) = (cursors[index].block, cursors[index].word + 1)
      if word * 64 < cells {
        cursors[index].word = word
        let valid = cells - word * 64 >= 64 ? UInt64.max : 1 << UInt64(cells - word * 64) - 1
        cursors[index].mask = ~allocated[block * Heap.wordsPerBlock + word] & valid
        if cursors[index].mask != 0 { return true }
        continue
      }
      if cursors[index].partial.count > 0 {
        cursors[index].block = Int(cursors[index].partial.removeLast())
      } else {
        guard let block = takeBlocks(1) else { return false }
        blocks[block] = Block(cellBytes: UInt32(cellBytes), span: 1)
        cursors[index].block = block
      }
      cursors[index].word = -1
    }
  }

  private func allocateLarge(_ byteCount: Int) -> UnsafeMutableRawPointer? {
    let span = (byteCount + Heap.blockBytes - 1) / Heap.blockBytes
    guard let block = takeBlocks(span) else { return nil }
    blocks[block] = Block(cellBytes: Block.large, span: UInt32(span))
    for rest in block + 1..<block + span { blocks[rest] = Block(cellBytes: Block.rest, span: 0) }
    allocated[block * Heap.wordsPerBlock] = 1
    allocatedSince += span * Heap.blockBytes
    // Blocks were used before or come from the system: zero either way, after `release` or here.
    memset(base + block << Heap.blockShift, 0, byteCount)
    return base + block << Heap.blockShift
  }

  /// The first of so many free blocks in a row.
  private func takeBlocks(_ span: Int) -> Int? {
    guard usedBlocks + span <= mostBlocks else { return nil }
    if let budget, !budget.take(span * Heap.blockBytes) { return nil }
    var run = 0
    var block = firstFree
    while block < blockCount {
      run = blocks[block].cellBytes == 0 ? run + 1 : 0
      block += 1
      if run == span {
        if span == 1 { firstFree = block }
        usedBlocks += span
        return block - span
      }
    }
    if span == 1 { firstFree = blockCount }
    // A run at the end can go on in fresh blocks.
    let first = blockCount - run
    guard first + span <= reservation / Heap.blockBytes else {
      budget?.giveBack(span * Heap.blockBytes)
      return nil
    }
    blockCount = first + span
    usedBlocks += span
    return first
  }

  // MARK: Collection

  /// Frees every object that cannot be reached from the roots: what `markRoots` calls `mark` with, and the host's handles.
  func collect(_ markRoots: (Heap) -> Void) {
    let start = monotonicNanoseconds()
    markRoots(self)
    handleLock.locked { for handle in handles { mark(handle) } }
    trace()
    sweep()
    statistics.note(nanoseconds: monotonicNanoseconds() - start, heapBytes: usedBlocks * Heap.blockBytes)
  }

  /// Marks the object whose address a word is, if it is one's.
  @inline(__always)
  func mark(_ word: UInt64) {
    let offset = Int(bitPattern: UInt(word)) &- Int(bitPattern: base)
    guard offset >= 0, offset & (Heap.cellUnit - 1) == 0, offset < blockCount << Heap.blockShift else { return }
    markCell(offset, word)
  }

  private func markCell(_ offset: Int, _ address: UInt64) {
    let block = offset >> Heap.blockShift
    let cellBytes = blocks[block].cellBytes
    let place = offset & (Heap.blockBytes - 1)
    var cell = 0
    switch cellBytes {
    case 0, Block.rest: return
    case Block.large: guard place == 0 else { return }
    default:
      let (quotient, remainder) = place.quotientAndRemainder(dividingBy: Int(cellBytes))
      guard remainder == 0 else { return }
      cell = quotient
    }
    let word = block * Heap.wordsPerBlock + cell >> 6
    let bit: UInt64 = 1 << UInt64(cell & 63)
    guard allocated[word] & bit != 0, marked[word] & bit == 0 else { return }
    marked[word] |= bit
    pending.append(address)
  }

  func mark(_ words: UnsafePointer<UInt64>, count: Int) {
    for index in 0..<count { mark(words[index]) }
  }

  private func trace() {
    while pending.count > 0 {
      guard let object = UnsafeMutableRawPointer(bitPattern: UInt(pending.removeLast())) else { continue }
      let type = TypeRegistry.shared.row(object.load(as: UInt32.self))
      switch type.pointee.kind {
      case .structure where type.pointee.isTraced:
        for (field, offset) in zip(type.pointee.fields, type.pointee.offsets) where field.isTraced {
          mark(object.load(fromByteOffset: Int(offset), as: UInt64.self))
        }
      case .array where type.pointee.isTraced:
        let count = Int(object.load(fromByteOffset: 4, as: UInt32.self))
        mark((object + DefinedType.headerBytes).assumingMemoryBound(to: UInt64.self), count: count)
      case .function:
        let values = (object + HeapObject.exceptionValues).assumingMemoryBound(to: UInt64.self)
        mark(values, count: type.pointee.parameters.slotCount)
      default: break
      }
    }
  }

  /// Frees what is not marked. Cells are free once their bit is.
  private func sweep() {
    var live = 0
    for index in 0..<cursors.count { cursors[index] = Cursor() }
    var block = 0
    while block < blockCount {
      let cellBytes = blocks[block].cellBytes
      let words = block * Heap.wordsPerBlock
      switch cellBytes {
      case 0, Block.rest: block += 1
      case Block.large:
        let span = Int(blocks[block].span)
        if marked[words] == 0 {
          allocated[words] = 0
          release(block, span)
          madvise(base + block << Heap.blockShift, span << Heap.blockShift, MADV_DONTNEED)
        } else {
          live += span << Heap.blockShift
        }
        marked[words] = 0
        block += span
      default:
        var count = 0
        for word in words..<words + Heap.wordsPerBlock {
          allocated[word] = marked[word]
          count += marked[word].nonzeroBitCount
          marked[word] = 0
        }
        live += count * Int(cellBytes)
        if count == 0 {
          release(block, 1)
        } else if count < Heap.blockBytes / Int(cellBytes) {
          cursors[Int(classes[Int(cellBytes) / Heap.cellUnit])].partial.append(UInt32(block))
        }
        block += 1
      }
    }
    firstFree = 0
    allocatedSince = 0
    threshold = smallestThreshold == 0 ? 0 : max(smallestThreshold, live)
    statistics.liveBytes = live
  }

  private func release(_ first: Int, _ span: Int) {
    for block in first..<first + span { blocks[block] = Block(cellBytes: 0, span: 0) }
    usedBlocks -= span
    budget?.giveBack(span * Heap.blockBytes)
  }

  // MARK: Handles

  /// Keeps an object alive for the host; returns the handle's number.
  func hold(_ slot: UInt64) -> Int {
    handleLock.locked {
      if freeHandles.count > 0 {
        let handle = freeHandles.removeLast()
        handles[handle] = slot
        return handle
      }
      handles.append(slot)
      return handles.count - 1
    }
  }

  /// The host may let go on any thread.
  func letGo(_ handle: Int) {
    handleLock.locked {
      handles[handle] = 0
      freeHandles.append(handle)
    }
  }
}

/// What a store's collector has done so far.
public struct CollectorStatistics: Sendable {
  public private(set) var collections = 0
  /// All pauses together, and the longest one.
  public private(set) var pauseNanoseconds: UInt64 = 0
  public private(set) var longestPauseNanoseconds: UInt64 = 0
  /// What objects that could be reached took after the latest collection.
  public internal(set) var liveBytes = 0
  /// What all blocks took at most before a collection.
  public private(set) var greatestHeapBytes = 0

  mutating func note(nanoseconds: UInt64, heapBytes: Int) {
    collections += 1
    pauseNanoseconds += nanoseconds
    longestPauseNanoseconds = max(longestPauseNanoseconds, nanoseconds)
    greatestHeapBytes = max(greatestHeapBytes, heapBytes)
  }
}

/// References in slots, and what they refer to.
///
/// Null is 0. An integer of 31 bits stands above the lowest bit, which is set. A host's number stands above the lowest two bits, which are
/// 2. Everything else is an address: of a function's record, or of an object in the heap. So `any.convert_extern` and
/// `extern.convert_any` change nothing.
enum HeapObject {
  /// Where an exception's tag and values begin.
  static let exceptionTag = 8
  static let exceptionValues = 16

  static func slot(i31 value: UInt32) -> UInt64 { UInt64(value << 1 | 1) }
  static func slot(host number: UInt64) -> UInt64 { number << 2 | 2 }
  static func isI31(_ slot: UInt64) -> Bool { slot & 1 == 1 }
  static func isHost(_ slot: UInt64) -> Bool { slot & 3 == 2 }
  /// The type of the object at an address.
  static func type(_ slot: UInt64) -> DefinedType.Pointer {
    TypeRegistry.shared.row(UnsafeRawPointer(bitPattern: UInt(slot)).unsafelyUnwrapped.load(as: UInt32.self))
  }

  /// Whether a reference that is not null is of type `type` (4.2.1): of a reference of the type's hierarchy.
  static func isReference(_ slot: UInt64, of type: ValueType) -> Bool {
    if let number = type.definedNumber {
      let wanted = TypeRegistry.shared.row(number)
      guard wanted.pointee.kind != .function else {
        let record = FunctionRecord.Pointer(slot: slot).unsafelyUnwrapped
        return record.pointee.type == number || TypeRegistry.shared.row(record.pointee.type).pointee.isBelow(wanted)
      }
      guard slot & 3 == 0 else { return false }
      let row = self.type(slot)
      return row.pointee.number == number || row.pointee.isBelow(wanted)
    }
    switch type.nullable {
    case .funcref, .externref, .anyref, .exnref: return true
    case .eqref: return !isHost(slot)
    case .i31ref: return isI31(slot)
    case .structref: return slot & 3 == 0 && self.type(slot).pointee.kind == .structure
    case .arrayref: return slot & 3 == 0 && self.type(slot).pointee.kind == .array
    default: return false
    }
  }
}

extension Heap {
  /// A structure of a type, its fields zero; without collecting.
  func newObject(_ type: DefinedType.Pointer) throws(ResourceError) -> UnsafeMutableRawPointer {
    guard let object = allocate(type.pointee.byteCount) else { throw .heap }
    type.pointee.writeHeader(object)
    return object
  }

  /// An array of a type, its elements zero; without collecting.
  func newArray(_ type: DefinedType.Pointer, count: Int) throws(ResourceError) -> UnsafeMutableRawPointer {
    guard let array = allocate(DefinedType.headerBytes + count * type.pointee.element.byteCount) else { throw .heap }
    type.pointee.writeHeader(array, count: UInt32(count))
    return array
  }
}

extension UnsafeMutableRawPointer {
  /// Copies the first `width` bytes behind themselves until they stand there `count` times, at least once.
  func repeatFirst(_ width: Int, count: Int) {
    let end = width * count
    var done = width
    while done < end {
      let next = min(done, end - done)
      memcpy(self + done, self, next)
      done += next
    }
  }
}

extension ResourceError {
  fileprivate static let heap = ResourceError(
    kind: .memory, description: "the guest's objects take more than they may: raise the heap's limit")
}

extension DefinedType {
  /// What every structure or array of the type begins with.
  /// - Parameter count: an array's elements.
  @inline(__always)
  func writeHeader(_ object: UnsafeMutableRawPointer, count: UInt32 = 0) {
    object.storeBytes(of: number, as: UInt32.self)
    object.storeBytes(of: count, toByteOffset: 4, as: UInt32.self)
  }
}

extension FieldType {
  /// Writes a field or element from its slots.
  @inline(__always)
  func write(_ slots: UnsafePointer<UInt64>, to place: UnsafeMutableRawPointer) {
    switch byteCount {
    case 1: place.storeBytes(of: UInt8(truncatingIfNeeded: slots[0]), as: UInt8.self)
    case 2: place.storeBytes(of: UInt16(truncatingIfNeeded: slots[0]), as: UInt16.self)
    case 4: place.storeBytes(of: UInt32(truncatingIfNeeded: slots[0]), as: UInt32.self)
    case 8: place.storeBytes(of: slots[0], as: UInt64.self)
    default:
      place.storeBytes(of: slots[0], as: UInt64.self)
      place.storeBytes(of: slots[1], toByteOffset: 8, as: UInt64.self)
    }
  }
}
