import Glibc

/// A daemon that is killed in the middle of a run, by a person or for want of memory, is started again, once: what is measured would not
/// be what was asked for with a daemon that keeps ending.
extension PrivateContainerd {
  /// Starts the daemon again where it has ended. Its images stay, its containers and shims go.
  /// - Returns: whether it had ended: what was asked of it last has failed for that and nothing else.
  /// - Throws: `WorkerError` where it has ended before, or does not start.
  func revive() throws -> Bool {
    if isRunning { return false }
    guard !wasRevived else {
      throw WorkerError("containerd has ended for the second time in this run; find out what ends it first", exitCode: 71)
    }
    wasRevived = true
    for part in [TrialGroup.Part.daemon, .guest] { group?.end(part) }
    do { try start() } catch let error as RuntimeUnavailable {
      throw WorkerError("containerd has ended in the middle of the run, and cannot be started again: \(error.reason)", exitCode: 71)
    }
    removeContainers()
    settleAnew()
    return true
  }

  /// Whether a process runs that is the daemon: its command names this run's own folder. One that has ended and waits to be reaped has
  /// no command any more.
  private var isRunning: Bool {
    let line = command.map { $0 + "\0" }.joined()
    return SystemFile.entries("/proc").contains { $0.first?.isNumber == true && SystemFile.text("/proc/\($0)/cmdline") == line }
  }

  /// Every container it still knows of is one of a trial that ended with it.
  private func removeContainers() {
    let answer = try? launcher.output(of: clientWords + ["containers", "list", "--quiet"], environment: Self.environment, in: folder)
    for container in answer?.output.split(separator: "\n") ?? [] { remove(container: String(container)) }
  }
}

extension TrialGroup {
  /// Ends every process of a part and waits until they are gone, at most a second.
  fileprivate func end(_ part: Part) {
    let folder = "\(folders[0])/\(part.rawValue)"
    for _ in 0..<200 {
      let processes = ([folder] + SystemFile.entries(folder).map { "\(folder)/\($0)" }).flatMap(CgroupFolder.processes)
      if processes.isEmpty { return }
      for process in processes { kill(process, SIGKILL) }
      usleep(5000)
    }
  }
}
