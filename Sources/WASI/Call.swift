import VM

/// One call of a WASI function: its arguments and the memory they point into.
struct Call {
  let host: WASIHost
  let guest: GuestView
  /// One slot for each argument; i32 values in the low half.
  let slots: UnsafeMutablePointer<UInt64>
  let dialect: Dialect

  /// An i32 argument: a number, an address or flags.
  func i32(_ index: Int) -> UInt32 { UInt32(truncatingIfNeeded: slots[index]) }
  /// An i64 argument.
  func i64(_ index: Int) -> UInt64 { slots[index] }

  /// Flags that are 16 bits wide; the bits above do not count.
  func i16(_ index: Int) -> UInt16 { UInt16(truncatingIfNeeded: slots[index]) }
}
