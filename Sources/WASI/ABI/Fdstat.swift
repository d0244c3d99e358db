/// What a descriptor is and may do (preview 1, `fdstat`).
struct Fdstat {
  var type: FileType
  var flags: DescriptorFlags
  var rights: Rights
  var inheriting: Rights

  /// Bytes in memory: type at 0, flags at 2, rights at 8, inheriting rights at 16.
  static let size: UInt32 = 24

  func write(to guest: GuestView, at address: UInt32) throws(Errno) {
    var bytes = ByteWriter(try guest.bytes(address, Self.size))
    bytes.write(type.rawValue)
    bytes.pad(to: 2)
    bytes.write(flags.rawValue)
    bytes.pad(to: 8)
    bytes.write(rights.rawValue)
    bytes.write(inheriting.rawValue)
  }
}
