import VM

/// A script in the text form of the specification's interpreter, as it is being written.
struct ScriptText {
  private(set) var text = ""
  /// The module's bytes as a string.
  private var binary = ""
  /// The instance that assertions are about.
  private var instance = ""
  private var instances = 0
  private var memories = 0

  /// What `instantiate` makes instances of.
  mutating func define(_ bytes: ModuleBytes) {
    binary = Self.quoted(UnsafeRawBufferPointer(start: bytes.base, count: bytes.count))
    text += "(module definition $module binary \(binary))\n"
  }

  mutating func instantiate() {
    instance = "$instance\(instances)"
    instances += 1
    text += "(module instance \(instance) $module)\n(register \"\(instance)\" \(instance))\n"
  }

  mutating func expectTrapOnInstantiation(_ trap: Trap) {
    text += "(assert_trap (module binary \(binary)) \"\(trap.script)\")\n"
  }

  // MARK: Calls

  mutating func expect(_ name: String, _ arguments: [Value], _ results: [Value]) {
    let patterns = results.map(\.pattern)
    let call = invocation(name, arguments)
    // A result that no pattern exists for leaves it at the statement that the call returns.
    text +=
      patterns.contains(nil) ? "\(call)\n" : "(assert_return \(([call] + patterns.compactMap(\.self)).joined(separator: " ")))\n"
  }

  mutating func expect(_ name: String, _ arguments: [Value], trap: Trap) {
    let call = invocation(name, arguments)
    text += trap.reason == .uncaughtException ? "(assert_exception \(call))\n" : "(assert_trap \(call) \"\(trap.script)\")\n"
  }

  private func invocation(_ name: String, _ arguments: [Value]) -> String {
    "(invoke \(([instance, Self.quoted(name.utf8)] + arguments.map(\.argument)).joined(separator: " ")))"
  }

  // MARK: What is left behind

  mutating func expectGlobal(_ name: String, _ value: Value) {
    guard let pattern = value.pattern else { return }
    text += "(assert_return (get \(instance) \(Self.quoted(name.utf8))) \(pattern))\n"
  }

  mutating func expectMemory(_ name: String, _ memory: Memory) {
    let reader = "$memory\(memories)"
    memories += 1
    text += "(module \(reader) (import \"\(instance)\" \(Self.quoted(name.utf8)) \(MemoryChecksum.importText(memory.type)))\n"
    text += MemoryChecksum.functionText(memory.type)
    text += "(assert_return (invoke \(reader) \"checksum\") (i64.const \(Int64(bitPattern: MemoryChecksum.of(memory)))))\n"
  }

  /// A string of the text format, every byte that might mean something else as two digits.
  private static func quoted(_ bytes: some Sequence<UInt8>) -> String {
    var result: [UInt8] = [UInt8(ascii: "\"")]
    for byte in bytes {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"):
        result.append(byte)
      default:
        let digits = Array("0123456789abcdef".utf8)
        result += [UInt8(ascii: "\\"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    result.append(UInt8(ascii: "\""))
    return String(decoding: result, as: UTF8.self)
  }
}

extension Trap {
  /// Its words as other engines begin or contain them.
  fileprivate var script: String {
    switch reason {
    case .uninitializedElement: "uninitialized element"
    // Each engine has its own words for what exactly was null.
    case .nullReference: "null reference"
    default: description
    }
  }
}

extension Value {
  fileprivate var argument: String {
    switch self {
    case .funcref: "(ref.null func)"
    case .externref(let number): number.map { "(ref.extern \($0))" } ?? "(ref.null extern)"
    case .null: "(ref.null any)"
    default: pattern ?? ""
    }
  }

  /// What a result is compared with: numbers bit by bit, references by their kind. Nil for a reference to an exception, which scripts have no
  /// word for.
  fileprivate var pattern: String? {
    switch self {
    case .i32(let bits): return "(i32.const \(Int32(bitPattern: bits)))"
    case .i64(let bits): return "(i64.const \(Int64(bitPattern: bits)))"
    case .f32(let bits): return "(f32.const \(Float(bitPattern: bits).literal(payload: UInt64(bits) & 0x7F_FFFF)))"
    case .f64(let bits): return "(f64.const \(Double(bitPattern: bits).literal(payload: bits & 0xF_FFFF_FFFF_FFFF)))"
    case .v128(let low, let high): return "(v128.const i64x2 \(Int64(bitPattern: low)) \(Int64(bitPattern: high)))"
    case .funcref(nil), .externref(nil), .null: return "(ref.null)"
    case .funcref: return "(ref.func)"
    case .externref(let number?): return "(ref.extern \(number))"
    case .object(let reference):
      guard reference.type != .externref.nonNull else { return "(ref.extern)" }
      switch reference.kind {
      case .i31: return "(ref.i31)"
      case .structure: return "(ref.struct)"
      case .array: return "(ref.array)"
      case .host(let number): return "(ref.host \(number))"
      case .exception: return nil
      }
    }
  }
}

extension BinaryFloatingPoint where Self: CustomStringConvertible {
  /// The shortest decimal that means this number; a NaN by its payload.
  fileprivate func literal(payload: UInt64) -> String {
    isNaN ? "\(sign == .minus ? "-" : "")nan:0x\(String(payload, radix: 16))" : description
  }
}
