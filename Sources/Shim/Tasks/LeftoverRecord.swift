import Containers
import Glibc

/// A note in the bundle of what has to be cleared away if the shim is killed; `delete` reads it. Without it there is nothing to clear away.
struct LeftoverRecord {
  private static let name = "wvm.leftovers"

  /// `linux.cgroupsPath`, empty where there is none.
  let cgroup: String
  /// Whether runc knows the container.
  let isNative: Bool

  init(cgroup: String, isNative: Bool) {
    self.cgroup = cgroup
    self.isNative = isNative
  }

  /// Nil where the bundle has none.
  init?(bundle: String) {
    guard let text = FileDescriptor.readFile(bundle + "/" + Self.name) else { return nil }
    let lines = String(decoding: text, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
    guard lines.count >= 2 else { return nil }
    cgroup = String(lines[1])
    isNative = lines[0] == "native"
  }

  /// - Throws: where the bundle cannot be written: nothing may be made then that nobody would clear away.
  func write(to bundle: String) throws(ContainerError) {
    let path = bundle + "/" + Self.name
    let file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw ContainerError(failed: "write \(path)") }
    defer { close(file) }
    guard FileDescriptor.write((isNative ? "native\n" : "module\n") + cgroup + "\n", to: file) else {
      throw ContainerError(failed: "write \(path)")
    }
  }

  static func remove(from bundle: String) { unlink(bundle + "/" + name) }
}
