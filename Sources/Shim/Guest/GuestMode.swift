import Containers
import Glibc
import Hosts
import OCI
import VM

/// How a container's module is executed: compiled, unless the interpreter is asked for.
///
/// The annotation `org.harness.wvm.mode` says so, else the variable `WVM_MODE` of the container's process, else that of the shim's own
/// environment, which is containerd's: `jit` or `interpreter`. Machine code is kept in `WVM_CACHE` (or `off`), by default
/// /var/cache/containerd-shim-wvm, which containers cannot see: all containers of an image map one file of it.
enum GuestMode {
  case interpreter, compiler

  static let annotation = "org.harness.wvm.mode"

  /// - Throws: where something else is asked for.
  init(_ spec: RuntimeSpec, _ process: RuntimeSpec.Process) throws(ContainerError) {
    let annotated = spec.annotations.first { $0.name == Self.annotation }?.value
    let variable = process.env.last { $0.hasPrefix("WVM_MODE=") }.map { String($0.dropFirst("WVM_MODE=".utf8.count)) }
    let own = getenv("WVM_MODE").map { String(cString: $0) }
    switch annotated ?? variable ?? own ?? "jit" {
    case "jit": self = .compiler
    case "interpreter": self = .interpreter
    case let word:
      throw ContainerError("unknown mode \"\(word)\" (annotation \(Self.annotation), WVM_MODE): jit and interpreter are what there is")
    }
  }

  /// The folder of machine code, opened where the host's file system still is. Nil where there is none.
  static func openCache() -> CodeCache? {
    let folder = getenv("WVM_CACHE").map { String(cString: $0) } ?? "/var/cache/containerd-shim-wvm"
    guard folder.hasPrefix("/") else { return nil }
    do throws(CodeCache.Refusal) { return try CodeCache(folder: folder) } catch { return nil }
  }
}
