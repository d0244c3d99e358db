/// Writes x86-64 instructions into memory of its own. Nothing else in the compiler makes a byte of machine code.
///
/// The memory grows and is kept from function to function; `bytes[0..<count]` is what has been written. Jumps name labels, which may be
/// bound later: until then the distances that wait for a label are a chain in their own four bytes. Encodings are those of the Intel
/// manual, volume 2; vector instructions have VEX prefixes throughout (`Assembler+Vector.swift`).
struct Assembler: ~Copyable {
  private(set) var bytes: UnsafeMutablePointer<UInt8>
  private(set) var count = 0
  private var capacity = 1 << 14
  /// By label: where it is bound, or -1 - (the last distance that waits for it), or `unused`.
  private var labels: UnsafeMutablePointer<Int32>
  private var labelCapacity = 256
  private(set) var labelCount = 0
  private static let unused = Int32.min

  init() {
    bytes = .allocate(capacity: capacity)
    labels = .allocate(capacity: labelCapacity)
  }

  deinit {
    bytes.deallocate()
    labels.deallocate()
  }

  /// Forgets what was written and all labels.
  mutating func reset() {
    count = 0
    labelCount = 0
    isFull = false
  }

  // MARK: Bytes

  /// Makes room for an instruction, which has 15 bytes at most.
  @inline(__always)
  mutating func reserve() {
    if _slowPath(count + 32 > capacity) { grow() }
  }

  /// What one function may have. A function that has more is of no use, and what is written then begins anew.
  static let mostBytes = 64 << 20
  private(set) var isFull = false

  @inline(never)
  private mutating func grow() {
    guard capacity < Self.mostBytes else {
      isFull = true
      count = 0
      return
    }
    let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity * 2)
    larger.update(from: bytes, count: count)
    bytes.deallocate()
    bytes = larger
    capacity *= 2
  }

  @inline(__always)
  mutating func byte(_ value: UInt8) {
    bytes[count] = value
    count &+= 1
  }

  @inline(__always)
  mutating func word32(_ value: Int32) {
    UnsafeMutableRawPointer(bytes + count).storeBytes(of: value, as: Int32.self)
    count &+= 4
  }

  @inline(__always)
  private mutating func word64(_ value: UInt64) {
    UnsafeMutableRawPointer(bytes + count).storeBytes(of: value, as: UInt64.self)
    count &+= 8
  }

  /// Data in the code: a constant, an entry of a table.
  mutating func data(_ value: UInt64) {
    reserve()
    word64(value)
  }

  mutating func data32(_ value: Int32) {
    reserve()
    word32(value)
  }

  /// Fills up to a multiple of `alignment`, which is a power of two, with instructions that do nothing.
  mutating func align(_ alignment: Int) {
    // The recommended sequences of "NOP" in the manual, up to 8 bytes, lowest byte first.
    let sequences: InlineArray<8, UInt64> = [
      0x90, 0x9066, 0x00_1F0F, 0x0040_1F0F, 0x00_0044_1F0F, 0x0000_441F_0F66, 0x80_1F0F, 0x84_1F0F,
    ]
    var rest = -count & (alignment - 1)
    while rest > 0 {
      reserve()
      let length = min(rest, 8)
      UnsafeMutableRawPointer(bytes + count).storeBytes(of: sequences[length - 1], as: UInt64.self)
      count += length
      rest -= length
    }
  }

  // MARK: Labels

  mutating func newLabel() -> CodeLabel {
    if labelCount == labelCapacity {
      let larger = UnsafeMutablePointer<Int32>.allocate(capacity: labelCapacity * 2)
      larger.update(from: labels, count: labelCount)
      labels.deallocate()
      labels = larger
      labelCapacity *= 2
    }
    labels[labelCount] = Self.unused
    labelCount += 1
    return CodeLabel(index: Int32(labelCount - 1))
  }

  func isBound(_ label: CodeLabel) -> Bool { labels[Int(label.index)] >= 0 }
  func isUsed(_ label: CodeLabel) -> Bool { labels[Int(label.index)] != Self.unused }
  /// Where a bound label stands.
  func position(_ label: CodeLabel) -> Int { Int(labels[Int(label.index)]) }

  /// Makes a label stand for this place.
  mutating func bind(_ label: CodeLabel) {
    var waiting = labels[Int(label.index)]
    labels[Int(label.index)] = Int32(count)
    guard waiting != Self.unused else { return }
    // Ends with a distance of zero to the next one.
    while true {
      let place = Int(-1 - waiting)
      let slot = UnsafeMutableRawPointer(bytes + place)
      waiting = slot.loadUnaligned(as: Int32.self)
      slot.storeBytes(of: Int32(count - place - 4), as: Int32.self)
      if waiting == Self.unused { return }
    }
  }

  /// Four bytes that say, once it is bound, how far it is from behind them to the label.
  @inline(__always)
  private mutating func distance(to label: CodeLabel) {
    let state = labels[Int(label.index)]
    if state >= 0 {
      word32(state - Int32(count) - 4)
    } else {
      labels[Int(label.index)] = -1 - Int32(count)
      word32(state)
    }
  }

  // MARK: Encoding

  /// Register operand or memory, with the register field (or the opcode's extension), behind prefixes and opcode.
  @inline(__always)
  mutating func modRM(_ reg: UInt8, _ operand: MachineOperand) {
    let field = (reg & 7) << 3
    switch operand.kind {
    case .register: byte(0xC0 | field | operand.base & 7)
    case .label:
      byte(0x05 | field)
      distance(to: CodeLabel(index: operand.displacement))
    case .memory:
      let base = operand.base & 7
      let displacement = operand.displacement
      // A base of rbp or r13 without displacement means something else.
      let mode: UInt8 = displacement == 0 && base != 5 ? 0 : (displacement == Int32(Int8(truncatingIfNeeded: displacement)) ? 0x40 : 0x80)
      if operand.index != MachineOperand.noIndex {
        byte(mode | field | 4)
        byte(operand.scale << 6 | (operand.index & 7) << 3 | base)
      } else if base == 4 {
        byte(mode | field | 4)
        byte(0x24)
      } else {
        byte(mode | field | base)
      }
      if mode == 0x40 { byte(UInt8(truncatingIfNeeded: displacement)) } else if mode == 0x80 { word32(displacement) }
    }
  }

  /// The REX prefix, where one is needed. `low8`: the register field, or a register operand, is a byte register, of which the prefix
  /// makes spl, bpl, sil and dil reachable.
  @inline(__always)
  private mutating func rex(_ wide: Bool, _ reg: UInt8, _ operand: MachineOperand, low8: Bool = false) {
    var prefix: UInt8 = 0x40 | (wide ? 8 : 0) | (reg >> 3) << 2
    if operand.kind != .label { prefix |= operand.base >> 3 }
    if operand.kind == .memory, operand.index != MachineOperand.noIndex { prefix |= (operand.index >> 3) << 1 }
    if prefix != 0x40 || low8 { byte(prefix) }
  }

  /// One opcode byte.
  @inline(__always)
  mutating func op(_ opcode: UInt8, _ reg: UInt8, _ operand: MachineOperand, wide: Bool, low8: Bool = false) {
    reserve()
    rex(wide, reg, operand, low8: low8)
    byte(opcode)
    modRM(reg, operand)
  }

  /// An opcode behind 0F, with an optional prefix before.
  @inline(__always)
  mutating func op0F(_ opcode: UInt8, _ reg: UInt8, _ operand: MachineOperand, wide: Bool, prefix: UInt8 = 0, low8: Bool = false) {
    reserve()
    if prefix != 0 { byte(prefix) }
    rex(wide, reg, operand, low8: low8)
    byte(0x0F)
    byte(opcode)
    modRM(reg, operand)
  }

  /// An instruction with a VEX prefix.
  @inline(__always)
  mutating func vex(_ form: VEX, _ reg: UInt8, _ second: UInt8, _ operand: MachineOperand) {
    reserve()
    var extended: UInt8 = (reg >> 3) << 7
    var needsThree = form.map != 1 || form.wide
    if operand.kind != .label {
      extended |= (operand.base >> 3) << 5
      if operand.kind == .memory, operand.index != MachineOperand.noIndex { extended |= (operand.index >> 3) << 6 }
      if extended & 0x60 != 0 { needsThree = true }
    }
    let last = (~second & 15) << 3 | (form.is256 ? 4 : 0) | form.prefix
    if needsThree {
      byte(0xC4)
      byte(~extended & 0xE0 | form.map)
      byte((form.wide ? 0x80 : 0) | last)
    } else {
      byte(0xC5)
      byte(~extended & 0x80 | last)
    }
    byte(form.opcode)
    modRM(reg, operand)
  }

  /// A VEX instruction with an immediate byte. The operand is no label: distances count from the instruction's end.
  @inline(__always)
  mutating func vex(_ form: VEX, _ reg: UInt8, _ second: UInt8, _ operand: MachineOperand, immediate: UInt8) {
    vex(form, reg, second, operand)
    byte(immediate)
  }

  // MARK: Moves

  func isZeroExtended(_ value: UInt64) -> Bool { value <= UInt64(UInt32.max) }

  mutating func move(_ destination: Register, _ source: Register, wide: Bool = true) {
    op(0x8B, destination.number, .init(source), wide: wide)
  }
  mutating func load(_ destination: Register, _ source: MachineOperand, wide: Bool) { op(0x8B, destination.number, source, wide: wide) }
  mutating func store(_ source: Register, _ destination: MachineOperand, wide: Bool) { op(0x89, source.number, destination, wide: wide) }
  mutating func store8(_ source: Register, _ destination: MachineOperand) {
    op(0x88, source.number, destination, wide: false, low8: source.number >= 4)
  }
  mutating func store16(_ source: Register, _ destination: MachineOperand) {
    reserve()
    byte(0x66)
    op(0x89, source.number, destination, wide: false)
  }
  /// Stores an immediate, sign-extended where `wide`.
  mutating func store(_ immediate: Int32, _ destination: MachineOperand, wide: Bool) {
    op(0xC7, 0, destination, wide: wide)
    word32(immediate)
  }
  mutating func store16(_ immediate: Int16, _ destination: MachineOperand) {
    reserve()
    byte(0x66)
    op(0xC7, 0, destination, wide: false)
    byte(UInt8(truncatingIfNeeded: immediate))
    byte(UInt8(truncatingIfNeeded: immediate >> 8))
  }
  mutating func store8(_ immediate: Int8, _ destination: MachineOperand) {
    op(0xC6, 0, destination, wide: false)
    byte(UInt8(bitPattern: immediate))
  }
  /// The shortest form; leaves the flags alone.
  mutating func move(_ destination: Register, immediate: UInt64) {
    reserve()
    if isZeroExtended(immediate) {
      if destination.number >= 8 { byte(0x41) }
      byte(0xB8 | destination.number & 7)
      word32(Int32(truncatingIfNeeded: immediate))
    } else if Int64(bitPattern: immediate) == Int64(Int32(truncatingIfNeeded: immediate)) {
      op(0xC7, 0, .init(destination), wide: true)
      word32(Int32(truncatingIfNeeded: immediate))
    } else {
      byte(destination.number >= 8 ? 0x49 : 0x48)
      byte(0xB8 | destination.number & 7)
      word64(immediate)
    }
  }
  /// xor of a register with itself; changes the flags.
  mutating func zero(_ destination: Register) { op(0x33, destination.number, .init(destination), wide: false) }

  /// Loads that extend 8 or 16 bits.
  mutating func loadExtended(_ destination: Register, _ source: MachineOperand, bits: Int, isSigned: Bool, wide: Bool) {
    if bits == 32 {
      if isSigned && wide { op(0x63, destination.number, source, wide: true) } else { load(destination, source, wide: false) }
      return
    }
    let opcode: UInt8 = (isSigned ? 0xBE : 0xB6) | (bits == 16 ? 1 : 0)
    let low8 = bits == 8 && source.kind == .register && source.base >= 4
    op0F(opcode, destination.number, source, wide: wide && isSigned, low8: low8)
  }

  mutating func lea(_ destination: Register, _ source: MachineOperand, wide: Bool) { op(0x8D, destination.number, source, wide: wide) }
  mutating func exchange(_ register: Register, _ operand: MachineOperand, wide: Bool) { op(0x87, register.number, operand, wide: wide) }

  // MARK: Arithmetic

  mutating func alu(_ operation: ALU, _ destination: Register, _ source: MachineOperand, wide: Bool) {
    op(operation.rawValue << 3 | 3, destination.number, source, wide: wide)
  }
  mutating func alu(_ operation: ALU, _ destination: Register, _ source: Register, wide: Bool) {
    op(operation.rawValue << 3 | 3, destination.number, .init(source), wide: wide)
  }
  /// The destination may be memory.
  mutating func alu(_ operation: ALU, _ destination: MachineOperand, immediate: Int32, wide: Bool) {
    if immediate == Int32(Int8(truncatingIfNeeded: immediate)) {
      op(0x83, operation.rawValue, destination, wide: wide)
      byte(UInt8(truncatingIfNeeded: immediate))
    } else {
      op(0x81, operation.rawValue, destination, wide: wide)
      word32(immediate)
    }
  }
  mutating func alu(_ operation: ALU, _ destination: MachineOperand, _ source: Register, wide: Bool) {
    op(operation.rawValue << 3 | 1, source.number, destination, wide: wide)
  }
  mutating func test(_ left: Register, _ right: Register, wide: Bool) { op(0x85, right.number, .init(left), wide: wide) }
  mutating func test(_ left: MachineOperand, immediate: Int32, wide: Bool) {
    op(0xF7, 0, left, wide: wide)
    word32(immediate)
  }
  mutating func multiply(_ destination: Register, _ source: MachineOperand, wide: Bool) {
    op0F(0xAF, destination.number, source, wide: wide)
  }
  mutating func multiply(_ destination: Register, _ source: MachineOperand, immediate: Int32, wide: Bool) {
    if immediate == Int32(Int8(truncatingIfNeeded: immediate)) {
      op(0x6B, destination.number, source, wide: wide)
      byte(UInt8(truncatingIfNeeded: immediate))
    } else {
      op(0x69, destination.number, source, wide: wide)
      word32(immediate)
    }
  }
  /// One-operand group: not, neg, mul, imul, div, idiv of rdx:rax.
  mutating func group3(_ operation: Group3, _ operand: MachineOperand, wide: Bool) { op(0xF7, operation.rawValue, operand, wide: wide) }
  /// Sign of eax or rax into edx or rdx.
  mutating func signExtendAccumulator(wide: Bool) {
    reserve()
    if wide { byte(0x48) }
    byte(0x99)
  }
  mutating func shift(_ operation: Shift, _ operand: MachineOperand, by distance: UInt8, wide: Bool) {
    if distance == 1 {
      op(0xD1, operation.rawValue, operand, wide: wide)
    } else {
      op(0xC1, operation.rawValue, operand, wide: wide)
      byte(distance)
    }
  }
  /// By cl.
  mutating func shift(_ operation: Shift, _ operand: MachineOperand, wide: Bool) { op(0xD3, operation.rawValue, operand, wide: wide) }
  /// BMI2: shlx, shrx, sarx.
  mutating func shiftX(_ operation: Shift, _ destination: Register, _ source: MachineOperand, by distance: Register, wide: Bool) {
    let prefix: UInt8 = operation == .left ? 1 : (operation == .right ? 3 : 2)
    vex(VEX(prefix, 2, 0xF7, wide: wide), destination.number, distance.number, source)
  }
  /// BMI2.
  mutating func rotateRightX(_ destination: Register, _ source: MachineOperand, by distance: UInt8, wide: Bool) {
    vex(VEX(3, 3, 0xF0, wide: wide), destination.number, 0, source, immediate: distance)
  }
  mutating func countLeadingZeros(_ destination: Register, _ source: MachineOperand, wide: Bool) {
    op0F(0xBD, destination.number, source, wide: wide, prefix: 0xF3)
  }
  mutating func countTrailingZeros(_ destination: Register, _ source: MachineOperand, wide: Bool) {
    op0F(0xBC, destination.number, source, wide: wide, prefix: 0xF3)
  }
  mutating func countOnes(_ destination: Register, _ source: MachineOperand, wide: Bool) {
    op0F(0xB8, destination.number, source, wide: wide, prefix: 0xF3)
  }
  mutating func set(_ condition: ConditionCode, _ destination: Register) {
    op0F(0x90 | condition.rawValue, 0, .init(destination), wide: false, low8: destination.number >= 4)
  }
  mutating func moveIf(_ condition: ConditionCode, _ destination: Register, _ source: MachineOperand, wide: Bool) {
    op0F(0x40 | condition.rawValue, destination.number, source, wide: wide)
  }
  /// BMI2: high and low half of rdx times the operand.
  mutating func multiplyWideUnsigned(high: Register, low: Register, _ operand: MachineOperand) {
    vex(VEX(3, 2, 0xF6, wide: true), high.number, low.number, operand)
  }

  // MARK: Atomics

  /// lock cmpxchg of `width` bytes; compares with rax.
  mutating func lockedCompareExchange(_ destination: MachineOperand, _ source: Register, width: Int) {
    reserve()
    byte(0xF0)
    if width == 2 { byte(0x66) }
    op0F(width == 1 ? 0xB0 : 0xB1, source.number, destination, wide: width == 8, low8: width == 1 && source.number >= 4)
  }
  mutating func lockedExchangeAdd(_ destination: MachineOperand, _ source: Register, width: Int) {
    reserve()
    byte(0xF0)
    if width == 2 { byte(0x66) }
    op0F(width == 1 ? 0xC0 : 0xC1, source.number, destination, wide: width == 8, low8: width == 1 && source.number >= 4)
  }
  /// Exchanges with memory are locked by themselves.
  mutating func atomicExchange(_ destination: MachineOperand, _ source: Register, width: Int) {
    reserve()
    if width == 2 { byte(0x66) }
    op(width == 1 ? 0x86 : 0x87, source.number, destination, wide: width == 8, low8: width == 1 && source.number >= 4)
  }
  mutating func memoryFence() {
    reserve()
    byte(0x0F)
    byte(0xAE)
    byte(0xF0)
  }

  // MARK: Control

  mutating func push(_ register: Register) {
    reserve()
    if register.number >= 8 { byte(0x41) }
    byte(0x50 | register.number & 7)
  }
  mutating func push(_ operand: MachineOperand) { op(0xFF, 6, operand, wide: false) }
  mutating func pop(_ register: Register) {
    reserve()
    if register.number >= 8 { byte(0x41) }
    byte(0x58 | register.number & 7)
  }
  mutating func pop(_ operand: MachineOperand) { op(0x8F, 0, operand, wide: false) }
  mutating func jump(_ label: CodeLabel) {
    reserve()
    let state = labels[Int(label.index)]
    if state >= 0, Int(state) - count - 2 >= -128 {
      byte(0xEB)
      byte(UInt8(truncatingIfNeeded: Int(state) - count - 1))
      return
    }
    byte(0xE9)
    distance(to: label)
  }
  mutating func jump(_ condition: ConditionCode, _ label: CodeLabel) {
    reserve()
    let state = labels[Int(label.index)]
    if state >= 0, Int(state) - count - 2 >= -128 {
      byte(0x70 | condition.rawValue)
      byte(UInt8(truncatingIfNeeded: Int(state) - count - 1))
      return
    }
    byte(0x0F)
    byte(0x80 | condition.rawValue)
    distance(to: label)
  }
  mutating func jump(_ operand: MachineOperand) { op(0xFF, 4, operand, wide: false) }
  mutating func call(_ label: CodeLabel) {
    reserve()
    byte(0xE8)
    distance(to: label)
  }
  mutating func call(_ operand: MachineOperand) { op(0xFF, 2, operand, wide: false) }
  /// A call whose distance is written when it is known where both are. Returns where the distance stands.
  mutating func callLater() -> Int {
    reserve()
    byte(0xE8)
    word32(0)
    return count - 4
  }
  mutating func jumpLater() -> Int {
    reserve()
    byte(0xE9)
    word32(0)
    return count - 4
  }
  mutating func returnFromCall() {
    reserve()
    byte(0xC3)
  }
  /// An instruction that is none.
  mutating func undefined() {
    reserve()
    byte(0x0F)
    byte(0x0B)
  }
}

/// A place in the code that jumps name.
struct CodeLabel {
  let index: Int32
}

/// A general register (3.4.1.1 of volume 1), by its number in encodings.
struct Register: Equatable {
  let number: UInt8
  @inline(__always) init(_ number: UInt8) { self.number = number }

  static let rax = Register(0), rcx = Register(1), rdx = Register(2), rbx = Register(3), rsp = Register(4), rbp = Register(5),
    rsi = Register(6), rdi = Register(7), r8 = Register(8), r9 = Register(9), r10 = Register(10), r11 = Register(11),
    r12 = Register(12), r13 = Register(13), r14 = Register(14), r15 = Register(15)
}

/// A vector register by its number.
struct VectorRegister: Equatable {
  let number: UInt8
  @inline(__always) init(_ number: UInt8) { self.number = number }
}

/// What ModRM encodes besides a register: a register, memory, or a place in the code.
struct MachineOperand {
  enum Kind: UInt8 { case register, memory, label }
  static let noIndex: UInt8 = 0xFF

  var kind: Kind
  /// Number of the register, or of the base.
  var base: UInt8
  var index: UInt8
  /// Binary logarithm of what the index is multiplied by.
  var scale: UInt8
  /// Of a label: its index.
  var displacement: Int32

  @inline(__always) init(_ register: Register) {
    (kind, base, index, scale, displacement) = (.register, register.number, Self.noIndex, 0, 0)
  }
  @inline(__always) init(_ register: VectorRegister) {
    (kind, base, index, scale, displacement) = (.register, register.number, Self.noIndex, 0, 0)
  }
  @inline(__always) init(base: Register, _ displacement: Int32 = 0) {
    (kind, self.base, index, scale, self.displacement) = (.memory, base.number, Self.noIndex, 0, displacement)
  }
  /// base + index << scale + displacement; the index is not rsp.
  @inline(__always) init(base: Register, index: Register, scale: UInt8 = 0, _ displacement: Int32 = 0) {
    (kind, self.base, self.index, self.scale, self.displacement) = (.memory, base.number, index.number, scale, displacement)
  }
  /// Not for an instruction with an immediate: the distance to a label counts from its own end, the machine's from the instruction's.
  @inline(__always) init(_ label: CodeLabel) { (kind, base, index, scale, displacement) = (.label, 0, Self.noIndex, 0, label.index) }
}

/// Two-operand arithmetic, by its number in encodings.
enum ALU: UInt8 { case add = 0, or, adc, sbb, and, sub, xor, cmp }
enum Group3: UInt8 { case not = 2, neg, mul, imul, div, idiv }
enum Shift: UInt8 { case rotateLeft = 0, rotateRight, left = 4, right, arithmeticRight = 7 }

/// What conditional instructions test, by its number in encodings.
enum ConditionCode: UInt8 {
  case overflow = 0, noOverflow, below, aboveOrEqual, equal, notEqual, belowOrEqual, above, sign, noSign, parity, noParity, less,
    greaterOrEqual, lessOrEqual, greater

  @inline(__always) var negated: ConditionCode { unsafeBitCast(rawValue ^ 1, to: ConditionCode.self) }
}

/// What a VEX prefix says, and the opcode.
struct VEX {
  /// 0 none, 1 66, 2 F3, 3 F2.
  var prefix: UInt8
  /// 1 0F, 2 0F38, 3 0F3A.
  var map: UInt8
  var opcode: UInt8
  var wide: Bool
  var is256: Bool

  @inline(__always) init(_ prefix: UInt8, _ map: UInt8, _ opcode: UInt8, wide: Bool = false, is256: Bool = false) {
    (self.prefix, self.map, self.opcode, self.wide, self.is256) = (prefix, map, opcode, wide, is256)
  }
}
