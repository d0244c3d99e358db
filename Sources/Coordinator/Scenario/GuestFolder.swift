import Foundation
import Observations

/// Modules of a folder as workloads: every `.wasm` in it and in the folders right below it.
public enum GuestFolder {
  /// - Throws: `CoordinatorError` where there is no module, or one that needs more than WASI.
  public static func workloads(in folder: String, template: GuestTemplate) throws -> [ScenarioWorkload] {
    let top = absolutePath(folder, from: FileManager.default.currentDirectoryPath)
    guard isFolder(top) else { throw CoordinatorError(.missing, "--guests \(folder): no such folder") }
    let modules = modules(in: top)
    guard !modules.isEmpty else {
      throw CoordinatorError(.missing, "--guests \(folder): no .wasm file in it or in the folders right below it")
    }
    let stems = modules.map { URL(fileURLWithPath: $0).deletingPathExtension().lastPathComponent }
    var problems: [String] = []
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

  private static func modules(in folder: String) -> [String] {
    let manager = FileManager.default
    let names = ((try? manager.contentsOfDirectory(atPath: folder)) ?? []).sorted()
    var modules: [String] = []
    for name in names {
      let path = folder + "/" + name
      if name.hasSuffix(".wasm"), isFile(path) {
        modules.append(path)
      } else if isFolder(path) {
        let below = ((try? manager.contentsOfDirectory(atPath: path)) ?? []).sorted()
        modules += below.filter { $0.hasSuffix(".wasm") }.map { path + "/" + $0 }.filter(isFile)
      }
    }
    return modules
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
