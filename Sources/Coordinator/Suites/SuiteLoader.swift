import Foundation
import Observations

/// Finds a suite, reads its tests and what is known of them, and makes them workloads.
struct SuiteLoader {
  let request: SuiteRequest
  let options: SuiteOptions
  let checkout: Checkout
  /// Told what takes time, a line each.
  var tell: (String) -> Void = { _ in }
  var environment = ProcessInfo.processInfo.environment

  /// - Parameters:
  ///   - runtimes: those that are here; scripts are converted where one of them needs it.
  ///   - notes: gets what of the expectations files counts for nothing.
  /// - Throws: `CoordinatorError`.
  func workloads(for runtimes: [RuntimeDescription], notes: inout [String]) throws -> [ScenarioWorkload] {
    let folder = try folder()
    var tests = try request.kind == .spec ? SpecSuite.tests(in: folder, request.proposals) : WASISuite.tests(in: folder)
    let expectations = try expectations(of: runtimes, tests, &notes)
    tests = try chosen(tests)
    if runtimes.contains(where: { $0.scriptCommand?.contains { $0.contains("{script}") } ?? false }) { try convert(&tests) }
    return tests.map { test in
      var workload = ScenarioWorkload(name: "\(test.suite)/\(test.name)")
      workload.module = test.module
      workload.arguments = test.arguments
      workload.environment = test.environment
      workload.input = test.input
      workload.expected = test.expected
      workload.test = test
      for (runtime, file) in expectations { workload.test?.expectations[runtime] = file.entry(test.suite, test.name) }
      return workload
    }
  }

  // MARK: Parts

  private func folder() throws -> String {
    let here = FileManager.default.currentDirectoryPath
    if let folder = options.folder { return absolutePath(folder, from: here) }
    if let folder = environment[request.variable], !folder.isEmpty { return absolutePath(folder, from: here) }
    guard let files = request.files else {
      throw CoordinatorError(
        .missing,
        "the suite is not here, and nothing was tested; give a clone of WebAssembly/testsuite: --suite DIR, or set \(request.variable) to it"
      )
    }
    let suite = FetchedSuite(try FileList(files))
    try suite.complete(from: options.source, tell: tell)
    return suite.folder
  }

  private func chosen(_ tests: [SuiteTest]) throws -> [SuiteTest] {
    guard let names = options.names else { return tests }
    for name in names where !tests.contains(where: { $0.isNamed(name) }) {
      throw CoordinatorError(.usage, "the suite has no test \"\(name)\"\(suggestion(for: name, among: tests.map(\.name)))")
    }
    return tests.filter { test in names.contains(where: test.isNamed) }
  }

  private func expectations(
    of runtimes: [RuntimeDescription], _ tests: [SuiteTest], _ notes: inout [String]
  ) throws -> [String: Expectations] {
    let paths = request.expectations.merging(options.expectations) { $1 }.filter { name, _ in runtimes.contains { $0.name == name } }
    let files = try paths.mapValues { try Expectations($0) }
    let names = Dictionary(grouping: tests, by: \.suite).mapValues { Set($0.map(\.name)) }
    let unknown = files.keys.sorted().flatMap { files[$0]!.unknown(among: names) }
    guard unknown.isEmpty else { throw CoordinatorError(.badData, lines: unknown.uniqued) }
    // One file may be that of several runtimes.
    notes += files.keys.sorted().flatMap { files[$0]!.strangers(among: tests.map(\.suite).uniqued) }.uniqued
    return files
  }

  private func convert(_ tests: inout [SuiteTest]) throws {
    let indices = tests.indices.filter { tests[$0].script != nil }
    guard !indices.isEmpty else { return }
    let conversion = try ScriptConversion(checkout)
    let sources = indices.map { tests[$0].script!.source }
    for ((index, source), result) in zip(zip(indices, sources), conversion.convert(sources)) {
      switch result {
      case .success(let path): tests[index].script?.converted = path
      case .failure(let refusal): tests[index].unconverted = "\(source) cannot be converted: \(refusal.reason)"
      }
    }
  }
}
