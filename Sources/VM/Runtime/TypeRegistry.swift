/// Numbers function types process-wide, so that an indirect call compares two 32-bit numbers (4.4.8.10).
///
/// An open-addressing table of its own instead of a dictionary: the first use of a generic hash table costs a start-up more than all
/// types of an ordinary module together.
final class TypeRegistry: @unchecked Sendable {
  static let shared = TypeRegistry()

  private let lock = Lock()
  private var types: [FunctionType] = []
  /// Numbers plus one by hash, 0 where free; a power of two of places, at most half of them taken.
  private var places: [UInt32] = Array(repeating: 0, count: 64)

  private init() {}

  func number(of type: FunctionType) -> UInt32 {
    lock.locked {
      var place = firstPlace(type)
      while places[place] != 0 {
        let number = places[place] - 1
        if types[Int(number)].isSame(as: type) { return number }
        place = (place + 1) & (places.count - 1)
      }
      let number = UInt32(types.count)
      types.append(type)
      places[place] = number + 1
      if types.count * 2 > places.count { grow() }
      return number
    }
  }

  func type(_ number: UInt32) -> FunctionType { lock.locked { types[Int(number)] } }

  private func firstPlace(_ type: FunctionType) -> Int { Int(truncatingIfNeeded: type.fingerprint) & (places.count - 1) }

  private func grow() {
    places = Array(repeating: 0, count: places.count * 2)
    for (number, type) in types.enumerated() {
      var place = firstPlace(type)
      while places[place] != 0 { place = (place + 1) & (places.count - 1) }
      places[place] = UInt32(number) + 1
    }
  }
}

extension FunctionType {
  /// FNV-1a over the types' codes.
  fileprivate var fingerprint: UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for type in parameters { hash = (hash ^ UInt64(type.code)) &* 0x100_0000_01B3 }
    hash = (hash ^ 0xFF) &* 0x100_0000_01B3
    for type in results { hash = (hash ^ UInt64(type.code)) &* 0x100_0000_01B3 }
    return hash ^ hash >> 32
  }

  fileprivate func isSame(as other: FunctionType) -> Bool {
    guard parameters.count == other.parameters.count, results.count == other.results.count else { return false }
    for index in 0..<parameters.count where parameters[index].code != other.parameters[index].code { return false }
    for index in 0..<results.count where results[index].code != other.results[index].code { return false }
    return true
  }
}
