import Digest
import JSON

/// Writes images: one layer, one manifest, one reference, in a tar archive of an OCI image layout, as `ctr images import`, `skopeo` and
/// `docker load` take it.
public enum OCIImage {
  /// Writes the image to `path`. Equal inputs give equal bytes.
  ///
  /// - Parameters:
  ///   - files: the root file system, in any order; folders above a file need not be named.
  ///   - entrypoint: the command, program first.
  ///   - environment: `NAME=VALUE` words.
  ///   - reference: the name the image is imported under, for example `harness.local/hello:1`.
  ///   - platform: what the program runs on.
  /// - Returns: the manifest's digest, `sha256:` and 64 hexadecimal digits, by which registries and daemons know the image.
  /// - Throws: `OCIError` for a source that cannot be read, a path that does not fit or a target that cannot be written; nothing is left behind.
  /// - Complexity: the whole image is held in memory once.
  @discardableResult public static func write(
    to path: String, files: [ImageFile], entrypoint: [String], environment: [String] = [], workingFolder: String = "/", reference: String,
    platform: Platform = .linux
  ) throws(OCIError) -> String {
    let layer = Blob(try layerArchive(files))
    let configuration = Blob(
      JSONValue.object([
        .init("architecture", .string(platform.architecture)),
        .init("os", .string(platform.os)),
        .init(
          "config",
          ["Env": JSONValue(environment), "Entrypoint": JSONValue(entrypoint), "WorkingDir": .string(workingFolder)]),
        // An uncompressed layer's digest is its diff id.
        .init("rootfs", ["type": "layers", "diff_ids": JSONValue([layer.digest])]),
      ]).bytes)
    let manifest = Blob(
      JSONValue.object([
        .init("schemaVersion", 2),
        .init("mediaType", .string(MediaType.manifest)),
        .init("config", configuration.descriptor(MediaType.configuration)),
        .init("layers", [layer.descriptor(MediaType.layer)]),
      ]).bytes)

    var archive = TarWriter()
    archive.addFile("oci-layout", mode: 0o644, content: (["imageLayoutVersion": "1.0.0"] as JSONValue).bytes)
    for blob in [layer, configuration, manifest] {
      archive.addFile("blobs/sha256/\(blob.hexadecimal)", mode: 0o644, content: blob.bytes)
    }
    archive.addFile("index.json", mode: 0o644, content: index(of: manifest, reference: reference, platform: platform).bytes)
    archive.addFile("manifest.json", mode: 0o644, content: dockerManifest(configuration, layer, reference: reference).bytes)
    try File.write(archive.finish(), to: path)
    return manifest.digest
  }

  /// The uncompressed layer with all the files.
  static func layerArchive(_ files: [ImageFile]) throws(OCIError) -> [UInt8] {
    var archive = TarWriter()
    for file in try ordered(files) {
      switch file.content {
      case .folder: archive.addFolder(file.path)
      case .link(let target): archive.addLink(file.path, to: target)
      case .file, .bytes: archive.addFile(file.path, mode: file.mode, content: try file.read())
      }
    }
    return archive.finish()
  }

  /// The entries in the order of their paths.
  ///
  /// - Throws: `OCIError.unfit` for two entries of one path, unless both are folders, and for a file that others lie in.
  private static func ordered(_ files: [ImageFile]) throws(OCIError) -> [ImageFile] {
    var entries: [(names: [Substring], file: ImageFile)] = []
    for file in files {
      try file.check()
      entries.append((file.path.split(separator: "/"), file))
    }
    // Word by word, so that a folder comes directly before what lies in it.
    entries.sort { $0.names.lexicographicallyPrecedes($1.names) { $0.utf8.lexicographicallyPrecedes($1.utf8) } }
    for (index, entry) in entries.enumerated().dropFirst() {
      let before = entries[index - 1]
      let areFolders = before.file.content == .folder && entry.file.content == .folder
      guard areFolders || before.names != entry.names else {
        throw .unfit("the image path \"\(entry.file.path)\" is given twice; give it once")
      }
      guard before.file.content == .folder || !entry.names.starts(with: before.names) else {
        throw .unfit("the image path \"\(before.file.path)\" is no folder, but \"\(entry.file.path)\" lies in it")
      }
    }
    return entries.map(\.file)
  }

  private static func index(of manifest: Blob, reference: String, platform: Platform) -> JSONValue {
    let annotations: JSONValue = [
      // containerd names the image after the first, other tools after the second, which by the specification is the tag alone.
      "io.containerd.image.name": .string(reference),
      "org.opencontainers.image.ref.name": .string(tag(of: reference)),
    ]
    let descriptor = manifest.descriptor(
      MediaType.manifest,
      more: [
        .init("platform", ["architecture": .string(platform.architecture), "os": .string(platform.os)]),
        .init("annotations", annotations),
      ])
    return ["schemaVersion": 2, "mediaType": .string(MediaType.index), "manifests": [descriptor]]
  }

  /// What `docker save` writes beside or instead of an index, for daemons that know only this.
  private static func dockerManifest(_ configuration: Blob, _ layer: Blob, reference: String) -> JSONValue {
    [
      [
        "Config": .string("blobs/sha256/" + configuration.hexadecimal), "RepoTags": [.string(reference)],
        "Layers": [.string("blobs/sha256/" + layer.hexadecimal)],
      ]
    ]
  }

  /// What follows the last colon of a reference's last component; "latest" without one.
  static func tag(of reference: String) -> String {
    let last = reference.split(separator: "/", omittingEmptySubsequences: false).last ?? ""
    guard let colon = last.lastIndex(of: ":") else { return "latest" }
    return String(last[last.index(after: colon)...])
  }
}

/// Bytes and their address.
struct Blob {
  let bytes: [UInt8]
  let hexadecimal: String

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    hexadecimal = SHA256.hexadecimal(of: bytes)
  }

  var digest: String { "sha256:" + hexadecimal }

  func descriptor(_ mediaType: String, more: [JSONValue.Member] = []) -> JSONValue {
    .object(
      [
        .init("mediaType", .string(mediaType)),
        .init("digest", .string(digest)),
        .init("size", .number(JSONNumber(bytes.count))),
      ] + more)
  }
}
