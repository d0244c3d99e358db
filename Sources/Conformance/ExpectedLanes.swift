import JSON
import VM

/// Vectors in scripts: a lane type and a list of lanes, each an integer, a float's bits or a kind of NaN.
extension ExpectedValue {
  /// A vector all of whose lanes are known is a plain value; else it is compared lane by lane.
  static func vector(_ json: JSONValue, _ line: Int) throws(ScriptError) -> ExpectedValue {
    let laneType = json["lane_type"]?.string ?? ""
    let texts = json["value"]?.array ?? []
    guard let bits = Int(laneType.dropFirst()), [8, 16, 32, 64].contains(bits), texts.count == 128 / bits else {
      throw ScriptError(description: "line \(line): a vector of \(texts.count) lanes of type '\(laneType)'")
    }
    var lanes: [ExpectedValue] = []
    for text in texts { lanes.append(try lane(text.string ?? "", laneType, bits, line)) }
    var words: [UInt64] = [0, 0]
    for (index, lane) in lanes.enumerated() {
      guard case .value(let value) = lane else { return .lanes(lanes, bits: bits) }
      words[index * bits / 64] |= pattern(value) << UInt64(index * bits % 64)
    }
    return .value(.v128(low: words[0], high: words[1]))
  }

  private static func lane(_ text: String, _ type: String, _ bits: Int, _ line: Int) throws(ScriptError) -> ExpectedValue {
    let mask: UInt64 = bits == 64 ? .max : 1 << UInt64(bits) - 1
    switch (type, text) {
    case ("f32", "nan:canonical"): return .canonicalNaN(.f32)
    case ("f64", "nan:canonical"): return .canonicalNaN(.f64)
    case ("f32", "nan:arithmetic"): return .arithmeticNaN(.f32)
    case ("f64", "nan:arithmetic"): return .arithmeticNaN(.f64)
    default:
      guard let pattern = UInt64(text) ?? Int64(text).map({ UInt64(bitPattern: $0) }) else {
        throw ScriptError(description: "line \(line): '\(text)' is not a lane of type \(type)")
      }
      return .value(value(pattern & mask, type))
    }
  }

  static func match(_ lanes: [ExpectedValue], _ bits: Int, _ low: UInt64, _ high: UInt64) -> Bool {
    let type = bits == 32 ? "f32" : "f64"
    return lanes.indices.allSatisfy { index in
      let word = index * bits < 64 ? low : high
      let mask: UInt64 = bits == 64 ? .max : 1 << UInt64(bits) - 1
      return lanes[index].matches(value(word >> UInt64(index * bits % 64) & mask, type))
    }
  }

  private static func value(_ pattern: UInt64, _ type: String) -> Value {
    switch type {
    case "f32": .f32(UInt32(pattern))
    case "f64": .f64(pattern)
    default: .i64(pattern)
    }
  }

  private static func pattern(_ value: Value) -> UInt64 {
    switch value {
    case .f32(let bits): UInt64(bits)
    case .f64(let bits), .i64(let bits): bits
    default: 0
    }
  }
}
