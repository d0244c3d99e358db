/// A unit to print a quantity in, chosen so that the number before it is between 1 and 1000.
struct Unit: Equatable {
  let symbol: String
  /// Base units (nanoseconds, bytes) in one of it.
  let size: Double

  static func fitting(_ value: Double, _ dimension: Quantity.Dimension) -> Unit {
    let units =
      switch dimension {
      case .time: times
      case .memory: memories
      case .count: [one]
      }
    return units.last { abs(value) >= $0.size } ?? units[0]
  }

  private static let times = [
    Unit(symbol: "ns", size: 1), Unit(symbol: "µs", size: 1e3), Unit(symbol: "ms", size: 1e6), Unit(symbol: "s", size: 1e9),
  ]
  private static let memories = [
    Unit(symbol: "B", size: 1), Unit(symbol: "KiB", size: 1024), Unit(symbol: "MiB", size: 1_048_576),
    Unit(symbol: "GiB", size: 1_073_741_824),
  ]
  /// For ratios.
  static let one = Unit(symbol: "", size: 1)

  /// Places for three significant digits, and up to two more where an interval of this width would otherwise vanish.
  func decimals(_ value: Double, width: Double?) -> Int {
    let plain = Self.places(abs(value) / size, digits: 3)
    guard let width, width > 0 else { return plain }
    return min(max(plain, Self.places(width / size, digits: 1)), plain + 2)
  }

  func number(_ value: Double, decimals: Int) -> String { fixed(value / size, decimals) }

  private static func places(_ value: Double, digits: Int) -> Int {
    guard value > 0, value.isFinite else { return 0 }
    var places = digits - 1
    var magnitude = value
    while magnitude >= 10, places > 0 {
      magnitude /= 10
      places -= 1
    }
    while magnitude < 1, places < 6 {
      magnitude *= 10
      places += 1
    }
    return places
  }
}

/// A decimal number with exactly `decimals` places, with a point, whatever the locale.
func fixed(_ value: Double, _ decimals: Int) -> String {
  guard value.isFinite else { return "–" }
  var scale = 1.0
  for _ in 0..<decimals { scale *= 10 }
  let scaled = (abs(value) * scale).rounded()
  guard scaled < 9e15 else { return "\(value)" }
  let sign = value < 0 && scaled > 0 ? "-" : ""
  let digits = String(UInt64(scaled))
  guard decimals > 0 else { return sign + digits }
  let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
  return sign + padded.dropLast(decimals) + "." + padded.suffix(decimals)
}
