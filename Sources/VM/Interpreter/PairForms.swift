/// Which pairs of instructions have one handler for both: those that profiles of compiled C and Rust programs show most.
///
/// `join` runs over a finished function. It replaces the number in a first instruction's word and moves nothing: the second instruction
/// keeps its word, and whoever branches to it executes it alone.
enum PairForms {
  private static let capacity = 512
  /// Keys (first << 16 | second) with the pair's number above them, by a multiplicative hash; 0 is a free place.
  nonisolated(unsafe) private static let places: UnsafePointer<UInt64> = {
    let places = UnsafeMutablePointer<UInt64>.allocate(capacity: capacity)
    places.initialize(repeating: 0, count: capacity)
    func row(_ first: Instruction, _ second: Instruction, _ pair: Instruction) {
      let key = key(first.rawValue, second.rawValue)
      var place = place(key)
      while places[place] != 0 { place = (place + 1) % capacity }
      places[place] = UInt64(key) | UInt64(pair.rawValue) << 32
    }
    row(.i32AddRI, .i32RemUSS, .i32AddRIThenI32RemUSS)
    row(.load32US, .i32MulRS, .load32USThenI32MulRS)
    row(.load32UX, .load32US, .load32UXThenLoad32US)
    row(.i32MulRI, .i32AddRI, .i32MulRIThenI32AddRI)
    row(.i32MulRS, .i32AddRS, .i32MulRSThenI32AddRS)
    row(.i32RotlRI, .i32AddRS, .i32RotlRIThenI32AddRS)
    row(.i32AddRS, .load32UX, .i32AddRSThenLoad32UX)
    row(.i32AddSS, .brI32LtURI, .i32AddSSThenBrI32LtURI)
    row(.i32AddSI, .store8SI, .i32AddSIThenStore8SI)
    row(.store8SI, .i32AddSS, .store8SIThenI32AddSS)
    row(.const32, .i64AndRS, .const32ThenI64AndRS)
    row(.const32, .load32US, .const32ThenLoad32US)
    row(.i32XorRS, .i32RotlRI, .i32XorRSThenI32RotlRI)
    row(.i32AddSI, .i32AddBrLtUS, .i32AddSIThenI32AddBrLtUS)
    row(.load32US, .brTable, .load32USThenBrTable)
    row(.i32AddSI, .i32AddSI, .i32AddSIThenI32AddSI)
    row(.i32AddRS, .i32XorRS, .i32AddRSThenI32XorRS)
    row(.i32AddRS, .i32AddBrGeUI, .i32AddRSThenI32AddBrGeUI)
    row(.i32AddSI, .call, .i32AddSIThenCall)
    row(.const32, .brI32LtUSI, .const32ThenBrI32LtUSI)
    row(.load32US, .load32US, .load32USThenLoad32US)
    row(.i64XorRS, .i64XorRS, .i64XorRSThenI64XorRS)
    row(.const32, .br, .const32ThenBr)
    row(.i64AndRS, .i64XorRS, .i64AndRSThenI64XorRS)
    row(.i32AddSI, .i32LtURI, .i32AddSIThenI32LtURI)
    row(.store32SS, .i32AddSI, .store32SSThenI32AddSI)
    row(.copy, .call, .copyThenCall)
    row(.globalGet, .brI32NonzeroR, .globalGetThenBrI32NonzeroR)
    row(.i32XorSS, .i32RotlRI, .i32XorSSThenI32RotlRI)
    row(.const32, .const32, .const32ThenConst32)
    row(.load32US, .i32AddSI, .load32USThenI32AddSI)
    row(.copy, .loadF64Y, .copyThenLoadF64Y)
    row(.i32AddRI, .load32UR, .i32AddRIThenLoad32UR)
    row(.i32AddSI, .load32UR, .i32AddSIThenLoad32UR)
    row(.i32AddSI, .load32US, .i32AddSIThenLoad32US)
    row(.i32AddSS, .i32AddRI, .i32AddSSThenI32AddRI)
    row(.i32AddRS, .i32AddRS, .i32AddRSThenI32AddRS)
    row(.i32MulSI, .i32AddRI, .i32MulSIThenI32AddRI)
    row(.load32UR, .load32US, .load32URThenLoad32US)
    row(.i32AddSI, .load8UBrZero, .i32AddSIThenLoad8UBrZero)
    row(.i32AddSI, .load8UX, .i32AddSIThenLoad8UX)
    row(.i32AddSI, .store32SR, .i32AddSIThenStore32SR)
    row(.i32OrRS, .i32AndBrNonzeroS, .i32OrRSThenI32AndBrNonzeroS)
    row(.load32US, .i32OrRS, .load32USThenI32OrRS)
    row(.i32AddSI, .brI32LtSSS, .i32AddSIThenBrI32LtSSS)
    row(.copy, .i32ShlSI, .copyThenI32ShlSI)
    row(.i64XorSI, .i64AndRS, .i64XorSIThenI64AndRS)
    row(.i32LtURI, .i32AddRS, .i32LtURIThenI32AddRS)
    row(.load32US, .store32KS, .load32USThenStore32KS)
    row(.i32ShrURI, .i32XorRS, .i32ShrURIThenI32XorRS)
    row(.i32OrSI, .loadF64Y, .i32OrSIThenLoadF64Y)
    row(.loadF64Y, .i32OrSI, .loadF64YThenI32OrSI)
    row(.loadF64Y, .f64LtSS, .loadF64YThenF64LtSS)
    row(.loadF64Y, .brF64LtSS, .loadF64YThenBrF64LtSS)
    row(.f64LtSS, .brI32ZeroR, .f64LtSSThenBrI32ZeroR)
    row(.i32AddShl2, .load32UR, .i32AddShl2ThenLoad32UR)
    row(.load32US, .i32AddRS, .load32USThenI32AddRS)
    row(.i32ShlSI, .brI32GeSSR, .i32ShlSIThenBrI32GeSSR)
    row(.store64YS, .copy, .store64YSThenCopy)
    row(.load32UR, .brI32LtSRS, .load32URThenBrI32LtSRS)
    row(.i64MulSS, .i64AddRS, .i64MulSSThenI64AddRS)
    row(.globalGet, .brI32NeRI, .globalGetThenBrI32NeRI)
    row(.i32AddRS, .store32SR, .i32AddRSThenStore32SR)
    row(.i32AndRI, .i32OrRS, .i32AndRIThenI32OrRS)
    row(.store32SS, .store32SS, .store32SSThenStore32SS)
    row(.copy, .i32AddSI, .copyThenI32AddSI)
    row(.i32AddShl2, .copy, .i32AddShl2ThenCopy)
    row(.store32SR, .i32AddSI, .store32SRThenI32AddSI)
    row(.i64AndRS, .i64XorSS, .i64AndRSThenI64XorSS)
    row(.i64XorRS, .i64XorSI, .i64XorRSThenI64XorSI)
    row(.i32AddRS, .i32AddSI, .i32AddRSThenI32AddSI)
    row(.copy, .const32, .copyThenConst32)
    row(.i32AddRS, .i32XorSS, .i32AddRSThenI32XorSS)
    row(.i32ShrURI, .i32AndRI, .i32ShrURIThenI32AndRI)
    row(.i32AddSI, .retValue, .i32AddSIThenRetValue)
    row(.const32, .i32AddSI, .const32ThenI32AddSI)
    row(.i64XorSS, .i64ShlRI, .i64XorSSThenI64ShlRI)
    row(.i32AddSI, .i32AddBrNeI, .i32AddSIThenI32AddBrNeI)
    row(.i32AddRI, .i32LtURI, .i32AddRIThenI32LtURI)
    row(.i32LtURI, .i32OrRS, .i32LtURIThenI32OrRS)
    row(.i64AddRS, .i64ShrURI, .i64AddRSThenI64ShrURI)
    row(.i64XorRI, .i64AndRS, .i64XorRIThenI64AndRS)
    row(.i32AddRI, .store32SR, .i32AddRIThenStore32SR)
    row(.load8UX, .brI32EqRS, .load8UXThenBrI32EqRS)
    row(.load16UY, .brI32EqRS, .load16UYThenBrI32EqRS)
    row(.load16UY, .load16UY, .load16UYThenLoad16UY)
    row(.store32SR, .load32US, .store32SRThenLoad32US)
    row(.i32AddSI, .copy, .i32AddSIThenCopy)
    row(.load32US, .i32ShlSI, .load32USThenI32ShlSI)
    row(.load32UK, .store32SR, .load32UKThenStore32SR)
    row(.i32AddSS, .i32XorSS, .i32AddSSThenI32XorSS)
    row(.i64ShrURI, .i64AddRS, .i64ShrURIThenI64AddRS)
    row(.load32US, .i32AddRI, .load32USThenI32AddRI)
    row(.i64AddRS, .const32, .i64AddRSThenConst32)
    row(.i32EqSS, .brI32NonzeroR, .i32EqSSThenBrI32NonzeroR)
    row(.store32KS, .load32US, .store32KSThenLoad32US)
    row(.i64OrRS, .const32, .i64OrRSThenConst32)
    row(.i32NeSI, .brI32NonzeroR, .i32NeSIThenBrI32NonzeroR)
    row(.i32AddSI, .globalSet, .i32AddSIThenGlobalSet)
    row(.i32AddRI, .globalSet, .i32AddRIThenGlobalSet)
    row(.globalGet, .i32AddRI, .globalGetThenI32AddRI)
    row(.load8UX, .i32AddSI, .load8UXThenI32AddSI)
    row(.i32AddSI, .i32AndRS, .i32AddSIThenI32AndRS)
    row(.i32AddRI, .i32XorRI, .i32AddRIThenI32XorRI)
    row(.i32AndRS, .i32ShrURI, .i32AndRSThenI32ShrURI)
    row(.i32XorRI, .i32AndRS, .i32XorRIThenI32AndRS)
    row(.i32XorRI, .i32ShrURI, .i32XorRIThenI32ShrURI)
    row(.i32ShrURI, .i32AddSI, .i32ShrURIThenI32AddSI)
    row(.copy, .copy, .copyThenCopy)
    row(.i32AddRS, .i32ShrURI, .i32AddRSThenI32ShrURI)
    row(.i32XorRI, .i32AddRS, .i32XorRIThenI32AddRS)
    row(.load32US, .brI32GeUSR, .load32USThenBrI32GeUSR)
    row(.i32AddSS, .load8UR, .i32AddSSThenLoad8UR)
    row(.store32SR, .br, .store32SRThenBr)
    row(.i64XorSS, .i64ShrURI, .i64XorSSThenI64ShrURI)
    row(.i32OrRS, .i32AddSS, .i32OrRSThenI32AddSS)
    row(.i32AddSI, .i32AddRI, .i32AddSIThenI32AddRI)
    row(.load8UX, .brI32NeRI, .load8UXThenBrI32NeRI)
    row(.i64XorRS, .i64XorSS, .i64XorRSThenI64XorSS)
    row(.load32UK, .brI32ZeroR, .load32UKThenBrI32ZeroR)
    row(.store32SR, .load32UK, .store32SRThenLoad32UK)
    row(.i64ShlRI, .const32, .i64ShlRIThenConst32)
    row(.i64ShrUSI, .i64OrRS, .i64ShrUSIThenI64OrRS)
    row(.const32, .call, .const32ThenCall)
    row(.load8UR, .load8UX, .load8URThenLoad8UX)
    row(.i32ShlSI, .i32AddRS, .i32ShlSIThenI32AddRS)
    row(.i64AndRS, .i64XorRI, .i64AndRSThenI64XorRI)
    row(.i64ShlRI, .i64ShrUSI, .i64ShlRIThenI64ShrUSI)
    row(.i32OrSI, .i32AddRI, .i32OrSIThenI32AddRI)
    row(.i32ShlSR, .i32AndBrNonzeroI, .i32ShlSRThenI32AndBrNonzeroI)
    row(.load32US, .brI32GeURI, .load32USThenBrI32GeURI)
    row(.store32KS, .brI32NonzeroS, .store32KSThenBrI32NonzeroS)
    row(.selectR, .retValue, .selectRThenRetValue)
    row(.i32AddRS, .i32AddSS, .i32AddRSThenI32AddSS)
    row(.i32AddSI, .load8UR, .i32AddSIThenLoad8UR)
    row(.store32SR, .i32AddBrNeI, .store32SRThenI32AddBrNeI)
    row(.i32AddSS, .i32ShrURI, .i32AddSSThenI32ShrURI)
    row(.i32AndRS, .i32AndRI, .i32AndRSThenI32AndRI)
    row(.i32AndRS, .i32OrRS, .i32AndRSThenI32OrRS)
    row(.i32RotlRI, .i32AddSS, .i32RotlRIThenI32AddSS)
    row(.copyPair, .call, .copyPairThenCall)
    row(.i32ShlRI, .i32XorRI, .i32ShlRIThenI32XorRI)
    row(.i32AddRS, .load8UR, .i32AddRSThenLoad8UR)
    row(.i32AddSI, .i32AddShl2, .i32AddSIThenI32AddShl2)
    row(.copyPair, .copy, .copyPairThenCopy)
    row(.i64XorSS, .i64AddRS, .i64XorSSThenI64AddRS)
    row(.i64ShlSI, .const32, .i64ShlSIThenConst32)
    row(.store32KS, .load32UK, .store32KSThenLoad32UK)
    row(.i32XorRS, .i32ShlRI, .i32XorRSThenI32ShlRI)
    row(.const32, .copy, .const32ThenCopy)
    row(.i32AddSI, .store32RS, .i32AddSIThenStore32RS)
    row(.store32RS, .copy, .store32RSThenCopy)
    row(.copy, .brI32GeSSS, .copyThenBrI32GeSSS)
    row(.i32LtURI, .selectR, .i32LtURIThenSelectR)
    row(.i64AddRS, .i64ShrUSI, .i64AddRSThenI64ShrUSI)
    row(.i32AddRS, .load32US, .i32AddRSThenLoad32US)
    row(.i32AndRS, .i32AddShl2, .i32AndRSThenI32AddShl2)
    row(.const32, .select, .const32ThenSelect)
    row(.const32, .i32SubRS, .const32ThenI32SubRS)
    row(.i64AddRS, .store64SR, .i64AddRSThenStore64SR)
    row(.i32AddSS, .load32UX, .i32AddSSThenLoad32UX)
    row(.i32MulRS, .load32UX, .i32MulRSThenLoad32UX)
    row(.i32RemUSS, .i32MulRI, .i32RemUSSThenI32MulRI)
    return UnsafePointer(places)
  }()

  /// Words of every instruction, 0 for those of vector operators (`VectorForms`); a branch table's entries come on top.
  nonisolated(unsafe) private static let lengths: UnsafePointer<UInt8> = {
    let lengths = UnsafeMutablePointer<UInt8>.allocate(capacity: HandlerTable.count)
    lengths.initialize(repeating: 1, count: HandlerTable.count)
    for index in Instruction.twoWords.indices { lengths[Int(Instruction.twoWords[index].rawValue)] = 2 }
    for instruction in [Instruction.returnCallIndirect, .arrayNewSegment, .arrayInit] { lengths[Int(instruction.rawValue)] = 3 }
    (lengths + VectorForms.range.lowerBound).update(repeating: 0, count: VectorForms.range.count)
    return UnsafePointer(lengths)
  }()

  @inline(__always)
  private static func key(_ first: UInt16, _ second: UInt16) -> UInt32 { (UInt32(first) + 1) << 16 | UInt32(second) }

  @inline(__always)
  private static func place(_ key: UInt32) -> Int { Int((key &* 0x9E37_79B1) >> 23) }

  @inline(__always)
  private static func pair(_ first: UInt16, _ second: UInt16, _ places: UnsafePointer<UInt64>) -> UInt16? {
    let key = key(first, second)
    var place = place(key)
    while places[place] != 0 {
      if UInt32(truncatingIfNeeded: places[place]) == key { return UInt16(truncatingIfNeeded: places[place] >> 32) }
      place = (place + 1) % capacity
    }
    return nil
  }

  /// Words of the instruction that begins with `word`.
  @inline(__always)
  private static func count(_ word: UInt64, _ lengths: UnsafePointer<UInt8>) -> Int {
    let operation = UInt16(truncatingIfNeeded: word)
    let length = Int(lengths[Int(operation)])
    let count = _fastPath(length > 0) ? length : VectorForms.words(operation)
    return operation == Instruction.brTable.rawValue ? count + Int(word >> 32) + 1 : count
  }

  #if DEBUG
    /// Words that instructions begin at, as `join` finds them.
    static func starts(_ words: UnsafeMutablePointer<UInt64>, from start: Int, to end: Int) -> [Int] {
      var starts: [Int] = []
      var position = start
      while position < end {
        starts.append(position)
        position += count(words[position], lengths)
      }
      return starts
    }
  #endif

  /// Joins the pairs in a function's words from `start` to `end`.
  static func join(_ words: UnsafeMutablePointer<UInt64>, from start: Int, to end: Int) {
    // Once, because each access to the tables asks whether they are made.
    let (places, lengths) = (places, lengths)
    var position = start
    var previous = -1
    while position < end {
      let word = words[position]
      let operation = UInt16(truncatingIfNeeded: word)
      if previous >= 0, let joined = pair(UInt16(truncatingIfNeeded: words[previous]), operation, places) {
        words[previous] = words[previous] & ~0xFFFF | UInt64(joined)
        // The second one is done in the same dispatch: it need not begin a pair itself.
        previous = -1
      } else {
        previous = position
      }
      position += count(word, lengths)
    }
  }
}
