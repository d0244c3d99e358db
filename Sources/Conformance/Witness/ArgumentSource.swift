import VM

/// Arguments for functions, drawn from a seed: every other one a value at some boundary, where engines differ if they do.
struct ArgumentSource {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  /// Nil where a type has no value that a script can write: of the references that are never null, all but the host's own, and those to exceptions.
  mutating func next(_ types: List<ValueType>) -> [Value]? {
    var values: [Value] = []
    for type in types {
      guard let value = next(type) else { return nil }
      values.append(value)
    }
    return values
  }

  private mutating func next(_ type: ValueType) -> Value? {
    switch type {
    case .i32: return .i32(UInt32(truncatingIfNeeded: number(Self.integers)))
    case .i64: return .i64(number(Self.integers))
    case .f32: return .f32(UInt32(truncatingIfNeeded: number(Self.singles)))
    case .f64: return .f64(number(Self.doubles))
    case .v128: return .v128(low: number(Self.doubles), high: number(Self.doubles))
    case .externref, .externref.nonNull:
      return word() % 2 == 0 || !type.isNullable ? .externref(word() % 100) : .externref(nil)
    default:
      // Other engines' scripts know no references to exceptions as arguments, not even null.
      guard type.isNullable, type.hierarchyTop != .exnref else { return nil }
      switch type.hierarchyTop {
      case .funcref: return .funcref(nil)
      case .externref: return .externref(nil)
      case let hierarchy: return .null(hierarchy)
      }
    }
  }

  private mutating func number(_ boundaries: [UInt64]) -> UInt64 {
    let drawn = word()
    guard drawn % 2 == 0 else { return boundaries[Int((drawn >> 1) % UInt64(boundaries.count))] }
    // Small numbers as often as large ones.
    return word() >> (drawn >> 1 & 63)
  }

  /// SplitMix64.
  private mutating func word() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  private static let integers: [UInt64] = [
    0, 1, 2, 7, 8, 31, 32, 63, 64, 0x7F, 0x80, 0xFF, 0x7FFF, 0x8000, 0xFFFF, 0x1_0000, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFFF, 0x1_0000_0000,
    0x7FFF_FFFF_FFFF_FFFF, 0x8000_0000_0000_0000, .max - 1, .max,
  ]

  private static let singles: [UInt64] = [
    0, -0.0, 1, -1, 0.5, -0.5, 1.5, 2_147_483_648, -2_147_483_648, 4_294_967_296, 9_223_372_036_854_775_808, 18_446_744_073_709_551_616,
    Float.leastNonzeroMagnitude, .leastNormalMagnitude, .greatestFiniteMagnitude, -.greatestFiniteMagnitude, .infinity, -.infinity, .nan,
  ].map { UInt64(($0 as Float).bitPattern) }

  private static let doubles: [UInt64] = [
    0, -0.0, 1, -1, 0.5, -0.5, 1.5, 2_147_483_647, 2_147_483_648, -2_147_483_649, 4_294_967_295, 9_223_372_036_854_775_808,
    18_446_744_073_709_551_616, Double.leastNonzeroMagnitude, .leastNormalMagnitude, .greatestFiniteMagnitude, -.greatestFiniteMagnitude,
    .infinity, -.infinity, .nan,
  ].map { ($0 as Double).bitPattern }
}
