import Glibc

/// The kind of a file (preview 1, `filetype`).
enum FileType: UInt8, Sendable {
  case unknown = 0
  case blockDevice = 1
  case characterDevice = 2
  case directory = 3
  case regularFile = 4
  case socketDatagram = 5
  case socketStream = 6
  case symbolicLink = 7

  /// From the mode bits of stat(2). A socket's kind is not in them: a stream until `socket(_:)` says otherwise.
  init(mode: mode_t) {
    switch mode & S_IFMT {
    case S_IFBLK: self = .blockDevice
    case S_IFCHR: self = .characterDevice
    case S_IFDIR: self = .directory
    case S_IFREG: self = .regularFile
    case S_IFSOCK: self = .socketStream
    case S_IFLNK: self = .symbolicLink
    default: self = .unknown
    }
  }

  /// From `d_type` of getdents64(2); nil where the file system does not say.
  init?(directoryEntry type: UInt8) {
    switch Int(type) {
    case Int(DT_BLK): self = .blockDevice
    case Int(DT_CHR): self = .characterDevice
    case Int(DT_DIR): self = .directory
    case Int(DT_REG): self = .regularFile
    case Int(DT_SOCK): self = .socketStream
    case Int(DT_LNK): self = .symbolicLink
    case Int(DT_FIFO): self = .unknown
    default: return nil
    }
  }

  /// What a descriptor's file is, sockets looked at more closely.
  static func of(_ status: borrowing stat, descriptor: Int32) -> FileType {
    let type = FileType(mode: status.st_mode)
    guard type == .socketStream else { return type }
    var kind: Int32 = 0
    var size = socklen_t(MemoryLayout<Int32>.size)
    guard getsockopt(descriptor, SOL_SOCKET, SO_TYPE, &kind, &size) == 0 else { return type }
    return kind == Int32(SOCK_DGRAM.rawValue) ? .socketDatagram : .socketStream
  }
}
