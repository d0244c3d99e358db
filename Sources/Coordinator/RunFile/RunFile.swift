import Observations

/// A whole run as one JSON document: what `harness export` writes and `harness import` reads. `Docs/formats.md` describes it.
///
/// Trials are rows of whole numbers, so that a million of them are about 150 MB and are read in seconds; names and messages are
/// numbered texts.
public enum RunFile {
  /// The version this code writes and the only one it reads.
  public static let currentVersion: Int64 = 1
  static let format = "harness run"

  /// Whether a text can name a run: it becomes a folder's name beside the database.
  static func isRunName(_ text: String) -> Bool {
    guard let first = text.utf8.first, text.utf8.count <= 200 else { return false }
    func isPlain(_ byte: UInt8) -> Bool {
      byte < 0x80 && (Character(UnicodeScalar(byte)).isLetter || Character(UnicodeScalar(byte)).isNumber)
    }
    return isPlain(first) && text.utf8.allSatisfy { isPlain($0) || "-_.".utf8.contains($0) }
  }

  /// Members of the document.
  enum Member: String, CaseIterable { case format, version, head, blockColumns, blocks, columns, trials, texts }

  /// Everything but blocks and trials.
  struct Head: Codable, Equatable {
    var run: RunDescription
    var timeLimit: Double
    var workloads: [Workload]
    var runtimes: [RuntimeDescription]
    var unavailable: [Unavailable]
    var notes: [String]
    var environments: [AttemptEnvironment]
    /// What was counted, of the last attempt that counted it.
    var counts: [Counts]?
    /// What became of tests, of the last attempt that ran them.
    var assertions: [TestedAssertions]?
  }

  struct AttemptEnvironment: Codable, Equatable {
    var attempt: Int
    var environment: MachineEnvironment
  }
}

/// The columns of a block's row. Its place among the rows is its place in the order of measuring.
enum BlockColumn: Int, CaseIterable {
  /// Numbered text.
  case workload
  case number
  /// Null for a block that is still to be measured.
  case finishedAttempt
  /// Numbered text: why the block is there (`planned`, or what it was added for).
  case purpose

  var name: String { "\(self)" }
}

/// The columns of a trial's row, before its phases: pairs of a numbered text and nanoseconds.
enum TrialColumn: Int, CaseIterable {
  // The table `trial`. Workload, runtime, outcome and detail are numbered texts.
  case workload, block, attempt, runtime, position, outcome, detail, exitCode, signal
  // The table `observation`. Moments are relative to `spawned`; memorySource is a numbered text.
  case spawned, firstByte, exited, reaped, userTime, systemTime, peakMemory, memorySource
  case stealTicks, cpuPressure, memoryPressure, ioPressure, voluntarySwitches, involuntarySwitches, minorFaults, majorFaults
  case runDelay, throttles, clockStep, environmentPadding
  case executed, ended, maxResident
  case tasks, instanceMemory, instanceSlope
  // All or none.
  case latencyP50, latencyP90, latencyP99, latencyP999, latencyMax
  case serviceP50, serviceP90, serviceP99, serviceP999, serviceMax
  case achievedRate, lateness
  case privateMemory, groupMemory, guestMemory

  var name: String { "\(self)" }
  static let ofTrial = Array(allCases[..<TrialColumn.spawned.rawValue])
  static let ofObservation = Array(allCases[TrialColumn.spawned.rawValue...])
  static let ofLoad = allCases.filter(\.isOfLoad)
  static let ofHeld = allCases.filter(\.isOfHeld)

  /// What it was called when only containers were held.
  var formerName: String? {
    switch self {
    case .instanceMemory: "containerMemory"
    case .instanceSlope: "containerSlope"
    default: nil
    }
  }

  /// Only trials of a load have a value there; a file of a run without loads has no such columns.
  var isOfLoad: Bool { (Self.latencyP50.rawValue...Self.lateness.rawValue).contains(rawValue) }
  /// Only trials that hold instances have a value there; a file of a run without them has no such columns.
  var isOfHeld: Bool { rawValue >= Self.privateMemory.rawValue }

  /// Numbers of `RunTexts`.
  var isText: Bool {
    switch self {
    case .workload, .runtime, .outcome, .detail, .memorySource: true
    default: false
    }
  }

  var isRelative: Bool { self == .firstByte || self == .exited || self == .reaped || self == .executed || self == .ended }

  var mayBeNull: Bool {
    switch self {
    case .exitCode, .signal, .firstByte, .peakMemory, .cpuPressure, .memoryPressure, .ioPressure, .runDelay, .throttles, .clockStep,
      .environmentPadding, .executed, .ended, .maxResident, .tasks, .instanceMemory, .instanceSlope:
      true
    default: isOfLoad || isOfHeld
    }
  }

  /// A clock may be set back; moments lie before `spawned` only where a worker recorded nonsense, which is kept and refused later.
  var mayBeNegative: Bool { isRelative || self == .clockStep }
}

/// One trial between a database and a file or a comparison: a number a column, the same memory for every trial.
struct TrialRow {
  /// Stands for null.
  static let absent = Int64.min
  var values = [Int64](repeating: TrialRow.absent, count: TrialColumn.allCases.count)
  var phases: [(name: Int, nanoseconds: Int64)] = []
  var repetitions = RepetitionRow()

  subscript(column: TrialColumn) -> Int64 {
    get { values[column.rawValue] }
    set { values[column.rawValue] = newValue }
  }
}

/// Texts that rows name by number.
struct RunTexts {
  private(set) var all: [String] = []
  private var numbers: [String: Int] = [:]
  /// What a number means as an outcome or a memory source, nil where nothing this version knows.
  private(set) var outcomes: [Outcome?] = []
  private(set) var sources: [MemorySource?] = []

  init(_ texts: [String] = []) { for text in texts { append(text) } }

  mutating func number(of text: String) -> Int {
    if let number = numbers[text] { return number }
    append(text)
    return all.count - 1
  }

  func known(_ text: String) -> Int? { numbers[text] }

  private mutating func append(_ text: String) {
    numbers[text] = numbers[text] ?? all.count
    all.append(text)
    outcomes.append(Outcome(rawValue: text))
    sources.append(MemorySource(rawValue: text))
  }
}

extension TrialRow {
  /// The row as a trial.
  /// - Precondition: every text's number and every outcome has been checked.
  func observation(run: String, _ texts: RunTexts) -> Observation {
    func text(_ column: TrialColumn) -> String { texts.all[Int(self[column])] }
    func number(_ column: TrialColumn) -> UInt64 { UInt64(clamping: self[column]) }
    func optional(_ column: TrialColumn) -> UInt64? { self[column] == Self.absent ? nil : UInt64(clamping: self[column]) }
    func code(_ column: TrialColumn) -> Int32? { self[column] == Self.absent ? nil : Int32(truncatingIfNeeded: self[column]) }
    var observation = Observation(
      run: run, workload: text(.workload), block: Int(self[.block]), trial: Int(self[.position]), attempt: Int(self[.attempt]),
      runtime: text(.runtime), outcome: texts.outcomes[Int(self[.outcome])] ?? .notStarted, detail: text(.detail),
      exitCode: code(.exitCode), signal: code(.signal),
      times: TrialTimes(
        spawned: number(.spawned), firstByte: optional(.firstByte), exited: number(.exited), reaped: number(.reaped),
        executed: optional(.executed), ended: optional(.ended)),
      resources: TrialResources(
        userTime: number(.userTime), systemTime: number(.systemTime), peakMemory: optional(.peakMemory),
        memorySource: texts.sources[Int(self[.memorySource])] ?? .none,
        maxResident: optional(.maxResident)),
      phases: phases.map { Phase(name: texts.all[$0.name], nanoseconds: UInt64(clamping: $0.nanoseconds)) },
      evidence: NoiseEvidence(
        stealTicks: number(.stealTicks), cpuPressure: optional(.cpuPressure), memoryPressure: optional(.memoryPressure),
        ioPressure: optional(.ioPressure), voluntarySwitches: number(.voluntarySwitches),
        involuntarySwitches: number(.involuntarySwitches), minorFaults: number(.minorFaults), majorFaults: number(.majorFaults),
        runDelay: optional(.runDelay), throttles: optional(.throttles),
        clockStep: self[.clockStep] == Self.absent ? nil : self[.clockStep]),
      environmentPadding: self[.environmentPadding] == Self.absent ? nil : Int(self[.environmentPadding]))
    observation.tasks = optional(.tasks).map { Int(clamping: $0) }
    observation.resources.held = optional(.instanceMemory).map { proportional in
      HeldMemory(
        proportional: proportional, slope: optional(.instanceSlope), privateMemory: optional(.privateMemory),
        group: optional(.groupMemory), guest: optional(.guestMemory))
    }
    observation.latencies = latencies
    observation.repetitions = repetitions.repetitions(texts)
    return observation
  }

  private var latencies: Latencies? {
    guard self[.latencyP50] != Self.absent else { return nil }
    func number(_ column: TrialColumn) -> UInt64 { UInt64(clamping: self[column]) }
    return Latencies(
      latency: LatencyFigures(
        p50: number(.latencyP50), p90: number(.latencyP90), p99: number(.latencyP99), p999: number(.latencyP999), max: number(.latencyMax)),
      service: LatencyFigures(
        p50: number(.serviceP50), p90: number(.serviceP90), p99: number(.serviceP99), p999: number(.serviceP999), max: number(.serviceMax)),
      achievedRate: number(.achievedRate), lateness: number(.lateness))
  }
}
