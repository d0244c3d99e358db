/// A global as instances see it: a cell that several of them can share.
final class GlobalRecord: @unchecked Sendable {
  let type: GlobalType
  /// The cell; in the owning instance's context for globals a module defines, so that its code reaches them with one load.
  let cell: UnsafeMutablePointer<UInt64>
  private let ownsCell: Bool

  /// A global of the host's.
  init(type: GlobalType, value: Value) {
    self.type = type
    cell = .allocate(capacity: type.value.slotCount)
    value.write(to: cell)
    ownsCell = true
  }

  /// A view of a cell that lives as long as the store.
  init(type: GlobalType, cell: UnsafeMutablePointer<UInt64>) {
    self.type = type
    self.cell = cell
    ownsCell = false
  }

  deinit { if ownsCell { cell.deallocate() } }
}
