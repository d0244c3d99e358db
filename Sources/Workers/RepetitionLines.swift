import Observations

/// What a program says on standard error that times its own repetitions: whole nanoseconds, one a line.
enum RepetitionLines {
  /// - Parameter whole: nanoseconds that the whole process took, in which all repetitions lie.
  /// - Throws: `LaunchRefused` for anything else, in words that go behind a trial's outcome.
  static func parse(_ text: String, within whole: UInt64) throws(LaunchRefused) -> Repetitions {
    var times: [UInt64] = []
    var sum: UInt64 = 0
    for line in text.split(separator: "\n", omittingEmptySubsequences: true) {
      guard line.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }), let time = UInt64(line) else {
        throw LaunchRefused(reason: "line \(times.count + 1) of standard error is no whole number of nanoseconds: \(line.prefix(60))")
      }
      times.append(time)
      let (next, overflow) = sum.addingReportingOverflow(time)
      sum = overflow ? .max : next
      if times.count > Repetitions.most { throw LaunchRefused(reason: "it told of more than \(Repetitions.most) repetitions") }
    }
    guard !times.isEmpty else { throw LaunchRefused(reason: "it told of no repetition: nanoseconds on standard error, one a line") }
    guard sum <= whole else {
      throw LaunchRefused(reason: "its repetitions took \(sum / 1_000_000) ms together, and the whole of it \(whole / 1_000_000) ms")
    }
    return Repetitions(times: times)
  }
}
