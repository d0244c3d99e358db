/// Why execution ended early (4.2, "trap"), with a name a user can act on and a test can compare.
public struct Trap: Error, Sendable, CustomStringConvertible {
  public enum Reason: Sendable, Equatable {
    case unreachable
    case memoryOutOfBounds
    case tableOutOfBounds
    case undefinedElement
    case uninitializedElement(Int)
    case indirectCallTypeMismatch
    case integerDivideByZero
    case integerOverflow
    case invalidConversionToInteger
    case stackOverflow
    case interrupted
    /// A host function failed; the text says why.
    case host(String)
    /// The guest asked to end with this status (`proc_exit`): not a fault.
    case exit(Int32)
  }

  public var reason: Reason
  /// Wasm frames, innermost first; of a deep recursion the first and the last ones.
  public var backtrace: [Frame]
  /// Frames left out of the middle of the backtrace.
  public var omittedFrames = 0

  public init(_ reason: Reason, backtrace: [Frame] = []) {
    self.reason = reason
    self.backtrace = backtrace
  }

  public struct Frame: Sendable, Equatable, CustomStringConvertible {
    /// Index in the module's function space.
    public var function: UInt32
    /// From the name section, else from an export.
    public var name: String?
    /// Offset of the operator in the module's bytes, where known.
    public var offset: Int?

    public var description: String {
      let place = offset.map { " @ 0x" + String($0, radix: 16) } ?? ""
      return (name ?? "function") + " [\(function)]" + place
    }
  }

  public var description: String { reason.description }
}

extension Trap.Reason: CustomStringConvertible {
  /// The specification's words where it has some: test scripts compare them by prefix.
  public var description: String {
    switch self {
    case .unreachable: "unreachable"
    case .memoryOutOfBounds: "out of bounds memory access"
    case .tableOutOfBounds: "out of bounds table access"
    case .undefinedElement: "undefined element"
    case .uninitializedElement(let index): "uninitialized element \(index)"
    case .indirectCallTypeMismatch: "indirect call type mismatch"
    case .integerDivideByZero: "integer divide by zero"
    case .integerOverflow: "integer overflow"
    case .invalidConversionToInteger: "invalid conversion to integer"
    case .stackOverflow: "call stack exhausted"
    case .interrupted: "interrupted"
    case .host(let text): text
    case .exit(let status): "exit with status \(status)"
    }
  }
}
