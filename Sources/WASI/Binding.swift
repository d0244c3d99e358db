import VM

extension WASIHost {
  /// Defines every function, or only those that a module asks for: its start-up then pays for no others.
  ///
  /// - Parameters:
  ///   - imports: gets the functions, under `wasi_snapshot_preview1` or `wasi_unstable`.
  ///   - store: where the instance will live.
  ///   - module: defines what this module imports; nil defines both interfaces.
  public func define(in imports: inout Imports, store: Store, for module: Module? = nil) {
    guard let module else {
      for dialect in [Dialect.preview1, .unstable] {
        for row in FunctionRow.all { define(row, dialect, &imports, store) }
        defineExit(dialect, &imports, store)
      }
      return
    }
    for item in module.imports {
      let dialect: Dialect
      switch item.module {
      case Dialect.preview1.moduleName: dialect = .preview1
      case Dialect.unstable.moduleName: dialect = .unstable
      default: continue
      }
      if item.name == "proc_exit" {
        defineExit(dialect, &imports, store)
      } else if let number = FunctionRow.number(of: item.name) {
        define(FunctionRow.numbered(number), dialect, &imports, store)
      }
    }
  }

  private func define(_ row: FunctionRow, _ dialect: Dialect, _ imports: inout Imports, _ store: Store) {
    if dialect == .unstable, row.isNamed("sock_accept") { return }
    let function = Function(store: store, type: row.type) { [self] caller, slots in
      slots[0] = UInt64(perform(row, caller.memory, slots, dialect).rawValue)
    }
    imports.define(dialect.moduleName, row.name.description, .function(function))
  }

  /// Calls a function of the table; all that is between the machine and the calls.
  func perform(
    _ row: FunctionRow, _ memory: GuestMemory?, _ slots: UnsafeMutablePointer<UInt64>, _ dialect: Dialect
  ) -> Errno {
    perform(row, Call(host: self, guest: GuestView(memory), slots: slots, dialect: dialect))
  }

  func perform(_ row: FunctionRow, _ call: Call) -> Errno {
    do throws(Errno) {
      try row.body(call)
      return .success
    } catch {
      return error
    }
  }

  /// `proc_exit` ends the guest as a trap does, so that none of its code runs any more.
  private func defineExit(_ dialect: Dialect, _ imports: inout Imports, _ store: Store) {
    let function = Function(store: store, type: FunctionType(List(repeating: .i32, count: 1), List())) { _, slots throws(Trap) in
      throw Trap(.exit(Int32(truncatingIfNeeded: slots[0])))
    }
    imports.define(dialect.moduleName, "proc_exit", .function(function))
  }
}
