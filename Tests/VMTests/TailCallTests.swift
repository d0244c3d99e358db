import Testing

@testable import VM

/// Tail calls that leave the instance (4.4.8.12): what the specification's scripts do not reach.
@Suite("Tail calls between instances")
struct TailCallTests {
  /// Too small for a hundred thousandth of the calls, if each left anything behind.
  private static let smallStack: MachineLimits = {
    var limits = MachineLimits()
    limits.stackBytes = 65536
    return limits
  }()

  // Types of both modules.
  private static let evenType = FunctionType([.i64], [.i64])
  private static let oddType = FunctionType([.i64, .i64, .i64, .i64, .i64], [.i64])
  private static let types = [functionType(evenType), functionType(oddType)]

  /// even(n): 1 if n is 0, else a tail call of table 0's element 0 with (n - 1, 10, 20, 30, 40).
  /// outer(n, x): x + even(n) + x * 100, with what must survive the call in locals and on the stack.
  /// twice(n): a tail call of the host's h.
  private static let evenModule: [UInt8] = {
    var builder = ModuleBuilder()
    builder.section(1, items: types + [functionType(FunctionType([.i64, .i64], [.i64]))])
    builder.section(2, items: [string("host") + string("h") + [0x00, 0x00]])
    builder.section(3, items: [[0x00], [0x02], [0x00]])
    builder.section(4, items: [[0x70, 0x00, 0x01]])
    builder.section(7, items: [string("even") + [0, 1], string("outer") + [0, 2], string("twice") + [0, 3], string("t") + [1, 0]])
    let even: [UInt8] =
      [0x20, 0, 0x50, 0x04, 0x40, 0x42, 1, 0x0F, 0x0B, 0x20, 0, 0x42, 1, 0x7D]
      + [0x42, 10, 0x42, 20, 0x42, 30, 0x42, 40, 0x41, 0, 0x13, 1, 0, 0x0B]
    let outer: [UInt8] = [0x20, 1, 0x20, 0, 0x10, 1, 0x7C, 0x20, 1, 0x42, 0xE4, 0x00, 0x7E, 0x7C, 0x0B]
    let twice: [UInt8] = [0x20, 0, 0x12, 0, 0x0B]
    builder.section(10, items: [even, outer, twice].map { counted([0x00] + $0) })
    return builder.bytes
  }()

  /// odd(n, a, b, c, d): a + b + c + d if n is 0, else a tail call of the imported even with n - 1. It stands in the imported table.
  private static func oddModule(ending code: [UInt8] = [0x20, 1, 0x20, 2, 0x7C, 0x20, 3, 0x7C, 0x20, 4, 0x7C, 0x0F]) -> [UInt8] {
    var builder = ModuleBuilder()
    builder.section(1, items: types)
    builder.section(2, items: [string("even") + string("even") + [0x00, 0x00], string("even") + string("t") + [0x01, 0x70, 0x00, 0x01]])
    builder.section(3, items: [[0x01]])
    builder.section(7, items: [string("odd") + [0, 1]])
    builder.section(9, items: [[0x00, 0x41, 0x00, 0x0B, 0x01, 0x01]])
    builder.section(
      10, items: [counted([0x00, 0x20, 0, 0x50, 0x04, 0x40] + code + [0x0B, 0x20, 0, 0x42, 1, 0x7D, 0x12, 0, 0x0B])])
    return builder.bytes
  }

  /// Both instances.
  private func make(odd: [UInt8] = oddModule()) throws -> (even: Instance, odd: Instance) {
    let store = try Store(limits: Self.smallStack)
    var imports = Imports()
    imports.define("host", "h", .function(Function(store: store, type: Self.evenType) { _, slots in slots[0] *= 2 }))
    let even = try Instance(Module(bytes: Self.evenModule), imports: imports, store: store)
    for name in ["even", "t"] { imports.define("even", name, try #require(even[name])) }
    return (even, try Instance(Module(bytes: odd), imports: imports, store: store))
  }

  @Test func aMillionOfThemNeedNoMoreStackThanOne() throws {
    let (even, odd) = try make()
    #expect(try even.invoke("even", [.i64(1_000_000)]) == [.i64(1)])
    #expect(try even.invoke("even", [.i64(1_000_001)]) == [.i64(100)])
    #expect(try odd.invoke("odd", [.i64(200_000), .i64(1), .i64(2), .i64(3), .i64(4)]) == [.i64(100)])
  }

  /// The first one puts a frame between caller and callee: the caller's own values must not notice.
  @Test(arguments: [0, 1, 2, 3, 4, 101]) func theCallersFrameStaysAsItIs(count: Int) throws {
    let (even, _) = try make()
    let result: UInt64 = count % 2 == 0 ? 1 : 100
    for _ in 0..<3 { #expect(try even.invoke("outer", [.i64(UInt64(count)), .i64(7)]) == [.i64(7 + result + 700)]) }
  }

  @Test func aHostFunctionsResultsAreReturned() throws {
    let (even, _) = try make()
    #expect(try even.invoke("twice", [.i64(21)]) == [.i64(42)])
  }

  @Test func aTrapBehindThemShowsTheCallersThatAreLeft() throws {
    let (even, _) = try make(odd: Self.oddModule(ending: [0x00]))
    do throws(Trap) {
      _ = try even.invoke("outer", [.i64(3), .i64(7)])
      Issue.record("no trap")
    } catch {
      #expect(error.reason == .unreachable)
      #expect(error.backtrace.map(\.name) == ["odd", "outer"])
    }
  }

  /// A callee that does not fit is a trap before anything is overwritten.
  @Test func aFrameThatDoesNotFitIsATrap() throws {
    // 60,000 bytes of locals.
    var builder = ModuleBuilder()
    builder.section(1, items: Self.types)
    builder.section(2, items: [string("even") + string("t") + [0x01, 0x70, 0x00, 0x01]])
    builder.section(3, items: [[0x01]])
    builder.section(9, items: [[0x00, 0x41, 0x00, 0x0B, 0x01, 0x00]])
    builder.section(10, items: [counted([0x01] + leb(7_500 * 2) + [0x7E, 0x20, 0, 0x0B])])
    let store = try Store(limits: Self.smallStack)
    var imports = Imports()
    imports.define("host", "h", .function(Function(store: store, type: Self.evenType) { _, _ in }))
    let even = try Instance(Module(bytes: Self.evenModule), imports: imports, store: store)
    imports.define("even", "t", try #require(even["t"]))
    _ = try Instance(Module(bytes: builder.bytes), imports: imports, store: store)
    do throws(Trap) {
      _ = try even.invoke("outer", [.i64(3), .i64(7)])
      Issue.record("no trap")
    } catch {
      #expect(error.reason == .stackOverflow)
    }
    #expect(try even.invoke("outer", [.i64(0), .i64(7)]) == [.i64(708)])
  }
}
