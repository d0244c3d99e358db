import Foundation
import Testing

@testable import TestSupport

@Suite("What a killed test leaves behind")
struct LeftoversTests {
  private let files = FileManager.default

  @Test func `is swept with its processes, and what a living one uses is not`() throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    // This process at another start: a process number that came back into use.
    let dead = "harness-test-0123abcd.\(getpid()).1"
    let living = Leftovers.newName()
    for name in [dead, living, "harness-test-of-somebody", "anything"] {
      try files.createDirectory(atPath: scratch.path(name) + "/inside", withIntermediateDirectories: true)
    }
    let sleeper = Process()
    sleeper.executableURL = URL(fileURLWithPath: "/bin/sh")
    // Waits for a line that never comes, without a child of its own.
    sleeper.arguments = ["-c", "read line", "sh", scratch.path(dead)]
    sleeper.standardInput = Pipe()
    try sleeper.run()
    // Between its start and its exec it still has the command line of this process.
    let commandLine = "/proc/\(sleeper.processIdentifier)/cmdline"
    for _ in 0..<2000 where files.contents(atPath: commandLine)?.range(of: Data(dead.utf8)) == nil { usleep(5000) }

    Leftovers.sweep(folder: scratch.folder)
    sleeper.waitUntilExit()
    #expect(sleeper.terminationReason == .uncaughtSignal && sleeper.terminationStatus == SIGKILL)
    #expect(try files.contentsOfDirectory(atPath: scratch.folder).sorted() == ["anything", "harness-test-of-somebody", living].sorted())
  }

  private static let hierarchy = "/sys/fs/cgroup/memory"

  @Test(.enabled(if: geteuid() == 0 && FileManager.default.isWritableFile(atPath: hierarchy), "needs root and a memory cgroup hierarchy"))
  func `in the cgroup hierarchies is swept too`() throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    let dead = "\(Self.hierarchy)/harness-test-4567cdef.\(getpid()).1"
    let living = "\(Self.hierarchy)/\(Leftovers.newName())"
    for folder in [dead + "/below", living] { try files.createDirectory(atPath: folder, withIntermediateDirectories: true) }
    Leftovers.sweep(folder: scratch.folder)
    #expect(!files.fileExists(atPath: dead))
    #expect(files.fileExists(atPath: living))
    Leftovers.removeCgroups(String(living.dropFirst(Self.hierarchy.count + 1)))
    #expect(!files.fileExists(atPath: living))
  }

  @Test func `of a test that passed is gone with its scratch folder`() throws {
    var folder = ""
    do {
      let scratch = try Scratch()
      folder = scratch.folder
      try Data("x".utf8).write(to: URL(fileURLWithPath: scratch.path("file")))
      #expect(files.fileExists(atPath: folder))
    }
    #expect(!files.fileExists(atPath: folder))
  }
}
