/// Why execution ended early (4.2, "trap"), with a name a user can act on and a test can compare.
public struct Trap: Error, Sendable, CustomStringConvertible {
  /// One case for each trap of the specification; the last ones are the host's.
  public enum Reason: Sendable, Equatable {
    /// The instruction `unreachable` (4.4.8).
    case unreachable
    /// A load, store or bulk instruction (4.4.7), or an active data segment, beyond the memory's end.
    case memoryOutOfBounds
    /// A table instruction (4.4.6) or an active element segment beyond the table's end.
    case tableOutOfBounds
    /// `call_indirect` with an index beyond the table's end (4.4.8).
    case undefinedElement
    /// `call_indirect` of a null reference; the number is its index in the table.
    case uninitializedElement(Int)
    /// `call_indirect` of a function that has another type than the instruction names.
    case indirectCallTypeMismatch
    /// Integer division or remainder by zero (4.3.2).
    case integerDivideByZero
    /// A quotient or a truncated float that the integer type cannot hold (4.3.2, 4.3.4).
    case integerOverflow
    /// Truncating a NaN (4.3.4).
    case invalidConversionToInteger
    /// Too many nested calls for the store's value stack, or too many from guest to host to guest.
    case stackOverflow
    /// An instruction that needs a reference got null (4.4.5, 4.4.8).
    case nullReference(NullReference)
    /// `ref.cast` of a reference that has another type (4.4.4).
    case castFailure
    /// An array instruction beyond the array's end (4.4.5).
    case arrayOutOfBounds
    /// The guest's objects take more than they may, even without those that cannot be reached.
    case heapExhausted
    /// An exception that nothing caught (4.4.10).
    case uncaughtException
    /// An atomic instruction at an address that is no multiple of its width (threads proposal).
    case unalignedAtomic
    /// `memory.atomic.wait` on a memory that is not shared (threads proposal).
    case expectedSharedMemory
    /// The guest has used all instructions it may execute.
    case fuelExhausted
    /// `Store.interrupt()` ended the call.
    case interrupted
    /// A host function failed; the text says why.
    case host(String)
    /// The guest asked to end with this status (`proc_exit`): not a fault.
    case exit(Int32)
  }

  /// What was null, as the specification's words tell it.
  public enum NullReference: UInt64, Sendable {
    case reference, function, structure, array, i31, exception
  }

  /// What callers decide by; `description` is its text.
  public var reason: Reason
  /// Wasm frames, innermost first; of a deep recursion the first and the last ones.
  public var backtrace: [Frame]
  /// Frames left out of the middle of the backtrace.
  public var omittedFrames = 0
  /// The exception that nothing caught.
  public var exception: ObjectReference?

  /// - Parameter backtrace: innermost frame first; the store appends those it unwinds.
  public init(_ reason: Reason, backtrace: [Frame] = []) {
    self.reason = reason
    self.backtrace = backtrace
  }

  /// A function that was running, and where in it.
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
    case .stackOverflow: "call stack exhausted (limit stack-bytes)"
    case .nullReference(let what):
      switch what {
      case .reference: "null reference"
      case .function: "null function reference"
      case .structure: "null structure reference"
      case .array: "null array reference"
      case .i31: "null i31 reference"
      case .exception: "null exception reference"
      }
    case .castFailure: "cast failure"
    case .arrayOutOfBounds: "out of bounds array access"
    case .heapExhausted: "out of heap: the guest's objects take more than they may (limit heap-bytes)"
    case .uncaughtException: "uncaught exception"
    case .unalignedAtomic: "unaligned atomic"
    case .expectedSharedMemory: "expected shared memory"
    case .fuelExhausted: "all fuel consumed (limit fuel)"
    case .interrupted: "interrupted"
    case .host(let text): text
    case .exit(let status): "exit with status \(status)"
    }
  }
}
