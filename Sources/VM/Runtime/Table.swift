/// A table (4.2.7), as the host holds it: it keeps its store alive.
public final class Table: Sendable {
  let record: TableRecord
  let store: Store

  init(_ record: TableRecord, store: Store) {
    self.record = record
    self.store = store
  }

  /// A table with all elements equal to `initial`. Throws when there is no memory for it or it is larger than this engine allows.
  public convenience init(type: TableType, initial: Value, store: Store) throws(ResourceError) {
    self.init(try TableRecord(type: type, initial: initial.slot), store: store)
  }

  /// Its minimum is the present count.
  public var type: TableType { record.type }
  public var count: Int { record.count }

  /// The element at `index`, or nil beyond the end.
  public func element(at index: Int) -> Value? {
    guard index >= 0, index < count else { return nil }
    return Value(slot: record.storage.pointee.elements[index], type: type.element, store: store)
  }
}
