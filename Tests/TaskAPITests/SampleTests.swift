import Protobuf
import TaskAPI
import Testing

/// What holds for every message.
@Suite struct SampleTests {
  static let all = Sample.recorded + Complete.all

  @Test(arguments: all) func `a message is written as it was read`(sample: Sample) throws {
    #expect(try sample.readAndWrite(sample.bytes) == sample.bytes)
  }

  @Test(arguments: all) func `unknown fields are passed over`(sample: Sample) throws {
    let unknown: [UInt8] = [0xF8, 0x7F, 1, 0xFA, 0x7F, 1, 65]
    #expect(try sample.readAndWrite(unknown + sample.bytes + unknown) == sample.bytes)
  }

  @Test(arguments: all) func `a message that ends anywhere is read or refused`(sample: Sample) {
    for count in sample.bytes.indices { readOrRefuse(sample, Array(sample.bytes[..<count])) }
  }

  @Test(arguments: all) func `a message with flipped bits is read or refused`(sample: Sample) {
    guard !sample.bytes.isEmpty else { return }
    var random = Generator(seed: UInt64(sample.bytes.count))
    for _ in 0..<500 {
      var bytes = sample.bytes
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        bytes[Int.random(in: bytes.indices, using: &random)] ^= 1 << UInt8.random(in: 0..<8, using: &random)
      }
      readOrRefuse(sample, bytes)
    }
  }

  /// What was taken for a message is one: written again, it is read as the same.
  private func readOrRefuse(_ sample: Sample, _ bytes: [UInt8]) {
    do throws(WireError) {
      let written = try sample.readAndWrite(bytes)
      let again = try? sample.readAndWrite(written)
      #expect(again == written)
    } catch {
      #expect(error.offset >= 0 && error.offset <= bytes.count)
    }
  }

  /// SplitMix64.
  private struct Generator: RandomNumberGenerator {
    var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var mixed = (state ^ state >> 30) &* 0xBF58_476D_1CE4_E5B9
      mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
      return mixed ^ mixed >> 31
    }
  }
}
