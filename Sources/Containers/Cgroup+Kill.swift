import Glibc

extension Cgroup {
  /// Every process of the container, those in cgroups below its own too; empty when there are none or the cgroup is gone.
  public func processes() -> [pid_t] {
    var found: [pid_t] = []
    census.forEachWithin { folder in
      guard let text = folder.read("cgroup.procs") else { return }
      for line in text.split(separator: UInt8(ascii: "\n")) {
        // 0 is a process of another pid namespace, which nobody here can name.
        if let process = DecimalText.number(line).flatMap({ pid_t(exactly: $0) }), process > 0 { found.append(process) }
      }
    }
    return found
  }

  /// Sends the signal to every process of the container. SIGKILL reaches those too that are born meanwhile, and those that are frozen.
  /// Returns without waiting for them to be gone.
  ///
  /// - Throws: when SIGKILL cannot overtake processes that keep making others.
  public func kill(_ signal: Int32) throws(ContainerError) {
    guard signal == SIGKILL else {
      for process in processes() { _ = Glibc.kill(process, signal) }
      return
    }
    // One write ends all of them at once (Linux 5.14), where they are all in the unified cgroup.
    if let unified, unified.exists("cgroup.kill") { _ = unified.write("1", to: "cgroup.kill") }
    var isDone = killNewcomers(rounds: 20)
    if !isDone, (try? freeze()) != nil { isDone = killNewcomers(rounds: 2) }
    // The freezer of version 1 holds dying processes too.
    if let freezer = folder("freezer"), freezer.exists("freezer.state") { _ = freezer.write("THAWED", to: "freezer.state") }
    if folder("freezer") == nil { _ = unified?.write("0", to: "cgroup.freeze") }
    guard isDone else { throw ContainerError("processes in \(census.fullPath) multiply faster than they can be killed") }
  }

  /// - Returns: whether a look at the cgroup found no process that had not been sent the signal before.
  private func killNewcomers(rounds: Int) -> Bool {
    var known: Set<pid_t> = []
    for _ in 0..<rounds {
      let newcomers = processes().filter { known.insert($0).inserted }
      if newcomers.isEmpty { return true }
      for process in newcomers { _ = Glibc.kill(process, SIGKILL) }
    }
    return false
  }
}
