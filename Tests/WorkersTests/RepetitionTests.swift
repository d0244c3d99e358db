import Foundation
import Observations
import TestSupport
import Testing

@testable import Workers

/// A program that times its own repetitions.
@Suite struct RepetitionTests {
  @Test func `nanoseconds are read line by line, and anything else is told`() throws {
    #expect(try RepetitionLines.parse("12\n7\n\n0\n", within: 19).times == [12, 7, 0])
    for (text, reason) in [
      ("", "it told of no repetition"), ("12\nlast one was 7\n", "line 2 of standard error is no whole number of nanoseconds: last one"),
      ("-3\n", "line 1 of standard error"), ("1.5\n", "line 1"), ("+100\n", "line 1"), ("18446744073709551616\n", "line 1"),
      ("9000000\n9000000\n", "its repetitions took 18 ms together, and the whole of it 10 ms"),
      ("18446744073709551615\n18446744073709551615\n", "its repetitions took 18446744073709 ms together"),
      (String(repeating: "1\n", count: Repetitions.most + 1), "it told of more than 100000 repetitions"),
    ] {
      #expect { try RepetitionLines.parse(text, within: 10_000_000) } throws: { ($0 as? LaunchRefused)?.reason.hasPrefix(reason) == true }
    }
  }

  @Test func `a trial has them, and is a failure without`() throws {
    let guests = Checkout.top + "/scenarios/guests"
    let wvm = RuntimeDescription(
      name: "interpreter", summary: "wvm", path: .process, program: .module,
      command: [Product.path("wvm"), "run", "--mode", "interpreter", "{module}", "{arguments}"])
    func workload(_ name: String, _ module: String, _ arguments: String...) -> Workload {
      var workload = Workload(name: name, module: "\(guests)/\(module).wasm", arguments: arguments, arms: ["interpreter"])
      workload.repeats = true
      return workload
    }
    let run = try JobRun(
      "repetitions", workloads: [workload("loop", "repeat", "40", "10"), workload("silent", "hello")], runtimes: [wvm])
    defer { run.scratch.remove() }
    let result = try run.run()
    let loop = try #require(result.trial("loop"))
    let times = try #require(loop.repetitions?.times)
    #expect(loop.outcome == .passed && times.count == 40 && times.allSatisfy { $0 > 0 }, "\(loop.detail)")
    #expect(times.reduce(0, +) < loop.times.exited - loop.times.spawned, "a part of the process's own time")
    let silent = try #require(result.trial("silent"))
    #expect(silent.outcome == .wrongOutput && silent.detail.hasPrefix("it told of no repetition") && silent.repetitions == nil)
  }
}
