/// What an image's program runs on, as a configuration says it: a GOOS and a GOARCH word.
public struct Platform: Sendable, Equatable, CustomStringConvertible {
  /// For instance "linux".
  public var os: String
  /// For instance "amd64".
  public var architecture: String

  /// - Parameters: as the properties of the same names.
  public init(os: String, architecture: String) {
    self.os = os
    self.architecture = architecture
  }

  /// Programs of this machine.
  public static var linux: Platform { Platform(os: "linux", architecture: "amd64") }
  /// WebAssembly modules that import WASI.
  public static var wasi: Platform { Platform(os: "wasi", architecture: "wasm") }
  /// The same in an older word, which some clients ask for.
  public static var wasi32: Platform { Platform(os: "wasi", architecture: "wasm32") }

  /// Those whose images we build.
  public static var known: [Platform] { [wasi, wasi32, linux] }

  /// `OS/ARCHITECTURE`.
  public var description: String { os + "/" + architecture }

  /// - Throws: `OCIError.unfit` for all but the known ones.
  public init(reading text: String) throws(OCIError) {
    guard let platform = Self.known.first(where: { $0.description == text }) else {
      throw .unfit("\"\(text)\" is no platform we build images for; take \(Self.known.map(\.description).joined(separator: ", "))")
    }
    self = platform
  }
}
