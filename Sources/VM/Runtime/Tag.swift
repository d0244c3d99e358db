/// A tag (4.2.10), as the host holds it: what exceptions are told apart by. It keeps its store alive.
public final class Tag: Sendable {
  let record: TagRecord
  let store: Store

  init(_ record: TagRecord, store: Store) {
    self.record = record
    self.store = store
  }

  /// - Parameter type: without results.
  public convenience init(type: FunctionType, store: Store) {
    let record = TagRecord(type: TypeRegistry.shared.number(of: FunctionType(type.parameters, List())))
    store.adopt(record)
    self.init(record, store: store)
  }
}

/// A tag as instances see it; its store keeps it.
final class TagRecord: @unchecked Sendable {
  /// Canonical number of its type.
  let type: UInt32
  init(type: UInt32) { self.type = type }

  /// What an exception's object has of it.
  var word: UInt64 { UInt64(UInt(bitPattern: Unmanaged.passUnretained(self).toOpaque())) }
}
