import Glibc

/// Files of the process file system, by paths that an image or a volume may lead elsewhere.
enum ProcessFile {
  /// Writes a value in one call.
  /// - Throws: when the file is not the kernel's, or what the system refused.
  static func write(_ value: String, to path: String) throws(ContainerError) {
    let descriptor = open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY)
    guard descriptor >= 0 else { throw ContainerError(failed: "write \(value) to \(path)") }
    defer { close(descriptor) }
    guard FileSystemKind.of(descriptor) == FileSystemKind.processes else {
      throw ContainerError("\(path) is not the kernel's: mount proc at /proc in the container")
    }
    let code = SmallFile.write(value, to: descriptor)
    guard code == 0 else { throw ContainerError(failed: "write \(value) to \(path)", code: code) }
  }
}
