import Containers
import Glibc

/// What a container is to run, found in its own file system: the first of its arguments, perhaps with the name of a function behind it.
struct EntryPoint {
  enum Kind {
    case module
    /// A program of the machine, or a script.
    case native
  }

  let path: String
  /// `FILE#FUNCTION`
  let export: String?
  let kind: Kind

  /// Looks it up as a shell would: as a path from the working folder, or along PATH; a module alone also in the working folder and in `/`.
  ///
  /// - Throws: saying what there is instead.
  init(_ word: String, workingFolder: String, environment: [String]) throws(ContainerError) {
    guard !word.isEmpty else { throw ContainerError("the image names no program: give it an entrypoint or a command") }
    // A file may have the separator in its name.
    let separator = word.lastIndex(of: "#")
    let file = separator.map { String(word[..<$0]) } ?? word
    if let found = Self.find(word, workingFolder, environment) {
      (path, export) = (found, nil)
    } else if let separator, let found = Self.find(file, workingFolder, environment) {
      (path, export) = (found, String(word[word.index(after: separator)...]))
    } else {
      // Clients look for the C library's words to end with 127.
      throw ContainerError("cannot find \(file) in the container: no such file or directory: check the image's entrypoint or the command")
    }
    kind = try Self.kind(of: path)
  }

  private static func find(_ file: String, _ workingFolder: String, _ environment: [String]) -> String? {
    candidates(file, workingFolder, environment).first { candidate in
      var status = stat()
      return stat(candidate, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
    }
  }

  private static func candidates(_ file: String, _ workingFolder: String, _ environment: [String]) -> [String] {
    if file.hasPrefix("/") { return [file] }
    let here = workingFolder.hasSuffix("/") ? workingFolder + file : workingFolder + "/" + file
    guard !file.utf8.contains(UInt8(ascii: "/")) else { return [here] }
    let path = environment.last { $0.hasPrefix("PATH=") }?.dropFirst(5) ?? "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
    return path.split(separator: ":").map { $0 + "/" + file } + [here, "/" + file]
  }

  private static func kind(of path: String) throws(ContainerError) -> Kind {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else {
      // A module has to be read; a program that may only be executed can be one of the machine alone.
      if errno == EACCES, access(path, X_OK) == 0 { return .native }
      throw ContainerError(failed: "open \(path)")
    }
    defer { close(descriptor) }
    var magic: (UInt8, UInt8, UInt8, UInt8) = (0, 0, 0, 0)
    let count = withUnsafeMutableBytes(of: &magic) { read(descriptor, $0.baseAddress!, 4) }
    switch magic {
    case (0, UInt8(ascii: "a"), UInt8(ascii: "s"), UInt8(ascii: "m")) where count == 4: return .module
    case (0x7F, UInt8(ascii: "E"), UInt8(ascii: "L"), UInt8(ascii: "F")) where count == 4: return .native
    case (UInt8(ascii: "#"), UInt8(ascii: "!"), _, _) where count >= 2: return .native
    default: throw ContainerError("\(path) is neither a WebAssembly module nor a program of this machine: check the image's entrypoint")
    }
  }
}
