/// Every operator this virtual machine knows; `OpcodeTable` says what is known of each.
///
/// The raw value is the operator's byte; operators behind a prefix byte have pages of their own: 0xFC sits at 0x100, and there are places
/// for 0xFD (0x200), 0xFE (0x400) and 0xFB (0x500). Cases are the names of the text format in lower camel case.
enum Opcode: UInt16, CaseIterable {
  // Control instructions (5.4.1)
  case unreachable = 0x00, nop = 0x01, block = 0x02, loop = 0x03, `if` = 0x04, `else` = 0x05, end = 0x0B, br = 0x0C, brIf = 0x0D,
    brTable = 0x0E, `return` = 0x0F, call = 0x10, callIndirect = 0x11, returnCall = 0x12, returnCallIndirect = 0x13

  // Parametric instructions (5.4.3)
  case drop = 0x1A, select = 0x1B, selectTyped = 0x1C

  // Variable instructions (5.4.4)
  case localGet = 0x20, localSet = 0x21, localTee = 0x22, globalGet = 0x23, globalSet = 0x24

  // Table instructions (5.4.5)
  case tableGet = 0x25, tableSet = 0x26

  // Memory instructions (5.4.6)
  case i32Load = 0x28, i64Load = 0x29, f32Load = 0x2A, f64Load = 0x2B, i32Load8S = 0x2C, i32Load8U = 0x2D, i32Load16S = 0x2E,
    i32Load16U = 0x2F, i64Load8S = 0x30, i64Load8U = 0x31, i64Load16S = 0x32, i64Load16U = 0x33, i64Load32S = 0x34, i64Load32U = 0x35,
    i32Store = 0x36, i64Store = 0x37, f32Store = 0x38, f64Store = 0x39, i32Store8 = 0x3A, i32Store16 = 0x3B, i64Store8 = 0x3C,
    i64Store16 = 0x3D, i64Store32 = 0x3E, memorySize = 0x3F, memoryGrow = 0x40

  // Constants (5.4.7)
  case i32Const = 0x41, i64Const = 0x42, f32Const = 0x43, f64Const = 0x44

  // Comparisons (5.4.7)
  case i32Eqz = 0x45, i32Eq = 0x46, i32Ne = 0x47, i32LtS = 0x48, i32LtU = 0x49, i32GtS = 0x4A, i32GtU = 0x4B, i32LeS = 0x4C,
    i32LeU = 0x4D, i32GeS = 0x4E, i32GeU = 0x4F, i64Eqz = 0x50, i64Eq = 0x51, i64Ne = 0x52, i64LtS = 0x53, i64LtU = 0x54, i64GtS = 0x55,
    i64GtU = 0x56, i64LeS = 0x57, i64LeU = 0x58, i64GeS = 0x59, i64GeU = 0x5A, f32Eq = 0x5B, f32Ne = 0x5C, f32Lt = 0x5D, f32Gt = 0x5E,
    f32Le = 0x5F, f32Ge = 0x60, f64Eq = 0x61, f64Ne = 0x62, f64Lt = 0x63, f64Gt = 0x64, f64Le = 0x65, f64Ge = 0x66

  // Arithmetic (5.4.7)
  case i32Clz = 0x67, i32Ctz = 0x68, i32Popcnt = 0x69, i32Add = 0x6A, i32Sub = 0x6B, i32Mul = 0x6C, i32DivS = 0x6D, i32DivU = 0x6E,
    i32RemS = 0x6F, i32RemU = 0x70, i32And = 0x71, i32Or = 0x72, i32Xor = 0x73, i32Shl = 0x74, i32ShrS = 0x75, i32ShrU = 0x76,
    i32Rotl = 0x77, i32Rotr = 0x78, i64Clz = 0x79, i64Ctz = 0x7A, i64Popcnt = 0x7B, i64Add = 0x7C, i64Sub = 0x7D, i64Mul = 0x7E,
    i64DivS = 0x7F, i64DivU = 0x80, i64RemS = 0x81, i64RemU = 0x82, i64And = 0x83, i64Or = 0x84, i64Xor = 0x85, i64Shl = 0x86,
    i64ShrS = 0x87, i64ShrU = 0x88, i64Rotl = 0x89, i64Rotr = 0x8A, f32Abs = 0x8B, f32Neg = 0x8C, f32Ceil = 0x8D, f32Floor = 0x8E,
    f32Trunc = 0x8F, f32Nearest = 0x90, f32Sqrt = 0x91, f32Add = 0x92, f32Sub = 0x93, f32Mul = 0x94, f32Div = 0x95, f32Min = 0x96,
    f32Max = 0x97, f32Copysign = 0x98, f64Abs = 0x99, f64Neg = 0x9A, f64Ceil = 0x9B, f64Floor = 0x9C, f64Trunc = 0x9D, f64Nearest = 0x9E,
    f64Sqrt = 0x9F, f64Add = 0xA0, f64Sub = 0xA1, f64Mul = 0xA2, f64Div = 0xA3, f64Min = 0xA4, f64Max = 0xA5, f64Copysign = 0xA6

  // Conversions (5.4.7)
  case i32WrapI64 = 0xA7, i32TruncF32S = 0xA8, i32TruncF32U = 0xA9, i32TruncF64S = 0xAA, i32TruncF64U = 0xAB, i64ExtendI32S = 0xAC,
    i64ExtendI32U = 0xAD, i64TruncF32S = 0xAE, i64TruncF32U = 0xAF, i64TruncF64S = 0xB0, i64TruncF64U = 0xB1, f32ConvertI32S = 0xB2,
    f32ConvertI32U = 0xB3, f32ConvertI64S = 0xB4, f32ConvertI64U = 0xB5, f32DemoteF64 = 0xB6, f64ConvertI32S = 0xB7,
    f64ConvertI32U = 0xB8, f64ConvertI64S = 0xB9, f64ConvertI64U = 0xBA, f64PromoteF32 = 0xBB, i32ReinterpretF32 = 0xBC,
    i64ReinterpretF64 = 0xBD, f32ReinterpretI32 = 0xBE, f64ReinterpretI64 = 0xBF

  // Sign extension (5.4.7)
  case i32Extend8S = 0xC0, i32Extend16S = 0xC1, i64Extend8S = 0xC2, i64Extend16S = 0xC3, i64Extend32S = 0xC4

  // Reference instructions (5.4.2)
  case refNull = 0xD0, refIsNull = 0xD1, refFunc = 0xD2

  // Saturating conversion (prefix 0xFC)
  case i32TruncSatF32S = 0x100, i32TruncSatF32U = 0x101, i32TruncSatF64S = 0x102, i32TruncSatF64U = 0x103, i64TruncSatF32S = 0x104,
    i64TruncSatF32U = 0x105, i64TruncSatF64S = 0x106, i64TruncSatF64U = 0x107

  // Bulk memory and tables (prefix 0xFC)
  case memoryInit = 0x108, dataDrop = 0x109, memoryCopy = 0x10A, memoryFill = 0x10B, tableInit = 0x10C, elementDrop = 0x10D,
    tableCopy = 0x10E, tableGrow = 0x10F, tableSize = 0x110, tableFill = 0x111
}
