import Testing

@testable import Workers

@Suite struct TrialOrderTests {
  @Test func splitMixMatchesItsReference() {
    // The first outputs of splitmix64.c for the state 1234567.
    var generator = SplitMix64(state: 1_234_567)
    #expect(
      (0..<5).map { _ in generator.next() } == [
        6457827717110365317, 3203168211198807973, 9817491932198370423, 4593380528125082431, 16408922859458223821,
      ])
  }

  @Test func nameHashMatchesItsReference() {
    #expect(TrialOrder.nameHash("") == 0xcbf2_9ce4_8422_2325)
    #expect(TrialOrder.nameHash("a") == 0xaf63_dc4c_8601_ec8c)
    #expect(TrialOrder.nameHash("foobar") == 0x8594_4171_f739_67e8)
  }

  @Test func sameSeedWorkloadAndBlockGiveTheSameOrder() {
    let arms = ["a", "b", "c", "d", "e"]
    for block in 0..<20 {
      let order = TrialOrder.shuffled(arms, seed: 7, workload: "hello", block: block)
      #expect(order == TrialOrder.shuffled(arms, seed: 7, workload: "hello", block: block))
      #expect(order.sorted() == arms)
    }
  }

  @Test func everyOrderOfThreeComesUpEquallyOften() {
    var counts: [[String]: Int] = [:]
    for block in 0..<6000 { counts[TrialOrder.shuffled(["a", "b", "c"], seed: 99, workload: "hello", block: block), default: 0] += 1 }
    #expect(counts.count == 6)
    // Binomial with mean 1000 and deviation 28.9: five deviations.
    for (order, count) in counts { #expect(abs(count - 1000) < 145, "\(order): \(count)") }
  }

  @Test func workloadsAndSeedsHaveOrdersOfTheirOwn() {
    let arms = (0..<8).map(String.init)
    #expect(TrialOrder.shuffled(arms, seed: 1, workload: "a", block: 0) != TrialOrder.shuffled(arms, seed: 1, workload: "b", block: 0))
    #expect(TrialOrder.shuffled(arms, seed: 1, workload: "a", block: 0) != TrialOrder.shuffled(arms, seed: 2, workload: "a", block: 0))
  }
}
