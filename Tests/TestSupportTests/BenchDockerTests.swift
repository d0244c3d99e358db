import Foundation
import TestSupport
import Testing

/// scripts/bench-docker, with stand-ins for docker and harness.
@Suite struct BenchDockerTests {
  private let scratch: Scratch

  init() throws { scratch = try Scratch() }

  private func stand(_ name: String, _ body: String) throws {
    try Data("#!/bin/sh\n\(body)\n".utf8).write(to: URL(fileURLWithPath: scratch.path(name)))
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: scratch.path(name))
  }

  private func bench(docker: String, _ more: String...) throws -> Command.Outcome {
    try stand("harness", "for last; do :; done; echo image >\"$last\"")
    try stand("docker", docker)
    return try Command(
      Checkout.top + "/scripts/bench-docker",
      ["--docker", scratch.path("docker"), "--harness", scratch.path("harness"), "--native", "/bin/true"] + more
    ).run()
  }

  private var hello: String { "cat \(Checkout.top)/scenarios/guests/hello.expected" }

  @Test func `prints medians and ratios, and says what is left out`() throws {
    defer { scratch.remove() }
    let docker = "[ $1 = run ] || exit 0\ncase \"$*\" in *crun*) echo 'unknown runtime crun' >&2; exit 125 ;; *) \(hello) ;; esac"
    let outcome = try bench(docker: docker, "--blocks", "5", "--seed", "7")
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output.contains("5 interleaved blocks, seed 7"))
    #expect(outcome.output.contains("  left out: crun: unknown runtime crun"))
    let lines = outcome.output.split(separator: "\n").map(String.init)
    let ours = try #require(lines.first { $0.hasPrefix("  wvm shim") })
    #expect(ours.contains("[") && ours.hasSuffix("]"))
    #expect(lines.contains { $0.hasPrefix("  runc ") && $0.hasSuffix(" 1") })
  }

  @Test func `a wrong answer ends everything`() throws {
    defer { scratch.remove() }
    let count = scratch.path("count")
    // Right the first time, which is not measured, and wrong from then on.
    let outcome = try bench(
      docker: "[ $1 = run ] || exit 0\necho >>\(count); [ $(wc -l <\(count)) -gt 4 ] && exit 3\n\(hello)", "--blocks", "5")
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains("ended with 3"), "\(outcome.errors)")
  }

  @Test func `says when there is nothing to measure`() throws {
    defer { scratch.remove() }
    #expect(try bench(docker: "exit 1").status == 69)
    let alone = try bench(docker: "[ $1 = run ] || exit 0\ncase \"$*\" in *--runtime*) exit 125 ;; *) \(hello) ;; esac")
    #expect(alone.status == 69)
    #expect(alone.errors.hasPrefix("error: nothing to compare with runc"))
    #expect(try bench(docker: "exit 0", "--blocks", "2").status == 64)
    #expect(try Command(Checkout.top + "/scripts/bench-docker", ["--docker", "/nowhere/docker"]).run().status == 69)
  }
}
