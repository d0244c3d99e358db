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
    let beyond = [
      limits.set("stack-bytes", to: 65535), limits.set("heap-bytes", to: 32767), limits.set("memory-pages", to: 1 << 20 + 1),
      limits.set("table-elements", to: UInt64(Int.max)),
    ]
    #expect(!beyond.contains(true) && limits == .standard)
    for (name, _) in MachineLimits.names {
      let isKnown = limits.set(name, to: 70_000)
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

  @Test func `what one instruction does to many bytes or elements takes fuel too, and counts as one`() throws {
    let module = try module { builder in
      builder.section(1, items: [functionType(FunctionType([.i32]))])
      builder.section(3, items: [[0], [0]])
      builder.section(4, items: [[0x70, 0, 100]])
      builder.section(5, items: [[0, 1]])
      builder.section(7, items: [string("memory") + [0, 0], string("table") + [0, 1]])
      builder.section(
        10,
        items: [
          // (memory.fill (i32.const 0) (i32.const 1) (local.get 0)), (table.fill 0 (i32.const 0) (ref.null func) (local.get 0))
          counted([0, 0x41, 0, 0x41, 1, 0x20, 0, 0xFC, 11, 0, 0x0B]), counted([0, 0x41, 0, 0xD0, 0x70, 0x20, 0, 0xFC, 17, 0, 0x0B]),
        ])
    }
    module.countInstructions()
    let store = try Store(limits: limits("fuel", 1000))
    let instance = try Instance(module, store: store)
    _ = try instance.invoke("memory", [.i32(640)])
    _ = try instance.invoke("table", [.i32(80)])
    #expect(store.executedInstructions == 8)
    // 980 are left before the four of each call.
    #expect { try instance.invoke("memory", [.i32(64_000)]) } throws: { ($0 as? Trap)?.reason == .fuelExhausted }
    _ = try instance.invoke("memory", [.i32(61_000)])
    #expect { try instance.invoke("table", [.i32(100)]) } throws: { ($0 as? Trap)?.reason == .fuelExhausted }
  }

  @Test func `a function's code is bounded, whatever its bytes`() throws {
    // A block of 1000 results that 6000 branches leave, each with all of them, which lie one higher than they have to.
    let constants = Array(repeating: [0x41, 5] as [UInt8], count: 1000).joined()
    let branches = Array(repeating: [0x41, 0, 0x0D, 0] as [UInt8], count: 6000).joined()
    let body = [0, 0x02, 0, 0x41, 7] + constants + branches + [0x0C, 0, 0x0B, 0x0B]
    let module = try module { builder in
      builder.section(1, items: [functionType(FunctionType([], Array(repeating: .i32, count: 1000)))])
      builder.section(3, items: [[0]])
      builder.section(10, items: [counted(body)])
    }
    #expect { try module.translate() } throws: {
      ($0 as? ModuleError)?.message.contains("function 0 needs more than 32 MiB of code") == true
    }
  }

  @Test func `a high operand stack is searched for locals no further than it has any`() throws {
    // 20,000 times local.get, then as many local.set of the same local between drops: each finds what it overwrites at once.
    let many = 20_000
    let body =
      [0] + Array(repeating: [0x20, 0] as [UInt8], count: many).joined()
      + Array(repeating: [0x41, 9, 0x21, 0] as [UInt8], count: many).joined() + Array(repeating: 0x1A as UInt8, count: many - 1) + [0x0B]
    let module = try module { builder in
      builder.section(1, items: [functionType(FunctionType([.i32], [.i32]))])
      builder.section(3, items: [[0]])
      builder.section(7, items: [string("f") + [0, 0]])
      builder.section(10, items: [counted(body)])
    }
    #expect(try Instance(module, store: Store()).invoke("f", [.i32(42)]) == [.i32(42)])
  }

  @Test func `tables are bounded in number, and segments beyond 65,535 are told apart`() throws {
    func tables(_ count: Int) throws(ModuleError) -> Module {
      try module { builder in
        builder.section(1, items: [functionType(FunctionType([], [.i32]))])
        builder.section(3, items: [[0], [0]])
        builder.section(4, items: Array(repeating: [0x70, 0, 2], count: count))
        builder.section(7, items: [string("f") + [0, 0]])
        // Segments 0 to 66,000: none but the last has an element.
        builder.section(9, items: Array(repeating: [1, 0, 0], count: 66_000) + [[1, 0, 1, 1]])
        builder.section(
          10,
          items: [
            // (table.init 65600 66000 (0) (0) (1)), (table.copy 65601 65600 (1) (0) (1)), (ref.is_null (table.get 65601 (1)))
            counted(
              [0, 0x41, 0, 0x41, 0, 0x41, 1, 0xFC, 12] + leb(66_000) + leb(65_600) + [0x41, 1, 0x41, 0, 0x41, 1, 0xFC, 14] + leb(65_601)
                + leb(65_600) + [0x41, 1, 0x25] + leb(65_601) + [0xD1, 0x0B]),
            [4, 0, 0x41, 0, 0x0B],
          ])
      }
    }
    #expect(try Instance(tables(66_000), store: Store()).invoke("f") == [.i32(0)])
    #expect { try tables(100_001) } throws: { ($0 as? ModuleError)?.message == "implementation limit: more than 100000 tables" }
  }
}
