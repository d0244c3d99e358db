import Glibc

/// A program started by this process, with signals as at login.
struct ChildProgram {
  let process: pid_t

  /// - Parameters:
  ///   - words: the program, looked up on PATH unless it has a slash, and its arguments.
  ///   - output: what becomes its standard output, its input being empty; nil leaves it this process's input and output.
  /// - Throws: `SystemFailure` where it cannot be started.
  init(_ words: [String], output: Int32? = nil) throws(SystemFailure) {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    if let output {
      posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
      posix_spawn_file_actions_adddup2(&actions, output, 1)
      posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
    }
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
    var none = sigset_t(), all = sigset_t()
    sigemptyset(&none)
    sigfillset(&all)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setsigdefault(&attributes, &all)
    let arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
    defer { for argument in arguments { free(argument) } }
    var process: pid_t = 0
    let code = posix_spawnp(&process, words[0], &actions, &attributes, arguments, environ)
    guard code == 0 else { throw SystemFailure(code) }
    self.process = process
  }

  /// The exit code once it has ended, 128 + N after signal N; nil while it runs. Reaps it.
  func exitCode(waiting: Bool) -> Int32? {
    var status: Int32 = 0
    while waitpid(process, &status, waiting ? 0 : WNOHANG) != process {
      guard waiting, errno == EINTR else { return nil }
    }
    let signal = status & 0x7F
    return signal == 0 ? (status >> 8) & 0xFF : 128 + signal
  }
}
