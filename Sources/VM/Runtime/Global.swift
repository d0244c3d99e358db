/// A global (4.2.9): a cell that instances and the host share.
public final class Global: @unchecked Sendable {
  public let type: GlobalType
  /// The cell; in the owning instance's context for globals a module defines, so that its code reaches them with one load.
  let cell: UnsafeMutablePointer<UInt64>
  private let ownsCell: Bool
  unowned let store: Store

  public init(type: GlobalType, value: Value, store: Store) {
    self.type = type
    self.store = store
    cell = .allocate(capacity: type.value.slotCount)
    value.write(to: cell)
    ownsCell = true
  }

  /// A view of a cell that lives as long as the store.
  init(type: GlobalType, cell: UnsafeMutablePointer<UInt64>, store: Store) {
    self.type = type
    self.store = store
    self.cell = cell
    ownsCell = false
  }

  deinit { if ownsCell { cell.deallocate() } }

  public var value: Value {
    get { Value(slots: cell, type: type.value, store: store) }
    set { newValue.write(to: cell) }
  }
}
