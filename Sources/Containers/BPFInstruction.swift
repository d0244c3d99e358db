/// An instruction of the classic packet filter, which is what seccomp runs (linux/filter.h, struct sock_filter).
struct BPFInstruction: Equatable, Sendable {
  var code: UInt16
  /// Instructions to pass over where a comparison holds.
  var ifTrue: UInt8 = 0
  /// Instructions to pass over where it does not.
  var ifFalse: UInt8 = 0
  var operand: UInt32

  /// Loads 32 bits of what is known about the call (struct seccomp_data).
  static func load(_ offset: UInt32) -> BPFInstruction { BPFInstruction(code: 0x20, operand: offset) }
  static func and(_ mask: UInt32) -> BPFInstruction { BPFInstruction(code: 0x54, operand: mask) }
  static func jump(_ distance: Int) -> BPFInstruction { BPFInstruction(code: 0x05, operand: UInt32(distance)) }
  static func answer(_ action: SeccompAction) -> BPFInstruction { BPFInstruction(code: 0x06, operand: action.value) }

  static func equal(_ value: UInt32, _ ifTrue: UInt8, else ifFalse: UInt8) -> BPFInstruction {
    BPFInstruction(code: 0x15, ifTrue: ifTrue, ifFalse: ifFalse, operand: value)
  }
  static func greater(_ value: UInt32, _ ifTrue: UInt8, else ifFalse: UInt8) -> BPFInstruction {
    BPFInstruction(code: 0x25, ifTrue: ifTrue, ifFalse: ifFalse, operand: value)
  }
  static func atLeast(_ value: UInt32, _ ifTrue: UInt8, else ifFalse: UInt8) -> BPFInstruction {
    BPFInstruction(code: 0x35, ifTrue: ifTrue, ifFalse: ifFalse, operand: value)
  }

  /// Goes on behind `first` where the comparison with the loaded value holds, and into `first` where it does not. Distances of comparisons
  /// have eight bits only.
  static func choose(atLeast value: UInt32, orElse first: [BPFInstruction], _ second: [BPFInstruction]) -> [BPFInstruction] {
    let head =
      first.count <= 255
      ? [atLeast(value, UInt8(first.count), else: 0)] : [atLeast(value, 0, else: 1), jump(first.count)]
    return head + first + second
  }
}
