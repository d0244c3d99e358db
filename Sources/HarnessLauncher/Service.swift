import Glibc

/// A program that runs beside the trials until the launcher ends, for instance containerd.
enum Service {
  /// Starts the program under a guardian of its own, which adopts and reaps what the program's children leave behind,
  /// so that the launcher's children are only trials and guardians. Both die with the launcher. Returns the guardian.
  static func start(_ request: TrialRequest, homes: [String]) throws -> pid_t {
    let input = try System.openFile(request.input, O_RDONLY)
    defer { close(input) }
    let output = try System.openFile(request.output, O_WRONLY | O_CREAT | O_APPEND)
    defer { close(output) }
    let errors = try System.openFile(request.errors, O_WRONLY | O_CREAT | O_APPEND)
    defer { close(errors) }
    let command = Command(request)
    defer { command.deallocate() }
    try CgroupMembership.join(request.groups)
    defer { CgroupMembership.goHome(homes, from: request.groups) }
    let guardian = forkProcess()
    guard guardian >= 0 else { throw SystemError("fork") }
    if guardian == 0 {
      setpgid(0, 0)
      System.dieWithParent()
      System.adoptOrphans()
      let program = forkProcess()
      if program == 0 {
        System.dieWithParent()
        let pairs: [(from: Int32, to: Int32)] = [(input, 0), (output, 1), (errors, 2)]
        pairs.withUnsafeBufferPointer { command.become($0) }
        let reason = "error: \(request.command[0]): \(String(cString: strerror(errno)))\n"
        System.writeAll(2, reason)
        _exit(127)
      }
      // The guardian must not hold the launcher's pipes open.
      for descriptor in System.firstOwnDescriptor..<(System.firstOwnDescriptor + 100) { close(descriptor) }
      for descriptor in 0...2 as ClosedRange<Int32> { close(descriptor) }
      while true {
        if waitpid(-1, nil, 0) < 0, errno == ECHILD { _exit(0) }
      }
    }
    return guardian
  }
}
