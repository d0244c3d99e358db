import Foundation
import TestSupport
import Testing

@testable import Workers

/// A worker's scratch folder, whoever was killed before it.
@Suite struct LeftoversTests {
  /// The mark of a process that is gone.
  private static let dead = OwnerMark(process: pid_t(Int32.max - 1), start: 1)

  private func files(in folder: String) -> [String] { ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted() }

  @Test func aScratchFolderAppearsWithItsMarkAndGoesWithoutATrace() throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    let folder = scratch.path("work")
    try Leftovers.claim(scratch: folder)
    #expect(files(in: folder) == [Leftovers.ownerFile])
    #expect(files(in: scratch.folder) == ["work"])
    Leftovers.release(scratch: folder)
    #expect(files(in: scratch.folder).isEmpty)
  }

  @Test func anEmptyFolderMayBeThereAndSomebodysFilesMayNot() throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    try FileManager.default.createDirectory(atPath: scratch.path("empty"), withIntermediateDirectories: true)
    try Leftovers.claim(scratch: scratch.path("empty"))
    try FileManager.default.createDirectory(atPath: scratch.path("full"), withIntermediateDirectories: true)
    try Data("mine".utf8).write(to: URL(fileURLWithPath: scratch.path("full/diary")))
    #expect(throws: WorkerError.self) { try Leftovers.claim(scratch: scratch.path("full")) }
    #expect(files(in: scratch.folder) == ["empty", "full"])
    #expect(files(in: scratch.path("full")) == ["diary"])
  }

  @Test func aFolderAWorkerWasMakingOrRemovingWhenItWasKilledIsSwept() throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    let folder = scratch.path("work")
    for half in ["work.\(Self.dead.text)", "harness-other.\(Self.dead.text)"] {
      try FileManager.default.createDirectory(atPath: scratch.path(half), withIntermediateDirectories: true)
      try Data().write(to: URL(fileURLWithPath: scratch.path(half) + "/rest"))
    }
    try FileManager.default.createDirectory(atPath: scratch.path("stranger.\(Self.dead.text)"), withIntermediateDirectories: true)
    Leftovers.sweepScratch(beside: folder)
    #expect(files(in: scratch.folder) == ["stranger.\(Self.dead.text)"], "what is not called like ours is not ours")
  }

  @Test func aWorkerThatIsStillClearingAwayIsWaitedFor() throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    let folder = scratch.path("work")
    let owner = Process()
    owner.executableURL = URL(fileURLWithPath: "/bin/sleep")
    owner.arguments = ["1"]
    try owner.run()
    let stat = try String(contentsOfFile: "/proc/\(owner.processIdentifier)/stat", encoding: .utf8)
    let start = try #require(UInt64(stat.split(separator: ")")[1].split(separator: " ")[19]))
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let mark = OwnerMark(process: owner.processIdentifier, start: start)
    #expect(mark.isAlive)
    try Data(mark.text.utf8).write(to: URL(fileURLWithPath: folder + "/" + Leftovers.ownerFile))
    #expect(throws: WorkerError.self, "it lives longer than we wait") { try Leftovers.claim(scratch: folder, patience: 0.1) }
    try Leftovers.claim(scratch: folder)
    #expect(!mark.isAlive)
    #expect(files(in: scratch.folder) == ["work"])
    owner.waitUntilExit()
  }
}
