import FoundationEssentials
import Glibc

/// What `harness-launcher`, which times and counts trials, says that it cannot do on this machine.
public struct LauncherAbilities: Sendable {
  /// Name → why not; nil where nobody could be asked.
  private let lacking: [String: String]?
  /// Why nobody could be asked.
  private let silence: String

  /// - Parameter lacking: name of the ability → why it is not to be had.
  public init(lacking: [String: String]) {
    self.lacking = lacking
    silence = ""
  }

  private init(silence: String) {
    lacking = nil
    self.silence = silence
  }

  /// Asks the launcher, which tries.
  /// - Parameter launcher: its path.
  public static func ask(_ launcher: String) -> LauncherAbilities {
    struct Greeting: Decodable { var lacking: [String: String] }
    guard access(launcher, X_OK) == 0 else { return LauncherAbilities(silence: "\(launcher) has not been built") }
    guard let text = try? answer(of: [launcher, "serve"]), let greeting = try? JSONDecoder().decode(Greeting.self, from: Data(text)) else {
      return LauncherAbilities(silence: "\(launcher) gave no answer")
    }
    return LauncherAbilities(lacking: greeting.lacking)
  }

  enum Lack { case nothing, lacking(String), unknown(String) }

  func lack(of ability: String) -> Lack {
    guard let lacking else { return .unknown(silence) }
    return lacking[ability].map(Lack.lacking) ?? .nothing
  }

  private static func answer(of words: [String]) throws(SystemFailure) -> [UInt8] {
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { throw SystemFailure() }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    defer { close(ends[0]) }
    let child: ChildProgram
    do {
      defer { close(ends[1]) }
      child = try ChildProgram(words, output: ends[1])
    }
    let text = try readAll(ends[0])
    _ = child.exitCode(waiting: true)
    return text
  }
}
