import ContainerdClient
import Glibc
import Observations

/// Many instances at once, each of which has said what it has to say and waits: what they weigh together.
struct DensityTrial {
  private let crowd: any HeldCrowd
  private let group: TrialGroup?
  private let expected: Expectation
  private let conditions: TrialConditions
  /// Microseconds in which whatever helped an instance to its start is gone.
  private static let settling: UInt32 = 500_000

  init(_ crowd: any HeldCrowd, _ group: TrialGroup?, _ expected: Expectation, _ conditions: TrialConditions) {
    self.crowd = crowd
    self.group = group
    self.expected = expected
    self.conditions = conditions
  }

  /// - Returns: what was measured, and the streams of the instance whose answer counts.
  func run() throws -> (measurement: Measurement, streams: [CollectedStream]) {
    conditions.begin()
    let began = Moment.now
    do {
      var first: UInt64 = 0
      if crowd.count > 1 {
        try crowd.hold(1)
        first = try weigh().proportional
      }
      try crowd.hold(crowd.count)
      let ready = Moment.now
      let held = try heldMemory(first: first)
      let answers = try crowd.end()
      var report = LaunchReport(spawned: began, exited: ready, reaped: Moment.now)
      report.firstByte = answers.streams[0].firstByte
      if let time = answers.time { (report.userTime, report.systemTime) = time }
      report.take(CrowdAnswer(answers.streams, answers.exitCodes, expected))
      let answering = 2 * (report.answering ?? 0)
      return (Measurement(report: report, held: held), Array(answers.streams[answering...answering + 1]))
    } catch let failure as HoldFailure {
      try Interruption.check()
      let none = [CollectedStream(), CollectedStream()]
      return (Measurement(report: LaunchReport(spawned: began, failure: failure)), none)
    }
  }

  private func heldMemory(first: UInt64) throws -> HeldMemory {
    let count = UInt64(crowd.count)
    let all = try weigh()
    // A limit would count these pages as well; read before the map of every process is, which takes memory of the kernel.
    let group = group?.usage()
    return HeldMemory(
      proportional: all.proportional / count,
      slope: count > 1 && all.proportional >= first ? (all.proportional - first) / (count - 1) : nil,
      privateMemory: all.privateMemory / count, group: group.map { $0 / count },
      guest: LinearMemory.proportional(of: crowd.processes()).map { $0 / count })
  }

  private func weigh() throws -> ProcessMemory {
    usleep(Self.settling)
    let processes = crowd.processes()
    guard !processes.isEmpty else {
      throw HoldFailure.failed("nothing of it was there to be weighed: a program that is held waits for the end of its input")
    }
    guard let memory = ProcessMemory.of(processes), memory.proportional > 0 else {
      throw LaunchRefused(reason: "the kernel does not tell the proportional memory of processes (/proc/PID/smaps_rollup)")
    }
    return memory
  }
}

extension LaunchReport {
  /// A trial whose instances did not all come so far as to be held.
  init(spawned: UInt64, failure: HoldFailure) {
    let now = Moment.now
    self.init(spawned: spawned, exited: now, reaped: now)
    switch failure {
    case .timedOut: timedOut = true
    case .failed(let reason): startError = reason
    }
  }
}
