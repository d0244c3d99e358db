import TestSupport
import Testing
import VM

@testable import Conformance

/// What a witness writes down, for modules written out byte by byte.
@Suite("Witness")
struct WitnessTests {
  private func witness(_ bytes: [UInt8], seed: UInt64 = 0, fuel: UInt64? = nil, rounds: Int = 1) throws -> Witness {
    var witness = try Witness(bytes: ModuleBytes(bytes), features: .all, seed: seed, fuel: fuel, collectsAlways: false)
    try witness.testify(rounds: rounds)
    return witness
  }

  private static let header: [UInt8] = [0x00, 0x61, 0x73, 0x6D, 0x01, 0x00, 0x00, 0x00]

  @Test func `results and traps become assertions`() throws {
    let witness = try witness(ScriptRunnerTests.functions)
    #expect(witness.script.hasPrefix("(module definition $module binary \"\\00asm\\01"))
    #expect(witness.script.contains("(assert_return (invoke $instance0 \"seven\") (i32.const 7))\n"))
    #expect(witness.script.contains("(assert_trap (invoke $instance0 \"trap\") \"unreachable\")\n"))
    #expect(witness.script.contains("(assert_return (invoke $instance1 \"same\" (f32.const "))
    #expect(witness.tally.calls == 3)
    #expect(witness.tally.traps.map(\.words) == ["unreachable"])
    #expect(witness.calledOperators == ["end", "i32.const", "local.get", "unreachable"])
  }

  @Test func `the same seed sees the same, another something else`() throws {
    let script = try witness(ScriptRunnerTests.functions, seed: 1, rounds: 4).script
    #expect(try witness(ScriptRunnerTests.functions, seed: 1, rounds: 4).script == script)
    #expect(try witness(ScriptRunnerTests.functions, seed: 2, rounds: 4).script != script)
  }

  @Test func `globals and memories are looked at when the calls are over`() throws {
    // (global (export "g") f64 nan:0xc000000000000) (memory (export "m") 1) (data (i32.const 0) "a")
    let bytes: [UInt8] =
      Self.header + [
        5, 3, 1, 0, 1, 6, 13, 1, 0x7C, 0, 0x44, 0, 0, 0, 0, 0, 0, 0xFC, 0x7F, 0x0B, 7, 9, 2, 1, 0x67, 3, 0, 1, 0x6D, 2, 0,
        11, 7, 1, 0, 0x41, 0, 0x0B, 1, 0x61,
      ]
    let script = try witness(bytes).script
    #expect(script.contains("(assert_return (get $instance0 \"g\") (f64.const nan:0xc000000000000))\n"))
    #expect(script.contains("(import \"$instance0\" \"m\" (memory 0))"))
    var sum: UInt64 = (0xCBF2_9CE4_8422_2325 ^ 1) &* 0x100_0000_01B3
    for word in 0..<8192 { sum = (sum ^ (word == 0 ? 0x61 : 0)) &* 0x100_0000_01B3 }
    #expect(script.contains("(assert_return (invoke $memory0 \"checksum\") (i64.const \(Int64(bitPattern: sum))))\n"))
  }

  @Test func `what engines have different amounts of is left out`() throws {
    // (func (export "f") (loop (br 0)))
    let bytes: [UInt8] =
      Self.header + [1, 4, 1, 0x60, 0, 0, 3, 2, 1, 0, 7, 5, 1, 1, 0x66, 0, 0, 10, 9, 1, 7, 0, 0x03, 0x40, 0x0C, 0, 0x0B, 0x0B]
    let witness = try witness(bytes, fuel: 1000)
    #expect(!witness.script.contains("assert"))
    #expect(witness.tally.calls == 0)
    #expect(witness.tally.leftOut.map(\.words) == ["all fuel consumed (limit fuel)"])
  }

  @Test func `imports are made up`() throws {
    // (import "M" "seven" (func (result i32))) (import "spectest" "global_i32" (global i32))
    let witness = try witness(ScriptRunnerTests.importer)
    #expect(witness.script.contains("(assert_return (invoke $instance0 \"again\") (i32.const 0))\n"))
    #expect(witness.script.contains("(assert_return (get $instance0 \"g\") (i32.const 0))\n"))
  }
}
