/// A global (4.2.9), as the host holds it: it keeps its store alive.
public final class Global: Sendable {
  let record: GlobalRecord
  let store: Store

  init(_ record: GlobalRecord, store: Store) {
    self.record = record
    self.store = store
  }

  public convenience init(type: GlobalType, value: Value, store: Store) {
    self.init(GlobalRecord(type: type, value: value), store: store)
  }

  public var type: GlobalType { record.type }

  public var value: Value {
    get { Value(slots: record.cell, type: type.value, store: store) }
    set { newValue.write(to: record.cell) }
  }
}
