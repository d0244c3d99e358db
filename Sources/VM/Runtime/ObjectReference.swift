/// A reference that the host holds to something that is neither a function nor a plain number of its own: an object in the guest's heap, a
/// small integer, an exception. The object lives as long as the host holds it.
public final class ObjectReference: Equatable, @unchecked Sendable {
  public enum Kind: Sendable, Equatable {
    /// An integer of 31 bits, without a sign.
    case i31(UInt32)
    case structure, array, exception
    /// A number of the host's, as `any.convert_extern` makes it internal.
    case host(UInt64)
  }

  let slot: UInt64
  let store: Store
  /// The top of the hierarchy of types that it was handed over in.
  let hierarchy: ValueType
  private let handle: Int?

  /// - Parameter slot: not null.
  init(slot: UInt64, hierarchy: ValueType, store: Store) {
    self.slot = slot
    self.store = store
    self.hierarchy = hierarchy
    handle = slot & 3 == 0 ? store.heap?.hold(slot) : nil
  }

  /// A number of the host's below 2^62 as an internal reference, what `any.convert_extern` makes of it.
  public convenience init(host number: UInt64, store: Store) {
    self.init(slot: HeapObject.slot(host: number), hierarchy: .anyref, store: store)
  }

  deinit { if let handle { store.heap?.letGo(handle) } }

  public static func == (left: ObjectReference, right: ObjectReference) -> Bool { left.slot == right.slot && left.store === right.store }

  public var kind: Kind {
    if HeapObject.isI31(slot) { return .i31(UInt32(truncatingIfNeeded: slot >> 1)) }
    if HeapObject.isHost(slot) { return .host(slot >> 2) }
    switch HeapObject.type(slot).pointee.kind {
    case .structure: return .structure
    case .array: return .array
    case .function: return .exception
    }
  }

  /// The type that it has at least (4.2.1).
  public var type: ValueType {
    guard hierarchy == .anyref else { return hierarchy.nonNull }
    if HeapObject.isI31(slot) { return .i31ref.nonNull }
    if HeapObject.isHost(slot) { return .anyref.nonNull }
    return ValueType(defined: HeapObject.type(slot).pointee.number, isNullable: false)
  }
}
