/// The rows of the operators on objects and casts (5.4.2 to 5.4.4, prefix 0xFB), in the order of their codes.
extension OpcodeTable {
  static func fillObjects(_ rows: UnsafeMutablePointer<OpcodeRow>) {
    func add(_ opcode: Opcode, _ name: StaticString, _ immediate: OpcodeRow.Immediate) {
      rows[Int(opcode.rawValue) - page0xFB] = .special(opcode, name, immediate)
    }

    add(.structNew, "struct.new", .type)
    add(.structNewDefault, "struct.new_default", .type)
    add(.structGet, "struct.get", .typeAndField)
    add(.structGetS, "struct.get_s", .typeAndField)
    add(.structGetU, "struct.get_u", .typeAndField)
    add(.structSet, "struct.set", .typeAndField)
    add(.arrayNew, "array.new", .type)
    add(.arrayNewDefault, "array.new_default", .type)
    add(.arrayNewFixed, "array.new_fixed", .typeAndCount)
    add(.arrayNewData, "array.new_data", .typeAndData)
    add(.arrayNewElem, "array.new_elem", .typeAndElement)
    add(.arrayGet, "array.get", .type)
    add(.arrayGetS, "array.get_s", .type)
    add(.arrayGetU, "array.get_u", .type)
    add(.arraySet, "array.set", .type)
    add(.arrayLen, "array.len", .none)
    add(.arrayFill, "array.fill", .type)
    add(.arrayCopy, "array.copy", .twoTypes)
    add(.arrayInitData, "array.init_data", .typeAndData)
    add(.arrayInitElem, "array.init_elem", .typeAndElement)
    add(.refTest, "ref.test", .heapType)
    add(.refTestNull, "ref.test", .heapType)
    add(.refCast, "ref.cast", .heapType)
    add(.refCastNull, "ref.cast", .heapType)
    add(.brOnCast, "br_on_cast", .castBranch)
    add(.brOnCastFail, "br_on_cast_fail", .castBranch)
    add(.anyConvertExtern, "any.convert_extern", .none)
    add(.externConvertAny, "extern.convert_any", .none)
    add(.refI31, "ref.i31", .none)
    add(.i31GetS, "i31.get_s", .none)
    add(.i31GetU, "i31.get_u", .none)
  }
}
