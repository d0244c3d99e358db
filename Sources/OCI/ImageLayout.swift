import Digest
import JSON

/// An OCI image layout, read and checked: every blob its manifests name is there, whole, and of a type we know.
public struct ImageLayout: Sendable, Equatable {
  /// Every manifest that the index names, those of nested indexes included; never empty.
  public var images: [Image]

  /// One manifest with its configuration and layers (OCI image specification, manifest and config).
  public struct Image: Sendable, Equatable {
    /// The name in the index's annotations; nil where the image has none.
    public var reference: String?
    /// `sha256:` and 64 hexadecimal digits.
    public var manifestDigest: String
    /// As the configuration says it, a GOARCH word such as `amd64`.
    public var architecture: String
    /// As the configuration says it, a GOOS word such as `linux`.
    public var os: String
    /// Words of `Entrypoint`; empty where the configuration has none.
    public var entrypoint: [String]
    /// Words of `Cmd`, which follow the entry point; empty where the configuration has none.
    public var command: [String]
    /// `NAME=VALUE` words.
    public var environment: [String]
    /// `WorkingDir`, or `/` where the configuration has none.
    public var workingFolder: String
    /// The lowest first.
    public var layers: [Layer]
  }

  /// A layer's descriptor; its blob is there, of that size and digest.
  public struct Layer: Sendable, Equatable {
    /// One of `MediaType.layers`.
    public var mediaType: String
    /// Of the blob as stored: `sha256:` and 64 hexadecimal digits.
    public var digest: String
    /// Bytes, as stored.
    public var size: Int
  }

  /// Reads the layout at `path`, a folder or a tar archive of one, and checks all of it.
  ///
  /// - Throws: `OCIError`, naming the part that is wrong.
  /// - Complexity: an archive is held in memory; every blob is read once.
  public init(path: String) throws(OCIError) {
    let reader = LayoutReader(files: try LayoutFiles(path: path))
    images = try reader.images()
  }
}

/// Follows a layout's index to manifests, configurations and layers.
private struct LayoutReader {
  let files: LayoutFiles

  /// An index may name further indexes (one an architecture); deeper ones than this are refused.
  static let deepestIndex = 4

  struct Descriptor {
    var mediaType: String
    var digest: String
    var size: Int
    var annotations: JSONValue?
  }

  func images() throws(OCIError) -> [ImageLayout.Image] {
    let marker = try document(file("oci-layout"), part: "oci-layout")
    guard let version = marker["imageLayoutVersion"]?.string else { throw wrong("oci-layout", "\"imageLayoutVersion\" is missing") }
    guard version.hasPrefix("1.") else { throw wrong("oci-layout", "layout version \(version), only 1.x can be read") }
    let images = try images(inIndex: document(file("index.json"), part: "index.json"), part: "index.json", depth: 0)
    guard !images.isEmpty else { throw wrong("index.json", "it names no image") }
    return images
  }

  private func images(inIndex index: JSONValue, part: String, depth: Int) throws(OCIError) -> [ImageLayout.Image] {
    guard depth < Self.deepestIndex else { throw wrong(part, "more than \(Self.deepestIndex) indexes inside each other") }
    guard let manifests = index["manifests"]?.array else { throw wrong(part, "\"manifests\" is missing") }
    var images: [ImageLayout.Image] = []
    for entry in manifests {
      let descriptor = try descriptor(entry, part: part)
      switch descriptor.mediaType {
      case MediaType.manifest:
        images.append(try image(descriptor))
      case MediaType.index:
        let nested = try document(blob(descriptor), part: descriptor.digest)
        images += try self.images(inIndex: nested, part: descriptor.digest, depth: depth + 1)
      default:
        throw wrong(part, "media type \(descriptor.mediaType), expected \(MediaType.manifest) or \(MediaType.index)")
      }
    }
    return images
  }

  private func image(_ descriptor: Descriptor) throws(OCIError) -> ImageLayout.Image {
    let part = "manifest " + descriptor.digest
    let manifest = try document(blob(descriptor), part: part)
    guard manifest["schemaVersion"]?.integer == 2 else { throw wrong(part, "\"schemaVersion\" must be 2") }
    guard let configurationEntry = manifest["config"], let layerEntries = manifest["layers"]?.array else {
      throw wrong(part, "\"config\" or \"layers\" is missing")
    }
    let configurationDescriptor = try self.descriptor(configurationEntry, part: part)
    guard configurationDescriptor.mediaType == MediaType.configuration else {
      throw wrong(part, "configuration of media type \(configurationDescriptor.mediaType), expected \(MediaType.configuration)")
    }
    let configurationPart = "configuration " + configurationDescriptor.digest
    let configuration = try document(blob(configurationDescriptor), part: configurationPart)
    guard let architecture = configuration["architecture"]?.string, let os = configuration["os"]?.string,
      let identifiers = configuration["rootfs"]?["diff_ids"]?.array?.compactMap(\.string)
    else { throw wrong(configurationPart, "\"architecture\", \"os\" or \"rootfs.diff_ids\" is missing") }

    var layers: [ImageLayout.Layer] = []
    for entry in layerEntries {
      let layer = try self.descriptor(entry, part: part)
      guard MediaType.layers.contains(layer.mediaType) else {
        throw wrong(part, "layer of media type \(layer.mediaType), expected one of \(MediaType.layers.joined(separator: ", "))")
      }
      _ = try blob(layer)
      layers.append(.init(mediaType: layer.mediaType, digest: layer.digest, size: layer.size))
    }
    guard identifiers.count == layers.count else {
      throw wrong(configurationPart, "\(identifiers.count) diff ids for \(layers.count) layers")
    }
    for (layer, identifier) in zip(layers, identifiers) where layer.mediaType == MediaType.layer && layer.digest != identifier {
      throw wrong(configurationPart, "diff id \(identifier) does not match the uncompressed layer \(layer.digest)")
    }
    func words(_ name: String) -> [String] { configuration["config"]?[name]?.array?.compactMap(\.string) ?? [] }
    let annotations = descriptor.annotations
    return ImageLayout.Image(
      reference: annotations?["io.containerd.image.name"]?.string ?? annotations?["org.opencontainers.image.ref.name"]?.string,
      manifestDigest: descriptor.digest, architecture: architecture, os: os, entrypoint: words("Entrypoint"), command: words("Cmd"),
      environment: words("Env"), workingFolder: configuration["config"]?["WorkingDir"]?.string ?? "/", layers: layers)
  }

  private func descriptor(_ value: JSONValue, part: String) throws(OCIError) -> Descriptor {
    guard let mediaType = value["mediaType"]?.string, let digest = value["digest"]?.string, let size = value["size"]?.integer else {
      throw wrong(part, "a descriptor without \"mediaType\", \"digest\" or \"size\"")
    }
    let digits = digest.utf8.dropFirst(7)
    guard digest.hasPrefix("sha256:"), digits.count == 64, digits.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x66).contains($0) })
    else { throw wrong(part, "\"\(digest)\" is no sha256 digest") }
    return Descriptor(mediaType: mediaType, digest: digest, size: size, annotations: value["annotations"])
  }

  /// A blob's bytes, once its size and digest are found right.
  private func blob(_ descriptor: Descriptor) throws(OCIError) -> [UInt8] {
    let bytes = try file("blobs/sha256/" + descriptor.digest.dropFirst(7))
    guard bytes.count == descriptor.size else {
      throw wrong("blob \(descriptor.digest)", "\(bytes.count) bytes, its descriptor says \(descriptor.size)")
    }
    let found = "sha256:" + SHA256.hexadecimal(of: bytes)
    guard found == descriptor.digest else { throw wrong("blob \(descriptor.digest)", "its content has the digest \(found)") }
    return bytes
  }

  private func file(_ name: String) throws(OCIError) -> [UInt8] {
    guard let bytes = try files.read(name) else { throw wrong(name, "it is missing") }
    return bytes
  }

  private func document(_ bytes: [UInt8], part: String) throws(OCIError) -> JSONValue {
    do throws(JSONError) { return try JSONValue(reading: bytes) } catch { throw wrong(part, "no JSON: \(error)") }
  }

  private func wrong(_ part: String, _ reason: String) -> OCIError { .wrongImage(path: files.path, part: part, reason: reason) }
}
