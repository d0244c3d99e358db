import Foundation
import TestSupport
import Testing

/// scripts/install-shim, with a stand-in for the shim.
@Suite struct InstallShimTests {
  private let scratch: Scratch
  private var bin: String { scratch.path("prefix/bin") }
  private let shim = "containerd-shim-wvm-v1"

  init() throws {
    scratch = try Scratch()
    try write("#!/bin/sh\n[ \"$1\" = -v ]\n", "stand-in")
  }

  private func write(_ text: String, _ name: String) throws {
    try Data(text.utf8).write(to: URL(fileURLWithPath: scratch.path(name)))
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: scratch.path(name))
  }

  private func install(_ words: String...) throws -> Command.Outcome {
    try Command(Checkout.top + "/scripts/install-shim", words).run()
  }

  private func target(_ name: String) -> String? { try? FileManager.default.destinationOfSymbolicLink(atPath: "\(bin)/\(name)") }

  @Test func `installs the shim and its names, and says what to do next`() throws {
    defer { scratch.remove() }
    let outcome = try install("--from", scratch.path("stand-in"), scratch.path("prefix"))
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(FileManager.default.isExecutableFile(atPath: "\(bin)/\(shim)"))
    for name in ["wasmtime", "wasmedge", "spin", "slight"] { #expect(target("containerd-shim-\(name)-v1") == shim, "\(name)") }
    #expect(outcome.output.contains("PATH") && outcome.output.contains("docker run --rm --runtime=io.containerd.wvm.v1"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: bin).count == 5, "something is left over")
    // Once more, with a newer one.
    try write("#!/bin/sh\n# newer\n[ \"$1\" = -v ]\n", "stand-in")
    #expect(try install("--from=" + scratch.path("stand-in"), scratch.path("prefix")).status == 0)
    #expect(try String(contentsOfFile: "\(bin)/\(shim)", encoding: .utf8).contains("newer"))
  }

  @Test func `names that others have are left to them`() throws {
    defer { scratch.remove() }
    try FileManager.default.createDirectory(atPath: bin, withIntermediateDirectories: true)
    try write("theirs", "prefix/bin/containerd-shim-spin-v1")
    try FileManager.default.createSymbolicLink(atPath: "\(bin)/containerd-shim-slight-v1", withDestinationPath: "/elsewhere")
    let outcome = try install("--from", scratch.path("stand-in"), scratch.path("prefix"))
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("left alone: \(bin)/containerd-shim-spin-v1"))
    #expect(try String(contentsOfFile: "\(bin)/containerd-shim-spin-v1", encoding: .utf8) == "theirs")
    #expect(target("containerd-shim-slight-v1") == "/elsewhere")
    #expect(target("containerd-shim-wasmtime-v1") == shim)
  }

  @Test func `says what is wrong in one line`() throws {
    defer { scratch.remove() }
    try write("#!/bin/sh\nexit 1\n", "no-shim")
    try write("a file", "prefix")
    let cases: [([String], Int32, String)] = [
      (["--from", scratch.path("missing"), scratch.path("p")], 64, "is no file that can be read"),
      (["--from", scratch.path("no-shim"), scratch.path("p")], 64, "cannot be run as a shim"),
      (["--from", scratch.path("stand-in"), scratch.path("prefix")], 73, "cannot be made"),
      (["--from", scratch.path("stand-in"), "/proc"], 73, "cannot be made"),
      (["--from"], 64, "needs a file"), (["--links"], 64, "unknown option --links"), (["a", "b"], 64, "one PREFIX"),
    ]
    for (words, status, text) in cases {
      let outcome = try Command(Checkout.top + "/scripts/install-shim", words).run()
      #expect(outcome.status == status, "\(words)")
      #expect(outcome.errors.hasPrefix("error: ") && outcome.errors.contains(text), "\(words): \(outcome.errors)")
      #expect(outcome.errors.split(separator: "\n").count == 1)
    }
  }

  @Test func `explains itself`() throws {
    defer { scratch.remove() }
    let outcome = try install("--help")
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("scripts/install-shim [--from FILE] [PREFIX]"))
  }
}
