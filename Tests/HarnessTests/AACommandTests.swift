import Foundation
import Observations
import TestSupport
import Testing

@testable import Coordinator

/// `harness aa` from end to end: real processes, a stored proof.
@Suite(.serialized) struct AACommandTests {
  private let scratch: Scratch

  init() throws {
    scratch = try Scratch()
  }

  private func scenario(_ metric: String = "wall-time") throws -> String {
    let path = scratch.path("aa.yaml")
    let text = "name: aa\nblocks: 6\nruntimes: [interpreter]\nmetrics: [\(metric)]\nworkloads: [{guest: hello}, {guest: noop}]\n"
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    return path
  }

  private func aa(_ arguments: String...) throws -> Command.Outcome {
    try Command(
      Product.path("harness"), ["aa", try scenario(), "--results", scratch.path("results"), "--blocks", "6"] + arguments, in: Checkout.top
    ).run(limit: 300)
  }

  private func proofs() throws -> [Proof] { try Store.forReading(scratch.path("results") + "/harness.sqlite").proofs() }

  @Test func equals_are_compared_and_the_proof_is_stored() throws {
    defer { scratch.remove() }
    let outcome = try aa("--comparisons", "3", "--seed", "1")
    // Whether three comparisons hold the claim is chance; that they were made is not.
    #expect([0, 1, 3].contains(outcome.status), "\(outcome.errors)")
    #expect(outcome.output.contains("3 comparisons of equals in aa"))
    #expect(outcome.output.contains("Clopper-Pearson"))
    let proof = try #require(try proofs().first)
    #expect(proof.comparisons == 3 && proof.injected == 0 && proof.metric == .wallTime && proof.threshold == 0.03)
    #expect((6...8).contains(proof.medianBlocks))
    #expect(proof.regressions + proof.improvements + proof.inconclusive <= 3)
    // The trials behind it are kept, their logs are not.
    let folders = try FileManager.default.contentsOfDirectory(atPath: scratch.path("results")).filter { $0.hasPrefix("aa-") }
    let name = try #require(folders.first)
    let own = try Store.forReading(scratch.path("results") + "/\(name)/harness.sqlite")
    let runs = try own.runs()
    #expect(runs.count == 3)
    #expect(Set(try runs.map { try own.results(of: $0.id).workloads[0].name }) == ["hello", "noop"], "the workloads take turns")
    #expect(Set(try runs.map { try own.results(of: $0.id).run.seed }).count == 3)
  }

  @Test func a_slow_down_that_gates_tolerate_is_64_and_nothing_is_measured() throws {
    defer { scratch.remove() }
    for (share, words) in [("2%", "2 %"), ("3%", "3 %")] {
      let outcome = try aa("--inject", share)
      let tolerated = "gates of \(scratch.path("aa.yaml")) tolerate 3 % of wall-time"
      #expect(outcome.status == 64)
      #expect(outcome.errors == "error: --inject \(words): is no regression, because \(tolerated); inject more than that\n")
    }
    #expect(!FileManager.default.fileExists(atPath: scratch.path("results")))
  }

  @Test func a_large_injected_slow_down_is_found() throws {
    defer { scratch.remove() }
    let outcome = try aa("--comparisons", "2", "--inject", "300%", "--json")
    let proof = try #require(try proofs().first)
    #expect(proof.injected == 3 && proof.improvements == 0)
    // On a busy machine six blocks may be too few to decide; what is decided is right, and the exit code says whether it was enough.
    #expect(proof.regressions + proof.inconclusive == 2)
    #expect(outcome.status == (proof.regressions == 2 ? 0 : 1), "\(outcome.output)\(outcome.errors)")
    let folders = try FileManager.default.contentsOfDirectory(atPath: scratch.path("results")).filter { $0.hasPrefix("aa-") }
    let name = try #require(folders.first)
    let own = try Store.forReading(scratch.path("results") + "/\(name)/harness.sqlite")
    for run in try own.runs() {
      let results = try own.results(of: run.id)
      guard let spin = results.runtimes.last?.spin else { continue }
      func least(_ runtime: String) -> Double {
        results.observations.filter { $0.runtime == runtime }.compactMap { $0.value(of: .cpuTime) }.min() ?? 0
      }
      let extra = least("head") - least("base")
      #expect(extra > 0.5 * Double(spin) && extra < 2 * Double(spin), "\(extra) ns for \(spin)")
    }
  }
}
