import Foundation
import Report
import TestSupport
import Testing

@testable import Coordinator

/// `gate --base --head` with real builds: what is measured, what is measured again, and the exit codes.
@Suite struct GateDuetTests {
  private let scratch: Scratch
  private var results: String { scratch.path("results") }

  init() throws { scratch = try Scratch() }

  /// A scenario of hello with a threshold of wall time.
  private func scenario(threshold: String) throws -> String {
    let path = scratch.path("hello.yaml")
    let text = """
      name: hello
      blocks: 8
      metrics: [wall-time]
      runtimes: [interpreter]
      workloads: [{guest: hello}]
      thresholds: {wall-time: \(threshold)}
      """
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    return path
  }

  private func duet(_ base: String, _ head: String, _ more: [String]) throws -> Command.Outcome {
    try Command(
      Product.path("harness"), ["gate", "--base", base, "--head", head, "--results", results] + more, in: Checkout.top
    ).run(limit: 300)
  }

  private struct Row: Decodable {
    var verdict: CellVerdict
    var reason: String
    var firstVerdict: CellVerdict?
  }

  private struct Printed: Decodable {
    struct Gate: Decodable {
      var rows: [Row]
      var notes: [String]
    }
    var gate: Gate
  }

  @Test func two_builds_are_measured_side_by_side_and_judged() throws {
    defer { scratch.remove() }
    let file = try scenario(threshold: "500 %")
    let copy = scratch.path("wvm")
    try FileManager.default.copyItem(atPath: Product.path("wvm"), toPath: copy)
    let outcome = try duet(Product.path("wvm"), copy, [file, "--blocks", "8", "--json"])
    // A machine busy with other tests may be too noisy to decide; equal builds never fail.
    #expect([0, 3].contains(outcome.status), "\(outcome.errors)\(outcome.output)")
    #expect(outcome.errors.contains("base and head are the same file"))
    #expect(outcome.output.contains("\"isPaired\" : true"))
    // A build that answers wrongly fails, however fast it is.
    let broken = scratch.path("broken/wvm")
    try FileManager.default.createDirectory(atPath: scratch.path("broken"), withIntermediateDirectories: true)
    try FileManager.default.copyItem(atPath: "/bin/true", toPath: broken)
    let wrong = try duet(copy, broken, [file, "--blocks", "6"])
    #expect(wrong.status == 1, "\(wrong.errors)\(wrong.output)")
    #expect(wrong.output.hasPrefix("FAIL: "))
    #expect(wrong.output.contains("wrong output"))
  }

  private static let clang = Command.find("clang")

  @Test(.enabled(if: clang != nil, "clang is not installed"))
  func a_slower_build_is_measured_again_in_twice_the_blocks_and_fails() throws {
    defer { scratch.remove() }
    let slow = scratch.path("slow/wvm"), source = scratch.path("slow/wvm.c")
    try FileManager.default.createDirectory(atPath: scratch.path("slow"), withIntermediateDirectories: true)
    let text = """
      #include <unistd.h>
      int main(int count, char **words) { usleep(100000); return execv("\(Product.path("wvm"))", words); }
      """
    try Data(text.utf8).write(to: URL(fileURLWithPath: source))
    try #require(try Command(Self.clang ?? "", ["-o", slow, source]).run().status == 0)
    let outcome = try duet(Product.path("wvm"), slow, [try scenario(threshold: "50 %"), "--blocks", "8", "--json"])
    #expect(outcome.errors.contains("measuring again with"))
    let gate = try JSONDecoder().decode(Printed.self, from: Data(outcome.output.utf8)).gate
    let row = try #require(gate.rows.first)
    #expect(row.firstVerdict != nil)
    // A machine busy with other tests may be too noisy to decide, which is no pass either.
    let isNoisy = row.verdict == .inconclusive && row.reason.hasPrefix("noisy host")
    #expect(isNoisy ? outcome.status == 3 : row.verdict == .regression && outcome.status == 1, "\(outcome.errors)\(outcome.output)")
    #expect(gate.notes.contains { $0.hasPrefix("Second measurement: run hello-duet-") })
    #expect(gate.notes.count { $0.contains("p is adjusted for") } == 1)
    let store = try Store.forReading(results + "/harness.sqlite")
    let runs = try store.runs()
    #expect(runs.count == 2)
    #expect(runs[0].blocksFinished >= 2 * 8 && runs[1].blocksFinished >= 8)
    #expect(try store.plan(of: runs[0].id).run.seed != store.plan(of: runs[1].id).run.seed)
  }

  @Test func what_cannot_be_decided_is_measured_again_too() throws {
    defer { scratch.remove() }
    let wvm = Product.path("wvm")
    // No eight blocks tell a thousandth of a per cent apart.
    let outcome = try duet(wvm, wvm, [try scenario(threshold: "0.001 %"), "--blocks", "8", "--json"])
    let row = try #require(try JSONDecoder().decode(Printed.self, from: Data(outcome.output.utf8)).gate.rows.first)
    #expect(row.firstVerdict != nil)
    #expect(outcome.status == (row.verdict == .regression ? 1 : row.verdict == .inconclusive ? 3 : 0), "\(outcome.errors)")
  }

  @Test func a_build_that_is_not_there_is_69_and_too_few_blocks_are_64() throws {
    defer { scratch.remove() }
    let wvm = Product.path("wvm"), file = try scenario(threshold: "3 %")
    let missing = try duet(wvm, scratch.path("nowhere/wvm"), [file])
    #expect(missing.status == 69, "\(missing.errors)")
    #expect(missing.errors.contains("nowhere/wvm: cannot be read; give an executable of interpreter"))
    let few = try duet(wvm, wvm, [file, "--blocks", "3"])
    #expect(few.status == 64)
    #expect(few.errors.contains("--blocks 3: a regression among 1 comparison(s) can be found from 6 blocks on"))
  }

  @Test func a_gate_that_is_stopped_ends_with_130_and_judges_nothing() throws {
    defer { scratch.remove() }
    let file = try scenario(threshold: "3 %")
    let outcome = try Command(
      "/usr/bin/timeout",
      [
        "--preserve-status", "-s", "INT", "4", Product.path("harness"), "gate", "--base", Product.path("wvm"), "--head",
        Product.path("wvm"), file, "--blocks", "9000", "--results", results,
      ], in: Checkout.top
    ).run(limit: 120)
    #expect(outcome.status == 130, "\(outcome.errors)")
    #expect(outcome.errors.contains("stopped: "))
    #expect(outcome.output.isEmpty)
  }
}
