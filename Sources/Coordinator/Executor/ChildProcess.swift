import Glibc

/// A program started in its own process group, its standard output on a pipe and its standard error in a file.
final class ChildProcess {
  let pid: pid_t
  /// Reading end of the child's standard output.
  let output: CInt
  private var status: Status?

  enum Status: Equatable {
    case exited(Int32)
    case signalled(Int32)
  }

  /// - Parameter lock: inherited as descriptor 3; it is held for as long as the child lives.
  /// - Throws: `CoordinatorError.missing` where the program cannot be started.
  init(_ command: [String], errorLog: String, lock: CInt = -1) throws {
    let ends = try makePipe()
    output = ends.reading
    defer { close(ends.writing) }

    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, ends.writing, 1)
    posix_spawn_file_actions_addopen(&actions, 2, errorLog, O_WRONLY | O_CREAT | O_APPEND, 0o644)
    // Last: what was 3 until here has its copy by now.
    if lock >= 0 { posix_spawn_file_actions_adddup2(&actions, lock, 3) }

    // Its own group keeps a Ctrl+C of the terminal from reaching it before we have said what to do; signals are as at login.
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
    posix_spawnattr_setpgroup(&attributes, 0)
    var none = sigset_t(), all = sigset_t()
    sigemptyset(&none)
    sigfillset(&all)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setsigdefault(&attributes, &all)

    let words: [UnsafeMutablePointer<CChar>?] = command.map { strdup($0) } + [nil]
    defer { for word in words { free(word) } }
    var pid: pid_t = 0
    let code = posix_spawn(&pid, command[0], &actions, &attributes, words, environ)
    guard code == 0 else {
      close(ends.reading)
      throw CoordinatorError(.missing, "\(command[0]): cannot be started (\(String(cString: strerror(code))))")
    }
    self.pid = pid
  }

  /// How the child ended, or nil while it runs. Reaps it.
  func poll() -> Status? {
    if let status { return status }
    var word: Int32 = 0
    guard waitpid(pid, &word, WNOHANG) == pid else { return nil }
    let signal = word & 0x7f
    status = signal == 0 ? .exited((word >> 8) & 0xff) : .signalled(signal)
    return status
  }

  func signal(_ number: Int32) {
    if poll() == nil { kill(pid, number) }
  }

  /// Ends everything in the child's process group that is still there.
  func killGroup() {
    kill(-pid, SIGKILL)
  }

  func closeOutput() {
    close(output)
  }
}

/// A pipe that no child inherits unasked.
func makePipe() throws -> (reading: CInt, writing: CInt) {
  var ends: [CInt] = [0, 0]
  guard pipe(&ends) == 0 else { throw CoordinatorError(.inputOutput, "cannot make a pipe: \(String(cString: strerror(errno)))") }
  for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
  return (ends[0], ends[1])
}
