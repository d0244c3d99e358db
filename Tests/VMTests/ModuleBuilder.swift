@testable import VM

/// Puts the bytes of test modules together, section by section.
struct ModuleBuilder {
  private(set) var bytes: [UInt8] = [0x00, 0x61, 0x73, 0x6D, 0x01, 0x00, 0x00, 0x00]

  mutating func section(_ id: UInt8, _ content: [UInt8]) { bytes += [id] + leb(content.count) + content }

  mutating func section(_ id: UInt8, items: [[UInt8]]) { section(id, vector(items)) }

  mutating func custom(_ name: String, _ content: [UInt8]) { section(0, string(name) + content) }

  /// A module around one exported function "f" of the given type, with something of every kind to speak of: function 1 is imported as
  /// "host"."g" of type (i32) -> () and has index 0; f has index 1. Table 0 holds functions, table 1 external references. Globals: a
  /// mutable i32, an immutable i64. One memory, one passive data segment, one passive element segment of functions.
  static func around(
    parameters: [ValueType] = [], results: [ValueType] = [], locals: [(Int, ValueType)] = [], moreTypes: [FunctionType] = [],
    _ code: [UInt8]
  ) -> [UInt8] {
    var builder = ModuleBuilder()
    let types = [FunctionType([.i32]), FunctionType(parameters, results)] + moreTypes
    builder.section(1, items: types.map(functionType))
    builder.section(2, items: [string("host") + string("g") + [0x00, 0x00]])
    builder.section(3, items: [[0x01]])
    builder.section(4, items: [[0x70, 0x00, 0x04], [0x6F, 0x00, 0x04]])
    builder.section(5, items: [[0x00, 0x01]])
    builder.section(6, items: [[0x7F, 0x01, 0x41, 0x05, 0x0B], [0x7E, 0x00, 0x42, 0x06, 0x0B]])
    builder.section(7, items: [string("f") + [0x00, 0x01]])
    builder.section(9, items: [[0x01, 0x00, 0x02, 0x00, 0x01]])
    builder.section(12, [0x01])
    let declared = vector(locals.map { leb($0.0) + [UInt8($0.1.code)] })
    builder.section(10, items: [counted(declared + code)])
    builder.section(11, items: [[0x01] + counted([0x61, 0x62, 0x63])])
    return builder.bytes
  }
}

/// An unsigned number in LEB128.
func leb(_ number: Int) -> [UInt8] {
  var rest = number
  var bytes: [UInt8] = []
  repeat {
    bytes.append(UInt8(rest & 0x7F) | (rest > 0x7F ? 0x80 : 0))
    rest >>= 7
  } while rest > 0
  return bytes
}

func vector(_ items: [[UInt8]]) -> [UInt8] { leb(items.count) + items.joined() }
func counted(_ bytes: [UInt8]) -> [UInt8] { leb(bytes.count) + bytes }
func string(_ text: String) -> [UInt8] { counted(Array(text.utf8)) }

func functionType(_ type: FunctionType) -> [UInt8] {
  [0x60] + counted(type.parameters.map { UInt8($0.code) }) + counted(type.results.map { UInt8($0.code) })
}

/// The error that a module is refused with, or nil if it is accepted.
func refusal(_ bytes: [UInt8]) -> ModuleError? {
  do throws(ModuleError) {
    _ = try Module(bytes: bytes)
    return nil
  } catch {
    return error
  }
}
