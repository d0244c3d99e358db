import ArgumentParser
import Coordinator
import Foundation
import Observations
import Report

/// `harness gate`: may this change be merged?
struct GateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "gate", abstract: "Judges a candidate against a baseline, with a verdict a script can act on.",
    discussion: """
      EXAMPLES:
        harness gate --base old/wvm --head new/wvm scenarios/gate.yaml     measure two builds side by side, now
        harness gate --baseline branch:main --candidate latest             judge stored runs
        harness gate --baseline main.json --candidate pr.json --junit gate.xml --annotations github
        harness gate --baseline branch:main --candidate latest --max-regression 5% --max-regression peak-memory=10%

      With --base and --head two builds of one runtime are measured in random order inside the same blocks, so that a slow minute slows both;
      what comes out as REGRESSION or INCONCLUSIVE is measured once more with twice the blocks, and only that counts.
      Stored runs cannot be measured again: their verdicts are not confirmed.

      REGRESSION    worse by the threshold or more, and adjusted p at most 0.05 (Benjamini-Hochberg over all comparisons)
      IMPROVEMENT   the same the other way round
      PASS          the whole 95 % interval lies below the threshold
      INCONCLUSIVE  neither; the smallest effect that could have been found is given
      A trial of the candidate that crashes, answers wrongly or runs out of time always fails the gate.
      --markdown is a comment for a pull request; --csv and --junit have a row or a test case for every comparison, for every arm with failed
      trials, and for whatever else leaves the gate undecided.

      EXIT CODES:
        0   pass
        1   a regression, or a failed trial of the candidate; nothing else
        3   inconclusive, different machines, or a run that could not be finished
        4   nothing measured
        64  bad usage
        65  bad input, also a baseline that does not exist
        69  a part is missing: the worker, an executable
        70  a defect of harness
        73  results or files cannot be written where they should go
        74  reading or writing failed (a full disk)
        75  somebody else holds the run or the database
        130 ended by Ctrl+C or SIGTERM
      """)

  @Argument(help: ArgumentHelp("The scenario to measure two builds by.", valueName: "SCENARIO.yaml"))
  var scenario: String?
  @Option(help: ArgumentHelp("The build before the change: an executable, or a folder that holds it.", valueName: "PATH"))
  var base: String?
  @Option(help: ArgumentHelp("The build after the change.", valueName: "PATH"))
  var head: String?
  @Option(help: ArgumentHelp("The stored run to judge by: a run, an exported file, or branch:NAME for its newest run.", valueName: "RUN"))
  var baseline: String?
  @Option(help: ArgumentHelp("The stored run to judge: a run or an exported file.", valueName: "RUN"))
  var candidate: String?

  @Option(help: ArgumentHelp("Growth that is a regression, of times and memory or METRIC=3%; may be repeated.", valueName: "3%"))
  var maxRegression: [String] = []
  @Option(help: ArgumentHelp("Judge only by these metrics.", valueName: "a,b"))
  var metric: String?
  @Option(help: ArgumentHelp("Judge only these runtimes of stored runs.", valueName: "a,b"))
  var runtimes: String?
  @Flag(help: "End with 0 instead of 3 where nothing regressed but something is undecided.")
  var allowInconclusive = false

  @Option(help: ArgumentHelp("Which runtime the builds are of, where their file name does not tell.", valueName: "NAME"))
  var runtime: String?
  @Option(help: ArgumentHelp("Exactly this many blocks, instead of until the scenario's precision is reached.", valueName: "N"))
  var blocks: Int?
  @Option(help: ArgumentHelp("Seed of the random order, to repeat a measurement.", valueName: "N"))
  var seed: UInt64?
  @OptionGroup var results: ResultsOptions

  @Flag(help: "Print JSON instead of tables.")
  var json = false
  @OptionGroup var plots: PlotOptions
  @OptionGroup var forms: FormOptions
  @Option(help: ArgumentHelp("Write a self-contained page (index.html) into this folder.", valueName: "DIR"))
  var html: String?
  @Option(
    help: ArgumentHelp(
      "github: workflow commands on standard output; gitlab: a Code Quality file (gl-code-quality-report.json, or gitlab=FILE).",
      valueName: "github|gitlab"))
  var annotations: String?

  private var isDuet: Bool { base != nil || head != nil }

  func validate() throws {
    if isDuet {
      guard base != nil, head != nil, scenario != nil else {
        throw ValidationError("two builds are judged with --base PATH --head PATH SCENARIO.yaml; one of the three is missing")
      }
      if baseline != nil || candidate != nil {
        throw ValidationError("--base and --head measure builds, --baseline and --candidate judge stored runs; give one pair")
      }
      if runtimes != nil { throw ValidationError("--runtimes is for stored runs; say which runtime the builds are of: --runtime NAME") }
    } else {
      guard baseline != nil, candidate != nil else {
        throw ValidationError("what is to be judged? Give --base PATH --head PATH SCENARIO.yaml, or --baseline RUN --candidate RUN")
      }
      if scenario != nil { throw ValidationError("a scenario is measured with --base and --head only; stored runs know theirs") }
      if runtime != nil || blocks != nil || seed != nil {
        throw ValidationError("--runtime, --blocks and --seed are for builds (--base, --head): stored runs are measured already")
      }
    }
    if let blocks, !Scenario.blockRange.contains(blocks) {
      throw ValidationError("--blocks \(blocks): must be from \(Scenario.blockRange.lowerBound) to \(Scenario.blockRange.upperBound)")
    }
    if let seed, seed >= 1 << 53 { throw ValidationError("--seed \(seed): must be below 2^53, so that every JSON reader keeps it") }
    try forms.check([("--json", json)])
    _ = try annotationTarget
    _ = try rules
  }

  func run() throws {
    let (report, file) = try isDuet ? duet() : stored()
    try tell(report, file: file)
    if report.exitCode != 0 { throw ExitCode(report.exitCode) }
  }

  // MARK: Stored runs

  private func stored() throws -> (GateReport, file: String) {
    let source = RunSource(results: results)
    let (after, before): (MeasuredRun, MeasuredRun)
    do {
      after = try source.measuredRun(candidate ?? "")
      before = try source.baseline(baseline ?? "", for: after)
    } catch let error as CoordinatorError where error.reason == .usage || error.reason == .missing {
      // Whatever is not there to be judged by is bad input.
      throw CoordinatorError(.badData, lines: error.lines)
    }
    try checkRuntimes(words(runtimes), in: [before, after])
    var report = GateReport(baseline: before, candidate: after, try rules)
    if before.run.id == after.run.id { report.notes.append("Baseline and candidate are the same run.") }
    report.notes.append("Not confirmed by a second measurement: stored runs cannot be measured again.")
    report.notes += doubts(about: after, in: report)
    return (report, scenarioFile(of: after.run))
  }

  /// What speaks against believing its times, a sentence each.
  private func doubts(about run: MeasuredRun, in report: GateReport) -> [String] {
    guard report.rows.contains(where: { $0.comparison.counts == nil }) else { return [] }
    return RunSource(results: results).doubts(about: run).map(sentence)
  }

  /// The scenario file a run was measured by, as the command that repeats it names it.
  private func scenarioFile(of run: RunDescription) -> String {
    let named = run.command.split(separator: " ").first { $0.hasSuffix(".yaml") || $0.hasSuffix(".yml") }
    return named.map { String($0) } ?? "scenarios/\(run.scenario).yaml"
  }

  // MARK: Two builds

  private func duet() throws -> (GateReport, file: String) {
    let checkout = try Checkout.current()
    let interruption = try Interruption.watch()
    let catalog = try RuntimeCatalog.read(checkout.scenarios + "/runtimes.yaml")
    let asked = try ScenarioReader.read(scenario ?? "", checkout: checkout, catalog: catalog)
    try checkout.checkWorker()
    let planner = DuetPlanner(checkout: checkout, catalog: catalog)
    let tolerated = try rules.thresholds
    let options = DuetPlanner.Options(
      runtime: runtime, blocks: blocks, threshold: tolerated[.metric(asked.metrics.timed[0])] ?? tolerated[nil], seed: seed)
    let duet = try planner.plan(asked, base: base ?? "", head: head ?? "", options: options)
    let store = try Store(at: results.database)
    let measuring = Measuring(store: store, checkout: checkout, interruption: interruption, repeated: results.repeated)
    let first = try measured(duet.plan, store, measuring)
    var report = GateReport(within: first, baseline: DuetPlanner.base, try rules)
    if let second = try confirmation(of: report, asked, planner, duet, store, measuring) { report = report.confirmed(by: second) }
    report.notes += duet.plan.notes.map(sentence)
    report.notes += doubts(about: first, in: report)
    return (report, asked.path)
  }

  private func measured(_ plan: Plan, _ store: Store, _ measuring: Measuring) throws -> MeasuredRun {
    try store.create(plan)
    try measuring.measure(plan)
    // Whoever stops a gate in the last moments of a run does not want the next one begun.
    guard Interruption.signals == 0 else {
      Console.error("stopped: run \(plan.run.id) is whole in \(store.path), the gate is not decided; begin it again")
      throw ExitCode(130)
    }
    return try RunSource(results: results).checked(store.measuredRun(plan.run.id))
  }

  /// What is worse or undecided, measured again in fresh processes, in another order, in twice the blocks; nil where there is nothing, or
  /// nothing that a second measurement could help.
  private func confirmation(
    of report: GateReport, _ scenario: Scenario, _ planner: DuetPlanner, _ duet: DuetPlanner.Duet, _ store: Store, _ measuring: Measuring
  ) throws -> GateReport? {
    let undecided = report.undecided.filter { ($0.comparison.ratio != nil || $0.comparison.isNoisy) && $0.comparison.counts == nil }
    guard !undecided.isEmpty else { return nil }
    let workloads = undecided.map(\.comparison.workload).reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
    let most = undecided.map(\.comparison.candidate.trials).max() ?? 0
    let twice = min(2 * max(most, duet.plan.run.blocks), Scenario.blockRange.upperBound)
    Console.error("measuring again with \(twice) blocks: \(workloads.joined(separator: ", "))")
    let options = DuetPlanner.Options(
      runtime: duet.runtime, blocks: twice, seed: (duet.plan.run.seed &+ 1) & (1 << 53 - 1), workloads: workloads)
    let again = try planner.plan(scenario, base: duet.base.path, head: duet.head.path, options: options)
    guard again.base == duet.base, again.head == duet.head else {
      throw CoordinatorError(.badData, "\(duet.base.path) or \(duet.head.path) changed while it was measured; run the gate again")
    }
    var rules = try rules
    rules.request.only = Set(undecided.map(\.comparison.key))
    var report = GateReport(within: try measured(again.plan, store, measuring), baseline: DuetPlanner.base, rules)
    report.notes.append("run \(again.plan.run.id).")
    return report
  }

  // MARK: Options

  private var rules: GateRules {
    get throws {
      var rules = GateRules()
      rules.allowsInconclusive = allowInconclusive
      rules.request.runtimes = words(runtimes)
      rules.request.quantities = try words(metric)?.map(quantity)
      if rules.request.quantities?.isEmpty == true { throw ValidationError("--metric names no metric") }
      if rules.request.runtimes?.isEmpty == true { throw ValidationError("--runtimes names no runtime") }
      for text in maxRegression {
        let parts = text.split(separator: "=", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
        guard let fraction = parts.last.flatMap(percentage) else {
          throw ValidationError("--max-regression \(text): must be a percentage, for instance 3% or peak-memory=5%")
        }
        rules.thresholds[try parts.count == 2 ? quantity(parts[0]) : nil] = fraction
      }
      return rules
    }
  }

  private func quantity(_ name: String) throws -> Quantity {
    let known = Metric.allCases.map(Quantity.metric) + [.executionOnly]
    guard let quantity = known.first(where: { $0.identifier == name }) else {
      throw ValidationError("unknown metric \"\(name)\"\(suggestion(for: name, among: known.map(\.identifier)))")
    }
    return quantity
  }

  private enum AnnotationTarget { case gitHub, gitLab(String) }

  private var annotationTarget: AnnotationTarget? {
    get throws {
      guard let annotations else { return nil }
      if annotations == "github" { return .gitHub }
      if annotations == "gitlab" { return .gitLab("gl-code-quality-report.json") }
      if annotations.hasPrefix("gitlab="), annotations.count > 7 { return .gitLab(String(annotations.dropFirst(7))) }
      throw ValidationError("--annotations \(annotations): must be github, gitlab or gitlab=FILE")
    }
  }

  // MARK: Telling

  private func tell(_ report: GateReport, file: String) throws {
    let target = try annotationTarget
    if json {
      Console.print(report.json())
    } else if !forms.isPrinted {
      let text = report.terminal(color: Console.hasColor, width: Console.width(of: 1))
      // Beside workflow commands of ours there are none of a guest's.
      if case .gitHub = target { Console.print(GateAnnotations.inert(text), styled: true) } else { Console.print(text, styled: true) }
    }
    try forms.write(markdown: report.markdown(), csv: report.csv(), junit: report.junit())
    try plots.write({ try report.writePlots(to: $0) }, drawn: { try report.drawPlots(to: $0) })
    if let html { Console.error("wrote \(try OutputFile.writing(html) { try GatePage.write(report, to: html) })") }
    switch target {
    case .gitHub:
      let lines = GateAnnotations.gitHub(report, file: relative(file))
      // The runner reads workflow commands from both streams; JSON and files on standard output stay whole.
      if json || forms.isPrinted { Console.write(lines, to: 2) } else { Console.write(lines, to: 1) }
    case .gitLab(let path): try OutputFile.write(GateAnnotations.gitLab(report, file: relative(file)), to: path)
    case nil: break
    }
  }

  /// A path inside the working folder, without it.
  private func relative(_ path: String) -> String {
    let here = FileManager.default.currentDirectoryPath + "/"
    return path.hasPrefix(here) ? String(path.dropFirst(here.count)) : path
  }

  /// A note of another room as a sentence of its own.
  private func sentence(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() + (text.hasSuffix(".") ? "" : ".") }
}
