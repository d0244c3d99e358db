/// The rows of the atomic operators (threads proposal, prefix 0xFE), in the order of their codes. Operands are those above the address.
extension OpcodeTable {
  static func fillAtomics(_ rows: UnsafeMutablePointer<OpcodeRow>) {
    func add(_ row: OpcodeRow) { rows[Int(row.opcode.rawValue) - page0xFE] = row }

    add(.atomic(.memoryAtomicNotify, "memory.atomic.notify", i32, 0, result: i32, widthLog2: 2))
    add(.atomic(.memoryAtomicWait32, "memory.atomic.wait32", i32, i64, result: i32, widthLog2: 2))
    add(.atomic(.memoryAtomicWait64, "memory.atomic.wait64", i64, i64, result: i32, widthLog2: 3))
    add(.special(.atomicFence, "atomic.fence", .zero))
    add(.atomic(.i32AtomicLoad, "i32.atomic.load", 0, 0, result: i32, widthLog2: 2))
    add(.atomic(.i64AtomicLoad, "i64.atomic.load", 0, 0, result: i64, widthLog2: 3))
    add(.atomic(.i32AtomicLoad8U, "i32.atomic.load8_u", 0, 0, result: i32, widthLog2: 0))
    add(.atomic(.i32AtomicLoad16U, "i32.atomic.load16_u", 0, 0, result: i32, widthLog2: 1))
    add(.atomic(.i64AtomicLoad8U, "i64.atomic.load8_u", 0, 0, result: i64, widthLog2: 0))
    add(.atomic(.i64AtomicLoad16U, "i64.atomic.load16_u", 0, 0, result: i64, widthLog2: 1))
    add(.atomic(.i64AtomicLoad32U, "i64.atomic.load32_u", 0, 0, result: i64, widthLog2: 2))
    add(.atomic(.i32AtomicStore, "i32.atomic.store", i32, 0, result: 0, widthLog2: 2))
    add(.atomic(.i64AtomicStore, "i64.atomic.store", i64, 0, result: 0, widthLog2: 3))
    add(.atomic(.i32AtomicStore8, "i32.atomic.store8", i32, 0, result: 0, widthLog2: 0))
    add(.atomic(.i32AtomicStore16, "i32.atomic.store16", i32, 0, result: 0, widthLog2: 1))
    add(.atomic(.i64AtomicStore8, "i64.atomic.store8", i64, 0, result: 0, widthLog2: 0))
    add(.atomic(.i64AtomicStore16, "i64.atomic.store16", i64, 0, result: 0, widthLog2: 1))
    add(.atomic(.i64AtomicStore32, "i64.atomic.store32", i64, 0, result: 0, widthLog2: 2))
    add(.atomic(.i32AtomicRmwAdd, "i32.atomic.rmw.add", i32, 0, result: i32, widthLog2: 2))
    add(.atomic(.i64AtomicRmwAdd, "i64.atomic.rmw.add", i64, 0, result: i64, widthLog2: 3))
    add(.atomic(.i32AtomicRmw8AddU, "i32.atomic.rmw8.add_u", i32, 0, result: i32, widthLog2: 0))
    add(.atomic(.i32AtomicRmw16AddU, "i32.atomic.rmw16.add_u", i32, 0, result: i32, widthLog2: 1))
    add(.atomic(.i64AtomicRmw8AddU, "i64.atomic.rmw8.add_u", i64, 0, result: i64, widthLog2: 0))
    add(.atomic(.i64AtomicRmw16AddU, "i64.atomic.rmw16.add_u", i64, 0, result: i64, widthLog2: 1))
    add(.atomic(.i64AtomicRmw32AddU, "i64.atomic.rmw32.add_u", i64, 0, result: i64, widthLog2: 2))
    add(.atomic(.i32AtomicRmwSub, "i32.atomic.rmw.sub", i32, 0, result: i32, widthLog2: 2))
    add(.atomic(.i64AtomicRmwSub, "i64.atomic.rmw.sub", i64, 0, result: i64, widthLog2: 3))
    add(.atomic(.i32AtomicRmw8SubU, "i32.atomic.rmw8.sub_u", i32, 0, result: i32, widthLog2: 0))
    add(.atomic(.i32AtomicRmw16SubU, "i32.atomic.rmw16.sub_u", i32, 0, result: i32, widthLog2: 1))
    add(.atomic(.i64AtomicRmw8SubU, "i64.atomic.rmw8.sub_u", i64, 0, result: i64, widthLog2: 0))
    add(.atomic(.i64AtomicRmw16SubU, "i64.atomic.rmw16.sub_u", i64, 0, result: i64, widthLog2: 1))
    add(.atomic(.i64AtomicRmw32SubU, "i64.atomic.rmw32.sub_u", i64, 0, result: i64, widthLog2: 2))
    add(.atomic(.i32AtomicRmwAnd, "i32.atomic.rmw.and", i32, 0, result: i32, widthLog2: 2))
    add(.atomic(.i64AtomicRmwAnd, "i64.atomic.rmw.and", i64, 0, result: i64, widthLog2: 3))
    add(.atomic(.i32AtomicRmw8AndU, "i32.atomic.rmw8.and_u", i32, 0, result: i32, widthLog2: 0))
    add(.atomic(.i32AtomicRmw16AndU, "i32.atomic.rmw16.and_u", i32, 0, result: i32, widthLog2: 1))
    add(.atomic(.i64AtomicRmw8AndU, "i64.atomic.rmw8.and_u", i64, 0, result: i64, widthLog2: 0))
    add(.atomic(.i64AtomicRmw16AndU, "i64.atomic.rmw16.and_u", i64, 0, result: i64, widthLog2: 1))
    add(.atomic(.i64AtomicRmw32AndU, "i64.atomic.rmw32.and_u", i64, 0, result: i64, widthLog2: 2))
    add(.atomic(.i32AtomicRmwOr, "i32.atomic.rmw.or", i32, 0, result: i32, widthLog2: 2))
    add(.atomic(.i64AtomicRmwOr, "i64.atomic.rmw.or", i64, 0, result: i64, widthLog2: 3))
    add(.atomic(.i32AtomicRmw8OrU, "i32.atomic.rmw8.or_u", i32, 0, result: i32, widthLog2: 0))
    add(.atomic(.i32AtomicRmw16OrU, "i32.atomic.rmw16.or_u", i32, 0, result: i32, widthLog2: 1))
    add(.atomic(.i64AtomicRmw8OrU, "i64.atomic.rmw8.or_u", i64, 0, result: i64, widthLog2: 0))
    add(.atomic(.i64AtomicRmw16OrU, "i64.atomic.rmw16.or_u", i64, 0, result: i64, widthLog2: 1))
    add(.atomic(.i64AtomicRmw32OrU, "i64.atomic.rmw32.or_u", i64, 0, result: i64, widthLog2: 2))
    add(.atomic(.i32AtomicRmwXor, "i32.atomic.rmw.xor", i32, 0, result: i32, widthLog2: 2))
    add(.atomic(.i64AtomicRmwXor, "i64.atomic.rmw.xor", i64, 0, result: i64, widthLog2: 3))
    add(.atomic(.i32AtomicRmw8XorU, "i32.atomic.rmw8.xor_u", i32, 0, result: i32, widthLog2: 0))
    add(.atomic(.i32AtomicRmw16XorU, "i32.atomic.rmw16.xor_u", i32, 0, result: i32, widthLog2: 1))
    add(.atomic(.i64AtomicRmw8XorU, "i64.atomic.rmw8.xor_u", i64, 0, result: i64, widthLog2: 0))
    add(.atomic(.i64AtomicRmw16XorU, "i64.atomic.rmw16.xor_u", i64, 0, result: i64, widthLog2: 1))
    add(.atomic(.i64AtomicRmw32XorU, "i64.atomic.rmw32.xor_u", i64, 0, result: i64, widthLog2: 2))
    add(.atomic(.i32AtomicRmwXchg, "i32.atomic.rmw.xchg", i32, 0, result: i32, widthLog2: 2))
    add(.atomic(.i64AtomicRmwXchg, "i64.atomic.rmw.xchg", i64, 0, result: i64, widthLog2: 3))
    add(.atomic(.i32AtomicRmw8XchgU, "i32.atomic.rmw8.xchg_u", i32, 0, result: i32, widthLog2: 0))
    add(.atomic(.i32AtomicRmw16XchgU, "i32.atomic.rmw16.xchg_u", i32, 0, result: i32, widthLog2: 1))
    add(.atomic(.i64AtomicRmw8XchgU, "i64.atomic.rmw8.xchg_u", i64, 0, result: i64, widthLog2: 0))
    add(.atomic(.i64AtomicRmw16XchgU, "i64.atomic.rmw16.xchg_u", i64, 0, result: i64, widthLog2: 1))
    add(.atomic(.i64AtomicRmw32XchgU, "i64.atomic.rmw32.xchg_u", i64, 0, result: i64, widthLog2: 2))
    add(.atomic(.i32AtomicRmwCmpxchg, "i32.atomic.rmw.cmpxchg", i32, i32, result: i32, widthLog2: 2))
    add(.atomic(.i64AtomicRmwCmpxchg, "i64.atomic.rmw.cmpxchg", i64, i64, result: i64, widthLog2: 3))
    add(.atomic(.i32AtomicRmw8CmpxchgU, "i32.atomic.rmw8.cmpxchg_u", i32, i32, result: i32, widthLog2: 0))
    add(.atomic(.i32AtomicRmw16CmpxchgU, "i32.atomic.rmw16.cmpxchg_u", i32, i32, result: i32, widthLog2: 1))
    add(.atomic(.i64AtomicRmw8CmpxchgU, "i64.atomic.rmw8.cmpxchg_u", i64, i64, result: i64, widthLog2: 0))
    add(.atomic(.i64AtomicRmw16CmpxchgU, "i64.atomic.rmw16.cmpxchg_u", i64, i64, result: i64, widthLog2: 1))
    add(.atomic(.i64AtomicRmw32CmpxchgU, "i64.atomic.rmw32.cmpxchg_u", i64, i64, result: i64, widthLog2: 2))
  }

  private static let i32 = UInt8(ValueType.i32.code)
  private static let i64 = UInt8(ValueType.i64.code)
}

extension OpcodeRow {
  fileprivate static func atomic(
    _ opcode: Opcode, _ name: StaticString, _ first: UInt8, _ second: UInt8, result: UInt8, widthLog2: UInt8
  ) -> OpcodeRow {
    OpcodeRow(
      name: name, opcode: opcode, shape: .atomic, immediate: .memoryArgument, operandCodes: (first, second, 0), resultCode: result,
      widthLog2: widthLog2)
  }
}
