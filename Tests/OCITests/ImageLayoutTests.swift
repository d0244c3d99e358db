import Digest
import Foundation
import JSON
import TestSupport
import Testing

@testable import OCI

@Suite("Image layouts")
struct ImageLayoutTests {
  let scratch: Scratch
  let archive: String

  init() throws {
    scratch = try Scratch()
    archive = scratch.path("image.tar")
    try Data("program".utf8).write(to: URL(fileURLWithPath: scratch.path("program")))
    try OCIImage.write(
      to: archive,
      files: [ImageFile(path: "/bin/program", source: scratch.path("program"), mode: 0o755), ImageFile(path: "/tmp", content: .folder)],
      entrypoint: ["/bin/program", "--fast"], environment: ["A=b"], workingFolder: "/tmp", reference: "harness.local/program:7")
  }

  @Test func `written by us read back as what was asked for`() throws {
    defer { scratch.remove() }
    let image = try #require(try ImageLayout(path: archive).images.first)
    #expect(image.reference == "harness.local/program:7")
    #expect(image.architecture == "amd64")
    #expect(image.os == "linux")
    #expect(image.entrypoint == ["/bin/program", "--fast"])
    #expect(image.environment == ["A=b"])
    #expect(image.workingFolder == "/tmp")
    #expect(image.layers.map(\.mediaType) == [MediaType.layer])
  }

  @Test func `are the same bytes for the same input`() throws {
    defer { scratch.remove() }
    for _ in 0..<2 {
      try OCIImage.write(
        to: scratch.path("again.tar"),
        files: [ImageFile(path: "/bin/program", source: scratch.path("program"), mode: 0o755), ImageFile(path: "/tmp", content: .folder)],
        entrypoint: ["/bin/program", "--fast"], environment: ["A=b"], workingFolder: "/tmp", reference: "harness.local/program:7")
      #expect(FileManager.default.contentsEqual(atPath: archive, andPath: scratch.path("again.tar")))
    }
  }

  @Test func `are the same bytes whatever the order of their files`() throws {
    defer { scratch.remove() }
    let files = [
      ImageFile(path: "/bin/program", content: .bytes([1]), mode: 0o755), ImageFile(path: "/bin", content: .folder),
      ImageFile(path: "/bin-more", content: .bytes([2])), ImageFile(path: "/a", content: .link("bin")),
    ]
    func write(_ files: [ImageFile]) throws -> Data? {
      try OCIImage.write(to: scratch.path("order.tar"), files: files, entrypoint: ["/bin/program"], reference: "a:1")
      return FileManager.default.contents(atPath: scratch.path("order.tar"))
    }
    let first = try write(files)
    #expect(first != nil)
    #expect(try write(files.reversed()) == first)
    #expect(try write(files + [ImageFile(path: "//bin/", content: .folder)]) == first)
  }

  @Test(arguments: Platform.known)
  func `say the platform in index and configuration`(platform: Platform) throws {
    defer { scratch.remove() }
    let digest = try OCIImage.write(
      to: archive, files: [ImageFile(path: "/a.wasm", content: .bytes([1]))], entrypoint: ["/a.wasm#run"], reference: "h/a:1",
      platform: platform)
    let image = try #require(try ImageLayout(path: archive).images.first)
    #expect(image.os == platform.os && image.architecture == platform.architecture)
    #expect(image.entrypoint == ["/a.wasm#run"])
    #expect(image.manifestDigest == digest)
    let index = try JSONValue(reading: String(contentsOfFile: try unpack() + "/index.json", encoding: .utf8))
    let said = try #require(index["manifests"]?.array?.first?["platform"])
    #expect(said["os"]?.string == platform.os && said["architecture"]?.string == platform.architecture)
  }

  @Test func `hold a manifest for daemons that know no index, which names the same blobs`() throws {
    defer { scratch.remove() }
    let folder = try unpack()
    let image = try #require(try ImageLayout(path: archive).images.first)
    let entry = try #require(try JSONValue(reading: String(contentsOfFile: folder + "/manifest.json", encoding: .utf8)).array?.first)
    #expect(entry["RepoTags"]?.array?.compactMap(\.string) == ["harness.local/program:7"])
    #expect(entry["Layers"]?.array?.compactMap(\.string) == image.layers.map { "blobs/sha256/" + $0.digest.dropFirst(7) })
    let configuration = try #require(entry["Config"]?.string)
    #expect(try JSONValue(reading: String(contentsOfFile: folder + "/" + configuration, encoding: .utf8))["os"]?.string == "linux")
  }

  @Test(arguments: [
    ([("/a", false), ("/b", false), ("//a", false)], "the image path \"//a\" is given twice"),
    ([("/a", true), ("/a", false)], "the image path \"/a\" is given twice"),
    ([("/a/b/c", false), ("/a/b", false)], "the image path \"/a/b\" is no folder, but \"/a/b/c\" lies in it"),
    ([("relative", false)], "the image path \"relative\" must be absolute"),
  ])
  func `with paths that exclude each other are refused`(paths: [(path: String, isFolder: Bool)], reason: String) throws {
    defer { scratch.remove() }
    let files = paths.map { ImageFile(path: $0.path, content: $0.isFolder ? .folder : .bytes([])) }
    #expect { try OCIImage.write(to: archive, files: files, entrypoint: ["/a"], reference: "a:1") } throws: { "\($0)".contains(reason) }
  }

  @Test(.enabled(if: Command.find("tar") != nil, "tar is not installed"))
  func `unpacked by the system's tar are read from the folder, and packed by it again are read from the archive`() throws {
    defer { scratch.remove() }
    let folder = try unpack()
    let images = try ImageLayout(path: archive).images
    #expect(try ImageLayout(path: folder).images == images)
    let tar = try #require(Command.find("tar"))
    for format in ["gnu", "pax", "ustar"] {
      let packed = try Command(tar, ["--format", format, "-cf", scratch.path("\(format).tar"), "-C", folder, "."]).run()
      #expect(packed.status == 0, "\(packed.errors)")
      #expect(try ImageLayout(path: scratch.path("\(format).tar")).images == images)
    }
  }

  @Test func `that miss a blob, or hold a changed one, are refused with its digest`() throws {
    defer { scratch.remove() }
    let folder = try unpack()
    let layer = try #require(try ImageLayout(path: folder).images.first?.layers.first)
    let blob = folder + "/blobs/sha256/" + layer.digest.dropFirst(7)
    var bytes = try Data(contentsOf: URL(fileURLWithPath: blob))
    bytes[600] ^= 1
    try bytes.write(to: URL(fileURLWithPath: blob))
    #expect { try ImageLayout(path: folder) } throws: { "\($0)".contains("blob \(layer.digest): its content has the digest sha256:") }
    try bytes.dropLast().write(to: URL(fileURLWithPath: blob))
    #expect { try ImageLayout(path: folder) } throws: { "\($0)".contains("\(bytes.count - 1) bytes, its descriptor says \(bytes.count)") }
    try FileManager.default.removeItem(atPath: blob)
    #expect { try ImageLayout(path: folder) } throws: { "\($0)".contains("blobs/sha256/\(layer.digest.dropFirst(7)): it is missing") }
  }

  @Test(arguments: [
    ("oci-layout", "{}", "\"imageLayoutVersion\" is missing"),
    ("oci-layout", #"{"imageLayoutVersion":"2.0.0"}"#, "layout version 2.0.0"),
    ("index.json", "{", "no JSON"),
    ("index.json", #"{"manifests":[]}"#, "it names no image"),
    ("index.json", #"{"manifests":[{"mediaType":"text/plain"}]}"#, "a descriptor without"),
    ("index.json", #"{"manifests":[{"mediaType":"a/b","digest":"sha256:../../etc","size":1}]}"#, "is no sha256 digest"),
    (
      "index.json", #"{"manifests":[{"mediaType":"text/plain","digest":"sha256:\#(String(repeating: "a", count: 64))","size":1}]}"#,
      "media type text/plain, expected"
    ),
  ])
  func `with a wrong part are refused, and the message names the part`(name: String, text: String, reason: String) throws {
    defer { scratch.remove() }
    let folder = try unpack()
    try text.write(toFile: folder + "/" + name, atomically: true, encoding: .utf8)
    #expect { try ImageLayout(path: folder) } throws: { "\($0)".contains(name + ": ") && "\($0)".contains(reason) }
  }

  @Test func `with a layer of an unknown media type are refused`() throws {
    defer { scratch.remove() }
    let folder = try unpack()
    let index = try JSONValue(reading: String(contentsOfFile: folder + "/index.json", encoding: .utf8))
    let digest = try #require(index["manifests"]?.array?.first?["digest"]?.string)
    let manifest = try String(contentsOfFile: folder + "/blobs/sha256/" + digest.dropFirst(7), encoding: .utf8)
    let changed = Blob(Array(manifest.replacingOccurrences(of: MediaType.layer, with: "application/x-layer").utf8))
    try Data(changed.bytes).write(to: URL(fileURLWithPath: folder + "/blobs/sha256/" + changed.hexadecimal))
    let newIndex: JSONValue = ["schemaVersion": 2, "manifests": [changed.descriptor(MediaType.manifest)]]
    try Data(newIndex.bytes).write(to: URL(fileURLWithPath: folder + "/index.json"))
    #expect { try ImageLayout(path: folder) } throws: { "\($0)".contains("layer of media type application/x-layer") }
  }

  @Test func `that are cut or changed anywhere in the archive are refused or read, and never crash`() throws {
    defer { scratch.remove() }
    let bytes = try Data(contentsOf: URL(fileURLWithPath: archive))
    let target = URL(fileURLWithPath: scratch.path("broken.tar"))
    var refused = 0
    for step in 0..<400 {
      var broken = bytes
      if step % 2 == 0 { broken = broken.prefix(bytes.count * step / 400) } else { broken[(step * 7919) % bytes.count] ^= 0x5A }
      try broken.write(to: target)
      do { _ = try ImageLayout(path: target.path) } catch { refused += 1 }
    }
    // Every cut one is refused: even the last lacks its end mark or its index.
    #expect(refused >= 200)
  }

  @Test func `that cannot be written leave nothing behind and say why`() throws {
    defer { scratch.remove() }
    #expect { try OCIImage.write(to: scratch.path("none/image.tar"), files: [], entrypoint: ["/x"], reference: "a:1") } throws: {
      "\($0)".contains("cannot write \(scratch.path("none/image.tar")): No such file or directory")
    }
    #expect {
      try OCIImage.write(to: archive, files: [ImageFile(path: "/a", source: scratch.path("absent"))], entrypoint: ["/a"], reference: "a:1")
    } throws: { "\($0)" == "cannot read \(scratch.path("absent")): No such file or directory" }
    #expect {
      try OCIImage.write(to: archive, files: [ImageFile(path: "/../a", content: .bytes([]))], entrypoint: ["/a"], reference: "a:1")
    } throws: { "\($0)".contains("the image path \"/../a\"") }
    #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.folder).sorted() == ["image.tar", "program"])
  }

  @Test(arguments: [("a/b:c", "c"), ("localhost:5000/b", "latest"), ("b", "latest"), ("h/b:1", "1")])
  func `take their tag from the reference's last component`(reference: String, tag: String) {
    #expect(OCIImage.tag(of: reference) == tag)
  }

  private func unpack() throws -> String {
    let folder = scratch.path("layout")
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let outcome = try Command(Command.find("tar") ?? "/bin/tar", ["-xf", archive, "-C", folder]).run()
    try #require(outcome.status == 0, "\(outcome.errors)")
    return folder
  }
}
