import Glibc

/// What a child's `ru_maxrss` cannot go below: exec keeps the peak of the memory the child had before it became its program (exec_mmap in
/// fs/exec.c). That is all of the launcher's where the child lived in the launcher's memory, and what was copied at the fork otherwise.
enum ResidentFloor {
  /// Bytes a child may touch on its way to exec that the calibration's did not.
  private static let slack = 128 << 10

  /// Bytes, of a child that shares the launcher's memory: the launcher's own peak. (Not its `ru_maxrss`, which has its parent's in it.)
  static var shared: Int {
    guard let status = SmallFile.read("/proc/self/status", limit: 8192), let line = status.split(separator: "\n").first(where: isPeak),
      let kibibytes = Int(line.dropFirst(6).drop { $0 == " " || $0 == "\t" }.prefix { $0.isNumber })
    else { return Int.max }
    return kibibytes * 1024 + slack
  }

  private static func isPeak(_ line: Substring) -> Bool { line.hasPrefix("VmHWM:") }

  /// Bytes, of a child that is forked: as much as one that goes all the way and finds no program.
  static let forked: Int = {
    guard let request = try? TrialRequest(words: ["--", "/"]) else { return shared }
    let command = Command(request)
    defer { command.deallocate() }
    let none = UnsafeBufferPointer<(from: Int32, to: Int32)>(start: nil, count: 0)
    var birth = Birth(command: command, descriptors: none, spin: 0, gate: -1, failure: -1, sharesMemory: false)
    let child = birth.begin()
    guard child > 0 else { return shared }
    return System.reap(child).usage.ru_maxrss * 1024 + slack
  }()
}
