import Glibc

/// Processes a trial leaves behind: grandchildren that left the group or outlived their parent. They have become children of the
/// launcher, which is a subreaper or the first process of its pid namespace.
enum Strays {
  /// Kills and reaps every child of this process except `services`, and what their death brings up. Returns how many were still alive.
  @discardableResult
  static func end(except services: [pid_t]) -> Int {
    var alive = 0
    let deadline = System.now() + 10_000_000_000
    while System.now() < deadline {
      var information = siginfo_t()
      // The usual case, and cheap: no child at all.
      if waitid(P_ALL, 0, &information, WEXITED | WNOHANG | WNOWAIT) != 0 { break }
      let strays = children().filter { !services.contains($0.process) }
      if strays.isEmpty { break }
      for stray in strays {
        if !stray.isZombie { alive += 1 }
        kill(stray.process, SIGKILL)
        _ = System.reap(stray.process)
      }
    }
    return alive
  }

  /// The children of this process, from /proc/PID/stat (proc(5): state and parent follow the name in parentheses).
  private static func children() -> [(process: pid_t, isZombie: Bool)] {
    guard let folder = opendir("/proc") else { return [] }
    defer { closedir(folder) }
    var result: [(pid_t, Bool)] = []
    let own = getpid()
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      guard let process = pid_t(name), let line = SmallFile.read("/proc/\(name)/stat"), let end = line.lastIndex(of: ")") else { continue }
      let fields = line[line.index(after: end)...].split(separator: " ")
      if fields.count > 1, pid_t(fields[1]) == own { result.append((process, fields[0] == "Z")) }
    }
    return result
  }
}
