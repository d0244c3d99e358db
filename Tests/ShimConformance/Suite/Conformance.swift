import Foundation

/// Who starts containers.
public enum Engine: String, Sendable, CaseIterable {
  /// containerd's own client with a private containerd.
  case ctr
  /// Docker's client in the testbed.
  case docker
}

/// One call of the suite: what was asked for on the command line, and the way from there to tables and an exit code.
public struct Conformance {
  /// Names or paths with labels.
  public var runtimes: [String]
  /// The same for those whose failures are shown and not counted.
  public var references: [String]
  public var engine: Engine
  /// Names of groups, and names of behaviours or parts of them; all without one.
  public var only: [String]
  public var isQuick: Bool
  public var runs: Int?
  public var parallel: Int?
  public var lifecycles: Int?
  /// How much longer than usual everything takes here: deadlines, pauses and the time a signal may take are multiplied by it.
  public var slowness: Double
  public var native: [String]
  public var isList: Bool
  public var printsJSON: Bool
  /// Files to write, if any.
  public var markdown: String?
  public var junit: String?
  /// Where the guests' sources are; beside the suite's own sources without it.
  public var guests: String?
  /// Inside: the folder the outer process made.
  public var enclosed: String?

  /// - Parameters: as the properties of the same names.
  public init(
    runtimes: [String], references: [String], engine: Engine, only: [String], isQuick: Bool, runs: Int?, parallel: Int?, lifecycles: Int?,
    slowness: Double = 1, native: [String],
    isList: Bool, printsJSON: Bool, markdown: String?, junit: String?, guests: String?, enclosed: String?
  ) {
    self.runtimes = runtimes
    self.references = references
    self.engine = engine
    self.only = only
    self.isQuick = isQuick
    self.runs = runs
    self.parallel = parallel
    self.lifecycles = lifecycles
    self.slowness = slowness
    self.native = native
    self.isList = isList
    self.printsJSON = printsJSON
    self.markdown = markdown
    self.junit = junit
    self.guests = guests
    self.enclosed = enclosed
  }

  enum ExitCode {
    static let passed: Int32 = 0
    static let failed: Int32 = 1
    static let wrongUse: Int32 = 64
    static let nothingAsked: Int32 = 77
  }

  /// Does what was asked for.
  /// - Returns: the exit code.
  public func run() -> Int32 {
    // A client that ends early closes its pipes.
    signal(SIGPIPE, SIG_IGN)
    do {
      guard (1...1000).contains(slowness) else { throw Failed("--slow takes a factor from 1 to 1000") }
      Clock.slowness = slowness
      if isList {
        print(engine == .docker ? listing(DockerSuite.groups) : listing(Suite.groups))
        return ExitCode.passed
      }
      let subjects = try (runtimes + references).map { try Runtime($0, native: native) }
      if Set(subjects.map(\.label)).count < subjects.count { throw Failed("two runtimes have the same label; write NAME=LABEL") }
      if engine == .docker { return try report(DockerSuite.run(subjects, settings, progress: say)) }
      if let enclosed { return try runInside(subjects, folder: enclosed) }
      return try runOutside()
    } catch let skip as Skipped {
      print("shim conformance: everything skipped: \(skip.reason)")
      return ExitCode.nothingAsked
    } catch {
      say("error: \(error)")
      return error is Failed ? ExitCode.wrongUse : ExitCode.failed
    }
  }

  private func listing<Subject>(_ groups: [Group<Subject>]) -> String {
    Suite.chosen(groups, only).map { group in ([group.name] + group.behaviours.map { "  " + $0.name }).joined(separator: "\n") }
      .joined(separator: "\n")
  }

  private var settings: Settings {
    var settings = Settings()
    if isQuick { settings.makeQuick() }
    settings.runs = runs ?? settings.runs
    settings.parallel = parallel ?? settings.parallel
    settings.lifecycles = lifecycles ?? settings.lifecycles
    settings.only = only
    settings.sources = guests ?? URL(fileURLWithPath: #filePath + "/../../Guests").standardized.path
    return settings
  }

  private func say(_ line: String) { FileHandle.standardError.write(Data((line + "\n").utf8)) }

  // MARK: Outside

  /// Starts itself in namespaces of its own, waits, and clears what containers leave on the machine however that ends.
  private func runOutside() throws -> Int32 {
    if let obstacle = Enclosure.obstacle { throw Skipped(obstacle) }
    Enclosure.sweepDeadRuns()
    let name = "\(Enclosure.prefix)\(getpid())"
    let folder = "/var/tmp/" + name
    try Files.makeFolder(folder)
    Scratch.folder = folder
    let traces = Enclosure.Traces(name: name)
    for number in [SIGINT, SIGTERM, SIGHUP] { signal(number) { Interruption.number = $0 } }
    let executable = Files.link("/proc/self/exe")
    let words = Enclosure.words(executable, Array(CommandLine.arguments.dropFirst()) + ["--enclosed", folder])
    let inside = try Children.start(
      words, environment: Program.environment, folder: nil, streams: .init(input: nil, output: STDOUT_FILENO, errors: STDERR_FILENO))
    var code: Int32?
    while code == nil {
      code = Children.wait(inside, limit: 0.2)
      if code == nil, Interruption.number != 0 { kill(inside, SIGKILL) }
    }
    try? FileManager.default.removeItem(atPath: folder)
    let left = traces.sweep()
    if Interruption.number != 0 { return 128 + Interruption.number }
    guard left.isEmpty else {
      print("the suite itself left \(left.joined(separator: ", "))")
      return ExitCode.failed
    }
    return code ?? ExitCode.failed
  }

  // MARK: Inside

  private func runInside(_ subjects: [Runtime], folder: String) throws -> Int32 {
    Scratch.folder = folder
    try Enclosure.prepare()
    let name = URL(fileURLWithPath: folder).lastPathComponent
    return try report(Suite.run(subjects, settings, namespace: name, progress: say))
  }

  private func report(_ all: Results) throws -> Int32 {
    var results = all
    results.references = Set(results.labels.suffix(references.count))
    results.slowness = slowness
    if results.rows.isEmpty { throw Failed("no behaviour has \"\(only.joined(separator: "\" or \""))\" in its name") }
    if let markdown { try Files.write(Tables.markdown(results), to: markdown) }
    if let junit { try Files.write(Tables.junit(results), to: junit) }
    print(printsJSON ? try Tables.json(results) : Tables.text(results), terminator: "")
    if results.failed > 0 { return ExitCode.failed }
    return results.passed > 0 ? ExitCode.passed : ExitCode.nothingAsked
  }
}

/// The signal that asks for an end.
private enum Interruption {
  nonisolated(unsafe) static var number: Int32 = 0
}
