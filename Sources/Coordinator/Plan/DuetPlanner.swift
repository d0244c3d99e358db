import Digest
import Foundation
import Observations
import Statistics

/// Plans two builds of one runtime side by side, block by block: as `base` and `head`, the baseline being `base`.
///
/// Both run on the same machine in the same minutes, so that a machine that is slow today is as slow for both.
public struct DuetPlanner {
  /// The names of the two arms.
  public static let base = "base"
  /// The arm that is judged.
  public static let head = "head"
  /// The least precise a duet may be where the scenario does not say.
  public static let usualPrecision = 0.01

  private let checkout: Checkout
  private let catalog: RuntimeCatalog
  private let now: Date

  /// - Parameter now: the start of the runs it plans.
  public init(checkout: Checkout, catalog: RuntimeCatalog, now: Date = Date()) {
    self.checkout = checkout
    self.catalog = catalog
    self.now = now
  }

  /// What the command line says about a duet.
  public struct Options: Sendable {
    /// The catalogue's name of the runtime that both are builds of; by default it is told by the executable's file name.
    public var runtime: String?
    /// Exactly so many blocks; by default they are added until `precision` is reached.
    public var blocks: Int?
    /// By default the scenario's, or 1 %, and never more than a third of the threshold.
    public var precision: Double?
    /// Instead of the scenario's threshold of its first metric, as a fraction.
    public var threshold: Double?
    /// By default the scenario's, or drawn.
    public var seed: UInt64?
    /// Only these workloads; by default all that the runtime can run.
    public var workloads: [String]?
    /// Nanoseconds of CPU time burnt at the start of every trial of `head`: a known slow-down.
    public var spin: UInt64?
    /// - Parameters: as the properties of the same names.
    public init(
      runtime: String? = nil, blocks: Int? = nil, precision: Double? = nil, threshold: Double? = nil, seed: UInt64? = nil,
      workloads: [String]? = nil, spin: UInt64? = nil
    ) {
      self.runtime = runtime
      self.blocks = blocks
      self.precision = precision
      self.threshold = threshold
      self.seed = seed
      self.workloads = workloads
      self.spin = spin
    }
  }

  /// One of the two builds.
  public struct Build: Sendable, Equatable {
    /// Absolute path of the executable.
    public var path: String
    /// Of its content, in hexadecimal.
    public var sha256: String
  }

  /// A plan, and what it compares.
  public struct Duet: Sendable {
    /// Of two runtimes called `base` and `head`.
    public var plan: Plan
    /// What is compared with.
    public var base: Build
    /// What is judged.
    public var head: Build
    /// The catalogue's name of the runtime both are builds of.
    public var runtime: String
    /// Whether both have the same content: what differs between them then is noise.
    public var isSameFile: Bool { base.sha256 == head.sha256 }
  }

  /// - Parameters:
  ///   - base: the executable, or a folder that holds it under its usual name.
  ///   - head: the same.
  /// - Throws: `CoordinatorError`: `.usage` where the runtime cannot be told, `.missing` for a file that is not there or cannot run,
  ///   `.nothingToMeasure` where it can run none of the workloads.
  public func plan(_ scenario: Scenario, base: String, head: String, options: Options = Options()) throws -> Duet {
    let entry = try runtime(of: [base, head], scenario, named: options.runtime)
    let builds = try [base, head].map { try build(at: $0, of: entry) }
    var scenario = scenario
    scenario.name += "-duet"
    scenario.title = "\(scenario.title): two builds of \(entry.name)"
    scenario.workloads = scenario.workloads.filter { $0.runtimes?.contains(entry.name) ?? true }
    if let chosen = options.workloads {
      for name in chosen where !scenario.workloads.contains(where: { $0.name == name }) {
        throw CoordinatorError(.usage, "unknown workload \"\(name)\"\(suggestion(for: name, among: scenario.workloads.map(\.name)))")
      }
      scenario.workloads = scenario.workloads.filter { chosen.contains($0.name) || $0.name == scenario.subtract }
    }
    for index in scenario.workloads.indices { scenario.workloads[index].runtimes = nil }
    scenario.runtimes = [Self.base, Self.head]
    scenario.baseline = Self.base
    let metric = scenario.metrics.timed[0]
    let threshold = options.threshold ?? scenario.threshold(of: metric)
    let timed = scenario.metrics.count { !$0.isCount }
    if timed > 0 {
      scenario.precision = options.precision ?? scenario.precision ?? Self.usualPrecision
      if threshold > 0 { scenario.precision = scenario.precision.map { min($0, threshold / 3) } }
      scenario.blocks = try fewestBlocks(comparisons: scenario.workloads.count * timed, scenario.blocks, asked: options.blocks)
    } else {
      // Counts are exact: more blocks would tell no more of them.
      scenario.precision = nil
    }
    scenario.maximumBlocks = max(scenario.maximumBlocks, scenario.blocks)

    let entries = zip([Self.base, Self.head], builds).map { name, build in
      var clone = entry
      clone.name = name
      clone.summary = "\(entry.name) at \(build.path)"
      clone.executable = [build.path]
      return clone
    }
    let planner = Planner(checkout: checkout, catalog: RuntimeCatalog(path: catalog.path, entries: entries), now: now)
    var plan = try planner.plan(scenario, options: PlanOptions(blocks: options.blocks, seed: options.seed))
    if let missing = plan.unavailable.first {
      throw CoordinatorError(
        .missing, "\(missing.runtime): \(missing.reason)\(missing.remedy.isEmpty ? "" : "; get it: \(missing.remedy)")")
    }
    if let spin = options.spin, let index = plan.runtimes.firstIndex(where: { $0.name == Self.head }) { plan.runtimes[index].spin = spin }
    plan.run.command = command(scenario.path, builds, entry, plan, options)
    var notes = zip([Self.base, Self.head], builds).map { "\($0) is \(entry.name) at \($1.path), SHA-256 \($1.sha256)" }
    if builds[0].sha256 == builds[1].sha256 { notes.append("base and head are the same file: whatever differs between them is noise") }
    plan.notes = notes + plan.notes
    return Duet(plan: plan, base: builds[0], head: builds[1], runtime: entry.name)
  }

  // MARK: Parts

  /// No fewer than one lone regression among so many comparisons can be found by.
  private func fewestBlocks(comparisons: Int, _ planned: Int, asked: Int?) throws -> Int {
    let needed = FalseDiscoveryRate.fewestPairs(comparisons: comparisons) ?? 1
    if let asked, asked < needed {
      throw CoordinatorError(
        .usage,
        "--blocks \(asked): a regression among \(comparisons) comparison(s) can be found from \(needed) blocks on; give that many, or none")
    }
    return max(planned, needed)
  }

  /// The runtime both are builds of: the one named, or the one whose executable of our own is called like the files.
  private func runtime(of paths: [String], _ scenario: Scenario, named name: String?) throws -> RuntimeEntry {
    if let name {
      if let entry = catalog.entry(named: name) { return entry }
      throw CoordinatorError(.usage, "unknown runtime \"\(name)\"\(suggestion(for: name, among: catalog.names))")
    }
    // The scenario's own runtimes first: several may share one executable.
    let entries = scenario.runtimes.compactMap(catalog.entry) + catalog.entries
    for path in paths {
      let match = entries.first { entry in
        guard let file = fileName(of: entry) else { return false }
        return isFolder(path) ? isFile("\(path)/\(file)") : URL(fileURLWithPath: path).lastPathComponent == file
      }
      if let match { return match }
    }
    let known = catalog.entries.compactMap(fileName)
    throw CoordinatorError(
      .usage,
      "\(paths[0]): no runtime's executable is called like that (known: \(known.joined(separator: ", "))); say which it is: --runtime NAME")
  }

  /// The file name of an executable built beside `harness`.
  private func fileName(of entry: RuntimeEntry) -> String? {
    entry.executable.first { $0.hasPrefix("{bin}/") }.map { String($0.dropFirst("{bin}/".count)) }
  }

  private func build(at path: String, of entry: RuntimeEntry) throws -> Build {
    var file = absolutePath(path, from: FileManager.default.currentDirectoryPath)
    if isFolder(file) {
      guard let name = fileName(of: entry) else {
        throw CoordinatorError(.usage, "\(path): is a folder; give the executable of \(entry.name) itself")
      }
      file += "/" + name
    }
    guard let content = try? Data(contentsOf: URL(fileURLWithPath: file), options: .mappedIfSafe) else {
      throw CoordinatorError(.missing, "\(file): cannot be read; give an executable of \(entry.name), or a folder that holds one")
    }
    var digest = SHA256()
    content.withUnsafeBytes { digest.update($0) }
    return Build(path: file, sha256: digest.finish().hexadecimal)
  }

  private func command(_ scenario: String, _ builds: [Build], _ entry: RuntimeEntry, _ plan: Plan, _ options: Options) -> String {
    var words = ["harness", "gate", "--base", builds[0].path, "--head", builds[1].path, scenario, "--runtime", entry.name]
    if let blocks = options.blocks { words += ["--blocks", "\(blocks)"] }
    words += ["--seed", "\(plan.run.seed)"]
    return words.map(shellWord).joined(separator: " ")
  }
}
