import Glibc

/// What `ps` shows of a process that runs a program without execve(2).
public enum ProcessTitle {
  /// Gives the calling process the name, the command line and the environment that /proc shows, as if it had executed a program with them. The old
  /// ones are no longer to be seen.
  ///
  /// Command line and environment need CAP_SYS_RESOURCE in the machine's own user namespace (prctl(2), PR_SET_MM); without it the name alone
  /// changes.
  /// - Parameters:
  ///   - arguments: the name is the last part of the first one's path, without the export behind `#`.
  ///   - environment: `NAME=VALUE` words.
  public static func set(arguments: [String], environment: [String]) {
    setName(arguments.first ?? "")
    // Kept as long as the process lives: the kernel reads it whenever somebody asks. It lies below the stack that held the old words, so that
    // a start never comes to lie behind its end.
    let words = block(arguments)
    guard setArea(PR.argumentStart, words.start), setArea(PR.argumentEnd, words.end) else { return }
    let variables = block(environment)
    _ = setArea(PR.environmentStart, variables.start)
    _ = setArea(PR.environmentEnd, variables.end)
  }

  /// prctl(2), PR_SET_MM.
  private enum PR {
    static let setMemoryMap = 35
    static let argumentStart = 8
    static let argumentEnd = 9
    static let environmentStart = 10
    static let environmentEnd = 11
    static let setName = 15
  }

  private static func setName(_ path: String) {
    let file = path.utf8.split(separator: UInt8(ascii: "#"), maxSplits: 1, omittingEmptySubsequences: false).first ?? path.utf8[...]
    let name = String(file.split(separator: UInt8(ascii: "/")).last ?? file) ?? path
    name.withCString { _ = systemCall(SystemCall.prctl, PR.setName, Int(bitPattern: $0), 0, 0, 0) }
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

  private static func setArea(_ which: Int, _ address: Int) -> Bool {
    systemCall(SystemCall.prctl, PR.setMemoryMap, which, address, 0, 0) == 0
  }
}
