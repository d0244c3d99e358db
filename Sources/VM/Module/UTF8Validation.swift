extension UnsafeBufferPointer where Element == UInt8 {
  /// Whether the bytes are strict UTF-8 (Unicode 15, table 3-7): no overlong forms, no surrogates, nothing above U+10FFFF.
  ///
  /// The standard library's `String(validating:as:)` says the same, but its first use costs 50 µs of run-time type look-ups.
  var isValidUTF8: Bool {
    var index = 0
    while index < count {
      let lead = self[index]
      index += 1
      if lead < 0x80 { continue }
      // How many bytes follow, and what the first of them may be.
      let following: Int
      var range: ClosedRange<UInt8> = 0x80...0xBF
      switch lead {
      case 0xC2...0xDF: following = 1
      case 0xE0...0xEF:
        following = 2
        if lead == 0xE0 { range = 0xA0...0xBF }
        if lead == 0xED { range = 0x80...0x9F }
      case 0xF0...0xF4:
        following = 3
        if lead == 0xF0 { range = 0x90...0xBF }
        if lead == 0xF4 { range = 0x80...0x8F }
      default: return false
      }
      for _ in 0..<following {
        guard index < count, range.contains(self[index]) else { return false }
        range = 0x80...0xBF
        index += 1
      }
    }
    return true
  }
}
