import OCI

/// Makes the kernel's program of a profile: first which way of calling, then a search by halves for the call's number, then conditions.
struct SeccompCompiler {
  /// A rule about one number.
  struct Rule {
    var action: SeccompAction
    /// All must hold.
    var conditions: [SeccompCondition]
  }

  /// What the profile says about one number.
  struct Entry {
    var number: UInt32
    /// In the profile's order.
    var conditional: [Rule] = []
    /// Where no condition holds; nil is the default action.
    var always: SeccompAction?
  }

  /// Numbers from here on (to the next segment) are answered alike.
  struct Segment {
    var start: UInt32
    var code: [BPFInstruction]
  }

  /// x32's numbers begin here.
  private static let x32Bit: UInt32 = 0x4000_0000

  private let defaultAction: SeccompAction
  private let architectures: [SeccompArchitecture]
  private let rules: [(names: [String], rules: [Rule])]

  init(_ profile: RuntimeSpec.Seccomp) throws(ContainerError) {
    defaultAction = try SeccompAction(profile.defaultAction, errnoReturn: profile.defaultErrnoReturn)
    architectures = try SeccompArchitecture.all(profile.architectures)
    var rules: [(names: [String], rules: [Rule])] = []
    for rule in profile.syscalls { rules.append((rule.names, try SeccompCompiler.rules(rule))) }
    self.rules = rules
  }

  /// Conditions on different arguments must all hold. Several on the same argument are alternatives, as with runc.
  private static func rules(_ rule: RuntimeSpec.SeccompRule) throws(ContainerError) -> [Rule] {
    let action = try SeccompAction(rule.action, errnoReturn: rule.errnoReturn)
    var conditions: [SeccompCondition] = []
    for argument in rule.args { conditions.append(try SeccompCondition(argument)) }
    let isTwice = conditions.indices.contains { index in conditions[..<index].contains { $0.index == conditions[index].index } }
    return isTwice ? conditions.map { Rule(action: action, conditions: [$0]) } : [Rule(action: action, conditions: conditions)]
  }

  func program() -> [BPFInstruction] {
    // A way of calling that the profile does not name ends the thread, as with libseccomp.
    let unknown: [BPFInstruction] = [.answer(.killThread)]
    let wide = [BPFInstruction.load(0)] + numbersOf64Bits(unknown)
    var narrow = unknown
    if architectures.contains(.x86) {
      narrow = [.equal(SeccompArchitecture.x86.token, 1, else: 0)] + unknown + [.load(0)] + search(.x86)
    }
    // Comparisons reach 255 instructions, the jump as far as needed.
    return [.load(4), .equal(SeccompArchitecture.x86_64.token, 1, else: 0), .jump(wide.count)] + wide + narrow
  }

  /// x32 calls come in as calls of 64 bits with a bit set in the number.
  private func numbersOf64Bits(_ unknown: [BPFInstruction]) -> [BPFInstruction] {
    let others = architectures.contains(.x32) ? search(.x32) : unknown
    // -1 is what a tracer writes over the number of a call that shall not happen.
    let upper = [BPFInstruction.equal(.max, 0, else: 1), .answer(defaultAction)] + others
    return BPFInstruction.choose(atLeast: SeccompCompiler.x32Bit, orElse: search(.x86_64), upper)
  }

  private func search(_ architecture: SeccompArchitecture) -> [BPFInstruction] {
    let segments = segments(entries(architecture), isWide: architecture.isWide)
    return search(segments[...])
  }

  private func search(_ segments: ArraySlice<Segment>) -> [BPFInstruction] {
    if segments.count == 1 { return segments.first!.code }
    let middle = segments.startIndex + segments.count / 2
    return BPFInstruction.choose(
      atLeast: segments[middle].start, orElse: search(segments[..<middle]), search(segments[middle...]))
  }

  /// Every number the profile names, sorted.
  private func entries(_ architecture: SeccompArchitecture) -> [Entry] {
    var entries: [Entry] = []
    // Numbers are small: where each one's entry lies.
    var places = [Int](repeating: -1, count: 1024)
    func add(_ number: UInt32, _ rule: Rule) {
      let slot = Int(number & ~SeccompCompiler.x32Bit)
      if slot >= places.count { places += [Int](repeating: -1, count: slot + 1 - places.count) }
      if places[slot] < 0 {
        places[slot] = entries.count
        entries.append(Entry(number: number))
      }
      let place = places[slot]
      if !rule.conditions.isEmpty {
        entries[place].conditional.append(rule)
      } else if entries[place].always == nil {
        entries[place].always = rule.action
      }
    }
    for (names, rules) in rules {
      for name in names {
        guard let numbers = architecture.numbers(name) else { continue }
        for rule in rules {
          if let direct = numbers.direct { add(direct, rule) }
          // What lies behind the pointer of such a call cannot be seen, so its conditions are not asked.
          if let (number, call) = numbers.multiplexed {
            add(number, Rule(action: rule.action, conditions: [SeccompCondition(index: 0, test: .equal, value: call)]))
          }
        }
      }
    }
    entries.sort { $0.number < $1.number }
    return entries
  }

  /// All numbers in a row, neighbours with the same answer together.
  private func segments(_ entries: [Entry], isWide: Bool) -> [Segment] {
    var segments: [Segment] = []
    func add(_ start: UInt32, _ code: [BPFInstruction]) {
      if segments.last?.code != code { segments.append(Segment(start: start, code: code)) }
    }
    let otherwise: [BPFInstruction] = [.answer(defaultAction)]
    var next: UInt32 = 0
    for entry in entries {
      if entry.number > next || segments.isEmpty { add(next, otherwise) }
      let answer: [BPFInstruction] = [.answer(entry.always ?? defaultAction)]
      add(entry.number, entry.conditional.isEmpty ? answer : conditions(entry.conditional, isWide: isWide) + answer)
      next = entry.number + 1
    }
    // Programs try newer system calls and fall back when the kernel does not have them; any other error would stop them. What is newer than
    // all the profile names is answered so, as runc does.
    let isStrict = !defaultAction.letsGoOn && !entries.isEmpty
    add(next, isStrict ? [.answer(.notImplemented)] : otherwise)
    return segments
  }

  private func conditions(_ rules: [Rule], isWide: Bool) -> [BPFInstruction] {
    rules.flatMap { rule -> [BPFInstruction] in
      // From the last condition to the first: each jumps over what follows it.
      var code: [BPFInstruction] = [.answer(rule.action)]
      for condition in rule.conditions.reversed() { code = condition.code(isWide: isWide, failing: code.count) + code }
      return code
    }
  }
}
