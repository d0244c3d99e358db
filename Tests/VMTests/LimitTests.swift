import Testing

@testable import VM

/// Every limit refuses what is beyond it, by its name, and nothing before.
@Suite("Limits")
struct LimitTests {
  private func limits(_ name: String, _ number: UInt64) -> MachineLimits {
    var limits = MachineLimits()
    let isKnown = limits.set(name, to: number)
    #expect(isKnown)
    return limits
  }

  /// A module with sections that `build` writes.
  private func module(_ limits: MachineLimits = .standard, _ build: (inout ModuleBuilder) -> Void) throws(ModuleError) -> Module {
    var builder = ModuleBuilder()
    build(&builder)
    return try Module(bytes: builder.bytes, limits: limits)
  }

  @Test func `names that there are not, and numbers beyond their range, are refused`() {
    var limits = MachineLimits()
    let accepted = [limits.set("pages", to: 1), limits.set("functions", to: .max)]
    #expect(accepted == [false, false] && limits == .standard)
    for (name, _) in MachineLimits.names {
      let isKnown = limits.set(name, to: 7)
      #expect(isKnown, "\(name)")
    }
  }

  @Test func `modules are bounded in bytes and functions`() throws {
    func build(_ builder: inout ModuleBuilder) {
      builder.section(1, items: [functionType(FunctionType())])
      builder.section(3, items: [[0], [0]])
      builder.section(10, items: [[2, 0, 0x0B], [2, 0, 0x0B]])
    }
    _ = try module(limits("functions", 2), build)
    #expect { try module(limits("functions", 1), build) } throws: {
      ($0 as? ModuleError)?.message == "implementation limit: functions: the module has more than 1"
    }
    let size = try module(.standard, build).bytes.count
    _ = try module(limits("module-bytes", UInt64(size)), build)
    #expect { try module(limits("module-bytes", UInt64(size - 1)), build) } throws: {
      ($0 as? ModuleError)?.message.hasPrefix("implementation limit: module-bytes: the module has \(size) bytes") == true
    }
  }

  @Test func `memories are bounded in pages, at the beginning and in growing`() throws {
    let module = try module { builder in
      builder.section(5, items: [[0, 2]])
      builder.section(7, items: [string("m") + [2, 0]])
    }
    let store = try Store(limits: limits("memory-pages", 3))
    guard case .memory(let memory) = try Instance(module, store: store)["m"] else { throw ValueError(description: "no memory") }
    let grown = [memory.grow(pages: 2), memory.grow(pages: 1), memory.grow(pages: 1)]
    #expect(grown == [-1, 2, -1])
    let small = try Store(limits: limits("memory-pages", 1))
    #expect { try Instance(module, store: small) } throws: { "\($0)" == "memory-pages: a memory of 2 pages is larger than 1" }
  }

  @Test func `tables are bounded in elements`() throws {
    let module = try module { builder in
      builder.section(4, items: [[0x70, 0, 2]])
    }
    _ = try Instance(module, store: Store(limits: limits("table-elements", 2)))
    let small = try Store(limits: limits("table-elements", 1))
    #expect { try Instance(module, store: small) } throws: { "\($0)" == "table-elements: a table of 2 elements is larger than 1" }
  }

  @Test func `fuel ends a loop without end, and what is left of it is left`() throws {
    let module = try module { builder in
      builder.section(1, items: [functionType(FunctionType())])
      builder.section(3, items: [[0], [0]])
      builder.section(7, items: [string("loop") + [0, 0], string("nothing") + [0, 1]])
      builder.section(10, items: [counted([0, 0x03, 0x40, 0x0C, 0, 0x0B, 0x0B]), counted([0, 0x01, 0x0B])])
    }
    module.countInstructions()
    let store = try Store(limits: limits("fuel", 10_000))
    let instance = try Instance(module, store: store)
    _ = try instance.invoke("nothing")
    #expect { try instance.invoke("loop") } throws: { ($0 as? Trap)?.reason == .fuelExhausted }
    #expect(store.executedInstructions <= 10_000 && store.executedInstructions > 9_990)
  }
}
