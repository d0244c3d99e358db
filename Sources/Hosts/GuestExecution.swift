import Glibc
import VM

/// How a guest's functions are executed.
public enum GuestExecution {
  case interpreter
  /// Compiled when they are hot.
  case compiler
  /// Compiled before, with the module: nothing is read or compiled.
  case image(CompiledImage)

  /// The module at a path, which is terminated by NUL; that of an image is in the image.
  func load(_ path: UnsafePointer<CChar>) throws(ModuleError) -> Module {
    switch self {
    case .interpreter: return try Module(bytes: try ModuleFileGuard.mapping(path: path))
    case .image(let image): return try Module(image)
    case .compiler:
      let module = try Module(bytes: try ModuleFileGuard.mapping(path: path))
      // Without memory for machine code the interpreter does it all.
      try? module.enableCompilation(.auto)
      return module
    }
  }

  /// What a cache knows of the module at a path; what it does not know yet is compiled now and kept. Nil where that cannot be done.
  public static func image(_ path: UnsafePointer<CChar>, in cache: CodeCache) -> CompiledImage? {
    if let image = cache.image(ofFile: path, features: .standard) { return image }
    guard let bytes = try? ModuleFileGuard.mapping(path: path) else { return nil }
    if let image = cache.image(of: bytes, features: .standard) {
      if let module = try? Module(image) { cache.keep(module, of: bytes.file) }
      return image
    }
    guard let module = try? Module(bytes: bytes), cache.keep(module, of: bytes.file) else { return nil }
    return cache.image(ofFile: path, features: .standard)
  }
}
