/// Splats, single lanes and lanes chosen by lanes (4.4.3).
extension Compiler {
  // MARK: Splats

  mutating func vectorSplat(_ opcode: Opcode) {
    let value = pop()
    switch opcode {
    case .i8x16Splat: splat(value, VEX.pbroadcastb, width: 1)
    case .i16x8Splat: splat(value, VEX.pbroadcastw, width: 2)
    case .i32x4Splat, .f32x4Splat: splat(value, VEX.broadcastss, width: 4)
    default: splat(value, VEX.movddup, width: 8)
    }
  }

  private mutating func splat(_ value: StackValue, _ form: VEX, width: Int) {
    if value.place == .constant {
      let result = vectorDestination(value)
      let bits = Self.repeated(value.bits, width: width)
      loadVectorConstant(result, bits, bits)
      pushRegister(.v128, result.number)
      return
    }
    let source: MachineOperand
    if value.kind.isFloat {
      source = floatSource(value)
    } else if registerNumber(value) == Self.noRegister {
      source = self.source(value)
    } else {
      storage.assembler.moveToVector(Self.scratchFloat, MachineOperand(Register(registerNumber(value))), wide: width == 8)
      source = MachineOperand(Self.scratchFloat)
    }
    let result = vectorDestination(value)
    storage.assembler.vector(form, result, source)
    finishFloat(.v128, value, nil, result)
  }

  /// The lowest bytes of a number, again and again.
  private static func repeated(_ bits: UInt64, width: Int) -> UInt64 {
    switch width {
    case 1: (bits & 0xFF) &* 0x0101_0101_0101_0101
    case 2: (bits & 0xFFFF) &* 0x0001_0001_0001_0001
    case 4: (bits & 0xFFFF_FFFF) &* 0x0000_0001_0000_0001
    default: bits
    }
  }

  // MARK: Single lanes

  mutating func vectorLane(_ opcode: Opcode, _ lane: UInt8) {
    switch opcode {
    case .i8x16ExtractLaneS: extractInteger(lane, .i32, width: 1, isSigned: true)
    case .i8x16ExtractLaneU: extractInteger(lane, .i32, width: 1, isSigned: false)
    case .i16x8ExtractLaneS: extractInteger(lane, .i32, width: 2, isSigned: true)
    case .i16x8ExtractLaneU: extractInteger(lane, .i32, width: 2, isSigned: false)
    case .i32x4ExtractLane: extractInteger(lane, .i32, width: 4, isSigned: false)
    case .i64x2ExtractLane: extractInteger(lane, .i64, width: 8, isSigned: false)
    case .f32x4ExtractLane: extractFloat(lane, .f32, width: 4)
    case .f64x2ExtractLane: extractFloat(lane, .f64, width: 8)
    case .i8x16ReplaceLane: replaceInteger(lane, width: 1)
    case .i16x8ReplaceLane: replaceInteger(lane, width: 2)
    case .i32x4ReplaceLane: replaceInteger(lane, width: 4)
    case .i64x2ReplaceLane: replaceInteger(lane, width: 8)
    case .f32x4ReplaceLane: replaceFloat32(lane)
    case .f64x2ReplaceLane: replaceFloat64(lane)
    default: preconditionFailure("no operator of a lane: \(opcode)")
    }
  }

  /// Offset of the operator behind one with a lane.
  private var behindLane: Int { offset + vectorLength + 1 }

  private mutating func extractInteger(_ lane: UInt8, _ kind: ValueKind, width: Int, isSigned: Bool) {
    let value = pop()
    var source = floatSource(value)
    let target = hint(kind, behindLane)
    let result = target != Self.noRegister ? Register(target) : newInteger()
    if source.kind == .memory {
      source.displacement += Int32(lane) * Int32(width)
      if width == 8 {
        storage.assembler.load(result, source, wide: true)
      } else {
        storage.assembler.loadExtended(result, source, bits: width * 8, isSigned: isSigned, wide: false)
      }
    } else {
      let register = VectorRegister(source.base)
      if lane == 0, width >= 4 {
        storage.assembler.moveFromVector(MachineOperand(result), register, wide: width == 8)
      } else {
        storage.assembler.extractLane(Self.extraction(width), MachineOperand(result), register, lane)
      }
      if isSigned {
        storage.assembler.loadExtended(result, MachineOperand(result), bits: width * 8, isSigned: true, wide: false)
      }
    }
    release(value)
    pushRegister(kind, result.number)
  }

  private mutating func extractFloat(_ lane: UInt8, _ kind: ValueKind, width: Int) {
    let value = pop()
    var source = floatSource(value)
    let result = floatDestination(kind, value, length: vectorLength + 1)
    if source.kind == .memory {
      source.displacement += Int32(lane) * Int32(width)
      storage.assembler.loadFloat(result, source, width: width)
    } else if kind == .f32 {
      // The other lanes of the result become zero.
      storage.assembler.vector(VEX.insertps, result, VectorRegister(source.base), source, immediate: lane << 6 | 0b1110)
    } else if lane == 1 {
      storage.assembler.vector(VEX.punpckhqdq, result, VectorRegister(source.base), source)
    } else if result.number != source.base {
      storage.assembler.moveVector(result, VectorRegister(source.base))
    }
    finishFloat(kind, value, nil, result)
  }

  private mutating func replaceInteger(_ lane: UInt8, width: Int) {
    var right = pop()
    var left = pop()
    let register = inFloatRegister(&left)
    let isInMemory = (right.place == .slot || right.place == .local) && registerNumber(right) == Self.noRegister
    let lower = isInMemory ? source(right) : MachineOperand(inRegister(&right))
    let result = floatDestination(.v128, left, length: vectorLength + 1)
    storage.assembler.vector(Self.insertion(width), result, register, lower, immediate: lane)
    finishFloat(.v128, left, right, result)
  }

  private mutating func replaceFloat32(_ lane: UInt8) {
    var right = pop()
    var left = pop()
    let register = inFloatRegister(&left)
    let scalar = inFloatRegister(&right)
    let result = floatDestination(.v128, left, right, length: vectorLength + 1)
    storage.assembler.vector(VEX.insertps, result, register, scalar, immediate: lane << 4)
    finishFloat(.v128, left, right, result)
  }

  private mutating func replaceFloat64(_ lane: UInt8) {
    var right = pop()
    var left = pop()
    let register = inFloatRegister(&left)
    let scalar = inFloatRegister(&right)
    let result = floatDestination(.v128, left, right, length: vectorLength + 1)
    storage.assembler.vector(lane == 0 ? VEX.movsd : VEX.punpcklqdq, result, register, scalar)
    finishFloat(.v128, left, right, result)
  }

  // MARK: Lanes chosen by lanes

  /// Adding 112 with saturation gives every index of 16 and more its top bit, which makes the lane 0.
  mutating func vectorSwizzle() {
    var right = pop()
    var left = pop()
    let indices = inFloatRegister(&right)
    let register = inFloatRegister(&left)
    storage.assembler.vector(VEX.paddusb, Self.scratchFloat, indices, constant(0x7070_7070_7070_7070, 0x7070_7070_7070_7070))
    let result = vectorDestination(left, right)
    storage.assembler.vector(VEX.pshufb, result, register, Self.scratchFloat)
    finishFloat(.v128, left, right, result)
  }
}
