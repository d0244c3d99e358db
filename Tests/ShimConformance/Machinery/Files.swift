import Foundation

/// Files and folders as they are at this moment: entries below `/proc` and `/run` vanish while they are read, and that is no error here.
enum Files {
  static func bytes(_ path: String) -> [UInt8] {
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard file >= 0 else { return [] }
    defer { close(file) }
    var all: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65536)
    while true {
      let count = read(file, &buffer, buffer.count)
      if count > 0 { all += buffer[..<count] } else if count == 0 || errno != EINTR { return all }
    }
  }

  static func text(_ path: String) -> String { String(decoding: bytes(path), as: UTF8.self) }

  static func write(_ text: String, to path: String) throws {
    do { try Data(text.utf8).write(to: URL(fileURLWithPath: path)) } catch { throw Failed("\(path) cannot be written: \(error)") }
  }

  /// Writes to a file of the kernel's, in one piece and as it is.
  static func set(_ text: String, _ path: String) throws {
    let file = open(path, O_WRONLY | O_CLOEXEC)
    guard file >= 0 else { throw Failed("\(path) cannot be opened: \(String(cString: strerror(errno)))") }
    defer { close(file) }
    let count = text.withCString { Foundation.write(file, $0, strlen($0)) }
    guard count == text.utf8.count else { throw Failed("\(path) does not take \"\(text)\": \(String(cString: strerror(errno)))") }
  }

  static func makeFolder(_ path: String) throws {
    do { try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true) } catch {
      throw Failed("\(path) cannot be made: \(error)")
    }
  }

  /// A pipe that programs started later do not get.
  static func makePipe() throws -> (reading: CInt, writing: CInt) {
    var ends: [CInt] = [0, 0]
    guard pipe(&ends) == 0 else { throw Failed("no pipe: \(String(cString: strerror(errno)))") }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    return (ends[0], ends[1])
  }

  static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  static func names(_ folder: String) -> [String] {
    guard let stream = opendir(folder) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: Int(entry.pointee.d_reclen)) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  /// Where a link leads; empty for what is none.
  static func link(_ path: String) -> String {
    var buffer = [UInt8](repeating: 0, count: 4096)
    let count = buffer.withUnsafeMutableBytes { readlink(path, $0.baseAddress!.assumingMemoryBound(to: CChar.self), $0.count) }
    return count > 0 ? String(decoding: buffer[..<count], as: UTF8.self) : ""
  }

  /// Everything below a folder, with what kind each is.
  static func tree(_ folder: String) -> Set<String> {
    var paths: Set<String> = []
    for name in names(folder) {
      let path = folder + "/" + name
      var status = stat()
      guard lstat(path, &status) == 0 else { continue }
      switch status.st_mode & S_IFMT {
      case S_IFDIR:
        paths.insert("folder " + path)
        paths.formUnion(tree(path))
      case S_IFIFO: paths.insert("FIFO " + path)
      case S_IFSOCK: paths.insert("socket " + path)
      default: paths.insert("file " + path)
      }
    }
    return paths
  }
}

/// The folder of everything this call of the suite makes.
enum Scratch {
  nonisolated(unsafe) static var folder = "/var/tmp"
  nonisolated(unsafe) private static var count = 0

  /// A path nobody has used.
  static func newPath(_ name: String) -> String {
    count += 1
    return "\(folder)/\(name)-\(count)"
  }
}
