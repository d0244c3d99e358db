/// What the linear memories of a store may have together, by a limit that may change while they grow: that of a container, for instance.
///
/// A guest that asks for more is told so by `memory.grow` (4.5.3.9), long before the system would have to end it. One thread at a time uses a
/// budget.
public final class MemoryBudget {
  private var byteCount = 0
  private let limit: () -> Int

  /// - Parameter limit: asked at every growth; in bytes.
  public init(limit: @escaping () -> Int) { self.limit = limit }

  /// False where the limit is too low for so many bytes more.
  func take(_ added: Int) -> Bool {
    guard added == 0 || byteCount + added <= limit() else { return false }
    byteCount += added
    return true
  }

  func giveBack(_ byteCount: Int) { self.byteCount -= byteCount }
}
