import VM

/// The host module `spectest` that the scripts import from (the specification's interpreter/README, "Spectest host module").
enum Spectest {
  static func define(in imports: inout Imports, store: Store) throws {
    let prints: [(String, [ValueType])] = [
      ("print", []), ("print_i32", [.i32]), ("print_i64", [.i64]), ("print_f32", [.f32]), ("print_f64", [.f64]),
      ("print_i32_f32", [.i32, .f32]), ("print_f64_f64", [.f64, .f64]),
    ]
    for (name, parameters) in prints {
      imports.define("spectest", name, .function(Function(store: store, type: FunctionType(parameters)) { _, _ in }))
    }
    let globals: [(String, Value)] = [
      ("global_i32", .i32(666)), ("global_i64", .i64(666)), ("global_f32", .f32(Float(666.6).bitPattern)),
      ("global_f64", .f64(666.6.bitPattern)),
    ]
    for (name, value) in globals {
      let type = GlobalType(value: value.type, isMutable: false)
      imports.define("spectest", name, .global(try Global(type: type, value: value, store: store)))
    }
    let table = TableType(element: .funcref, limits: Limits(minimum: 10, maximum: 20))
    imports.define("spectest", "table", .table(try Table(type: table, initial: .funcref(nil), store: store)))
    let wideTable = TableType(element: .funcref, limits: Limits(minimum: 10, maximum: 20), address: .i64)
    imports.define("spectest", "table64", .table(try Table(type: wideTable, initial: .funcref(nil), store: store)))
    let shared = MemoryType(limits: Limits(minimum: 1, maximum: 2), isShared: true)
    imports.define("spectest", "shared_memory", .memory(try Memory(type: shared)))
    let memory = MemoryType(limits: Limits(minimum: 1, maximum: 2))
    imports.define("spectest", "memory", .memory(try Memory(type: memory)))
  }
}
