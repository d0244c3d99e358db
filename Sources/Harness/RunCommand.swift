import ArgumentParser
import Coordinator
import Foundation
import Observations
import Report

/// `harness run`: measure a scenario, or finish one that was interrupted.
struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Measures a scenario and reports on it.",
    discussion: """
      EXAMPLES:
        harness run scenarios/startup.yaml
        harness run scenarios/startup.yaml --quick --runtimes interpreter,native
        harness run scenarios/sightglass.yaml --guests ~/modules
        harness run --resume startup-20260131-120000-k7qp
        harness run scenarios/startup.yaml --branch faster --start-point main

      Every trial is stored as it ends. Ctrl+C stops the run and keeps what is measured; --resume goes on with it.
      """)

  @Argument(help: ArgumentHelp("The scenario file.", valueName: "SCENARIO.yaml"))
  var scenario: String?
  @Option(help: ArgumentHelp("Measure in these runtimes instead of the scenario's.", valueName: "a,b"))
  var runtimes: String?
  @Option(help: ArgumentHelp("A folder of modules, each one a workload (for scenarios with the key \"guests\").", valueName: "DIR"))
  var guests: String?
  @Option(help: ArgumentHelp("The suite's folder (for scenarios with the key \"conformance\").", valueName: "DIR"))
  var suite: String?
  @OptionGroup var results: ResultsOptions
  @Flag(help: "At most 10 blocks per comparison; no runtime is dropped.")
  var quick = false
  @Option(
    help: ArgumentHelp("Exactly this many blocks per workload, whatever the scenario's \"blocks\" and \"precision\" say.", valueName: "N"))
  var blocks: Int?
  @Option(help: ArgumentHelp("Finish an interrupted run: its name, the beginning of it, or latest.", valueName: "RUN"))
  var resume: String?
  @Option(help: ArgumentHelp("The branch this is measured of, where the checkout does not tell.", valueName: "NAME"))
  var branch: String?
  @Option(
    help: ArgumentHelp(
      "The branch that this one left: its runs until now, or until RUN, are this one's past in harness history.", valueName: "NAME[@RUN]"))
  var startPoint: String?
  @Option(help: ArgumentHelp("Seed of the random order inside blocks, to repeat a run.", valueName: "N"))
  var seed: UInt64?
  @Option(help: ArgumentHelp("Write the page here instead of beside the database.", valueName: "DIR"))
  var html: String?
  @Flag(help: "Print the results as JSON instead of a table.")
  var json = false
  @Flag(name: .long, help: "Print the plan and measure nothing.")
  var dryRun = false

  func validate() throws {
    if let blocks, !Scenario.blockRange.contains(blocks) {
      throw ValidationError("--blocks \(blocks): must be from \(Scenario.blockRange.lowerBound) to \(Scenario.blockRange.upperBound)")
    }
    if let seed, seed >= 1 << 53 { throw ValidationError("--seed \(seed): must be below 2^53, so that every JSON reader keeps it") }
    if quick, blocks != nil { throw ValidationError("--quick and --blocks contradict each other; give one") }
    if resume != nil, branch != nil || startPoint != nil {
      throw ValidationError("--resume goes on with the plan the run began with; leave --branch and --start-point out")
    }
    if resume != nil, runtimes != nil || guests != nil || suite != nil || quick || blocks != nil || seed != nil {
      throw ValidationError(
        "--resume goes on with the plan the run began with; leave --runtimes, --guests, --suite, --quick, --blocks and --seed out")
    }
  }

  func run() throws {
    // A stored plan names every file it needs; only a scenario file has to be read in a checkout.
    let checkout = try resume != nil && scenario == nil ? Checkout.beside() : Checkout.current()
    let interruption = try Interruption.watch()
    if let resume {
      let store = try Store(at: results.database)
      let plan = try store.plan(of: store.identifier(matching: resume))
      try checkScenario(plan, checkout)
      dryRun ? Console.print(try PlanText.remaining(plan, in: store, json: json)) : try measure(plan, store, checkout, interruption)
      return
    }
    var plan = try newPlan(checkout)
    if let branch { plan.run.branch = branch }
    if dryRun {
      Console.print(try PlanText.text(plan, json: json))
      return
    }
    try checkout.checkWorker()
    try plan.requireFiles(for: plan.blocks)
    let store = try Store(at: results.database)
    if let startPoint { try store.setStart(branchStart(startPoint, of: plan, store)) }
    try store.create(plan)
    try measure(plan, store, checkout, interruption)
  }

  // MARK: Parts

  private func branchStart(_ text: String, of plan: Plan, _ store: Store) throws -> BranchStart {
    guard let branch = plan.run.branch else {
      throw CoordinatorError(.usage, "--start-point: the checkout is on no branch; say which this is: --branch NAME")
    }
    let parts = text.split(separator: "@", maxSplits: 1).map(String.init)
    guard let parent = parts.first, parent != branch else {
      throw CoordinatorError(.usage, "--start-point \(text): the name of another branch, for instance main")
    }
    let run = try parts.count == 2 ? store.identifier(matching: parts[1]) : store.newestRun(onBranch: parent)
    guard run != nil else {
      throw CoordinatorError(.usage, "--start-point: no finished run on \(parent)\(suggestion(for: parent, among: try store.branches()))")
    }
    return BranchStart(branch: branch, parent: parent, run: run)
  }

  private func newPlan(_ checkout: Checkout) throws -> Plan {
    guard let path = scenario else {
      throw CoordinatorError(.usage, "which scenario? Give its file, or --resume RUN (see: harness run --help)")
    }
    let catalog = try RuntimeCatalog.read(checkout.scenarios + "/runtimes.yaml")
    let scenario = try ScenarioReader.read(path, checkout: checkout, catalog: catalog)
    let names = runtimes?.split(separator: ",", omittingEmptySubsequences: true).map { String($0).trimmingCharacters(in: .whitespaces) }
    var options = PlanOptions(runtimes: names, guests: guests, blocks: blocks, quick: quick, seed: seed)
    options.suite.folder = suite
    options.tell = { Console.error($0) }
    return try Planner(checkout: checkout, catalog: catalog).plan(scenario, options: options)
  }

  /// A scenario named beside `--resume` must be the run's own.
  private func checkScenario(_ plan: Plan, _ checkout: Checkout) throws {
    guard let path = scenario else { return }
    let catalog = try RuntimeCatalog.read(checkout.scenarios + "/runtimes.yaml")
    let name = try ScenarioReader.read(path, checkout: checkout, catalog: catalog).name
    guard name == plan.run.scenario else {
      throw CoordinatorError(
        .usage, "run \(plan.run.id) is of the scenario \(plan.run.scenario), not \(name) (\(path)); leave the file out")
    }
  }

  private func measure(_ plan: Plan, _ store: Store, _ checkout: Checkout, _ interruption: CInt) throws {
    try Measuring(store: store, checkout: checkout, interruption: interruption, repeated: results.repeated).measure(plan)
    try report(try store.results(of: plan.run.id), store)
  }

  private func report(_ measured: RunResults, _ store: Store) throws {
    if measured.run.finishedAt != nil { try store.record(points: measured.historyPoints, of: measured.run.id) }
    let folder = html ?? store.folder(of: measured.run.id)
    var page: String?
    do {
      page = try HTMLReport.write(measured, to: folder)
    } catch {
      Console.error("warning: \(folder): the page could not be written (\(error)); try again: harness report \(measured.run.id) --html DIR")
    }
    let differences = DifferenceCheck.all(in: measured)
    if json {
      Console.print(JSONReport.text(for: measured))
      for line in differences.map(\.text) { Console.error(line) }
    } else {
      Console.print(TerminalReport.text(for: measured, color: Console.hasColor, width: Console.width(of: 1)), styled: true)
      Console.print(places(measured.run.id, store, page))
    }
    if measured.isConformance { return try ConformanceVerdict(measured).check() }
    if measured.observations.isEmpty { throw CoordinatorError(.nothingToMeasure, "no runtime of this scenario could be measured here") }
    let failed = measured.observations.count { $0.outcome != .passed }
    if failed > 0 { Console.error("error: \(failed) of \(measured.observations.count) trials failed; the report above says which and why") }
    if failed > 0 || differences.contains(where: { !$0.holds }) { throw ExitCode(1) }
  }

  private func places(_ run: String, _ store: Store, _ page: String?) -> String {
    let pageLine = page.map { [["page", $0]] } ?? []
    return "\n" + columns([["run", run], ["database", store.path]] + pageLine)
  }
}
