import Observations

/// Which runtimes can run a workload here, and why the others cannot.
struct Arms {
  let catalog: RuntimeCatalog

  /// Why a workload is not run in a runtime.
  enum Exclusion: Equatable {
    /// It has no program of the kind the runtime executes; nobody needs to be told.
    case otherKind
    /// It needs a folder under a path of its own, and the runtime can show it none.
    case unmappedFolders
    /// The runtime's command has no place for the workload's variables.
    case lostEnvironment
    /// Its native program has not been built.
    case absentBuild(String)
    /// A test that cannot be run there, for the reason given.
    case test(String)

    /// Why a test is not run, in words.
    var reason: String {
      switch self {
      case .otherKind: "runs native programs"
      case .unmappedFolders: "cannot show a guest a folder as /"
      case .lostEnvironment: "has no {environment:…} in its command to hand variables over"
      case .absentBuild(let path): "\(path) is absent"
      case .test(let reason): reason
      }
    }
  }

  /// Why a workload has no arm in a runtime; nil where it has one.
  func exclusion(of workload: ScenarioWorkload, from runtime: RuntimeDescription) -> Exclusion? {
    if let reason = workload.test.flatMap({ obstacle(to: $0, in: runtime) }) { return .test(reason) }
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
  private func obstacle(to test: SuiteTest, in runtime: RuntimeDescription) -> String? {
    if let obstacle = test.obstacle { return obstacle }
    if test.expectations[runtime.name]?.isSkipped == true { return "the expectations file says so" }
    guard test.script != nil else { return nil }
    guard let command = runtime.scriptCommand else { return "runs no test scripts" }
    return command.contains { $0.contains("{script}") } ? test.unconverted : nil
  }

  private func needsMapping(_ workload: ScenarioWorkload) -> Bool {
    !workload.folders.isEmpty || workload.test?.root != nil || (workload.directory.map { $0.guest != "." } ?? false)
  }

  /// An engine's own environment is not its guest's: only the words of the command hand variables over.
  private func passesEnvironment(_ runtime: RuntimeDescription) -> Bool {
    runtime.path != .process || runtime.command.contains { $0.hasPrefix("{environment:") }
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

extension [String] {
  /// Every text once, where it comes first.
  fileprivate var uniqued: [String] {
    var seen: Set<String> = []
    return filter { seen.insert($0).inserted }
  }
}
