/// A global (4.2.9), as the host holds it: it keeps its store alive.
public final class Global: Sendable {
  let record: GlobalRecord
  let store: Store

  init(_ record: GlobalRecord, store: Store) {
    self.record = record
    self.store = store
  }

  /// - Throws: where the value is not of the type, or a function of another store.
  public convenience init(type: GlobalType, value: Value, store: Store) throws(ValueError) {
    let record = GlobalRecord(type: type, value: try value.checked(as: type.value, in: store))
    if type.value.canReferToObject { store.adopt(record) }
    self.init(record, store: store)
  }

  /// Stays as it was made: setting changes the value alone.
  public var type: GlobalType { record.type }

  /// As it is now, also after a guest's `global.set`.
  public var value: Value { Value(slots: record.cell, type: type.value, store: store) }

  /// - Throws: where the global is constant, the value is not of its type, or a function of another store.
  public func set(_ value: Value) throws(ValueError) {
    guard type.isMutable else { throw ValueError(description: "a constant global cannot be set") }
    try value.checked(as: type.value, in: store).write(to: record.cell)
  }
}
