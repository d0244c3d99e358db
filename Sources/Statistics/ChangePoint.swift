/// Where a series moved to another level.
public struct ChangePoint: Sendable, Equatable {
  /// The first number after the change.
  public let index: Int
  /// Matteson and James' Q of the split that found it.
  public let divergence: Double
  /// Means of the segments on both sides, to the neighbouring change points.
  public let before: Double
  /// Of the segment that begins at `index`.
  public let after: Double
  /// Student's test of both segments.
  public let probability: Double

  /// The larger of both relative changes, there and back; zero where a mean is zero.
  public var magnitude: Double {
    guard before != 0, after != 0 else { return 0 }
    return max(abs(after / before - 1), abs(before / after - 1))
  }
}

/// Change points of a history, one number per run: the procedure of Hunter (Fleming and others, ICPE 2023), whose results
/// agree with Apache Otava's, and a permutation test of every point it finds.
public struct ChangePointDetection: Sendable, Equatable {
  /// Points are looked for in windows of this many numbers, half of which overlap.
  public var window: Int
  /// Only points whose p-value lies below this are reported.
  public var maximumProbability: Double
  /// Relative changes no larger than this are not reported. Without it, series that never changed show points too often.
  public var minimumMagnitude: Double

  /// - Parameters: as the properties of the same names; a window is of at least two numbers.
  public init(window: Int = 50, maximumProbability: Double = 0.001, minimumMagnitude: Double = 0.03) {
    self.window = max(2, window)
    self.maximumProbability = maximumProbability
    self.minimumMagnitude = minimumMagnitude
  }

  /// The change points in ascending order.
  /// - Returns: nil where a number is infinite or NaN.
  public func points(in series: [Double]) -> [ChangePoint]? {
    guard series.allSatisfy(\.isFinite) else { return nil }
    return merged(candidates(series), series)
  }

  // MARK: Split

  /// Points found window by window at a probability ten times as large, because their neighbours are not yet known.
  private func candidates(_ series: [Double]) -> [ChangePoint] {
    let lenient =
      maximumProbability < 0.05 ? maximumProbability * 10 : maximumProbability < 0.5 ? maximumProbability * 2 : maximumProbability
    var found: [ChangePoint] = []
    var start = 0
    while start < series.count {
      let end = min(start + window, series.count)
      let points = divide(Array(series[start..<end]), lenient)
      for (index, divergence) in points where !found.contains(where: { $0.index == index + start }) {
        found.append(point(index + start, divergence, series, 0..<series.count))
      }
      start = max(points.last.map { $0.index + start } ?? 0, start + window / 2)
    }
    found.sort { $0.index < $1.index }
    let bounds = found.map(\.index)
    return found.indices.map { point(found[$0].index, found[$0].divergence, series, neighbourhood(of: $0, bounds, series.count)) }
  }

  /// Splits at the largest divergence of all segments, again and again, until that is no significant change.
  private func divide(_ series: [Double], _ probability: Double) -> [(index: Int, divergence: Double)] {
    var points: [(index: Int, divergence: Double)] = []
    var splits = [EnergySplit(series, 0..<series.count)]
    var segments = [0..<series.count]
    while true {
      // The first of equals.
      var best: Int?
      for (i, split) in splits.enumerated() {
        guard let split else { continue }
        if best == nil || split.divergence > splits[best ?? i]?.divergence ?? 0 { best = i }
      }
      guard let best, let split = splits[best] else { break }
      let segment = segments[best]
      let change = point(split.index, split.divergence, series, segment)
      guard change.probability <= probability else { break }
      points.append((split.index, split.divergence))
      let halves = [segment.lowerBound..<split.index, split.index..<segment.upperBound]
      segments.replaceSubrange(best...best, with: halves)
      splits.replaceSubrange(best...best, with: halves.map { EnergySplit(series, $0) })
    }
    return points.sorted { $0.index < $1.index }
  }

  // MARK: Merge

  /// Takes away the least probable point, then the smallest, until all that remain are significant and large enough.
  private func merged(_ candidates: [ChangePoint], _ series: [Double]) -> [ChangePoint] {
    var points = candidates
    while !points.isEmpty {
      var weakest = points.indices.reduce(0) { points[$1].probability > points[$0].probability ? $1 : $0 }
      if points[weakest].probability < maximumProbability {
        weakest = points.indices.reduce(0) { points[$1].magnitude < points[$0].magnitude ? $1 : $0 }
        if points[weakest].magnitude > minimumMagnitude { break }
      }
      points.remove(at: weakest)
      // Its neighbours now have longer segments.
      let bounds = points.map(\.index)
      for i in [weakest - 1, weakest] where points.indices.contains(i) {
        points[i] = point(points[i].index, points[i].divergence, series, neighbourhood(of: i, bounds, series.count))
      }
    }
    return points
  }

  private func neighbourhood(of i: Int, _ bounds: [Int], _ count: Int) -> Range<Int> {
    (i == 0 ? 0 : bounds[i - 1])..<(i + 1 == bounds.count ? count : bounds[i + 1])
  }

  private func point(_ index: Int, _ divergence: Double, _ series: [Double], _ range: Range<Int>) -> ChangePoint {
    let (left, right) = (series[range.lowerBound..<index], series[index..<range.upperBound])
    return ChangePoint(
      index: index, divergence: divergence, before: Moments(left).mean, after: Moments(right).mean,
      probability: StudentTest(left, right, divisor: .population)?.probability ?? 1)
  }
}
