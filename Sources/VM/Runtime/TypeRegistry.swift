import Synchronization

/// Numbers function types process-wide, so that an indirect call compares two 32-bit numbers (4.4.8.10).
final class TypeRegistry: Sendable {
  static let shared = TypeRegistry()

  private struct Types: Sendable {
    var numbers: [FunctionType: UInt32] = [:]
    var types: [FunctionType] = []
  }

  private let types = Mutex(Types())

  func number(of type: FunctionType) -> UInt32 {
    types.withLock { known in
      if let number = known.numbers[type] { return number }
      let number = UInt32(known.types.count)
      known.numbers[type] = number
      known.types.append(type)
      return number
    }
  }

  func type(_ number: UInt32) -> FunctionType { types.withLock { $0.types[Int(number)] } }
}
