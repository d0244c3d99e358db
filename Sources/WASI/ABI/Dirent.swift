/// The head of a directory entry (preview 1, `dirent`); the name follows without a terminator.
struct Dirent {
  /// The cookie that continues behind this entry.
  var next: UInt64
  var inode: UInt64
  var nameLength: UInt32
  var type: FileType

  /// Bytes in memory: next at 0, inode at 8, name length at 16, type at 20.
  static let size = 24

  func write(to place: UnsafeMutableRawBufferPointer) {
    var bytes = ByteWriter(place)
    bytes.write(next)
    bytes.write(inode)
    bytes.write(nameLength)
    bytes.write(type.rawValue)
    bytes.pad(to: Self.size)
  }
}
