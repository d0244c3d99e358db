import Foundation
import Observations
import Yams

/// The runtimes of `scenarios/runtimes.yaml`.
public struct RuntimeCatalog: Sendable {
  /// The file it was read from, for messages.
  public var path: String
  /// In the file's order, each name once.
  public var entries: [RuntimeEntry]

  /// - Parameters: as the properties of the same names.
  public init(path: String, entries: [RuntimeEntry]) {
    self.path = path
    self.entries = entries
  }

  /// In the file's order.
  public var names: [String] { entries.map(\.name) }

  /// Nil where the catalogue has none of this name.
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
      mapsFolders: fields.flag(.mapsFolders) ?? true, shim: fields.text(.shim), ociRuntime: fields.text(.ociRuntime),
      root: fields.flag(.root) ?? false,
      get: fields.node(.get)?.scalar?.string ?? "", scriptCommand: fields.texts(.scripts),
      reportsAssertions: fields.flag(.reportsAssertions) ?? false, prepareCommand: fields.texts(.prepare),
      annotations: fields.variables(.annotations, like: "{org.example.mode: x}", naming: "an annotation"))
  }

  /// What may stand in braces in a command; `executable`, `bin`, `scenarios` and `root` are replaced here, the rest by the worker.
  static let placeholders = [
    "executable", "bin", "scenarios", "root", "module", "native", "arguments", "environment", "folder", "script", "source",
    "enable", "disable", "prepared", "instances",
  ]
}

/// One runtime as the file describes it.
public struct RuntimeEntry: Sendable, Equatable {
  /// Its key in the file; scenarios name it.
  public var name: String
  /// One line for people; the name where the file says nothing.
  public var summary: String
  /// The road to the guest.
  public var path: RuntimePath
  /// Decides whether it runs a workload's module or its native executable.
  public var program: ProgramKind
  /// Where its executable may be, best first: a name looked up on PATH, a path, `$VARIABLE`, or a pattern with `*`.
  public var executable: [String]
  /// Further executables it cannot do without.
  public var needs: [String]
  /// Needed where the path is `.process`; its placeholders are in `Docs/formats.md`, the runtimes file.
  public var command: [String]
  /// Prints the version, with placeholders as in `command`; empty where it cannot be asked.
  public var versionCommand: [String]
  /// True where the command understands `--phases-fd N`.
  public var reportsPhases: Bool
  /// True where the command understands `--counts-fd N`.
  public var reportsCounts = false
  /// False where the runtime shows a guest host folders under their host paths only.
  public var mapsFolders: Bool
  /// Path of the containerd shim, with placeholders as in `command`; nil for that of runc.
  public var shim: String?
  /// Path of the OCI runtime that runc's shim calls, with placeholders as in `command`; nil for runc.
  public var ociRuntime: String?
  /// True where it runs as root only.
  public var root: Bool
  /// One line: how to get it.
  public var get: String
  /// The command for test scripts, with placeholders of its own; nil where it runs none.
  public var scriptCommand: [String]?
  /// True where that command understands `--assertions-fd N`.
  public var reportsAssertions = false
  /// Makes what `{prepared}` stands for in `command`, with placeholders as there; nil where nothing is to be made.
  public var prepareCommand: [String]?
  /// Annotations of the container, by name; nil for none.
  public var annotations: [String: String]?

  /// Whether one process holds all instances of a density trial.
  public var holdsInstances: Bool { command.contains { $0.contains("{instances}") } }
}

/// Keys of the runtimes file.
enum CatalogKey: String, CaseIterable { case runtimes }

/// Keys of one runtime.
enum RuntimeKey: String, CaseIterable {
  case summary, path, program, executable, needs, command, version, reportsPhases, reportsCounts, mapsFolders, shim, ociRuntime, root,
    get, scripts, reportsAssertions, prepare, annotations
}

extension ProgramKind: CaseIterable {
  /// Those that the runtimes file may name.
  public static var allCases: [ProgramKind] { [.module, .native] }
}
