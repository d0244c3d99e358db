import Glibc

/// A line of text that is put together without the heap and without strings, which cost a start more than the program that is measured.
///
/// - Invariant: what is put into it fits.
struct Line: ~Copyable {
  private var bytes = InlineArray<512, UInt8>(repeating: 0)
  private var count = 0

  mutating func put(_ byte: UInt8) {
    bytes[count] = byte
    count += 1
  }

  mutating func put(_ text: StaticString) {
    for index in 0..<text.utf8CodeUnitCount { put(text.utf8Start[index]) }
  }

  /// In decimal.
  mutating func put(_ number: UInt64) {
    if number > 9 { put(number / 10) }
    put(UInt8(ascii: "0") + UInt8(number % 10))
  }

  /// A member of a JSON object with its comma: `"name":number`.
  mutating func put(_ name: StaticString, _ number: UInt64) {
    if count > 1 { put(",") }
    put("\"")
    put(name)
    put("\":")
    put(number)
  }

  func write(to descriptor: Int32) {
    _ = withUnsafeBytes(of: bytes) { Output.write(UnsafeRawBufferPointer(rebasing: $0[..<count]), to: descriptor) }
  }
}
