import Observations
import Yams

/// What the keys of one runtime must be beyond their types, and what they must say together: a runtime that could never run is refused
/// where it is written, not found to be broken when it is measured.
struct RuntimeRules {
  let document: YAMLDocument
  let fields: Fields<RuntimeKey>
  /// The runtime, in the words of messages.
  let what: String

  /// Reports every rule that is broken; `path` and `program` are nil where they are no known words.
  func check(path: RuntimePath?, program: ProgramKind?) {
    checkProgram(path, program)
    checkCommand(path)
    checkPlaceholders()
    checkGet()
  }

  /// Containers have no engine for modules in them.
  private func checkProgram(_ path: RuntimePath?, _ program: ProgramKind?) {
    guard let path, path != .process, program == .module, let node = fields.node(.program) else { return }
    document.problem("the path \(path.rawValue) runs native programs only; write program: native, or path: process", at: node)
  }

  private func checkCommand(_ path: RuntimePath?) {
    guard let node = fields.node(.command) else {
      if path == .process {
        document.problem("\(what) needs the key \"command\", because its path is process", at: fields.mapping)
      } else if path == .oci, let executable = fields.node(.executable), !words(.executable).allSatisfy(isRunc) {
        document.problem("the path oci starts runc unless the command names another; add command: [\"{executable}\"]", at: executable)
      }
      return
    }
    guard let words = node.sequence else { return }
    guard let first = words.first else {
      document.problem("the command of \(what) is empty (for instance: command: \(Self.example))", at: node)
      return
    }
    guard path != .containerd else {
      document.problem("a command means nothing with the path containerd, which starts ctr; leave it out", at: node)
      return
    }
    if let word = first.scalar?.string, !Self.programs.contains(where: word.hasPrefix) {
      document.problem(
        "a command begins with an absolute path or a placeholder of one, found \(kind(of: first)); "
          + "name it under \"executable\" and write \"{executable}\"", at: first)
    }
  }

  /// Placeholders that are known, and `{executable}` only where there is one.
  private func checkPlaceholders() {
    for word in [RuntimeKey.command, .version].compactMap(fields.node).compactMap(\.sequence).joined() {
      guard let text = word.scalar?.string else { continue }
      if let unknown = unknownPlaceholder(in: text) {
        document.problem("unknown placeholder {\(unknown)}\(suggestion(for: unknown, among: RuntimeCatalog.placeholders))", at: word)
      }
      if text.contains("{executable}"), words(.executable).isEmpty {
        document.problem(
          "{executable} is nothing without the key \"executable\" (for instance: executable: [\"$ENGINE\", engine])", at: word)
      }
    }
  }

  /// Without it nobody is told how to get a runtime that is missing.
  private func checkGet() {
    guard let node = fields.required(.get, of: what, like: "apt-get install engine"), let text = document.text(node, for: "get") else {
      return
    }
    if text.allSatisfy(\.isWhitespace) || text.contains(where: \.isNewline) {
      document.problem("\"get\" must be one line that says how to get the runtime (for instance: get: apt-get install engine)", at: node)
    }
  }

  // MARK: Parts

  private static let example = "[\"{executable}\", \"{module}\", \"{arguments}\"]"
  /// How a word that names a program begins.
  private static let programs = ["/", "{executable}", "{native}", "{module}", "{bin}/", "{scenarios}/", "{root}/"]

  private func words(_ key: RuntimeKey) -> [String] { fields.node(key)?.sequence?.compactMap { $0.scalar?.string } ?? [] }

  private func isRunc(_ candidate: String) -> Bool { candidate.split(separator: "/").last == "runc" }

  private func unknownPlaceholder(in word: String) -> String? {
    guard word.hasPrefix("{"), let end = word.firstIndex(of: "}") else { return nil }
    let name = String(word[word.index(after: word.startIndex)..<end].prefix { $0 != ":" })
    return RuntimeCatalog.placeholders.contains(name) ? nil : name
  }
}
