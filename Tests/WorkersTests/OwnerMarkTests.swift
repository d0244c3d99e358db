import Foundation
import Testing

@testable import Workers

@Suite struct OwnerMarkTests {
  @Test func aProcessKnowsItselfAliveAndAnotherStartDead() throws {
    #expect(OwnerMark.own.isAlive)
    #expect(OwnerMark(OwnerMark.own.text) == OwnerMark.own)
    #expect(!OwnerMark(process: getpid(), start: OwnerMark.own.start + 1).isAlive)
    #expect(OwnerMark("12") == nil && OwnerMark("a.b") == nil && OwnerMark("1.2.3") == nil)
  }
}
