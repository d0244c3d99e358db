import Foundation
import JSON
import Observations

/// The tests of a WASI test suite: folders with a `manifest.json`, each a suite of modules.
enum WASISuite {
  /// The tests below a folder. One that preview 1 cannot run is among them, with the reason.
  /// - Throws: `CoordinatorError`: `.missing` where there is no test, `.badData` for manifests that make no sense, all of them.
  static func tests(in top: String) throws -> [SuiteTest] {
    guard isFolder(top) else { throw CoordinatorError(.missing, "\(top): no such folder; give the suite's: --suite DIR") }
    var tests: [SuiteTest] = []
    var problems: [String] = []
    for folder in suiteFolders(in: top) {
      do throws(CoordinatorError) {
        let suite = try Suite(folder)
        for module in try names(in: folder) where module.hasSuffix(".wasm") {
          do throws(CoordinatorError) {
            tests.append(try test(String(module.dropLast(5)), of: suite))
          } catch {
            problems += error.lines
          }
        }
      } catch {
        problems += error.lines
      }
    }
    guard problems.isEmpty else { throw CoordinatorError(.badData, lines: problems) }
    guard !tests.isEmpty else {
      throw CoordinatorError(
        .missing,
        "\(top): holds no tests (folders with manifest.json and .wasm files); give the branch prod/testsuite-base of WebAssembly/wasi-testsuite"
      )
    }
    return tests
  }

  private static let ownVersion = "wasm32-wasip1"

  private struct Suite {
    var folder: String
    var name: String
    /// For instance `wasm32-wasip1`.
    var version = WASISuite.ownVersion

    init(_ folder: String) throws(CoordinatorError) {
      self.folder = folder
      name = URL(fileURLWithPath: folder).lastPathComponent
      let path = folder + "/manifest.json"
      guard isFile(path) else { return }
      guard let text = textFile(path), let document = try? JSONValue(reading: Array(text.utf8)), let members = document.members else {
        throw CoordinatorError(.badData, "\(path): is no JSON object")
      }
      for member in members {
        guard let value = member.value.string, !value.isEmpty else {
          throw CoordinatorError(.badData, "\(path): \"\(member.name)\" must be a text")
        }
        switch member.name {
        case "name": name = value
        case "version": version = value
        default:
          throw CoordinatorError(
            .badData, "\(path): unknown member \"\(member.name)\"\(suggestion(for: member.name, among: ["name", "version"]))")
        }
      }
    }
  }

  private static func test(_ name: String, of suite: Suite) throws(CoordinatorError) -> SuiteTest {
    let path = "\(suite.folder)/\(name)"
    var manifest = WASIManifest()
    if isFile(path + ".json") { manifest = try WASIManifest.read(path + ".json") }
    var test = SuiteTest(suite: suite.name, name: name)
    test.module = path + ".wasm"
    test.arguments = manifest.arguments
    test.environment = manifest.environment
    test.input = manifest.input.isEmpty ? nil : manifest.input
    test.expected = Expectation(output: manifest.output, exitCode: manifest.exitCode)
    test.expected.isBeginning = true
    test.expected.errors = manifest.errors.isEmpty ? nil : manifest.errors
    test.obstacle = suite.version == ownVersion ? manifest.obstacle : "is of \(suite.version), the runtimes have preview 1"
    if let root = manifest.root, test.obstacle == nil {
      test.root = "\(suite.folder)/\(root)"
      guard isFolder("\(suite.folder)/\(root)") else {
        throw CoordinatorError(.badData, "\(path).json: \"root\" is \"\(root)\", and there is no such folder beside it")
      }
    }
    return test
  }

  /// The folder itself where it holds modules, and every one below it with a `manifest.json`, in the order of their paths.
  private static func suiteFolders(in top: String) -> [String] {
    var folders: [String] = []
    let names = (try? names(in: top)) ?? []
    if names.contains("manifest.json") || names.contains(where: { $0.hasSuffix(".wasm") }) { return [top] }
    for name in names where !name.hasPrefix(".") && isFolder("\(top)/\(name)") { folders += suiteFolders(in: "\(top)/\(name)") }
    return folders
  }

  private static func names(in folder: String) throws(CoordinatorError) -> [String] {
    do { return try FileManager.default.contentsOfDirectory(atPath: folder).sorted() } catch {
      throw CoordinatorError(.missing, "\(folder): cannot be read (\(systemReason(error)))")
    }
  }
}
