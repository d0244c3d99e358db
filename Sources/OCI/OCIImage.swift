import Digest
import JSON

/// Writes images: one layer, one manifest, one reference, in a tar archive of an OCI image layout, as `ctr image import` takes it.
public enum OCIImage {
  /// Writes the image to `path`. Equal inputs give equal bytes.
  ///
  /// - Parameters:
  ///   - files: the root file system; folders above a file need not be named.
  ///   - entrypoint: the command, program first.
  ///   - environment: `NAME=VALUE` words.
  ///   - reference: the name the image is imported under, for example `harness.local/hello:1`.
  /// - Throws: `OCIError` for a source that cannot be read, a path that does not fit or a target that cannot be written; nothing is left behind.
  /// - Complexity: the whole image is held in memory once.
  public static func write(
    to path: String, files: [ImageFile], entrypoint: [String], environment: [String] = [], workingFolder: String = "/", reference: String
  ) throws(OCIError) {
    let layer = Blob(try layerArchive(files))
    let configuration = Blob(
      JSONValue.object([
        .init("architecture", .string(architecture)),
        .init("os", "linux"),
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
    archive.addFile("index.json", mode: 0o644, content: index(of: manifest, reference: reference).bytes)
    try File.write(archive.finish(), to: path)
  }

  /// The architecture of the programs in our images: this package runs on one.
  static let architecture = "amd64"

  /// The uncompressed layer with all the files.
  static func layerArchive(_ files: [ImageFile]) throws(OCIError) -> [UInt8] {
    var archive = TarWriter()
    for file in files {
      try file.check()
      if file.content == .folder {
        archive.addFolder(file.path)
      } else {
        archive.addFile(file.path, mode: file.mode, content: try file.read())
      }
    }
    return archive.finish()
  }

  private static func index(of manifest: Blob, reference: String) -> JSONValue {
    let annotations: JSONValue = [
      // containerd names the image after the first, other tools after the second, which by the specification is the tag alone.
      "io.containerd.image.name": .string(reference),
      "org.opencontainers.image.ref.name": .string(tag(of: reference)),
    ]
    let descriptor = manifest.descriptor(
      MediaType.manifest,
      more: [
        .init("platform", ["architecture": .string(architecture), "os": "linux"]),
        .init("annotations", annotations),
      ])
    return ["schemaVersion": 2, "mediaType": .string(MediaType.index), "manifests": [descriptor]]
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
