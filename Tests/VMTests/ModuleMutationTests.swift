import Testing

@testable import VM

/// Damaged modules end in a module or in one error, never in a crash or a hang.
@Suite("Damaged modules")
struct ModuleMutationTests {
  /// SplitMix64: the same sequence on every run.
  private struct Generator: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var z = state
      z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
      z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
      return z ^ (z >> 31)
    }
  }

  private static let originals: [[UInt8]] = {
    var named = ModuleBuilder()
    named.custom("name", [0x01] + counted(vector([[0x00] + string("print"), [0x01] + string("main")])))
    let control: [UInt8] = [
      0x02, 0x40, 0x03, 0x40, 0x20, 0x00, 0x0D, 0x00, 0x20, 0x00, 0x0E, 0x02, 0x00, 0x01, 0x02, 0x0B, 0x0B, 0x20, 0x00, 0x04, 0x7F, 0x41,
      0x01, 0x05, 0x41, 0x80, 0x80, 0x04, 0x0B, 0x10, 0x00, 0x41, 0x00, 0x41, 0x00, 0x11, 0x00, 0x00, 0x0B,
    ]
    let memory: [UInt8] = [
      0x20, 0x00, 0x28, 0x02, 0x04, 0x21, 0x01, 0x20, 0x00, 0x43, 0, 0, 0x80, 0x3F, 0x38, 0x02, 0x80, 0x10, 0x41, 0, 0x41, 0, 0x41, 0, 0xFC,
      0x08, 0x00, 0x00, 0xFC, 0x09, 0x00, 0x3F, 0x00, 0x40, 0x00, 0x1A, 0x44, 0, 0, 0, 0, 0, 0, 0xF0, 0x3F, 0xFC, 0x06, 0x1A, 0x0B,
    ]
    let tables: [UInt8] = [
      0x41, 0x00, 0xD2, 0x01, 0x26, 0x00, 0x41, 0x00, 0x25, 0x01, 0x41, 0x03, 0xFC, 0x0F, 0x01, 0x1A, 0xD0, 0x70, 0xD0, 0x70, 0x41, 0x00,
      0x1C,
      0x01, 0x70, 0xD1, 0x1A, 0x41, 0, 0x41, 0, 0x41, 0, 0xFC, 0x0C, 0x00, 0x00, 0xFC, 0x0D, 0x00, 0x41, 0x00, 0x12, 0x00, 0x0B,
    ]
    return [
      ModuleBuilder.around(parameters: [.i32], locals: [(1, .i64)], control) + named.bytes.dropFirst(8),
      ModuleBuilder.around(parameters: [.i32], locals: [(3, .i32), (2, .f64)], memory),
      ModuleBuilder.around(parameters: [.i32], tables),
    ]
  }()

  private func damaged(_ generator: inout Generator) -> [UInt8] {
    var bytes = Self.originals.randomElement(using: &generator)!
    for _ in 0..<Int.random(in: 1...3, using: &generator) {
      switch Int.random(in: 0..<5, using: &generator) {
      case 0 where bytes.count > 1: bytes.removeLast(Int.random(in: 1..<bytes.count, using: &generator))
      case 1:
        let other = Self.originals.randomElement(using: &generator)!
        let from = Int.random(in: 0..<other.count, using: &generator)
        let length = min(Int.random(in: 1...24, using: &generator), other.count - from)
        bytes.insert(contentsOf: other[from..<from + length], at: Int.random(in: 0...bytes.count, using: &generator))
      case 2 where !bytes.isEmpty:
        let from = Int.random(in: 0..<bytes.count, using: &generator)
        bytes.removeSubrange(from..<min(from + Int.random(in: 1...8, using: &generator), bytes.count))
      case 3 where !bytes.isEmpty: bytes[Int.random(in: 0..<bytes.count, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
      default:
        guard !bytes.isEmpty else { break }
        bytes[Int.random(in: 0..<bytes.count, using: &generator)] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
      }
    }
    return bytes
  }

  @Test("the originals are valid")
  func originals() {
    for bytes in Self.originals { #expect(refusal(bytes) == nil) }
  }

  @Test("10,000 damaged modules are each a module or one error")
  func damagedModules() throws {
    var generator = Generator(state: 2)
    var accepted = 0
    for round in 0..<10_000 {
      let bytes = damaged(&generator)
      do throws(ModuleError) {
        let module = try Module(bytes: bytes)
        accepted += 1
        // What accepts a module must be able to emit, print and name it.
        var validator = Validator<RecordingEmitter>(module.validation)
        for index in module.bodies.indices {
          var emitter = RecordingEmitter()
          try validator.validate(body: index, emitter: &emitter)
          #expect(emitter.calls.last?.hasPrefix("end ") == true)
          #expect(!ModulePrinter(module: module).body(index).contains("malformed"))
        }
        for function in 0..<3 { _ = module.functionName(UInt32(function)) }
      } catch {
        #expect(error.kind != .unreadable && !error.message.isEmpty, "round \(round)")
        #expect((0...bytes.count).contains(error.offset), "round \(round)")
      }
    }
    // Enough of both, or the test tests nothing.
    #expect(accepted > 300 && accepted < 9_000, "\(accepted)")
  }
}
