import VM

/// What a trap is, whatever words an engine or a script has for it: scripts expect words, and what counts is the kind that they mean.
enum TrapKind: Equatable {
  case unreachable, memoryBounds, tableBounds, arrayBounds, undefinedElement, uninitializedElement, callType, divisionByZero, overflow,
    conversion, stack, null, cast, alignment, unshared, exception

  /// Beginnings of what scripts say, and what they mean.
  private static let words: [(String, TrapKind)] = [
    ("unreachable", .unreachable),
    ("out of bounds memory access", .memoryBounds),
    ("out of bounds table access", .tableBounds),
    ("out of bounds array access", .arrayBounds),
    ("undefined element", .undefinedElement),
    ("uninitialized element", .uninitializedElement),
    ("indirect call type mismatch", .callType),
    ("integer divide by zero", .divisionByZero),
    ("integer overflow", .overflow),
    ("invalid conversion to integer", .conversion),
    ("call stack exhausted", .stack),
    ("null reference", .null), ("null function reference", .null), ("null structure reference", .null), ("null array reference", .null),
    ("null i31 reference", .null), ("null exception reference", .null),
    ("cast failure", .cast),
    ("unaligned atomic", .alignment),
    ("expected shared memory", .unshared),
    ("uncaught exception", .exception),
  ]

  /// What a script's words mean; nil where the table has no such words.
  init?(_ text: String) {
    guard let row = Self.words.first(where: { text.hasPrefix($0.0) }) else { return nil }
    self = row.1
  }

  /// The kind of a trap of ours; nil for what no script can expect.
  init?(_ reason: Trap.Reason) {
    switch reason {
    case .unreachable: self = .unreachable
    case .memoryOutOfBounds: self = .memoryBounds
    case .tableOutOfBounds: self = .tableBounds
    case .arrayOutOfBounds: self = .arrayBounds
    case .undefinedElement: self = .undefinedElement
    case .uninitializedElement: self = .uninitializedElement
    case .indirectCallTypeMismatch: self = .callType
    case .integerDivideByZero: self = .divisionByZero
    case .integerOverflow: self = .overflow
    case .invalidConversionToInteger: self = .conversion
    case .stackOverflow: self = .stack
    case .nullReference: self = .null
    case .castFailure: self = .cast
    case .unalignedAtomic: self = .alignment
    case .expectedSharedMemory: self = .unshared
    case .uncaughtException: self = .exception
    case .heapExhausted, .fuelExhausted, .interrupted, .host, .exit: return nil
    }
  }
}
