import Foundation
import TestSupport
import Testing

@testable import OCI

@Suite("Folders for images")
struct FileTreeTests {
  let scratch: Scratch
  private let files = FileManager.default

  init() throws { scratch = try Scratch() }

  /// Writes a file of the scratch folder and the folders above it.
  private func write(_ name: String, _ text: String, mode: Int = 0o644) throws {
    let path = scratch.path(name)
    try files.createDirectory(atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    try files.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
  }

  @Test func `come with all that lies in them, in order, links as links`() throws {
    defer { scratch.remove() }
    try write("site/b/page", "b", mode: 0o600)
    try write("site/a", "a", mode: 0o700)
    try write("site/ü", "u", mode: 0o444)
    try files.createDirectory(atPath: scratch.path("site/empty"), withIntermediateDirectories: true)
    try files.createSymbolicLink(atPath: scratch.path("site/link"), withDestinationPath: "nowhere/at all")
    let tree = try ImageFile.tree(at: scratch.path("site"), path: "/data")
    #expect(
      tree == [
        ImageFile(path: "/data", content: .folder),
        ImageFile(path: "/data/a", source: scratch.path("site/a"), mode: 0o755),
        ImageFile(path: "/data/b", content: .folder),
        ImageFile(path: "/data/b/page", source: scratch.path("site/b/page"), mode: 0o644),
        ImageFile(path: "/data/empty", content: .folder),
        ImageFile(path: "/data/link", content: .link("nowhere/at all")),
        ImageFile(path: "/data/ü", source: scratch.path("site/ü"), mode: 0o644),
      ])
    #expect(try ImageFile.tree(at: scratch.path("site"), path: "/").map(\.path) == ["/a", "/b", "/b/page", "/empty", "/link", "/ü"])
  }

  @Test func `and single files may be named by a link`() throws {
    defer { scratch.remove() }
    try write("file", "text")
    try files.createSymbolicLink(atPath: scratch.path("link"), withDestinationPath: "file")
    #expect(try ImageFile.tree(at: scratch.path("link"), path: "/f") == [ImageFile(path: "/f", source: scratch.path("link"))])
  }

  @Test func `with a thing that cannot be in an image are refused, and the message names it`() throws {
    defer { scratch.remove() }
    try write("site/a", "a")
    #expect(mkfifo(scratch.path("site/pipe"), 0o600) == 0)
    #expect { try ImageFile.tree(at: scratch.path("site"), path: "/x") } throws: {
      "\($0)" == "\(scratch.path("site/pipe")) is neither a file, a folder nor a symbolic link; leave it out of the image"
    }
    #expect { try ImageFile.tree(at: scratch.path("absent"), path: "/x") } throws: {
      "\($0)" == "cannot read \(scratch.path("absent")): No such file or directory"
    }
  }

  @Test func `with a name that is not UTF-8 are refused`() throws {
    defer { scratch.remove() }
    try write("site/a", "a")
    let name = Array(scratch.path("site/").utf8CString.dropLast()) + [CChar(bitPattern: 0xFF), 0]
    let descriptor = creat(name, 0o600)
    try #require(descriptor >= 0)
    close(descriptor)
    #expect { try ImageFile.tree(at: scratch.path("site"), path: "/x") } throws: { "\($0)".contains("a name that is not UTF-8") }
  }
}
