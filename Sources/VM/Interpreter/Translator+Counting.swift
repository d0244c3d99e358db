/// Counting executed WebAssembly instructions: every basic block begins with an instruction that adds how many it has.
///
/// Counted is every instruction as the specification has them (2.4, 4.4): `block`, `loop`, `if` and `nop` too, but not `else` and `end`,
/// which only delimit. A branch to a loop executes the loop again. Blocks end at branches, labels and calls, so a guest that leaves from
/// a host function is counted exactly; of a block that traps, all instructions are counted.
extension Translator {
  /// What counting remembers from one operator to the next.
  struct Counting {
    /// The block's counting instruction, or -1 as long as it has none.
    var word = -1
    /// A loop that is to be counted inside of itself.
    var pending: UInt64 = 0
  }

  /// Called for every operator that can be reached, before it is translated.
  /// - Parameter second: the byte behind it, which is an operator's number where it is a prefix.
  mutating func count(_ opcode: UInt8, _ second: UInt8) {
    let (own, endsBlock): (UInt64, Bool) =
      switch Opcode(rawValue: UInt16(opcode)) {
      case .end, .else, .loop: (0, true)
      case .if, .br, .brIf, .brTable, .return, .unreachable, .call, .callIndirect, .returnCall, .returnCallIndirect, .callRef,
        .returnCallRef, .throw, .throwRef, .brOnNull, .brOnNonNull:
        (1, true)
      // br_on_cast and br_on_cast_fail.
      case nil where opcode == 0xFB && (second == 0x18 || second == 0x19): (1, true)
      default: (1, false)
      }
    let more = counting.pending + own
    if counting.word >= 0 {
      storage.words[counting.word] += more << 32
    } else if more > 0 {
      emit(.count)
      fusible = -1
      counting.word = storage.count - 1
      storage.words[counting.word] += more << 32
    }
    counting.pending = opcode == UInt8(Opcode.loop.rawValue) ? 1 : 0
    if endsBlock { counting.word = -1 }
  }

  /// What one instruction does to many bytes or elements takes fuel as many instructions do; it is counted as one all the same.
  mutating func charge(_ slot: Int, shift: Int) {
    if observation.contains(.counts) { emit(.charge, slot, shift) }
  }
}
