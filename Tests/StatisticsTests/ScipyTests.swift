import Foundation
import Testing

@testable import Statistics

/// Seeded random samples through scipy: two independent implementations agree to twelve digits.
@Suite struct ScipyTests {
  /// The first Python that has scipy: the one `HARNESS_PYTHON` names or, where it names none, the one in which
  /// scripts/install-needed puts scipy, or that on PATH.
  static let python: String? = {
    let installed = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../.build/tools/bin/python3").standardized.path
    let named = ProcessInfo.processInfo.environment["HARNESS_PYTHON"]
    return (named.map { [$0] } ?? [installed, "python3"]).first {
      (try? run($0, ["-c", "import scipy, numpy"]).status) == 0
    }
  }()

  static func run(_ python: String, _ arguments: [String]) throws -> (status: Int32, output: Data) {
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

  struct Case: Decodable {
    var name: String
    var x: [Double]
    var y: [Double]
    var expected: [Double]
  }

  @Test(
    .enabled(
      if: python != nil, "scipy is not installed (scripts/install-needed tests installs it, HARNESS_PYTHON names a Python that has it)"))
  func `scipy agrees`() throws {
    let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("scipy_vectors.py")
    let (status, output) = try Self.run(try #require(Self.python), [script.path])
    try #require(status == 0)
    let cases = try JSONDecoder().decode([Case].self, from: output)
    #expect(Set(cases.map(\.name)) == Set(Self.estimators.keys))
    for test in cases {
      let estimator = try #require(Self.estimators[test.name])
      let found = estimator.numbers(test.x, test.y)
      try #require(found.count == test.expected.count, "\(test.name) of \(test.x) and \(test.y)")
      for (x, y) in zip(found, test.expected) {
        // Zero has no relative distance.
        #expect(abs(x - y) <= max(estimator.tolerance * abs(y), 1e-300) || (y == 0 && abs(x) < 1e-12), "\(test.name): \(x) and \(y)")
      }
    }
  }

  struct Estimator {
    var tolerance = 1e-12
    var numbers: ([Double], [Double]) -> [Double]
  }

  static func both(_ estimate: Estimate?) -> [Double] {
    estimate.flatMap { estimate in estimate.interval95.map { [$0.lower, $0.upper] } } ?? []
  }
  static func all(_ estimate: Estimate?) -> [Double] { (estimate.map { [$0.value] } ?? []) + both(estimate) }
  static func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }
  static func median(_ values: [Double]) -> Double { Sample(values)?.median ?? .nan }
  static func permuted(_ x: [Double], _ y: [Double], _ center: ([Double]) -> Double) -> [Double] {
    PermutationTest(x, y) { center($1) - center($0) }.map { [$0.statistic, $0.probability] } ?? []
  }

  nonisolated(unsafe) static let estimators: [String: Estimator] = [
    "quantile": Estimator { x, y in Sample(x).map { y.map($0.quantile) } ?? [] },
    "medianInterval": Estimator { x, _ in Sample(x)?.quantileInterval(0.5).map { [$0.lower, $0.upper, $0.coverage] } ?? [] },
    "mannWhitney": Estimator { x, y in MannWhitneyTest(x, y).map { [$0.statistic, $0.probability] } ?? [] },
    "wilcoxon": Estimator { x, y in
      SignedRankTest(differences: zip(x, y).map { $1 - $0 }).map { [$0.statistic, $0.probability] } ?? []
    },
    "ks": Estimator { x, y in KolmogorovSmirnovTest(x, y).map { [$0.statistic, $0.probability] } ?? [] },
    "cliff": Estimator { x, y in CliffsDelta(baseline: x, candidate: y).map { [$0.value] } ?? [] },
    "student": Estimator(tolerance: 1e-11) { x, y in StudentTest(x, y).map { [$0.statistic, $0.probability] } ?? [] },
    "bh": Estimator { x, _ in FalseDiscoveryRate.adjusted(x) ?? [] },
    "by": Estimator { x, _ in FalseDiscoveryRate.adjusted(x, method: .benjaminiYekutieli) ?? [] },
    "ratio": Estimator { x, y in all(HodgesLehmann.ratio(baseline: x, candidate: y)) },
    "pairedRatio": Estimator { x, y in all(HodgesLehmann.pairedRatio(baseline: x, candidate: y)) },
    "permutationMean": Estimator { x, y in permuted(x, y, mean) },
    "permutationMedian": Estimator { x, y in permuted(x, y, median) },
    "clopperPearson": Estimator { x, y in
      Proportion(successes: Int(x[0]), trials: Int(y[0])).map { [$0.interval().lower, $0.interval().upper] } ?? []
    },
    "studentTwoSided": Estimator { x, y in [studentTwoSided(x[0], freedom: y[0])] },
    "beta": Estimator { x, y in [incompleteBeta(x[0], y[0], y[1])] },
    "normal": Estimator { x, _ in [normalProbability(x[0])] },
    "normalQuantile": Estimator { x, _ in [normalQuantile(x[0])] },
    "kolmogorov": Estimator { x, _ in [KolmogorovSmirnovTest.limit(x[0])] },
    // Other random numbers than ours: only as near as resampling comes.
    "bootstrapPercentile": Estimator(tolerance: 0.001) { x, y in both(Bootstrap(seed: 42).ratio(baseline: x, candidate: y)) },
    "bootstrapBCa": Estimator(tolerance: 0.001) { x, y in
      both(Bootstrap(method: .biasCorrectedAndAccelerated, seed: 42).ratio(baseline: x, candidate: y))
    },
  ]
}
