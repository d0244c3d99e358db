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
    checkShim(path)
    checkCommand(path)
    checkScripts(path)
    checkPrepare(path)
    checkPlaceholders()
    checkGet()
  }

  /// Containers have no engine for modules in them, but for those of a shim that is one.
  private func checkProgram(_ path: RuntimePath?, _ program: ProgramKind?) {
    guard let path, path != .process, program == .module, let node = fields.node(.program) else { return }
    if path == .oci {
      document.problem("the path oci runs native programs only; write program: native, or path: process", at: node)
    } else if fields.node(.shim) == nil {
      document.problem(
        "the path \(path.rawValue) runs modules by a shim only; add shim: \"{executable}\", or write program: native", at: node)
    }
  }

  /// A shim and what it calls: places of programs, on roads that have a containerd.
  private func checkShim(_ path: RuntimePath?) {
    for key in [RuntimeKey.shim, .ociRuntime, .annotations] {
      guard let node = fields.node(key), let path else { continue }
      if !path.needsContainerd {
        document.problem(
          "\"\(key.rawValue)\" means nothing with the path \(path.rawValue), which has no containerd; leave it out", at: node)
      } else if key != .annotations, let word = node.scalar?.string, !Self.places.contains(where: word.hasPrefix) {
        document.problem("\"\(key.rawValue)\" is an absolute path or \"{executable}\", found \(kind(of: node))", at: node)
      }
    }
    if fields.node(.shim) != nil, let node = fields.node(.ociRuntime) {
      document.problem("only the shim of runc calls another OCI runtime; give \"shim\" or \"ociRuntime\", not both", at: node)
    }
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
    guard path?.needsContainerd != true else {
      document.problem(
        path == .tasks
          ? "a command means nothing with the path tasks, which starts no client; leave it out"
          : "a command means nothing with the path containerd, which starts ctr; leave it out", at: node)
      return
    }
    if let word = first.scalar?.string, !Self.programs.contains(where: word.hasPrefix) {
      document.problem(
        "a command begins with an absolute path or a placeholder of one, found \(kind(of: first)); "
          + "name it under \"executable\" and write \"{executable}\"", at: first)
    }
  }

  /// A command for scripts is one of a bare process, and is given a script.
  private func checkScripts(_ path: RuntimePath?) {
    guard let node = fields.node(.scripts) else {
      if let node = fields.node(.reportsAssertions) {
        document.problem("\"reportsAssertions\" is about the command of \"scripts\"; add it, or leave this out", at: node)
      }
      return
    }
    if let path, path != .process {
      document.problem("scripts are run by bare processes only, not on the path \(path.rawValue); leave \"scripts\" out", at: node)
    }
    let words = words(.scripts)
    let hasScript = words.contains { $0.contains("{script}") || $0.contains("{source}") }
    if !hasScript || !Self.programs.contains(where: { words.first?.hasPrefix($0) ?? false }) {
      document.problem(
        "a command for scripts begins with a place of a program and has {script} or {source} (for instance: [\"{executable}\", wast, \"{source}\"])",
        at: node)
    }
  }

  /// What is made beforehand is made for a bare process, and for its command.
  private func checkPrepare(_ path: RuntimePath?) {
    let isUsed = words(.command).contains { $0.contains("{prepared}") }
    guard let node = fields.node(.prepare) else {
      if isUsed, let command = fields.node(.command) {
        document.problem(
          "{prepared} is nothing without the key \"prepare\" (for instance: prepare: \(Self.preparing))", at: command)
      }
      return
    }
    if let path, path != .process {
      document.problem("only bare processes are prepared, not the path \(path.rawValue); leave \"prepare\" out", at: node)
    }
    let words = words(.prepare)
    if !words.contains(where: { $0.contains("{prepared}") }) || !Self.programs.contains(where: { words.first?.hasPrefix($0) ?? false }) {
      document.problem(
        "a command that prepares begins with a place of a program and has {prepared}, the path of what it makes "
          + "(for instance: \(Self.preparing))", at: node)
    }
    if !isUsed {
      document.problem("nothing uses what \"prepare\" makes; write {prepared} into \"command\", or leave \"prepare\" out", at: node)
    }
  }

  /// Placeholders that are known, and `{executable}` only where there is one.
  private func checkPlaceholders() {
    let lists = [RuntimeKey.command, .version, .scripts, .prepare].compactMap(fields.node).compactMap(\.sequence).joined()
    for word in Array(lists) + [RuntimeKey.shim, .ociRuntime].compactMap(fields.node) {
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
  private static let preparing = "[\"{executable}\", compile, -o, \"{prepared}\", \"{module}\"]"
  /// How a place of a program begins that the worker starts no guest with.
  private static let places = ["/", "{executable}", "{bin}/", "{root}/"]
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
