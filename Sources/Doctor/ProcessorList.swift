/// Numbers of processors, as the kernel lists them: `0-3,8`.
struct ProcessorList: Equatable, CustomStringConvertible {
  private(set) var numbers: Set<Int>

  /// More than any kernel has (NR_CPUS), so that a damaged file asks for no memory.
  private static let most = 1 << 16

  init(_ numbers: Set<Int>) {
    self.numbers = numbers
  }

  /// Nil for what is no list. An empty one is of no processors.
  init?(_ text: some StringProtocol) {
    numbers = []
    guard !text.isEmpty else { return }
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      let bounds = part.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false).map { Int($0) }
      guard let first = bounds.first ?? nil, let last = bounds.last ?? nil, first >= 0, first <= last, last < Self.most else { return nil }
      numbers.formUnion(first...last)
    }
  }

  var isEmpty: Bool { numbers.isEmpty }
  var count: Int { numbers.count }

  func without(_ others: ProcessorList) -> ProcessorList { ProcessorList(numbers.subtracting(others.numbers)) }
  func and(_ others: ProcessorList) -> ProcessorList { ProcessorList(numbers.intersection(others.numbers)) }

  var description: String {
    var ranges: [ClosedRange<Int>] = []
    for number in numbers.sorted() {
      if let last = ranges.last, last.upperBound == number - 1 {
        ranges[ranges.count - 1] = last.lowerBound...number
      } else {
        ranges.append(number...number)
      }
    }
    return ranges.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)" }.joined(separator: ",")
  }
}

extension MachineRoot {
  /// A file that holds a list of processors; nil where it cannot be read or holds no such list.
  func processorList(_ path: String) -> ProcessorList? { text(path).flatMap { ProcessorList(trimmed($0[...])) } }

  /// Those that run; nil where the kernel does not tell.
  var onlineProcessors: ProcessorList? { processorList("/sys/devices/system/cpu/online").flatMap { $0.isEmpty ? nil : $0 } }

  /// Those on which this process, and so what it measures, may run; nil where the kernel does not tell.
  var ownProcessors: ProcessorList? {
    let key = "Cpus_allowed_list:"
    let line = (text("/proc/self/status") ?? "").split(separator: "\n").first { $0.hasPrefix(key) }
    guard let online = onlineProcessors, let allowed = line.flatMap({ ProcessorList(trimmed($0.dropFirst(key.count))) }) else { return nil }
    let own = allowed.and(online)
    return own.isEmpty ? nil : own
  }
}
