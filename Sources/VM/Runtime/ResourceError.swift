import Glibc
import Processor

/// What the machine does not have for us, and how to mend it.
public struct ResourceError: Error, Equatable, CustomStringConvertible {
  /// What is missing.
  public enum Kind: Sendable {
    /// Memory or address space.
    case memory
    /// A processor that the virtual machine can run on.
    case processor
  }

  /// Memory may be there later; a processor will not.
  public var kind: Kind
  public var description: String

  /// No memory for something of so many bytes.
  static func memory(_ what: String, byteCount: Int) -> ResourceError {
    ResourceError(
      kind: .memory, description: "no memory for \(what) of \(byteCount) bytes: raise the limit on address space (ulimit -v) or free memory"
    )
  }

  /// No memory within what the guest may have.
  static func budget(byteCount: Int) -> ResourceError {
    ResourceError(
      kind: .memory, description: "a linear memory of \(byteCount) bytes is more than the guest may have: raise its memory limit")
  }

  static func processor(missing features: String) -> ResourceError {
    ResourceError(kind: .processor, description: Processor.explanation(missing: features))
  }
}

extension UnsafeMutableRawPointer {
  /// Zeroed memory straight from the system's zero pages: untouched entries cost nothing. `what` is for the error.
  static func zeroed<T>(
    count: Int, of type: T.Type, for what: @autoclosure () -> String
  ) throws(ResourceError) -> UnsafeMutablePointer<T> {
    guard let block = calloc(max(count, 1), MemoryLayout<T>.stride) else {
      let (byteCount, isTooLarge) = count.multipliedReportingOverflow(by: MemoryLayout<T>.stride)
      throw .memory(what(), byteCount: isTooLarge ? .max : byteCount)
    }
    return block.bindMemory(to: T.self, capacity: count)
  }
}
