import Foundation
import TestSupport
import Testing

/// The scripts that run tests: what was not tested must not look as if it had passed.
@Suite struct ScriptTests {
  private func specSuite(_ variables: String...) throws -> Command.Outcome {
    try Command("/usr/bin/env", ["-u", "CI", "HARNESS_SPEC_SUITE=/nowhere"] + variables + [Checkout.top + "/scripts/spec-suite"]).run()
  }

  private static let isBuilt = FileManager.default.isExecutableFile(atPath: Checkout.top + "/.build/release/wvm")

  @Test(.enabled(if: isBuilt, "needs the release build: scripts/build-release"), arguments: ["A=b", "CI=true"])
  func `without the suite our own scripts run, and the rest is skipped, with an exit code of its own`(variable: String) throws {
    let outcome = try specSuite(variable)
    #expect(outcome.status == 77, "\(outcome.output)\(outcome.errors)")
    #expect(outcome.output.hasPrefix("spec suite: ours, "))
    #expect(outcome.output.contains("\nspec suite: core and proposals skipped: no folder /nowhere"))
  }

  @Test(.enabled(if: isBuilt, "needs the release build: scripts/build-release"))
  func `a script of a name that there is not is no pass`() throws {
    let command = [Checkout.top + "/scripts/spec-suite", "no-such-script"]
    let outcome = try Command("/usr/bin/env", ["-u", "CI", "HARNESS_SPEC_SUITE=/nowhere"] + command).run()
    #expect(outcome.status == 77)
    #expect(outcome.output.hasPrefix("spec suite: everything skipped: none of no-such-script"))
    let inIntegration = try Command("/usr/bin/env", ["CI=true", "HARNESS_SPEC_SUITE=/nowhere"] + command).run()
    #expect(inIntegration.status == 69)
    #expect(inIntegration.errors.hasPrefix("error: spec suite: "))
  }

  @Test func `no part is left out on a condition`() throws {
    let script = try String(contentsOfFile: Checkout.top + "/scripts/test", encoding: .utf8)
    let parts = script.split(separator: "\n").filter { $0.contains("part \"") }
    #expect(parts.count == 8)
    #expect(parts.allSatisfy { $0.hasPrefix("part \"") }, "a part that cannot be run must fail or say that it is skipped")
  }

  @Test func `a part whose script may not be executed has failed`() throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    let check = scratch.path("check")
    try Data("#!/bin/sh\necho passed\n".utf8).write(to: URL(fileURLWithPath: check))
    try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: check)
    let script = """
      body=$(sed -e '/^cd /d' -e '/install-needed/d' -e '/^part "/d' \(Checkout.top)/scripts/test)
      eval "${body%%$'\\necho\\nprintf'*}"
      part handlers passed \(check) >/dev/null 2>&1
      eval "printf${body##*$'\\necho\\nprintf'}"
      """
    let outcome = try Command("/bin/bash", ["-c", script]).run()
    #expect(outcome.status == 1)
    #expect(outcome.output.hasPrefix("handlers: FAILED."))
  }

  @Test(arguments: [
    ("", "a: passed. 3 passed, 0 failed\nevery part passed\n", Int32(0)),
    ("skips", "a: passed. 3 passed, 0 failed\nb: skipped. not here: no suite\n1 parts passed, 1 skipped: b\n", 0),
    ("breaks", "a: passed. 3 passed, 0 failed\nb: FAILED. 3 passed, 0 failed\n\n1 parts failed: b\n", 1),
  ])
  func `the summary of all tests tells skipped from passed`(second: String, summary: String, status: Int32) throws {
    // scripts/test itself, with other parts.
    let script = """
      body=$(sed -e '/^cd /d' -e '/install-needed/d' -e '/^part "/d' \(Checkout.top)/scripts/test)
      counts() { echo "3 passed, 0 failed"; return ${1:-0}; }
      skips() { echo "not here: no suite"; return 77; }
      breaks() { counts 1; }
      parts() { part a passed counts; [ -z "\(second)" ] || part b passed \(second); }
      eval "${body%%$'\\necho\\nprintf'*}"
      parts >/dev/null
      eval "printf${body##*$'\\necho\\nprintf'}"
      """
    let outcome = try Command("/bin/bash", ["-c", script]).run()
    #expect(outcome.output == summary, "\(outcome.errors)")
    #expect(outcome.status == status)
  }
}
