import Glibc

extension GuestView {
  /// Calls `body` with the guest's vectors as the host's: pointers straight into guest memory, each one checked.
  ///
  /// Vectors beyond what one system call takes are left out: reading and writing less than asked for is allowed.
  /// Up to 16 vectors nothing is allocated.
  /// - Parameters:
  ///   - address: of `count` pairs of address and length.
  ///   - body: returns what the system call returned.
  /// - Returns: the number of bytes.
  func withVectors(
    _ address: UInt32, _ count: UInt32, _ body: (UnsafeMutablePointer<iovec>, Int32) -> Int
  ) throws(Errno) -> UInt32 {
    let used = min(count, Self.maximumVectors)
    let pairs = try bytes(address, used * 8)
    let outcome = withUnsafeTemporaryAllocation(of: iovec.self, capacity: max(1, Int(used))) { vectors -> Int in
      var total: UInt64 = 0
      for index in 0..<Int(used) {
        let start = UInt32(littleEndian: pairs.loadUnaligned(fromByteOffset: index * 8, as: UInt32.self))
        let length = UInt32(littleEndian: pairs.loadUnaligned(fromByteOffset: index * 8 + 4, as: UInt32.self))
        guard UInt64(start) + UInt64(length) <= self.count else { return -Int(EFAULT) }
        total += UInt64(length)
        // The result is a signed number of 32 bits in many a libc.
        guard total <= UInt64(Int32.max) else { return -Int(EINVAL) }
        vectors.initializeElement(at: index, to: iovec(iov_base: pointer(start), iov_len: Int(length)))
      }
      var result: Int
      repeat { result = body(vectors.baseAddress!, Int32(used)) } while result < 0 && errno == EINTR
      return result < 0 ? -Int(errno) : result
    }
    guard outcome >= 0 else { throw Errno(host: Int32(-outcome)) }
    return UInt32(outcome)
  }

  /// IOV_MAX on Linux.
  private static let maximumVectors: UInt32 = 1024
}
