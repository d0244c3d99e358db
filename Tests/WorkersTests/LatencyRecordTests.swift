import Observations
import Testing

@testable import Workers

/// The arithmetic of loads, on clocks that are only numbers.
@Suite struct LatencyRecordTests {
  private static let millisecond: UInt64 = 1_000_000

  @Test func `tasks are due at moments that were fixed before, without drift`() {
    let schedule = LoadSchedule(began: 7, rate: 3, count: 4)
    #expect((0..<4).map(schedule.due) == [7, 333_333_340, 666_666_674, 1_000_000_007])
    #expect(LoadSchedule(began: 0, rate: 0.5, count: 2).due(1) == 2_000_000_000)
    #expect(LoadSchedule(began: 0, rate: 30, count: 5001).due(3000) == 100_000_000_000)
  }

  /// A server that needs 10 ms for a task, and stalls for 200 ms after a second: what began before the stall's end and was not done
  /// when it began is done 200 ms later.
  private func served(_ begun: UInt64) -> UInt64 {
    let ends = begun + 10 * Self.millisecond
    let stall = 1000 * Self.millisecond..<1200 * Self.millisecond
    if ends <= stall.lowerBound || begun >= stall.upperBound { return ends }
    return max(begun, stall.lowerBound) == begun ? stall.upperBound + 10 * Self.millisecond : ends + 200 * Self.millisecond
  }

  @Test func `an open loop shows a stall to every task that was due meanwhile`() {
    let schedule = LoadSchedule(began: 0, rate: 50, count: 200)
    var record = LatencyRecord()
    for index in 0..<200 {
      let due = schedule.due(index)
      record.add(due: due, ready: due, begun: due, ended: served(due))
    }
    let latencies = record.latencies
    // Ten of 200 were due in the stall: five in a hundred.
    #expect(latencies.latency.p50 / 10_000 == 1000 && latencies.latency.p90 / 10_000 == 1000)
    #expect(latencies.latency.p99 / Self.millisecond >= 170 && latencies.latency.max == 210 * Self.millisecond)
    #expect(latencies.latency.p999 == latencies.latency.max, "of 200 tasks the longest")
    #expect(latencies.service == latencies.latency && latencies.lateness == 0)
    #expect(latencies.achievedRate == 50_000)
    #expect(latencies.remark == nil)
  }

  @Test func `a closed loop hides the stall in one task of its service times, and its latencies show it`() {
    let schedule = LoadSchedule(began: 0, rate: 50, count: 200)
    var record = LatencyRecord()
    var free: UInt64 = 0
    for index in 0..<200 {
      let due = schedule.due(index)
      let begun = max(due, free)
      free = served(begun)
      record.add(due: due, ready: begun, begun: begun, ended: free)
    }
    let latencies = record.latencies
    #expect(latencies.service.p99 / 10_000 == 1000 && latencies.service.max == 210 * Self.millisecond, "one in 200")
    #expect(latencies.latency.p99 / Self.millisecond >= 170 && latencies.latency.max == 210 * Self.millisecond)
    #expect(latencies.lateness == 0, "the limit held them back, not the harness")
  }

  @Test func `a late beginning is part of latency, not of service, and is told where it is more than a tenth of the median`() {
    var record = LatencyRecord()
    for index in 0..<100 as Range<UInt64> {
      let due = index * 20 * Self.millisecond
      let begun = due + (index == 5 ? 2 * Self.millisecond : 0)
      record.add(due: due, ready: due, begun: begun, ended: begun + 10 * Self.millisecond)
    }
    let latencies = record.latencies
    #expect(latencies.latency.max == 12 * Self.millisecond && latencies.service.max == 10 * Self.millisecond)
    #expect(latencies.lateness == 2 * Self.millisecond)
    #expect(latencies.remark == "had a task that the harness itself began late, by more than a tenth of the median latency")
    var one = LatencyRecord()
    one.add(due: 5, ready: 5, begun: 6, ended: 1_000_000)
    #expect(one.latencies.achievedRate == 0, "one end tells no rate")
    #expect(one.latencies.remark == nil)
  }
}
