@testable import VM

/// Instructions on vector registers, all with VEX prefixes.
extension AssemblerCases {
  /// The prefix of two bytes and that of three, with every operand in memory.
  func addVectorAddresses() {
    for (number, operand) in Self.allMemory.enumerated() {
      let register = number % 17 & 15
      expect("vmovss xmm\(register), \(operand.vector(32))") { $0.loadFloat(VectorRegister(register), operand.machine, width: 4) }
      expect("vpshufb xmm\(register), xmm\(15 - register), \(operand.vector(128))") {
        $0.vector(VEX.integer38(0x00), VectorRegister(register), VectorRegister(15 - register), operand.machine)
      }
    }
  }

  func addVectorMoves() {
    for (register, operand) in Self.pairs where !operand.isMemory {
      expect("\(operand.vexPrefix)vmovaps xmm\(register), \(operand.vector(128))") {
        $0.moveVector(VectorRegister(register), VectorRegister(operand.machine.base))
      }
    }
    for operand in Self.someMemory {
      for register in 0..<16 {
        for (width, mnemonic) in [(4, "vmovss"), (8, "vmovsd"), (16, "vmovups")] {
          expect("\(mnemonic) xmm\(register), \(operand.vector(width * 8))") {
            $0.loadFloat(VectorRegister(register), operand.machine, width: width)
          }
          expect("\(mnemonic) \(operand.vector(width * 8)), xmm\(register)") {
            $0.storeFloat(VectorRegister(register), operand.machine, width: width)
          }
        }
        expect("vmovups \(operand.vector256()), ymm\(register)") {
          $0.storeFloat(VectorRegister(register), operand.machine, width: 32)
        }
      }
    }
    for (register, operand) in Self.pairs {
      expect("vmovd xmm\(register), \(operand.general(32))") { $0.moveToVector(VectorRegister(register), operand.machine, wide: false) }
      expect("vmovd \(operand.general(32)), xmm\(register)") { $0.moveFromVector(operand.machine, VectorRegister(register), wide: false) }
      // LLVM's opcode for memory does without a wide prefix, which needs the long VEX prefix.
      let comparison: Comparison = operand.isMemory ? .meaning(longerBy: operand.isExtended ? 0 : 1) : .bytes
      expect("vmovq xmm\(register), \(operand.general(64))", comparison) {
        $0.moveToVector(VectorRegister(register), operand.machine, wide: true)
      }
      expect("vmovq \(operand.general(64)), xmm\(register)", comparison) {
        $0.moveFromVector(operand.machine, VectorRegister(register), wide: true)
      }
    }
    for register in 0..<16 {
      let name = "xmm\(register)"
      expect("\(register >= 8 ? "{vex3} " : "")vxorps \(name), \(name), \(name)") { $0.zeroVector(VectorRegister(register)) }
    }
  }

  // MARK: Operations

  /// An operation of two sources.
  private func expectOperation(_ mnemonic: String, _ form: VEX, memoryBits: Int = 128, _ operands: [(register: Int, operand: Operand)]) {
    for (register, operand) in operands {
      let left = nextRegister()
      let text = "\(operand.vexPrefix)\(mnemonic) xmm\(register), xmm\(left), \(operand.vector(memoryBits))"
      expect(text) { $0.vector(form, VectorRegister(register), VectorRegister(left), operand.machine) }
      if !operand.isMemory {
        expect(text) { $0.vector(form, VectorRegister(register), VectorRegister(left), VectorRegister(operand.machine.base)) }
      }
    }
  }

  /// An operation of one source.
  private func expectOperation(
    _ mnemonic: String, _ form: VEX, oneSourceOf memoryBits: Int, _ operands: [(register: Int, operand: Operand)]
  ) {
    for (register, operand) in operands {
      let text = "\(operand.vexPrefix)\(mnemonic) xmm\(register), \(operand.vector(memoryBits))"
      expect(text) { $0.vector(form, VectorRegister(register), operand.machine) }
      if !operand.isMemory { expect(text) { $0.vector(form, VectorRegister(register), VectorRegister(operand.machine.base)) } }
    }
  }

  /// One pair for each register, and a few places in memory: for the many opcodes that differ in nothing else.
  private static let fewPairs = pairs.enumerated().filter { $0.offset % 17 == 0 }.map(\.element)

  func addVectorOperations() {
    // Every register in each of the three positions with every other, for both lengths of the prefix.
    for (mnemonic, form) in [("vaddps", VEX.packed(VEX.add, false)), ("vpshufb", VEX.integer38(0x00))] {
      for first in 0..<16 {
        for second in 0..<16 {
          for third in Self.registers {
            expect("\(third.vexPrefix)\(mnemonic) xmm\(first), xmm\(second), \(third.vector(128))") {
              $0.vector(form, VectorRegister(first), VectorRegister(second), third.machine)
            }
          }
        }
      }
    }
    let floats: [(String, UInt8)] = [
      ("add", VEX.add), ("mul", VEX.multiply), ("sub", VEX.subtract), ("min", VEX.minimum), ("div", VEX.divide), ("max", VEX.maximum),
    ]
    let logic: [(String, UInt8)] = [("and", VEX.and), ("andn", VEX.andNot), ("or", VEX.or), ("xor", VEX.xor)]
    for isDouble in [false, true] {
      for (name, opcode) in floats + logic {
        expectOperation("v\(name)p\(isDouble ? "d" : "s")", VEX.packed(opcode, isDouble), Self.pairs)
      }
      for (name, opcode) in floats + [("sqrt", VEX.squareRoot)] {
        expectOperation("v\(name)s\(isDouble ? "d" : "s")", VEX.scalar(opcode, isDouble), memoryBits: isDouble ? 64 : 32, Self.pairs)
      }
      expectOperation("vsqrtp\(isDouble ? "d" : "s")", VEX.packed(VEX.squareRoot, isDouble), oneSourceOf: 128, Self.pairs)
      expectOperation("vucomis\(isDouble ? "d" : "s")", VEX.compareUnordered(isDouble), oneSourceOf: isDouble ? 64 : 32, Self.pairs)
    }
    for (mnemonic, opcode) in Self.integers { expectOperation(mnemonic, VEX.integer(opcode), Self.fewPairs) }
    for (mnemonic, opcode) in Self.integers38 { expectOperation(mnemonic, VEX.integer38(opcode), Self.fewPairs) }
    for (mnemonic, opcode, memoryBits) in Self.integers38OfOneSource {
      expectOperation(mnemonic, VEX.integer38(opcode), oneSourceOf: memoryBits, Self.fewPairs)
    }
    for (register, operand) in Self.pairs where !operand.isMemory {
      expect("vpmovmskb \(Self.general(register, 32)), \(operand.vector(128))") {
        $0.vex(VEX.integer(0xD7), UInt8(register), 0, operand.machine)
      }
    }
    // The only one in the EVEX encoding: every register in each place.
    for first in 0..<16 {
      for second in 0..<16 {
        for third in 0..<16 {
          expect("vpmullq xmm\(first), xmm\(second), xmm\(third)") {
            $0.multiply64(VectorRegister(first), VectorRegister(second), VectorRegister(third))
          }
        }
      }
    }
    // Wide ones of two sources.
    expectOperation("vpsllvd", VEX(1, 2, 0x47), Self.fewPairs)
    expectOperation("vpsllvq", VEX(1, 2, 0x47, wide: true), Self.fewPairs)
    expectOperation("vfmadd213pd", VEX(1, 2, 0xA8, wide: true), Self.fewPairs)
  }

  private static let integers: [(String, UInt8)] = [
    ("vpunpcklbw", 0x60), ("vpunpcklwd", 0x61), ("vpunpckldq", 0x62), ("vpacksswb", 0x63), ("vpcmpgtb", 0x64), ("vpcmpgtw", 0x65),
    ("vpcmpgtd", 0x66), ("vpackuswb", 0x67), ("vpunpckhbw", 0x68), ("vpunpckhwd", 0x69), ("vpunpckhdq", 0x6A), ("vpackssdw", 0x6B),
    ("vpunpcklqdq", 0x6C), ("vpunpckhqdq", 0x6D), ("vpcmpeqb", 0x74), ("vpcmpeqw", 0x75), ("vpcmpeqd", 0x76), ("vpsrlw", 0xD1),
    ("vpsrld", 0xD2), ("vpsrlq", 0xD3), ("vpaddq", 0xD4), ("vpmullw", 0xD5), ("vpsubusb", 0xD8), ("vpsubusw", 0xD9), ("vpminub", 0xDA),
    ("vpand", 0xDB), ("vpaddusb", 0xDC), ("vpaddusw", 0xDD), ("vpmaxub", 0xDE), ("vpandn", 0xDF), ("vpavgb", 0xE0), ("vpsraw", 0xE1),
    ("vpsrad", 0xE2), ("vpavgw", 0xE3), ("vpmulhuw", 0xE4), ("vpmulhw", 0xE5), ("vpsubsb", 0xE8), ("vpsubsw", 0xE9), ("vpminsw", 0xEA),
    ("vpor", 0xEB), ("vpaddsb", 0xEC), ("vpaddsw", 0xED), ("vpmaxsw", 0xEE), ("vpxor", 0xEF), ("vpsllw", 0xF1), ("vpslld", 0xF2),
    ("vpsllq", 0xF3), ("vpmuludq", 0xF4), ("vpmaddwd", 0xF5), ("vpsadbw", 0xF6), ("vpsubb", 0xF8), ("vpsubw", 0xF9), ("vpsubd", 0xFA),
    ("vpsubq", 0xFB), ("vpaddb", 0xFC), ("vpaddw", 0xFD), ("vpaddd", 0xFE),
  ]
  private static let integers38: [(String, UInt8)] = [
    ("vphaddw", 0x01), ("vphaddd", 0x02), ("vpmaddubsw", 0x04), ("vpsignb", 0x08), ("vpmulhrsw", 0x0B), ("vpmuldq", 0x28),
    ("vpcmpeqq", 0x29), ("vpackusdw", 0x2B), ("vpcmpgtq", 0x37), ("vpminsb", 0x38), ("vpminsd", 0x39), ("vpminuw", 0x3A),
    ("vpminud", 0x3B), ("vpmaxsb", 0x3C), ("vpmaxsd", 0x3D), ("vpmaxuw", 0x3E), ("vpmaxud", 0x3F), ("vpmulld", 0x40), ("vpsrlvd", 0x45),
    ("vpsravd", 0x46),
  ]
  /// With the bits they read.
  private static let integers38OfOneSource: [(String, UInt8, Int)] = [
    ("vptest", 0x17, 128), ("vbroadcastss", 0x18, 32), ("vpabsb", 0x1C, 128), ("vpabsw", 0x1D, 128), ("vpabsd", 0x1E, 128),
    ("vpmovsxbw", 0x20, 64), ("vpmovsxwd", 0x23, 64), ("vpmovsxdq", 0x25, 64), ("vpmovzxbw", 0x30, 64), ("vpmovzxwd", 0x33, 64),
    ("vpmovzxdq", 0x35, 64), ("vpbroadcastd", 0x58, 32), ("vpbroadcastq", 0x59, 64), ("vpbroadcastb", 0x78, 8), ("vpbroadcastw", 0x79, 16),
  ]

  // MARK: Conversions

  func addConversions() {
    for isDouble in [false, true] {
      let suffix = isDouble ? "d" : "s"
      for (wide, bits) in [(false, 32), (true, 64)] {
        for (register, operand) in Self.pairs {
          let left = nextRegister()
          expect("vcvtsi2s\(suffix) xmm\(register), xmm\(left), \(operand.general(bits))") {
            $0.vex(VEX.convertInteger(isDouble, wide: wide), UInt8(register), UInt8(left), operand.machine)
          }
          expect("vcvtts\(suffix)2si \(Self.general(register, bits)), \(operand.vector(isDouble ? 64 : 32))") {
            $0.vex(VEX.truncate(isDouble, wide: wide), UInt8(register), 0, operand.machine)
          }
        }
      }
      expectOperation(
        isDouble ? "vcvtsd2ss" : "vcvtss2sd", VEX.convertFloat(fromDouble: isDouble), memoryBits: isDouble ? 64 : 32, Self.pairs)
    }
    expectOperation("vcvtdq2ps", VEX(0, 1, 0x5B), oneSourceOf: 128, Self.fewPairs)
    expectOperation("vcvttps2dq", VEX(2, 1, 0x5B), oneSourceOf: 128, Self.fewPairs)
    expectOperation("vcvtdq2pd", VEX(2, 1, 0xE6), oneSourceOf: 64, Self.fewPairs)
  }

  // MARK: Immediates

  private static let immediates: [UInt8] = [0, 1, 2, 3, 4, 8, 11, 127, 128, 255]

  func addVectorImmediates() {
    for isDouble in [false, true] {
      let suffix = isDouble ? "d" : "s"
      for (register, operand) in Self.pairs {
        for immediate in operand.isMemory ? Self.immediates : [0, 3, 11, 255] {
          let left = nextRegister()
          expect("vrounds\(suffix) xmm\(register), xmm\(left), \(operand.vector(isDouble ? 64 : 32)), \(immediate)") {
            $0.vex(VEX.round(isDouble), UInt8(register), UInt8(left), operand.machine, immediate: immediate)
          }
          expect("vroundp\(suffix) xmm\(register), \(operand.vector(128)), \(immediate)") {
            $0.vex(VEX.roundPacked(isDouble), UInt8(register), 0, operand.machine, immediate: immediate)
          }
        }
      }
    }
    for (register, operand) in Self.fewPairs {
      for immediate in Self.immediates {
        let left = nextRegister()
        for (mnemonic, prefix) in [("vpshufd", 1), ("vpshufhw", 2), ("vpshuflw", 3)] as [(String, UInt8)] {
          expect("\(operand.vexPrefix)\(mnemonic) xmm\(register), \(operand.vector(128)), \(immediate)") {
            $0.vex(VEX(prefix, 1, 0x70), UInt8(register), 0, operand.machine, immediate: immediate)
          }
        }
        expect("\(operand.vexPrefix)vshufps xmm\(register), xmm\(left), \(operand.vector(128)), \(immediate)") {
          $0.vex(VEX.packed(0xC6, false), UInt8(register), UInt8(left), operand.machine, immediate: immediate)
        }
        for (mnemonic, opcode) in [("vpblendw", 0x0E), ("vpalignr", 0x0F)] as [(String, UInt8)] {
          expect("\(mnemonic) xmm\(register), xmm\(left), \(operand.vector(128)), \(immediate)") {
            $0.vex(VEX.integer3A(opcode), UInt8(register), UInt8(left), operand.machine, immediate: immediate)
          }
        }
        // Lanes; a byte or a word of a register is written as 32 bits. LLVM has another opcode for a word into a register.
        for (bits, opcode, wide, suffix) in [
          (8, 0x20, false, "b"), (32, 0x22, false, "d"), (64, 0x22, true, "q"),
        ] as [(Int, UInt8, Bool, String)] {
          let source = operand.general(operand.isMemory ? bits : max(bits, 32))
          expect("vpinsr\(suffix) xmm\(register), xmm\(left), \(source), \(immediate)") {
            $0.vex(VEX(1, 3, opcode, wide: wide), UInt8(register), UInt8(left), operand.machine, immediate: immediate)
          }
        }
        for (bits, opcode, wide, suffix) in [
          (8, 0x14, false, "b"), (16, 0x15, false, "w"), (32, 0x16, false, "d"), (64, 0x16, true, "q"),
        ] as [(Int, UInt8, Bool, String)] where operand.isMemory || bits != 16 {
          let destination = operand.general(operand.isMemory ? bits : max(bits, 32))
          expect("vpextr\(suffix) \(destination), xmm\(register), \(immediate)") {
            $0.vex(VEX(1, 3, opcode, wide: wide), UInt8(register), 0, operand.machine, immediate: immediate)
          }
        }
      }
    }
  }

  // MARK: Shifts and blends

  func addVectorShifts() {
    let shifts: [(String, UInt8, UInt8)] = [
      ("vpsrlw", 0x71, 2), ("vpsraw", 0x71, 4), ("vpsllw", 0x71, 6), ("vpsrld", 0x72, 2), ("vpsrad", 0x72, 4), ("vpslld", 0x72, 6),
      ("vpsrlq", 0x73, 2), ("vpsrldq", 0x73, 3), ("vpsllq", 0x73, 6), ("vpslldq", 0x73, 7),
    ]
    for (mnemonic, opcode, number) in shifts {
      for destination in 0..<16 {
        for source in 0..<16 {
          for distance in [0, 1, 15, 63, 128, 255] as [UInt8] {
            expect("\(mnemonic) xmm\(destination), xmm\(source), \(distance)") {
              $0.vector(VectorShift(0, opcode, number), VectorRegister(destination), VectorRegister(source), by: distance)
            }
          }
        }
      }
    }
    let byVector: [(String, VectorShift)] = [
      ("vpsllw", .psllw), ("vpslld", .pslld), ("vpsllq", .psllq), ("vpsrlw", .psrlw), ("vpsrld", .psrld), ("vpsrlq", .psrlq),
      ("vpsraw", .psraw), ("vpsrad", .psrad),
    ]
    for (mnemonic, shift) in byVector {
      for destination in 0..<16 {
        for distance in 0..<16 {
          let source = nextRegister()
          expect("\(mnemonic) xmm\(destination), xmm\(source), xmm\(distance)") {
            $0.vector(shift, VectorRegister(destination), VectorRegister(source), by: VectorRegister(distance))
          }
        }
      }
    }
    for (mnemonic, form) in [("vpextrb", VEX.pextrb), ("vpextrd", VEX.pextrd), ("vpextrq", VEX.pextrq)] {
      for register in 0..<16 {
        let name = mnemonic == "vpextrq" ? Self.general(register, 64) : Self.general(register, 32)
        expect("\(mnemonic) \(name), xmm\(15 - register), 1") {
          $0.extractLane(form, MachineOperand(Register(register)), VectorRegister(15 - register), 1)
        }
      }
    }
    for (mnemonic, form) in [("vpmovmskb", VEX.pmovmskb), ("vmovmskps", VEX.movmskps), ("vmovmskpd", VEX.movmskpd)] {
      for register in 0..<16 {
        expect("\(mnemonic) \(Self.general(register, 32)), xmm\(15 - register)") {
          $0.moveMask(form, Register(register), VectorRegister(15 - register))
        }
      }
    }
    for (mnemonic, opcode) in [("vblendvps", 0x4A), ("vblendvpd", 0x4B), ("vpblendvb", 0x4C)] as [(String, UInt8)] {
      for destination in 0..<16 {
        for mask in 0..<16 {
          let left = nextRegister(), right = (left + mask) & 15
          expect("\(mnemonic) xmm\(destination), xmm\(left), xmm\(right), xmm\(mask)") {
            $0.vectorBlend(
              VEX.integer3A(opcode), VectorRegister(destination), VectorRegister(left), VectorRegister(right), mask: VectorRegister(mask))
          }
        }
      }
    }
  }

  // MARK: 256 bits

  func addWideVectors() {
    for (register, operand) in Self.pairs {
      let left = nextRegister()
      let operands = "ymm\(register), ymm\(left), \(operand.vector256())"
      for (mnemonic, form) in [
        ("vaddps", VEX(0, 1, 0x58, is256: true)), ("vmulpd", VEX(1, 1, 0x59, is256: true)), ("vpaddb", VEX(1, 1, 0xFC, is256: true)),
        ("vpshufb", VEX(1, 2, 0x00, is256: true)), ("vpsrlvq", VEX(1, 2, 0x45, wide: true, is256: true)),
      ] {
        expect("\(operand.vexPrefix)\(mnemonic) \(operands)") { $0.vex(form, UInt8(register), UInt8(left), operand.machine) }
      }
      expect("\(operand.vexPrefix)vmovdqu ymm\(register), \(operand.vector256())") {
        $0.vex(VEX(2, 1, 0x6F, is256: true), UInt8(register), 0, operand.machine)
      }
      for immediate in [0, 0x31, 0xFF] as [UInt8] {
        expect("vperm2i128 \(operands), \(immediate)") {
          $0.vex(VEX(1, 3, 0x46, is256: true), UInt8(register), UInt8(left), operand.machine, immediate: immediate)
        }
        expect("vpermq ymm\(register), \(operand.vector256()), \(immediate)") {
          $0.vex(VEX(1, 3, 0x00, wide: true, is256: true), UInt8(register), 0, operand.machine, immediate: immediate)
        }
      }
    }
  }
}
