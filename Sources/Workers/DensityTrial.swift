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
    // What is given to the instances, without the pauses in which they are weighed.
    var deadline = began + UInt64(conditions.timeLimit * 1e9)
    do {
      var first: UInt64 = 0
      var making: UInt64 = 0
      if crowd.count > 1 {
        try crowd.hold(1, until: deadline)
        let made = Moment.now
        making = crowd.grows ? made - began : 0
        first = try weigh().proportional
        deadline += Moment.now - made
      }
      let resumed = Moment.now
      try crowd.hold(crowd.count, until: deadline)
      let ready = Moment.now
      making += ready - resumed
      let held = try heldMemory(first: first)
      deadline += Moment.now - ready
      let answers = try crowd.end(until: deadline)
      let report = report(answers, began, exited: began + making).report
      return (Measurement(report: report, held: held), answers.streams(of: report))
    } catch let failure as HoldFailure {
      return try failed(failure, began, deadline)
    }
  }

  /// How those have ended that were to wait tells what is wrong with them; with an answer that is right they cannot be weighed all the same.
  private func failed(_ failure: HoldFailure, _ began: UInt64, _ deadline: UInt64) throws
    -> (measurement: Measurement, streams: [CollectedStream])
  {
    guard case .ended = failure else {
      try Interruption.check()
      return (Measurement(report: LaunchReport(spawned: began, failure: failure)), [CollectedStream(), CollectedStream()])
    }
    do {
      let answers = try crowd.end(until: deadline)
      var (report, isRight) = report(answers, began, exited: Moment.now)
      if isRight {
        report.startError =
          "it ended, or closed its output, before it could be weighed: a program that is held waits for the end of its input"
      }
      return (Measurement(report: report), answers.streams(of: report))
    } catch let failure as HoldFailure {
      // Nobody is left who could end early.
      try Interruption.check()
      return (Measurement(report: LaunchReport(spawned: began, failure: failure)), [CollectedStream(), CollectedStream()])
    }
  }

  private func report(_ answers: HeldAnswers, _ began: UInt64, exited: UInt64) -> (report: LaunchReport, isRight: Bool) {
    var report = LaunchReport(spawned: began, exited: exited, reaped: Moment.now)
    report.firstByte = answers.streams.first?.firstByte
    if let released = answers.released {
      (report.userTime, report.systemTime) = (released.userTime, released.systemTime)
      (report.minorFaults, report.majorFaults) = (released.minorFaults, released.majorFaults)
      report.strays = released.strays
    }
    let answer = CrowdAnswer(answers.streams, answers.exitCodes, expected)
    report.take(answer)
    if let killed = answers.killed {
      report.signal = killed.signal
      report.exitCode = nil
      report.answering = killed.instance
    }
    return (report, answer.wrong == nil && answers.killed == nil)
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
    if processes.isEmpty || crowd.hasEnded { throw HoldFailure.ended }
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
    case .ended: startError = "it ended before it could be weighed"
    case .failed(let reason): startError = reason
    }
  }
}
