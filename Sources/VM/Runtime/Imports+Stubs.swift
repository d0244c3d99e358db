extension Imports {
  /// Something of the right type for all that a module imports, for calling what needs no real world: functions that return zeros and nulls,
  /// memories and tables and globals that hold them.
  /// - Throws: for an import that has no such value, and where there is no memory for one.
  public static func stubs(for module: Module, store: Store) throws(InstantiationError) -> Imports {
    var imports = Imports()
    for item in module.imports { imports.define(item.module, item.name, try stub(item, module, store)) }
    return imports
  }

  private static func stub(_ item: Import, _ module: Module, _ store: Store) throws(InstantiationError) -> External {
    do {
      switch item.kind {
      case .function(let type):
        let type = TypeRegistry.shared.functionType(module.types[Int(type)])
        let results = type.results
        return .function(
          Function(store: store, type: type) { (_, slots) throws(Trap) in
            guard results.allSatisfy(\.isDefaultable) else { throw Trap(.host("a stub has no reference to return")) }
            slots.update(repeating: 0, count: results.slotCount)
          })
      case .table(let type): return .table(try Table(type: type, initial: .zero(of: type.element), store: store))
      case .memory(let type): return .memory(try Memory(type: type, budget: store.memoryBudget))
      case .global(let type): return .global(try Global(type: type, value: .zero(of: type.value), store: store))
      case .tag(let type): return .tag(Tag(type: TypeRegistry.shared.functionType(module.types[Int(type)]), store: store))
      }
    } catch {
      throw .link("no stub for \"\(item.module)\" \"\(item.name)\": \(error)")
    }
  }
}

extension Value {
  /// What a local of the type begins with (4.2.1), of references null.
  fileprivate static func zero(of type: ValueType) -> Value {
    switch type {
    case .i32: .i32(0)
    case .i64: .i64(0)
    case .f32: .f32(0)
    case .f64: .f64(0)
    case .v128: .v128(low: 0, high: 0)
    default:
      switch type.hierarchyTop {
      case .funcref: .funcref(nil)
      case .externref: .externref(nil)
      case let hierarchy: .null(hierarchy)
      }
    }
  }
}
