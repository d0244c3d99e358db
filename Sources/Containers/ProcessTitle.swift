import Glibc

/// What `ps` shows of a process that runs a program without execve(2).
public enum ProcessTitle {
  /// Gives the calling process the name, the command line and the environment that /proc shows, as if it had executed a program with them. The old
  /// ones are no longer to be seen.
  ///
  /// Command line and environment need /proc and a kernel that can restore processes (CONFIG_CHECKPOINT_RESTORE); without them the name alone
  /// changes.
  /// - Parameters:
  ///   - arguments: the name is the last part of the first one's path, without the export behind `#`.
  ///   - environment: `NAME=VALUE` words.
  public static func set(arguments: [String], environment: [String]) {
    setName(arguments.first ?? "")
    // Kept as long as the process lives: the kernel reads it whenever somebody asks.
    let (words, variables) = (block(arguments), block(environment))
    guard var map = MemoryMap() else { return }
    (map.argumentStart, map.argumentEnd) = (UInt64(words.start), UInt64(words.end))
    (map.environmentStart, map.environmentEnd) = (UInt64(variables.start), UInt64(variables.end))
    withUnsafeMutablePointer(to: &map) {
      // PR_SET_MM with PR_SET_MM_MAP
      _ = systemCall(SystemCall.prctl, 35, 14, Int(bitPattern: $0), MemoryLayout<MemoryMap>.size, 0)
    }
  }

  private static func setName(_ path: String) {
    let file = path.utf8.split(separator: UInt8(ascii: "#"), maxSplits: 1, omittingEmptySubsequences: false).first ?? path.utf8[...]
    let name = String(file.split(separator: UInt8(ascii: "/")).last ?? file) ?? path
    name.withCString { _ = systemCall(SystemCall.prctl, 15, Int(bitPattern: $0), 0, 0, 0) }
  }

  /// The words one behind the other, each with its 0.
  private static func block(_ words: [String]) -> (start: Int, end: Int) {
    let count = words.reduce(0) { $0 + $1.utf8.count + 1 }
    let memory = UnsafeMutablePointer<UInt8>.allocate(capacity: max(1, count))
    var next = memory
    for word in words {
      for byte in word.utf8 {
        next.initialize(to: byte)
        next += 1
      }
      next.initialize(to: 0)
      next += 1
    }
    return (Int(bitPattern: memory), Int(bitPattern: memory) + count)
  }
}

/// Where the kernel believes the parts of a process to lie: struct prctl_mm_map of prctl(2).
private struct MemoryMap {
  var codeStart: UInt64
  var codeEnd: UInt64
  var dataStart: UInt64
  var dataEnd: UInt64
  var heapStart: UInt64
  var heapEnd: UInt64
  var stackStart: UInt64
  var argumentStart: UInt64
  var argumentEnd: UInt64
  var environmentStart: UInt64
  var environmentEnd: UInt64
  /// No change of the auxiliary vector, nor of the executable.
  var auxiliary: UInt64 = 0
  var auxiliarySize: UInt32 = 0
  var executable = UInt32.max

  /// Of the calling process, from /proc/self/stat (proc(5)); nil where that cannot be read.
  init?() {
    // The name is in parentheses and may hold anything; what follows is numbers, of which the first one is the third field.
    guard let text = SmallFile.read("/proc/self/stat"), let close = text.lastIndex(of: UInt8(ascii: ")")) else { return nil }
    let fields = text[(close + 1)...].split { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\n") }
    guard fields.count >= 49 else { return nil }
    func field(_ number: Int) -> UInt64 { DecimalText.number(fields[number - 3]).map { UInt64($0) } ?? 0 }
    (codeStart, codeEnd, stackStart) = (field(26), field(27), field(28))
    (dataStart, dataEnd, heapStart) = (field(45), field(46), field(47))
    (argumentStart, argumentEnd, environmentStart, environmentEnd) = (field(48), field(49), field(50), field(51))
    // brk(2) of nothing says where the heap ends.
    heapEnd = UInt64(systemCall(12, 0, 0, 0, 0, 0))
    guard codeStart > 0, stackStart > 0 else { return nil }
  }
}
