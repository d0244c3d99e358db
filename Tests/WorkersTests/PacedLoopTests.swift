import ContainerdClient
import Synchronization
import Testing

@testable import Workers

@Suite(.serialized) struct PacedLoopTests {
  private struct Failed: Error, Equatable { var index: Int }

  private func schedule(rate: Double, count: Int) -> LoadSchedule {
    LoadSchedule(began: Moment.now + 5_000_000, rate: rate, count: count)
  }

  @Test func `beginnings wait for no end, and none comes before it is due`() async throws {
    let schedule = schedule(rate: 100, count: 20)
    let underWay = Mutex((now: 0, most: 0))
    let loop = PacedLoop(schedule, limit: nil) { index, ready in
      let begun = Moment.now
      underWay.withLock {
        $0.now += 1
        $0.most = max($0.most, $0.now)
      }
      try await Task.sleep(for: .milliseconds(300))
      underWay.withLock { $0.now -= 1 }
      return (index, ready, begun)
    }
    let answers = try await loop.run()
    #expect(answers.map(\.0) == Array(0..<20))
    #expect(answers.allSatisfy { $0.1 == schedule.due($0.0) && $0.2 >= $0.1 })
    #expect(underWay.withLock { $0.most } == 20, "the last is due 190 ms after the first, which takes 300 ms")
  }

  @Test func `with a limit no more are under way, and what is held back is ready when there is room`() async throws {
    let schedule = schedule(rate: 1000, count: 6)
    let loop = PacedLoop(schedule, limit: 1) { _, ready in
      let begun = Moment.now
      try await Task.sleep(for: .milliseconds(20))
      return (ready: ready, begun: begun, ended: Moment.now)
    }
    let answers = try await loop.run()
    #expect(answers[0].ready == schedule.due(0))
    for (one, next) in zip(answers, answers.dropFirst()) { #expect(next.begun >= one.ended && next.ready >= one.ended) }
  }

  @Test func `the first failure stops everything and is the one that is told`() async throws {
    let begun = Mutex(0)
    let loop = PacedLoop<Void>(schedule(rate: 100, count: 1000), limit: nil) { index, _ in
      begun.withLock { $0 += 1 }
      if index == 3 { throw Failed(index: 3) }
      try await Task.sleep(for: .seconds(60))
    }
    await #expect(throws: Failed(index: 3)) { try await loop.run() }
    #expect(begun.withLock { $0 } < 1000)
  }

  @Test func `a cancelled loop begins nothing more and leaves nothing under way`() async throws {
    let begun = Mutex(0)
    let loop = PacedLoop<Void>(schedule(rate: 0.01, count: 2), limit: nil) { _, _ in
      begun.withLock { $0 += 1 }
      try await Task.sleep(for: .seconds(60))
    }
    let task = Task { try await loop.run() }
    while begun.withLock({ $0 }) == 0 { try await Task.sleep(for: .milliseconds(2)) }
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
    #expect(begun.withLock { $0 } == 1)
  }
}
