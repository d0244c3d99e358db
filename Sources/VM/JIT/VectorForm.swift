/// The code of a vector operator: a shape, and the instructions in it.
struct VectorForm {
  enum Shape: UInt8 {
    /// One instruction of both operands; in either order, in the other order.
    case binary, commutative, reversed
    /// What the instruction does not find, in order and in the other order.
    case notEqual, notLess
    /// Whether the first operand is what the first instruction makes of both, or is not.
    case limit, beyondLimit
    /// One instruction of both operands with a predicate.
    case floatComparison
    /// One instruction of the only operand, without and with an immediate.
    case unary, unaryImmediate
    /// The operand from zero.
    case negation
    /// With a constant: `immediate` says which.
    case mask
    /// Minimum and maximum of floats; an immediate of 1 says that they are doubles.
    case extreme
    case allTrue, bitmask
    /// The upper half's lanes extended.
    case extendHigh
    /// Products of extended lanes.
    case extendedProduct8, extendedProduct16, extendedProduct32
    /// 1: doubles; 2: the product is subtracted.
    case multiplyAdd
    /// An operator with code of its own.
    case special
  }

  var shape: Shape
  var first: VEX
  var second: VEX
  var immediate: UInt8

  /// Masks of floats.
  static let signs32: UInt8 = 0, magnitudes32: UInt8 = 1, signs64: UInt8 = 2, magnitudes64: UInt8 = 3

  @inline(__always)
  private init(_ shape: Shape, _ first: VEX = VEX(0, 0, 0), _ second: VEX = VEX(0, 0, 0), immediate: UInt8 = 0) {
    (self.shape, self.first, self.second, self.immediate) = (shape, first, second, immediate)
  }

  @inline(__always)
  private init(_ shape: Shape, _ first: VEX, _ predicate: FloatPredicate) {
    self.init(shape, first, immediate: predicate.rawValue)
  }

  /// - Parameter opcode: not a relaxed one that does what a plain one does.
  init(_ opcode: Opcode) {
    self =
      switch opcode.rawValue {
      case Opcode.i8x16Eq.rawValue...Opcode.i32x4GeU.rawValue, Opcode.i64x2Eq.rawValue...Opcode.i64x2GeS.rawValue:
        Self.comparison(opcode)
      default: Self.arithmetic(opcode)
      }
  }

  private static func comparison(_ opcode: Opcode) -> VectorForm {
    switch opcode {
    case .i8x16Eq: VectorForm(.commutative, .pcmpeqb)
    case .i8x16Ne: VectorForm(.notEqual, .pcmpeqb)
    case .i8x16GtS: VectorForm(.binary, .pcmpgtb)
    case .i8x16LtS: VectorForm(.reversed, .pcmpgtb)
    case .i8x16LeS: VectorForm(.limit, .pminsb, .pcmpeqb)
    case .i8x16GeS: VectorForm(.limit, .pmaxsb, .pcmpeqb)
    case .i8x16LeU: VectorForm(.limit, .pminub, .pcmpeqb)
    case .i8x16GeU: VectorForm(.limit, .pmaxub, .pcmpeqb)
    case .i8x16GtU: VectorForm(.beyondLimit, .pminub, .pcmpeqb)
    case .i8x16LtU: VectorForm(.beyondLimit, .pmaxub, .pcmpeqb)
    case .i16x8Eq: VectorForm(.commutative, .pcmpeqw)
    case .i16x8Ne: VectorForm(.notEqual, .pcmpeqw)
    case .i16x8GtS: VectorForm(.binary, .pcmpgtw)
    case .i16x8LtS: VectorForm(.reversed, .pcmpgtw)
    case .i16x8LeS: VectorForm(.limit, .pminsw, .pcmpeqw)
    case .i16x8GeS: VectorForm(.limit, .pmaxsw, .pcmpeqw)
    case .i16x8LeU: VectorForm(.limit, .pminuw, .pcmpeqw)
    case .i16x8GeU: VectorForm(.limit, .pmaxuw, .pcmpeqw)
    case .i16x8GtU: VectorForm(.beyondLimit, .pminuw, .pcmpeqw)
    case .i16x8LtU: VectorForm(.beyondLimit, .pmaxuw, .pcmpeqw)
    case .i32x4Eq: VectorForm(.commutative, .pcmpeqd)
    case .i32x4Ne: VectorForm(.notEqual, .pcmpeqd)
    case .i32x4GtS: VectorForm(.binary, .pcmpgtd)
    case .i32x4LtS: VectorForm(.reversed, .pcmpgtd)
    case .i32x4LeS: VectorForm(.limit, .pminsd, .pcmpeqd)
    case .i32x4GeS: VectorForm(.limit, .pmaxsd, .pcmpeqd)
    case .i32x4LeU: VectorForm(.limit, .pminud, .pcmpeqd)
    case .i32x4GeU: VectorForm(.limit, .pmaxud, .pcmpeqd)
    case .i32x4GtU: VectorForm(.beyondLimit, .pminud, .pcmpeqd)
    case .i32x4LtU: VectorForm(.beyondLimit, .pmaxud, .pcmpeqd)
    case .i64x2Eq: VectorForm(.commutative, .pcmpeqq)
    case .i64x2Ne: VectorForm(.notEqual, .pcmpeqq)
    case .i64x2GtS: VectorForm(.binary, .pcmpgtq)
    case .i64x2LtS: VectorForm(.reversed, .pcmpgtq)
    case .i64x2LeS: VectorForm(.notEqual, .pcmpgtq)
    case .i64x2GeS: VectorForm(.notLess, .pcmpgtq)
    default: VectorForm(.special)
    }
  }

  private static func arithmetic(_ opcode: Opcode) -> VectorForm {
    switch opcode {
    case .v128And: VectorForm(.commutative, .pand)
    case .v128Andnot: VectorForm(.reversed, .pandn)
    case .v128Or: VectorForm(.commutative, .por)
    case .v128Xor: VectorForm(.commutative, .pxor)
    case .i8x16Add: VectorForm(.commutative, .paddb)
    case .i8x16Sub: VectorForm(.binary, .psubb)
    case .i8x16Neg: VectorForm(.negation, .psubb)
    case .i8x16AddSatS: VectorForm(.commutative, .paddsb)
    case .i8x16SubSatS: VectorForm(.binary, .psubsb)
    case .i8x16AddSatU: VectorForm(.commutative, .paddusb)
    case .i8x16SubSatU: VectorForm(.binary, .psubusb)
    case .i8x16AvgrU: VectorForm(.commutative, .pavgb)
    case .i8x16MinS: VectorForm(.commutative, .pminsb)
    case .i8x16MinU: VectorForm(.commutative, .pminub)
    case .i8x16MaxS: VectorForm(.commutative, .pmaxsb)
    case .i8x16MaxU: VectorForm(.commutative, .pmaxub)
    case .i8x16Abs: VectorForm(.unary, .pabsb)
    case .i16x8Add: VectorForm(.commutative, .paddw)
    case .i16x8Sub: VectorForm(.binary, .psubw)
    case .i16x8Neg: VectorForm(.negation, .psubw)
    case .i16x8AddSatS: VectorForm(.commutative, .paddsw)
    case .i16x8SubSatS: VectorForm(.binary, .psubsw)
    case .i16x8AddSatU: VectorForm(.commutative, .paddusw)
    case .i16x8SubSatU: VectorForm(.binary, .psubusw)
    case .i16x8AvgrU: VectorForm(.commutative, .pavgw)
    case .i16x8MinS: VectorForm(.commutative, .pminsw)
    case .i16x8MinU: VectorForm(.commutative, .pminuw)
    case .i16x8MaxS: VectorForm(.commutative, .pmaxsw)
    case .i16x8MaxU: VectorForm(.commutative, .pmaxuw)
    case .i16x8Abs: VectorForm(.unary, .pabsw)
    case .i32x4Add: VectorForm(.commutative, .paddd)
    case .i32x4Sub: VectorForm(.binary, .psubd)
    case .i32x4Neg: VectorForm(.negation, .psubd)
    case .i32x4MinS: VectorForm(.commutative, .pminsd)
    case .i32x4MinU: VectorForm(.commutative, .pminud)
    case .i32x4MaxS: VectorForm(.commutative, .pmaxsd)
    case .i32x4MaxU: VectorForm(.commutative, .pmaxud)
    case .i32x4Abs: VectorForm(.unary, .pabsd)
    case .i64x2Add: VectorForm(.commutative, .paddq)
    case .i64x2Sub: VectorForm(.binary, .psubq)
    case .i64x2Neg: VectorForm(.negation, .psubq)
    case .i16x8Mul: VectorForm(.commutative, .pmullw)
    case .i32x4Mul: VectorForm(.commutative, .pmulld)
    case .i32x4DotI16x8S: VectorForm(.commutative, .pmaddwd)
    case .i8x16AllTrue: VectorForm(.allTrue, .pcmpeqb)
    case .i16x8AllTrue: VectorForm(.allTrue, .pcmpeqw)
    case .i32x4AllTrue: VectorForm(.allTrue, .pcmpeqd)
    case .i64x2AllTrue: VectorForm(.allTrue, .pcmpeqq)
    case .i8x16Bitmask: VectorForm(.bitmask, .pmovmskb)
    case .i16x8Bitmask: VectorForm(.bitmask, .pmovmskb, immediate: 1)
    case .i32x4Bitmask: VectorForm(.bitmask, .movmskps)
    case .i64x2Bitmask: VectorForm(.bitmask, .movmskpd)
    default: floats(opcode)
    }
  }

  private static func floats(_ opcode: Opcode) -> VectorForm {
    switch opcode {
    case .f32x4Eq: VectorForm(.floatComparison, .comparePacked(false), .equal)
    case .f32x4Ne: VectorForm(.floatComparison, .comparePacked(false), .notEqual)
    case .f32x4Lt: VectorForm(.floatComparison, .comparePacked(false), .less)
    case .f32x4Gt: VectorForm(.floatComparison, .comparePacked(false), .greater)
    case .f32x4Le: VectorForm(.floatComparison, .comparePacked(false), .lessOrEqual)
    case .f32x4Ge: VectorForm(.floatComparison, .comparePacked(false), .greaterOrEqual)
    case .f32x4Add: VectorForm(.binary, .packed(VEX.add, false))
    case .f32x4Sub: VectorForm(.binary, .packed(VEX.subtract, false))
    case .f32x4Mul: VectorForm(.binary, .packed(VEX.multiply, false))
    case .f32x4Div: VectorForm(.binary, .packed(VEX.divide, false))
    case .f32x4Pmin: VectorForm(.reversed, .packed(VEX.minimum, false))
    case .f32x4Pmax: VectorForm(.reversed, .packed(VEX.maximum, false))
    case .f32x4Sqrt: VectorForm(.unary, .packed(VEX.squareRoot, false))
    case .f32x4Min: VectorForm(.extreme, .packed(VEX.minimum, false), .packed(VEX.or, false), immediate: 0)
    case .f32x4Max: VectorForm(.extreme, .packed(VEX.maximum, false), .packed(VEX.and, false), immediate: 0)
    case .f32x4Ceil: VectorForm(.unaryImmediate, .roundPacked(false), immediate: 10)
    case .f32x4Floor: VectorForm(.unaryImmediate, .roundPacked(false), immediate: 9)
    case .f32x4Trunc: VectorForm(.unaryImmediate, .roundPacked(false), immediate: 11)
    case .f32x4Nearest: VectorForm(.unaryImmediate, .roundPacked(false), immediate: 8)
    case .f32x4Abs: VectorForm(.mask, .packed(VEX.and, false), immediate: magnitudes32)
    case .f32x4Neg: VectorForm(.mask, .packed(VEX.xor, false), immediate: signs32)
    case .f32x4RelaxedMadd: VectorForm(.multiplyAdd, immediate: 0)
    case .f32x4RelaxedNmadd: VectorForm(.multiplyAdd, immediate: 2)
    case .f64x2Eq: VectorForm(.floatComparison, .comparePacked(true), .equal)
    case .f64x2Ne: VectorForm(.floatComparison, .comparePacked(true), .notEqual)
    case .f64x2Lt: VectorForm(.floatComparison, .comparePacked(true), .less)
    case .f64x2Gt: VectorForm(.floatComparison, .comparePacked(true), .greater)
    case .f64x2Le: VectorForm(.floatComparison, .comparePacked(true), .lessOrEqual)
    case .f64x2Ge: VectorForm(.floatComparison, .comparePacked(true), .greaterOrEqual)
    case .f64x2Add: VectorForm(.binary, .packed(VEX.add, true))
    case .f64x2Sub: VectorForm(.binary, .packed(VEX.subtract, true))
    case .f64x2Mul: VectorForm(.binary, .packed(VEX.multiply, true))
    case .f64x2Div: VectorForm(.binary, .packed(VEX.divide, true))
    case .f64x2Pmin: VectorForm(.reversed, .packed(VEX.minimum, true))
    case .f64x2Pmax: VectorForm(.reversed, .packed(VEX.maximum, true))
    case .f64x2Sqrt: VectorForm(.unary, .packed(VEX.squareRoot, true))
    case .f64x2Min: VectorForm(.extreme, .packed(VEX.minimum, true), .packed(VEX.or, true), immediate: 1)
    case .f64x2Max: VectorForm(.extreme, .packed(VEX.maximum, true), .packed(VEX.and, true), immediate: 1)
    case .f64x2Ceil: VectorForm(.unaryImmediate, .roundPacked(true), immediate: 10)
    case .f64x2Floor: VectorForm(.unaryImmediate, .roundPacked(true), immediate: 9)
    case .f64x2Trunc: VectorForm(.unaryImmediate, .roundPacked(true), immediate: 11)
    case .f64x2Nearest: VectorForm(.unaryImmediate, .roundPacked(true), immediate: 8)
    case .f64x2Abs: VectorForm(.mask, .packed(VEX.and, true), immediate: magnitudes64)
    case .f64x2Neg: VectorForm(.mask, .packed(VEX.xor, true), immediate: signs64)
    case .f64x2RelaxedMadd: VectorForm(.multiplyAdd, immediate: 1)
    case .f64x2RelaxedNmadd: VectorForm(.multiplyAdd, immediate: 3)
    default: lanes(opcode)
    }
  }

  private static func lanes(_ opcode: Opcode) -> VectorForm {
    switch opcode {
    case .f32x4DemoteF64x2Zero: VectorForm(.unary, .cvtpd2ps)
    case .f64x2PromoteLowF32x4: VectorForm(.unary, .cvtps2pd)
    case .f32x4ConvertI32x4S: VectorForm(.unary, .cvtdq2ps)
    case .f64x2ConvertLowI32x4S: VectorForm(.unary, .cvtdq2pd)
    case .i8x16NarrowI16x8S: VectorForm(.binary, .packsswb)
    case .i8x16NarrowI16x8U: VectorForm(.binary, .packuswb)
    case .i16x8NarrowI32x4S: VectorForm(.binary, .packssdw)
    case .i16x8NarrowI32x4U: VectorForm(.binary, .packusdw)
    case .i16x8ExtendLowI8x16S: VectorForm(.unary, .pmovsxbw)
    case .i16x8ExtendHighI8x16S: VectorForm(.extendHigh, .pmovsxbw)
    case .i16x8ExtmulLowI8x16S: VectorForm(.extendedProduct8, .pmovsxbw, immediate: 0)
    case .i16x8ExtmulHighI8x16S: VectorForm(.extendedProduct8, .pmovsxbw, immediate: 1)
    case .i16x8ExtendLowI8x16U: VectorForm(.unary, .pmovzxbw)
    case .i16x8ExtendHighI8x16U: VectorForm(.extendHigh, .pmovzxbw)
    case .i16x8ExtmulLowI8x16U: VectorForm(.extendedProduct8, .pmovzxbw, immediate: 0)
    case .i16x8ExtmulHighI8x16U: VectorForm(.extendedProduct8, .pmovzxbw, immediate: 1)
    case .i32x4ExtendLowI16x8S: VectorForm(.unary, .pmovsxwd)
    case .i32x4ExtendHighI16x8S: VectorForm(.extendHigh, .pmovsxwd)
    case .i32x4ExtmulLowI16x8S: VectorForm(.extendedProduct16, .pmulhw, .punpcklwd)
    case .i32x4ExtmulHighI16x8S: VectorForm(.extendedProduct16, .pmulhw, .punpckhwd)
    case .i32x4ExtendLowI16x8U: VectorForm(.unary, .pmovzxwd)
    case .i32x4ExtendHighI16x8U: VectorForm(.extendHigh, .pmovzxwd)
    case .i32x4ExtmulLowI16x8U: VectorForm(.extendedProduct16, .pmulhuw, .punpcklwd)
    case .i32x4ExtmulHighI16x8U: VectorForm(.extendedProduct16, .pmulhuw, .punpckhwd)
    case .i64x2ExtendLowI32x4S: VectorForm(.unary, .pmovsxdq)
    case .i64x2ExtendHighI32x4S: VectorForm(.extendHigh, .pmovsxdq)
    case .i64x2ExtmulLowI32x4S: VectorForm(.extendedProduct32, .pmuldq, immediate: 0x50)
    case .i64x2ExtmulHighI32x4S: VectorForm(.extendedProduct32, .pmuldq, immediate: 0xFA)
    case .i64x2ExtendLowI32x4U: VectorForm(.unary, .pmovzxdq)
    case .i64x2ExtendHighI32x4U: VectorForm(.extendHigh, .pmovzxdq)
    case .i64x2ExtmulLowI32x4U: VectorForm(.extendedProduct32, .pmuludq, immediate: 0x50)
    case .i64x2ExtmulHighI32x4U: VectorForm(.extendedProduct32, .pmuludq, immediate: 0xFA)
    default: VectorForm(.special)
    }
  }
}
