import Foundation

/// An entry of a folder, by the bytes of its name: not every name is text.
struct FolderEntry {
  private let bytes: [UInt8]
  private let folder: [UInt8]

  /// The entries of a folder in the order of their names, without `.` and `..`; nil where it cannot be read.
  static func all(in folder: String) -> [FolderEntry]? { all(in: Array(folder.utf8)) }

  private static func all(in folder: [UInt8]) -> [FolderEntry]? {
    guard let stream = withPath(folder, opendir) else { return nil }
    defer { closedir(stream) }
    var entries: [FolderEntry] = []
    while let entry = readdir(stream) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
      if name != Array(".".utf8), name != Array("..".utf8) { entries.append(FolderEntry(bytes: name, folder: folder)) }
    }
    return entries.sorted { $0.bytes.lexicographicallyPrecedes($1.bytes) }
  }

  /// Its path; nil where its name is no UTF-8 text.
  var path: String? { String(validating: pathBytes, as: UTF8.self) }

  /// Its path for people: what is no text is written `\xNN`.
  var shownPath: String {
    String(decoding: folder, as: UTF8.self) + "/"
      + (String(validating: bytes, as: UTF8.self) ?? bytes.map { $0 < 0x80 ? String(UnicodeScalar($0)) : "\\x" + hexadecimal($0) }.joined())
  }

  func hasSuffix(_ suffix: String) -> Bool { bytes.suffix(suffix.utf8.count).elementsEqual(suffix.utf8) }

  /// What it is once links are followed.
  enum Kind { case file, folder, danglingLink, other }

  var kind: Kind {
    var status = stat()
    guard Self.withPath(pathBytes, { stat($0, &status) }) == 0 else { return .danglingLink }
    switch status.st_mode & S_IFMT {
    case S_IFREG: return .file
    case S_IFDIR: return .folder
    default: return .other
    }
  }

  /// The entries below it, if it is a folder that can be read.
  var below: [FolderEntry]? { Self.all(in: pathBytes) }

  private var pathBytes: [UInt8] { folder + Array("/".utf8) + bytes }

  private static func withPath<Result>(_ path: [UInt8], _ body: (UnsafePointer<CChar>) -> Result) -> Result {
    (path + [0]).withUnsafeBufferPointer { buffer in
      buffer.withMemoryRebound(to: CChar.self) { body($0.baseAddress!) }
    }
  }

  private func hexadecimal(_ byte: UInt8) -> String {
    let digits = String(byte, radix: 16, uppercase: true)
    return digits.count == 1 ? "0" + digits : digits
  }
}
