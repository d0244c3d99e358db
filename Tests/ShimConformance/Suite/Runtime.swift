import Foundation

/// A shim under test.
struct Runtime {
  /// As the client is told: `io.containerd.NAME.vN`.
  let name: String
  /// The column's heading.
  let label: String
  let kind: Guests.Kind
  /// Where the executable is, if it was named by its path.
  let folder: String?

  /// - Parameters:
  ///   - words: `NAME_OR_PATH` or `NAME_OR_PATH=LABEL`.
  ///   - native: labels of shims that run native programs, besides those whose name says so.
  init(_ words: String, native: [String]) throws {
    let parts = words.split(separator: "=", maxSplits: 1).map(String.init)
    let given = parts.first ?? ""
    if given.contains("/") {
      let path = URL(fileURLWithPath: given).standardized.path
      guard FileManager.default.isExecutableFile(atPath: path) else { throw Failed("there is no executable \(path)") }
      let words = path.split(separator: "/").last.map(String.init)?.split(separator: "-") ?? []
      guard words.count >= 4, words.prefix(2).joined(separator: "-") == "containerd-shim" else {
        throw Failed("\(path): a shim's executable is called containerd-shim-NAME-vN")
      }
      name = "io.containerd." + words.dropFirst(2).dropLast().joined(separator: "-") + "." + words[words.count - 1]
      folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
    } else {
      guard given.split(separator: ".").count >= 3 else {
        throw Failed("\"\(given)\" is no runtime: write io.containerd.NAME.vN or the path of containerd-shim-NAME-vN")
      }
      name = given
      folder = nil
    }
    let short = name.split(separator: ".").dropLast().last.map(String.init) ?? name
    let ownLabel = parts.count > 1 ? parts[1] : short
    label = ownLabel
    kind = ["runc", "crun", "youki", "runsc"].contains(short) || native.contains(ownLabel) ? .native : .wasm
  }

  /// `containerd-shim-NAME-vN`
  var executableName: String { "containerd-shim-" + name.split(separator: ".").suffix(2).joined(separator: "-") }

  /// - Throws: `Skipped` where it is not installed.
  func executable() throws -> String {
    if let folder { return folder + "/" + executableName }
    guard let path = Program.find(executableName) else { throw Skipped("no \(executableName) on PATH") }
    return path
  }
}
