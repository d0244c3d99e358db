import Foundation

/// Every process this one starts, and how it ended. The suite is the first process of its namespace and inherits what containers and shims
/// leave behind, so that one place waits for all of them: two would take each other's answers.
enum Children {
  /// How processes ended that nobody has asked for yet.
  nonisolated(unsafe) private static var ended: [pid_t: Int32] = [:]
  /// Processes that were started here and have not been asked for.
  nonisolated(unsafe) private(set) static var awaited: Set<pid_t> = []

  /// POSIX_SPAWN_SETSID, which Swift's view of <spawn.h> leaves out.
  private static let newSession: CInt = 0x80

  /// Files for a program's standard streams; nil is `/dev/null`.
  struct Streams {
    var input: CInt?
    var output: CInt?
    var errors: CInt?
    /// Path of a terminal that is all three and the program's controlling terminal.
    var terminal: String?
  }

  /// Starts a program in a session of its own, so that signals of our terminal do not reach it.
  /// - Throws: `Failed` where it cannot be started.
  static func start(_ words: [String], environment: [String: String], folder: String?, streams: Streams) throws -> pid_t {
    var actions = posix_spawn_file_actions_t()
    var attributes = posix_spawnattr_t()
    posix_spawn_file_actions_init(&actions)
    posix_spawnattr_init(&attributes)
    defer {
      posix_spawn_file_actions_destroy(&actions)
      posix_spawnattr_destroy(&attributes)
    }
    if let terminal = streams.terminal {
      posix_spawn_file_actions_addopen(&actions, 0, terminal, O_RDWR, 0)
      for number: CInt in 1...2 { posix_spawn_file_actions_adddup2(&actions, 0, number) }
    } else {
      for (number, source) in [(CInt(0), streams.input), (1, streams.output), (2, streams.errors)] {
        if let source {
          posix_spawn_file_actions_adddup2(&actions, source, number)
        } else {
          posix_spawn_file_actions_addopen(&actions, number, "/dev/null", number == 0 ? O_RDONLY : O_WRONLY, 0)
        }
      }
    }
    var signals = sigset_t()
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    for number in [SIGPIPE, SIGINT, SIGTERM, SIGHUP] { sigaddset(&signals, number) }
    posix_spawnattr_setsigdefault(&attributes, &signals)
    posix_spawnattr_setflags(&attributes, Int16(newSession | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))

    let words = (folder.map { ["env", "--chdir", $0] } ?? []) + words
    var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
    var variables: [UnsafeMutablePointer<CChar>?] = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { (arguments + variables).forEach { free($0) } }
    var process: pid_t = 0
    let status = posix_spawnp(&process, words[0], &actions, &attributes, &arguments, &variables)
    guard status == 0 else { throw Failed("\(words[0]) cannot be started: \(String(cString: strerror(status)))") }
    awaited.insert(process)
    return process
  }

  /// Takes note of everything that has ended.
  static func collect() {
    var status: Int32 = 0
    while case let process = waitpid(-1, &status, WNOHANG), process > 0 {
      if awaited.contains(process) { ended[process] = status }
    }
  }

  /// Waits for one process.
  /// - Returns: its exit code, 128 and the signal's number for one that was killed; nil if it still runs after so many seconds.
  static func wait(_ process: pid_t, limit: Double) -> Int32? {
    let deadline = Clock.deadline(limit)
    while true {
      collect()
      if let status = ended.removeValue(forKey: process) {
        awaited.remove(process)
        return status & 0x7f == 0 ? status >> 8 & 0xff : 128 + (status & 0x7f)
      }
      guard Clock.now < deadline else { return nil }
      usleep(500)
    }
  }
}

/// Seconds of a clock that only goes forwards.
enum Clock {
  /// How much longer than usual everything takes on this machine: what deadlines and pauses are multiplied by.
  nonisolated(unsafe) static var slowness = 1.0

  static var now: Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  /// When so many seconds will be over, as this machine counts them.
  static func deadline(_ limit: Double) -> Double { now + limit * slowness }

  /// A limit as a message says it: whole seconds of this machine.
  static func told(_ limit: Double) -> Int { Int(limit * slowness) }

  /// Gives others so much time.
  static func pause(milliseconds: Double) { usleep(UInt32(milliseconds * slowness * 1000)) }

  /// Asks every two milliseconds until the answer is yes.
  /// - Returns: whether it became yes within so many seconds.
  static func waits(_ limit: Double, for condition: () throws -> Bool) rethrows -> Bool {
    let deadline = deadline(limit)
    while try !condition() {
      guard now < deadline else { return false }
      usleep(2000)
    }
    return true
  }
}
