/// Where a program's allocations can be counted: the C library's functions that hand out memory.
enum AllocatorFunctions {
  private static let names: Set<String> = ["malloc", "calloc", "realloc", "aligned_alloc", "memalign", "posix_memalign"]
  /// Where the dynamic loader looks when nothing else is said (ld.so(8)); Debian and its kin keep libraries in the first ones.
  private static let libraryFolders = [
    "/lib/x86_64-linux-gnu", "/usr/lib/x86_64-linux-gnu", "/lib64", "/usr/lib64", "/lib", "/usr/lib",
  ]

  /// Files and the offsets of the functions in them; several names of one function are one place.
  /// - Throws: `ELFError` where they cannot be found.
  static func places(usedBy program: String) throws(ELFError) -> [(path: String, offset: UInt64)] {
    let executable = try ELFFile(path: program)
    // An executable that brings its own takes the place of the library's.
    if let own = places(in: executable), !own.isEmpty { return own }
    guard executable.interpreter != nil else {
      throw ELFError(
        executable.hasSymbols
          ? "\(program) is linked statically and has no malloc of the C library"
          : "\(program) is linked statically and stripped of its symbols: its malloc cannot be found")
    }
    let library = try library(of: executable, program)
    guard let places = places(in: try ELFFile(path: library)), !places.isEmpty else { throw ELFError("\(library) has no malloc") }
    return places
  }

  private static func places(in file: ELFFile) -> [(path: String, offset: UInt64)]? {
    let offsets = file.functionOffsets(names)
    guard offsets["malloc"] != nil else { return nil }
    return Set(offsets.values).sorted().map { (file.path, $0) }
  }

  /// The C library a dynamic executable loads.
  private static func library(of executable: ELFFile, _ program: String) throws(ELFError) -> String {
    // musl's loader is its C library.
    if let loader = executable.interpreter, loader.contains("/ld-musl") { return loader }
    guard let name = executable.neededLibraries.first(where: { $0.hasPrefix("libc.so") }) else {
      throw ELFError("\(program) loads no C library by itself")
    }
    let own = program[..<(program.lastIndex(of: "/") ?? program.startIndex)]
    let folders = executable.libraryFolders.map { $0.replacing("$ORIGIN", with: own) } + libraryFolders
    guard let folder = folders.first(where: { SystemFile.exists("\($0)/\(name)") }) else {
      throw ELFError("the \(name) that \(program) loads was not found")
    }
    return "\(folder)/\(name)"
  }
}
