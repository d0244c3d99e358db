import Glibc
import Hosts
import VM

/// A module of which one process is to hold many instances.
enum HeldModule {
  /// Interpreted, or compiled to a file of its own, as a cache would have it.
  /// - Parameter path: terminated by NUL.
  static func load(_ path: UnsafePointer<CChar>, _ mode: String) throws(ModuleError) -> Module {
    guard mode == "jit" || mode == "interpreter" else { Output.fail("--mode is interpreter or jit, not '\(mode)'", .usage) }
    let module = try Module(bytes: try ModuleFileGuard.mapping(path: path))
    guard mode == "jit" else { return module }
    let bytes: [UInt8]
    do throws(ModuleError) {
      bytes = try module.compiledImage()
    } catch {
      // What cannot be kept is compiled when it is hot.
      guard error.kind == .unsupported, (try? module.enableCompilation(.auto)) != nil else { throw error }
      return module
    }
    var name = Array("/tmp/wvm-held-XXXXXX".utf8CString)
    let file = mkstemp(&name)
    guard file >= 0 else { throw ModuleError(.tooLarge, "no temporary file: \(String(cString: strerror(errno)))") }
    unlink(name)
    let written = bytes.withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
    guard written == bytes.count else { throw ModuleError(.tooLarge, "no room for a temporary file") }
    let image: CompiledImage
    do throws(CompiledImage.Unusable) {
      image = try CompiledImage(descriptor: file, features: .standard, isTrusted: false)
    } catch {
      throw ModuleError(.unreadable, "its machine code \(error)")
    }
    return try Module(image)
  }
}
