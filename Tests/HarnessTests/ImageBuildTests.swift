import Foundation
import OCI
import TestSupport
import Testing

/// `harness image build` as a user meets it: what it writes, what it refuses, and who takes the result.
@Suite struct ImageBuildTests {
  private let scratch: Scratch
  private let module = Checkout.guests + "/hello.wasm"
  private let files = FileManager.default

  init() throws { scratch = try Scratch() }

  /// Runs the command in the scratch folder.
  private func build(_ arguments: [String]) throws -> Command.Outcome {
    try Command(Product.path("harness"), ["image", "build"] + arguments, in: scratch.folder).run()
  }

  private func write(_ name: String, _ bytes: [UInt8], mode: Int = 0o644) throws {
    try files.createDirectory(atPath: (scratch.path(name) as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
    try Data(bytes).write(to: URL(fileURLWithPath: scratch.path(name)))
    try files.setAttributes([.posixPermissions: mode], ofItemAtPath: scratch.path(name))
  }

  private func image(_ name: String = "image.tar") throws -> ImageLayout.Image {
    try #require(try ImageLayout(path: scratch.path(name)).images.first)
  }

  /// The smallest file that has the header of an executable for x86-64, with the path of an interpreter where it is given.
  private func executable(interpreter: String? = nil) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: 120)
    bytes.replaceSubrange(0..<6, with: [0x7F, 0x45, 0x4C, 0x46, 2, 1])
    (bytes[16], bytes[18], bytes[32], bytes[54], bytes[56]) = (2, 62, 64, 56, 1)
    guard let interpreter else { return bytes }
    (bytes[64], bytes[72], bytes[96]) = (3, 120, UInt8(interpreter.utf8.count + 1))
    return bytes + Array(interpreter.utf8) + [0]
  }

  @Test func a_module_becomes_an_image_for_wasi_that_starts_it() throws {
    defer { scratch.remove() }
    let outcome = try build(["--wasm", module, "--name", "harness.local/hello:1", "-o", "image.tar"])
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.errors.isEmpty)
    let image = try image()
    #expect(
      outcome.output == """
        wrote image.tar: harness.local/hello:1 for wasi/wasm, which starts /hello.wasm
        digest \(image.manifestDigest)

        """)
    #expect(image.reference == "harness.local/hello:1")
    #expect(image.os == "wasi" && image.architecture == "wasm")
    #expect(image.entrypoint == ["/hello.wasm"] && image.environment.isEmpty && image.workingFolder == "/")
  }

  @Test func a_native_program_becomes_an_image_for_linux_under_its_whole_name() throws {
    defer { scratch.remove() }
    try write("tool", executable(), mode: 0o644)
    let outcome = try build(["--native", "tool", "--name", "tool", "--output", "image.tar"])
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.errors.isEmpty)
    let image = try image()
    #expect(image.reference == "docker.io/library/tool:latest")
    #expect(image.os == "linux" && image.architecture == "amd64" && image.entrypoint == ["/tool"])
  }

  @Test func entry_point_environment_platform_and_files_are_taken_as_given() throws {
    defer { scratch.remove() }
    try write("site/page", Array("hello".utf8))
    try write("odd:name", [1])
    let outcome = try build([
      "--wasm", module, "--name", "a/b:2", "--platform", "wasi/wasm32", "--env", "A=b=c", "EMPTY=", "--file", "site:/site/",
      "odd:name:/x/odd", "--entrypoint", "/hello.wasm#serve", "two words", "--entrypoint=--fast", "-o", "image.tar",
    ])
    #expect(outcome.status == 0, "\(outcome.errors)")
    let image = try image()
    #expect(image.architecture == "wasm32")
    #expect(image.entrypoint == ["/hello.wasm#serve", "two words", "--fast"])
    #expect(image.environment == ["A=b=c", "EMPTY="])
    let tar = try #require(Command.find("tar"))
    #expect(try Command(tar, ["-xf", scratch.path("image.tar"), "-C", scratch.folder]).run().status == 0)
    let layer = scratch.path("blobs/sha256/" + (image.layers.first?.digest.dropFirst(7) ?? ""))
    let listed = try Command(tar, ["-tvf", layer, "--numeric-owner"]).run()
    let entries = listed.output.split(separator: "\n").map { $0.split(separator: " ") }
    #expect(entries.map { $0.last ?? "" } == ["hello.wasm", "site/", "site/page", "x/", "x/odd"])
    #expect(entries.map { $0.first ?? "" } == ["-rwxr-xr-x", "drwxr-xr-x", "-rw-r--r--", "drwxr-xr-x", "-rw-r--r--"])
    #expect(entries.allSatisfy { $0[1] == "0/0" && $0[3] == "1970-01-01" })
  }

  @Test func times_owners_permissions_and_the_order_of_files_change_no_byte() throws {
    defer { scratch.remove() }
    for (folder, names) in [("one", ["a", "b", "c"]), ("two", ["c", "a", "b"])] {
      for name in names { try write("\(folder)/data/\(name)", Array(name.utf8), mode: folder == "one" ? 0o644 : 0o600) }
      try files.copyItem(atPath: module, toPath: scratch.path("\(folder)/hello.wasm"))
    }
    try files.setAttributes([.modificationDate: Date(timeIntervalSince1970: 86_400)], ofItemAtPath: scratch.path("two/data/a"))
    try files.setAttributes([.modificationDate: Date(timeIntervalSince1970: 86_400)], ofItemAtPath: scratch.path("two/hello.wasm"))
    if geteuid() == 0 { #expect(chown(scratch.path("two/data/b"), 4711, 4711) == 0) }
    for (folder, additions) in [
      ("one", ["one/data:/data", "one/data/a:/z", "one/data/b:/b"]), ("two", ["two/data/b:/b", "two/data:/data/", "two/data/a:/z"]),
    ] {
      let outcome = try build(
        ["--wasm", folder + "/hello.wasm", "--name", "h/a:1", "-o", folder + ".tar", "--file"] + additions)
      #expect(outcome.status == 0, "\(outcome.errors)")
    }
    #expect(files.contentsEqual(atPath: scratch.path("one.tar"), andPath: scratch.path("two.tar")))
    try write("two/data/a", Array("A".utf8))
    _ = try build([
      "--wasm", "two/hello.wasm", "--name", "h/a:1", "-o", "two.tar", "--file", "two/data:/data", "two/data/a:/z", "two/data/b:/b",
    ])
    #expect(!files.contentsEqual(atPath: scratch.path("one.tar"), andPath: scratch.path("two.tar")))
  }

  @Test(arguments: [
    ([], "which program? Give --wasm FILE or --native FILE"),
    (["--wasm", "m.wasm", "--native", "tool"], "--wasm and --native are two programs"),
    (["--wasm", "m.wasm", "--platform", "windows/amd64"], "\"windows/amd64\" is no platform we build images for; take wasi/wasm, "),
    (["--native", "tool", "--platform", "wasi/wasm"], "--platform wasi/wasm: a native program runs on linux/amd64 alone"),
    (["--wasm", "m.wasm", "--name", "upper/Case"], "\"upper/Case\" is no image name: "),
    (["--wasm", "m.wasm", "--env", "A"], "--env A: must be NAME=VALUE"),
    (["--wasm", "m.wasm", "--env", "=b"], "--env =b: must be NAME=VALUE"),
    (["--wasm", "m.wasm", "--file", "m.wasm:data"], "--file m.wasm:data: must be HOST:GUEST, where GUEST is an absolute path"),
    (["--wasm", "m.wasm", "--file", "m.wasm"], "--file m.wasm: must be HOST:GUEST"),
    (["--wasm", "m.wasm", "--file", "m.wasm:/../x"], "the image path \"/../x\" must be absolute and free of"),
    (["--wasm", "m.wasm", "--file", "m.wasm:/x/"], "the one is a file, the other ends in a slash"),
    (["--wasm", "m.wasm", "--file", "m.wasm:/m.wasm"], "the image path \"/m.wasm\" is given twice"),
    (["--wasm", "m.wasm", "--file", "m.wasm:/m.wasm/n"], "the image path \"/m.wasm\" is no folder"),
    (["--wasm", "m.wasm", "--entrypoint", "/n.wasm#run"], "--entrypoint /n.wasm#run: the image has no such file; it has /m.wasm"),
    (["--wasm", "m.wasm", "--entrypoint", "#run"], "--entrypoint \"#run\": must be a file of the image, or FILE#EXPORT"),
    (["--wasm", "m.wasm", "--entrypoint", "/m.wasm#"], "--entrypoint \"/m.wasm#\": must be a file of the image"),
    (["--wasm", "a#b.wasm"], "\"a#b.wasm\" would start an export"),
    (["--wasm", "m.wasm", "-o", "-"], "--output \"-\": an image is written into a file"),
  ])
  func what_cannot_be_asked_for_is_one_line_and_64(arguments: [String], reason: String) throws {
    defer { scratch.remove() }
    try files.copyItem(atPath: module, toPath: scratch.path("m.wasm"))
    try write("tool", executable())
    try refuse(arguments, status: 64, reason)
  }

  @Test(arguments: [
    (["--wasm", "nowhere.wasm"], "cannot read nowhere.wasm: No such file or directory; give a file that is there"),
    (["--wasm", "."], "does not name a file"),
    (["--wasm", "data"], "cannot read data: not a regular file"),
    (["--wasm", "empty"], "empty is no WebAssembly module"),
    (["--wasm", "text.wat"], "text.wat is no WebAssembly module: it does not begin with \\0asm"),
    (["--wasm", "tool"], "tool is no WebAssembly module"),
    (["--wasm", "component.wasm"], "component.wasm is a component, and images here hold modules; compile it for wasm32-wasip1"),
    (["--wasm", "new.wasm"], "new.wasm is a WebAssembly module of version 2, and only version 1 is known"),
    (["--native", "m.wasm"], "m.wasm is no ELF executable; give a WebAssembly module as --wasm"),
    (["--native", "text.wat"], "text.wat is no ELF executable; give a program that was compiled for this machine"),
    (["--native", "arm"], "arm is an ELF file, but not for x86-64"),
    (["--native", "object.o"], "object.o is an ELF file, but no executable"),
    (["--wasm", "m.wasm", "--file", "gone:/data"], "cannot read gone: No such file or directory"),
  ])
  func a_file_that_is_missing_or_not_what_it_must_be_is_one_line_and_65(arguments: [String], reason: String) throws {
    defer { scratch.remove() }
    try files.copyItem(atPath: module, toPath: scratch.path("m.wasm"))
    try files.createDirectory(atPath: scratch.path("data"), withIntermediateDirectories: true)
    try write("empty", [])
    try write("text.wat", Array("(module)".utf8))
    try write("component.wasm", [0, 0x61, 0x73, 0x6D, 0x0D, 0, 1, 0])
    try write("new.wasm", [0, 0x61, 0x73, 0x6D, 2, 0, 0, 0])
    try write("tool", executable())
    var other = executable()
    other[18] = 183
    try write("arm", other)
    var object = executable()
    object[16] = 1
    try write("object.o", object)
    try refuse(arguments, status: reason == "does not name a file" ? 64 : 65, reason)
  }

  @Test func a_target_that_cannot_be_written_is_73_and_nothing_is_left() throws {
    defer { scratch.remove() }
    let outcome = try build(["--wasm", module, "--name", "a:1", "-o", "none/image.tar"])
    #expect(outcome.errors == "error: cannot write none/image.tar: No such file or directory; give --output a place that may be written\n")
    #expect(outcome.status == 73)
    try files.createDirectory(atPath: scratch.path("folder"), withIntermediateDirectories: true)
    #expect(try build(["--wasm", module, "--name", "a:1", "-o", "folder"]).status == 73)
    #expect(try files.contentsOfDirectory(atPath: scratch.folder) == ["folder"])
  }

  @Test func a_program_that_needs_a_loader_is_packed_with_a_note() throws {
    defer { scratch.remove() }
    try write("tool", executable(interpreter: "/lib/loader"))
    try write("loader", [1])
    let alone = try build(["--native", "tool", "--name", "a:1", "-o", "image.tar"])
    #expect(alone.status == 0)
    #expect(
      alone.errors
        == "note: tool is linked dynamically and the image has no /lib/loader: link it statically, or add that with --file\n")
    let whole = try build(["--native", "tool", "--name", "a:1", "--file", "loader:/lib/loader", "-o", "image.tar"])
    #expect(whole.status == 0 && whole.errors.isEmpty)
  }

  @Test func a_header_of_an_executable_may_point_anywhere() throws {
    defer { scratch.remove() }
    for offset in [32, 39, 54, 55, 56, 57, 64, 72, 79, 96, 103] {
      for value: UInt8 in [0xFF, 0x7F, 3] {
        var bytes = executable(interpreter: "/lib/loader")
        bytes[offset] = value
        try write("tool", bytes)
        #expect(try build(["--native", "tool", "--name", "a:1", "-o", "image.tar"]).status == 0)
      }
    }
  }

  @Test(.enabled(if: Command.find("skopeo") != nil, "skopeo is not installed"))
  func skopeo_reads_and_copies_it() throws {
    defer { scratch.remove() }
    let skopeo = try #require(Command.find("skopeo"))
    for platform in ["wasi/wasm", "linux/amd64"] {
      #expect(try build(["--wasm", module, "--name", "h/a:1", "--platform", platform, "--env", "A=b", "-o", "image.tar"]).status == 0)
      let inspected = try Command(skopeo, ["inspect", "oci-archive:" + scratch.path("image.tar")]).run()
      #expect(inspected.status == 0, "\(inspected.errors)")
      struct Inspected: Decodable { var Digest: String, Os: String, Architecture: String, Layers: [String], Env: [String] }
      let said = try JSONDecoder().decode(Inspected.self, from: Data(inspected.output.utf8))
      let image = try image()
      #expect(said.Digest == image.manifestDigest && "\(said.Os)/\(said.Architecture)" == platform)
      #expect(said.Layers == image.layers.map(\.digest) && said.Env == ["A=b"])
      let copied = try Command(
        skopeo,
        ["copy", "--insecure-policy", "oci-archive:\(scratch.path("image.tar")):1", "oci:\(scratch.path("copy-" + image.architecture)):1"]
      ).run()
      #expect(copied.status == 0, "\(copied.errors)")
      let copy = try self.image("copy-" + image.architecture)
      // Its layers are compressed on the way.
      #expect(copy.layers.count == 1 && copy.entrypoint == ["/hello.wasm"] && copy.os == image.os)
    }
  }

  /// Expects one line that holds the reason, and no image.
  private func refuse(_ arguments: [String], status: Int32, _ reason: String) throws {
    let name = arguments.contains("--name") ? [] : ["--name", "a:1"]
    let output = arguments.contains("-o") ? [] : ["-o", "image.tar"]
    let outcome = try build(arguments + name + output)
    #expect(outcome.status == status, "\(outcome.errors)")
    #expect(outcome.errors.hasPrefix("error: ") && outcome.errors.contains(reason), "\(outcome.errors)")
    #expect(outcome.errors.split(separator: "\n").count == 1)
    #expect(outcome.output.isEmpty)
    #expect(!files.fileExists(atPath: scratch.path("image.tar")))
  }
}
