import Glibc
import Testing

@testable import VM

/// What compiled code must have in common with the interpreter beyond what the specification's scripts say: frames in backtraces, ways in
/// and out, interruption, running loops that move over.
@Suite("Compiled code")
struct CompiledCodeTests {
  /// How a module is executed; nil is the interpreter.
  static let tiers: [CompilerTier?] = [nil, .baseline, .auto]

  static func module(_ bytes: [UInt8], _ tier: CompilerTier?) throws -> Module {
    let module = try Module(bytes: bytes)
    if let tier { try module.enableCompilation(tier, reports: true) }
    return module
  }

  static func instance(
    _ bytes: [UInt8], _ tier: CompilerTier?, limits: MachineLimits = .standard, host: @escaping HostBody = { _, _ in }
  ) throws -> Instance {
    let store = try Store(limits: limits)
    var imports = Imports()
    imports.define("host", "g", .function(Function(store: store, type: FunctionType([.i32]), host)))
    return try Instance(try module(bytes, tier), imports: imports, store: store)
  }

  static func trap(_ body: () throws(Trap) -> [Value]) -> Trap? {
    do throws(Trap) {
      _ = try body()
      return nil
    } catch {
      return error
    }
  }

  // MARK: Traps

  /// Functions that call each other down to a trap: f1(n) calls f2(n), which calls f3(n), which traps by n.
  private static let trapping: [UInt8] = {
    var builder = ModuleBuilder()
    builder.section(1, items: [functionType(FunctionType([.i32], [.i32]))])
    builder.section(3, items: [[0], [0], [0]])
    builder.section(4, items: [[0x70, 0x00, 0x02]])
    builder.section(5, items: [[0x00, 0x01]])
    builder.section(7, items: [string("f") + [0, 0]])
    let first: [UInt8] = [0x20, 0, 0x10, 1, 0x41, 1, 0x6A, 0x0B]
    // With something on the operand stack meanwhile.
    let second: [UInt8] = [0x41, 5, 0x20, 0, 0x10, 2, 0x6C, 0x0B]
    let third: [UInt8] =
      [0x02, 0x40, 0x02, 0x40, 0x02, 0x40, 0x02, 0x40, 0x02, 0x40, 0x02, 0x40, 0x20, 0, 0x0E, 6, 0, 1, 2, 3, 4, 5, 5, 0x0B]
      // 0: unreachable. 1: a load far out. 2: a division by zero. 3: an overflow. 4: an element beyond the table. 5 and more: endless depth.
      + [0x00, 0x0B]
      + [0x41, 0x7F, 0x28, 0x02, 0x10, 0x0F, 0x0B]
      + [0x41, 7, 0x20, 0, 0x41, 2, 0x6B, 0x6D, 0x0F, 0x0B]
      + [0x41, 0x80, 0x80, 0x80, 0x80, 0x78, 0x41, 0x7F, 0x6D, 0x0F, 0x0B]
      + [0x41, 1, 0x41, 9, 0x11, 0, 0, 0x0F, 0x0B]
      + [0x20, 0, 0x10, 2, 0x41, 1, 0x6A, 0x0B]
    builder.section(10, items: [first, second, third].map { counted([0x00] + $0) })
    return builder.bytes
  }()

  @Test(arguments: 0...5) func trapsHaveTheSameNameAndFramesInEveryTier(_ number: Int32) throws {
    var seen: [Trap] = []
    var limits = MachineLimits()
    limits.stackBytes = 256 << 10
    for tier in Self.tiers {
      let instance = try Self.instance(Self.trapping, tier, limits: limits)
      // Often enough for everything to be compiled.
      for _ in 0..<20 {
        let trap = try #require(Self.trap { () throws(Trap) in try instance.invoke("f", [.i32(UInt32(bitPattern: number))]) })
        seen.append(trap)
      }
    }
    let first = try #require(seen.first)
    for trap in seen {
      #expect(trap.reason == first.reason)
      if number < 5 {
        #expect(trap.backtrace == first.backtrace)
      } else {
        // How deep it goes differs; where it ends and begins does not.
        #expect(trap.omittedFrames > 1000)
        #expect(trap.backtrace.last == first.backtrace.last)
      }
    }
    if number < 5 { #expect(first.backtrace.map(\.function) == [2, 1, 0]) }
  }

  @Test func aTrapOfTheHostsHasTheGuestsFrames() throws {
    // f calls itself twice over, then the host, which throws.
    let code: [UInt8] = [0x20, 0, 0x04, 0x40, 0x20, 0, 0x41, 1, 0x6B, 0x10, 1, 0x05, 0x41, 0, 0x10, 0, 0x0B, 0x0B]
    var backtraces: [[Trap.Frame]] = []
    for tier in Self.tiers {
      let instance = try Self.instance(ModuleBuilder.around(parameters: [.i32], code), tier) { _, _ throws(Trap) in throw Trap(.host("no"))
      }
      let trap = try #require(Self.trap { () throws(Trap) in try instance.invoke("f", [Value.i32(3)]) })
      #expect(trap.reason == .host("no"))
      backtraces.append(trap.backtrace)
    }
    #expect(backtraces[0].count == 4)
    #expect(backtraces[1] == backtraces[0] && backtraces[2] == backtraces[0])
  }

  // MARK: Loops that run

  /// sum(n) of 0..<n in one long loop; with a vector and other values below the loop on the stack.
  private static func summing(below: [UInt8], after: [UInt8]) -> [UInt8] {
    let loop: [UInt8] =
      [0x03, 0x40, 0x20, 1, 0x20, 2, 0x7C, 0x21, 2, 0x20, 1, 0x42, 1, 0x7C, 0x22, 1, 0x20, 0, 0x54, 0x0D, 0, 0x0B]
    return ModuleBuilder.around(
      parameters: [.i64], results: [.i64], locals: [(2, .i64)], below + loop + after + [0x20, 2, 0x7C, 0x0B])
  }

  @Test func aLoopThatRunsMovesOver() throws {
    let bytes = Self.summing(below: [0x20, 0, 0x42, 3, 0x7E], after: [])
    let interpreted = try Self.instance(bytes, nil).invoke("f", [.i64(100_000)])
    let instance = try Self.instance(bytes, .auto)
    // One call is enough.
    #expect(try instance.invoke("f", [.i64(100_000)]) == interpreted)
    #expect(instance.module.compilationReport.map(\.function) == [1])
  }

  @Test func aVectorBelowALoopIsKept() throws {
    // v128.const, and after the loop its first lane.
    let vector: [UInt8] = [0xFD, 0x0C] + (1...16).map { UInt8($0) }
    let bytes = Self.summing(below: vector, after: [0xFD, 0x1D, 0x00])
    let interpreted = try Self.instance(bytes, nil).invoke("f", [.i64(10_000)])
    for tier in Self.tiers {
      let instance = try Self.instance(bytes, tier)
      for _ in 0..<20 { #expect(try instance.invoke("f", [.i64(10_000)]) == interpreted) }
    }
  }

  // MARK: Ways between the tiers

  /// even and odd tail-call each other, the one directly, the other through a table; never both compiled at first.
  @Test func tailCallsBetweenTheTiersLeaveNothingBehind() throws {
    var builder = ModuleBuilder()
    builder.section(1, items: [functionType(FunctionType([.i64], [.i64])), functionType(FunctionType([.i64, .i64, .i64], [.i64]))])
    builder.section(3, items: [[0], [1]])
    builder.section(4, items: [[0x70, 0x00, 0x01]])
    builder.section(7, items: [string("even") + [0, 0]])
    builder.section(9, items: [[0x00, 0x41, 0x00, 0x0B, 0x01, 0x01]])
    // even(n): n == 0 ? 1 : odd(n - 1, 7, 8) through the table; odd(n, a, b): n == 0 ? a + b : even(n - 1)
    let even: [UInt8] = [
      0x20, 0, 0x50, 0x04, 0x40, 0x42, 1, 0x0F, 0x0B, 0x20, 0, 0x42, 1, 0x7D, 0x42, 7, 0x42, 8, 0x41, 0, 0x13, 1, 0, 0x0B,
    ]
    let odd: [UInt8] = [0x20, 0, 0x50, 0x04, 0x40, 0x20, 1, 0x20, 2, 0x7C, 0x0F, 0x0B, 0x20, 0, 0x42, 1, 0x7D, 0x12, 0, 0x0B]
    builder.section(10, items: [even, odd].map { counted([0x00] + $0) })
    for tier in Self.tiers {
      let instance = try Self.instance(builder.bytes, tier)
      #expect(try instance.invoke("even", [.i64(1_000_000)]) == [.i64(1)])
      #expect(try instance.invoke("even", [.i64(1_000_001)]) == [.i64(15)])
    }
  }

  @Test func guestsThatCallTheHostThatCallsTheGuestComeBack() throws {
    // f(n): n == 0 ? 0 : g(n), where g calls f(n - 1); more frames than one, of both kinds.
    let code: [UInt8] = [0x20, 0, 0x04, 0x40, 0x20, 0, 0x10, 0, 0x0B, 0x23, 0, 0x41, 1, 0x6A, 0x24, 0, 0x23, 0, 0x0B]
    for tier in Self.tiers {
      final class Reference: @unchecked Sendable { var instance: Instance? }
      let reference = Reference()
      let instance = try Self.instance(ModuleBuilder.around(parameters: [.i32], results: [.i32], code), tier) { _, slots throws(Trap) in
        _ = try reference.instance?.invoke("f", [.i32(UInt32(truncatingIfNeeded: slots[0]) - 1)])
      }
      reference.instance = instance
      #expect(try instance.invoke("f", [.i32(100)]) == [.i32(5 + 101)])
      reference.instance = nil
    }
  }

  @Test func functionsOfAnotherInstanceAreCalledWithItsMemory() throws {
    // Both write to address 0 of their own memory; the second is called by the first, as an import and through a table.
    var callee = ModuleBuilder()
    callee.section(1, items: [functionType(FunctionType([.i32], [.i32]))])
    callee.section(3, items: [[0]])
    callee.section(5, items: [[0x00, 0x01]])
    callee.section(7, items: [string("set") + [0, 0], string("memory") + [2, 0]])
    callee.section(10, items: [counted([0x00, 0x41, 0, 0x20, 0, 0x36, 2, 0, 0x20, 0, 0x41, 1, 0x6A, 0x0B])])
    var caller = ModuleBuilder()
    caller.section(1, items: [functionType(FunctionType([.i32], [.i32]))])
    caller.section(2, items: [string("other") + string("set") + [0x00, 0x00]])
    caller.section(3, items: [[0]])
    caller.section(4, items: [[0x70, 0x00, 0x01]])
    caller.section(5, items: [[0x00, 0x01]])
    caller.section(7, items: [string("f") + [0, 1], string("memory") + [2, 0]])
    caller.section(9, items: [[0x00, 0x41, 0x00, 0x0B, 0x01, 0x00]])
    let code: [UInt8] =
      [0x41, 0, 0x41, 42, 0x36, 2, 0, 0x20, 0, 0x10, 0, 0x41, 0, 0x11, 0, 0, 0x41, 0, 0x28, 2, 0, 0x6A, 0x0B]
    caller.section(10, items: [counted([0x00] + code)])
    for outer in Self.tiers {
      for inner in Self.tiers {
        let store = try Store()
        let other = try Instance(try Self.module(callee.bytes, inner), store: store)
        var imports = Imports()
        imports.define("other", "set", try #require(other["set"]))
        let instance = try Instance(try Self.module(caller.bytes, outer), imports: imports, store: store)
        for _ in 0..<20 { #expect(try instance.invoke("f", [.i32(10)]) == [.i32(12 + 42)]) }
        guard case .memory(let memory) = other["memory"] else { throw Trap(.host("no memory")) }
        #expect(memory.bytes.base.load(as: UInt32.self) == 11)
      }
    }
  }

  // MARK: Interruption

  @Test(arguments: CompilerTier.allCases) func anEndlessLoopIsInterrupted(_ tier: CompilerTier) throws {
    let instance = try Self.instance(ModuleBuilder.around([0x03, 0x40, 0x0C, 0, 0x0B, 0x0B]), tier)
    for _ in 0..<20 {
      var thread = pthread_t()
      pthread_create(
        &thread, nil,
        { argument in
          usleep(2000)
          Unmanaged<Store>.fromOpaque(argument!).takeRetainedValue().interrupt()
          return nil
        }, Unmanaged.passRetained(instance.store).toOpaque())
      let trap = Self.trap { () throws(Trap) in try instance.invoke("f") }
      pthread_join(thread, nil)
      #expect(trap?.reason == .interrupted)
      #expect(trap?.backtrace.map(\.function) == [1])
    }
  }

  /// Loops that do something: memory, vectors, divisions, calls, bulk operations of the interpreter's. How long it took is told, not judged.
  @Test(
    .serialized,
    arguments: [
      ("stores", [0x41, 8, 0x41, 7, 0x36, 0x02, 0x00]), ("vectors", [0x41, 0, 0xFD, 0x11, 0xFD, 0x4D, 0x1A]),
      ("divisions", [0x41, 100, 0x41, 8, 0x28, 0x02, 0x00, 0x41, 1, 0x72, 0x6E, 0x1A]), ("calls", [0x41, 0, 0x10, 0]),
      ("fills", [0x41, 0, 0x41, 1, 0x41, 0x80, 0x80, 0x02, 0xFC, 0x0B, 0x00]),
    ] as [(String, [UInt8])]) func loopsThatWorkAreInterrupted(_ name: String, _ work: [UInt8]) throws
  {
    let code: [UInt8] = [0x03, 0x40] + work + [0x0C, 0, 0x0B, 0x0B]
    for tier in CompilerTier.allCases {
      let instance = try Self.instance(ModuleBuilder.around(code), tier)
      var waits: [UInt64] = []
      for _ in 0..<40 {
        let interruption = Interruption(store: instance.store, delay: 1000)
        var thread = pthread_t()
        pthread_create(
          &thread, nil,
          { argument in
            let interruption = Unmanaged<Interruption>.fromOpaque(argument!).takeRetainedValue()
            usleep(interruption.delay)
            interruption.moment = monotonicNanoseconds()
            interruption.store.interrupt()
            return nil
          }, Unmanaged.passRetained(interruption).toOpaque())
        let trap = Self.trap { () throws(Trap) in try instance.invoke("f") }
        let ended = monotonicNanoseconds()
        pthread_join(thread, nil)
        #expect(trap?.reason == .interrupted)
        waits.append(ended - interruption.moment)
      }
      waits.sort()
      print("\(name), \(tier): interrupted after \(waits[20] / 1000) us in the median, \(waits[39] / 1000) us at most")
    }
  }

  /// Calls that return at once, with the host in between: an interruption may come at any instruction.
  @Test func anInterruptionIsNotLostWhereverItComes() throws {
    let code: [UInt8] = [0x03, 0x40, 0x41, 0, 0x10, 0, 0x41, 9, 0x10, 0, 0x0C, 0, 0x0B, 0x0B]
    for tier in CompilerTier.allCases {
      let instance = try Self.instance(ModuleBuilder.around(code), tier)
      for delay in 0..<60 {
        var thread = pthread_t()
        let argument = Unmanaged.passRetained(Interruption(store: instance.store, delay: UInt32(delay * 7))).toOpaque()
        pthread_create(
          &thread, nil,
          { argument in
            let interruption = Unmanaged<Interruption>.fromOpaque(argument!).takeRetainedValue()
            usleep(interruption.delay)
            interruption.store.interrupt()
            return nil
          }, argument)
        let trap = Self.trap { () throws(Trap) in try instance.invoke("f") }
        pthread_join(thread, nil)
        #expect(trap?.reason == .interrupted)
      }
    }
  }

  private final class Interruption {
    let store: Store
    let delay: UInt32
    /// When it was asked for; read when its thread has ended.
    var moment: UInt64 = 0
    init(store: Store, delay: UInt32) { (self.store, self.delay) = (store, delay) }
  }

  // MARK: Several threads

  @Test func manyThreadsCompileOneModuleAtOnce() throws {
    // fib, called by all of them at first.
    let fib: [UInt8] = [
      0x20, 0, 0x41, 2, 0x48, 0x04, 0x7F, 0x20, 0, 0x05, 0x20, 0, 0x41, 1, 0x6B, 0x10, 1, 0x20, 0, 0x41, 2, 0x6B, 0x10, 1, 0x6A, 0x0B, 0x0B,
    ]
    for tier in CompilerTier.allCases {
      let module = try Self.module(ModuleBuilder.around(parameters: [.i32], results: [.i32], fib), tier)
      let results = UnsafeMutablePointer<UInt32>.allocate(capacity: 8)
      results.initialize(repeating: 0, count: 8)
      defer { results.deallocate() }
      var threads: [pthread_t] = []
      for index in 0..<8 {
        var thread = pthread_t()
        let argument = Unmanaged.passRetained(Call(module: module, result: results + index)).toOpaque()
        pthread_create(
          &thread, nil,
          { argument in
            let call = Unmanaged<Call>.fromOpaque(argument!).takeRetainedValue()
            call.run()
            return nil
          }, argument)
        threads.append(thread)
      }
      for thread in threads { pthread_join(thread, nil) }
      for index in 0..<8 { #expect(results[index] == 6765) }
    }
  }

  private final class Call {
    let module: Module
    let result: UnsafeMutablePointer<UInt32>
    init(module: Module, result: UnsafeMutablePointer<UInt32>) { (self.module, self.result) = (module, result) }

    func run() {
      guard let store = try? Store() else { return }
      var imports = Imports()
      imports.define("host", "g", .function(Function(store: store, type: FunctionType([.i32])) { _, _ in }))
      guard let instance = try? Instance(module, imports: imports, store: store),
        case .i32(let value) = try? instance.invoke("f", [.i32(20)])[0]
      else { return }
      result.pointee = value
    }
  }

  // MARK: What stays with the interpreter

  @Test func fuelLeavesEverythingToTheInterpreter() throws {
    let module = try Module(bytes: ModuleBuilder.around([0x03, 0x40, 0x0C, 0, 0x0B, 0x0B]))
    module.countInstructions()
    try module.enableCompilation(.baseline)
    #expect(!module.isCompiled)
    var limits = MachineLimits()
    limits.fuel = 1000
    let store = try Store(limits: limits)
    var imports = Imports()
    imports.define("host", "g", .function(Function(store: store, type: FunctionType([.i32])) { _, _ in }))
    let instance = try Instance(module, imports: imports, store: store)
    #expect(Self.trap { () throws(Trap) in try instance.invoke("f") }?.reason == .fuelExhausted)
  }
}
