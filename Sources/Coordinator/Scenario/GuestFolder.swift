import Foundation
import Observations

/// Modules of a folder as workloads: every `.wasm` in it and in the folders right below it.
public enum GuestFolder {
  /// - Throws: `CoordinatorError` where there is no module, or one that cannot be taken: unreadable, or in need of more than WASI.
  public static func workloads(in folder: String, template: GuestTemplate) throws -> [ScenarioWorkload] {
    let top = absolutePath(folder, from: FileManager.default.currentDirectoryPath)
    guard isFolder(top) else { throw CoordinatorError(.missing, "--guests \(folder): no such folder") }
    var problems: [String] = []
    let modules = modules(in: top, problems: &problems)
    guard !modules.isEmpty || !problems.isEmpty else {
      throw CoordinatorError(.missing, "--guests \(folder): no .wasm file in it or in the folders right below it")
    }
    let stems = modules.map { URL(fileURLWithPath: $0).deletingPathExtension().lastPathComponent }
    var workloads: [ScenarioWorkload] = []
    for (module, stem) in zip(modules, stems) {
      let url = URL(fileURLWithPath: module)
      let home = url.deletingLastPathComponent()
      let isAlone = stems.count { $0 == stem } == 1 && stem != "benchmark"
      let name = identifier(
        isAlone || home.path == top ? stem : stem == "benchmark" ? home.lastPathComponent : home.lastPathComponent + "-" + stem)
      if importsBench(module) {
        problems.append(
          "\(module): imports bench.start, which only a sightglass recorder provides; make them empty functions first (Docs/formats.md, Guests of others)"
        )
        continue
      }
      let expected = [stem + ".stdout.expected", stem + ".expected", "default.stdout.expected"].map { home.appendingPathComponent($0).path }
      let output = expected.first(where: isFile).flatMap(textFile)
      workloads.append(
        ScenarioWorkload(
          name: name, module: module, arguments: template.arguments, environment: template.environment,
          directory: template.directory.map { WorkingDirectory(host: home.path, guest: $0) }, expected: Expectation(output: output)))
    }
    if !problems.isEmpty { throw CoordinatorError(.badData, lines: problems) }
    return workloads
  }

  /// The modules of a folder and of those right below it. One that cannot be taken is a problem, not left out.
  private static func modules(in folder: String, problems: inout [String]) -> [String] {
    guard let entries = FolderEntry.all(in: folder) else {
      problems.append("\(folder): cannot be read (\(String(cString: strerror(errno))))")
      return []
    }
    var modules: [String] = []
    for entry in entries {
      let isModule = entry.hasSuffix(".wasm")
      guard entry.kind == .folder else {
        if isModule { take(entry, into: &modules, problems: &problems) }
        continue
      }
      guard let below = entry.below else {
        problems.append("\(entry.shownPath): cannot be read (\(String(cString: strerror(errno))))")
        continue
      }
      for module in below where module.hasSuffix(".wasm") && module.kind != .folder { take(module, into: &modules, problems: &problems) }
    }
    return modules
  }

  private static func take(_ module: FolderEntry, into modules: inout [String], problems: inout [String]) {
    switch (module.kind, module.path) {
    case (.file, let path?): modules.append(path)
    case (.file, nil): problems.append("\(module.shownPath): its path is not UTF-8 text; rename it")
    case (.danglingLink, _): problems.append("\(module.shownPath): a link to nothing; mend or remove it")
    default: problems.append("\(module.shownPath): no file; remove it")
    }
  }

  /// A file name with everything that may not stand in a workload's name replaced.
  private static func identifier(_ text: String) -> String {
    String(text.map { $0.isASCII && ($0.isLetter || $0.isNumber || "-_.".contains($0)) ? $0 : "-" }.prefix(64))
  }

  /// Whether the import section names the module "bench" with a function "start" (both length-prefixed names, one after the other).
  private static func importsBench(_ path: String) -> Bool {
    guard let data = try? Data(contentsOf: URL(fileURLWithPath: path), options: .mappedIfSafe) else { return false }
    return data.prefix(1 << 20).range(of: Data([5] + Array("bench".utf8) + [5] + Array("start".utf8))) != nil
  }
}
