import Foundation

/// What came of everything: rows in order, a column for each runtime.
struct Results: Sendable {
  struct Row: Sendable {
    let group: String
    let name: String
    /// One for each runtime.
    var cells: [Cell]
  }

  struct Cell: Sendable {
    var outcome: Outcome
    /// How long it took.
    var seconds: Double
  }

  let labels: [String]
  /// Columns that stand beside the others for comparison and are not counted.
  var references: Set<String> = []
  /// What deadlines were multiplied by.
  var slowness = 1.0
  private(set) var rows: [Row] = []

  init<Subject>(of groups: [Group<Subject>], labels: [String]) {
    self.labels = labels
    rows = groups.flatMap { group in group.behaviours.map { Row(group: group.name, name: $0.name, cells: []) } }
  }

  /// A further column.
  mutating func append(_ cells: [Cell]) { for row in rows.indices { rows[row].cells.append(cells[row]) } }

  private func count(_ matches: (Outcome) -> Bool) -> Int {
    rows.reduce(0) { sum, row in sum + zip(labels, row.cells).count { !references.contains($0) && matches($1.outcome) } }
  }
  var passed: Int { count { if case .passed = $0 { true } else { false } } }
  var failed: Int { count { if case .failed = $0 { true } else { false } } }
  var skipped: Int { count { if case .skipped = $0 { true } else { false } } }

  /// The last line of every form.
  var summary: String { "\(passed) passed, \(failed) failed, \(skipped) skipped" }

  /// Said before the counts where deadlines, and so some of the names of behaviours, are not what they usually are.
  var remark: String? {
    if slowness == 1 { return nil }
    return "On a machine said to be \(slowness.formatted()) times slower than usual: every deadline, and the 100 ms of signals, times that."
  }
}

extension Outcome {
  /// A word and a remark, as a table's cell has it.
  var text: String {
    switch self {
    case .passed(let remark): remark.map { "passed (\($0))" } ?? "passed"
    case .failed(let why): "FAILED: \(why)"
    case .skipped(let reason): "skipped: \(reason)"
    }
  }

  /// Not asked of that kind of shim, which is no gap in what was tried.
  static let notAsked = Outcome.skipped("not asked of this kind")
}
