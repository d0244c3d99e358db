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
    for opcode in Opcode.allCases where opcode != .selectTyped {
      #expect(seen.insert(opcode.name).inserted, "\(opcode.name)")
      let words = opcode.name.split { $0 == "." || $0 == "_" }
      let camel = words[0] + words.dropFirst().map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
      #expect(camel == (opcode == .elementDrop ? "elemDrop" : "\(opcode)"))
    }
    #expect(Opcode.selectTyped.name == "select")
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
      (.i64TruncSatF64U, 0x107), (.memoryInit, 0x108), (.memoryFill, 0x10B), (.tableFill, 0x111),
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
    let operation = code < 0x100 ? [UInt8(code)] : code < 0x200 ? [0xFC] + leb(code - 0x100) : [0xFD] + leb(code - 0x200)
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
    for opcode in Opcode.allCases where opcode.row.shape != .special && opcode.row.immediate != .local {
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
    var codes: [Code] = (0..<0x100).filter { $0 != 0xFC && $0 != 0xFD }.map { ($0, [UInt8($0)]) }
    // Behind a prefix there are 256 places at most.
    for code in 0..<0x200 {
      codes.append((code < 0x100 ? 0x100 + code : OpcodeTable.count, [0xFC] + leb(code)))
      codes.append((code < 0x100 ? 0x200 + code : OpcodeTable.count, [0xFD] + leb(code)))
    }
    for (raw, bytes) in codes {
      guard OpcodeTable.row(raw) == nil else { continue }
      let error = refusal(ModuleBuilder.around(bytes + [0x00, 0x00, 0x0B]))
      if error?.kind == .unsupported { continue }
      #expect(error?.kind == .malformed, "\(bytes)")
      #expect(error?.message.hasPrefix("illegal opcode") == true, "\(bytes)")
    }
  }

  @Test(
    "codes of features that are not there are told from illegal ones",
    arguments: [
      ([0x08], "exceptions"), ([0x1F], "exceptions"), ([0x14], "typed function references"), ([0xD4], "typed function references"),
      ([0xD3], "garbage-collected types"), ([0xFB, 0x01], "garbage-collected types"), ([0xFB, 0x7F], nil),
      ([0xFD, 0x80, 0x02], "relaxed vector instructions"), ([0xFD, 0x94, 0x02], nil), ([0xFD, 0x9A, 0x01], nil),
      ([0xFE, 0x10], "atomic instructions and shared memories"), ([0xFC, 0x20], nil), ([0x27], nil),
      ([0xD0, 0x6E], "garbage-collected types"), ([0xD0, 0x00], "typed function references"),
      ([0x02, 0x63], "typed function references"), ([0x02, 0x69], "exceptions"),
    ] as [([UInt8], String?)])
  func missingFeatures(code: [UInt8], feature: String?) {
    let error = refusal(ModuleBuilder.around(code + [0x00, 0x00, 0x0B]))
    #expect(error?.kind == (feature == nil ? .malformed : .unsupported), "\(error?.description ?? "accepted")")
    #expect(error?.message.hasPrefix(feature.map { "needs \($0) (" } ?? "illegal opcode") == true, "\(error?.description ?? "accepted")")
  }
}
