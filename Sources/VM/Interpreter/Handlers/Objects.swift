import Glibc

// Structures and arrays (4.4.5). Objects are made in calls; reading and writing them is inline.

// MARK: Making objects

/// Memory for an object of the function that runs at `pc`, zeroed; nil where the heap is exhausted. Collects where it is time.
@inline(never)
func allocateObject(_ cx: CX, _ pc: PC, _ sp: SP, _ byteCount: Int) -> UnsafeMutableRawPointer? {
  let instance = Context(cx).instance
  let store = instance.store
  guard let heap = try? store.heapToUse() else { return nil }
  if !heap.wantsCollection, let object = heap.allocate(byteCount) { return object }
  guard let code = instance.module.code.function(at: pc) else { return nil }
  let frameBytes = code.pointee.entry.load(fromByteOffset: -8, as: UInt64.self)
  store.collect(upTo: sp + Int(frameBytes / 8))
  return heap.allocate(byteCount)
}

@inline(__always)
private func typeOperand(_ pc: PC) -> DefinedType.Pointer { DefinedType.Pointer(bitPattern: UInt(extraWord(pc))).unsafelyUnwrapped }

/// Goes on with an object's address in slot a, or traps where there is none.
@inline(__always)
private func finishNew(_ object: UInt64, _ width: Int, _ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ f0: Double) {
  if _slowPath(object == 0) { return raise(pc, sp, cx, .heapExhausted) }
  finish64(pc, sp, md, ms, cx, f0, width, object)
}

/// a: slot of the first field, and of the result; extra word: the type.
@inline(__always)
func structNew(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  finishNew(makeStructure(cx, pc, sp, typeOperand(pc), sp + operandA(pc)), 16, pc, sp, md, ms, cx, f0)
}

@inline(__always)
func structNewDefault(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  finishNew(makeStructure(cx, pc, sp, typeOperand(pc), nil), 16, pc, sp, md, ms, cx, f0)
}

@inline(never)
private func makeStructure(_ cx: CX, _ pc: PC, _ sp: SP, _ type: DefinedType.Pointer, _ values: SP?) -> UInt64 {
  guard let object = allocateObject(cx, pc, sp, type.pointee.byteCount) else { return 0 }
  type.pointee.writeHeader(object)
  if var value = values {
    for index in 0..<type.pointee.fields.count {
      let field = type.pointee.fields[index]
      field.write(value, to: object + Int(type.pointee.offsets[index]))
      value += field.storage.slotCount
    }
  }
  return UInt64(UInt(bitPattern: object))
}

/// An array of zeroes; nil where the heap is exhausted.
private func makeArray(_ cx: CX, _ pc: PC, _ sp: SP, _ type: DefinedType.Pointer, _ count: UInt32) -> UnsafeMutableRawPointer? {
  let byteCount = DefinedType.headerBytes + Int(count) * type.pointee.element.byteCount
  guard let array = allocateObject(cx, pc, sp, byteCount) else { return nil }
  type.pointee.writeHeader(array, count: count)
  return array
}

/// a: slot of the element, the count follows; result in a; extra word: the type.
@inline(__always)
func arrayNew(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  finishNew(makeFilledArray(cx, pc, sp, typeOperand(pc), sp + operandA(pc)), 16, pc, sp, md, ms, cx, f0)
}

@inline(never)
private func makeFilledArray(_ cx: CX, _ pc: PC, _ sp: SP, _ type: DefinedType.Pointer, _ operands: SP) -> UInt64 {
  let element = type.pointee.element
  let count = low32(operands, element.storage.slotCount)
  guard let array = makeArray(cx, pc, sp, type, count) else { return 0 }
  fill(array, element, from: 0, count: Int(count), operands)
  return UInt64(UInt(bitPattern: array))
}

private func fill(_ array: UnsafeMutableRawPointer, _ element: FieldType, from start: Int, count: Int, _ value: SP) {
  guard count > 0 else { return }
  let first = array + DefinedType.headerBytes + start * element.byteCount
  element.write(value, to: first)
  first.repeatFirst(element.byteCount, count: count)
}

/// a: slot of the count and of the result; extra word: the type.
@inline(__always)
func arrayNewDefault(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  finishNew(makeDefaultArray(cx, pc, sp, typeOperand(pc), a32(pc, sp)), 16, pc, sp, md, ms, cx, f0)
}

@inline(never)
private func makeDefaultArray(_ cx: CX, _ pc: PC, _ sp: SP, _ type: DefinedType.Pointer, _ count: UInt32) -> UInt64 {
  UInt64(UInt(bitPattern: makeArray(cx, pc, sp, type, count)))
}

/// a: slot of the first element and of the result; b: how many; extra word: the type.
@inline(__always)
func arrayNewFixed(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  finishNew(makeFixedArray(cx, pc, sp, typeOperand(pc), sp + operandA(pc), operandB(pc)), 16, pc, sp, md, ms, cx, f0)
}

@inline(never)
private func makeFixedArray(_ cx: CX, _ pc: PC, _ sp: SP, _ type: DefinedType.Pointer, _ operands: SP, _ count: Int) -> UInt64 {
  guard let array = makeArray(cx, pc, sp, type, UInt32(count)) else { return 0 }
  let element = type.pointee.element
  for index in 0..<count {
    element.write(operands + index * element.storage.slotCount, to: array + DefinedType.headerBytes + index * element.byteCount)
  }
  return UInt64(UInt(bitPattern: array))
}

/// a: slot of the offset, the count follows; result in a; extra words: the type, the segment.
@inline(__always)
func arrayNewSegment(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let operands = sp + operandA(pc)
  let object = makeSegmentArray(cx, pc, sp, typeOperand(pc), segmentOperand(pc), low32(operands, 0), low32(operands, 1))
  if _slowPath(object == UInt64.max) {
    return raise(pc, sp, cx, typeOperand(pc).pointee.element.storage.isReference ? .tableOutOfBounds : .memoryOutOfBounds)
  }
  finishNew(object, 24, pc, sp, md, ms, cx, f0)
}

@inline(__always) private func segmentOperand(_ pc: PC) -> Int { pc.load(fromByteOffset: 16, as: Int.self) }

/// The array; 0 where the heap is exhausted, all ones where the segment ends before.
@inline(never)
private func makeSegmentArray(
  _ cx: CX, _ pc: PC, _ sp: SP, _ type: DefinedType.Pointer, _ segment: Int, _ offset: UInt32, _ count: UInt32
) -> UInt64 {
  let instance = Context(cx).instance
  let element = type.pointee.element
  // The range is checked before the array is made: it may be larger than any memory.
  if element.storage.isReference {
    guard instance.hasElements(segment, UInt64(offset), UInt64(count)) else { return .max }
  } else {
    guard instance.data(segment, UInt64(offset), UInt64(count) * UInt64(element.byteCount)) != nil else { return .max }
  }
  guard let array = makeArray(cx, pc, sp, type, count) else { return 0 }
  copySegment(instance, segment, UInt64(offset), Int(count), element, array, 0)
  return UInt64(UInt(bitPattern: array))
}

/// Copies from a segment whose range has been checked.
private func copySegment(
  _ instance: InstanceRecord, _ segment: Int, _ offset: UInt64, _ count: Int, _ element: FieldType, _ array: UnsafeMutableRawPointer,
  _ start: Int
) {
  let first = array + DefinedType.headerBytes + start * element.byteCount
  if element.storage.isReference {
    _ = instance.copyElements(segment, offset, UInt64(count), to: first.assumingMemoryBound(to: UInt64.self))
  } else if let bytes = instance.data(segment, offset, UInt64(count * element.byteCount)), count > 0 {
    memcpy(first, bytes, count * element.byteCount)
  }
}

// MARK: Structures. b: slot of the structure; c: the field's place in units of its alignment

@inline(__always)
private func field<T: BitwiseCopyable>(_ type: T.Type, _ object: UInt64, _ pc: PC, _ unit: Int) -> T {
  UnsafeRawPointer(bitPattern: UInt(object)).unsafelyUnwrapped.loadUnaligned(fromByteOffset: operandC(pc) &* unit, as: T.self)
}

@inline(__always)
func structGet8S(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let object = b64(pc, sp)
  if _slowPath(object == 0) { return raiseNull(pc, sp, cx, .structure) }
  put32(pc, sp, md, ms, cx, f0, UInt32(truncatingIfNeeded: field(Int8.self, object, pc, 1)))
}
@inline(__always)
func structGet8U(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let object = b64(pc, sp)
  if _slowPath(object == 0) { return raiseNull(pc, sp, cx, .structure) }
  put32(pc, sp, md, ms, cx, f0, UInt32(field(UInt8.self, object, pc, 1)))
}
@inline(__always)
func structGet16S(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let object = b64(pc, sp)
  if _slowPath(object == 0) { return raiseNull(pc, sp, cx, .structure) }
  put32(pc, sp, md, ms, cx, f0, UInt32(truncatingIfNeeded: field(Int16.self, object, pc, 2)))
}
@inline(__always)
func structGet16U(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let object = b64(pc, sp)
  if _slowPath(object == 0) { return raiseNull(pc, sp, cx, .structure) }
  put32(pc, sp, md, ms, cx, f0, UInt32(field(UInt16.self, object, pc, 2)))
}
@inline(__always)
func structGet32(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let object = b64(pc, sp)
  if _slowPath(object == 0) { return raiseNull(pc, sp, cx, .structure) }
  put32(pc, sp, md, ms, cx, f0, field(UInt32.self, object, pc, 4))
}
@inline(__always)
func structGet64(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let object = b64(pc, sp)
  if _slowPath(object == 0) { return raiseNull(pc, sp, cx, .structure) }
  put64(pc, sp, md, ms, cx, f0, field(UInt64.self, object, pc, 8))
}
@inline(__always)
func structGet128(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let object = b64(pc, sp)
  if _slowPath(object == 0) { return raiseNull(pc, sp, cx, .structure) }
  vectorResult(pc, sp, md, ms, cx, r0, f0, 8, field(I64x2.self, object, pc, 8))
}

/// a: slot of the structure; b: slot of the value; c: the field's place.
@inline(__always)
private func setField<T: BitwiseCopyable>(
  _ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double, _ unit: Int, _ value: T
) {
  guard let object = UnsafeMutableRawPointer(bitPattern: UInt(a64(pc, sp))) else { return raiseNull(pc, sp, cx, .structure) }
  object.storeBytes(of: value, toByteOffset: operandC(pc) &* unit, as: T.self)
  next(pc + 8, sp, md, ms, cx, r0, f0)
}
@inline(__always)
func structSet8(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  setField(pc, sp, md, ms, cx, r0, f0, 1, UInt8(truncatingIfNeeded: b64(pc, sp)))
}
@inline(__always)
func structSet16(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  setField(pc, sp, md, ms, cx, r0, f0, 2, UInt16(truncatingIfNeeded: b64(pc, sp)))
}
@inline(__always)
func structSet32(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  setField(pc, sp, md, ms, cx, r0, f0, 4, b32(pc, sp))
}
@inline(__always)
func structSet64(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  setField(pc, sp, md, ms, cx, r0, f0, 8, b64(pc, sp))
}
@inline(__always)
func structSet128(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  setField(pc, sp, md, ms, cx, r0, f0, 8, vector(I64x2.self, sp, operandB(pc)))
}

// MARK: Arrays

@inline(__always)
private func count(_ array: UInt64) -> UInt32 {
  UnsafeRawPointer(bitPattern: UInt(array)).unsafelyUnwrapped.load(fromByteOffset: 4, as: UInt32.self)
}

@inline(__always)
private func element<T: BitwiseCopyable>(_ type: T.Type, _ array: UInt64, _ index: UInt32) -> T {
  UnsafeRawPointer(bitPattern: UInt(array)).unsafelyUnwrapped.loadUnaligned(
    fromByteOffset: DefinedType.headerBytes &+ Int(index) &* MemoryLayout<T>.size, as: T.self)
}

/// b: slot of the array; c: slot of the index.
@inline(__always)
func arrayGet8S(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let (array, index) = (b64(pc, sp), c32(pc, sp))
  if _slowPath(array == 0) { return raiseNull(pc, sp, cx, .array) }
  if _slowPath(index >= count(array)) { return raise(pc, sp, cx, .arrayOutOfBounds) }
  put32(pc, sp, md, ms, cx, f0, UInt32(truncatingIfNeeded: element(Int8.self, array, index)))
}
@inline(__always)
func arrayGet8U(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let (array, index) = (b64(pc, sp), c32(pc, sp))
  if _slowPath(array == 0) { return raiseNull(pc, sp, cx, .array) }
  if _slowPath(index >= count(array)) { return raise(pc, sp, cx, .arrayOutOfBounds) }
  put32(pc, sp, md, ms, cx, f0, UInt32(element(UInt8.self, array, index)))
}
@inline(__always)
func arrayGet16S(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let (array, index) = (b64(pc, sp), c32(pc, sp))
  if _slowPath(array == 0) { return raiseNull(pc, sp, cx, .array) }
  if _slowPath(index >= count(array)) { return raise(pc, sp, cx, .arrayOutOfBounds) }
  put32(pc, sp, md, ms, cx, f0, UInt32(truncatingIfNeeded: element(Int16.self, array, index)))
}
@inline(__always)
func arrayGet16U(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let (array, index) = (b64(pc, sp), c32(pc, sp))
  if _slowPath(array == 0) { return raiseNull(pc, sp, cx, .array) }
  if _slowPath(index >= count(array)) { return raise(pc, sp, cx, .arrayOutOfBounds) }
  put32(pc, sp, md, ms, cx, f0, UInt32(element(UInt16.self, array, index)))
}
@inline(__always)
func arrayGet32(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let (array, index) = (b64(pc, sp), c32(pc, sp))
  if _slowPath(array == 0) { return raiseNull(pc, sp, cx, .array) }
  if _slowPath(index >= count(array)) { return raise(pc, sp, cx, .arrayOutOfBounds) }
  put32(pc, sp, md, ms, cx, f0, element(UInt32.self, array, index))
}
@inline(__always)
func arrayGet64(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let (array, index) = (b64(pc, sp), c32(pc, sp))
  if _slowPath(array == 0) { return raiseNull(pc, sp, cx, .array) }
  if _slowPath(index >= count(array)) { return raise(pc, sp, cx, .arrayOutOfBounds) }
  put64(pc, sp, md, ms, cx, f0, element(UInt64.self, array, index))
}
@inline(__always)
func arrayGet128(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let (array, index) = (b64(pc, sp), c32(pc, sp))
  if _slowPath(array == 0) { return raiseNull(pc, sp, cx, .array) }
  if _slowPath(index >= count(array)) { return raise(pc, sp, cx, .arrayOutOfBounds) }
  vectorResult(pc, sp, md, ms, cx, r0, f0, 8, element(I64x2.self, array, index))
}

/// a: slot of the array; b: slot of the index; c: slot of the value.
@inline(__always)
private func setElement<T: BitwiseCopyable>(
  _ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double, _ value: T
) {
  let (array, index) = (a64(pc, sp), b32(pc, sp))
  if _slowPath(array == 0) { return raiseNull(pc, sp, cx, .array) }
  if _slowPath(index >= count(array)) { return raise(pc, sp, cx, .arrayOutOfBounds) }
  UnsafeMutableRawPointer(bitPattern: UInt(array)).unsafelyUnwrapped.storeBytes(
    of: value, toByteOffset: DefinedType.headerBytes &+ Int(index) &* MemoryLayout<T>.size, as: T.self)
  next(pc + 8, sp, md, ms, cx, r0, f0)
}
@inline(__always)
func arraySet8(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  setElement(pc, sp, md, ms, cx, r0, f0, UInt8(truncatingIfNeeded: c64(pc, sp)))
}
@inline(__always)
func arraySet16(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  setElement(pc, sp, md, ms, cx, r0, f0, UInt16(truncatingIfNeeded: c64(pc, sp)))
}
@inline(__always)
func arraySet32(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  setElement(pc, sp, md, ms, cx, r0, f0, c32(pc, sp))
}
@inline(__always)
func arraySet64(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  setElement(pc, sp, md, ms, cx, r0, f0, c64(pc, sp))
}
@inline(__always)
func arraySet128(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  setElement(pc, sp, md, ms, cx, r0, f0, vector(I64x2.self, sp, operandC(pc)))
}

@inline(__always)
func arrayLength(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let array = b64(pc, sp)
  if _slowPath(array == 0) { return raiseNull(pc, sp, cx, .array) }
  put32(pc, sp, md, ms, cx, f0, count(array))
}

/// a: array, start, value, count; extra word: the type.
@inline(__always)
func arrayFill(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let operands = sp + operandA(pc)
  if _slowPath(operands[0] == 0) { return raiseNull(pc, sp, cx, .array) }
  if _slowPath(!fillArray(typeOperand(pc), operands)) { return raise(pc, sp, cx, .arrayOutOfBounds) }
  next(pc + 16, sp, md, ms, cx, r0, f0)
}

@inline(never)
private func fillArray(_ type: DefinedType.Pointer, _ operands: SP) -> Bool {
  let element = type.pointee.element
  let (start, length) = (low32(operands, 1), low32(operands, 2 + element.storage.slotCount))
  guard UInt64(count(operands[0])).holds(UInt64(start), UInt64(length)) else { return false }
  let array = UnsafeMutableRawPointer(bitPattern: UInt(operands[0])).unsafelyUnwrapped
  fill(array, element, from: Int(start), count: Int(length), operands + 2)
  return true
}

/// a: destination, start, source, start, count; extra word: the destination's type.
@inline(__always)
func arrayCopy(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let operands = sp + operandA(pc)
  if _slowPath(operands[0] == 0 || operands[2] == 0) { return raiseNull(pc, sp, cx, .array) }
  if _slowPath(!copyArray(typeOperand(pc), operands)) { return raise(pc, sp, cx, .arrayOutOfBounds) }
  next(pc + 16, sp, md, ms, cx, r0, f0)
}

@inline(never)
private func copyArray(_ type: DefinedType.Pointer, _ operands: SP) -> Bool {
  let (start, offset, length) = (UInt64(low32(operands, 1)), UInt64(low32(operands, 3)), UInt64(low32(operands, 4)))
  guard UInt64(count(operands[0])).holds(start, length), UInt64(count(operands[2])).holds(offset, length) else { return false }
  let width = type.pointee.element.byteCount
  let destination = UnsafeMutableRawPointer(bitPattern: UInt(operands[0])).unsafelyUnwrapped + DefinedType.headerBytes
  let source = UnsafeRawPointer(bitPattern: UInt(operands[2])).unsafelyUnwrapped + DefinedType.headerBytes
  memmove(destination + Int(start) * width, source + Int(offset) * width, Int(length) * width)
  return true
}

/// a: array, start, offset, count; extra words: the type, the segment.
@inline(__always)
func arrayInit(_ pc: PC, _ sp: SP, _ md: MD, _ ms: Word, _ cx: CX, _ r0: Word, _ f0: Double) {
  let operands = sp + operandA(pc)
  if _slowPath(operands[0] == 0) { return raiseNull(pc, sp, cx, .array) }
  let trap = initializeArray(cx, typeOperand(pc), segmentOperand(pc), operands)
  if _slowPath(trap != 0) { return raise(pc, sp, cx, trap == 1 ? .arrayOutOfBounds : trap == 2 ? .tableOutOfBounds : .memoryOutOfBounds) }
  next(pc + 24, sp, md, ms, cx, r0, f0)
}

/// 0, or what ends before: 1 the array, 2 an element segment, 3 a data segment.
@inline(never)
private func initializeArray(_ cx: CX, _ type: DefinedType.Pointer, _ segment: Int, _ operands: SP) -> Int {
  let instance = Context(cx).instance
  let element = type.pointee.element
  let (start, offset, length) = (UInt64(low32(operands, 1)), UInt64(low32(operands, 2)), UInt64(low32(operands, 3)))
  guard UInt64(count(operands[0])).holds(start, length) else { return 1 }
  if element.storage.isReference {
    guard instance.hasElements(segment, offset, length) else { return 2 }
  } else {
    guard instance.data(segment, offset, length * UInt64(element.byteCount)) != nil else { return 3 }
  }
  let array = UnsafeMutableRawPointer(bitPattern: UInt(operands[0])).unsafelyUnwrapped
  copySegment(instance, segment, offset, Int(length), element, array, Int(start))
  return 0
}
