import FoundationEssentials
import Glibc

/// The worker's launcher: one small process that starts every trial, so that a trial inherits neither the worker's memory nor its threads.
///
/// As root it lives in a pid and mount namespace of its own. Closing it, or the worker's death, ends everything it ever started. Without root
/// only its own death, by SIGKILL, leaves something: what those it started have started themselves.
/// The launcher also dies with the thread that makes it: make it on a thread that outlives it.
final class Launcher {
  /// Whether everything runs in a namespace that ends with the launcher; if not, why.
  let isEnclosed: Bool
  let reasonNotEnclosed: String
  /// What cannot be measured here, and why.
  let lacking: [String: String]
  /// The path it was started from.
  let executable: String
  private let process: pid_t
  private var requests: Int32
  private var answers: Int32
  private var pending: [UInt8] = []

  /// Starts the launcher.
  /// - Parameters:
  ///   - homes: cgroup folders it lives in between trials.
  ///   - emptyFolders: absolute paths that are empty and private inside the enclosure.
  init(executable: String, enclose: Bool, homes: [String] = [], emptyFolders: [String] = []) throws {
    self.executable = executable
    var words = [executable, "serve"]
    if enclose { words.append("--enclose") }
    for folder in emptyFolders { words += ["--empty-folder", folder] }
    for home in homes { words += ["--home-cgroup", home] }

    let toLauncher = try Self.makePipe()
    let fromLauncher = try Self.makePipe()
    defer {
      Glibc.close(toLauncher.read)
      Glibc.close(fromLauncher.write)
    }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, toLauncher.read, 0)
    posix_spawn_file_actions_adddup2(&actions, fromLauncher.write, 1)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var none = sigset_t()
    sigemptyset(&none)
    var all = sigset_t()
    sigfillset(&all)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setsigdefault(&attributes, &all)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
    var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
    defer { for argument in arguments { free(argument) } }
    var environment: [UnsafeMutablePointer<CChar>?] = [nil]
    var process: pid_t = 0
    let code = posix_spawn(&process, executable, &actions, &attributes, &arguments, &environment)
    requests = toLauncher.write
    answers = fromLauncher.read
    self.process = process
    guard code == 0 else {
      Glibc.close(requests)
      Glibc.close(answers)
      throw WorkerError.missing(
        "\(executable): \(String(cString: strerror(code))); build the product harness-launcher beside harness-worker")
    }
    struct Greeting: Decodable {
      var enclosed: Bool
      var reason: String
      var lacking: [String: String]
    }
    let line = try Self.readLine(answers, &pending)
    guard let line else {
      Glibc.close(requests)
      Glibc.close(answers)
      waitpid(process, nil, 0)
      throw WorkerError("harness-launcher did not start; its message is above", exitCode: 71)
    }
    let greeting = try JSONDecoder().decode(Greeting.self, from: Data(line))
    isEnclosed = greeting.enclosed
    reasonNotEnclosed = greeting.reason
    lacking = greeting.lacking
  }

  deinit { close() }

  /// The root of the file system as everything that the launcher starts sees it, with the mounts of the enclosure.
  var rootFolder: String { "/proc/\(process)/root" }

  /// Sees the moment a trial's guest starts, where somebody wants to know.
  var guestStart: GuestStart?

  /// Runs one program to its end.
  /// - Throws: `WorkerError` where it could not be set up, the launcher is gone, or the worker is interrupted.
  func run(_ request: LaunchRequest) throws -> LaunchReport {
    try JSONDecoder().decode(LaunchReport.self, from: Data(ask("run", request.words)))
  }

  /// Starts a program that runs until the launcher ends.
  func start(_ request: LaunchRequest) throws {
    _ = try ask("start", request.words)
  }

  /// Starts a program that is held until `release`, and returns when it is there. Its streams are FIFOs that are open already.
  /// - Returns: its number, as the launcher's namespace has it.
  /// - Throws: `LaunchRefused` where it cannot be executed.
  func hold(_ request: LaunchRequest) throws -> pid_t {
    struct Answer: Decodable { var held: pid_t }
    return try JSONDecoder().decode(Answer.self, from: Data(ask("hold", request.words))).held
  }

  /// Waits for all programs that are held; those that have not ended by then are killed.
  /// - Parameter timeLimit: seconds; 0 kills them at once.
  func release(within timeLimit: Double) throws -> ReleasedPrograms {
    try JSONDecoder().decode(ReleasedPrograms.self, from: Data(ask("release", ["\(UInt64(timeLimit * 1e9))"])))
  }

  /// Runs a helper command and gives its report and the text it printed.
  func output(of command: [String], environment: [String: String] = [:], in folder: String, timeLimit: Double = 20) throws
    -> (report: LaunchReport, output: String, errors: String)
  {
    let output = folder + "/helper.output"
    let errors = folder + "/helper.errors"
    defer {
      unlink(output)
      unlink(errors)
    }
    let report = try run(
      LaunchRequest(command: command, environment: environment, folder: folder, output: output, errors: errors, timeLimit: timeLimit))
    func text(_ path: String) -> String { (try? Data(contentsOf: URL(filePath: path))).map { String(decoding: $0, as: UTF8.self) } ?? "" }
    return (report, text(output), text(errors))
  }

  /// Ends the launcher and everything it started, and waits until they are gone.
  func close() {
    guard requests >= 0 else { return }
    Glibc.close(requests)
    Glibc.close(answers)
    requests = -1
    while waitpid(process, nil, 0) < 0 && errno == EINTR {}
  }

  private func ask(_ verb: String, _ request: [String]) throws -> [UInt8] {
    try Interruption.check()
    let words = [verb] + request
    guard !words.contains(where: { $0.utf8.contains(0) }) else {
      throw WorkerError.badData("a word of the command contains a NUL character")
    }
    let body = Array(words.joined(separator: "\0").utf8)
    var message = withUnsafeBytes(of: UInt32(body.count).littleEndian) { Array($0) }
    message += body
    guard requests >= 0, Self.writeAll(requests, message), let line = try Self.readLine(answers, &pending, guestStart) else {
      throw WorkerError("harness-launcher has ended unexpectedly", exitCode: 70)
    }
    struct Refusal: Decodable { var error: String? }
    if let reason = try JSONDecoder().decode(Refusal.self, from: Data(line)).error {
      throw LaunchRefused(reason: reason)
    }
    return line
  }

  /// One line of the launcher, or nil at its end. Waits for an interruption as well.
  private static func readLine(_ descriptor: Int32, _ pending: inout [UInt8], _ guestStart: GuestStart? = nil) throws -> [UInt8]? {
    while true {
      if let end = pending.firstIndex(of: UInt8(ascii: "\n")) {
        let line = Array(pending[..<end])
        pending.removeSubrange(...end)
        return line
      }
      var watched = [
        pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0),
        pollfd(fd: Interruption.descriptor, events: Int16(POLLIN), revents: 0),
        pollfd(fd: guestStart?.descriptor ?? -1, events: Int16(POLLIN), revents: 0),
      ]
      _ = poll(&watched, 3, -1)
      try Interruption.check()
      if watched[2].revents != 0 { guestStart?.handle() }
      guard watched[0].revents != 0 else { continue }
      var chunk = [UInt8](repeating: 0, count: 4096)
      let count = read(descriptor, &chunk, chunk.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return nil }
      pending += chunk[..<count]
    }
  }

  private static func writeAll(_ descriptor: Int32, _ bytes: [UInt8]) -> Bool {
    bytes.withUnsafeBytes { bytes in
      var offset = 0
      while offset < bytes.count {
        let count = write(descriptor, bytes.baseAddress! + offset, bytes.count - offset)
        if count < 0, errno == EINTR { continue }
        guard count > 0 else { return false }
        offset += count
      }
      return true
    }
  }

  private static func makePipe() throws -> (read: Int32, write: Int32) {
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { throw WorkerError.system("pipe", errno) }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    return (ends[0], ends[1])
  }
}

/// The launcher could not set a trial up; the trial counts as not started.
struct LaunchRefused: Error {
  var reason: String
}
