import Testing

@testable import VM

/// Executed instructions, counted by the translated code and by hand: the functions beside the modules do what the specification does,
/// adding one for every instruction.
@Suite("Counting instructions")
struct CountingTests {
  /// Calls "f" with an argument in a new store; its result and what was counted.
  private func run(
    _ argument: UInt32, results: [ValueType] = [.i32], locals: [(Int, ValueType)] = [], _ code: [UInt8],
    host: @escaping HostBody = { _, _ in }
  ) throws -> (results: [Value], count: UInt64) {
    let store = try Store()
    let module = try Module(bytes: ModuleBuilder.around(parameters: [.i32], results: results, locals: locals, code + [0x0B]))
    module.countInstructions()
    var imports = Imports()
    imports.define("host", "g", .function(Function(store: store, type: FunctionType([.i32]), host)))
    let values = try Instance(module, imports: imports, store: store).invoke("f", [.i32(argument)])
    return (values, store.executedInstructions)
  }

  @Test func straightCodeIsCountedOnceDelimitersAreNot() throws {
    // (block (nop)) (local.get 0) (i32.const 1) (i32.add)
    let (results, count) = try run(41, [0x02, 0x40, 0x01, 0x0B, 0x20, 0x00, 0x41, 0x01, 0x6A])
    #expect(results == [.i32(42)])
    #expect(count == 5)
  }

  @Test(arguments: [0, 1, 7] as [UInt32])
  func onlyTheArmThatRunsIsCounted(argument: UInt32) throws {
    // (local.get 0) (if (result i32) (then (i32.const 10)) (else (i32.const 20) (i32.const 1) (i32.add)))
    let (results, count) = try run(argument, [0x20, 0x00, 0x04, 0x7F, 0x41, 0x0A, 0x05, 0x41, 0x14, 0x41, 0x01, 0x6A, 0x0B])
    #expect(results == [.i32(argument == 0 ? 21 : 10)])
    #expect(count == (argument == 0 ? 5 : 3))
  }

  @Test(arguments: [1, 2, 1000] as [UInt32])
  func aLoopIsExecutedAgainByEveryBranchToIt(times: UInt32) throws {
    // (loop (local.set 1 (i32.add (local.get 1) (local.get 0))) (br_if 0 (local.tee 0 (i32.sub (local.get 0) (i32.const 1))))) (local.get 1)
    let code: [UInt8] = [
      0x03, 0x40, 0x20, 0x01, 0x20, 0x00, 0x6A, 0x21, 0x01, 0x20, 0x00, 0x41, 0x01, 0x6B, 0x22, 0x00, 0x0D, 0x00, 0x0B, 0x20, 0x01,
    ]
    let (results, count) = try run(times, locals: [(1, .i32)], code)
    #expect(results == [.i32(times * (times + 1) / 2)])
    // A round: loop, 4 for the sum, 4 for the tee, br_if.
    #expect(count == UInt64(times) * 10 + 1)
  }

  @Test func loopsInLoopsCountThemselves() throws {
    // (loop (loop (local.set 0 (i32.sub (local.get 0) (i32.const 1))) (br_if 1 (i32.gt_s (local.get 0) (i32.const 0))))) (local.get 0)
    let code: [UInt8] = [
      0x03, 0x40, 0x03, 0x40, 0x20, 0x00, 0x41, 0x01, 0x6B, 0x21, 0x00, 0x20, 0x00, 0x41, 0x00, 0x4A, 0x0D, 0x01, 0x0B, 0x0B, 0x20, 0x00,
    ]
    let (_, count) = try run(5, code)
    #expect(count == 5 * (2 + 4 + 4) + 1)
  }

  @Test(arguments: [0, 1, 2, 9] as [UInt32])
  func aTableCountsOnceWhereverItLeads(argument: UInt32) throws {
    // (block (block (block (br_table 0 1 2 (local.get 0))) (return (i32.const 100))) (nop) (return (i32.const 101))) (i32.const 102)
    let code: [UInt8] = [
      0x02, 0x40, 0x02, 0x40, 0x02, 0x40, 0x20, 0x00, 0x0E, 0x02, 0x00, 0x01, 0x02, 0x0B, 0x41, 0xE4, 0x00, 0x0F, 0x0B, 0x01, 0x41, 0xE5,
      0x00, 0x0F, 0x0B, 0x41, 0xE6, 0x00,
    ]
    let (results, count) = try run(argument, code)
    #expect(results == [.i32(100 + min(argument, 2))])
    #expect(count == 5 + [2, 3, 1][Int(min(argument, 2))])
  }

  @Test(arguments: [0, 1, 2, 10] as [UInt32])
  func callsCountWhatTheyRun(argument: UInt32) throws {
    // The Fibonacci numbers: (if (result i32) (i32.lt_u (local.get 0) (i32.const 2)) (then (local.get 0)) (else (i32.add
    // (call 1 (i32.sub (local.get 0) (i32.const 1))) (call 1 (i32.sub (local.get 0) (i32.const 2))))))
    let code: [UInt8] = [
      0x20, 0x00, 0x41, 0x02, 0x49, 0x04, 0x7F, 0x20, 0x00, 0x05, 0x20, 0x00, 0x41, 0x01, 0x6B, 0x10, 0x01, 0x20, 0x00, 0x41, 0x02, 0x6B,
      0x10, 0x01, 0x6A, 0x0B,
    ]
    func naive(_ number: UInt32, _ count: inout UInt64) -> UInt32 {
      count += 4
      guard number >= 2 else {
        count += 1
        return number
      }
      count += 4
      let first = naive(number - 1, &count)
      count += 4
      let second = naive(number - 2, &count)
      count += 1
      return first + second
    }
    var expected: UInt64 = 0
    let number = naive(argument, &expected)
    let (results, count) = try run(argument, code)
    #expect(results == [.i32(number)])
    #expect(count == expected)
  }

  @Test func whatFollowsACallThatDoesNotReturnIsNotCounted() throws {
    let store = try Store()
    // (call 0 (local.get 0)) (nop) (nop) (local.get 0)
    let module = try Module(
      bytes: ModuleBuilder.around(parameters: [.i32], results: [.i32], [0x20, 0x00, 0x10, 0x00, 0x01, 0x01, 0x20, 0x00, 0x0B]))
    module.countInstructions()
    var imports = Imports()
    imports.define("host", "g", .function(Function(store: store, type: FunctionType([.i32])) { _, _ throws(Trap) in throw Trap(.exit(3)) }))
    let instance = try Instance(module, imports: imports, store: store)
    #expect(throws: Trap.self) { try instance.invoke("f", [.i32(1)]) }
    #expect(store.executedInstructions == 2)
  }

  @Test func sizesAreThoseOfCodeThatDoesNotCountAndBacktracesStillHold() throws {
    let bytes = ModuleBuilder.around(parameters: [.i32], results: [.i32], [0x03, 0x40, 0x20, 0x00, 0x0D, 0x00, 0x0B, 0x00, 0x0B])
    var offsets: [[Int]] = []
    var sizes: [Int] = []
    for counts in [false, true] {
      let store = try Store()
      let module = try Module(bytes: bytes)
      if counts { module.countInstructions() }
      var imports = Imports()
      imports.define("host", "g", .function(Function(store: store, type: FunctionType([.i32])) { _, _ in }))
      let instance = try Instance(module, imports: imports, store: store)
      do throws(Trap) {
        _ = try instance.invoke("f", [.i32(0)])
      } catch {
        offsets.append(error.backtrace.map { $0.offset ?? -1 })
      }
      if counts { sizes = [module.translated.functions, module.translated.bytes] }
    }
    #expect(offsets.count == 2 && offsets[0] == offsets[1])
    #expect(sizes[0] == 1)
    #expect(sizes[1] > 0 && sizes[1] % 8 == 0)
  }
}
