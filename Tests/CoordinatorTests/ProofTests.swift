import Foundation
import Observations
import Testing

@testable import Coordinator

@Suite struct ProofTests {
  private let folder = TemporaryFolder()

  private func proof(
    at moment: String = "2026-01-31T12:00:00Z", machine: MachineEnvironment = sampleMachine, injected: Double = 0, comparisons: Int = 200,
    regressions: Int = 0, improvements: Int = 0, inconclusive: Int = 1,
    low: Int = 0
  ) -> Proof {
    Proof(
      id: UUID().uuidString, provenAt: moment, machine: machine, scenario: "gate", metric: .wallTime, threshold: 0.03, injected: injected,
      comparisons: comparisons, regressions: regressions, improvements: improvements, inconclusive: inconclusive, lowProbabilities: low,
      medianBlocks: 15)
  }

  private let later = try! Date("2026-02-10T12:00:00Z", strategy: .iso8601)

  @Test func eighteen_false_alarms_in_two_hundred_are_compatible_with_the_claim_and_nineteen_are_not() {
    #expect(proof(regressions: 10, improvements: 8).holds)
    #expect(!proof(regressions: 10, improvements: 9).holds)
    #expect(!proof(low: 19).holds)
    #expect(!proof(comparisons: 0, inconclusive: 0).holds)
  }

  @Test func a_gate_that_decides_nothing_proves_nothing() throws {
    #expect(proof(inconclusive: 100).holds)
    let undecided = proof(inconclusive: 101)
    #expect(!undecided.holds && !undecided.isDecided && !undecided.isRefuted)
    let store = try Store(at: folder.path + "/harness.sqlite")
    try store.record(undecided)
    #expect(try store.doubts(about: sampleMachine, at: later).contains { $0.contains("101 of 200") })
  }

  @Test func a_slow_down_must_be_found_as_often_as_its_size_allows() {
    #expect(proof(injected: 0.05, comparisons: 100, regressions: 80).holds)
    #expect(!proof(injected: 0.05, comparisons: 100, regressions: 79).holds)
    #expect(!proof(injected: 0.1, comparisons: 100, regressions: 94).holds)
    #expect(proof(injected: 0.02, comparisons: 100, regressions: 0).holds, "nothing is promised below the threshold")
  }

  @Test func a_stored_proof_comes_back_as_it_was() throws {
    let store = try Store(at: folder.path + "/harness.sqlite")
    let first = proof(regressions: 3, improvements: 2, low: 7), second = proof(at: "2026-02-01T00:00:00Z", injected: 0.05)
    for proof in [first, second, second] { try store.record(proof) }
    #expect(try store.proofs() == [second, first])
    #expect(try Store.forReading(store.path).proofs().count == 2)
  }

  @Test func a_machine_without_a_proof_is_doubted() throws {
    let store = try Store(at: folder.path + "/harness.sqlite")
    #expect(try store.doubts(about: sampleMachine, at: later).count == 1)
    var other = sampleMachine
    other.hostname = "elsewhere"
    try store.record(proof(machine: other))
    try store.record(proof(injected: 0.05, comparisons: 100, regressions: 90))
    #expect(try store.doubts(about: sampleMachine, at: later).count == 1, "neither another machine's proof nor a control counts")
    try store.record(proof())
    #expect(try store.doubts(about: sampleMachine, at: later).isEmpty)
  }

  @Test func a_proof_needs_a_control_beside_it() throws {
    let store = try Store(at: folder.path + "/harness.sqlite")
    try store.record(proof())
    func doubt() throws -> String? {
      let doubts = try store.doubts(about: sampleMachine, at: later)
      #expect(doubts.count <= 1)
      return doubts.first
    }
    #expect(try doubt()?.hasPrefix("no proof that gates find a slow-down of 5 %") == true)
    try store.record(proof(injected: 0.05, comparisons: 99, regressions: 99))
    #expect(try doubt()?.hasPrefix("no proof that gates find a slow-down of 5 %") == true, "too few tries")
    try store.record(proof(at: "2026-01-01T12:00:00Z", injected: 0.05, comparisons: 100, regressions: 99))
    #expect(try doubt()?.contains("older than 30 days") == true)
    try store.record(proof(at: "2026-02-01T12:00:00Z", injected: 0.05, comparisons: 100, regressions: 79))
    #expect(try doubt()?.contains("only 79 of 100") == true)
    try store.record(proof(at: "2026-02-02T12:00:00Z", injected: 0.05, comparisons: 100, regressions: 80))
    #expect(try doubt() == nil)
  }

  @Test func only_a_control_of_what_gates_claim_to_find_counts() throws {
    let store = try Store(at: folder.path + "/harness.sqlite")
    try store.record(proof())
    func doubt(threshold: Double = 0.03) throws -> String? {
      try store.doubts(about: sampleMachine, threshold: { _ in threshold }, at: later).first { $0.contains("slow-down") }
    }
    var strict = proof(injected: 0.05, comparisons: 100, regressions: 100)
    strict.threshold = 0.005
    for useless in [proof(injected: 3, comparisons: 100, regressions: 100), strict] {
      try store.record(useless)
      #expect(try doubt()?.hasPrefix("no proof that gates find a slow-down of 5 %") == true)
    }
    #expect(try doubt(threshold: 0.005) == nil, "for a gate as strict it counts")
    try store.record(proof(at: "2026-02-01T12:00:00Z", injected: 0.05, comparisons: 100, regressions: 10))
    try store.record(proof(at: "2026-02-02T12:00:00Z", injected: 0.5, comparisons: 100, regressions: 100))
    #expect(try doubt()?.contains("only 10 of 100") == true, "a larger slow-down does not hide that a small one is missed")
    try store.record(proof(at: "2026-02-03T12:00:00Z", injected: 0.04, comparisons: 100, regressions: 90))
    #expect(try doubt() == nil, "who finds less finds more")
    #expect(try doubt(threshold: 0.2) == nil, "nobody claims to find what is tolerated on purpose")
  }

  @Test func no_power_is_asked_for_below_the_threshold() {
    var loose = proof(injected: 0.1, comparisons: 100)
    #expect(loose.requiredPower == 0.95)
    loose.threshold = 0.2
    #expect(loose.requiredPower == 0)
  }

  @Test func few_comparisons_and_a_loose_threshold_are_no_proof() throws {
    let store = try Store(at: folder.path + "/harness.sqlite")
    try store.record(proof(injected: 0.05, comparisons: 100, regressions: 99))
    var loose = proof()
    loose.threshold = 10
    try store.record(loose)
    #expect(try store.doubts(about: sampleMachine, at: later).contains { $0.hasPrefix("no proof that gates raise few false alarms") })
    try store.record(proof(comparisons: 1, inconclusive: 0))
    #expect(try store.doubts(about: sampleMachine, at: later).contains { $0.contains("rests on 1 comparisons, and 200 are asked for") })
  }

  @Test func an_old_proof_another_kernel_and_a_refuted_claim_are_doubted() throws {
    let store = try Store(at: folder.path + "/harness.sqlite")
    try store.record(proof())
    let muchLater = try Date("2026-03-03T12:00:00Z", strategy: .iso8601)
    #expect(try store.doubts(about: sampleMachine, at: muchLater).first?.contains("31 days old") == true)
    var updated = sampleMachine
    updated.kernel = "6.2"
    #expect(try store.doubts(about: updated, at: later).first?.contains("is 6.2 now") == true)
    try store.record(proof(at: "2026-02-09T12:00:00Z", regressions: 19))
    #expect(try store.doubts(about: sampleMachine, at: later).contains { $0.contains("19 in 200") })
  }
}
