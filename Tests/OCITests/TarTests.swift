import Foundation
import TestSupport
import Testing

@testable import OCI

@Suite("Tar archives")
struct TarTests {
  @Test(.enabled(if: Command.find("tar") != nil, "tar is not installed"))
  func `are read by the system's tar with their names, modes and contents, however long the names`() throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    let long = (0..<12).map { _ in "a-folder-with-a-long-name" }.joined(separator: "/") + "/file"
    let longest = String(repeating: "n", count: 180) + "/" + String(repeating: "m", count: 200)
    var writer = TarWriter()
    writer.addFolder("/empty/folder/")
    writer.addFile("program", mode: 0o755, content: Array("#!".utf8))
    writer.addFile(long, mode: 0o600, content: [UInt8](repeating: 7, count: 513))
    writer.addFile(longest, mode: 0o644, content: [])
    try Data(writer.finish()).write(to: URL(fileURLWithPath: scratch.path("a.tar")))
    let tar = try #require(Command.find("tar"))
    let extracted = try Command(tar, ["-xpf", scratch.path("a.tar"), "-C", scratch.folder]).run()
    #expect(extracted.status == 0)
    #expect(extracted.errors == "")
    let files = FileManager.default
    #expect(files.contents(atPath: scratch.path("program")) == Data("#!".utf8))
    #expect(try files.attributesOfItem(atPath: scratch.path("program"))[.posixPermissions] as? Int == 0o755)
    #expect(files.contents(atPath: scratch.path(long)) == Data(repeating: 7, count: 513))
    #expect(try files.attributesOfItem(atPath: scratch.path(long))[.posixPermissions] as? Int == 0o600)
    #expect(files.contents(atPath: scratch.path(longest)) == Data())
    #expect(try files.contentsOfDirectory(atPath: scratch.path("empty/folder")).isEmpty)
  }

  @Test(.enabled(if: Command.find("tar") != nil, "tar is not installed"))
  func `hold symbolic links, however long their targets and their own names`() throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    let long = String(repeating: "../some-folder/", count: 40) + "end"
    let longest = String(repeating: "n", count: 120)
    var writer = TarWriter()
    writer.addLink("/bin/short", to: "/usr/bin/program")
    writer.addLink("/long", to: long)
    writer.addLink(longest, to: long)
    writer.addFile("after", mode: 0o644, content: [1])
    try Data(writer.finish()).write(to: URL(fileURLWithPath: scratch.path("a.tar")))
    let tar = try #require(Command.find("tar"))
    let extracted = try Command(tar, ["-xpf", scratch.path("a.tar"), "-C", scratch.folder]).run()
    #expect(extracted.status == 0)
    #expect(extracted.errors == "")
    let files = FileManager.default
    #expect(try files.destinationOfSymbolicLink(atPath: scratch.path("bin/short")) == "/usr/bin/program")
    #expect(try files.destinationOfSymbolicLink(atPath: scratch.path("long")) == long)
    #expect(try files.destinationOfSymbolicLink(atPath: scratch.path(longest)) == long)
    #expect(files.contents(atPath: scratch.path("after")) == Data([1]))
  }
}
