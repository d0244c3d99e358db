import Foundation
import Testing

@testable import Statistics

/// The same vectors through scipy: two independent implementations agree to twelve digits.
@Suite struct ScipyTests {
  /// The Python to use; `HARNESS_PYTHON` names another one.
  static let python = ProcessInfo.processInfo.environment["HARNESS_PYTHON"] ?? "python3"

  static func run(_ arguments: [String]) throws -> (status: Int32, output: Data) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [python] + arguments
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    try process.run()
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, output)
  }

  static let isPresent = (try? run(["-c", "import scipy, numpy"]).status) == 0

  @Test(.enabled(if: isPresent, "scipy is not installed for python3 (pip install scipy, or name another with HARNESS_PYTHON)"))
  func `scipy agrees`() throws {
    let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("scipy_vectors.py")
    let (status, output) = try Self.run([script.path])
    try #require(status == 0)
    let expected = try JSONDecoder().decode([String: [Double]].self, from: output)

    let a = try #require(Sample(Vectors.a))
    func interval(_ interval: Interval?) -> [Double] { interval.map { [$0.lower, $0.upper] } ?? [] }
    func median(_ level: Double) -> [Double] {
      let interval = a.quantileInterval(0.5, level: level)
      return interval.map { [$0.lower, $0.upper, $0.coverage] } ?? []
    }
    func test(_ differences: [Double]) -> [Double] {
      SignedRankTest(differences: differences).map { [$0.statistic, $0.probability] } ?? []
    }
    let unpaired = try #require(HodgesLehmann.ratio(baseline: Vectors.a, candidate: Vectors.b))
    let paired = try #require(HodgesLehmann.pairedRatio(baseline: Vectors.a, candidate: Vectors.b))
    let ours: [String: [Double]] = [
      "quantiles": [0, 0.1, 0.25, 0.5, 0.9, 0.99, 1].map(a.quantile),
      "median95": median(0.95),
      "median99": median(0.99),
      "ratio95": [unpaired.value] + interval(unpaired.interval95),
      "ratio99": [unpaired.value] + interval(unpaired.interval99),
      "paired95": [paired.value] + interval(paired.interval95),
      "paired99": [paired.value] + interval(paired.interval99),
      "wilcoxonExact": test(zip(Vectors.a, Vectors.b).map { $1 / $0 - 1 }),
      "wilcoxonTies": test(zip(Vectors.t1, Vectors.t2).map { $1 - $0 }),
      "wilcoxonZeros": test([0, 0, 1, -1, 2, -2, 3, 3, 4, -5, 6, 7]),
      "normal": [0.975, 0.8, 1e-9].map(normalQuantile),
    ]
    #expect(Set(ours.keys) == Set(expected.keys))
    for (name, values) in expected {
      let found = ours[name] ?? []
      try #require(found.count == values.count, "\(name)")
      for (x, y) in zip(found, values) { #expect(agrees(x, y), "\(name): \(x) and \(y)") }
    }
  }
}
