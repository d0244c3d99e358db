import Foundation
import Observations

/// The specification's test scripts, proposal by proposal.
enum SpecSuite {
  /// A test for every script, not converted yet.
  /// - Throws: `CoordinatorError.missing` where a proposal has no script.
  static func tests(in top: String, _ proposals: [SuiteRequest.Proposal]) throws -> [SuiteTest] {
    guard isFolder(top) else { throw CoordinatorError(.missing, "\(top): no such folder; give the suite's: --suite DIR") }
    return try proposals.flatMap { proposal in
      let folder = absolutePath(proposal.folder, from: top)
      let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).filter { $0.hasSuffix(".wast") }.sorted()
      guard !names.isEmpty else {
        throw CoordinatorError(
          .missing, "\(folder): holds no script (.wast) of \(proposal.name); give a clone of WebAssembly/testsuite: --suite DIR")
      }
      return names.map { file in
        var test = SuiteTest(suite: proposal.name, name: String(file.dropLast(5)))
        test.script = TestScript(source: "\(folder)/\(file)", enable: proposal.enable, disable: proposal.disable)
        return test
      }
    }
  }
}
