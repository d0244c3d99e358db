import Foundation
import Testing

@testable import Statistics

@Suite struct ChangePointTests {
  static let sequence = [0.3, 2.4, 1.5, -0.9, -0.5, 99.7, 98.3, 99.1, 149, 149.7, 149.5, 149.1, 148.8, 150]
  static let step = [
    12.41, 12.38, 12.55, 12.47, 12.40, 12.62, 12.44, 12.51, 12.39, 12.46, 12.43, 12.49, 12.96, 12.88, 13.05, 12.91, 12.99, 13.12,
    12.94, 13.01, 12.90, 12.97, 13.04, 12.95,
  ]
  static let anyMagnitude = ChangePointDetection(minimumMagnitude: 0)

  @Test func `points are looked for as Hunter does, but for the magnitude`() {
    #expect(ChangePointDetection() == ChangePointDetection(window: 50, maximumProbability: 0.001, minimumMagnitude: 0.03))
  }

  @Test func `the first split of the vectors`() throws {
    let first = try #require(EnergySplit(Self.sequence, 0..<14))
    #expect(first.index == 5 && first.end == 14)
    #expect(agrees(first.divergence, 761.2821428571428))
    let second = try #require(EnergySplit(Self.step, 0..<24))
    #expect(second.index == 12 && second.end == 24)
    #expect(agrees(second.divergence, 5.1909090909090905))
  }

  @Test func `the change points of the vectors`() throws {
    let points = try #require(Self.anyMagnitude.points(in: Self.sequence))
    #expect(points.map(\.index) == [5, 8])
    #expect(agrees(points[0].probability, 1.5842520452384315e-11))
    #expect(agrees(points[1].probability, 1.4165684937109603e-13, within: 1e-11))
    #expect(agrees(points[1].divergence, 198.26666666666662))
    let step = try #require(Self.anyMagnitude.points(in: Self.step))
    #expect(step.map(\.index) == [12])
    #expect(agrees(step[0].probability, 5.520218305283966e-15, within: 1e-11))
    #expect(agrees(StudentTest(Self.step[..<12], Self.step[12...])?.probability, 1.3583410561805788e-14, within: 1e-11))
  }

  /// The definition, term by term.
  static func naive(_ z: [Double]) -> (index: Int, end: Int, divergence: Double) {
    var best = (1, 2, -Double.infinity)
    for t in 1..<z.count {
      for k in (t + 1)...z.count {
        let (x, y) = (Array(z[..<t]), Array(z[t..<k]))
        let (n, m) = (Double(x.count), Double(y.count))
        func within(_ v: [Double]) -> Double {
          v.indices.reduce(0) { sum, i in sum + v[..<i].reduce(0) { $0 + abs($1 - v[i]) } }
        }
        var q = 2 / (n + m) * x.reduce(0) { sum, a in sum + y.reduce(0) { $0 + abs(a - $1) } }
        if n > 1 { q -= 2 * m / ((n + m) * (n - 1)) * within(x) }
        if m > 1 { q -= 2 * n / ((n + m) * (m - 1)) * within(y) }
        if q > best.2 { best = (t, k, q) }
      }
    }
    return best
  }

  @Test func `the fast split is the split of the definition`() throws {
    var random = SplitMix64(seed: 12)
    for _ in 0..<25 {
      let series = (0..<2 + random.index(16)).map { _ in Double(random.next() >> 11) * 0x1p-53 * 20 }
      let fast = try #require(EnergySplit(series, 0..<series.count))
      let slow = Self.naive(series)
      #expect(agrees(fast.divergence, slow.divergence, within: 1e-9))
      #expect(fast.index == slow.index && fast.end == slow.end)
    }
  }

  @Test func `a magnitude floor, shuffles and bad numbers`() throws {
    #expect(ChangePointDetection(minimumMagnitude: 0.05).points(in: Self.step) == [], "the step is 4 %")
    #expect(try #require(ChangePointDetection(minimumMagnitude: 0.03).confirmedPoints(in: Self.step)).map(\.index) == [12])
    #expect(Self.anyMagnitude.points(in: [1, .nan, 2]) == nil)
    for short in [[], [1.0], [1, 2], [Double](repeating: 3, count: 120)] { #expect(Self.anyMagnitude.points(in: short) == []) }
    // One spike in a flat series: Student's test has nothing to say of it, and neither have shuffles.
    var spike = [Double](repeating: 1, count: 20)
    spike[10] = 9
    #expect(Self.anyMagnitude.permutationProbability(of: spike, resamples: 99, seed: 1) > 0.01)
  }

  @Test func `scaling a series moves no change point`() throws {
    let scaled = try #require(Self.anyMagnitude.points(in: Self.step.map { $0 * 8 }))
    let plain = try #require(Self.anyMagnitude.points(in: Self.step))
    #expect(scaled.map(\.index) == plain.map(\.index))
    #expect(agrees(scaled[0].magnitude, plain[0].magnitude, within: 1e-9))
  }

  /// Folder with `statistics/wasmtime_args_get_daily.csv`: 1157 daily runs (date,version,seconds) of one test under wasmtime.
  static let references =
    ProcessInfo.processInfo.environment["HARNESS_REFERENCES"]
    ?? URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../../../shared/reference").path
  static let daily = references + "/statistics/wasmtime_args_get_daily.csv"

  @Test(
    .enabled(
      if: FileManager.default.fileExists(atPath: daily),
      "no statistics/wasmtime_args_get_daily.csv under the folder HARNESS_REFERENCES names"))
  func `three years of daily runs changed on five days`() throws {
    let rows = try String(contentsOfFile: Self.daily, encoding: .utf8).split(whereSeparator: \.isNewline).dropFirst()
      .map { $0.split(separator: ",") }
    try #require(rows.count == 1157)
    let series = try rows.map { try #require(Double($0[2])) }
    let points = try #require(ChangePointDetection(minimumMagnitude: 0.05).points(in: series))
    #expect(points.map { String(rows[$0.index][0]) } == ["2023-11-11", "2024-07-17", "2024-07-18", "2025-08-11", "2025-09-24"])
    #expect(points.map { ($0.after * 1e4).rounded() / 10 } == [42.2, 55.7, 42.5, 45.7, 12.4])
  }

  /// Apache Otava's `tests/tigerbeetle_test.py`, whose list of 365 numbers is on one line. They are not ours to copy.
  static let tigerbeetle =
    (ProcessInfo.processInfo.environment["HARNESS_OTAVA"] ?? references + "/otava") + "/tests/tigerbeetle_test.py"

  @Test(
    .enabled(
      if: FileManager.default.fileExists(atPath: tigerbeetle),
      "Apache Otava's test data is not here: clone https://github.com/apache/otava and set HARNESS_OTAVA to the checkout"))
  func `the change points of another implementation's own series`() throws {
    let text = try String(contentsOfFile: Self.tigerbeetle, encoding: .utf8)
    let line = try #require(text.split(separator: "\n").first { $0.contains("return [") })
    let series = line.split { !$0.isNumber }.compactMap { Double($0) }
    try #require(series.count == 365)
    #expect(Self.anyMagnitude.points(in: series)?.map(\.index) == [15, 61, 71, 95, 117, 131, 192, 212])
    #expect(ChangePointDetection(minimumMagnitude: 0.05).points(in: series)?.map(\.index) == [15, 71])
    let small = ChangePointDetection(window: 30, maximumProbability: 0.0001, minimumMagnitude: 0)
    #expect(small.points(in: series)?.map(\.index) == [71, 95, 117, 131, 142, 148, 192, 212])
  }
}

@Suite struct AutocorrelationTests {
  @Test func `numbers that resemble their neighbours`() {
    #expect(agrees(autocorrelation([1, 2, 3, 4]), 0.25))
    #expect(autocorrelation((0..<100).map(Double.init)) > 0.9)
    #expect(autocorrelation((0..<100).map { Double($0 % 2) }) < -0.9)
    #expect(autocorrelation([]) == 0 && autocorrelation([1]) == 0 && autocorrelation([2, 2, 2]) == 0)
  }

  @Test func `a first-order process drifts and independent numbers do not`() {
    var random = SplitMix64(seed: 4)
    let noise = (0..<400).map { _ in Double(random.next() >> 11) * 0x1p-53 }
    var series = noise
    for i in 1..<series.count { series[i] = 0.5 * series[i - 1] + noise[i] }
    #expect(autocorrelation(noise) < driftingAutocorrelation)
    #expect(autocorrelation(series) > driftingAutocorrelation)
  }
}
