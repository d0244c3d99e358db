import Foundation
import Observations

/// Finds a runtime on this machine.
public struct RuntimeDetection {
  private let checkout: Checkout
  private let environment: [String: String]
  private let isRoot: Bool

  /// - Parameters:
  ///   - environment: where PATH and the variables that executables are named by are looked up.
  ///   - isRoot: whether what needs root counts as found.
  public init(checkout: Checkout, environment: [String: String] = ProcessInfo.processInfo.environment, isRoot: Bool = geteuid() == 0) {
    self.checkout = checkout
    self.environment = environment
    self.isRoot = isRoot
  }

  /// A runtime ready to use, or why it is not and how to get it.
  public enum Finding: Equatable, Sendable {
    /// Ready; its executable's path, nil where the catalogue names none to look for.
    case found(RuntimeDescription, executable: String?)
    /// Not usable here: why, and how to get it.
    case missing(Unavailable)
  }

  /// Looks for the executable and what else the entry needs; runs nothing.
  public func find(_ entry: RuntimeEntry) -> Finding {
    func missing(_ reason: String, _ remedy: String? = nil) -> Finding {
      .missing(Unavailable(runtime: entry.name, reason: reason, remedy: remedy ?? entry.get))
    }
    var executable: String?
    if !entry.executable.isEmpty {
      var refusals: [String] = []
      for candidate in entry.executable {
        switch locate(candidate) {
        case .usable(let path): executable = path
        case .refused(let why, let remedy):
          if let remedy { return missing(why, remedy) }
          refusals.append(why)
        case .absent: break
        }
        if executable != nil { break }
      }
      if executable == nil {
        return missing(refusals.first ?? "not found (looked for \(entry.executable.map(expanded).joined(separator: ", ")))")
      }
    }
    for tool in entry.needs {
      guard case .usable = locate(tool) else { return missing("\(tool) not found") }
    }
    if entry.root, !isRoot { return missing("needs root", "run harness as root (sudo harness …)") }
    func words(_ template: [String]) -> [String] { template.map { expanded($0).replacing("{executable}", with: executable ?? "") } }
    var description = RuntimeDescription(
      name: entry.name, summary: entry.summary, path: entry.path, program: entry.program, command: words(entry.command),
      versionCommand: words(entry.versionCommand), reportsPhases: entry.reportsPhases)
    if entry.reportsCounts { description.reportsCounts = true }
    description.scriptCommand = entry.scriptCommand.map(words)
    if entry.reportsAssertions { description.reportsAssertions = true }
    description.prepareCommand = entry.prepareCommand.map(words)
    description.annotations = entry.annotations
    description.shim = entry.shim.map { words([$0])[0] }
    description.ociRuntime = entry.ociRuntime.map { words([$0])[0] }
    return .found(description, executable: executable)
  }

  private enum Location {
    case usable(String)
    case absent
    /// There is something, but it cannot be measured as it is; with a remedy, looking further would hide the easier way.
    case refused(String, remedy: String?)
  }

  private func expanded(_ word: String) -> String {
    word.replacing("{bin}", with: checkout.bin).replacing("{scenarios}", with: checkout.scenarios).replacing("{root}", with: checkout.root)
  }

  private func locate(_ candidate: String) -> Location {
    if candidate.hasPrefix("$") {
      guard let path = environment[String(candidate.dropFirst())], !path.isEmpty else { return .absent }
      return examine(absolutePath(path, from: FileManager.default.currentDirectoryPath), saying: "\(candidate) names \(path), which")
    }
    let word = expanded(candidate)
    if !word.contains("/") {
      var scripts: [String] = []
      for folder in (environment["PATH"] ?? "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin").split(separator: ":") {
        let path = "\(folder)/\(word)"
        guard isFile(path), access(path, X_OK) == 0 else { continue }
        if isScript(path) { scripts.append(path) } else { return .usable(path) }
      }
      guard let script = scripts.first else { return .absent }
      return .refused("\(script) is a script around the executable, and its start would be measured too", remedy: nil)
    }
    guard word.contains("*") else { return isFile(word) ? examine(word, saying: word) : .absent }
    guard let path = matches(of: word).first else { return .absent }
    return examine(path, saying: path)
  }

  private func examine(_ path: String, saying name: String) -> Location {
    guard isFile(path) else { return .refused("\(name) is no file", remedy: nil) }
    guard access(path, X_OK) == 0 else { return .refused("\(name) may not be executed", remedy: "chmod +x \(path)") }
    if isScript(path) { return .refused("\(name) is a script around the executable, and its start would be measured too", remedy: nil) }
    return .usable(path)
  }

  private func isScript(_ path: String) -> Bool {
    guard let file = FileHandle(forReadingAtPath: path) else { return false }
    defer { try? file.close() }
    return (try? file.read(upToCount: 2)) == Data("#!".utf8)
  }

  private func matches(of pattern: String) -> [String] {
    var result = glob_t()
    defer { globfree(&result) }
    guard glob(pattern, 0, nil, &result) == 0 else { return [] }
    return (0..<Int(result.gl_pathc)).compactMap { result.gl_pathv[$0].map { String(cString: $0) } }
  }
}
