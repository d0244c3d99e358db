/// A table (4.2.7), as the host holds it: it keeps its store alive.
public final class Table: Sendable {
  let record: TableRecord
  let store: Store

  init(_ record: TableRecord, store: Store) {
    self.record = record
    self.store = store
  }

  /// A table with all elements equal to `initial`.
  /// - Throws: `ValueError` where that is not of the element type or a function of another store; `ResourceError` where there is no
  ///   memory for the table or it is larger than this engine allows.
  public convenience init(type: TableType, initial: Value, store: Store) throws {
    let slot = try initial.checked(as: type.element, in: store).slot
    let record = try TableRecord(type: type, initial: slot, largestCount: store.limits.tableElements)
    if type.element.canReferToObject { store.adopt(record) }
    self.init(record, store: store)
  }

  /// Its minimum is the present count.
  public var type: TableType { record.type }
  /// Elements, as `table.size` returns them (4.4.6).
  public var count: Int { record.count }

  /// The element at `index`, or nil beyond the end.
  public func element(at index: Int) -> Value? {
    guard index >= 0, index < count else { return nil }
    return Value(slot: record.storage.pointee.elements[index], type: type.element, store: store)
  }
}
