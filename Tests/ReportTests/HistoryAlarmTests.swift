import Foundation
import Observations
import Statistics
import Testing

@testable import Report

/// How many series that never changed show a step, and how many that did show theirs. `scripts/check-history` counts more of them, and through
/// the command.
@Suite struct HistoryAlarmTests {
  static let runs = 100
  static let floor = HistoryRequest(threshold: 0.05)

  enum Kind: String, CaseIterable, Sendable {
    /// Normal noise of 2 %.
    case normal
    /// Skewed, and a spike in one run of twenty.
    case spikes
    /// Each run's noise is half of the last one's, and its own.
    case correlated

    /// What the divergence and Student's test alone show of unchanged series with the same floor.
    var bound: Double {
      switch self {
      case .normal: 0.007
      case .spikes: 0.267
      case .correlated: 0.10
      }
    }
  }

  struct Noise {
    var random: SplitMix64

    /// 0 ..< 1.
    mutating func uniform() -> Double { Double(random.next() >> 11) * 0x1p-53 }
    mutating func normal() -> Double { (-2 * log(1 - uniform())).squareRoot() * cos(2 * .pi * uniform()) }

    mutating func series(_ kind: Kind) -> [Double] {
      var before = 0.0
      return (0..<HistoryAlarmTests.runs).map { _ in
        switch kind {
        case .normal: return 1 + 0.02 * normal()
        case .spikes: return exp(abs(0.02 * normal()) + (uniform() < 0.05 ? -0.3 * log(1 - uniform()) : 0))
        case .correlated:
          before = 0.5 * before + 0.02 * normal()
          return 1 + before
        }
      }
    }
  }

  private static func judged(_ values: [Double]) -> HistorySeries {
    HistorySeries.all(HistoryTests.runs(values.map { $0 * 1e6 }), floor)[0]
  }

  @Test(arguments: Kind.allCases) func series_that_never_changed_show_no_more_steps_than_allowed(_ kind: Kind) throws {
    var noise = Noise(random: SplitMix64(seed: 11))
    let judged = (0..<60).map { _ in Self.judged(noise.series(kind)) }
    let alarms = judged.filter { !$0.steps.isEmpty }
    let most = try #require(Proportion.mostExpected(trials: judged.count, rate: kind.bound))
    #expect(alarms.count <= most)
    let drifting = judged.count { $0.isDrifting }
    #expect(kind == .correlated ? drifting > judged.count * 8 / 10 : drifting < judged.count / 10, "\(drifting) are marked as drifting")
  }

  @Test func a_step_of_ten_per_cent_is_found_in_nearly_all_of_them() {
    var noise = Noise(random: SplitMix64(seed: 12))
    let found = (0..<40).count { _ in
      let values = noise.series(.normal).enumerated().map { $0.offset < Self.runs / 2 ? $0.element : $0.element + 0.1 }
      return Self.judged(values).steps.contains { $0.change > 0 && abs($0.index - Self.runs / 2) <= 2 }
    }
    #expect(found >= 38)
  }
}
