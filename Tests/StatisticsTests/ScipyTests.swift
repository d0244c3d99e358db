import Foundation
import Testing

@testable import Statistics

/// The reference vectors and seeded random samples through scipy: two independent implementations agree to twelve digits.
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

  static func run(_ python: String, _ arguments: [String], errors: FileHandle = .nullDevice) throws -> (status: Int32, output: Data) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [python] + arguments
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = errors
    try process.run()
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, output)
  }

  /// Whether scipy has to be there: where CI is set, and to something else than "false". So has scripts/spec-suite it.
  static func isRequired(_ variable: String?) -> Bool { !["", "false"].contains(variable ?? "") }

  static let isRun = python != nil || isRequired(ProcessInfo.processInfo.environment["CI"])
  static let absent: Comment =
    "scipy is not installed (scripts/install-needed tests installs it, HARNESS_PYTHON names a Python that has it)"

  struct Answers: Decodable {
    /// The numbers of the vectors, by name.
    var inputs: [String: [Double]]
    var vectors: [Case]
    var samples: [Case]
  }

  struct Case: Decodable {
    var name: String
    var x: [Double]
    var y: [Double]
    var expected: [Double]
  }

  /// An error of our own, because those of `#require` are reported where they arise and never again: one test alone would fail.
  struct Unanswered: Error, CustomStringConvertible { var description: String }

  /// What scipy says, asked once for all tests.
  static let answers: Result<Answers, any Error> = Result {
    guard let python else { throw Unanswered(description: absent.rawValue) }
    let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("scipy_vectors.py")
    let (status, output) = try run(python, [script.path], errors: .standardError)
    guard status == 0 else { throw Unanswered(description: "\(python) \(script.path) ended with \(status)") }
    return try JSONDecoder().decode(Answers.self, from: output)
  }

  /// Compares all of them, and tells how many cases of each estimator and how many numbers that were.
  static func compare(_ cases: [Case]) throws -> (cases: [String: Int], numbers: Int) {
    var counts: [String: Int] = [:]
    var numbers = 0
    for test in cases {
      let estimator = try #require(Self.estimators[test.name], "\(test.name)")
      let found = estimator.numbers(test.x, test.y)
      try #require(!found.isEmpty && found.count == test.expected.count, "\(test.name) of \(test.x) and \(test.y)")
      for (x, y) in zip(found, test.expected) {
        // Zero has no relative distance.
        #expect(abs(x - y) <= max(estimator.tolerance * abs(y), 1e-300) || (y == 0 && abs(x) < 1e-12), "\(test.name): \(x) and \(y)")
        numbers += 1
      }
      counts[test.name, default: 0] += 1
    }
    return (counts, numbers)
  }

  static let inputs: [String: [Double]] = [
    "A": Vectors.a, "B": Vectors.b, "T1": Vectors.t1, "T2": Vectors.t2, "P": FalseDiscoveryRateTests.probabilities,
    "SIX": PermutationTestTests.second, "W": WarmUpTests.series, "SEQUENCE": ChangePointTests.sequence, "STEP": ChangePointTests.step,
  ]
  static let vectorCases: [String: Int] = [
    "mannWhitney": 2, "mannWhitneyNormal": 1, "mannWhitneyUncorrected": 1, "wilcoxon": 1, "wilcoxonLogRatio": 1, "ks": 2, "cliff": 2,
    "quantile": 2, "quantileInterval": 6, "shift": 1, "ratio": 1, "ratio99": 1, "pairedRatio": 1, "pairedRatio99": 1,
    "bootstrapPercentile": 1, "bootstrapBCa": 1, "permutationMean": 1, "permutationMedian": 1, "bh": 1, "by": 1, "clopperPearson": 3,
    "clopperPearsonNear": 3, "mostExpected": 3, "warmUp": 1, "warmUpError": 3, "fences": 1, "student": 3, "studentPopulation": 3,
    "detectableEffect": 1,
  ]
  static let sampleCases: [String: Int] = [
    "quantile": 12, "quantileInterval": 12, "mannWhitney": 26, "wilcoxon": 26, "ks": 12, "cliff": 12, "student": 12, "bh": 12, "by": 12,
    "ratio": 12, "pairedRatio": 12, "permutationMean": 2, "permutationMedian": 2, "clopperPearson": 6, "studentTwoSided": 7, "beta": 6,
    "normal": 7, "normalQuantile": 6, "kolmogorov": 5,
  ]

  @Test(.enabled(if: isRun, absent))
  func `scipy agrees on the reference vectors`() throws {
    let answers = try Self.answers.get()
    #expect(answers.inputs == Self.inputs)
    let compared = try Self.compare(answers.vectors)
    #expect(compared.cases == Self.vectorCases)
    #expect(compared.numbers == 163)
  }

  @Test(.enabled(if: isRun, absent))
  func `scipy agrees on random samples`() throws {
    let compared = try Self.compare(try Self.answers.get().samples)
    #expect(compared.cases == Self.sampleCases)
    #expect(compared.numbers == 659)
  }

  @Test func `no estimator is left out, and continuous integration has to have scipy`() {
    #expect(Set(Self.estimators.keys) == Set(Self.vectorCases.keys).union(Self.sampleCases.keys))
    for variable in [nil, "", "false"] { #expect(!Self.isRequired(variable)) }
    for variable in ["true", "1"] { #expect(Self.isRequired(variable)) }
  }

  struct Estimator {
    var tolerance = 1e-12
    var numbers: ([Double], [Double]) -> [Double]
  }

  static func both(_ interval: Interval?) -> [Double] { interval.map { [$0.lower, $0.upper] } ?? [] }
  static func all(_ estimate: Estimate?) -> [Double] { (estimate.map { [$0.value] } ?? []) + both(estimate?.interval95) }
  static func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }
  static func median(_ values: [Double]) -> Double { Sample(values)?.median ?? .nan }
  static func permuted(_ x: [Double], _ y: [Double], _ center: ([Double]) -> Double) -> [Double] {
    PermutationTest(x, y) { center($1) - center($0) }.map { [$0.statistic, $0.probability] } ?? []
  }

  static func signedRank(_ differences: [Double]) -> [Double] {
    SignedRankTest(differences: differences).map { [$0.statistic, $0.probability] } ?? []
  }
  static func fences(_ values: [Double], _ value: Double) -> [Double] {
    guard let sample = Sample(values) else { return [] }
    let fences = OutlierFences(sample)
    guard let z = fences.modifiedZ(value) else { return [] }
    return [fences.mild.lowerBound, fences.mild.upperBound, fences.severe.lowerBound, fences.severe.upperBound, z]
  }

  nonisolated(unsafe) static let estimators: [String: Estimator] = [
    "quantile": Estimator { x, y in Sample(x).map { y.map($0.quantile) } ?? [] },
    "quantileInterval": Estimator { x, y in Sample(x)?.quantileInterval(y[0]).map { [$0.lower, $0.upper, $0.coverage] } ?? [] },
    "mannWhitney": Estimator { x, y in MannWhitneyTest(x, y).map { [$0.statistic, $0.probability] } ?? [] },
    "mannWhitneyNormal": Estimator { x, y in
      MannWhitneyTest(x, y, exactUpTo: 0, continuity: 0.5).map { [$0.probability] } ?? []
    },
    "mannWhitneyUncorrected": Estimator { x, y in
      MannWhitneyTest(x, y, exactUpTo: 0, continuity: 0).map { [$0.probability] } ?? []
    },
    "wilcoxon": Estimator { x, y in signedRank(zip(x, y).map { $1 - $0 }) },
    "wilcoxonLogRatio": Estimator { x, y in signedRank(zip(x, y).map { logarithm($1) - logarithm($0) }) },
    "ks": Estimator { x, y in KolmogorovSmirnovTest(x, y).map { [$0.statistic, $0.probability] } ?? [] },
    "cliff": Estimator { x, y in CliffsDelta(baseline: x, candidate: y).map { [$0.value] } ?? [] },
    "student": Estimator(tolerance: 1e-11) { x, y in StudentTest(x, y).map { [$0.statistic, $0.probability] } ?? [] },
    "studentPopulation": Estimator(tolerance: 1e-11) { x, y in
      StudentTest(x, y, divisor: .population).map { [$0.statistic, $0.probability] } ?? []
    },
    "bh": Estimator { x, _ in FalseDiscoveryRate.adjusted(x) ?? [] },
    "by": Estimator { x, _ in FalseDiscoveryRate.adjusted(x, method: .benjaminiYekutieli) ?? [] },
    "shift": Estimator { x, y in all(HodgesLehmann.shift(baseline: x, candidate: y)) },
    "ratio": Estimator { x, y in all(HodgesLehmann.ratio(baseline: x, candidate: y)) },
    "ratio99": Estimator { x, y in both(HodgesLehmann.ratio(baseline: x, candidate: y)?.interval99) },
    "pairedRatio": Estimator { x, y in all(HodgesLehmann.pairedRatio(baseline: x, candidate: y)) },
    "pairedRatio99": Estimator { x, y in both(HodgesLehmann.pairedRatio(baseline: x, candidate: y)?.interval99) },
    "permutationMean": Estimator { x, y in permuted(x, y, mean) },
    "permutationMedian": Estimator { x, y in permuted(x, y, median) },
    "clopperPearson": Estimator { x, y in both(Proportion(successes: Int(x[0]), trials: Int(y[0]))?.interval()) },
    // By a root finder that stops earlier than ours.
    "clopperPearsonNear": Estimator(tolerance: 1e-10) { x, y in
      both(Proportion(successes: Int(x[0]), trials: Int(y[0]))?.interval())
    },
    "mostExpected": Estimator { x, y in
      Proportion.mostExpected(trials: Int(x[0]), rate: y[0], error: y[1]).map { [Double($0)] } ?? []
    },
    // Differences of numbers that are nearly equal: of fewer digits, here and there.
    "warmUp": Estimator(tolerance: 1e-10) { x, _ in WarmUp(x).map { [Double($0.count), $0.error] } ?? [] },
    "warmUpError": Estimator(tolerance: 1e-10) { x, y in WarmUpTests.error(x, leavingOut: Int(y[0])).map { [$0] } ?? [] },
    "fences": Estimator(tolerance: 1e-11) { x, y in fences(x, y[0]) },
    "detectableEffect": Estimator(tolerance: 1e-10) { x, y in minimumDetectableEffect(baseline: x, candidate: y).map { [$0] } ?? [] },
    "studentTwoSided": Estimator { x, y in [studentTwoSided(x[0], freedom: y[0])] },
    "beta": Estimator { x, y in [incompleteBeta(x[0], y[0], y[1])] },
    "normal": Estimator { x, _ in [normalProbability(x[0])] },
    "normalQuantile": Estimator { x, _ in [normalQuantile(x[0])] },
    "kolmogorov": Estimator { x, _ in [KolmogorovSmirnovTest.limit(x[0])] },
    // Other random numbers than ours: only as near as resampling comes.
    "bootstrapPercentile": Estimator(tolerance: 0.001) { x, y in both(Bootstrap(seed: 42).ratio(baseline: x, candidate: y)?.interval95) },
    "bootstrapBCa": Estimator(tolerance: 0.001) { x, y in
      both(Bootstrap(method: .biasCorrectedAndAccelerated, seed: 42).ratio(baseline: x, candidate: y)?.interval95)
    },
  ]
}
