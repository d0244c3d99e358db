/// Which locals deserve registers, found by reading a function's body once before it is compiled.
///
/// A function's code falls into regions: each outermost loop is one, and region 0 is all code outside of loops. Within a region a local
/// either has a register all the time or has none, so paths that meet agree without any moves; only entering and leaving an outermost loop
/// moves locals. A use inside of a loop counts eight times as much as one outside.
///
/// The body has not been validated: what cannot be read ends the reading, and the compiler never takes an index from here unchecked.
struct LocalUse: ~Copyable {
  /// Registers for locals: callee-saved in compiled code's own convention.
  static let integerRegisters: InlineArray<6, UInt8> = [3, 12, 13, 8, 9, 10]
  static let floatRegisters: InlineArray<7, UInt8> = [8, 9, 10, 11, 12, 13, 14]
  static let registersPerRegion = 13

  /// What has been counted of a local in the region being read, and in the whole function.
  private struct Count {
    var region: UInt32 = 0
    var whole: UInt32 = 0
    var isWrittenInRegion = false
    var isListed = false
  }

  /// A local that has a register in a region, by the register's place in the two lists above; -1: none.
  struct Assignment {
    var local: Int32 = -1
    /// Whether the region writes it.
    var isWritten = false
  }

  private var counts: UnsafeMutablePointer<Count>
  private var capacity = 64
  /// Locals counted in the region being read.
  private var touched = Growing<Int32>()
  /// Whether each block around the operator being read is a loop.
  private var blocks = Growing<Bool>(capacity: 256)
  /// By region, then by register.
  private(set) var assignments: UnsafeMutablePointer<Assignment>
  private var assignmentCapacity = 16
  private(set) var regionCount = 0
  /// By region: the address of the `loop` operator. The compiler does not see loops that cannot be reached.
  private(set) var starts = Growing<UInt>()
  /// Whether the function can call anything, or has a `try_table`.
  private(set) var hasCalls = false
  private(set) var hasTry = false

  init() {
    counts = .allocate(capacity: capacity)
    assignments = .allocate(capacity: assignmentCapacity * Self.registersPerRegion)
  }

  deinit {
    counts.deallocate()
    assignments.deallocate()
  }

  /// Reads the operators of a body, which begin behind its local declarations.
  mutating func read(_ start: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>, kinds: UnsafePointer<ValueKind>, count: Int) {
    if count > capacity {
      counts.deallocate()
      capacity = max(count, capacity * 2)
      counts = .allocate(capacity: capacity)
    }
    counts.update(repeating: Count(), count: count)
    touched.removeAll()
    regionCount = 1
    starts.removeAll()
    starts.append(0)
    hasCalls = false
    hasTry = false
    var scanner = BodyScanner(cursor: start, end: end)
    var depth = 0
    blocks.removeAll()
    var weight: UInt32 = 1
    let kindsOfOperators = BodyScanner.kinds
    scanning: while let operation = scanner.next() {
      switch kindsOfOperators[Int(operation)] {
      case .plain: break
      case .local:
        let local = Int(scanner.u32())
        guard local < count else { break scanning }
        let place = counts + local
        place.pointee.whole &+= weight
        place.pointee.region &+= weight
        if operation != 0x20 { place.pointee.isWrittenInRegion = true }
        if !place.pointee.isListed {
          place.pointee.isListed = true
          touched.append(Int32(truncatingIfNeeded: local))
        }
      case .number: scanner.skipNumber()
      case .memory: scanner.skipMemoryArgument()
      case .block:
        scanner.skipBlockType()
        if operation == 0x1F {
          hasTry = true
          scanner.skipCatches()
        }
        blocks.append(false)
      case .loop:
        depth += 1
        if depth == 1 {
          beginRegion()
          starts.append(UInt(bitPattern: scanner.cursor - 1))
        }
        scanner.skipBlockType()
        blocks.append(true)
        if depth <= 4 { weight *= 8 }
      case .end:
        guard blocks.count > 0 else { break scanning }
        guard blocks.removeLast() else { continue }
        if depth <= 4 { weight /= 8 }
        depth -= 1
        if depth == 0 {
          choose(region: regionCount, kinds, count)
          regionCount += 1
          beginRegion()
        }
      case .call:
        hasCalls = true
        scanner.skipImmediates(operation)
      case .other: scanner.skipImmediates(operation)
      }
    }
    // The loops chose without knowing what the function as a whole prefers, so that comes last and the loops are brought in line.
    touched.removeAll()
    for local in 0..<count where counts[local].whole > 0 {
      counts[local].region = counts[local].whole
      counts[local].isWrittenInRegion = true
      touched.append(Int32(local))
    }
    choose(region: 0, kinds, count)
    for region in 1..<max(regionCount, 1) { align(region) }
  }

  private mutating func beginRegion() {
    while touched.count > 0 {
      let local = Int(touched.removeLast())
      counts[local].region = 0
      counts[local].isWrittenInRegion = false
      counts[local].isListed = false
    }
  }

  /// Gives the registers to the locals that count most.
  private mutating func choose(region: Int, _ kinds: UnsafePointer<ValueKind>, _ count: Int) {
    if region >= assignmentCapacity {
      let larger = UnsafeMutablePointer<Assignment>.allocate(capacity: 2 * assignmentCapacity * Self.registersPerRegion)
      larger.update(from: assignments, count: assignmentCapacity * Self.registersPerRegion)
      assignments.deallocate()
      assignments = larger
      assignmentCapacity *= 2
    }
    let row = assignments + region * Self.registersPerRegion
    row.update(repeating: Assignment(), count: Self.registersPerRegion)
    let integers = Self.integerRegisters.count
    for position in 0..<touched.count {
      let local = touched[position]
      let kind = kinds[Int(local)]
      guard kind != .reference else { continue }
      let weight = counts[Int(local)].region
      // What is used once is used from memory as fast.
      guard weight > 1 else { continue }
      if kind.isFloat {
        insert(row + integers, Self.floatRegisters.count, local, weight)
      } else {
        insert(row, integers, local, weight)
      }
    }
    for index in 0..<Self.registersPerRegion where row[index].local >= 0 {
      row[index].isWritten = counts[Int(row[index].local)].isWrittenInRegion
    }
  }

  /// Keeps the list in the order of weights.
  private func insert(_ row: UnsafeMutablePointer<Assignment>, _ length: Int, _ local: Int32, _ weight: UInt32) {
    var place = length
    while place > 0, row[place - 1].local < 0 || counts[Int(row[place - 1].local)].region < weight { place -= 1 }
    guard place < length else { return }
    var index = length - 1
    while index > place {
      row[index] = row[index - 1]
      index -= 1
    }
    row[place] = Assignment(local: local)
  }

  /// Gives a loop's locals the registers they have outside, and registers that are left over the locals they have outside: then nothing
  /// needs to be moved for them.
  private mutating func align(_ region: Int) {
    let integers = Self.integerRegisters.count
    alignRow(assignments + region * Self.registersPerRegion, assignments, integers)
    alignRow(assignments + region * Self.registersPerRegion + integers, assignments + integers, Self.floatRegisters.count)
  }

  private func alignRow(_ row: UnsafeMutablePointer<Assignment>, _ outside: UnsafeMutablePointer<Assignment>, _ length: Int) {
    var aligned = InlineArray<8, Assignment>(repeating: Assignment())
    var isPlaced = InlineArray<8, Bool>(repeating: false)
    for index in 0..<length where outside[index].local >= 0 {
      for other in 0..<length where row[other].local == outside[index].local {
        aligned[index] = row[other]
        isPlaced[other] = true
      }
    }
    var free = 0
    for index in 0..<length where row[index].local >= 0 && !isPlaced[index] {
      // A register that nobody wants outside, else one whose local the loop does not want.
      var place = -1
      for candidate in 0..<length where aligned[candidate].local < 0 && outside[candidate].local < 0 && place < 0 { place = candidate }
      if place < 0 {
        while free < length, aligned[free].local >= 0 { free += 1 }
        place = free
      }
      if place < length { aligned[place] = row[index] }
    }
    for index in 0..<length {
      if aligned[index].local < 0, outside[index].local >= 0 {
        var isElsewhere = false
        for other in 0..<length where aligned[other].local == outside[index].local { isElsewhere = true }
        if !isElsewhere {
          // Not among the loop's chosen ones, but the loop may use it.
          aligned[index] = Assignment(local: outside[index].local, isWritten: true)
        }
      }
      row[index] = aligned[index]
    }
  }
}

/// Steps through a body's operators without validating them.
struct BodyScanner {
  /// What stepping over an operator takes, by its first byte.
  enum Kind: UInt8 {
    case plain, local, number, memory, block, loop, end, call
    /// The opcode table knows.
    case other
  }

  nonisolated(unsafe) static let kinds: UnsafePointer<Kind> = {
    let kinds = UnsafeMutablePointer<Kind>.allocate(capacity: 256)
    kinds.initialize(repeating: .other, count: 256)
    for byte in 0x45...0xC4 { kinds[byte] = .plain }
    for byte in 0x28...0x3E { kinds[byte] = .memory }
    for byte in [0x00, 0x01, 0x05, 0x0F, 0x1A, 0x1B] { kinds[byte] = .plain }
    for byte in [0x0C, 0x0D, 0x23, 0x24, 0x41, 0x42] { kinds[byte] = .number }
    for byte in 0x20...0x22 { kinds[byte] = .local }
    for byte in [0x02, 0x04, 0x1F] { kinds[byte] = .block }
    for byte in 0x10...0x15 { kinds[byte] = .call }
    kinds[0x03] = .loop
    kinds[0x0B] = .end
    return UnsafePointer(kinds)
  }()

  var cursor: UnsafePointer<UInt8>
  let end: UnsafePointer<UInt8>

  /// The next operator's first byte.
  @inline(__always)
  mutating func next() -> UInt8? {
    guard cursor < end else { return nil }
    let byte = cursor.pointee
    cursor += 1
    return byte
  }

  @inline(__always)
  mutating func u32() -> UInt32 {
    var value: UInt32 = 0
    var shift: UInt32 = 0
    while cursor < end {
      let byte = cursor.pointee
      cursor += 1
      value |= UInt32(byte & 0x7F) &<< shift
      if byte < 0x80 { break }
      shift += 7
      if shift > 28 { shift = 28 }
    }
    return value
  }

  @inline(__always)
  mutating func skipNumber() {
    while cursor < end {
      let byte = cursor.pointee
      cursor += 1
      if byte < 0x80 { return }
    }
  }

  @inline(__always)
  private mutating func skip(_ count: Int) { cursor = count <= end - cursor ? cursor + count : end }

  mutating func skipBlockType() { skipValueType() }

  private mutating func skipValueType() {
    guard let byte = next() else { return }
    if byte == 0x63 || byte == 0x64 {
      skipNumber()
    } else if byte >= 0x80 {
      skipNumber()
    }
  }

  mutating func skipCatches() {
    var left = u32()
    while left > 0, cursor < end {
      let kind = next() ?? 0
      if kind < 2 { skipNumber() }
      skipNumber()
      left -= 1
    }
  }

  @inline(__always)
  mutating func skipMemoryArgument() {
    if u32() & 0x40 != 0 { skipNumber() }
    skipNumber()
  }

  mutating func skipImmediates(_ operation: UInt8) {
    var row = OpcodeTable.rows + Int(operation)
    if operation >= 0xFB, operation < 0xFF {
      guard let behindPrefix = OpcodeTable.row(prefix: operation, Int(u32())) else {
        cursor = end
        return
      }
      row = behindPrefix
    }
    skip(row.pointee.immediate)
  }

  private mutating func skip(_ immediate: OpcodeRow.Immediate) {
    switch immediate {
    case .none: break
    case .blockType: skipBlockType()
    case .label, .function, .local, .global, .table, .element, .memory, .data, .i32, .i64, .type, .tag, .heapType: skipNumber()
    case .typeAndTable, .twoTables, .elementAndTable, .twoMemories, .dataAndMemory, .typeAndField, .typeAndCount, .twoTypes,
      .typeAndData, .typeAndElement:
      skipNumber()
      skipNumber()
    case .labels:
      var left = UInt64(u32()) + 1
      while left > 0, cursor < end {
        skipNumber()
        left -= 1
      }
    case .valueTypes:
      var left = u32()
      while left > 0, cursor < end {
        skipValueType()
        left -= 1
      }
    case .referenceType: skipValueType()
    case .memoryArgument: skipMemoryArgument()
    case .f32: skip(4)
    case .f64: skip(8)
    case .vector, .lanes: skip(16)
    case .lane, .zero: skip(1)
    case .memoryArgumentAndLane:
      skipMemoryArgument()
      skip(1)
    case .castBranch:
      skip(1)
      skipNumber()
      skipNumber()
      skipNumber()
    case .tryTable:
      skipBlockType()
      skipCatches()
    }
  }
}

/// What the compiler needs to know of a value's type.
enum ValueKind: UInt8 {
  case i32, i64, f32, f64, v128, reference

  init(_ type: ValueType) {
    switch type.code {
    case 0x7F: self = .i32
    case 0x7E: self = .i64
    case 0x7D: self = .f32
    case 0x7C: self = .f64
    case 0x7B: self = .v128
    default: self = .reference
    }
  }

  @inline(__always) var isFloat: Bool { rawValue >= ValueKind.f32.rawValue && rawValue <= ValueKind.v128.rawValue }
  /// Whether all 64 bits count.
  @inline(__always) var isWide: Bool { self == .i64 || self == .reference }
  @inline(__always) var slotCount: Int { self == .v128 ? 2 : 1 }
  /// Bytes in a slot that count; f32 is stored with its zero upper half.
  @inline(__always) var slotBytes: Int { self == .v128 ? 16 : 8 }
}
