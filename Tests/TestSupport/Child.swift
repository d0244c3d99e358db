import Glibc

/// What a container does to itself is tried in a child, because it cannot be undone.
public enum Child {
  @_silgen_name("fork") private static func forkProcess() -> pid_t

  /// Runs the body in a child and waits for it.
  ///
  /// - Parameter body: what it returns is the child's exit code. It must not wait for ever: the child is killed after twenty seconds.
  /// - Returns: the exit code, or the negative number of the signal that ended the child.
  public static func run(_ body: () -> Int32) -> Int32 { wait(start(body)) }

  /// Runs the body in a child.
  public static func start(_ body: () -> Int32) -> pid_t {
    let child = forkProcess()
    if child == 0 {
      // Whatever the test's starter or its threads block or ignore.
      var none = sigset_t()
      sigemptyset(&none)
      sigprocmask(SIG_SETMASK, &none, nil)
      signal(SIGTERM, SIG_DFL)
      alarm(20)
      _exit(body())
    }
    return child
  }

  public static func wait(_ child: pid_t) -> Int32 {
    var status: Int32 = 0
    while waitpid(child, &status, 0) < 0 && errno == EINTR {}
    return status & 0x7F == 0 ? (status >> 8) & 0xFF : -(status & 0x7F)
  }

  /// A child that sleeps until it is killed, which it is after twenty seconds at the latest.
  public static func sleeper(after body: () -> Int32 = { 0 }) -> pid_t {
    start {
      let code = body()
      if code != 0 { return code }
      while true { pause() }
    }
  }

  /// What a child says; at most a page.
  public static func text(of body: () -> String) -> String {
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { return "no pipe" }
    let child = start {
      var text = body()
      return text.withUTF8 { write(ends[1], $0.baseAddress, $0.count) == $0.count ? 0 : 1 }
    }
    close(ends[1])
    defer { close(ends[0]) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 4096)
    while true {
      let count = read(ends[0], &buffer, buffer.count)
      if count <= 0 { break }
      bytes += buffer[..<count]
    }
    let code = wait(child)
    return code == 0 ? String(decoding: bytes, as: UTF8.self) : "ended with \(code)"
  }
}
