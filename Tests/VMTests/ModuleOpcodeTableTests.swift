import Testing

@testable import VM

@Suite("Opcode table")
struct ModuleOpcodeTableTests {
  @Test("every opcode has a row of its own, under its own code")
  func everyOpcodeHasARow() {
    for opcode in Opcode.allCases {
      let row = OpcodeTable.row(Int(opcode.rawValue))
      #expect(row?.opcode == opcode, "\(opcode)")
      #expect(Opcode(rawValue: opcode.rawValue) == opcode)
      #expect(opcode.row.shape != .illegal && opcode.row.shape != .prefix)
    }
    let legal = (0..<OpcodeTable.count).filter { OpcodeTable.row($0) != nil }
    #expect(legal.count == Opcode.allCases.count)
    #expect(OpcodeTable.row(OpcodeTable.count) == nil)
  }

  @Test("names are unique but for select, and cases are the names in lower camel case")
  func namesFollowTheTextFormat() {
    var seen: Set<String> = []
    // Of a cast to a nullable type the name has nothing to tell.
    let twins: [Opcode] = [.selectTyped, .refTestNull, .refCastNull]
    for opcode in Opcode.allCases where !twins.contains(opcode) {
      #expect(seen.insert(opcode.name).inserted, "\(opcode.name)")
      let words = opcode.name.split { $0 == "." || $0 == "_" }
      let camel = words[0] + words.dropFirst().map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
      #expect(camel == (opcode == .elementDrop ? "elemDrop" : "\(opcode)"))
    }
    #expect(twins.map(\.name) == ["select", "ref.test", "ref.cast"])
  }

  @Test(
    "codes are those of the specification",
    arguments: [
      (Opcode.unreachable, 0x00), (.end, 0x0B), (.callIndirect, 0x11), (.returnCall, 0x12), (.selectTyped, 0x1C), (.localGet, 0x20),
      (.tableSet, 0x26), (.i32Load, 0x28), (.i64Load32U, 0x35), (.i64Store32, 0x3E), (.memoryGrow, 0x40), (.f64Const, 0x44),
      (.i32Eqz, 0x45), (.i64Eqz, 0x50), (.f64Ge, 0x66), (.i32Clz, 0x67), (.i32Rotr, 0x78), (.i64Rotr, 0x8A), (.f32Copysign, 0x98),
      (.f64Copysign, 0xA6), (.i32WrapI64, 0xA7), (.f64PromoteF32, 0xBB), (.f64ReinterpretI64, 0xBF), (.i64Extend32S, 0xC4),
      (.v128Load, 0x200), (.i8x16Shuffle, 0x20D), (.f64x2Ge, 0x24C), (.v128AnyTrue, 0x253), (.i16x8Q15mulrSatS, 0x282), (.i32x4Abs, 0x2A0),
      (.i64x2Eq, 0x2D6), (.f32x4Sqrt, 0x2E3), (.f64x2ConvertLowI32x4U, 0x2FF), (.refNull, 0xD0), (.refFunc, 0xD2),
      (.i64TruncSatF64U, 0x107), (.memoryInit, 0x108), (.memoryFill, 0x10B), (.tableFill, 0x111), (.i64MulWideU, 0x116),
      (.throwRef, 0x0A), (.tryTable, 0x1F), (.callRef, 0x14), (.brOnNonNull, 0xD6), (.f32x4RelaxedMadd, 0x305),
      (.i32x4RelaxedDotI8x16I7x16AddS, 0x313), (.atomicFence, 0x403), (.i64AtomicRmw32CmpxchgU, 0x44E), (.structNew, 0x500),
      (.arrayInitElem, 0x513), (.brOnCastFail, 0x519), (.i31GetU, 0x51E),
    ])
  func codes(opcode: Opcode, code: Int) { #expect(Int(opcode.rawValue) == code) }

  @Test("loads and stores know their type and width from their name")
  func memoryAccessRows() {
    for opcode in Opcode.allCases where opcode.row.shape == .load || opcode.row.shape == .store {
      let row = opcode.row
      let value = row.shape == .load ? row.results[0] : row.operands[1]
      #expect(opcode.name.hasPrefix(value.description))
      let digits = opcode.name.drop { $0 != "." }.filter(\.isNumber)
      let bits = digits.isEmpty ? (value == .i32 || value == .f32 ? 32 : 64) : Int(digits)!
      #expect(row.accessWidth * 8 == bits, "\(opcode.name)")
      #expect(row.operands.first == .i32 && row.immediate == .memoryArgument)
    }
  }

  /// An operator's bytes with plausible immediates.
  private func encoding(_ opcode: Opcode) -> [UInt8] {
    let code = Int(opcode.rawValue)
    let operation =
      switch code {
      case ..<0x100: [UInt8(code)]
      case ..<0x200: [0xFC] + leb(code - 0x100)
      case ..<0x400: [0xFD] + leb(code - 0x200)
      default: [0xFE] + leb(code - 0x400)
      }
    switch opcode.row.immediate {
    case .memoryArgument, .dataAndMemory, .twoMemories, .twoTables, .elementAndTable: return operation + [0x00, 0x00]
    case .none: return operation
    case .vector, .lanes: return operation + Array(repeating: 0, count: 16)
    case .memoryArgumentAndLane: return operation + [0x00, 0x00, 0x00]
    case .f32: return operation + [0, 0, 0, 0]
    case .f64: return operation + [0, 0, 0, 0, 0, 0, 0, 0]
    default: return operation + [0x00]
    }
  }

  private func constant(_ type: ValueType) -> [UInt8] {
    switch type {
    case .i32: encoding(.i32Const)
    case .i64: encoding(.i64Const)
    case .f32: encoding(.f32Const)
    case .f64: encoding(.f64Const)
    case .v128: encoding(.v128Const)
    default: [0xD0, UInt8(type.code)]
    }
  }

  @Test("an operator validates with the signature of its row and with no other")
  func signaturesHold() {
    for opcode in Opcode.allCases
    where ![.special, .atomic, .wide].contains(opcode.row.shape) && opcode.row.immediate != .local {
      let operands = opcode.row.operands
      let results = opcode.row.results
      func error(_ operands: [ValueType], _ results: [ValueType]) -> ModuleError? {
        refusal(ModuleBuilder.around(results: results, operands.flatMap(constant) + encoding(opcode) + [0x0B]))
      }
      #expect(error(operands, results) == nil, "\(opcode.name)")
      for result in results {
        let other: ValueType = result == .i32 ? .i64 : .i32
        #expect(error(operands, [other])?.message.hasPrefix("type mismatch") == true, "\(opcode.name)")
      }
      for index in operands.indices {
        var wrong = operands
        wrong[index] = operands[index] == .f32 ? .f64 : .f32
        #expect(error(wrong, results)?.message.hasPrefix("type mismatch") == true, "\(opcode.name)")
      }
      if !operands.isEmpty {
        #expect(error(Array(operands.dropLast()), results)?.message.hasPrefix("type mismatch") == true, "\(opcode.name)")
      }
    }
  }

  @Test("codes without a row are refused as illegal opcodes")
  func illegalCodes() {
    typealias Code = (raw: Int, bytes: [UInt8])
    var codes: [Code] = (0..<0x100).filter { !(0xFB...0xFE).contains($0) }.map { ($0, [UInt8($0)]) }
    let pages: [(prefix: UInt8, start: Int, count: Int)] = [
      (0xFB, 0x500, 0x20), (0xFC, 0x100, 0x100), (0xFD, 0x200, 0x120), (0xFE, 0x400, 0x50),
    ]
    for page in pages {
      for code in 0..<0x200 { codes.append((code < page.count ? page.start + code : OpcodeTable.count, [page.prefix] + leb(code))) }
    }
    for (raw, bytes) in codes {
      guard OpcodeTable.row(raw) == nil else { continue }
      let error = refusal(ModuleBuilder.around(bytes + [0x00, 0x00, 0x0B]))
      #expect(error?.kind == .malformed, "\(bytes)")
      #expect(error?.message.hasPrefix("illegal opcode") == true, "\(bytes)")
    }
  }

  @Test(
    "codes of proposals that are switched off are told from illegal ones",
    arguments: [
      ([0xFE, 0x10, 0x02, 0x00], "threads"), ([0xFE, 0x03, 0x00], "threads"), ([0xFC, 0x13], "wide-arithmetic"),
      ([0xFC, 0x16], "wide-arithmetic"),
    ] as [([UInt8], String)])
  func switchedOff(code: [UInt8], feature: String) {
    let error = refusal(ModuleBuilder.around(code + [0x00, 0x0B]))
    #expect(error?.kind == .unsupported, "\(error?.description ?? "accepted")")
    #expect(error?.message.hasPrefix("needs \(feature), which is switched off") == true, "\(error?.description ?? "accepted")")
  }
}
