import Foundation

/// The suite's own programs, compiled for both kinds of shim, and the root file system with the images that hold them.
struct Guests {
  /// What a shim runs.
  enum Kind: String {
    case native, wasm

    /// The program inside the image.
    var program: String { self == .wasm ? "/guest.wasm" : "/guest" }
    var escape: String { self == .wasm ? "/escape.wasm" : "/escape" }
  }

  /// The image's name; it holds both kinds and says linux/amd64.
  static let reference = "conformance.local/guests:1"
  /// The same with the platform wasi/wasm32, modules alone.
  static let wasmReference = "conformance.local/modules:1"

  /// A file of the host that no guest may reach, and what it says.
  let canary: String
  let canaryText: String
  /// The root file system as a folder.
  let root: String
  let image: String
  let wasmImage: String
  /// Why there are no modules here.
  let reasonWithoutModules: String?

  /// Compiles what there is a compiler for.
  /// - Throws: `Failed` where a program does not compile.
  init(sources: String, folder: String) throws {
    root = folder + "/rootfs"
    image = folder + "/guests.tar"
    wasmImage = folder + "/modules.tar"
    canary = folder + "/canary"
    canaryText = "untouched \(UUID().uuidString)\n"
    try Files.makeFolder(folder)
    try Files.write(canaryText, to: canary)
    for name in ["proc", "dev", "sys", "tmp", "folder", "links", "etc", "run", "mnt"] { try Files.makeFolder(root + "/" + name) }
    try Files.write("here\n", to: root + "/folder/file")
    try Files.write("root:x:0:0:root:/:/nowhere\nuser:x:1000:1000:user:/:/nowhere\n", to: root + "/etc/passwd")
    try Files.write("root:x:0:\nuser:x:1000:\n", to: root + "/etc/group")
    try Files.write("no module and no program\n", to: root + "/text.wasm")
    for (link, target) in [
      ("canary", canary), ("relative-canary", "../../../../../../.." + canary), ("up", "../../../../../../../.."),
      ("root", "/proc/self/root"),
      ("first", "/proc/1/root"), ("file", "/folder/file"), ("folder", "/links/further"), ("further", "/../folder"),
    ] { symlink(target, root + "/links/" + link) }

    let reason = try Self.compile(["guest", "escape"], from: sources, into: root)
    reasonWithoutModules = reason
    if reason == nil {
      let module = Files.bytes(root + "/guest.wasm")
      try Data(module.prefix(module.count / 2)).write(to: URL(fileURLWithPath: root + "/cut.wasm"))
    }
    try Self.writeImage(of: root, to: image, reference: Self.reference, os: "linux", architecture: "amd64", entrypoint: "/guest")
    if reason == nil {
      try Self.writeImage(
        of: root, to: wasmImage, reference: Self.wasmReference, os: "wasi", architecture: "wasm32", entrypoint: "/guest.wasm")
    }
  }

  /// Compiles the programs, or takes those that are compiled already.
  /// - Returns: why there are no modules, where that is so.
  private static func compile(_ names: [String], from sources: String, into root: String) throws -> String? {
    let clang = ["clang-14", "clang"].compactMap(Program.find).first
    var reason: String?
    for name in names {
      let source = "\(sources)/\(name).c"
      if try !take(name, from: sources, into: root) {
        guard let compiler = ["gcc", "cc", "clang-14"].compactMap(Program.find).first else { throw Skipped("no C compiler here") }
        try Program.run([compiler, "-O1", "-static", source, "-o", "\(root)/\(name)"], limit: 120).succeeded()
      }
      if reason != nil { continue }
      if try take(name + ".wasm", from: sources, into: root) { continue }
      guard let clang else {
        reason = "no clang-14 to compile modules with"
        continue
      }
      let compiled = try Program.run([clang, "--target=wasm32-wasi", "-O1", source, "-o", "\(root)/\(name).wasm"], limit: 120)
      if compiled.code != 0 { reason = "modules do not compile: \(compiled.lastLine)" }
    }
    return reason
  }

  /// - Returns: false where it is not there.
  private static func take(_ name: String, from folder: String, into root: String) throws -> Bool {
    guard Files.exists("\(folder)/\(name)") else { return false }
    try FileManager.default.copyItem(atPath: "\(folder)/\(name)", toPath: "\(root)/\(name)")
    return true
  }

  /// An OCI image layout in a tar archive, made with `tar` and `sha256sum`: one layer.
  private static func writeImage(of root: String, to path: String, reference: String, os: String, architecture: String, entrypoint: String)
    throws
  {
    let layout = path + ".layout"
    let blobs = layout + "/blobs/sha256"
    try Files.makeFolder(blobs)
    func blob(_ file: String, _ mediaType: String) throws -> [String: Any] {
      let sum = try Program.run(["sha256sum", file], limit: 60).succeeded().output.prefix(64)
      let size = try FileManager.default.attributesOfItem(atPath: file)[.size] as? Int ?? 0
      guard rename(file, "\(blobs)/\(sum)") == 0 else { throw Failed("\(file) cannot be renamed") }
      return ["mediaType": mediaType, "digest": "sha256:\(sum)", "size": size]
    }
    func write(_ document: [String: Any], _ file: String) throws {
      try JSONSerialization.data(withJSONObject: document, options: .sortedKeys).write(to: URL(fileURLWithPath: file))
    }
    try Program.run(
      ["tar", "--create", "--file", layout + "/layer", "--directory", root, "--sort=name", "--mtime=@0", "--numeric-owner", "."], limit: 60
    ).succeeded()
    let layer = try blob(layout + "/layer", "application/vnd.oci.image.layer.v1.tar")
    try write(
      [
        "os": os, "architecture": architecture,
        "config": ["Entrypoint": [entrypoint], "Cmd": ["say", "hello"], "Env": ["PATH=/"], "WorkingDir": "/"],
        "rootfs": ["type": "layers", "diff_ids": [layer["digest"]]],
      ], layout + "/configuration")
    let configuration = try blob(layout + "/configuration", "application/vnd.oci.image.config.v1+json")
    let kind = "application/vnd.oci.image.manifest.v1+json"
    try write(["schemaVersion": 2, "mediaType": kind, "config": configuration, "layers": [layer]], layout + "/manifest")
    var manifest = try blob(layout + "/manifest", kind)
    manifest["platform"] = ["os": os, "architecture": architecture]
    manifest["annotations"] = ["io.containerd.image.name": reference, "org.opencontainers.image.ref.name": "1"]
    try write(["schemaVersion": 2, "manifests": [manifest]], layout + "/index.json")
    try Files.write("{\"imageLayoutVersion\":\"1.0.0\"}", to: layout + "/oci-layout")
    try Program.run(["tar", "--create", "--file", path, "--directory", layout, "."], limit: 60).succeeded()
  }
}
