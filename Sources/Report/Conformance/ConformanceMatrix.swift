import Observations

/// How a conformance run went, runtime by proposal.
struct ConformanceMatrix {
  /// What became of the assertions of one proposal in one runtime. What was skipped is in no other number.
  struct Cell: Equatable {
    var passed = 0
    var failed = 0
    /// Failed, as an expectations file says.
    var known = 0
    /// Passed, although an expectations file says that it fails.
    var unexpected = 0
    var skipped = 0

    var tried: Int { passed + failed + known + unexpected }

    fileprivate mutating func add(_ outcome: TestOutcome) {
      switch outcome {
      case .pass: passed += 1
      case .fail: failed += 1
      case .xfail: known += 1
      case .xpass: unexpected += 1
      case .skip: skipped += 1
      }
    }
  }

  /// In the suites' order.
  let proposals: [String]
  /// In the run's order.
  let runtimes: [String]
  private var cells: [[String]: Cell] = [:]

  init(_ suites: [TestedSuite]) {
    runtimes = suites.map(\.runtime).uniqued
    var proposals: [String] = []
    for suite in suites {
      for test in suite.tests {
        let proposal = ConformanceReport.part(of: test.name, in: suite.name)
        proposals.append(proposal)
        for assertion in test.assertions { cells[[proposal, suite.runtime], default: Cell()].add(assertion.outcome) }
      }
    }
    self.proposals = proposals.uniqued
  }

  func cell(_ proposal: String, _ runtime: String) -> Cell { cells[[proposal, runtime]] ?? Cell() }

  /// A row a proposal, a column a runtime.
  var table: Table {
    Table(
      title: "Runtime by proposal",
      note: "assertions that passed of those that were tried; what was skipped was not tried, and the reasons are below",
      columns: [.init(heading: "proposal")] + runtimes.map { .init(heading: $0, alignment: .trailing) },
      groups: [.init(rows: proposals.map { proposal in [.init(proposal)] + runtimes.map { Self.text(cell(proposal, $0)) } })])
  }

  /// "all 120", "118 of 120, 4 skipped", "4 skipped".
  private static func text(_ cell: Cell) -> Table.Cell {
    let skipped = cell.skipped > 0 ? "\(cell.skipped) skipped" : nil
    guard cell.tried > 0 else { return .init(skipped ?? "–", .quiet) }
    let right = cell.passed + cell.unexpected
    let told = [
      right == cell.tried ? "all \(cell.tried)" : "\(right) of \(cell.tried)", cell.known > 0 ? "\(cell.known) known to fail" : nil,
      cell.unexpected > 0 ? "\(cell.unexpected) unexpected" : nil, skipped,
    ].compactMap(\.self).joined(separator: ", ")
    return .init(told, cell.failed + cell.unexpected > 0 ? .bad : right == cell.tried ? .good : .plain)
  }
}
