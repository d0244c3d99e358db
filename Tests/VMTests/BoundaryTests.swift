import Testing

@testable import VM

/// What the host hands to a store belongs to it and has the right type, or is refused.
@Suite("The boundary to the host")
struct BoundaryTests {
  private static let mutable = GlobalType(value: .i32, isMutable: true)
  private static let tableType = TableType(element: .funcref, limits: Limits(minimum: 1, maximum: nil))

  @Test func aGlobalTakesOnlyValuesOfItsType() throws {
    let store = try Store()
    let global = try Global(type: Self.mutable, value: .i32(1), store: store)
    for wrong in [Value.i64(2), .f32(2), .v128(low: 1, high: 2), .funcref(nil), .externref(nil)] {
      #expect(throws: ValueError.self) { try global.set(wrong) }
      #expect(throws: ValueError.self) { try Global(type: Self.mutable, value: wrong, store: store) }
    }
    #expect(global.value == .i32(1))
    try global.set(.i32(2))
    #expect(global.value == .i32(2))
  }

  @Test func aConstantGlobalCannotBeSet() throws {
    let global = try Global(type: GlobalType(value: .i32, isMutable: false), value: .i32(1), store: try Store())
    #expect(throws: ValueError.self) { try global.set(.i32(2)) }
    #expect(global.value == .i32(1))
  }

  @Test func aTableTakesOnlyItsElementType() throws {
    let store = try Store()
    for wrong in [Value.i64(2), .i32(0), .externref(7)] {
      #expect(throws: ValueError.self) { try Table(type: Self.tableType, initial: wrong, store: store) }
    }
  }

  @Test func functionsOfOtherStoresAreRefusedEverywhere() throws {
    let store = try Store()
    let stranger = Value.funcref(Function(store: try Store(), type: FunctionType()) { _, _ in })
    let own = Value.funcref(Function(store: store, type: FunctionType()) { _, _ in })
    #expect(throws: ValueError.self) { try Table(type: Self.tableType, initial: stranger, store: store) }
    let type = GlobalType(value: .funcref, isMutable: true)
    #expect(throws: ValueError.self) { try Global(type: type, value: stranger, store: store) }
    let global = try Global(type: type, value: own, store: store)
    #expect(throws: ValueError.self) { try global.set(stranger) }
    let taker = Function(store: store, type: FunctionType([.funcref])) { _, _ in }
    #expect(throws: Trap.self) { try taker.call([stranger]) }
    #expect(try taker.call([own]) == [])
  }

  /// A watchdog may fire before the instance whose start function it is to end exists.
  @Test func anInterruptionReachesAStartFunctionOfALaterInstance() throws {
    var builder = ModuleBuilder()
    builder.section(1, items: [functionType(FunctionType())])
    builder.section(3, items: [[0x00]])
    builder.section(8, [0x00])
    builder.section(10, items: [counted([0x00, 0x03, 0x40, 0x0C, 0x00, 0x0B, 0x0B])])
    let module = try Module(bytes: builder.bytes)
    let store = try Store()
    store.interrupt()
    do {
      _ = try Instance(module, store: store)
      Issue.record("an endless start function ended")
    } catch InstantiationError.trap(let trap) {
      #expect(trap.reason == .interrupted)
    }
    // The interruption is used up.
    var harmless = ModuleBuilder()
    harmless.section(1, items: [functionType(FunctionType([], [.i32]))])
    harmless.section(3, items: [[0x00]])
    harmless.section(7, items: [string("f") + [0, 0]])
    harmless.section(10, items: [counted([0x00, 0x41, 0x05, 0x0B])])
    #expect(try Instance(Module(bytes: harmless.bytes), store: store).invoke("f") == [.i32(5)])
  }

  @Test func aDeepBacktraceSaysHowMuchIsLeftOut() throws {
    // f(n): unreachable at 0, else f(n - 1) and something after it, so that the frame stays.
    let body: [UInt8] = [0x20, 0, 0x45, 0x04, 0x40, 0x00, 0x0B, 0x20, 0, 0x41, 1, 0x6B, 0x10, 0, 0x41, 1, 0x6A, 0x0B]
    var builder = ModuleBuilder()
    builder.section(1, items: [functionType(FunctionType([.i32], [.i32]))])
    builder.section(3, items: [[0x00], [0x00]])
    builder.section(7, items: [string("g") + [0, 1]])
    // g(n): f(n)
    builder.section(10, items: [counted([0x00] + body), counted([0x00, 0x20, 0, 0x10, 0, 0x0B])])
    let instance = try Instance(Module(bytes: builder.bytes), store: try Store())
    for (depth, omitted) in [(0, 0), (10, 0), (98, 0), (99, 1), (498, 400), (525, 427)] {
      do {
        _ = try instance.invoke("g", [.i32(UInt32(depth))])
        Issue.record("no trap")
      } catch {
        #expect(error.reason == .unreachable)
        #expect(error.backtrace.count + error.omittedFrames == depth + 2)
        #expect(error.omittedFrames == omitted)
        // Innermost first: f's trap, f's calls of itself, and g.
        #expect(error.backtrace.map(\.function) == Array(repeating: 0, count: error.backtrace.count - 1) + [1])
        #expect(Set(error.backtrace.map(\.offset)).count == min(depth, 1) + 2)
        #expect(error.backtrace.filter { $0.offset == error.backtrace[0].offset }.count == 1)
      }
    }
  }

  @Test func translatingEverythingFindsWhatIsBeyondTheLimits() throws {
    var builder = ModuleBuilder()
    builder.section(1, items: [functionType(FunctionType())])
    builder.section(3, items: [[0x00]])
    builder.section(10, items: [counted(vector([leb(40000) + [0x7B]]) + [0x0B])])
    // A valid module, but its locals need more slots than the interpreter has: two for a vector.
    let module = try Module(bytes: builder.bytes)
    #expect { try module.translate() } throws: { ($0 as? ModuleError)?.kind == .unsupported }
  }
}
