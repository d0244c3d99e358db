/// A function the host can call, import or put in tables.
public final class Function: Equatable, @unchecked Sendable {
  let record: FunctionRecord.Pointer
  let store: Store

  init(record: FunctionRecord.Pointer, store: Store) {
    self.record = record
    self.store = store
  }

  /// A host function. `body` gets a 64-bit slot an argument, two for a v128, and leaves its results in the same slots, from the
  /// first on; 32-bit values stand zero-extended. An error it throws unwinds the guest.
  public init(store: Store, type: FunctionType, _ body: @escaping HostBody) {
    self.store = store
    record = store.makeHostRecord(HostCode(type: type, body: body))
  }

  /// Made anew on every use.
  public var type: FunctionType { TypeRegistry.shared.functionType(record.pointee.type) }

  public static func == (left: Function, right: Function) -> Bool { left.record == right.record }

  /// Calls the function. Arguments of a wrong number or type are a host trap; everything else that goes wrong is the trap it is.
  public func call(_ arguments: [Value] = []) throws(Trap) -> [Value] {
    let type = self.type
    guard arguments.count == type.parameters.count, zip(arguments, type.parameters).allSatisfy({ $0.fits($1) }) else {
      throw Trap(.host("a function of type \(type) was called with (\(arguments.map(\.type.description).joined(separator: " ")))"))
    }
    guard arguments.allSatisfy({ $0.isUsable(in: store) }) else {
      throw Trap(.host("a reference of another store cannot be used in this one"))
    }
    let count = max(type.parameters.slotCount, type.results.slotCount)
    return try store.withArgumentSlots(count) { (slots) throws(Trap) -> [Value] in
      var next = slots
      for argument in arguments {
        argument.write(to: next)
        next += argument.type.slotCount
      }
      try store.execute(record, slots)
      next = slots
      return type.results.map { type in
        defer { next += type.slotCount }
        return Value(slots: next, type: type, store: store)
      }
    }
  }
}

/// A host function's code; see `Function.init(store:type:_:)`.
public typealias HostBody = (borrowing Caller, UnsafeMutablePointer<UInt64>) throws(Trap) -> Void

/// What a host function sees of the instance that called it.
public struct Caller {
  let context: Context?

  /// Memory 0 of the calling instance, as it is now: fetch it again after anything that may grow it.
  public var memory: GuestMemory? { context?.instance.memories.first?.bytes }
}
