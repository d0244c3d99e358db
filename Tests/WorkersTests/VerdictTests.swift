import Foundation
import Observations
import TestSupport
import Testing

@testable import Workers

/// What is said of a trial that failed.
@Suite struct VerdictTests {
  @Test(arguments: [
    (
      "error: unexpected argument '-x' found\n\nUsage: engine [OPTIONS]\n\nFor more information\n      |\n      | ^\n",
      "error: unexpected argument '-x' found"
    ),
    ("Error: failed to run main module\n\nCaused by:\n    0: no such file\n", "Error: failed to run main module"),
    ("warning: old cache\ntrap: unreachable\n  at f\n", "trap: unreachable"),
    ("node:internal/loader:1080\n  throw err;\n  ^\n\nTypeError: x is no function\n    at y\n", "TypeError: x is no function"),
    ("\n   \n  cannot do it\nbecause\n", "cannot do it"),
    (String(repeating: "a", count: 10_000), String(repeating: "a", count: 200)),
    ("", ""),
  ])
  func theLineThatSaysSomethingIsTold(errors: String, told: String) throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    try Data(errors.utf8).write(to: URL(fileURLWithPath: scratch.path("errors")))
    let line =
      #"{"spawned":1,"exited":2,"reaped":3,"exitCode":1,"timedOut":false,"userTime":0,"systemTime":0,"maxResident":0,"minorFaults":0,"#
      + #""majorFaults":0,"voluntarySwitches":0,"involuntarySwitches":0,"outputBytes":0,"errorBytes":0,"strays":0}"#
    let verdict = Verdict(
      try JSONDecoder().decode(LaunchReport.self, from: Data(line.utf8)), expected: Expectation(), output: scratch.path("output"),
      errors: scratch.path("errors"), timeLimit: 1, startFailure: nil)
    #expect(verdict.outcome == .wrongExitCode)
    #expect(verdict.detail == "exit code 1" + (told.isEmpty ? "" : ": \(told)"))
  }
}
