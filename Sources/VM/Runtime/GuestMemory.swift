/// The bytes of a linear memory as they are now. The base never moves while the memory lives; the count grows with `memory.grow`,
/// so fetch the value again after anything that may run guest code. Bounds are the user's duty.
public struct GuestMemory: @unchecked Sendable {
  /// The guest's address 0.
  public let base: UnsafeMutableRawPointer
  /// Accessible bytes from the base on; of a linear memory a multiple of 65536.
  public internal(set) var byteCount: Int
  /// Neither copies nor owns what it points to.
  public init(base: UnsafeMutableRawPointer, byteCount: Int) {
    self.base = base
    self.byteCount = byteCount
  }
}
