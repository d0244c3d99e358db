import ContainerdClient
import Observations

/// The answer of many containers as one: that of the first which answered wrong, or of the first of all.
struct CrowdAnswer: Equatable {
  var exitCode: Int32
  /// Bytes of the standard output that counts.
  var outputBytes: Int
  /// The first container that answered wrong, from 0; nil where all answered right.
  var wrong: Int?

  /// - Parameter streams: standard output and standard error of the first container, then of the second, and so on.
  init(_ streams: [CollectedStream], _ exitCodes: [Int32], _ expected: Expectation) {
    let text = expected.output.map { Array($0.utf8) }
    func isWrong(_ index: Int) -> Bool {
      let output = streams[2 * index]
      return exitCodes[index] != expected.exitCode || (text.map { output.bytes != $0 || output.length != $0.count } ?? false)
    }
    wrong = exitCodes.indices.first(where: isWrong)
    let chosen = wrong ?? 0
    exitCode = exitCodes[chosen]
    outputBytes = streams[2 * chosen].length
  }
}

extension CrowdAnswer {
  init(exitCode: Int32, outputBytes: Int, wrong: Int?) {
    self.exitCode = exitCode
    self.outputBytes = outputBytes
    self.wrong = wrong
  }
}

extension LaunchReport {
  /// What was measured without the launcher: moments, and nothing that the kernel counts for a waiting parent.
  init(spawned: UInt64, exited: UInt64, reaped: UInt64) {
    self.init(
      spawned: spawned, exited: exited, reaped: reaped, timedOut: false, userTime: 0, systemTime: 0, minorFaults: 0, majorFaults: 0,
      voluntarySwitches: 0, involuntarySwitches: 0, outputBytes: 0, errorBytes: 0, strays: 0)
  }

  /// A trial that did not come to its end.
  init(spawned: UInt64, failure: ContainerdError) {
    let now = Moment.now
    self.init(spawned: spawned, exited: now, reaped: now)
    if failure.kind == .timedOut { timedOut = true } else { startError = failure.message }
  }

  mutating func take(_ answer: CrowdAnswer) {
    exitCode = answer.exitCode
    outputBytes = answer.outputBytes
    answering = answer.wrong ?? 0
  }
}
