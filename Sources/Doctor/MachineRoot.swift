import Glibc

/// The kernel's own files about this machine, under `/sys` and `/proc`.
public struct MachineRoot: Sendable {
  /// What every path begins with: empty for this machine, a folder for one that was made up.
  public let prefix: String

  /// - Parameter prefix: a folder that holds `sys` and `proc`, for tests; the machine itself without one.
  public init(_ prefix: String = "") {
    self.prefix = prefix
  }

  /// A whole file, or nil where it cannot be read.
  public func text(_ path: String) -> String? { (try? bytes(path)).map { String(decoding: $0, as: UTF8.self) } }

  /// The first line of a file, or nil where it cannot be read or is empty.
  public func line(_ path: String) -> String? {
    guard let text = text(path) else { return nil }
    let line = trimmed(text.prefix { $0 != "\n" })
    return line.isEmpty ? nil : line
  }

  /// What a setting is at: the file's line, or of several choices (`always [madvise] never`) the one in brackets.
  public func value(_ path: String) -> String? {
    guard let line = line(path) else { return nil }
    guard let open = line.firstIndex(of: "["), let close = line[open...].firstIndex(of: "]") else { return line }
    return String(line[line.index(after: open)..<close])
  }

  /// A file that holds one number.
  public func number(_ path: String) -> Int? { line(path).flatMap { Int($0) } }

  /// Names in a folder, sorted with numbers in their order; none where there is no such folder.
  public func entries(_ path: String) -> [String] {
    guard let stream = opendir(prefix + path) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: Int(entry.pointee.d_reclen)) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted { ($0.count, $0) < ($1.count, $1) }
  }

  public func exists(_ path: String) -> Bool { access(prefix + path, F_OK) == 0 }

  /// Whether this process may write the file.
  public func isWritable(_ path: String) -> Bool { access(prefix + path, W_OK) == 0 }

  /// Writes a setting's value.
  /// - Throws: `SystemFailure`.
  func set(_ path: String, to value: String) throws(SystemFailure) {
    let descriptor = open(prefix + path, O_WRONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw SystemFailure() }
    defer { close(descriptor) }
    try writeAll(value + "\n", to: descriptor)
    // Of a file that was made up the rest of a longer value goes afterwards: killed in between, its first line is whole. The kernel's have none.
    ftruncate(descriptor, off_t(value.utf8.count + 1))
  }

  /// Folders of the processors: `/sys/devices/system/cpu/cpu0` and so on.
  var processors: [String] {
    let folder = "/sys/devices/system/cpu"
    return entries(folder).filter { $0.hasPrefix("cpu") && $0.count > 3 && $0.dropFirst(3).allSatisfy(\.isNumber) }.map {
      "\(folder)/\($0)"
    }
  }

  /// Whether the processor says that it is a virtual machine's.
  var isVirtual: Bool {
    let flags = (text("/proc/cpuinfo") ?? "").split(separator: "\n").first { $0.hasPrefix("flags") } ?? ""
    return flags.split(separator: " ").contains("hypervisor")
  }

  private func bytes(_ path: String) throws(SystemFailure) -> [UInt8] {
    let descriptor = open(prefix + path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw SystemFailure() }
    defer { close(descriptor) }
    return try readAll(descriptor)
  }
}

/// A system call that failed, in the system's words.
struct SystemFailure: Error, CustomStringConvertible {
  let code: Int32

  init(_ code: Int32 = errno) {
    self.code = code
  }

  var description: String { String(cString: strerror(code)) }
}

/// Writes all of it.
func writeAll(_ text: String, to descriptor: Int32) throws(SystemFailure) {
  var bytes = Array(text.utf8)[...]
  while !bytes.isEmpty {
    let count = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
    if count >= 0 { bytes = bytes.dropFirst(count) } else if errno != EINTR { throw SystemFailure() }
  }
}

/// Reads to the end. Files of the kernel tell no length in advance.
func readAll(_ descriptor: Int32) throws(SystemFailure) -> [UInt8] {
  var bytes: [UInt8] = []
  var buffer = [UInt8](repeating: 0, count: 16384)
  while true {
    let count = read(descriptor, &buffer, buffer.count)
    if count > 0 { bytes += buffer[..<count] } else if count == 0 { return bytes } else if errno != EINTR { throw SystemFailure() }
  }
}

/// Without white space at either end.
func trimmed(_ text: Substring) -> String {
  let start = text.drop { $0.isWhitespace }
  return String(start.prefix(upTo: (start.lastIndex { !$0.isWhitespace }).map { start.index(after: $0) } ?? start.startIndex))
}
