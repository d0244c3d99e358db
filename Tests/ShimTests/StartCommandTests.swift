import Digest
import Foundation
import Glibc
import TTRPC
import TaskAPI
import TestSupport
import Testing

@testable import Shim

@Suite("start and delete")
struct StartCommandTests {
  static let needsRoot: Comment = "shims put their sockets below /run/containerd, where root alone may write"

  /// Text that names one thing wrong in one line, for containerd's log.
  private func isOneLine(_ text: String) -> Bool {
    text.hasPrefix("error: ") && text.filter { $0 == "\n" }.count == 1 && text.hasSuffix("\n")
  }

  @Test(.enabled(if: TestShim.canServe, needsRoot)) func `prints the address of a daemon that serves`() throws {
    let shim = try TestShim()
    let outcome = try shim.start()
    #expect(outcome.status == 0)
    #expect(outcome.errors == "")
    let digest = SHA256.hexadecimal(of: Array("containerd-shim-wvm-v1/\(shim.containerd)/\(shim.namespace)/one".utf8))
    #expect(outcome.output == "unix:///run/containerd/s/\(digest)")
    #expect(try String(contentsOfFile: shim.bundle + "/address", encoding: .utf8) == outcome.output)
    let daemon = try shim.connect(outcome.output).shimProcess()
    #expect(shim.daemons == [daemon])
  }

  @Test(.enabled(if: TestShim.canServe, needsRoot), arguments: ["io.kubernetes.cri.sandbox-id", "io.containerd.runc.v2.group"])
  func `containers of one pod share a daemon`(annotation: String) throws {
    let shim = try TestShim(config: #"{"root":{"path":"r"},"annotations":{"a":"b","\#(annotation)":"pod"}}"#)
    let first = try shim.start(id: "one")
    let second = try shim.start(id: "two")
    #expect(second.status == 0)
    #expect(second.output == first.output && first.output.hasPrefix("unix://"))
    #expect(shim.daemons.count == 1)
  }

  @Test(.enabled(if: TestShim.canServe, needsRoot)) func `containers of no pod do not`() throws {
    let shim = try TestShim()
    let addresses = [try shim.start(id: "one").output, try shim.start(id: "two").output]
    #expect(addresses[0] != addresses[1])
    #expect(shim.daemons.count == 2)
  }

  @Test(.enabled(if: TestShim.canServe, needsRoot)) func `takes over the socket of a daemon that was killed`() throws {
    let shim = try TestShim()
    let address = try shim.start().output
    let old = try shim.connect(address).shimProcess()
    kill(old, SIGKILL)
    while shim.daemons.contains(old) { usleep(1000) }
    #expect(access(String(address.dropFirst(7)), F_OK) == 0, "a killed daemon leaves its socket")
    #expect(try shim.start().output == address)
    let new = try shim.connect(address).shimProcess()
    #expect(new != old)
  }

  @Test(.enabled(if: TestShim.canServe, needsRoot)) func `many that start at once agree on one daemon`() throws {
    let shim = try TestShim(config: #"{"annotations":{"io.kubernetes.cri.sandbox-id":"pod"}}"#)
    let words = (shim.words(id: "$i") + ["start"]).joined(separator: " ")
    let script =
      "for i in 1 2 3 4 5 6 7 8; do mkdir b$i; cp config.json b$i; (cd b$i; exec \(TestShim.program) \(words) > ../out.$i) & done; wait; cat out.*"
    let addresses = try Command("/bin/sh", ["-c", script], in: shim.bundle).run().output.components(separatedBy: "unix://").dropFirst()
    #expect(addresses.count == 8 && Set(addresses).count == 1, "\(addresses)")
    #expect(try shim.start().output == "unix://" + (addresses.first ?? ""))
    #expect(shim.daemons.count == 1)
  }

  @Test(.enabled(if: TestShim.canServe, needsRoot)) func `whoever reads the output to its end is not kept waiting`() throws {
    let shim = try TestShim()
    var ends: [Int32] = [-1, -1]
    try #require(pipe(&ends) == 0)
    let words = shim.words(id: "one").joined(separator: " ")
    // The pipe is standard output, standard error, and something that was forgotten to be closed.
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", "exec 2>&1 7>&1; exec \(TestShim.program) \(words) start"]
    process.currentDirectoryURL = URL(fileURLWithPath: shim.bundle)
    process.standardOutput = FileHandle(fileDescriptor: ends[1], closeOnDealloc: false)
    try process.run()
    close(ends[1])
    defer { close(ends[0]) }
    var output: [UInt8] = []
    var isAtEnd = false
    while !isAtEnd {
      var waited = pollfd(fd: ends[0], events: Int16(POLLIN), revents: 0)
      // Only a daemon that keeps the pipe lets this time pass.
      guard poll(&waited, 1, 20_000) > 0 else { break }
      var buffer = [UInt8](repeating: 0, count: 256)
      let count = read(ends[0], &buffer, buffer.count)
      if count > 0 { output += buffer[..<count] } else { isAtEnd = true }
    }
    process.waitUntilExit()
    #expect(isAtEnd)
    let address = String(decoding: output, as: UTF8.self)
    let daemon = try shim.connect(address).shimProcess()
    let links = try FileManager.default.contentsOfDirectory(atPath: "/proc/\(daemon)/fd").compactMap {
      try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(daemon)/fd/\($0)")
    }
    #expect(!links.contains { $0.hasPrefix("pipe:") }, "\(links)")
    #expect(links.filter { $0 == "/dev/null" }.count == 3, "\(links)")
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(daemon)/cwd") == "/")
  }

  @Test(arguments: ["", "{", "[]", "nonsense", #"{"annotations":7}"#, #"{"annotations":{"io.kubernetes.cri.sandbox-id":["x"]}}"#])
  func `says in one line what is wrong with a configuration`(config: String) throws {
    let shim = try TestShim(config: config)
    let outcome = try shim.start()
    #expect(outcome.status == 65)
    #expect(outcome.output == "")
    #expect(isOneLine(outcome.errors) && outcome.errors.contains("config.json"), "\(outcome.errors)")
    #expect(shim.daemons.isEmpty)
    #expect(access(shim.bundle + "/address", F_OK) != 0)
  }

  @Test func `says so where there is no bundle`() throws {
    let shim = try TestShim()
    unlink(shim.bundle + "/config.json")
    let outcome = try shim.start()
    #expect(outcome.status == 65)
    #expect(isOneLine(outcome.errors) && outcome.errors.contains("no config.json in the bundle: No such file"), "\(outcome.errors)")
  }

  @Test func `refuses bad usage with 64 and one line`() throws {
    let mistakes: [[String]] = [
      [], ["strat"], ["start"], ["-id", "x", "-namespace", "n", "start"], ["-id", "x", "-address", "/a", "start"], ["-id"],
      ["-frob", "start"],
      ["-id", "x", "start", "more"],
    ]
    for words in mistakes {
      let outcome = try Command(TestShim.program, words).run()
      #expect(outcome.status == 64, "\(words)")
      #expect(outcome.output == "")
      #expect(isOneLine(outcome.errors), "\(words): \(outcome.errors)")
    }
  }

  @Test func `tells what it is`() throws {
    let version = try Command(TestShim.program, ["-v"]).run()
    #expect(version.status == 0)
    #expect(version.output == "containerd-shim-wvm-v1:\n  Version:  \(ShimVersion.text)\n")
    #expect(try Command(TestShim.program, ["-help"]).run().output.hasPrefix("usage: containerd-shim-wvm-v1 "))
    let information = try Command(TestShim.program, ["-info"]).run()
    #expect(information.status == 0)
    let message = try RuntimeInfo(reading: Array(information.output.utf8))
    #expect(message.name == "io.containerd.wvm.v1")
    #expect(message.version?.version == ShimVersion.text)
  }

  // MARK: delete

  private func delete(_ shim: TestShim) throws -> (outcome: Command.Outcome, response: DeleteResponse) {
    let output = shim.scratch.path("answer")
    let words = (shim.words(id: "one") + ["-bundle", shim.bundle, "delete"]).joined(separator: " ")
    // The answer is no text.
    let outcome = try Command("/bin/sh", ["-c", "exec \(TestShim.program) \(words) > \(output)"], in: "/").run()
    return (outcome, try DeleteResponse(reading: FileDescriptor.readFile(output) ?? []))
  }

  @Test func `there is nothing to clear away after a good end`() throws {
    let shim = try TestShim()
    let (outcome, response) = try delete(shim)
    #expect(outcome.status == 0 && outcome.errors == "", "\(outcome.errors)")
    #expect(response.exitStatus == 137)
    #expect(response.pid == 0)
    #expect((response.exitedAt?.seconds ?? 0) > 1_700_000_000)
  }

  @Test(.enabled(if: TestShim.canServe, needsRoot)) func `clears away the socket of a daemon that was killed, and its note`() throws {
    let shim = try TestShim()
    let address = try shim.start().output
    let socket = String(address.dropFirst(7))
    try LeftoverRecord(cgroup: "", isNative: false).write(to: shim.bundle)
    _ = try delete(shim)
    #expect(access(socket, F_OK) == 0, "a daemon that answers keeps its socket")
    #expect(LeftoverRecord(bundle: shim.bundle) == nil)
    for process in shim.daemons { kill(process, SIGKILL) }
    while !shim.daemons.isEmpty { usleep(1000) }
    try LeftoverRecord(cgroup: "", isNative: false).write(to: shim.bundle)
    let (outcome, response) = try delete(shim)
    #expect(outcome.status == 0)
    #expect(response.exitStatus == 137)
    #expect(access(socket, F_OK) != 0)
    #expect(LeftoverRecord(bundle: shim.bundle) == nil)
  }

  @Test(.enabled(if: TestShim.canServe, needsRoot)) func `clears away the socket of a daemon that was killed before it had a task`() throws
  {
    let shim = try TestShim()
    let socket = String(try shim.start().output.dropFirst(7))
    for process in shim.daemons { kill(process, SIGKILL) }
    while !shim.daemons.isEmpty { usleep(1000) }
    #expect(access(socket, F_OK) == 0)
    #expect(try delete(shim).outcome.status == 0)
    #expect(access(socket, F_OK) != 0)
  }

  @Test func `an address that leads elsewhere removes nothing`() throws {
    let shim = try TestShim()
    let other = shim.scratch.path("precious")
    try Data("x".utf8).write(to: URL(fileURLWithPath: other))
    try Data("unix://\(other)".utf8).write(to: URL(fileURLWithPath: shim.bundle + "/address"))
    try LeftoverRecord(cgroup: "", isNative: false).write(to: shim.bundle)
    _ = try delete(shim)
    #expect(access(other, F_OK) == 0)
  }

  @Test func `the note of what is left comes back as it was written`() throws {
    let scratch = try Scratch()
    #expect(LeftoverRecord(bundle: scratch.folder) == nil)
    for (cgroup, isNative) in [("/kubepods/pod1/c", false), ("system.slice:cri:x", true), ("", false)] {
      try LeftoverRecord(cgroup: cgroup, isNative: isNative).write(to: scratch.folder)
      let record = try #require(LeftoverRecord(bundle: scratch.folder))
      #expect(record.cgroup == cgroup && record.isNative == isNative)
    }
    LeftoverRecord.remove(from: scratch.folder)
    #expect(LeftoverRecord(bundle: scratch.folder) == nil)
    try Data("module".utf8).write(to: URL(fileURLWithPath: scratch.path("wvm.leftovers")))
    #expect(LeftoverRecord(bundle: scratch.folder) == nil, "half a note is none")
  }
}
