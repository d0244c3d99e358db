import VM

/// A guest's memory during one call: every access is checked, and a bad address is `Errno.fault`, never a crash.
///
/// This and `ByteWriter` are the only places where guest addresses become pointers. A view must not outlive the call it was made
/// for: the guest may grow its memory afterwards.
struct GuestView {
  private let base: UnsafeMutableRawPointer
  /// Bytes of memory.
  let count: UInt64

  /// - Parameter memory: nil when the module has no memory; every address is bad then.
  init(_ memory: GuestMemory?) {
    base = memory?.base ?? UnsafeMutableRawPointer(bitPattern: 16)!
    count = UInt64(memory?.byteCount ?? 0)
  }

  /// A view of bytes that are not a guest's, for tests.
  init(_ bytes: UnsafeMutableRawBufferPointer) {
    base = bytes.baseAddress!
    count = UInt64(bytes.count)
  }

  /// `length` bytes from `address`.
  func bytes(_ address: UInt32, _ length: UInt32) throws(Errno) -> UnsafeMutableRawBufferPointer {
    guard UInt64(address) + UInt64(length) <= count else { throw .fault }
    return UnsafeMutableRawBufferPointer(start: base + Int(address), count: Int(length))
  }

  /// The pointer for an address that is known to be good.
  func pointer(_ address: UInt32) -> UnsafeMutableRawPointer { base + Int(address) }

  /// Fails early where a later `store` would, so that a bad result address has no side effect.
  func check(_ address: UInt32, _ length: UInt32) throws(Errno) {
    guard UInt64(address) + UInt64(length) <= count else { throw .fault }
  }

  /// A little-endian integer; any alignment will do.
  func load<T: FixedWidthInteger & BitwiseCopyable>(_ address: UInt32, as type: T.Type) throws(Errno) -> T {
    T(littleEndian: try bytes(address, UInt32(MemoryLayout<T>.size)).loadUnaligned(as: T.self))
  }

  /// Writes a little-endian integer; any alignment will do.
  func store<T: FixedWidthInteger & BitwiseCopyable>(_ value: T, at address: UInt32) throws(Errno) {
    try bytes(address, UInt32(MemoryLayout<T>.size)).storeBytes(of: value.littleEndian, as: T.self)
  }
}
