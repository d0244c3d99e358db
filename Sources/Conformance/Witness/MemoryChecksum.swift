import VM

/// A checksum of a memory's size and content, computed here and, by a module that imports the memory, wherever its script runs.
///
/// FNV-1a, which notices the order, over words of eight bytes, or, where pages are smaller than that, over bytes.
enum MemoryChecksum {
  private static let start: UInt64 = 0xCBF2_9CE4_8422_2325
  private static let factor: UInt64 = 0x100_0000_01B3

  static func of(_ memory: Memory) -> UInt64 {
    let content = UnsafeRawBufferPointer(start: memory.bytes.base, count: memory.bytes.byteCount)
    var sum = (start ^ UInt64(memory.pageCount)) &* factor
    for index in stride(from: 0, to: content.count, by: memory.type.step) {
      let part = memory.type.step == 1 ? UInt64(content[index]) : content.loadUnaligned(fromByteOffset: index, as: UInt64.self)
      sum = (sum ^ part) &* factor
    }
    return sum
  }

  /// The memory as a module imports it, whatever its size.
  static func importText(_ type: MemoryType) -> String {
    let address = type.address == .i64 ? "i64 " : ""
    let maximum = type.limits.maximum.map { " \($0)" } ?? ""
    let page = type.pageShift == 16 ? "" : " (pagesize \(1 << UInt64(type.pageShift)))"
    return "(memory \(address)0\(maximum)\(type.isShared ? " shared" : "")\(page))"
  }

  /// The rest of such a module: a function "checksum".
  static func functionText(_ type: MemoryType) -> String {
    let address = type.address == .i64 ? "i64" : "i32"
    let size = type.address == .i64 ? "(memory.size)" : "(i64.extend_i32_u (memory.size))"
    let load = type.step == 1 ? "i64.load8_u" : "i64.load"
    return """
        (func (export "checksum") (result i64) (local $at \(address)) (local $end \(address)) (local $sum i64)
          (local.set $end (\(address).shl (memory.size) (\(address).const \(type.pageShift))))
          (local.set $sum (i64.mul (i64.xor (i64.const \(start)) \(size)) (i64.const \(factor))))
          (block $done (loop $next
            (br_if $done (\(address).ge_u (local.get $at) (local.get $end)))
            (local.set $sum (i64.mul (i64.xor (local.get $sum) (\(load) (local.get $at))) (i64.const \(factor))))
            (local.set $at (\(address).add (local.get $at) (\(address).const \(type.step))))
            (br $next)))
          (local.get $sum)))

      """
  }
}

extension MemoryType {
  /// Bytes that are read at once.
  fileprivate var step: Int { pageShift < 3 ? 1 : 8 }
}
