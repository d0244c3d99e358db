import Testing
import VM

@testable import Conformance

/// Traps are compared by what they are, not by what engines call them.
@Suite("Trap kinds")
struct TrapKindTests {
  @Test func `every trap of ours is of the kind that its words mean`() {
    let reasons: [Trap.Reason] = [
      .unreachable, .memoryOutOfBounds, .tableOutOfBounds, .undefinedElement, .uninitializedElement(3), .indirectCallTypeMismatch,
      .integerDivideByZero, .integerOverflow, .invalidConversionToInteger, .stackOverflow, .nullReference(.array), .nullReference(.i31),
      .castFailure, .arrayOutOfBounds, .uncaughtException, .unalignedAtomic, .expectedSharedMemory,
    ]
    for reason in reasons { #expect(TrapKind(reason) != nil && TrapKind(reason) == TrapKind(reason.description), "\(reason)") }
  }

  @Test func `what scripts cannot expect has no kind`() {
    for reason: Trap.Reason in [.fuelExhausted, .interrupted, .host("it failed"), .exit(0), .heapExhausted] {
      #expect(TrapKind(reason) == nil)
    }
    #expect(TrapKind("all fuel consumed") == nil)
  }

  @Test func `different null references are one kind, different bounds are not`() {
    #expect(TrapKind("null reference") == TrapKind("null structure reference"))
    #expect(TrapKind("uninitialized element 7") == TrapKind("uninitialized element"))
    #expect(TrapKind("out of bounds memory access") != TrapKind("out of bounds table access"))
  }
}
