import ArgumentParser
import Coordinator
import Foundation
import Observations
import Report

/// `harness conformance`: the official test suites, in any runtime.
struct ConformanceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "conformance", abstract: "Runs an official test suite in any of the runtimes.",
    discussion: """
      EXAMPLES:
        harness conformance wasi
        harness conformance spec --suite ~/testsuite --runtimes interpreter,wasmtime --html page

      --html writes a page: the verdict, what failed, a matrix of runtimes and proposals, and why anything was skipped. --csv has a row for
      every assertion, --junit a test case for every one that did not simply pass.
      """, subcommands: [SpecCommand.self, WASICommand.self])
}

/// `harness conformance spec`: the scripts of the WebAssembly specification.
struct SpecCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "spec", abstract: "Runs the test scripts of the WebAssembly specification, assertion by assertion.",
    discussion: """
      EXAMPLES:
        harness conformance spec --suite ~/testsuite
        harness conformance spec i32 threads/atomic --runtimes interpreter,wasmtime --junit spec.xml

      The suite is a clone of WebAssembly/testsuite, given by --suite or the variable HARNESS_SPEC_SUITE; scenarios/spec.yaml says which of its
      folders are run with which features. Ends with 0 where everything passed or failed as is known, 1 where something did not, 4 where
      nothing could be tested, 69 where the suite is not here.
      """)

  @OptionGroup var options: ConformanceOptions

  func run() throws { try options.run("spec") }
}

/// `harness conformance wasi`: the test suite of WASI preview 1.
struct WASICommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "wasi", abstract: "Runs the test suite of WASI preview 1.",
    discussion: """
      EXAMPLES:
        harness conformance wasi
        harness conformance wasi --runtimes interpreter,wasmtime --json wasi.json --junit wasi.xml
        harness conformance wasi --suite ~/wasi-testsuite fd_readdir

      The suite is the branch prod/testsuite-base of WebAssembly/wasi-testsuite. Without --suite and the variable HARNESS_WASI_SUITE its files
      are fetched once, each checked against scenarios/wasi-testsuite.sha256. Ends as "harness conformance spec" does.
      """)

  @OptionGroup var options: ConformanceOptions
  @Option(help: ArgumentHelp("Fetch the suite's files from this folder instead (HTTPS, or HTTP from this machine).", valueName: "URL"))
  var from: String?

  func run() throws { try options.run("wasi", from: from) }
}

/// What both suites are told.
struct ConformanceOptions: ParsableArguments {
  @Argument(help: ArgumentHelp("Only these tests, by name or SUITE/NAME.", valueName: "NAME"))
  var names: [String] = []
  @Option(help: ArgumentHelp("The suite's folder.", valueName: "DIR"))
  var suite: String?
  @Option(help: ArgumentHelp("Run it in these runtimes instead of the scenario's.", valueName: "a,b"))
  var runtimes: String?
  @Option(
    help: ArgumentHelp(
      "What is known to fail (TOML), in every runtime or in one; may be repeated. What is marked and passes fails the run.",
      valueName: "[RUNTIME=]FILE"))
  var expectations: [String] = []
  @OptionGroup var results: ResultsOptions
  @Option(help: ArgumentHelp("Write a self-contained page (index.html) into this folder.", valueName: "DIR"))
  var html: String?
  @OptionGroup var forms: FormOptions
  @Option(help: ArgumentHelp("Write JSON in the form of the WASI test suite's own runner.", valueName: "FILE|-"))
  var json: String?

  func validate() throws {
    try forms.check([("--json -", json == "-")])
  }

  /// Plans, runs and tells; ends with the verdict's exit code.
  func run(_ scenario: String, from source: String? = nil) throws {
    let checkout = try Checkout.current()
    let interruption = try Interruption.watch()
    try checkout.checkWorker()
    let plan = try plan(scenario, checkout, from: source)
    let store = try Store(at: results.database)
    try store.create(plan)
    try Measuring(store: store, checkout: checkout, interruption: interruption, repeated: results.repeated).measure(plan)
    let measured = try store.results(of: plan.run.id)
    let report = ConformanceReport(measured)
    if json != "-", !forms.isPrinted {
      Console.print(report.terminal(color: Console.hasColor, width: Console.width(of: 1)), styled: true)
      Console.print("\n" + columns([["run", plan.run.id], ["database", store.path]]))
    }
    if let html { Console.error("wrote \(try OutputFile.writing(html) { try ConformancePage.write(measured, to: html) })") }
    try forms.write(markdown: report.markdown(of: measured.run), csv: report.csv(), junit: report.junit())
    if let json { try OutputFile.write(report.testsuiteJSON(of: measured.run), to: json) }
    try ConformanceVerdict(measured).check()
  }

  private func plan(_ name: String, _ checkout: Checkout, from source: String?) throws -> Plan {
    let catalog = try RuntimeCatalog.read(checkout.scenarios + "/runtimes.yaml")
    let scenario = try ScenarioReader.read("\(checkout.scenarios)/\(name).yaml", checkout: checkout, catalog: catalog)
    let chosen = runtimes?.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
    var options = PlanOptions(runtimes: chosen)
    options.suite.folder = suite
    options.suite.source = source
    options.suite.names = names.isEmpty ? nil : names
    options.suite.expectations = try expectations(of: chosen ?? scenario.runtimes)
    options.tell = { Console.error($0) }
    return try Planner(checkout: checkout, catalog: catalog).plan(scenario, options: options)
  }

  private func expectations(of runtimes: [String]) throws -> [String: String] {
    var files: [String: String] = [:]
    for text in expectations {
      let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
      if parts.count == 2, runtimes.contains(parts[0]) {
        files[parts[0]] = parts[1]
      } else if parts.count == 2, !FileManager.default.fileExists(atPath: text) {
        throw CoordinatorError(
          .usage, "--expectations \(text): \(parts[0]) is none of the runtimes\(suggestion(for: parts[0], among: runtimes))")
      } else {
        for runtime in runtimes { files[runtime] = text }
      }
    }
    return files
  }
}

/// How a conformance run ends.
struct ConformanceVerdict {
  private let report: ConformanceReport

  init(_ results: RunResults) { report = ConformanceReport(results) }

  /// - Throws: `ExitCode(1)` where something failed that should not, or passed that is known to fail; `CoordinatorError.nothingToMeasure`
  ///   where nothing was tried.
  func check() throws {
    guard report.tried > 0 else {
      throw CoordinatorError(.nothingToMeasure, "nothing was tested, and nothing passed; the report above says why")
    }
    guard report.failures > 0 else { return }
    Console.error("error: \(report.failures) assertion(s) did something else than expected; the report above says which and why")
    throw ExitCode(1)
  }
}
