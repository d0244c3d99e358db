/// What the interpreter executes. One case a handler, in the order of the handler files; the translator picks among the forms.
enum Instruction: UInt16 {
  // Integer32
  case i32AddSS, i32AddSI, i32AddRS, i32AddRI, i32MulSS, i32MulSI, i32MulRS, i32MulRI, i32AndSS, i32AndSI, i32AndRS, i32AndRI,
    i32OrSS, i32OrSI, i32OrRS, i32OrRI, i32XorSS, i32XorSI, i32XorRS, i32XorRI, i32AddK, i32MulK, i32AndK, i32OrK, i32XorK,
    i32SubSS, i32SubRS, i32SubSR, i32ShlSS, i32ShlSI, i32ShlRS, i32ShlSR, i32ShlRI, i32ShrSSS, i32ShrSSI, i32ShrSRS, i32ShrSSR,
    i32ShrSRI, i32ShrUSS, i32ShrUSI, i32ShrURS, i32ShrUSR, i32ShrURI, i32RotlSS, i32RotlSI, i32RotlRS, i32RotlSR, i32RotlRI,
    i32RotrSS, i32RotrSI, i32RotrRS, i32RotrSR, i32RotrRI, i32EqSS, i32EqSI, i32EqRS, i32EqRI, i32NeSS, i32NeSI, i32NeRS, i32NeRI,
    i32LtSSS, i32LtSSI, i32LtSRS, i32LtSSR, i32LtSRI, i32LtUSS, i32LtUSI, i32LtURS, i32LtUSR, i32LtURI, i32GeSSS, i32GeSSI,
    i32GeSRS, i32GeSSR, i32GeSRI, i32GeUSS, i32GeUSI, i32GeURS, i32GeUSR, i32GeURI
  // Branch32
  case brI32EqSS, brI32EqSI, brI32EqRS, brI32EqRI, brI32NeSS, brI32NeSI, brI32NeRS, brI32NeRI, brI32LtSSS, brI32LtSSI, brI32LtSRS,
    brI32LtSSR, brI32LtSRI, brI32LtUSS, brI32LtUSI, brI32LtURS, brI32LtUSR, brI32LtURI, brI32GeSSS, brI32GeSSI, brI32GeSRS,
    brI32GeSSR, brI32GeSRI, brI32GeUSS, brI32GeUSI, brI32GeURS, brI32GeUSR, brI32GeURI, brI32ZeroS, brI32NonzeroS, brI32ZeroR,
    brI32NonzeroR
  // Division
  case i32DivUSS, i32RemUSS, i32DivSSS, i32RemSSS, i32DivUSI, i32RemUSI, i32DivSSI, i32RemSSI, i64DivUSS, i64RemUSS, i64DivSSS,
    i64RemSSS, i64DivUSI, i64RemUSI, i64DivSSI, i64RemSSI
  // Unary
  case i32ClzS, i32CtzS, i32PopcntS, i32EqzS, i32Extend8SS, i32Extend16SS, i64ExtendI32SS, i32ClzR, i32CtzR, i32PopcntR, i32EqzR,
    i32Extend8SR, i32Extend16SR, i64ExtendI32SR, i64ClzS, i64CtzS, i64PopcntS, i64EqzS, i64Extend8SS, i64Extend16SS,
    i32WrapI64S, i64ClzR, i64CtzR, i64PopcntR, i64EqzR, i64Extend8SR, i64Extend16SR, i32WrapI64R
  // Integer64
  case i64AddSS, i64AddSI, i64AddRS, i64AddRI, i64MulSS, i64MulSI, i64MulRS, i64MulRI, i64AndSS, i64AndSI, i64AndRS, i64AndRI,
    i64OrSS, i64OrSI, i64OrRS, i64OrRI, i64XorSS, i64XorSI, i64XorRS, i64XorRI, i64AddK, i64MulK, i64AndK, i64OrK, i64XorK,
    i64SubSS, i64SubRS, i64SubSR, i64ShlSS, i64ShlSI, i64ShlRS, i64ShlSR, i64ShlRI, i64ShrSSS, i64ShrSSI, i64ShrSRS, i64ShrSSR,
    i64ShrSRI, i64ShrUSS, i64ShrUSI, i64ShrURS, i64ShrUSR, i64ShrURI, i64RotlSS, i64RotlSI, i64RotlRS, i64RotlSR, i64RotlRI,
    i64RotrSS, i64RotrSI, i64RotrRS, i64RotrSR, i64RotrRI, i64EqSS, i64EqSI, i64EqRS, i64EqRI, i64NeSS, i64NeSI, i64NeRS, i64NeRI,
    i64LtSSS, i64LtSSI, i64LtSRS, i64LtSSR, i64LtSRI, i64LtUSS, i64LtUSI, i64LtURS, i64LtUSR, i64LtURI, i64GeSSS, i64GeSSI,
    i64GeSRS, i64GeSSR, i64GeSRI, i64GeUSS, i64GeUSI, i64GeURS, i64GeUSR, i64GeURI
  // Branch64
  case brI64EqSS, brI64EqSI, brI64EqRS, brI64EqRI, brI64NeSS, brI64NeSI, brI64NeRS, brI64NeRI, brI64LtSSS, brI64LtSSI, brI64LtSRS,
    brI64LtSSR, brI64LtSRI, brI64LtUSS, brI64LtUSI, brI64LtURS, brI64LtUSR, brI64LtURI, brI64GeSSS, brI64GeSSI, brI64GeSRS,
    brI64GeSSR, brI64GeSRI, brI64GeUSS, brI64GeUSI, brI64GeURS, brI64GeUSR, brI64GeURI, brI64ZeroS, brI64NonzeroS, brI64ZeroR,
    brI64NonzeroR
  // Loads
  case load8US, load8UR, load8UK, load8UX, load8UY, load8UF, load16US, load16UR, load16UK, load16UX, load16UY, load16UF, load32US,
    load32UR, load32UK, load32UX, load32UY, load32UF, load64S, load64R, load64K, load64X, load64Y, load64F, load8S32S, load8S32R,
    load8S32K, load8S32X, load8S32Y, load8S32F, load16S32S, load16S32R, load16S32K, load16S32X, load16S32Y, load16S32F, load8S64S,
    load8S64R, load8S64K, load8S64X, load8S64Y, load8S64F, load16S64S, load16S64R, load16S64K, load16S64X, load16S64Y, load16S64F,
    load32S64S, load32S64R, load32S64K, load32S64X, load32S64Y, load32S64F, loadF64S, loadF64R, loadF64K, loadF64X, loadF64Y,
    loadF64F
  // Stores
  case store8SS, store8SR, store8RS, store8SI, store8KS, store8XS, store8YS, store8FS, store16SS, store16SR, store16RS, store16SI,
    store16KS, store16XS, store16YS, store16FS, store32SS, store32SR, store32RS, store32SI, store32KS, store32XS, store32YS,
    store32FS, store64SS, store64SR, store64RS, store64SI, store64KS, store64XS, store64YS, store64FS, storeF64SR
  // Float64
  case f64AddSS, f64AddRS, f64SubSS, f64SubRS, f64SubSR, f64MulSS, f64MulRS, f64DivSS, f64DivRS, f64DivSR, f64MinSS, f64MaxSS,
    f64CopysignSS, f64EqSS, f64NeSS, f64LtSS, f64LeSS, brF64EqSS, brF64NeSS, brF64LtSS, brF64LeSS, brF64NotLtSS, brF64NotLeSS,
    f64NegS, f64AbsS, f64SqrtS, f64CeilS, f64FloorS, f64TruncS, f64NearestS
  // Float32
  case f32AddSS, f32SubSS, f32MulSS, f32DivSS, f32MinSS, f32MaxSS, f32CopysignSS, f32EqSS, f32NeSS, f32LtSS, f32LeSS, brF32EqSS,
    brF32NeSS, brF32LtSS, brF32LeSS, brF32NotLtSS, brF32NotLeSS, f32NegS, f32AbsS, f32SqrtS, f32CeilS, f32FloorS, f32TruncS,
    f32NearestS
  // Conversions
  case i32TruncF32S, i32TruncSatF32S, f32ConvertI32S, i32TruncF32U, i32TruncSatF32U, f32ConvertI32U, i32TruncF64S,
    i32TruncSatF64S, f64ConvertI32S, i32TruncF64U, i32TruncSatF64U, f64ConvertI32U, i64TruncF32S, i64TruncSatF32S, f32ConvertI64S,
    i64TruncF32U, i64TruncSatF32U, f32ConvertI64U, i64TruncF64S, i64TruncSatF64S, f64ConvertI64S, i64TruncF64U, i64TruncSatF64U,
    f64ConvertI64U, f32DemoteF64, f64PromoteF32
  // Vectors: one instruction an operator, in the order of the operators' codes (`VectorForms` counts on it); relaxed ones last
  case v128Load, v128Load8x8S, v128Load8x8U, v128Load16x4S, v128Load16x4U, v128Load32x2S, v128Load32x2U, v128Load8Splat,
    v128Load16Splat, v128Load32Splat, v128Load64Splat, v128Store, v128Const, i8x16Shuffle, i8x16Swizzle, i8x16Splat, i16x8Splat,
    i32x4Splat, i64x2Splat, f32x4Splat, f64x2Splat, i8x16ExtractLaneS, i8x16ExtractLaneU, i8x16ReplaceLane, i16x8ExtractLaneS,
    i16x8ExtractLaneU, i16x8ReplaceLane, i32x4ExtractLane, i32x4ReplaceLane, i64x2ExtractLane, i64x2ReplaceLane,
    f32x4ExtractLane, f32x4ReplaceLane, f64x2ExtractLane, f64x2ReplaceLane, i8x16Eq, i8x16Ne, i8x16LtS, i8x16LtU, i8x16GtS,
    i8x16GtU, i8x16LeS, i8x16LeU, i8x16GeS, i8x16GeU, i16x8Eq, i16x8Ne, i16x8LtS, i16x8LtU, i16x8GtS, i16x8GtU, i16x8LeS,
    i16x8LeU, i16x8GeS, i16x8GeU, i32x4Eq, i32x4Ne, i32x4LtS, i32x4LtU, i32x4GtS, i32x4GtU, i32x4LeS, i32x4LeU, i32x4GeS,
    i32x4GeU, f32x4Eq, f32x4Ne, f32x4Lt, f32x4Gt, f32x4Le, f32x4Ge, f64x2Eq, f64x2Ne, f64x2Lt, f64x2Gt, f64x2Le, f64x2Ge,
    v128Not, v128And, v128Andnot, v128Or, v128Xor, v128Bitselect, v128AnyTrue, v128Load8Lane, v128Load16Lane, v128Load32Lane,
    v128Load64Lane, v128Store8Lane, v128Store16Lane, v128Store32Lane, v128Store64Lane, v128Load32Zero, v128Load64Zero,
    f32x4DemoteF64x2Zero, f64x2PromoteLowF32x4, i8x16Abs, i8x16Neg, i8x16Popcnt, i8x16AllTrue, i8x16Bitmask, i8x16NarrowI16x8S,
    i8x16NarrowI16x8U, f32x4Ceil, f32x4Floor, f32x4Trunc, f32x4Nearest, i8x16Shl, i8x16ShrS, i8x16ShrU, i8x16Add, i8x16AddSatS,
    i8x16AddSatU, i8x16Sub, i8x16SubSatS, i8x16SubSatU, f64x2Ceil, f64x2Floor, i8x16MinS, i8x16MinU, i8x16MaxS, i8x16MaxU,
    f64x2Trunc, i8x16AvgrU, i16x8ExtaddPairwiseI8x16S, i16x8ExtaddPairwiseI8x16U, i32x4ExtaddPairwiseI16x8S,
    i32x4ExtaddPairwiseI16x8U, i16x8Abs, i16x8Neg, i16x8Q15mulrSatS, i16x8AllTrue, i16x8Bitmask, i16x8NarrowI32x4S,
    i16x8NarrowI32x4U, i16x8ExtendLowI8x16S, i16x8ExtendHighI8x16S, i16x8ExtendLowI8x16U, i16x8ExtendHighI8x16U, i16x8Shl,
    i16x8ShrS, i16x8ShrU, i16x8Add, i16x8AddSatS, i16x8AddSatU, i16x8Sub, i16x8SubSatS, i16x8SubSatU, f64x2Nearest, i16x8Mul,
    i16x8MinS, i16x8MinU, i16x8MaxS, i16x8MaxU, i16x8AvgrU, i16x8ExtmulLowI8x16S, i16x8ExtmulHighI8x16S, i16x8ExtmulLowI8x16U,
    i16x8ExtmulHighI8x16U, i32x4Abs, i32x4Neg, i32x4AllTrue, i32x4Bitmask, i32x4ExtendLowI16x8S, i32x4ExtendHighI16x8S,
    i32x4ExtendLowI16x8U, i32x4ExtendHighI16x8U, i32x4Shl, i32x4ShrS, i32x4ShrU, i32x4Add, i32x4Sub, i32x4Mul, i32x4MinS,
    i32x4MinU, i32x4MaxS, i32x4MaxU, i32x4DotI16x8S, i32x4ExtmulLowI16x8S, i32x4ExtmulHighI16x8S, i32x4ExtmulLowI16x8U,
    i32x4ExtmulHighI16x8U, i64x2Abs, i64x2Neg, i64x2AllTrue, i64x2Bitmask, i64x2ExtendLowI32x4S, i64x2ExtendHighI32x4S,
    i64x2ExtendLowI32x4U, i64x2ExtendHighI32x4U, i64x2Shl, i64x2ShrS, i64x2ShrU, i64x2Add, i64x2Sub, i64x2Mul, i64x2Eq, i64x2Ne,
    i64x2LtS, i64x2GtS, i64x2LeS, i64x2GeS, i64x2ExtmulLowI32x4S, i64x2ExtmulHighI32x4S, i64x2ExtmulLowI32x4U,
    i64x2ExtmulHighI32x4U, f32x4Abs, f32x4Neg, f32x4Sqrt, f32x4Add, f32x4Sub, f32x4Mul, f32x4Div, f32x4Min, f32x4Max, f32x4Pmin,
    f32x4Pmax, f64x2Abs, f64x2Neg, f64x2Sqrt, f64x2Add, f64x2Sub, f64x2Mul, f64x2Div, f64x2Min, f64x2Max, f64x2Pmin, f64x2Pmax,
    i32x4TruncSatF32x4S, i32x4TruncSatF32x4U, f32x4ConvertI32x4S, f32x4ConvertI32x4U, i32x4TruncSatF64x2SZero,
    i32x4TruncSatF64x2UZero, f64x2ConvertLowI32x4S, f64x2ConvertLowI32x4U, f32x4RelaxedMadd, f32x4RelaxedNmadd, f64x2RelaxedMadd,
    f64x2RelaxedNmadd, i16x8RelaxedDotI8x16I7x16S, i32x4RelaxedDotI8x16I7x16AddS
  // VectorMoves
  case vectorCopy, vectorSelect, vectorGlobalGet, vectorGlobalSet, importedVectorGlobalGet, importedVectorGlobalSet
  // Moves
  case copy, copyR, copyPair, const32, const64S, const64, globalGet, globalSet, importedGlobalGet, importedGlobalSet, select,
    selectR, zeroTwo, zeroFour, zeroEight
  // Fused
  case i32AddShl1, i32AddShl2, i32AddShl3, i32AddBrEqS, i32AddBrNeS, i32AddBrLtSS, i32AddBrLtUS, i32AddBrGeSS, i32AddBrGeUS,
    i32AddBrGtSS, i32AddBrGtUS, i32AddBrLeSS, i32AddBrLeUS, i32AddBrEqI, i32AddBrNeI, i32AddBrLtSI, i32AddBrLtUI, i32AddBrGeSI,
    i32AddBrGeUI, i32AndBrZeroS, i32AndBrZeroI, load8UBrZero, load32UBrZero, i32AndBrNonzeroS, i32AndBrNonzeroI, load8UBrNonzero,
    load32UBrNonzero
  // Pairs
  case i32AddRIThenI32RemUSS, load32USThenI32MulRS, load32UXThenLoad32US, i32MulRIThenI32AddRI, i32MulRSThenI32AddRS,
    i32RotlRIThenI32AddRS, i32AddRSThenLoad32UX, i32AddSSThenBrI32LtURI, i32AddSIThenStore8SI, store8SIThenI32AddSS,
    const32ThenI64AndRS, const32ThenLoad32US, i32XorRSThenI32RotlRI, i32AddSIThenI32AddBrLtUS, load32USThenBrTable,
    i32AddSIThenI32AddSI, i32AddRSThenI32XorRS, i32AddRSThenI32AddBrGeUI, i32AddSIThenCall, const32ThenBrI32LtUSI,
    load32USThenLoad32US, i64XorRSThenI64XorRS, const32ThenBr, i64AndRSThenI64XorRS, i32AddSIThenI32LtURI, store32SSThenI32AddSI,
    copyThenCall, globalGetThenBrI32NonzeroR, i32XorSSThenI32RotlRI, const32ThenConst32, load32USThenI32AddSI, copyThenLoadF64Y,
    i32AddRIThenLoad32UR, i32AddSIThenLoad32UR, i32AddSIThenLoad32US, i32AddSSThenI32AddRI, i32AddRSThenI32AddRS,
    i32MulSIThenI32AddRI, load32URThenLoad32US, i32AddSIThenLoad8UBrZero, i32AddSIThenLoad8UX, i32AddSIThenStore32SR,
    i32OrRSThenI32AndBrNonzeroS, load32USThenI32OrRS, i32AddSIThenBrI32LtSSS, copyThenI32ShlSI, i64XorSIThenI64AndRS,
    i32LtURIThenI32AddRS, load32USThenStore32KS, i32ShrURIThenI32XorRS, i32OrSIThenLoadF64Y, loadF64YThenI32OrSI,
    loadF64YThenF64LtSS, loadF64YThenBrF64LtSS, f64LtSSThenBrI32ZeroR, i32AddShl2ThenLoad32UR, load32USThenI32AddRS,
    i32ShlSIThenBrI32GeSSR, store64YSThenCopy, load32URThenBrI32LtSRS, i64MulSSThenI64AddRS, globalGetThenBrI32NeRI,
    i32AddRSThenStore32SR, i32AndRIThenI32OrRS, store32SSThenStore32SS, copyThenI32AddSI, i32AddShl2ThenCopy,
    store32SRThenI32AddSI, i64AndRSThenI64XorSS, i64XorRSThenI64XorSI, i32AddRSThenI32AddSI, copyThenConst32,
    i32AddRSThenI32XorSS, i32ShrURIThenI32AndRI, i32AddSIThenRetValue, const32ThenI32AddSI, i64XorSSThenI64ShlRI,
    i32AddSIThenI32AddBrNeI, i32AddRIThenI32LtURI, i32LtURIThenI32OrRS, i64AddRSThenI64ShrURI, i64XorRIThenI64AndRS,
    i32AddRIThenStore32SR, load8UXThenBrI32EqRS, load16UYThenBrI32EqRS, load16UYThenLoad16UY, store32SRThenLoad32US,
    i32AddSIThenCopy, load32USThenI32ShlSI, load32UKThenStore32SR, i32AddSSThenI32XorSS, i64ShrURIThenI64AddRS,
    load32USThenI32AddRI, i64AddRSThenConst32, i32EqSSThenBrI32NonzeroR, store32KSThenLoad32US, i64OrRSThenConst32,
    i32NeSIThenBrI32NonzeroR, i32AddSIThenGlobalSet, i32AddRIThenGlobalSet, globalGetThenI32AddRI, load8UXThenI32AddSI,
    i32AddSIThenI32AndRS, i32AddRIThenI32XorRI, i32AndRSThenI32ShrURI, i32XorRIThenI32AndRS,
    i32XorRIThenI32ShrURI, i32ShrURIThenI32AddSI, copyThenCopy, i32AddRSThenI32ShrURI, i32XorRIThenI32AddRS,
    load32USThenBrI32GeUSR, i32AddSSThenLoad8UR, store32SRThenBr, i64XorSSThenI64ShrURI, i32OrRSThenI32AddSS,
    i32AddSIThenI32AddRI, load8UXThenBrI32NeRI, i64XorRSThenI64XorSS, load32UKThenBrI32ZeroR, store32SRThenLoad32UK,
    i64ShlRIThenConst32, i64ShrUSIThenI64OrRS, const32ThenCall, load8URThenLoad8UX, i32ShlSIThenI32AddRS, i64AndRSThenI64XorRI,
    i64ShlRIThenI64ShrUSI, i32OrSIThenI32AddRI, i32ShlSRThenI32AndBrNonzeroI, load32USThenBrI32GeURI, store32KSThenBrI32NonzeroS,
    selectRThenRetValue, i32AddRSThenI32AddSS, i32AddSIThenLoad8UR, store32SRThenI32AddBrNeI, i32AddSSThenI32ShrURI,
    i32AndRSThenI32AndRI, i32AndRSThenI32OrRS, i32RotlRIThenI32AddSS, copyPairThenCall, i32ShlRIThenI32XorRI, i32AddRSThenLoad8UR,
    i32AddSIThenI32AddShl2, copyPairThenCopy, i64XorSSThenI64AddRS, i64ShlSIThenConst32, store32KSThenLoad32UK,
    i32XorRSThenI32ShlRI, const32ThenCopy, i32AddSIThenStore32RS, store32RSThenCopy, copyThenBrI32GeSSS, i32LtURIThenSelectR,
    i64AddRSThenI64ShrUSI, i32AddRSThenLoad32US, i32AndRSThenI32AddShl2, const32ThenSelect, const32ThenI32SubRS,
    i64AddRSThenStore64SR, i32AddSSThenLoad32UX, i32MulRSThenLoad32UX, i32RemUSSThenI32MulRI
  // Control
  case br, brTable, call, callIndirect, callImport, returnCall, returnCallIndirect, returnCallImport, ret, retValue, unreachableTrap,
    callReference, returnCallReference, throwTag, throwReference
  // Memories other than a plain memory 0, bulk operators, tables
  case memoryWindow, memoryRestore, memorySizeGet, memorySizeOf, memoryGrow, memoryFill, memoryCopy, memoryInit, dataDrop, tableGet,
    tableSet, tableSize, tableGrow, tableFill, tableCopy, tableInit, elementDrop
  // Atomics
  case atomic8, atomic16, atomic32, atomic64, atomicWait32, atomicWait64, atomicNotify, atomicFence
  // Wide arithmetic
  case i64Add128, i64Sub128, i64MulWideS, i64MulWideU
  // References
  case refFunc, refAsNonNull, refTest, refCast, refI31, i31GetS, i31GetU
  // Objects
  case structNew, structNewDefault, structGet8S, structGet8U, structGet16S, structGet16U, structGet32, structGet64, structGet128,
    structSet8, structSet16, structSet32, structSet64, structSet128, arrayNew, arrayNewDefault, arrayNewFixed, arrayNewSegment,
    arrayGet8S, arrayGet8U, arrayGet16S, arrayGet16U, arrayGet32, arrayGet64, arrayGet128, arraySet8, arraySet16, arraySet32,
    arraySet64, arraySet128, arrayLength, arrayFill, arrayCopy, arrayInit
  // What belongs to no function
  case count, charge, lazy, crossReturn, halt, enterCompiled, resumeCompiled, callIndirectByIndex, countCall, countLoop, interruptedTrap
}

extension Instruction {
  /// Those with an extra word.
  static let twoWords: InlineArray<_, Instruction> = [
    .i32AddK, .i32MulK, .i32AndK, .i32OrK, .i32XorK, .i64AddK, .i64MulK, .i64AndK, .i64OrK, .i64XorK, .load8UX, .load8UY,
    .load8UF, .load16UX, .load16UY, .load16UF, .load32UX, .load32UY, .load32UF, .load64X, .load64Y, .load64F, .load8S32X,
    .load8S32Y, .load8S32F, .load16S32X, .load16S32Y, .load16S32F, .load8S64X, .load8S64Y, .load8S64F, .load16S64X, .load16S64Y,
    .load16S64F, .load32S64X, .load32S64Y, .load32S64F, .loadF64X, .loadF64Y, .loadF64F, .store8XS, .store8YS, .store8FS,
    .store16XS, .store16YS, .store16FS, .store32XS, .store32YS, .store32FS, .store64XS, .store64YS, .store64FS, .const64, .select,
    .vectorSelect,
    .i32AddBrEqS, .i32AddBrNeS, .i32AddBrLtSS, .i32AddBrLtUS, .i32AddBrGeSS, .i32AddBrGeUS, .i32AddBrGtSS, .i32AddBrGtUS,
    .i32AddBrLeSS, .i32AddBrLeUS, .i32AddBrEqI, .i32AddBrNeI, .i32AddBrLtSI, .i32AddBrLtUI, .i32AddBrGeSI, .i32AddBrGeUI,
    .i32AndBrZeroS, .i32AndBrZeroI, .load8UBrZero, .load32UBrZero, .i32AndBrNonzeroS, .i32AndBrNonzeroI, .load8UBrNonzero,
    .load32UBrNonzero, .call, .callIndirect, .callImport, .returnCall, .returnCallImport,
    .returnCallReference, .tableCopy, .tableInit, .throwTag, .memoryWindow, .memoryInit, .refTest,
    .refCast,
    .structNew, .structNewDefault, .arrayNew, .arrayNewDefault, .arrayNewFixed, .arrayFill, .arrayCopy,
    .callIndirectByIndex, .countCall, .countLoop,
  ]
}
