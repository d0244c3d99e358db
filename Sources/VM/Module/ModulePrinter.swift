/// Prints function bodies in the text format's words, one operator a line, straight from the opcode table: for tests and for people who
/// look at what the machine was given. Indices stay numbers.
struct ModulePrinter {
  let module: Module
  private var types: TypeSpace { module.validation.typeSpace }

  /// The operators of a body, indented by the blocks around them. `index` counts the functions that are not imported.
  func body(_ index: Int) -> String {
    var reader = ByteReader(module.bytes, in: module.bodies[index].range)
    do throws(ModuleError) {
      return try lines(&reader).joined(separator: "\n")
    } catch {
      return "\(error)"
    }
  }

  private func lines(_ reader: inout ByteReader) throws(ModuleError) -> [String] {
    var lines: [String] = []
    for _ in 0..<(try reader.u32()) {
      let count = try reader.u32()
      lines.append("(local \(count) × \(try reader.valueType(in: types)))")
    }
    var indentation = 0
    while reader.remaining > 0 {
      let row = try operatorRow(&reader)
      if row.opcode == .end || row.opcode == .else { indentation -= 1 }
      let words = [row.name.description] + (try immediates(row.immediate, &reader))
      lines.append(String(repeating: "  ", count: max(indentation, 0)) + words.joined(separator: " "))
      if row.immediate == .blockType || row.immediate == .tryTable || row.opcode == .else { indentation += 1 }
    }
    return lines
  }

  /// The names of a body's operators, in their order.
  func operatorNames(_ index: Int) -> [String] {
    body(index).split(separator: "\n").compactMap { line in
      let word = line.drop { $0 == " " }.prefix { $0 != " " }
      return word == "(local" ? nil : String(word)
    }
  }

  /// The operator at an offset, with its immediates.
  func operatorText(at offset: Int) -> String {
    var reader = ByteReader(module.bytes)
    reader.seek(offset)
    do throws(ModuleError) {
      let row = try operatorRow(&reader)
      return ([row.name.description] + (try immediates(row.immediate, &reader))).joined(separator: " ")
    } catch {
      return "\(error)"
    }
  }

  private func operatorRow(_ reader: inout ByteReader) throws(ModuleError) -> OpcodeRow {
    let offset = reader.offset
    let byte = try reader.byte()
    let row = 0xFB...0xFE ~= byte ? OpcodeTable.row(prefix: byte, Int(try reader.u32()))?.pointee : OpcodeTable.row(Int(byte))
    guard let row else { throw reader.illegalOpcode(from: offset) }
    return row
  }

  private func immediates(_ kind: OpcodeRow.Immediate, _ reader: inout ByteReader) throws(ModuleError) -> [String] {
    switch kind {
    case .none: return []
    case .blockType: return try blockType(&reader)
    case .label, .function, .local, .global, .table, .element, .data: return ["\(try reader.u32())"]
    case .labels:
      var labels: [String] = []
      for _ in 0...(try reader.u32()) { labels.append("\(try reader.u32())") }
      return labels
    case .valueTypes:
      var results: [String] = []
      for _ in 0..<(try reader.u32()) { results.append("\(try reader.valueType(in: types))") }
      return ["(result \(results.joined(separator: " ")))"]
    case .referenceType, .heapType: return ["\(try reader.heapType(isNullable: true, in: types))"]
    case .type, .tag: return ["\(try reader.u32())"]
    case .typeAndField, .typeAndCount, .twoTypes, .typeAndData, .typeAndElement:
      return ["\(try reader.u32())", "\(try reader.u32())"]
    case .castBranch:
      let flags = try reader.byte()
      let label = try reader.u32()
      let from = try reader.heapType(isNullable: flags & 1 != 0, in: types)
      return ["\(label)", "\(from)", "\(try reader.heapType(isNullable: flags & 2 != 0, in: types))"]
    case .tryTable:
      var words = try blockType(&reader)
      for _ in 0..<(try reader.u32()) {
        let kind = try reader.byte()
        let tag = kind < 2 ? "\(try reader.u32()) " : ""
        let names = ["catch", "catch_ref", "catch_all", "catch_all_ref"]
        words.append("(\(names[Int(kind & 3)]) \(tag)\(try reader.u32()))")
      }
      return words
    case .zero:
      _ = try reader.byte()
      return []
    case .typeAndTable:
      let type = try reader.u32()
      return ["\(try reader.u32())", "(type \(type))"]
    case .twoTables, .twoMemories:
      let destination = try reader.u32()
      return ["\(destination)", "\(try reader.u32())"]
    case .elementAndTable, .dataAndMemory:
      // The text format names the table or memory first.
      let segment = try reader.u32()
      return ["\(try reader.u32())", "\(segment)"]
    case .memory: return try memory(reader.u32())
    case .vector: return ["i8x16"] + (try bytes(&reader))
    case .lanes: return try bytes(&reader)
    case .lane: return ["\(try reader.byte())"]
    case .memoryArgumentAndLane: return try immediates(.memoryArgument, &reader) + ["\(try reader.byte())"]
    case .memoryArgument:
      let flags = try reader.u32()
      let words = flags & 0x40 != 0 ? try memory(reader.u32()) : []
      let offset = try reader.u64()
      return words + (offset == 0 ? [] : ["offset=\(offset)"]) + ["align=\(1 << Int(flags & 0x3F))"]
    case .i32: return ["\(try reader.s32())"]
    case .i64: return ["\(try reader.s64())"]
    case .f32: return ["\(Float(bitPattern: try reader.f32()))"]
    case .f64: return ["\(Double(bitPattern: try reader.f64()))"]
    }
  }

  /// The 16 bytes of a vector.
  private func bytes(_ reader: inout ByteReader) throws(ModuleError) -> [String] {
    var words: [String] = []
    for _ in 0..<16 { words.append("\(try reader.byte())") }
    return words
  }

  private func memory(_ index: UInt32) -> [String] { index == 0 ? [] : ["\(index)"] }

  private func blockType(_ reader: inout ByteReader) throws(ModuleError) -> [String] {
    if reader.next == 0x40 {
      _ = try reader.byte()
      return []
    }
    if let byte = reader.next, byte & 0xC0 == 0x40 { return ["(result \(try reader.valueType(in: types)))"] }
    return ["(type \(try reader.s33()))"]
  }
}
