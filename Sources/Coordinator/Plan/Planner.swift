import Foundation
import Observations

/// Resolves a scenario and the command line into a plan.
public struct Planner {
  private let checkout: Checkout
  private let catalog: RuntimeCatalog
  private let detection: RuntimeDetection
  private let now: Date

  /// - Parameters:
  ///   - detection: nil looks for runtimes with this process's environment and rights.
  ///   - now: the start of the runs it plans.
  public init(checkout: Checkout, catalog: RuntimeCatalog, detection: RuntimeDetection? = nil, now: Date = Date()) {
    self.checkout = checkout
    self.catalog = catalog
    self.detection = detection ?? RuntimeDetection(checkout: checkout)
    self.now = now
  }

  /// - Throws: `CoordinatorError`: `.usage` for options that do not fit the scenario, `.missing` for parts to be built first,
  ///   `.nothingToMeasure` where no arm is left.
  public func plan(_ scenario: Scenario, options: PlanOptions) throws -> Plan {
    let names = try chosenRuntimes(scenario, options)
    var found: [RuntimeDescription] = []
    var unavailable: [Unavailable] = []
    for name in names {
      guard let entry = catalog.entry(named: name) else { throw CoordinatorError(.defect, "runtime \(name) vanished from \(catalog.path)") }
      switch detection.find(entry) {
      case .found(let description, _): found.append(description)
      case .missing(let missing): unavailable.append(missing)
      }
    }
    var notes: [String] = []
    let workloads = try scenario.workloads + guests(scenario, options) + tests(scenario, options, found, &notes)
    var leftOut = LeftOut()
    var absent = AbsentBuilds()
    let resolved = workloads.compactMap { resolve($0, runtimes: found, leftOut: &leftOut, absent: &absent) }
    let run = run(scenario, options, names: names, resolved)
    let failed = unconverted(workloads, found, run: run.id)
    guard resolved.contains(where: { !$0.arms.isEmpty }) || !failed.isEmpty else {
      if !absent.lines.isEmpty { throw CoordinatorError(.missing, lines: absent.lines) }
      let why = unavailable.map { "\($0.runtime): \($0.reason)\($0.remedy.isEmpty ? "" : "; get it: \($0.remedy)")" }
      throw CoordinatorError(
        .nothingToMeasure,
        lines: ["\(scenario.path): no runtime can run any of its workloads here"] + why + leftOut.idle(found, used: []) + notes)
    }
    let used = Set(resolved.flatMap(\.arms) + failed.map(\.runtime))
    unavailable += absent.unavailable(used: used)
    notes += leftOut.idle(found, used: used) + leftOut.notes(used: used) + absent.notes(used: used)
    notes += workloads.map(\.name).filter { name in !resolved.contains { $0.name == name } }.map {
      "\($0) is left out: none of the runtimes here can run it"
    }
    return Plan(
      run: run, timeLimit: scenario.timeLimit, workloads: resolved, runtimes: found.filter { used.contains($0.name) },
      unavailable: unavailable,
      blocks: (0..<run.blocks).flatMap { index in
        resolved.filter { !$0.arms.isEmpty }.map { BlockRequest(workload: $0.name, index: index) }
      },
      notes: notes, failed: failed)
  }

  // MARK: Parts

  private func run(_ scenario: Scenario, _ options: PlanOptions, names: [String], _ resolved: [Workload]) -> RunDescription {
    let count = options.blocks ?? (options.quick ? min(PlanOptions.quickBlocks, scenario.blocks) : scenario.blocks)
    // Whoever says how many blocks gets that many, neither more nor fewer.
    let precision = options.blocks == nil && !options.quick ? scenario.precision : nil
    let baseline = scenario.baseline.flatMap { names.contains($0) ? $0 : nil } ?? (names.contains("runc") ? "runc" : names[0])
    let seed = options.seed ?? scenario.seed ?? UInt64.random(in: 0..<(1 << 53))
    let subtract = scenario.subtract.flatMap { name in resolved.contains { $0.name == name } ? name : nil }
    var run = RunDescription(
      id: identifier(scenario.name), scenario: scenario.name, title: scenario.title, startedAt: timestamp(now), seed: seed,
      cache: scenario.cache, blocks: count, baseline: baseline, metrics: scenario.metrics, subtract: subtract,
      commit: commit(of: scenario.path),
      command: command(scenario, options, names: names, blocks: precision == nil ? count : nil, seed: seed),
      differences: scenario.differences, precision: precision, maximumBlocks: precision.map { _ in scenario.maximumBlocks })
    run.thresholds = scenario.thresholds
    run.branch = branch(of: scenario.path)
    return run
  }

  private func chosenRuntimes(_ scenario: Scenario, _ options: PlanOptions) throws -> [String] {
    guard let chosen = options.runtimes else { return scenario.runtimes }
    var names: [String] = []
    for name in chosen where !names.contains(name) {
      guard catalog.names.contains(name) else {
        throw CoordinatorError(.usage, "--runtimes: unknown runtime \"\(name)\"\(suggestion(for: name, among: catalog.names))")
      }
      names.append(name)
    }
    guard !names.isEmpty else {
      throw CoordinatorError(.usage, "--runtimes names no runtime (known: \(catalog.names.joined(separator: ", ")))")
    }
    return names
  }

  private func guests(_ scenario: Scenario, _ options: PlanOptions) throws -> [ScenarioWorkload] {
    guard let template = scenario.guests else {
      if options.guests != nil {
        throw CoordinatorError(.usage, "--guests: \(scenario.path) takes no folder of modules (it has no key \"guests\")")
      }
      return []
    }
    guard let folder = options.guests else {
      // With workloads of its own, beyond the one whose time is taken off, there is something to measure without a folder.
      if scenario.workloads.contains(where: { $0.name != scenario.subtract }) { return [] }
      throw CoordinatorError(.usage, "\(scenario.path) measures the modules of a folder: harness run \(scenario.path) --guests DIR")
    }
    // The scenario's own workloads keep their names, because `subtract` and `differences` mean them.
    let own = Set(scenario.workloads.map(\.name))
    let workloads = try GuestFolder.workloads(in: folder, template: template).map { workload in
      var workload = workload
      if own.contains(workload.name) { workload.name += "-guest" }
      return workload
    }
    let repeated = Dictionary(grouping: workloads, by: \.name).filter { $0.value.count > 1 }.keys.sorted()
    guard repeated.isEmpty else {
      throw CoordinatorError(
        .badData, "--guests \(folder): several modules would be called \(repeated.joined(separator: ", ")); rename them")
    }
    return workloads
  }

  /// The workload with its arms among the runtimes found; nil where none is left.
  private func resolve(
    _ workload: ScenarioWorkload, runtimes: [RuntimeDescription], leftOut: inout LeftOut, absent: inout AbsentBuilds
  ) -> Workload? {
    var exclusions: [String: Arms.Exclusion] = [:]
    for runtime in runtimes {
      guard let why = Arms(catalog: catalog).exclusion(of: workload, from: runtime) else { continue }
      exclusions[runtime.name] = why
      leftOut.add(workload.name, runtime.name, why)
      if case .absentBuild(let path) = why { absent.add(path, of: workload.name, in: runtime.name) }
    }
    let names = runtimes.map(\.name).filter { exclusions[$0] == nil }
    if let test = workload.test { return resolve(workload, test, arms: names, skips: exclusions.mapValues(\.reason)) }
    guard !names.isEmpty else { return nil }
    var resolved = Workload(
      name: workload.name, module: workload.module, native: workload.native, arguments: workload.arguments,
      environment: workload.environment, input: workload.input, folders: workload.folders, directory: workload.directory,
      expected: workload.expected, arms: names)
    resolved.density = workload.density
    resolved.cache = workload.cache
    resolved.repeats = workload.repeats ? true : nil
    resolved.churn = workload.churn
    resolved.load = workload.load
    return resolved
  }

  /// A test stays in the plan wherever it is run: what is not run is told as skipped, with the reason.
  private func resolve(_ workload: ScenarioWorkload, _ test: SuiteTest, arms: [String], skips: [String: String]) -> Workload {
    let conformance = ConformanceTest(
      suite: test.suite, name: test.name, script: test.script,
      knownFailures: test.expectations.mapValues(\.known).filter { $0.value != KnownFailures() }, skips: skips)
    var resolved = Workload(
      name: workload.name, module: workload.module, arguments: workload.arguments, environment: workload.environment,
      input: workload.input, expected: workload.expected, arms: arms)
    resolved.root = test.root
    resolved.test = conformance
    return resolved
  }

  /// Scripts that a runtime could not be given: a suite that lost one would pass for less than it is.
  private func unconverted(_ workloads: [ScenarioWorkload], _ runtimes: [RuntimeDescription], run: String) -> [TestedAssertions] {
    workloads.flatMap { workload in
      runtimes.compactMap { runtime -> TestedAssertions? in
        guard case .unconverted(let reason) = Arms(catalog: catalog).exclusion(of: workload, from: runtime) else { return nil }
        let known = workload.test?.expectations[runtime.name]?.known
        return TestedAssertions(
          run: run, attempt: 0, workload: workload.name, runtime: runtime.name,
          assertions: [TestedAssertion(outcome: .fail, detail: reason)].judged(known))
      }
    }
  }

  private func tests(
    _ scenario: Scenario, _ options: PlanOptions, _ runtimes: [RuntimeDescription], _ notes: inout [String]
  ) throws -> [ScenarioWorkload] {
    guard let request = scenario.conformance else {
      if options.suite.folder != nil {
        throw CoordinatorError(.usage, "--suite: \(scenario.path) is of no suite (it has no key \"conformance\")")
      }
      return []
    }
    let loader = SuiteLoader(request: request, options: options.suite, checkout: checkout, tell: options.tell)
    return try loader.workloads(for: runtimes, notes: &notes)
  }

  /// The scenario's name, the time in UTC and four random letters: sorts by time within a scenario, and fits a cgroup, a containerd
  /// namespace and a socket path.
  private func identifier(_ scenario: String) -> String {
    let name = scenario.lowercased().map { $0.isLetter || $0.isNumber ? $0 : "-" }.prefix(24)
    let time = timestamp(now).filter(\.isNumber)
    let letters = (0..<4).map { _ in "abcdefghjkmnpqrstuvwxyz23456789".randomElement() ?? "x" }
    return "\(String(name))-\(time.prefix(8))-\(time.dropFirst(8).prefix(6))-\(String(letters))"
  }

  private func command(_ scenario: Scenario, _ options: PlanOptions, names: [String], blocks: Int?, seed: UInt64) -> String {
    var words = ["harness", "run", scenario.path]
    if let blocks, scenario.conformance == nil { words += ["--blocks", "\(blocks)"] }
    words += ["--seed", "\(seed)"]
    if options.runtimes != nil { words += ["--runtimes", names.joined(separator: ",")] }
    if let guests = options.guests { words += ["--guests", guests] }
    if let suite = options.suite.folder { words += ["--suite", suite] }
    return words.map(shellWord).joined(separator: " ")
  }

  /// The commit the scenario's folder is at, with `+` when anything in the checkout differs from it; empty outside a checkout.
  private func commit(of path: String) -> String {
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
    guard let head = output(of: ["git", "-C", folder, "rev-parse", "HEAD"]) else { return "" }
    let changes = output(of: ["git", "-C", folder, "status", "--porcelain", "--untracked-files=no"]) ?? ""
    return head.trimmingCharacters(in: .whitespacesAndNewlines) + (changes.isEmpty ? "" : "+")
  }

  /// The branch the scenario's folder is on. CI checks out a commit, on no branch: there the job's own variables name it.
  private func branch(of path: String) -> String? {
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
    let name = output(of: ["git", "-C", folder, "symbolic-ref", "--quiet", "--short", "HEAD"])?.trimmingCharacters(
      in: .whitespacesAndNewlines)
    if let name, !name.isEmpty { return name }
    let variables = ProcessInfo.processInfo.environment
    return ["GITHUB_HEAD_REF", "GITHUB_REF_NAME", "CI_MERGE_REQUEST_SOURCE_BRANCH_NAME", "CI_COMMIT_REF_NAME"].lazy
      .compactMap { variables[$0] }.first { !$0.isEmpty }
  }

  private func output(of command: [String]) -> String? {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = command
    process.standardInput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    let pipe = Pipe()
    process.standardOutput = pipe
    guard (try? process.run()) != nil else { return nil }
    let data = (try? pipe.fileHandleForReading.readToEnd()) ?? Data()
    process.waitUntilExit()
    return process.terminationStatus == 0 ? String(decoding: data, as: UTF8.self) : nil
  }
}

/// A moment in UTC, ISO 8601 to the second.
public func timestamp(_ date: Date) -> String {
  date.formatted(Date.ISO8601FormatStyle(timeZone: .gmt))
}

/// A word as a POSIX shell reads it back.
public func shellWord(_ word: String) -> String {
  let plain = word.unicodeScalars.allSatisfy {
    $0.isASCII && ($0.properties.isAlphabetic || $0.properties.numericType != nil || "-_./,:=+@%".unicodeScalars.contains($0))
  }
  if plain, !word.isEmpty { return word }
  // Scalars and not characters: an apostrophe with an accent behind it is another character and still ends the word.
  return "'" + word.unicodeScalars.map { $0 == "'" ? "'\\''" : String($0) }.joined() + "'"
}
