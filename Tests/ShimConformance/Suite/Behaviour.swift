/// One row of the table: something a container does, and how to find out.
struct Behaviour<Subject>: Sendable {

  /// In words, as the row is called.
  let name: String
  let asked: Asked
  /// Tries it.
  /// - Returns: a figure or remark for the table, or nothing.
  /// - Throws: `Failed` and `Skipped`; anything else counts as failed too.
  let body: @Sendable (Subject) throws -> String?

  init(_ name: String, asked: Asked = .ofAll, _ body: @escaping @Sendable (Subject) throws -> String?) {
    self.name = name
    self.asked = asked
    self.body = body
  }
}

/// Behaviours that belong together; one file each.
struct Group<Subject>: Sendable {
  let name: String
  let behaviours: [Behaviour<Subject>]
}

/// Which shims a behaviour can be asked of.
enum Asked: Sendable {
  case ofAll
  case ofWasm
  case ofNative
}

/// One shim and what starts its containers.
protocol TestSubject: AnyObject {
  var runtime: Runtime { get }
  /// Makes everything ready and takes note of what is there.
  /// - Throws: `Skipped` where this cannot be asked here.
  func setUp() throws
  /// What containers have left, after a moment for the last of it to go.
  func leftovers(limit: Double) -> [String]
  /// Takes everything away by force, so that the next behaviour starts from nothing.
  func clear()
  /// Ends what `setUp` began.
  func tearDown()
}

/// The behaviour is not there: why, in one line.
struct Failed: Error, CustomStringConvertible {
  let why: String
  init(_ why: String) { self.why = why.replacing("\n", with: " ") }
  var description: String { why }
}

/// It cannot be asked here: why, in one line.
struct Skipped: Error, CustomStringConvertible {
  let reason: String
  init(_ reason: String) { self.reason = reason.replacing("\n", with: " ") }
  var description: String { reason }
}

/// What came of asking one shim for one behaviour.
enum Outcome: Sendable, Equatable {
  case passed(String?)
  case failed(String)
  case skipped(String)
}

/// - Throws: `Failed` with that text unless the condition holds.
func expect(_ condition: Bool, _ why: @autoclosure () -> String) throws {
  if !condition { throw Failed(why()) }
}

/// - Throws: `Failed` naming both unless they are equal.
func expectEqual<Value: Equatable>(_ found: Value, _ wanted: Value, _ what: String) throws {
  if found != wanted { throw Failed("\(what) is \(described(found)), not \(described(wanted))") }
}

private func described(_ value: some Any) -> String {
  let text = String(describing: value)
  return value is String ? "\"\(text.count > 200 ? text.prefix(200) + "…" : text)\"".visible : text
}
