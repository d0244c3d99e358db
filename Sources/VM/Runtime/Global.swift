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
    self.init(GlobalRecord(type: type, value: try value.checked(as: type.value, in: store)), store: store)
  }

  public var type: GlobalType { record.type }

  public var value: Value { Value(slots: record.cell, type: type.value, store: store) }

  /// - Throws: where the global is constant, the value is not of its type, or a function of another store.
  public func set(_ value: Value) throws(ValueError) {
    guard type.isMutable else { throw ValueError(description: "a constant global cannot be set") }
    try value.checked(as: type.value, in: store).write(to: record.cell)
  }
}
