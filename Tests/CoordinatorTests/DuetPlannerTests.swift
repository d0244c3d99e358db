import Digest
import Foundation
import Observations
import Testing

@testable import Coordinator

/// Two builds of a runtime, side by side.
@Suite struct DuetPlannerTests {
  private let folder = TemporaryFolder()
  private let checkout: Checkout
  private let base: String
  private let head: String

  init() throws {
    checkout = Checkout(bin: folder.path + "/bin", root: repository)
    base = folder.file("old/wvm", "the old build", mode: 0o755)
    head = folder.file("new/wvm", "the new build", mode: 0o755)
  }

  private func scenario(_ text: String = "") throws -> Scenario {
    let path = folder.file(
      "s.yaml",
      """
      name: s
      blocks: 12
      runtimes: [interpreter, native]
      workloads:
        - guest: hello
        - guest: echo
          runtimes: [native]
      \(text)
      """)
    return try ScenarioReader.read(path, checkout: checkout, catalog: try shippedCatalog())
  }

  private func shippedCatalog() throws -> RuntimeCatalog { try RuntimeCatalog.read(repository + "/scenarios/runtimes.yaml") }

  private func plan(
    _ base: String, _ head: String, _ options: DuetPlanner.Options = DuetPlanner.Options(), _ text: String = ""
  ) throws -> DuetPlanner.Duet {
    try DuetPlanner(checkout: checkout, catalog: try shippedCatalog()).plan(try scenario(text), base: base, head: head, options: options)
  }

  @Test func two_builds_become_two_arms_of_every_workload_the_runtime_can_run() throws {
    let duet = try plan(base, head)
    #expect(duet.runtime == "interpreter", "told by the file name")
    #expect(duet.plan.runtimes.map(\.name) == ["base", "head"])
    #expect(duet.plan.runtimes.map(\.command.first) == [base, head])
    #expect(duet.plan.run.baseline == "base")
    #expect(duet.plan.workloads.map(\.name) == ["hello"])
    #expect(duet.plan.workloads.map(\.arms) == [["base", "head"]])
    #expect(duet.plan.run.blocks == 12 && duet.plan.run.precision == DuetPlanner.usualPrecision)
    #expect(duet.plan.blocks.count == 12)
    #expect(duet.plan.runtimes.allSatisfy { $0.spin == nil })
  }

  @Test func a_folder_stands_for_the_executable_in_it() throws {
    let duet = try plan(folder.path + "/old", folder.path + "/new")
    #expect([duet.base.path, duet.head.path] == [base, head])
  }

  @Test func the_content_of_both_is_recorded_and_equal_content_is_said() throws {
    let duet = try plan(base, head)
    #expect(duet.base.sha256 == SHA256.hexadecimal(of: "the old build".utf8))
    #expect(duet.head.sha256 == SHA256.hexadecimal(of: "the new build".utf8))
    #expect(!duet.isSameFile)
    #expect(duet.plan.notes.contains { $0.contains(duet.head.sha256) })
    let same = try plan(base, folder.file("copy/wvm", "the old build", mode: 0o755))
    #expect(same.isSameFile)
    #expect(same.plan.notes.contains { $0.contains("same file") })
  }

  @Test func the_runtime_can_be_named_where_the_file_name_does_not_tell() throws {
    let other = folder.file("candidate", "x", mode: 0o755)
    let error = failure { _ = try plan(other, other) }
    #expect(error?.reason == .usage)
    #expect(error?.lines.first?.contains("--runtime") == true)
    #expect(try plan(other, other, DuetPlanner.Options(runtime: "wasmtime")).runtime == "wasmtime")
    #expect(failure { _ = try plan(other, other, DuetPlanner.Options(runtime: "wasmtim")) }?.reason == .usage)
  }

  @Test func a_second_measurement_is_of_some_workloads_with_a_number_of_blocks() throws {
    let options = DuetPlanner.Options(blocks: 40, seed: 9, workloads: ["hello"], spin: 1000)
    let duet = try plan(base, head, options)
    #expect(duet.plan.run.blocks == 40 && duet.plan.run.precision == nil && duet.plan.run.seed == 9)
    #expect(duet.plan.runtimes.map(\.spin) == [nil, 1000])
    #expect(
      failure { _ = try plan(base, head, DuetPlanner.Options(workloads: ["hallo"])) }?.lines.first?.contains("did you mean hello") == true)
  }

  @Test func a_file_that_is_not_there_or_cannot_run_is_a_missing_part() throws {
    #expect(failure { _ = try plan(base, folder.path + "/nowhere/wvm") }?.reason == .missing)
    let plain = folder.file("plain/wvm", "x")
    let error = failure { _ = try plan(base, plain) }
    #expect(error?.reason == .missing)
    #expect(error?.lines.first?.contains("may not be executed") == true)
  }

  @Test func the_scenarios_own_precision_goes_before_the_usual_one_up_to_a_third_of_the_threshold() throws {
    #expect(try plan(base, head, DuetPlanner.Options(), "precision: 3 %\nthresholds: {wall-time: 12 %}").plan.run.precision == 0.03)
    #expect(try plan(base, head, DuetPlanner.Options(), "precision: 3 %").plan.run.precision == 0.01)
    #expect(try plan(base, head, DuetPlanner.Options(precision: 0.005), "precision: 3 %").plan.run.precision == 0.005)
    #expect(try plan(base, head, DuetPlanner.Options(threshold: 0.006), "precision: 3 %").plan.run.precision == 0.002)
    #expect(try plan(base, head, DuetPlanner.Options(threshold: 0), "precision: 3 %").plan.run.precision == 0.03)
  }

  @Test func there_are_blocks_enough_to_find_one_lone_regression() throws {
    var few = try scenario()
    few.blocks = 3
    few.metrics = [.wallTime, .peakMemory]
    let planner = DuetPlanner(checkout: checkout, catalog: try shippedCatalog())
    // One workload by two metrics: 2 · 2^(1−n) may not exceed 0.05.
    #expect(try planner.plan(few, base: base, head: head).plan.run.blocks == 7)
    #expect(try planner.plan(few, base: base, head: head, options: DuetPlanner.Options(blocks: 7)).plan.run.blocks == 7)
    let error = failure { _ = try planner.plan(few, base: base, head: head, options: DuetPlanner.Options(blocks: 6)) }
    #expect(error?.reason == .usage)
    #expect(
      error?.lines == ["--blocks 6: a regression among 2 comparison(s) can be found from 7 blocks on; give that many, or none"])
  }

  @Test func counts_alone_are_measured_once_whatever_the_times() throws {
    var counted = try scenario()
    counted.blocks = 3
    counted.metrics = [.systemCalls]
    let run = try DuetPlanner(checkout: checkout, catalog: try shippedCatalog()).plan(counted, base: base, head: head).plan.run
    #expect(run.blocks == 3)
    #expect(run.precision == nil)
  }
}
