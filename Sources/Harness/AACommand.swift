import ArgumentParser
import Coordinator
import Foundation
import Observations
import Report
import Statistics

/// `harness aa`: whether gates can be believed on this machine.
struct AACommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "aa", abstract: "Proves on this machine how often a gate alarms falsely, and how often it finds a known slow-down.",
    discussion: """
      Compares a runtime with itself, again and again, exactly as a gate would: two arms in random order, fresh processes, the stopping
      rule, the verdict. Whatever it calls different is a false alarm. With --inject one of the arms burns that much more CPU time, and
      whatever is not called a regression is missed. The result is stored; harness gate warns where there is none for this machine, where
      it is older than 30 days, or where the kernel is another.

      EXAMPLES:
        harness aa scenarios/gate.yaml
        harness aa scenarios/gate.yaml --inject 5%
        harness aa scenarios/gate.yaml --comparisons 20 --blocks 15 --runtime wasmtime

      EXIT CODES: 0 the claim holds, 1 it does not, 3 more than half of the comparisons were inconclusive, 130 stopped (nothing is stored).
      """)

  @Argument(help: ArgumentHelp("The scenario; each of its workloads is compared in turn, by its first metric.", valueName: "SCENARIO.yaml"))
  var scenario: String
  @Option(help: ArgumentHelp("How many comparisons (default: 200, with --inject 100).", valueName: "N"))
  var comparisons: Int?
  @Option(
    help: ArgumentHelp("Exactly this many blocks a comparison, instead of until the scenario's precision is reached.", valueName: "N"))
  var blocks: Int?
  @Option(help: ArgumentHelp("Slow one arm down by this share of its own time.", valueName: "5%"))
  var inject: String?
  @Option(help: ArgumentHelp("Compare this runtime with itself instead of the scenario's first.", valueName: "NAME"))
  var runtime: String?
  @Option(help: ArgumentHelp("Only these of the scenario's workloads.", valueName: "a,b"))
  var workloads: String?
  @Option(help: ArgumentHelp("Seed of everything random, to repeat a proof.", valueName: "N"))
  var seed: UInt64?
  @OptionGroup var results: ResultsOptions
  @Flag(help: "Print the result as JSON.")
  var json = false

  private var injected: Double {
    get throws {
      guard let inject else { return 0 }
      guard let share = percentage(inject), share > 0 else {
        throw ValidationError("--inject \(inject): must be a percentage, for instance 5%")
      }
      return share
    }
  }

  func validate() throws {
    _ = try injected
    if let comparisons, !(1...100_000).contains(comparisons) {
      throw ValidationError("--comparisons \(comparisons): must be from 1 to 100000")
    }
    if let blocks, !Scenario.blockRange.contains(blocks) {
      throw ValidationError("--blocks \(blocks): must be from \(Scenario.blockRange.lowerBound) to \(Scenario.blockRange.upperBound)")
    }
    if let seed, seed >= 1 << 53 { throw ValidationError("--seed \(seed): must be below 2^53, so that every JSON reader keeps it") }
  }

  func run() throws {
    let checkout = try Checkout.current()
    let interruption = try Interruption.watch()
    let catalog = try RuntimeCatalog.read(checkout.scenarios + "/runtimes.yaml")
    let asked = try ScenarioReader.read(scenario, checkout: checkout, catalog: catalog)
    try Self.check(injected, asked)
    try checkout.checkWorker()
    let seed = seed ?? UInt64.random(in: 0..<(1 << 53))
    let options = Proving.Options(
      comparisons: comparisons ?? (inject == nil ? 200 : 100), blocks: blocks, injected: try injected, runtime: runtime,
      workloads: workloads?.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }, seed: seed)
    let store = try Store(at: results.database)
    let own = try Store(at: store.folder(of: "aa-\(timestamp(Date()).filter(\.isNumber))-\(getpid())") + "/harness.sqlite")
    Console.error("\(options.comparisons) comparisons, seed \(seed); their trials go to \(own.path)")
    var progress = Progress(isControl: options.injected > 0)
    let proof = try Proving(checkout: checkout, catalog: catalog, store: own).prove(asked, options, interruption: interruption) {
      progress.take($0)
    }
    progress.end()
    guard let proof else {
      Console.error("stopped: nothing is stored, a proof needs all its comparisons")
      throw ExitCode(130)
    }
    try store.record(proof)
    Console.print(json ? try encoded(proof) : Self.text(proof))
    if !proof.holds { throw ExitCode(proof.isDecided || proof.isRefuted ? 1 : 3) }
  }

  /// What a gate tolerates is no regression, so that finding none of it would prove nothing.
  private static func check(_ injected: Double, _ scenario: Scenario) throws {
    let metric = scenario.metrics.timed[0]
    let threshold = scenario.threshold(of: metric)
    guard injected > 0, injected <= threshold else { return }
    throw CoordinatorError(
      .usage,
      "--inject \(percent(injected)): is no regression, because gates of \(scenario.path) tolerate \(percent(threshold)) of \(metric.rawValue); inject more than that"
    )
  }

  /// How far it is, on standard error.
  private struct Progress {
    let isControl: Bool
    private let isLive = Console.isLiveTerminal(2)
    private let begun = monotonicSeconds()
    private var shownAt = -1.0
    private var alarms = 0

    init(isControl: Bool) { self.isControl = isControl }

    mutating func take(_ news: Proving.News) {
      switch news {
      case .calibrated(let workload, let median, let spin):
        Console.error(
          "\(workload): \(Quantity.metric(.wallTime).text(median)), slowed down by \(Quantity.metric(.wallTime).text(Double(spin)))")
      case .compared(let row, let done, let total):
        if row.verdict == .regression || (row.verdict == .improvement && !isControl) { alarms += 1 }
        let now = monotonicSeconds()
        guard now - shownAt > (isLive ? 0.2 : 10) || done == total else { return }
        shownAt = now
        let left = (now - begun) / Double(done) * Double(total - done)
        let alarmed = isControl ? "\(alarms) found" : counted(alarms, "false alarm")
        let line = "\(done)/\(total) comparisons · \(alarmed) · about \(durationText(left)) left"
        if isLive { Console.write("\r\u{1B}[K" + line.prefix(Console.width(of: 2) - 1), to: 2) } else { Console.error(line) }
      }
    }

    func end() { if isLive { Console.write("\r\u{1B}[K", to: 2) } }
  }

  /// The proof for people, every share with its 95 % interval.
  static func text(_ proof: Proof) -> String {
    let passes = proof.comparisons - proof.regressions - proof.improvements - proof.inconclusive
    let threshold = percent(proof.threshold)
    let what =
      proof.isControl
      ? "\(proof.comparisons) comparisons of \(proof.scenario) with \(percent(proof.injected)) injected into one arm"
      : "\(proof.comparisons) comparisons of equals in \(proof.scenario)"
    let rows = [
      ["REGRESSION", proof.regressions], ["IMPROVEMENT", proof.improvements], ["PASS", passes], ["INCONCLUSIVE", proof.inconclusive],
      ["raw p ≤ 0.05", proof.lowProbabilities],
    ].map { ["\($0[0])", "\($0[1])", share($0[1] as? Int ?? 0, of: proof.comparisons)] }
    var lines = [
      "\(what): \(proof.metric.rawValue), threshold \(threshold), median \(Int(proof.medianBlocks)) blocks",
      "machine \(proof.hostname), \(proof.cpuModel) × \(proof.cpuCount), \(proof.kernel)", "",
      columns([["VERDICT", "COMPARISONS", "SHARE (95 % Clopper-Pearson)"]] + rows), "",
    ]
    if proof.isControl {
      lines.append(
        "\(proof.holds ? "holds" : "does not hold"): \(proof.regressions) of \(proof.comparisons) found, at least "
          + "\(percent(proof.requiredPower)) are asked for")
    } else if !proof.isDecided, !proof.isRefuted {
      lines.append(
        "says nothing: \(proof.inconclusive) of \(proof.comparisons) were inconclusive; the machine is too busy, or there are too few blocks"
      )
    } else {
      lines.append(
        "\(proof.holds ? "holds" : "does not hold"): \(counted(proof.falseAlarms, "false alarm")) and \(proof.lowProbabilities) low p, at most "
          + "\(proof.mostFalseAlarms) each are compatible with 5 %")
    }
    return lines.joined(separator: "\n")
  }

  private static func share(_ count: Int, of total: Int) -> String {
    guard let proportion = Proportion(successes: count, trials: total) else { return "" }
    let interval = proportion.interval()
    return "\(percent(proportion.rate)) [\(percent(interval.lower)), \(percent(interval.upper))]"
  }

  private static func percent(_ fraction: Double) -> String {
    let tenths = (fraction * 1000).rounded() / 10
    return (tenths == tenths.rounded() ? "\(Int(tenths))" : "\(tenths)") + " %"
  }
}
