@testable import VM

/// Instructions on general registers.
extension AssemblerCases {
  private static let widths = [(false, 32), (true, 64)]
  private static let bytes: [Int32] = [0, 1, -1, 127, -128]
  /// What takes four bytes.
  private static let words: [Int32] = [128, -129, 255, 256, 0x1234_5678, .max, .min, .min + 1]

  // MARK: Moves

  func addMoves() {
    for (wide, bits) in Self.widths {
      for (register, operand) in Self.pairs where !operand.isMemory {
        let first = Self.general(register, bits), second = operand.general(bits)
        // LLVM's own choice has the source in the register field.
        expect("mov.s \(first), \(second)") { $0.move(Register(register), Register(operand.machine.base), wide: wide) }
        expect("mov.s \(first), \(second)") { $0.load(Register(register), operand.machine, wide: wide) }
        expect("mov \(second), \(first)") { $0.store(Register(register), operand.machine, wide: wide) }
      }
      for (register, operand) in Self.pairs {
        // LLVM has a short form where one of the registers is rax, and takes rax with itself for nothing at all. Exchanging eax with
        // itself clears the upper half, so there is no short form.
        let accumulators = operand.isMemory ? 0 : [register, Int(operand.machine.base)].count { $0 == 0 }
        let text = accumulators == 2 && wide ? ".byte 0x48, 0x87, 0xC0" : "xchg \(Self.general(register, bits)), \(operand.general(bits))"
        expect(text, accumulators == 1 ? .meaning(longerBy: 1) : .bytes) { $0.exchange(Register(register), operand.machine, wide: wide) }
      }
    }
    // By their names.
    let named: [Register] = [.rax, .rcx, .rdx, .rbx, .rsp, .rbp, .rsi, .rdi, .r8, .r9, .r10, .r11, .r12, .r13, .r14, .r15]
    for (number, register) in named.enumerated() {
      expect("mov.s \(Self.general(number, 64)), rax") { $0.move(register, .rax) }
    }
    for register in 0..<16 {
      expect("mov.s \(Self.general(register, 64)), \(Self.general(register, 64))") { $0.move(Register(register), Register(register)) }
      expect("xor \(Self.general(register, 32)), \(Self.general(register, 32))", .meaning(longerBy: 0)) { $0.zero(Register(register)) }
    }
  }

  func addAddresses() {
    for (number, operand) in Self.allMemory.enumerated() {
      let register = number % 17 & 15
      expect("mov \(Self.general(register, 64)), \(operand.general(64))") { $0.load(Register(register), operand.machine, wide: true) }
    }
    // What need not be said of memory.
    expect("mov r9, qword ptr [rcx]") { $0.load(.r9, MachineOperand(base: .rcx), wide: true) }
    expect("mov r9, qword ptr [rcx + r10]") { $0.load(.r9, MachineOperand(base: .rcx, index: .r10), wide: true) }
    expect("mov r9, qword ptr [rcx + r10*8]") { $0.load(.r9, MachineOperand(base: .rcx, index: .r10, scale: 3), wide: true) }
    expect("mov r9, qword ptr [rcx + r10 - 8]") { $0.load(.r9, MachineOperand(base: .rcx, index: .r10, -8), wide: true) }
    for (wide, bits) in Self.widths {
      for (register, operand) in Self.memoryPairs {
        expect("lea \(Self.general(register, bits)), \(operand.general(bits))") {
          $0.lea(Register(register), operand.machine, wide: wide)
        }
        expect("mov \(Self.general(register, bits)), \(operand.general(bits))") {
          $0.load(Register(register), operand.machine, wide: wide)
        }
      }
    }
  }

  func addStores() {
    for operand in Self.someMemory {
      for register in 0..<16 {
        expect("mov \(operand.general(64)), \(Self.general(register, 64))") { $0.store(Register(register), operand.machine, wide: true) }
        expect("mov \(operand.general(32)), \(Self.general(register, 32))") { $0.store(Register(register), operand.machine, wide: false) }
        expect("mov \(operand.general(16)), \(Self.general(register, 16))") { $0.store16(Register(register), operand.machine) }
        expect("mov \(operand.general(8)), \(Self.general(register, 8))") { $0.store8(Register(register), operand.machine) }
      }
      for value in Self.bytes + Self.words {
        expect("mov \(operand.general(64)), \(value)") { $0.store(value, operand.machine, wide: true) }
        expect("mov \(operand.general(32)), \(value)") { $0.store(value, operand.machine, wide: false) }
      }
      for value in [0, 1, -1, 127, -128, 128, -129, 0x1234, .max, .min] as [Int16] {
        expect("mov \(operand.general(16)), \(value)") { $0.store16(value, operand.machine) }
      }
      for value in [0, 1, -1, 0x12, .max, .min] as [Int8] {
        expect("mov \(operand.general(8)), \(value)") { $0.store8(value, operand.machine) }
      }
    }
  }

  func addImmediates() {
    let values: [UInt64] = [
      0, 1, 127, 128, 255, 0x1234_5678, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FF80, 0xFFFF_FFFF, 0x1_0000_0000, 0x1234_5678_9ABC_DEF0,
      0x7FFF_FFFF_FFFF_FFFF, 0x8000_0000_0000_0000, 0xFFFF_FFFF_0000_0000, 0xFFFF_FFFF_7FFF_FFFF, 0xFFFF_FFFF_8000_0000,
      0xFFFF_FFFF_8000_0001, 0xFFFF_FFFF_FFFF_FF80, 0xFFFF_FFFF_FFFF_FFFF,
    ]
    for value in values {
      for register in 0..<16 {
        let name = Self.general(register, 64)
        let shortest =
          switch value {
          case ...0xFFFF_FFFF: "mov \(Self.general(register, 32)), \(value)"
          case 0xFFFF_FFFF_8000_0000...: "mov \(name), \(Int64(bitPattern: value))"
          default: "movabs \(name), \(value)"
          }
        expect(shortest) { $0.move(Register(register), immediate: value) }
      }
    }
  }

  func addExtensions() {
    for (register, operand) in Self.pairs {
      for (wide, bits) in Self.widths {
        let name = Self.general(register, bits)
        for (isSigned, mnemonic) in [(false, "movzx"), (true, "movsx")] {
          for size in [8, 16] {
            // Without sign the upper half is zero anyway.
            expect("\(mnemonic) \(isSigned ? name : Self.general(register, 32)), \(operand.general(size))") {
              $0.loadExtended(Register(register), operand.machine, bits: size, isSigned: isSigned, wide: wide)
            }
          }
        }
        expect("mov\(operand.isMemory ? "" : ".s") \(Self.general(register, 32)), \(operand.general(32))") {
          $0.loadExtended(Register(register), operand.machine, bits: 32, isSigned: false, wide: wide)
        }
      }
      expect("mov\(operand.isMemory ? "" : ".s") \(Self.general(register, 32)), \(operand.general(32))") {
        $0.loadExtended(Register(register), operand.machine, bits: 32, isSigned: true, wide: false)
      }
      expect("movsxd \(Self.general(register, 64)), \(operand.general(32))") {
        $0.loadExtended(Register(register), operand.machine, bits: 32, isSigned: true, wide: true)
      }
    }
  }

  // MARK: Arithmetic

  private static let operations: [(ALU, String)] = [
    (.add, "add"), (.or, "or"), (.adc, "adc"), (.sbb, "sbb"), (.and, "and"), (.sub, "sub"), (.xor, "xor"), (.cmp, "cmp"),
  ]

  func addArithmetic() {
    for (operation, mnemonic) in Self.operations {
      for (wide, bits) in Self.widths {
        for (register, operand) in Self.pairs {
          let first = Self.general(register, bits), second = operand.general(bits)
          expect("\(mnemonic) \(first), \(second)", operand.isMemory ? .bytes : .meaning(longerBy: 0)) {
            $0.alu(operation, Register(register), operand.machine, wide: wide)
          }
          expect("\(mnemonic) \(second), \(first)") { $0.alu(operation, operand.machine, Register(register), wide: wide) }
          if !operand.isMemory {
            expect("\(mnemonic) \(first), \(second)", .meaning(longerBy: 0)) {
              $0.alu(operation, Register(register), Register(operand.machine.base), wide: wide)
            }
          }
        }
      }
    }
    for (wide, text) in [(false, "cdq"), (true, "cqo")] { expect(text) { $0.signExtendAccumulator(wide: wide) } }
  }

  func addImmediateArithmetic() {
    for (operation, mnemonic) in Self.operations {
      for (wide, bits) in Self.widths {
        for operand in Self.someOperands {
          for value in Self.bytes {
            expect("\(mnemonic) \(operand.general(bits)), \(value)") {
              $0.alu(operation, operand.machine, immediate: value, wide: wide)
            }
          }
          for value in Self.words {
            let isAccumulator = !operand.isMemory && operand.machine.base == 0
            expect("\(mnemonic) \(operand.general(bits)), \(value)", isAccumulator ? .meaning(longerBy: 1) : .bytes) {
              $0.alu(operation, operand.machine, immediate: value, wide: wide)
            }
          }
        }
      }
    }
  }

  func addTesting() {
    for (wide, bits) in Self.widths {
      for (register, operand) in Self.pairs where !operand.isMemory {
        expect("test \(operand.general(bits)), \(Self.general(register, bits))") {
          $0.test(Register(operand.machine.base), Register(register), wide: wide)
        }
      }
      for operand in Self.someOperands {
        for value in Self.bytes + Self.words {
          let isAccumulator = !operand.isMemory && operand.machine.base == 0
          expect("test \(operand.general(bits)), \(value)", isAccumulator ? .meaning(longerBy: 1) : .bytes) {
            $0.test(operand.machine, immediate: value, wide: wide)
          }
        }
      }
    }
  }

  func addMultiplication() {
    for (wide, bits) in Self.widths {
      for (register, operand) in Self.pairs {
        let name = Self.general(register, bits)
        expect("imul \(name), \(operand.general(bits))") { $0.multiply(Register(register), operand.machine, wide: wide) }
        for value in operand.isMemory ? Self.bytes + Self.words : [127, -128, 128, -129, .min] {
          expect("imul \(name), \(operand.general(bits)), \(value)") {
            $0.multiply(Register(register), operand.machine, immediate: value, wide: wide)
          }
        }
      }
    }
    for (register, operand) in Self.pairs {
      let low = nextRegister()
      expect("mulx \(Self.general(register, 64)), \(Self.general(low, 64)), \(operand.general(64))") {
        $0.multiplyWideUnsigned(high: Register(register), low: Register(low), operand.machine)
      }
    }
  }

  func addOneOperand() {
    let operations: [(Group3, String)] = [(.not, "not"), (.neg, "neg"), (.mul, "mul"), (.imul, "imul"), (.div, "div"), (.idiv, "idiv")]
    for (operation, mnemonic) in operations {
      for (wide, bits) in Self.widths {
        for operand in Self.someOperands {
          expect("\(mnemonic) \(operand.general(bits))") { $0.group3(operation, operand.machine, wide: wide) }
        }
      }
    }
  }

  func addShifts() {
    let operations: [(Shift, String)] = [
      (.rotateLeft, "rol"), (.rotateRight, "ror"), (.left, "shl"), (.right, "shr"), (.arithmeticRight, "sar"),
    ]
    for (operation, mnemonic) in operations {
      for (wide, bits) in Self.widths {
        for operand in Self.someOperands {
          for distance in [0, 1, 2, 31, 32, 63, 64, 127, 128, 255] as [UInt8] {
            expect("\(mnemonic) \(operand.general(bits)), \(distance)") {
              $0.shift(operation, operand.machine, by: distance, wide: wide)
            }
          }
          expect("\(mnemonic) \(operand.general(bits)), cl") { $0.shift(operation, operand.machine, wide: wide) }
        }
      }
    }
    for (wide, bits) in Self.widths {
      for (register, operand) in Self.pairs {
        let name = Self.general(register, bits)
        for (operation, mnemonic) in [(.left, "shlx"), (.right, "shrx"), (.arithmeticRight, "sarx")] as [(Shift, String)] {
          let distance = nextRegister()
          expect("\(mnemonic) \(name), \(operand.general(bits)), \(Self.general(distance, bits))") {
            $0.shiftX(operation, Register(register), operand.machine, by: Register(distance), wide: wide)
          }
        }
        for distance in [0, 1, 31, 63, 128, 255] as [UInt8] {
          expect("rorx \(name), \(operand.general(bits)), \(distance)") {
            $0.rotateRightX(Register(register), operand.machine, by: distance, wide: wide)
          }
        }
      }
    }
  }

  func addBits() {
    for (wide, bits) in Self.widths {
      for (register, operand) in Self.pairs {
        let operands = "\(Self.general(register, bits)), \(operand.general(bits))"
        expect("lzcnt \(operands)") { $0.countLeadingZeros(Register(register), operand.machine, wide: wide) }
        expect("tzcnt \(operands)") { $0.countTrailingZeros(Register(register), operand.machine, wide: wide) }
        expect("popcnt \(operands)") { $0.countOnes(Register(register), operand.machine, wide: wide) }
      }
    }
  }

  private static let conditions: [(ConditionCode, String)] = [
    (.overflow, "o"), (.noOverflow, "no"), (.below, "b"), (.aboveOrEqual, "ae"), (.equal, "e"), (.notEqual, "ne"), (.belowOrEqual, "be"),
    (.above, "a"), (.sign, "s"), (.noSign, "ns"), (.parity, "p"), (.noParity, "np"), (.less, "l"), (.greaterOrEqual, "ge"),
    (.lessOrEqual, "le"), (.greater, "g"),
  ]

  func addConditions() {
    for (condition, suffix) in Self.conditions {
      for register in 0..<16 {
        expect("set\(suffix) \(Self.general(register, 8))") { $0.set(condition, Register(register)) }
      }
      for (wide, bits) in Self.widths {
        for (register, operand) in Self.pairs {
          expect("cmov\(suffix) \(Self.general(register, bits)), \(operand.general(bits))") {
            $0.moveIf(condition, Register(register), operand.machine, wide: wide)
          }
        }
      }
    }
  }

  // MARK: Atomics

  func addAtomics() {
    for width in [1, 2, 4, 8] {
      for operand in Self.someMemory {
        for register in 0..<16 {
          let operands = "\(operand.general(width * 8)), \(Self.general(register, width * 8))"
          expect("lock; cmpxchg \(operands)") { $0.lockedCompareExchange(operand.machine, Register(register), width: width) }
          expect("lock; xadd \(operands)") { $0.lockedExchangeAdd(operand.machine, Register(register), width: width) }
          expect("xchg \(operands)") { $0.atomicExchange(operand.machine, Register(register), width: width) }
        }
      }
    }
    expect("mfence") { $0.memoryFence() }
  }

  // MARK: Control

  func addStack() {
    for register in 0..<16 {
      expect("push \(Self.general(register, 64))") { $0.push(Register(register)) }
      expect("pop \(Self.general(register, 64))") { $0.pop(Register(register)) }
    }
    for operand in Self.someOperands {
      expect("push \(operand.general(64))", operand.isMemory ? .bytes : .meaning(longerBy: 1)) { $0.push(operand.machine) }
      expect("pop \(operand.general(64))", operand.isMemory ? .bytes : .meaning(longerBy: 1)) { $0.pop(operand.machine) }
    }
  }

  func addControl() {
    for operand in Self.someOperands {
      expect("jmp \(operand.general(64))") { $0.jump(operand.machine) }
      expect("call \(operand.general(64))") { $0.call(operand.machine) }
    }
    expect("ret") { $0.returnFromCall() }
    expect("ud2") { $0.undefined() }
    expect(".quad 0x123456789abcdef0, -1") {
      $0.data(0x1234_5678_9ABC_DEF0)
      $0.data(.max)
    }
    expect(".long 0x12345678, -2147483648") {
      $0.data32(0x1234_5678)
      $0.data32(.min)
    }
    // Distances that are written later, as those of calls between functions are, forward and backward.
    expect("@start: ret; call @end; call @start; {disp32} jmp @end; .byte 0xE9; .long @start - @behind; @behind: ud2; @end:") {
      $0.returnFromCall()
      let forward = $0.callLater(), backward = $0.callLater(), forwardJump = $0.jumpLater(), backwardJump = $0.jumpLater()
      $0.undefined()
      for (place, target) in [(forward, $0.count), (backward, 0), (forwardJump, $0.count), (backwardJump, 0)] {
        UnsafeMutableRawPointer($0.bytes + place).storeBytes(of: Int32(target - place - 4), as: Int32.self)
      }
    }
  }

  func addJumps() {
    let fillings = [0, 1, 2, 120, 121, 122, 123, 124, 125, 126, 127, 128, 129, 130, 255, 256, 40_000]
    for filling in fillings {
      // Backward as short as possible, which is LLVM's choice as well; up to 126 bytes between label and jump it is 2 bytes.
      expect("@back: \(Self.filling(filling)); jmp @back") { Self.writeBackward(&$0, filling) { $0.jump($1) } }
      expect("@back: \(Self.filling(filling)); call @back") { Self.writeBackward(&$0, filling) { $0.call($1) } }
      // Forward always long.
      expect("{disp32} jmp @on; \(Self.filling(filling)); @on:") { Self.writeForward(&$0, filling) { $0.jump($1) } }
      expect("call @on; \(Self.filling(filling)); @on:") { Self.writeForward(&$0, filling) { $0.call($1) } }
      for (condition, suffix) in Self.conditions where filling < 1000 || condition == .equal {
        expect("@back: \(Self.filling(filling)); j\(suffix) @back") { Self.writeBackward(&$0, filling) { $0.jump(condition, $1) } }
        expect("{disp32} j\(suffix) @on; \(Self.filling(filling)); @on:") {
          Self.writeForward(&$0, filling) { $0.jump(condition, $1) }
        }
      }
    }
    // Distances that wait for one label, in instructions of every kind, then jumps back to it.
    for filling in fillings where filling < 1000 {
      let fill = Self.filling(filling)
      expect(
        """
        {disp32} jmp @label; \(fill); {disp32} jg @label; call @label; \(fill); lea r9, [rip + @label]; vaddsd xmm9, xmm1, qword ptr [rip + @label]
        {disp32} jmp @label; @label: \(fill); jmp @label; jb @label; call @label; mov r8d, dword ptr [rip + @label]
        """
      ) {
        let label = $0.newLabel()
        $0.jump(label)
        Self.fill(&$0, filling)
        $0.jump(.greater, label)
        $0.call(label)
        Self.fill(&$0, filling)
        $0.lea(.r9, MachineOperand(label), wide: true)
        $0.vector(VEX.scalar(VEX.add, true), VectorRegister(9), VectorRegister(1), MachineOperand(label))
        $0.jump(label)
        $0.bind(label)
        Self.fill(&$0, filling)
        $0.jump(label)
        $0.jump(.below, label)
        $0.call(label)
        $0.load(.r8, MachineOperand(label), wide: false)
      }
    }
    // Two chains by turns.
    let jumps = 50
    expect((0..<jumps).map { "{disp32} jmp @\($0 & 1)" }.joined(separator: "; ") + "; @1: ud2; @0:") {
      let labels = [$0.newLabel(), $0.newLabel()]
      for number in 0..<jumps { $0.jump(labels[number & 1]) }
      $0.bind(labels[1])
      $0.undefined()
      $0.bind(labels[0])
    }
    // More than the first buffer and the first table hold: each label has two jumps, 69 KB apart from it, and one back.
    let count = 1500
    expect(
      (0..<count).map { "{disp32} jne @\($0); \(Self.filling(35)); {disp32} jmp @\($0)\n" }.joined()
        + (0..<count).map { "@\($0): ud2; jmp @\($0)\n" }.joined()
    ) {
      var labels: [CodeLabel] = []
      for number in 0..<count {
        labels.append($0.newLabel())
        $0.jump(.notEqual, labels[number])
        Self.fill(&$0, 35)
        $0.jump(labels[number])
      }
      for label in labels {
        $0.bind(label)
        $0.undefined()
        $0.jump(label)
      }
    }
  }

  private static func filling(_ count: Int) -> String { ".fill \(count), 1, 0x90" }

  private static func fill(_ assembler: inout Assembler, _ count: Int) {
    for _ in 0..<count {
      assembler.reserve()
      assembler.byte(0x90)
    }
  }

  private static func writeBackward(_ assembler: inout Assembler, _ count: Int, _ jump: (inout Assembler, CodeLabel) -> Void) {
    let label = assembler.newLabel()
    assembler.bind(label)
    fill(&assembler, count)
    jump(&assembler, label)
  }

  private static func writeForward(_ assembler: inout Assembler, _ count: Int, _ jump: (inout Assembler, CodeLabel) -> Void) {
    let label = assembler.newLabel()
    jump(&assembler, label)
    fill(&assembler, count)
    assembler.bind(label)
  }

  // MARK: Places in the code

  /// Operands that are labels, in every kind of instruction without an immediate, before and behind their label.
  func addLabels() {
    for register in 0..<16 {
      let (general64, general32) = (Self.general(register, 64), Self.general(register, 32))
      expectLabel("lea \(general64), [rip + @label]") { $0.lea(Register(register), $1, wide: true) }
      expectLabel("mov \(general64), qword ptr [rip + @label]") { $0.load(Register(register), $1, wide: true) }
      expectLabel("mov \(general32), dword ptr [rip + @label]") { $0.load(Register(register), $1, wide: false) }
      expectLabel("mov qword ptr [rip + @label], \(general64)") { $0.store(Register(register), $1, wide: true) }
      expectLabel("mov byte ptr [rip + @label], \(Self.general(register, 8))") { $0.store8(Register(register), $1) }
      expectLabel("mov word ptr [rip + @label], \(Self.general(register, 16))") { $0.store16(Register(register), $1) }
      expectLabel("movsx \(general64), byte ptr [rip + @label]") {
        $0.loadExtended(Register(register), $1, bits: 8, isSigned: true, wide: true)
      }
      expectLabel("movsxd \(general64), dword ptr [rip + @label]") {
        $0.loadExtended(Register(register), $1, bits: 32, isSigned: true, wide: true)
      }
      expectLabel("sub \(general64), qword ptr [rip + @label]") { $0.alu(.sub, Register(register), $1, wide: true) }
      expectLabel("adc dword ptr [rip + @label], \(general32)") { $0.alu(.adc, $1, Register(register), wide: false) }
      expectLabel("imul \(general32), dword ptr [rip + @label]") { $0.multiply(Register(register), $1, wide: false) }
      expectLabel("popcnt \(general64), qword ptr [rip + @label]") { $0.countOnes(Register(register), $1, wide: true) }
      expectLabel("cmovs \(general64), qword ptr [rip + @label]") { $0.moveIf(.sign, Register(register), $1, wide: true) }
      expectLabel("lock; xadd word ptr [rip + @label], \(Self.general(register, 16))") {
        $0.lockedExchangeAdd($1, Register(register), width: 2)
      }
      expectLabel("shrx \(general64), qword ptr [rip + @label], r9") {
        $0.shiftX(.right, Register(register), $1, by: .r9, wide: true)
      }
      expectLabel("mulx \(general64), rcx, qword ptr [rip + @label]") { $0.multiplyWideUnsigned(high: Register(register), low: .rcx, $1) }
      expectLabel("vmovss xmm\(register), dword ptr [rip + @label]") { $0.loadFloat(VectorRegister(register), $1, width: 4) }
      expectLabel("vmovsd xmm\(register), qword ptr [rip + @label]") { $0.loadFloat(VectorRegister(register), $1, width: 8) }
      expectLabel("vmovups xmm\(register), xmmword ptr [rip + @label]") { $0.loadFloat(VectorRegister(register), $1, width: 16) }
      expectLabel("vandpd xmm\(register), xmm\(15 - register), xmmword ptr [rip + @label]") {
        $0.vector(VEX.packed(VEX.and, true), VectorRegister(register), VectorRegister(15 - register), $1)
      }
      expectLabel("vpshufb xmm\(register), xmm\(15 - register), xmmword ptr [rip + @label]") {
        $0.vector(VEX.integer38(0x00), VectorRegister(register), VectorRegister(15 - register), $1)
      }
    }
    expectLabel("neg dword ptr [rip + @label]") { $0.group3(.neg, $1, wide: false) }
    expectLabel("sar qword ptr [rip + @label], cl") { $0.shift(.arithmeticRight, $1, wide: true) }
    expectLabel("shl dword ptr [rip + @label]") { $0.shift(.left, $1, by: 1, wide: false) }
    expectLabel("push qword ptr [rip + @label]") { $0.push($1) }
    expectLabel("pop qword ptr [rip + @label]") { $0.pop($1) }
    expectLabel("jmp qword ptr [rip + @label]") { $0.jump($1) }
    expectLabel("call qword ptr [rip + @label]") { $0.call($1) }
  }

  private func expectLabel(_ text: String, _ write: (inout Assembler, MachineOperand) -> Void) {
    expect("\(text); ud2; @label: .quad 1") {
      let label = $0.newLabel()
      write(&$0, MachineOperand(label))
      $0.undefined()
      $0.bind(label)
      $0.data(1)
    }
    expect("@label: .quad 1; \(text)") {
      let label = $0.newLabel()
      $0.bind(label)
      $0.data(1)
      write(&$0, MachineOperand(label))
    }
  }

  // MARK: Filling

  func addFilling() {
    for alignment in [2, 4, 8, 16] {
      for length in 1..<alignment {
        // Before it, what takes the rest of the multiple.
        let before = alignment - length
        expect(".nops \(length)", .nothing, skipping: before) {
          Self.fill(&$0, before)
          $0.align(alignment)
        }
      }
    }
  }
}
