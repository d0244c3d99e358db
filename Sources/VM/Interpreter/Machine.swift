// The interpreter's machine: seven registers, handlers that end in a jump.
//
// pc  next instruction word            sp  frame base (slots)       md  base of memory 0       ms  bytes of memory 0
// cx  context (handler table, fields)  r0  last integer result      f0  last f64 result
//
// Every handler takes and passes on all seven, so the C calling convention keeps them in registers for ever. The dispatch is the textually
// last thing a handler does: the compiler turns it into a jump, which `scripts/check-handlers` proves for release builds.
// Debug builds run the same handlers under a driver loop, because unoptimised code makes real calls.
//
// An instruction is one 64-bit word [operation 16 | a 16 | b 16 | c 16], some followed by immediate words. a is mostly the destination slot.
// r0 and f0 are written through: they repeat what went to the destination slot, so that the next instruction can take its operand
// from the register instead of waiting for the store.

typealias Word = UInt64
typealias PC = UnsafeMutableRawPointer
typealias SP = UnsafeMutablePointer<UInt64>
typealias MD = UnsafeMutableRawPointer
typealias CX = UnsafeMutablePointer<UInt64>
typealias Handler = @convention(c) (PC, SP, MD, Word, CX, Word, Double) -> Void

#if DEBUG
  @inline(__always)
  func next(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
    Context(cx).state.pointee.registers = MachineRegisters(
      pc: UInt64(UInt(bitPattern: pc)), sp: UInt64(UInt(bitPattern: sp)), md: UInt64(UInt(bitPattern: md)), ms: ms,
      cx: UInt64(UInt(bitPattern: cx)), r0: r0, f0: f0, isRunning: true)
  }

  /// Runs until a handler neither dispatches nor traps.
  func drive(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word) {
    let state = Context(cx).state
    next(pc, sp, md, ms, cx, r0, 0)
    while state.pointee.registers.isRunning {
      let registers = state.pointee.registers
      state.pointee.registers.isRunning = false
      let pc = PC(bitPattern: UInt(registers.pc)).unsafelyUnwrapped
      let cx = CX(bitPattern: UInt(registers.cx)).unsafelyUnwrapped
      unsafeBitCast(UInt(cx[Int(pc.load(as: UInt16.self))]), to: Handler.self)(
        pc, SP(bitPattern: UInt(registers.sp)).unsafelyUnwrapped, MD(bitPattern: UInt(registers.md)).unsafelyUnwrapped, registers.ms, cx,
        registers.r0, registers.f0)
    }
  }
#else
  @inline(__always)
  func next(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
    unsafeBitCast(UInt(cx[Int(pc.load(as: UInt16.self))]), to: Handler.self)(pc, sp, md, ms, cx, r0, f0)
  }

  @inline(never)
  func drive(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word) { next(pc, sp, md, ms, cx, r0, 0) }
#endif

/// Ends the run with a trap: records where, and returns to whoever called `drive`.
@inline(never)
func raise(_ pc: PC, _ sp: SP, _ cx: CX, _ trap: TrapCode) { raise(pc, sp, cx, trap, 0) }

@inline(never)
func raise(_ pc: PC, _ sp: SP, _ cx: CX, _ trap: TrapCode, _ detail: Word) {
  let state = Context(cx).state
  state.pointee.trap = trap.rawValue
  state.pointee.pc = UInt64(UInt(bitPattern: pc))
  state.pointee.sp = UInt64(UInt(bitPattern: sp))
  state.pointee.detail = detail
  state.pointee.context = UInt64(UInt(bitPattern: cx))
}

// The two traps that many short handlers have. They take what a handler has, in the same registers: the way to them is one jump, and the
// handler fits the cache line that it is aligned to (Package.swift). Optimised, they would lose the parameters that they do not use.

@inline(never) @_optimize(none)
func trapOutOfBounds(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX) { raise(pc, sp, cx, .memoryOutOfBounds) }

@inline(never) @_optimize(none)
func trapStackOverflow(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX) { raise(pc, sp, cx, .stackOverflow) }

/// Traps by number, for handlers.
enum TrapCode: UInt64 {
  case unreachable = 1
  case memoryOutOfBounds, tableOutOfBounds, undefinedElement, uninitializedElement, indirectCallTypeMismatch
  case integerDivideByZero, integerOverflow, invalidConversionToInteger, stackOverflow, interrupted
  case fuelExhausted, castFailure, arrayOutOfBounds, heapExhausted, unalignedAtomic, expectedSharedMemory
  /// The detail says what was null.
  case nullReference
  /// The detail is the exception.
  case uncaughtException
  /// A host function threw; `Store.pendingTrap` has the trap.
  case host
  /// No trap: the exception in the detail is on its way through compiled code to who catches it.
  case exception
}

// MARK: Operands

@inline(__always) func operandA(_ pc: PC) -> Int { Int(pc.load(fromByteOffset: 2, as: UInt16.self)) }
@inline(__always) func operandB(_ pc: PC) -> Int { Int(pc.load(fromByteOffset: 4, as: UInt16.self)) }
@inline(__always) func operandC(_ pc: PC) -> Int { Int(pc.load(fromByteOffset: 6, as: UInt16.self)) }
/// c as a signed immediate.
@inline(__always) func immediate32(_ pc: PC) -> UInt32 { UInt32(truncatingIfNeeded: pc.load(fromByteOffset: 6, as: Int16.self)) }
@inline(__always) func immediate64(_ pc: PC) -> UInt64 { UInt64(truncatingIfNeeded: pc.load(fromByteOffset: 6, as: Int16.self)) }
/// The word after the instruction.
@inline(__always) func extraWord(_ pc: PC) -> Word { pc.load(fromByteOffset: 8, as: UInt64.self) }
@inline(__always) func extraLow(_ pc: PC) -> UInt32 { pc.load(fromByteOffset: 8, as: UInt32.self) }
@inline(__always) func extraHigh(_ pc: PC) -> UInt32 { pc.load(fromByteOffset: 12, as: UInt32.self) }

@inline(__always) func low32(_ sp: SP, _ slot: Int) -> UInt32 { UnsafeRawPointer(sp + slot).load(as: UInt32.self) }
@inline(__always) func float64(_ sp: SP, _ slot: Int) -> Double { UnsafeRawPointer(sp + slot).load(as: Double.self) }
@inline(__always) func float32(_ sp: SP, _ slot: Int) -> Float { UnsafeRawPointer(sp + slot).load(as: Float.self) }

@inline(__always) func a32(_ pc: PC, _ sp: SP) -> UInt32 { low32(sp, operandA(pc)) }
@inline(__always) func b32(_ pc: PC, _ sp: SP) -> UInt32 { low32(sp, operandB(pc)) }
@inline(__always) func c32(_ pc: PC, _ sp: SP) -> UInt32 { low32(sp, operandC(pc)) }
@inline(__always) func a64(_ pc: PC, _ sp: SP) -> UInt64 { sp[operandA(pc)] }
@inline(__always) func b64(_ pc: PC, _ sp: SP) -> UInt64 { sp[operandB(pc)] }
@inline(__always) func c64(_ pc: PC, _ sp: SP) -> UInt64 { sp[operandC(pc)] }
@inline(__always) func bF64(_ pc: PC, _ sp: SP) -> Double { float64(sp, operandB(pc)) }
@inline(__always) func cF64(_ pc: PC, _ sp: SP) -> Double { float64(sp, operandC(pc)) }
@inline(__always) func bF32(_ pc: PC, _ sp: SP) -> Float { float32(sp, operandB(pc)) }
@inline(__always) func cF32(_ pc: PC, _ sp: SP) -> Float { float32(sp, operandC(pc)) }
@inline(__always) func r32(_ r0: Word) -> UInt32 { UInt32(truncatingIfNeeded: r0) }

// MARK: Results: write the destination slot, repeat the value in r0 or f0, go on with the next instruction

@inline(__always)
func put32(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ f0: Double, _ value: UInt32) {
  sp[operandA(pc)] = UInt64(value)
  next(pc + 8, sp, md, ms, cx, UInt64(value), f0)
}

@inline(__always)
func put64(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ f0: Double, _ value: UInt64) {
  sp[operandA(pc)] = value
  next(pc + 8, sp, md, ms, cx, value, f0)
}

@inline(__always)
func putF32(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double, _ value: Float) {
  sp[operandA(pc)] = UInt64(value.bitPattern)
  next(pc + 8, sp, md, ms, cx, r0, f0)
}

@inline(__always)
func putF64(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ value: Double) {
  UnsafeMutableRawPointer(sp + operandA(pc)).storeBytes(of: value, as: Double.self)
  next(pc + 8, sp, md, ms, cx, r0, value)
}

/// Takes the branch whose signed 16-bit distance in words is operand c. Two dispatches and the hint keep this a branch:
/// as a conditional move the next instruction's address would wait for the condition (2.3 times slower).
@inline(__always)
func branch(_ taken: Bool, _ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  if _fastPath(taken) {
    next(pc + Int(pc.load(fromByteOffset: 6, as: Int16.self)) &* 8, sp, md, ms, cx, r0, f0)
  } else {
    next(pc + 8, sp, md, ms, cx, r0, f0)
  }
}

/// As `branch`, with a signed 32-bit distance in the upper half of the extra word.
@inline(__always)
func farBranch(_ taken: Bool, _ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  if _fastPath(taken) {
    next(pc + Int(pc.load(fromByteOffset: 12, as: Int32.self)) &* 8, sp, md, ms, cx, r0, f0)
  } else {
    next(pc + 16, sp, md, ms, cx, r0, f0)
  }
}

// MARK: Memory 0

/// base + index << shift (32 bits), plus an offset; the extra word has the offset in its lower half and the shift above.
@inline(__always)
func scaledAddress(_ pc: PC, _ base: UInt32, _ index: UInt32) -> UInt64 {
  let shift = pc.load(fromByteOffset: 12, as: UInt32.self)
  return UInt64(base &+ index &<< shift) &+ UInt64(pc.load(fromByteOffset: 8, as: UInt32.self))
}

/// Loads a little-endian value at an effective address, or traps (4.4.7.1).
@inline(__always)
func load<T: BitwiseCopyable>(_ type: T.Type, _ address: UInt64, _ md: MD) -> T {
  UnsafeRawPointer(md + Int(truncatingIfNeeded: address)).loadUnaligned(as: T.self)
}

@inline(__always)
func store<T: BitwiseCopyable>(_ value: T, _ address: UInt64, _ md: MD) {
  (md + Int(truncatingIfNeeded: address)).storeBytes(of: value, as: T.self)
}

/// Whether `size` bytes at `address` (at most 2^33) reach beyond the memory's end.
@inline(__always)
func isOutside(_ address: UInt64, _ size: Int, _ ms: Word) -> Bool { _slowPath(address &+ UInt64(size) > ms) }

// MARK: Immediates and results of two-word instructions

/// b and c together: 32 bits.
@inline(__always) func wideImmediate(_ pc: PC) -> UInt32 { pc.load(fromByteOffset: 4, as: UInt32.self) }
/// b as a signed immediate, where c holds a distance or an offset.
@inline(__always) func branchImmediate32(_ pc: PC) -> UInt32 { UInt32(truncatingIfNeeded: pc.load(fromByteOffset: 4, as: Int16.self)) }
@inline(__always) func branchImmediate64(_ pc: PC) -> UInt64 { UInt64(truncatingIfNeeded: pc.load(fromByteOffset: 4, as: Int16.self)) }

@inline(__always)
func finish32(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ f0: Double, _ width: Int, _ value: UInt32) {
  sp[operandA(pc)] = UInt64(value)
  next(pc + width, sp, md, ms, cx, UInt64(value), f0)
}

@inline(__always)
func finish64(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ f0: Double, _ width: Int, _ value: UInt64) {
  sp[operandA(pc)] = value
  next(pc + width, sp, md, ms, cx, value, f0)
}

@inline(__always)
func finishF64(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ width: Int, _ value: Double) {
  UnsafeMutableRawPointer(sp + operandA(pc)).storeBytes(of: value, as: Double.self)
  next(pc + width, sp, md, ms, cx, r0, value)
}
