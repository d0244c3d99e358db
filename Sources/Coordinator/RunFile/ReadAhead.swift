import Foundation

/// Items that one thread makes and another uses, in order, a few of them made ahead.
enum ReadAhead {
  private static let depth = 4

  /// - Parameters:
  ///   - make: runs on a thread of its own and calls `give` with each item; what it throws is thrown here, after the items given before.
  ///   - use: runs on the calling thread; where it throws, nothing more is made.
  static func each<Item: Sendable>(
    _ make: @escaping @Sendable (_ give: (Item) throws -> Void) throws -> Void, _ use: (Item) throws -> Void
  ) throws {
    let items = Handover<Item>(depth: depth)
    let thread = Thread { items.end(Result { try make(items.give) }) }
    thread.start()
    defer { items.abandon() }
    while let item = try items.take() { try use(item) }
  }
}

/// Why a maker stops whose items nobody wants any more.
private struct Abandoned: Error {}

private final class Handover<Item: Sendable>: @unchecked Sendable {
  private let changed = NSCondition()
  private let depth: Int
  // All guarded by `changed`.
  private var items: [Item] = []
  private var ended: Result<Void, any Error>?
  private var isAbandoned = false

  init(depth: Int) { self.depth = depth }

  func give(_ item: Item) throws {
    try changed.withLock {
      while items.count >= depth, !isAbandoned { changed.wait() }
      if isAbandoned { throw Abandoned() }
      items.append(item)
      changed.signal()
    }
  }

  func end(_ result: Result<Void, any Error>) {
    changed.withLock {
      ended = result
      changed.signal()
    }
  }

  /// - Returns: nil at the end.
  func take() throws -> Item? {
    try changed.withLock {
      while items.isEmpty, ended == nil { changed.wait() }
      guard items.isEmpty else {
        changed.signal()
        return items.removeFirst()
      }
      try ended?.get()
      return nil
    }
  }

  /// Waits for the maker to stop.
  func abandon() {
    changed.withLock {
      isAbandoned = true
      changed.signal()
      while ended == nil { changed.wait() }
    }
  }
}
