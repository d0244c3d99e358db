/// What a command line said.
public struct ParsedOptions: Sendable {
  /// Options in the order in which they were given; flags have an empty value.
  var given: [(name: String, value: String)] = []
  /// Arguments that are not options, in order.
  public internal(set) var operands: [String] = []
  /// Where the operands stand among the arguments given to `parse`.
  public internal(set) var operandIndices: [Int] = []

  /// Whether a flag was given.
  public func has(_ name: String) -> Bool { given.contains { $0.name == name } }

  /// The value of an option; the last one counts when it is repeated.
  public func value(_ name: String) -> String? { given.last { $0.name == name }?.value }

  /// All values of a repeated option, in order.
  public func values(_ name: String) -> [String] { given.filter { $0.name == name }.map(\.value) }

  /// The value of an option as a whole number.
  ///
  /// - Throws: `UsageError` when it is not one.
  public func integer(_ name: String) throws(UsageError) -> Int? {
    guard let text = value(name) else { return nil }
    guard let number = Int(text) else { throw UsageError("--\(name) needs a whole number, not '\(text)'") }
    return number
  }
}

/// A command line that cannot be understood. Programs print it as `error: …` and exit with `UsageError.exitCode`.
public struct UsageError: Error, CustomStringConvertible, Equatable {
  /// EX_USAGE of sysexits(3).
  public static let exitCode: Int32 = 64

  public var description: String

  /// - Parameter description: what is wrong, in one line without the leading `error: `.
  public init(_ description: String) { self.description = description }
}
