/// `process.oomScoreAdj`: how readily the kernel kills a process when memory runs out (proc(5)), from -1000 (never) to 1000.
public enum OOMScore {
  /// - Parameters:
  ///   - value: lowering it needs CAP_SYS_RESOURCE.
  ///   - process: nil is the caller.
  /// - Throws: a value out of range, or what the system refused.
  public static func set(_ value: Int, of process: Int32? = nil) throws(ContainerError) {
    guard (-1000...1000).contains(value) else { throw ContainerError("process.oomScoreAdj is \(value) and must be from -1000 to 1000") }
    try ProcessFile.write(String(value), to: path(process))
  }

  /// - Returns: nil when there is no such process.
  public static func get(of process: Int32? = nil) -> Int? {
    SmallFile.read(path(process)).flatMap { Int(String(decoding: $0.filter { $0 != 10 }, as: UTF8.self)) }
  }

  private static func path(_ process: Int32?) -> String { process.map { "/proc/\($0)/oom_score_adj" } ?? "/proc/self/oom_score_adj" }
}
