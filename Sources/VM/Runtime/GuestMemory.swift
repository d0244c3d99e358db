/// The bytes of a linear memory as they are now. The base never moves while the memory lives; the count grows with `memory.grow`,
/// so fetch the value again after anything that may run guest code. Bounds are the user's duty.
public struct GuestMemory: @unchecked Sendable {
  public let base: UnsafeMutableRawPointer
  public let byteCount: Int
  public init(base: UnsafeMutableRawPointer, byteCount: Int) {
    self.base = base
    self.byteCount = byteCount
  }
}
