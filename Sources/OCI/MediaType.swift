/// Media types of the OCI image specification that we write or read.
public enum MediaType {
  /// Of an index: `index.json` and those nested in it.
  public static let index = "application/vnd.oci.image.index.v1+json"
  /// Of an image's manifest.
  public static let manifest = "application/vnd.oci.image.manifest.v1+json"
  /// Of an image's configuration.
  public static let configuration = "application/vnd.oci.image.config.v1+json"
  /// Of an uncompressed layer; the only kind that is written.
  public static let layer = "application/vnd.oci.image.layer.v1.tar"
  /// Every kind of layer that is read: uncompressed, gzip and zstd.
  public static let layers = [layer, layer + "+gzip", layer + "+zstd"]
}
