import Testing

@testable import VM

@Suite("Budgets of memory")
struct MemoryBudgetTests {
  /// What a budget may have, in pages; changed while memories have theirs.
  private final class Allowance {
    var pages: Int
    var asked = 0
    init(pages: Int) { self.pages = pages }
    var budget: MemoryBudget {
      MemoryBudget { [self] in
        asked += 1
        return pages * Memory.pageSize
      }
    }
  }

  private func memory(_ minimum: UInt64, most: UInt64? = nil, _ budget: MemoryBudget?) throws(ResourceError) -> Memory {
    try Memory(type: MemoryType(limits: Limits(minimum: minimum, maximum: most)), budget: budget)
  }

  @Test func `growth beyond the limit is refused and changes nothing`() throws {
    let memory = try memory(1, Allowance(pages: 3).budget)
    #expect(memory.grow(pages: 3) == -1)
    #expect(memory.pageCount == 1)
    #expect(memory.grow(pages: 2) == 1)
    #expect(memory.grow(pages: 1) == -1)
    #expect(memory.grow(pages: 0) == 3, "nothing more is always to be had")
    #expect(memory.pageCount == 3)
  }

  @Test func `a limit that is raised later counts, and one that is lowered takes nothing away`() throws {
    let allowance = Allowance(pages: 2)
    let memory = try memory(2, allowance.budget)
    #expect(memory.grow(pages: 1) == -1)
    allowance.pages = 4
    #expect(memory.grow(pages: 2) == 2)
    allowance.pages = 1
    #expect(memory.pageCount == 4)
    #expect(memory.grow(pages: 0) == 4)
    #expect(memory.grow(pages: 1) == -1)
  }

  @Test func `a memory that begins beyond the limit is a lack of memory`() throws {
    let budget = Allowance(pages: 2).budget
    do {
      _ = try memory(3, budget)
      Issue.record("three pages of two")
    } catch {
      #expect(error.kind == .memory)
      #expect(error.description.contains("\(3 * Memory.pageSize) bytes") && error.description.contains("raise its memory limit"))
    }
    // What was refused is not counted.
    #expect(try memory(2, budget).pageCount == 2)
  }

  @Test func `several memories share a budget, and give back what they had`() throws {
    let budget = Allowance(pages: 5).budget
    let first = try memory(1, budget)
    do {
      let second = try memory(1, budget)
      #expect(second.grow(pages: 2) == 1)
      #expect(first.grow(pages: 2) == -1)
      #expect(first.grow(pages: 1) == 1)
      #expect(second.pageCount == 3)
    }
    #expect(first.grow(pages: 3) == 2)
    #expect(first.grow(pages: 1) == -1)
  }

  @Test func `growth that fails for another reason costs nothing`() throws {
    let budget = Allowance(pages: 5).budget
    let small = try memory(1, most: 2, budget)
    #expect(small.grow(pages: 2) == -1, "its own maximum")
    #expect(small.grow(pages: -1) == -1)
    #expect(try memory(4, budget).pageCount == 4)
  }

  @Test func `without a budget there is no limit but the memory's own`() throws {
    #expect(try memory(1, nil).grow(pages: 100) == 1)
  }

  // MARK: In instances

  /// A memory of one page and "grow", which asks for as many pages as it is given. A start function fills a global that "started" tells.
  private static let module: [UInt8] = {
    var builder = ModuleBuilder()
    builder.section(
      1, items: [functionType(FunctionType([.i32], [.i32])), functionType(FunctionType([], [])), functionType(FunctionType([], [.i32]))])
    builder.section(3, items: [[0], [1], [2]])
    builder.section(5, items: [[0x00, 0x01]])
    builder.section(6, items: [[0x7F, 0x01, 0x41, 0x00, 0x0B]])
    builder.section(
      7, items: [string("grow") + [0, 0], string("started") + [0, 2], string("global") + [3, 0], string("memory") + [2, 0]])
    builder.section(8, [0x01])
    builder.section(
      10,
      items: [
        counted([0x00, 0x20, 0x00, 0x40, 0x00, 0x0B]), counted([0x00, 0x41, 0x2A, 0x24, 0x00, 0x0B]), counted([0x00, 0x23, 0x00, 0x0B]),
      ])
    builder.section(11, items: [[0x00, 0x41, 0x05, 0x0B] + counted([0x61])])
    return builder.bytes
  }()

  @Test func `a guest is told that there is no more`() throws {
    let store = try Store()
    let allowance = Allowance(pages: 2)
    store.memoryBudget = allowance.budget
    let instance = try Instance(Module(bytes: Self.module), store: store)
    #expect(try instance.invoke("grow", [.i32(2)]) == [.i32(UInt32.max)])
    #expect(try instance.invoke("grow", [.i32(1)]) == [.i32(1)])
    #expect(try instance.invoke("grow", [.i32(1)]) == [.i32(UInt32.max)])
    // Another instance of the same store has nothing left.
    #expect {
      _ = try Instance(Module(bytes: Self.module), store: store)
    } throws: { error in
      guard case InstantiationError.resource(let resource) = error else { return false }
      return resource.kind == .memory
    }
    allowance.pages = 3
    #expect(try Instance(Module(bytes: Self.module), store: store).invoke("grow", [.i32(1)]) == [.i32(UInt32.max)])
  }

  @Test func `preparing an instance runs none of the guest's code`() throws {
    let instance = try Instance(preparing: Module(bytes: Self.module), store: Store())
    guard case .global(let global) = instance["global"], case .memory(let memory) = instance["memory"] else {
      Issue.record("the exports are not there")
      return
    }
    #expect(global.value == .i32(0))
    #expect(memory.bytes.base.load(fromByteOffset: 5, as: UInt8.self) == 0x61, "data is in its place")
    try instance.start()
    #expect(global.value == .i32(42))
    #expect(try instance.invoke("started") == [.i32(42)])
    // The usual way is both at once.
    #expect(try Instance(Module(bytes: Self.module), store: Store()).invoke("started") == [.i32(42)])
  }
}
