import Observations

/// Which runtimes can run a workload here, and why the others cannot.
struct Arms {
  let catalog: RuntimeCatalog

  /// Why a workload is not run in a runtime.
  enum Exclusion: Hashable {
    /// The scenario has it for other runtimes; nobody needs to be told.
    case notAsked
    /// It has no program of the kind the runtime executes; nobody needs to be told.
    case otherKind
    /// It needs a folder under a path of its own, and the runtime can show it none.
    case unmappedFolders
    /// The runtime's command has no place for the workload's variables.
    case lostEnvironment
    /// Its native program has not been built.
    case absentBuild(String)
    /// The runtime runs no scripts.
    case noScripts
    /// A script that cannot be had in the form the runtime needs, for the reason given. It is not left out: it failed.
    case unconverted(String)
    /// A test that cannot be run there, for the reason given.
    case test(String)

    /// Why a test is not run, in words.
    var reason: String {
      switch self {
      case .notAsked: "is not asked for"
      case .otherKind: "runs native programs"
      case .unmappedFolders: "cannot show a guest a folder as /"
      case .lostEnvironment: "has no {environment:…} in its command to hand variables over"
      case .absentBuild(let path): "\(path) is absent"
      case .noScripts: "has no command for scripts"
      case .unconverted(let reason), .test(let reason): reason
      }
    }
  }

  /// Why a workload has no arm in a runtime; nil where it has one.
  func exclusion(of workload: ScenarioWorkload, from runtime: RuntimeDescription) -> Exclusion? {
    if workload.runtimes?.contains(runtime.name) == false { return .notAsked }
    if let why = workload.test.flatMap({ obstacle(to: $0, in: runtime) }) { return why }
    if workload.test?.script != nil { return nil }
    switch runtime.program {
    case .native:
      guard let native = workload.native else { return .otherKind }
      return isFile(native) ? nil : .absentBuild(native)
    case .module:
      guard workload.module != nil else { return .otherKind }
      if needsMapping(workload), catalog.entry(named: runtime.name)?.mapsFolders == false { return .unmappedFolders }
      return workload.environment.isEmpty || passesEnvironment(runtime) ? nil : .lostEnvironment
    }
  }

  /// Why a test of a suite cannot be run in a runtime, the files it needs aside.
  private func obstacle(to test: SuiteTest, in runtime: RuntimeDescription) -> Exclusion? {
    if let obstacle = test.obstacle { return .test(obstacle) }
    if test.expectations[runtime.name]?.isSkipped == true { return .test("the expectations file says so") }
    guard test.script != nil else { return nil }
    guard let command = runtime.scriptCommand else { return .noScripts }
    return command.contains { $0.contains("{script}") } ? test.unconverted.map(Exclusion.unconverted) : nil
  }

  private func needsMapping(_ workload: ScenarioWorkload) -> Bool {
    !workload.folders.isEmpty || workload.test?.root != nil || (workload.directory.map { $0.guest != "." } ?? false)
  }

  /// An engine's own environment is not its guest's: only the words of the command hand variables over.
  private func passesEnvironment(_ runtime: RuntimeDescription) -> Bool {
    runtime.path != .process || runtime.command.contains { $0.hasPrefix("{environment:") }
  }
}

/// What is not run where, told when it is known which runtimes run anything: of one that runs nothing a line says it all.
struct LeftOut {
  /// Workloads that a line names, where it would have to name many.
  private static let namedWorkloads = 2

  private var pairs: [(workload: String, runtime: String, why: Arms.Exclusion)] = []

  mutating func add(_ workload: String, _ runtime: String, _ why: Arms.Exclusion) {
    pairs.append((workload, runtime, why))
  }

  /// Runtimes that are here and run nothing, a line each. Those without a single build are told with the ones that are not here.
  func idle(_ runtimes: [RuntimeDescription], used: Set<String>) -> [String] {
    runtimes.filter { !used.contains($0.name) }.compactMap { runtime -> String? in
      let own = pairs.filter { $0.runtime == runtime.name }
      let isUnbuilt = own.contains { if case .absentBuild = $0.why { true } else { false } }
      guard !own.isEmpty, !isUnbuilt else { return nil }
      let reasons = own.map(\.why).uniqued.map { why in
        Self.text(why, own.filter { $0.why == why }.map(\.workload), runtime.program)
      }
      let more = reasons.count > 3 ? "; and \(reasons.count - 3) reasons more" : ""
      return "\(runtime.name) is left out: \(reasons.prefix(3).joined(separator: "; "))\(more)"
    }
  }

  /// What is left out of runtimes that run something else. Of tests the report says it.
  func notes(used: Set<String>) -> [String] {
    pairs.filter { used.contains($0.runtime) }.compactMap { pair -> String? in
      let start = "\(pair.workload) is not run in \(pair.runtime), "
      return switch pair.why {
      case .unmappedFolders: start + "which cannot show a guest a folder under another path"
      case .lostEnvironment: start + "whose command has no {environment:…} to hand the workload's variables over"
      case .notAsked, .otherKind, .absentBuild, .noScripts, .unconverted, .test: nil
      }
    }
  }

  /// Why none of some workloads is run in a runtime.
  private static func text(_ why: Arms.Exclusion, _ workloads: [String], _ program: ProgramKind) -> String {
    let rest = workloads.count - namedWorkloads
    let names =
      rest > 1
      ? "\(workloads.prefix(namedWorkloads).joined(separator: ", ")) and \(rest) more" : workloads.joined(separator: ", ")
    let need = workloads.count == 1 ? "needs" : "need"
    return switch why {
    case .notAsked: "the scenario has \(names) for other runtimes"
    case .otherKind: "there is no \(program == .native ? "native program" : "module") of \(names)"
    case .unmappedFolders: "it cannot map folders, which \(names) \(need)"
    case .lostEnvironment: "its command has no {environment:…} to hand variables over, which \(names) \(need)"
    case .noScripts: "it has no command for scripts (\"scripts\" in scenarios/runtimes.yaml)"
    case .absentBuild, .unconverted, .test: "\(names): \(why.reason)"
    }
  }
}

/// Workloads whose native program has not been built, in the runtimes that would run it.
struct AbsentBuilds {
  /// The command that builds them: a scenario's own native programs are there, or the scenario is refused.
  static let remedy = "scripts/build-guests native"

  private var builds: [(workload: String, runtime: String, path: String)] = []

  mutating func add(_ path: String, of workload: String, in runtime: String) {
    builds.append((workload, runtime, path))
  }

  /// Runtimes for which nothing was built.
  func unavailable(used: Set<String>) -> [Unavailable] {
    builds.map(\.runtime).uniqued.filter { !used.contains($0) }.map { runtime in
      let absent = builds.filter { $0.runtime == runtime }
      return Unavailable(runtime: runtime, reason: absent.map(Self.text).joined(separator: "; "), remedy: Self.remedy)
    }
  }

  /// What is left out of runtimes that run something else.
  func notes(used: Set<String>) -> [String] {
    builds.filter { used.contains($0.runtime) }.map {
      "\($0.workload) is not run in \($0.runtime): \(Self.text($0)); make it: \(Self.remedy)"
    }
  }

  /// One line for each program, for a plan of which nothing is left without them.
  var lines: [String] { builds.map { "\(Self.text($0)); make it: \(Self.remedy)" }.uniqued }

  private static func text(_ build: (workload: String, runtime: String, path: String)) -> String {
    "\(build.path): the native build of \(build.workload) is absent"
  }
}

extension Sequence where Element: Hashable {
  /// Every element once, where it comes first.
  var uniqued: [Element] {
    var seen: Set<Element> = []
    return filter { seen.insert($0).inserted }
  }
}
