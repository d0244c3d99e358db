/// Reads a command line's options where its bytes are: without a string, an array or the heap, for programs whose start is measured, and
/// without a change to what is no UTF-8.
///
/// It understands long options with and without values, `--` and operands as `CommandDeclaration.parse` does. Everything else (letters,
/// help, mistakes) has no name that its user knows; `parse` then reads the same line again and has the words for it.
public struct OptionScanner {
  private let arguments: UnsafePointer<UnsafeMutablePointer<CChar>?>
  /// Index of the argument that is read next: of the first operand (or behind the last argument) once `next` has said no.
  public private(set) var index: Int
  private var name = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
  /// What stands behind the option's `=`.
  private var attached: UnsafePointer<CChar>?

  /// - Parameters:
  ///   - arguments: as main has them: terminated by NUL each, and by a null pointer together.
  ///   - index: of the first one to read.
  public init(_ arguments: UnsafePointer<UnsafeMutablePointer<CChar>?>, from index: Int) {
    self.arguments = arguments
    self.index = index
  }

  /// Goes on to the next option; false at the first operand, behind `--`, and at the end.
  public mutating func next() -> Bool {
    let dash = CChar(bitPattern: UInt8(ascii: "-"))
    guard let argument = arguments[index], argument[0] == dash, argument[1] != 0 else { return false }
    index += 1
    guard argument[1] == dash else {
      // Letters, which have no name here.
      (name, attached) = (UnsafeBufferPointer(start: nil, count: 0), nil)
      return true
    }
    guard argument[2] != 0 else { return false }
    readName(UnsafePointer(argument + 2))
    return true
  }

  private mutating func readName(_ text: UnsafePointer<CChar>) {
    let equals = CChar(bitPattern: UInt8(ascii: "="))
    var count = 0
    while text[count] != 0, text[count] != equals { count += 1 }
    name = UnsafeBufferPointer(start: UnsafeRawPointer(text).assumingMemoryBound(to: UInt8.self), count: count)
    attached = text[count] == equals ? text + count + 1 : nil
  }

  /// Whether the present option has this name.
  public func isNamed(_ other: StaticString) -> Bool {
    guard name.count == other.utf8CodeUnitCount else { return false }
    for index in 0..<name.count where name[index] != other.utf8Start[index] { return false }
    return true
  }

  /// Whether the present option came with a value of its own (`--name=value`), which a flag must not.
  public var hasAttachedValue: Bool { attached != nil }

  /// The present option's value, behind its `=` or in the next argument, which is then read; nil if there is none.
  public mutating func value() -> UnsafePointer<CChar>? {
    if let attached { return attached }
    guard let argument = arguments[index] else { return nil }
    index += 1
    return UnsafePointer(argument)
  }
}
