import Synchronization
import Testing

@testable import Coordinator

@Suite struct ReadAheadTests {
  private struct Broken: Error, Equatable { var place: Int }

  @Test func items_come_in_order_and_all_of_them() throws {
    var seen: [Int] = []
    try ReadAhead.each({ give in for item in 0..<1000 { try give(item) } }, { seen.append($0) })
    #expect(seen == Array(0..<1000))
    try ReadAhead.each({ _ in }, { (_: Int) in Issue.record("nothing was given") })
  }

  @Test func what_the_maker_throws_arrives_after_what_it_gave() {
    var seen: [Int] = []
    #expect(throws: Broken(place: 50)) {
      try ReadAhead.each(
        { give in
          for item in 0..<50 { try give(item) }
          throw Broken(place: 50)
        }, { seen.append($0) })
    }
    #expect(seen == Array(0..<50))
  }

  @Test func a_user_that_throws_stops_the_maker() {
    let made = Atomic(0), isOver = Atomic(false)
    #expect(throws: Broken(place: 3)) {
      try ReadAhead.each(
        { give in
          defer { isOver.store(true, ordering: .relaxed) }
          for item in 0..<1_000_000 {
            try give(item)
            made.add(1, ordering: .relaxed)
          }
        }, { if $0 == 3 { throw Broken(place: 3) } })
    }
    let (over, count) = (isOver.load(ordering: .relaxed), made.load(ordering: .relaxed))
    #expect(over, "the maker's thread has ended")
    #expect(count < 100)
  }
}
