import Glibc

/// Attributes of a file (preview 1, `filestat`).
struct Filestat {
  var device: UInt64
  var inode: UInt64
  var type: FileType
  var linkCount: UInt64
  /// Bytes.
  var size: UInt64
  /// Nanoseconds since 1970, as are the others.
  var accessTime: UInt64
  var modificationTime: UInt64
  var statusChangeTime: UInt64

  init(_ status: borrowing stat, type: FileType) {
    device = UInt64(status.st_dev)
    inode = UInt64(status.st_ino)
    self.type = type
    linkCount = UInt64(status.st_nlink)
    size = UInt64(max(0, status.st_size))
    accessTime = status.st_atim.nanoseconds
    modificationTime = status.st_mtim.nanoseconds
    statusChangeTime = status.st_ctim.nanoseconds
  }

  /// Bytes in memory; eight-byte fields are aligned to eight.
  static func size(_ dialect: Dialect) -> UInt32 { dialect == .preview1 ? 64 : 56 }

  /// Preview 0 had a link count of four bytes, right behind the type.
  func write(to guest: GuestView, at address: UInt32, _ dialect: Dialect) throws(Errno) {
    let place = try guest.bytes(address, Self.size(dialect))
    var bytes = ByteWriter(place)
    bytes.write(device)
    bytes.write(inode)
    bytes.write(type.rawValue)
    switch dialect {
    case .preview1:
      bytes.pad(to: 24)
      bytes.write(linkCount)
    case .unstable:
      bytes.pad(to: 20)
      bytes.write(UInt32(clamping: linkCount))
    }
    bytes.write(size)
    bytes.write(accessTime)
    bytes.write(modificationTime)
    bytes.write(statusChangeTime)
  }
}

extension timespec {
  /// Nanoseconds since the clock's start; 0 for a time before it.
  var nanoseconds: UInt64 {
    guard tv_sec >= 0 else { return 0 }
    return UInt64(tv_sec) &* 1_000_000_000 &+ UInt64(tv_nsec)
  }

  init(nanoseconds: UInt64) {
    self.init(tv_sec: Int(nanoseconds / 1_000_000_000), tv_nsec: Int(nanoseconds % 1_000_000_000))
  }
}
