import Foundation
import Observations
import Yams

/// The runtimes of `scenarios/runtimes.yaml`.
public struct RuntimeCatalog: Sendable {
  public var path: String
  public var entries: [RuntimeEntry]

  public init(path: String, entries: [RuntimeEntry]) {
    self.path = path
    self.entries = entries
  }

  public var names: [String] { entries.map(\.name) }

  public func entry(named name: String) -> RuntimeEntry? { entries.first { $0.name == name } }

  /// - Throws: `CoordinatorError` with every problem of the file.
  public static func read(_ path: String) throws -> RuntimeCatalog {
    let document = YAMLDocument(path: path)
    let root = Fields<CatalogKey>(try document.root(), in: document, of: "the runtimes file")
    var entries: [RuntimeEntry] = []
    if let node = root.required(.runtimes, of: "the runtimes file", like: "{native: …}") {
      if let mapping = node.mapping {
        entries = mapping.compactMap { entry($0.key, $0.value, in: document) }
      } else {
        document.problem("\"runtimes\" must be names and their settings, found \(kind(of: node))", at: node)
      }
    }
    try document.throwProblems()
    return RuntimeCatalog(path: path, entries: entries)
  }

  private static func entry(_ key: Node, _ value: Node, in document: YAMLDocument) -> RuntimeEntry? {
    let name = document.identifier(key, for: "a runtime's name")
    let what = name.map { "runtime \"\($0)\"" } ?? "this runtime"
    guard let mapping = value.mapping else {
      document.problem("\(what) must be keys and values, found \(kind(of: value))", at: value)
      return nil
    }
    let fields = Fields<RuntimeKey>(mapping, in: document, of: what)
    let path = fields.required(.path, of: what, like: "process").flatMap { _ in fields.choice(.path, of: RuntimePath.self) }
    let program = fields.required(.program, of: what, like: "module").flatMap { _ in fields.choice(.program, of: ProgramKind.self) }
    RuntimeRules(document: document, fields: fields, what: what).check(path: path, program: program)
    let command = fields.texts(.command) ?? []
    guard let name, let path, let program else { return nil }
    return RuntimeEntry(
      name: name, summary: fields.text(.summary) ?? name, path: path, program: program, executable: fields.texts(.executable) ?? [],
      needs: fields.texts(.needs) ?? [], command: command, versionCommand: fields.texts(.version) ?? [],
      reportsPhases: fields.flag(.reportsPhases) ?? false, reportsCounts: fields.flag(.reportsCounts) ?? false,
      mapsFolders: fields.flag(.mapsFolders) ?? true,
      root: fields.flag(.root) ?? false,
      get: fields.node(.get)?.scalar?.string ?? "")
  }

  /// What may stand in braces in a command; `executable`, `bin`, `scenarios` and `root` are replaced here, the rest by the worker.
  static let placeholders = ["executable", "bin", "scenarios", "root", "module", "native", "arguments", "environment", "folder"]
}

/// One runtime as the file describes it.
public struct RuntimeEntry: Sendable, Equatable {
  public var name: String
  public var summary: String
  public var path: RuntimePath
  public var program: ProgramKind
  /// Where its executable may be, best first: a name looked up on PATH, a path, `$VARIABLE`, or a pattern with `*`.
  public var executable: [String]
  /// Further executables it cannot do without.
  public var needs: [String]
  public var command: [String]
  public var versionCommand: [String]
  public var reportsPhases: Bool
  public var reportsCounts = false
  /// False where the runtime shows a guest host folders under their host paths only.
  public var mapsFolders: Bool
  /// True where it runs as root only.
  public var root: Bool
  /// One line: how to get it.
  public var get: String
}

/// Keys of the runtimes file.
enum CatalogKey: String, CaseIterable { case runtimes }

/// Keys of one runtime.
enum RuntimeKey: String, CaseIterable {
  case summary, path, program, executable, needs, command, version, reportsPhases, reportsCounts, mapsFolders, root, get
}

extension ProgramKind: CaseIterable {
  public static var allCases: [ProgramKind] { [.module, .native] }
}
