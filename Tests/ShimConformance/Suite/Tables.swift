import Foundation

/// Results in the forms people and machines read.
enum Tables {
  /// For a terminal: a row a behaviour, a column a runtime; why something failed stands below the row.
  static func text(_ results: Results) -> String {
    let width = results.rows.map(\.name.count).max() ?? 0
    var lines: [String] = []
    var group = ""
    for row in results.rows {
      if row.group != group {
        group = row.group
        lines += ["", group.padded(width + 2) + "  " + results.labels.map { $0.padded(24) }.joined(separator: "  ")]
      }
      lines.append("  " + row.name.padded(width) + "  " + row.cells.map { brief($0.outcome).padded(24) }.joined(separator: "  "))
      for (label, cell) in zip(results.labels, row.cells) {
        switch cell.outcome {
        case .failed(let why): lines.append("      \(label): \(why)")
        case .skipped(let reason) where cell.outcome != .notAsked: lines.append("      \(label): skipped, \(reason)")
        default: break
        }
      }
    }
    if let remark = results.remark { lines += ["", remark] }
    return lines.map(\.withoutTrailingSpace).joined(separator: "\n") + "\n\n" + results.summary + "\n"
  }

  private static func brief(_ outcome: Outcome) -> String {
    switch outcome {
    case .passed(let remark): remark ?? "passed"
    case .failed: "FAILED"
    case .skipped: outcome == .notAsked ? "-" : "skipped"
    }
  }

  static func markdown(_ results: Results) -> String {
    var lines: [String] = []
    var group = ""
    func cell(_ outcome: Outcome) -> String {
      (outcome == .notAsked ? "–" : outcome.text).replacing("|", with: "\\|").replacing("<", with: "&lt;")
    }
    for row in results.rows {
      if row.group != group {
        group = row.group
        lines += [
          "", "| \(group) | " + results.labels.joined(separator: " | ") + " |",
          "|---|" + String(repeating: "---|", count: results.labels.count),
        ]
      }
      lines.append("| \(row.name.replacing("<", with: "&lt;")) | " + row.cells.map { cell($0.outcome) }.joined(separator: " | ") + " |")
    }
    if let remark = results.remark { lines += ["", remark] }
    return lines.dropFirst().joined(separator: "\n") + "\n\n\(results.summary)\n"
  }

  static func json(_ results: Results) throws -> String {
    let rows: [[String: Any]] = results.rows.map { row in
      let cells: [[String: Any]] = zip(results.labels, row.cells).map { label, cell in
        let (word, remark): (String, String?) =
          switch cell.outcome {
          case .passed(let remark): ("passed", remark)
          case .failed(let why): ("failed", why)
          case .skipped(let reason): ("skipped", reason)
          }
        return ["runtime": label, "outcome": word, "remark": remark ?? "", "seconds": (cell.seconds * 1000).rounded() / 1000]
      }
      return ["group": row.group, "behaviour": row.name, "results": cells]
    }
    let document: [String: Any] = [
      "passed": results.passed, "failed": results.failed, "skipped": results.skipped, "slowness": results.slowness, "behaviours": rows,
    ]
    let bytes = try JSONSerialization.data(withJSONObject: document, options: [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes])
    return String(decoding: bytes, as: UTF8.self) + "\n"
  }

  static func junit(_ results: Results) -> String {
    var lines = ["<?xml version=\"1.0\" encoding=\"UTF-8\"?>", "<testsuites>"]
    for (column, label) in results.labels.enumerated() {
      let cells = results.rows.map { ($0, $0.cells[column]) }
      let failures = cells.count { if case .failed = $0.1.outcome { true } else { false } }
      let skips = cells.count { if case .skipped = $0.1.outcome { true } else { false } }
      lines.append("  <testsuite name=\"\(label.escaped)\" tests=\"\(cells.count)\" failures=\"\(failures)\" skipped=\"\(skips)\">")
      for (row, cell) in cells {
        let head =
          "    <testcase classname=\"\(label.escaped).\(row.group.escaped)\" name=\"\(row.name.escaped)\" time=\"\(String(format: "%.3f", cell.seconds))\""
        switch cell.outcome {
        case .passed: lines.append(head + "/>")
        case .failed(let why): lines.append(head + "><failure message=\"\(why.escaped)\"/></testcase>")
        case .skipped(let reason): lines.append(head + "><skipped message=\"\(reason.escaped)\"/></testcase>")
        }
      }
      lines.append("  </testsuite>")
    }
    return (lines + ["</testsuites>"]).joined(separator: "\n") + "\n"
  }
}

extension String {
  func padded(_ width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }

  var withoutTrailingSpace: String {
    var text = self
    while text.last == " " { text.removeLast() }
    return text
  }

  /// For an attribute of XML; what XML cannot hold is written out.
  var escaped: String {
    visible.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;").replacing("\"", with: "&quot;")
  }
}
