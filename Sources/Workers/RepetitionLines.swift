import Observations

/// What a program says on standard error that times its own repetitions: whole nanoseconds, one a line.
enum RepetitionLines {
  /// - Throws: `LaunchRefused` for anything else, in words that go behind a trial's outcome.
  static func parse(_ text: String) throws(LaunchRefused) -> Repetitions {
    var times: [UInt64] = []
    for line in text.split(separator: "\n", omittingEmptySubsequences: true) {
      guard let time = UInt64(line) else {
        throw LaunchRefused(reason: "line \(times.count + 1) of standard error is no whole number of nanoseconds: \(line.prefix(60))")
      }
      times.append(time)
      if times.count > Repetitions.most { throw LaunchRefused(reason: "it told of more than \(Repetitions.most) repetitions") }
    }
    guard !times.isEmpty else { throw LaunchRefused(reason: "it told of no repetition: nanoseconds on standard error, one a line") }
    return Repetitions(times: times)
  }
}
