import Glibc
import Testing

@testable import VM

/// What the specification scripts do not reach: threads, interruption, backtraces, frames and the forms the translator picks.
@Suite("Interpreter")
struct InterpreterTests {
  private func instance(
    _ parameters: [ValueType] = [], _ results: [ValueType] = [], locals: [(Int, ValueType)] = [], _ code: [UInt8],
    store given: Store? = nil, host: @escaping HostBody = { _, _ in }
  ) throws -> Instance {
    let store = try given ?? Store()
    let bytes = ModuleBuilder.around(parameters: parameters, results: results, locals: locals, code + [0x0B])
    var imports = Imports()
    imports.define("host", "g", .function(Function(store: store, type: FunctionType([.i32]), host)))
    return try Instance(Module(bytes: bytes), imports: imports, store: store)
  }

  private func trap(_ body: () throws(Trap) -> [Value]) -> Trap? {
    do throws(Trap) {
      _ = try body()
      return nil
    } catch {
      return error
    }
  }

  // n! by a loop: local 1 is the product.
  private let factorial: [UInt8] = [
    0x42, 0x01, 0x21, 0x01, 0x03, 0x40, 0x20, 0x00, 0x20, 0x01, 0x7E, 0x21, 0x01, 0x20, 0x00, 0x42, 0x7F, 0x7C, 0x22, 0x00, 0x50, 0x45,
    0x0D,
    0x00, 0x0B, 0x20, 0x01,
  ]

  @Test func oneModuleRunsInManyThreadsAtOnce() throws {
    let module = try Module(bytes: ModuleBuilder.around(parameters: [.i64], results: [.i64], locals: [(1, .i64)], factorial + [0x0B]))
    let wrong = UnsafeMutablePointer<Int>.allocate(capacity: 8)
    wrong.initialize(repeating: 0, count: 8)
    defer { wrong.deallocate() }
    var threads: [pthread_t] = []
    for index in 0..<8 {
      final class Work {
        let module: Module, wrong: UnsafeMutablePointer<Int>
        init(_ module: Module, _ wrong: UnsafeMutablePointer<Int>) { (self.module, self.wrong) = (module, wrong) }

        func run() throws -> [Value] {
          let store = try Store()
          var imports = Imports()
          imports.define("host", "g", .function(Function(store: store, type: FunctionType([.i32])) { _, _ in }))
          return try Instance(module, imports: imports, store: store).invoke("f", [.i64(20)])
        }
      }
      var thread = pthread_t()
      let work = Unmanaged.passRetained(Work(module, wrong + index))
      let started = pthread_create(
        &thread, nil,
        { argument in
          let work = Unmanaged<Work>.fromOpaque(argument!).takeRetainedValue()
          for _ in 0..<50 {
            if (try? work.run()) != [.i64(2_432_902_008_176_640_000)] { work.wrong.pointee += 1 }
          }
          return nil
        }, work.toOpaque())
      #expect(started == 0)
      threads.append(thread)
    }
    for thread in threads { pthread_join(thread, nil) }
    #expect((0..<8).allSatisfy { wrong[$0] == 0 })
  }

  @Test func anotherThreadInterruptsAnEndlessLoopAndTheStoreGoesOn() throws {
    let store = try Store()
    // The guest loops for ever when its argument is not zero.
    let instance = try instance([.i32], [.i32], [0x03, 0x40, 0x20, 0x00, 0x0D, 0x00, 0x0B, 0x41, 0x07], store: store)
    var thread = pthread_t()
    let started = pthread_create(
      &thread, nil,
      { argument in
        usleep(50_000)
        Unmanaged<Store>.fromOpaque(argument!).takeRetainedValue().interrupt()
        return nil
      }, Unmanaged.passRetained(store).toOpaque())
    #expect(started == 0)
    let ended = trap { () throws(Trap) in try instance.invoke("f", [.i32(1)]) }
    pthread_join(thread, nil)
    #expect(ended?.reason == .interrupted)
    #expect(try instance.invoke("f", [.i32(0)]) == [.i32(7)])
  }

  @Test func endlessRecursionIsATrapWithABacktrace() throws {
    let instance = try instance([], [], [0x10, 0x01])
    let ended = trap { () throws(Trap) in try instance.invoke("f") }
    #expect(ended?.reason == .stackOverflow)
    #expect(ended?.backtrace.first?.name == "f")
    #expect((ended?.backtrace.count ?? 0) > 10)
    #expect((ended?.backtrace.count ?? .max) <= Backtrace.longest)
  }

  @Test func guestsAndHostCallingEachOtherWithoutEndIsATrap() throws {
    let store = try Store()
    final class Loop: @unchecked Sendable { var instance: Instance? }
    let loop = Loop()
    let instance = try instance([], [], [0x41, 0x00, 0x10, 0x00], store: store) { (_, _) throws(Trap) in
      if let instance = loop.instance { _ = try instance.invoke("f") }
    }
    loop.instance = instance
    #expect(trap { () throws(Trap) in try instance.invoke("f") }?.reason == .stackOverflow)
    loop.instance = nil
  }

  @Test func aTrapNamesTheOperatorThatTrapped() throws {
    let code: [UInt8] = [0x20, 0x00, 0x41, 0x00, 0x6D]
    let bytes = ModuleBuilder.around(parameters: [.i32], results: [.i32], code + [0x0B])
    let instance = try instance([.i32], [.i32], code)
    let ended = trap { () throws(Trap) in try instance.invoke("f", [.i32(1)]) }
    #expect(ended?.reason == .integerDivideByZero)
    let offset = try #require(ended?.backtrace.first?.offset)
    #expect(bytes[offset] == 0x6D)
  }

  @Test func anErrorOfTheHostUnwindsTheGuest() throws {
    let instance = try instance([], [], [0x41, 0x05, 0x10, 0x00]) { (_, slots) throws(Trap) in throw Trap(.exit(Int32(slots[0]))) }
    let ended = trap { () throws(Trap) in try instance.invoke("f") }
    #expect(ended?.reason == .exit(5))
    #expect(ended?.backtrace.map(\.name) == ["f"])
  }

  /// A local that is read before it is written starts as zero whatever an earlier frame left in its slot.
  @Test(arguments: [1, 2, 3, 4, 5, 7, 8, 9, 15, 70]) func localsStartAsZero(count: Int) throws {
    // f(n): adds all declared locals, then sets them to -1; the sum must be 0 on every call.
    var code: [UInt8] = [0x42, 0x00]
    for index in 0..<count { code += [0x20] + leb(1 + index) + [0x7C] }
    for index in 0..<count { code += [0x42, 0x7F, 0x21] + leb(1 + index) }
    let instance = try instance([.i64], [.i64], locals: [(count, .i64)], code)
    for _ in 0..<3 { #expect(try instance.invoke("f", [.i64(0)]) == [.i64(0)]) }
  }

  /// Constants too large for an immediate are kept in slots inside loops: more of them than there are slots, all still right.
  @Test func loopsWithManyConstantsAreRight() throws {
    var code: [UInt8] = [0x03, 0x40]
    var expected: UInt64 = 0
    for index in 0..<12 {
      let constant = 0x1_0000_0000 + index * 0x1_0001
      expected = (expected &+ UInt64(constant)) ^ UInt64(constant + 1)
      code += [0x20, 0x01, 0x42] + leb(constant) + [0x7C, 0x42] + leb(constant + 1) + [0x85, 0x21, 0x01]
    }
    code += [0x20, 0x00, 0x41, 0x7F, 0x6A, 0x22, 0x00, 0x0D, 0x00, 0x0B, 0x20, 0x01]
    let instance = try instance([.i32], [.i64], locals: [(1, .i64)], code)
    #expect(try instance.invoke("f", [.i32(1)]) == [.i64(expected)])
  }

  /// A branch over more than 32,767 words does not fit its instruction: the function is translated with long branches.
  @Test func branchesReachAcrossLargeFunctions() throws {
    // block; if the argument is zero leave it; … 40,000 additions …; end
    var code: [UInt8] = [0x02, 0x40, 0x20, 0x00, 0x45, 0x0D, 0x00]
    for _ in 0..<40_000 { code += [0x20, 0x01, 0x20, 0x00, 0x6A, 0x21, 0x01] }
    code += [0x0B, 0x20, 0x01]
    let instance = try instance([.i32], [.i32], locals: [(1, .i32)], code)
    #expect(try instance.invoke("f", [.i32(0)]) == [.i32(0)])
    #expect(try instance.invoke("f", [.i32(2)]) == [.i32(80_000)])
  }

  /// memory.grow's destination is also its operand: writing the result to a local must not change where the operand is read.
  @Test func growingAMemoryIntoALocalReadsTheRightOperand() throws {
    let instance = try instance(
      [], [.i32], locals: [(1, .i32)], [0x41, 0x02, 0x40, 0x00, 0x21, 0x00, 0x20, 0x00, 0x3F, 0x00, 0x41, 0x0A, 0x6C, 0x6A])
    // Old size 1, new size 3.
    #expect(try instance.invoke("f") == [.i32(31)])
  }

  @Test func importsAreEqualWhenTheirBytesAre() throws {
    let store = try Store()
    var imports = Imports()
    imports.define("m", "\u{C5}", .global(try Global(type: GlobalType(value: .i32, isMutable: false), value: .i32(1), store: store)))
    #expect(imports["m", "\u{C5}"] != nil)
    #expect(imports["m", "A\u{30A}"] == nil)
  }

  /// Every pair's second instruction keeps its word, so that a branch to it finds it.
  @Test func joiningPairsChangesOnlyTheFirstWordsNumber() {
    var words: [UInt64] = [UInt64(Instruction.load32US.rawValue) | 0x0001_0002_0003 << 16, UInt64(Instruction.load32US.rawValue) | 5 << 16]
    let before = words
    words.withUnsafeMutableBufferPointer { PairForms.join($0.baseAddress!, from: 0, to: 2) }
    #expect(words[0] != before[0])
    #expect(words[0] >> 16 == before[0] >> 16)
    #expect(words[1] == before[1])
  }
}
