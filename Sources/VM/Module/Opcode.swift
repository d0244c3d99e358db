/// Every operator this virtual machine knows; `OpcodeTable` says what is known of each.
///
/// The raw value is the operator's byte; operators behind a prefix byte have pages of their own: 0xFC sits at 0x100, 0xFD
/// at 0x200, 0xFE at 0x400, 0xFB at 0x500. Cases are the names of the text format in lower camel case.
enum Opcode: UInt16, CaseIterable {
  // Control instructions (5.4.1)
  case unreachable = 0x00, nop = 0x01, block = 0x02, loop = 0x03, `if` = 0x04, `else` = 0x05, end = 0x0B, br = 0x0C, brIf = 0x0D,
    brTable = 0x0E, `return` = 0x0F, call = 0x10, callIndirect = 0x11, returnCall = 0x12, returnCallIndirect = 0x13,
    callRef = 0x14, returnCallRef = 0x15, `throw` = 0x08, throwRef = 0x0A, tryTable = 0x1F

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
  case refNull = 0xD0, refIsNull = 0xD1, refFunc = 0xD2, refEq = 0xD3, refAsNonNull = 0xD4, brOnNull = 0xD5, brOnNonNull = 0xD6

  // Saturating conversion (prefix 0xFC)
  case i32TruncSatF32S = 0x100, i32TruncSatF32U = 0x101, i32TruncSatF64S = 0x102, i32TruncSatF64U = 0x103, i64TruncSatF32S = 0x104,
    i64TruncSatF32U = 0x105, i64TruncSatF64S = 0x106, i64TruncSatF64U = 0x107

  // Bulk memory and tables (prefix 0xFC)
  case memoryInit = 0x108, dataDrop = 0x109, memoryCopy = 0x10A, memoryFill = 0x10B, tableInit = 0x10C, elementDrop = 0x10D,
    tableCopy = 0x10E, tableGrow = 0x10F, tableSize = 0x110, tableFill = 0x111

  // Wide arithmetic (prefix 0xFC, a proposal)
  case i64Add128 = 0x113, i64Sub128 = 0x114, i64MulWideS = 0x115, i64MulWideU = 0x116

  // Vector instructions (5.4.8, prefix 0xFD)
  case v128Load = 0x200, v128Load8x8S = 0x201, v128Load8x8U = 0x202, v128Load16x4S = 0x203, v128Load16x4U = 0x204, v128Load32x2S =
    0x205, v128Load32x2U = 0x206, v128Load8Splat = 0x207, v128Load16Splat = 0x208, v128Load32Splat = 0x209, v128Load64Splat = 0x20A,
    v128Store = 0x20B, v128Const = 0x20C, i8x16Shuffle = 0x20D, i8x16Swizzle = 0x20E, i8x16Splat = 0x20F, i16x8Splat = 0x210,
    i32x4Splat = 0x211, i64x2Splat = 0x212, f32x4Splat = 0x213, f64x2Splat = 0x214, i8x16ExtractLaneS = 0x215, i8x16ExtractLaneU =
    0x216, i8x16ReplaceLane = 0x217, i16x8ExtractLaneS = 0x218, i16x8ExtractLaneU = 0x219, i16x8ReplaceLane = 0x21A,
    i32x4ExtractLane = 0x21B, i32x4ReplaceLane = 0x21C, i64x2ExtractLane = 0x21D, i64x2ReplaceLane = 0x21E, f32x4ExtractLane =
    0x21F, f32x4ReplaceLane = 0x220, f64x2ExtractLane = 0x221, f64x2ReplaceLane = 0x222, i8x16Eq = 0x223, i8x16Ne = 0x224, i8x16LtS = 0x225,
    i8x16LtU = 0x226, i8x16GtS = 0x227, i8x16GtU = 0x228, i8x16LeS = 0x229, i8x16LeU = 0x22A, i8x16GeS = 0x22B, i8x16GeU =
    0x22C, i16x8Eq = 0x22D, i16x8Ne = 0x22E, i16x8LtS = 0x22F, i16x8LtU = 0x230, i16x8GtS = 0x231, i16x8GtU = 0x232, i16x8LeS =
    0x233, i16x8LeU = 0x234, i16x8GeS = 0x235, i16x8GeU = 0x236, i32x4Eq = 0x237, i32x4Ne = 0x238, i32x4LtS = 0x239, i32x4LtU =
    0x23A, i32x4GtS = 0x23B, i32x4GtU = 0x23C, i32x4LeS = 0x23D, i32x4LeU = 0x23E, i32x4GeS = 0x23F, i32x4GeU = 0x240, f32x4Eq =
    0x241, f32x4Ne = 0x242, f32x4Lt = 0x243, f32x4Gt = 0x244, f32x4Le = 0x245, f32x4Ge = 0x246, f64x2Eq = 0x247, f64x2Ne = 0x248,
    f64x2Lt = 0x249, f64x2Gt = 0x24A, f64x2Le = 0x24B, f64x2Ge = 0x24C, v128Not = 0x24D, v128And = 0x24E, v128Andnot = 0x24F, v128Or =
    0x250, v128Xor = 0x251, v128Bitselect = 0x252, v128AnyTrue = 0x253, v128Load8Lane = 0x254, v128Load16Lane = 0x255,
    v128Load32Lane = 0x256, v128Load64Lane = 0x257, v128Store8Lane = 0x258, v128Store16Lane = 0x259, v128Store32Lane = 0x25A,
    v128Store64Lane = 0x25B, v128Load32Zero = 0x25C, v128Load64Zero = 0x25D, f32x4DemoteF64x2Zero = 0x25E, f64x2PromoteLowF32x4 =
    0x25F, i8x16Abs = 0x260, i8x16Neg = 0x261, i8x16Popcnt = 0x262, i8x16AllTrue = 0x263, i8x16Bitmask = 0x264, i8x16NarrowI16x8S =
    0x265, i8x16NarrowI16x8U = 0x266, f32x4Ceil = 0x267, f32x4Floor = 0x268, f32x4Trunc = 0x269, f32x4Nearest = 0x26A, i8x16Shl =
    0x26B, i8x16ShrS = 0x26C, i8x16ShrU = 0x26D, i8x16Add = 0x26E, i8x16AddSatS = 0x26F, i8x16AddSatU = 0x270, i8x16Sub = 0x271,
    i8x16SubSatS = 0x272, i8x16SubSatU = 0x273, f64x2Ceil = 0x274, f64x2Floor = 0x275, i8x16MinS = 0x276, i8x16MinU = 0x277,
    i8x16MaxS = 0x278, i8x16MaxU = 0x279, f64x2Trunc = 0x27A, i8x16AvgrU = 0x27B, i16x8ExtaddPairwiseI8x16S = 0x27C,
    i16x8ExtaddPairwiseI8x16U = 0x27D, i32x4ExtaddPairwiseI16x8S = 0x27E, i32x4ExtaddPairwiseI16x8U = 0x27F, i16x8Abs = 0x280,
    i16x8Neg = 0x281, i16x8Q15mulrSatS = 0x282, i16x8AllTrue = 0x283, i16x8Bitmask = 0x284, i16x8NarrowI32x4S = 0x285,
    i16x8NarrowI32x4U = 0x286, i16x8ExtendLowI8x16S = 0x287, i16x8ExtendHighI8x16S = 0x288, i16x8ExtendLowI8x16U = 0x289,
    i16x8ExtendHighI8x16U = 0x28A, i16x8Shl = 0x28B, i16x8ShrS = 0x28C, i16x8ShrU = 0x28D, i16x8Add = 0x28E, i16x8AddSatS = 0x28F,
    i16x8AddSatU = 0x290, i16x8Sub = 0x291, i16x8SubSatS = 0x292, i16x8SubSatU = 0x293, f64x2Nearest = 0x294, i16x8Mul = 0x295,
    i16x8MinS = 0x296, i16x8MinU = 0x297, i16x8MaxS = 0x298, i16x8MaxU = 0x299, i16x8AvgrU = 0x29B, i16x8ExtmulLowI8x16S = 0x29C,
    i16x8ExtmulHighI8x16S = 0x29D, i16x8ExtmulLowI8x16U = 0x29E, i16x8ExtmulHighI8x16U = 0x29F, i32x4Abs = 0x2A0, i32x4Neg = 0x2A1,
    i32x4AllTrue = 0x2A3, i32x4Bitmask = 0x2A4, i32x4ExtendLowI16x8S = 0x2A7, i32x4ExtendHighI16x8S = 0x2A8, i32x4ExtendLowI16x8U =
    0x2A9, i32x4ExtendHighI16x8U = 0x2AA, i32x4Shl = 0x2AB, i32x4ShrS = 0x2AC, i32x4ShrU = 0x2AD, i32x4Add = 0x2AE, i32x4Sub =
    0x2B1, i32x4Mul = 0x2B5, i32x4MinS = 0x2B6, i32x4MinU = 0x2B7, i32x4MaxS = 0x2B8, i32x4MaxU = 0x2B9, i32x4DotI16x8S = 0x2BA,
    i32x4ExtmulLowI16x8S = 0x2BC, i32x4ExtmulHighI16x8S = 0x2BD, i32x4ExtmulLowI16x8U = 0x2BE, i32x4ExtmulHighI16x8U = 0x2BF,
    i64x2Abs = 0x2C0, i64x2Neg = 0x2C1, i64x2AllTrue = 0x2C3, i64x2Bitmask = 0x2C4, i64x2ExtendLowI32x4S = 0x2C7,
    i64x2ExtendHighI32x4S = 0x2C8, i64x2ExtendLowI32x4U = 0x2C9, i64x2ExtendHighI32x4U = 0x2CA, i64x2Shl = 0x2CB, i64x2ShrS = 0x2CC,
    i64x2ShrU = 0x2CD, i64x2Add = 0x2CE, i64x2Sub = 0x2D1, i64x2Mul = 0x2D5, i64x2Eq = 0x2D6, i64x2Ne = 0x2D7, i64x2LtS = 0x2D8,
    i64x2GtS = 0x2D9, i64x2LeS = 0x2DA, i64x2GeS = 0x2DB, i64x2ExtmulLowI32x4S = 0x2DC, i64x2ExtmulHighI32x4S = 0x2DD,
    i64x2ExtmulLowI32x4U = 0x2DE, i64x2ExtmulHighI32x4U = 0x2DF, f32x4Abs = 0x2E0, f32x4Neg = 0x2E1, f32x4Sqrt = 0x2E3, f32x4Add =
    0x2E4, f32x4Sub = 0x2E5, f32x4Mul = 0x2E6, f32x4Div = 0x2E7, f32x4Min = 0x2E8, f32x4Max = 0x2E9, f32x4Pmin = 0x2EA, f32x4Pmax =
    0x2EB, f64x2Abs = 0x2EC, f64x2Neg = 0x2ED, f64x2Sqrt = 0x2EF, f64x2Add = 0x2F0, f64x2Sub = 0x2F1, f64x2Mul = 0x2F2, f64x2Div =
    0x2F3, f64x2Min = 0x2F4, f64x2Max = 0x2F5, f64x2Pmin = 0x2F6, f64x2Pmax = 0x2F7, i32x4TruncSatF32x4S = 0x2F8,
    i32x4TruncSatF32x4U = 0x2F9, f32x4ConvertI32x4S = 0x2FA, f32x4ConvertI32x4U = 0x2FB, i32x4TruncSatF64x2SZero = 0x2FC,
    i32x4TruncSatF64x2UZero = 0x2FD, f64x2ConvertLowI32x4S = 0x2FE, f64x2ConvertLowI32x4U = 0x2FF

  // Relaxed vector instructions (5.4.8, prefix 0xFD)
  case i8x16RelaxedSwizzle = 0x300, i32x4RelaxedTruncF32x4S = 0x301, i32x4RelaxedTruncF32x4U = 0x302,
    i32x4RelaxedTruncF64x2SZero = 0x303, i32x4RelaxedTruncF64x2UZero = 0x304, f32x4RelaxedMadd = 0x305, f32x4RelaxedNmadd =
    0x306, f64x2RelaxedMadd = 0x307, f64x2RelaxedNmadd = 0x308, i8x16RelaxedLaneselect = 0x309, i16x8RelaxedLaneselect = 0x30A,
    i32x4RelaxedLaneselect = 0x30B, i64x2RelaxedLaneselect = 0x30C, f32x4RelaxedMin = 0x30D, f32x4RelaxedMax = 0x30E,
    f64x2RelaxedMin = 0x30F, f64x2RelaxedMax = 0x310, i16x8RelaxedQ15mulrS = 0x311, i16x8RelaxedDotI8x16I7x16S = 0x312,
    i32x4RelaxedDotI8x16I7x16AddS = 0x313

  // Atomic instructions (threads proposal, prefix 0xFE)
  case memoryAtomicNotify = 0x400, memoryAtomicWait32 = 0x401, memoryAtomicWait64 = 0x402, atomicFence = 0x403, i32AtomicLoad =
    0x410, i64AtomicLoad = 0x411, i32AtomicLoad8U = 0x412, i32AtomicLoad16U = 0x413, i64AtomicLoad8U = 0x414, i64AtomicLoad16U =
    0x415, i64AtomicLoad32U = 0x416, i32AtomicStore = 0x417, i64AtomicStore = 0x418, i32AtomicStore8 = 0x419, i32AtomicStore16 =
    0x41A, i64AtomicStore8 = 0x41B, i64AtomicStore16 = 0x41C, i64AtomicStore32 = 0x41D, i32AtomicRmwAdd = 0x41E, i64AtomicRmwAdd = 0x41F,
    i32AtomicRmw8AddU = 0x420, i32AtomicRmw16AddU = 0x421, i64AtomicRmw8AddU = 0x422, i64AtomicRmw16AddU = 0x423,
    i64AtomicRmw32AddU = 0x424, i32AtomicRmwSub = 0x425, i64AtomicRmwSub = 0x426, i32AtomicRmw8SubU = 0x427, i32AtomicRmw16SubU = 0x428,
    i64AtomicRmw8SubU = 0x429, i64AtomicRmw16SubU = 0x42A, i64AtomicRmw32SubU = 0x42B, i32AtomicRmwAnd = 0x42C,
    i64AtomicRmwAnd = 0x42D, i32AtomicRmw8AndU = 0x42E, i32AtomicRmw16AndU = 0x42F, i64AtomicRmw8AndU = 0x430,
    i64AtomicRmw16AndU = 0x431, i64AtomicRmw32AndU = 0x432, i32AtomicRmwOr = 0x433, i64AtomicRmwOr = 0x434, i32AtomicRmw8OrU =
    0x435, i32AtomicRmw16OrU = 0x436, i64AtomicRmw8OrU = 0x437, i64AtomicRmw16OrU = 0x438, i64AtomicRmw32OrU = 0x439,
    i32AtomicRmwXor = 0x43A, i64AtomicRmwXor = 0x43B, i32AtomicRmw8XorU = 0x43C, i32AtomicRmw16XorU = 0x43D, i64AtomicRmw8XorU =
    0x43E, i64AtomicRmw16XorU = 0x43F, i64AtomicRmw32XorU = 0x440, i32AtomicRmwXchg = 0x441, i64AtomicRmwXchg = 0x442,
    i32AtomicRmw8XchgU = 0x443, i32AtomicRmw16XchgU = 0x444, i64AtomicRmw8XchgU = 0x445, i64AtomicRmw16XchgU = 0x446,
    i64AtomicRmw32XchgU = 0x447, i32AtomicRmwCmpxchg = 0x448, i64AtomicRmwCmpxchg = 0x449, i32AtomicRmw8CmpxchgU = 0x44A,
    i32AtomicRmw16CmpxchgU = 0x44B, i64AtomicRmw8CmpxchgU = 0x44C, i64AtomicRmw16CmpxchgU = 0x44D, i64AtomicRmw32CmpxchgU =
    0x44E

  // Structures, arrays, casts (5.4.2 to 5.4.4, prefix 0xFB)
  case structNew = 0x500, structNewDefault = 0x501, structGet = 0x502, structGetS = 0x503, structGetU = 0x504, structSet = 0x505,
    arrayNew = 0x506, arrayNewDefault = 0x507, arrayNewFixed = 0x508, arrayNewData = 0x509, arrayNewElem = 0x50A, arrayGet = 0x50B,
    arrayGetS = 0x50C, arrayGetU = 0x50D, arraySet = 0x50E, arrayLen = 0x50F, arrayFill = 0x510, arrayCopy = 0x511,
    arrayInitData = 0x512, arrayInitElem = 0x513, refTest = 0x514, refTestNull = 0x515, refCast = 0x516, refCastNull = 0x517,
    brOnCast = 0x518, brOnCastFail = 0x519, anyConvertExtern = 0x51A, externConvertAny = 0x51B, refI31 = 0x51C, i31GetS = 0x51D,
    i31GetU = 0x51E
}
