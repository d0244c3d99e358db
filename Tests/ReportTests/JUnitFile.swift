import Foundation
import FoundationXML
import Testing

/// A JUnit file as a service reads it.
final class JUnitFile: NSObject, XMLParserDelegate {
  struct Case: Equatable {
    var className: String
    var name: String
    /// `failure`, `error`, `skipped`, or nothing where it passed.
    var result = ""
    var message = ""
    var text = ""
    var output = ""
  }

  private(set) var cases: [Case] = []
  /// Attributes of every suite.
  private var suites: [[String: String]] = []
  private var open: [String] = []

  /// - Throws: where it is not well-formed XML, or its counts are not those of its cases.
  init(_ text: String) throws {
    super.init()
    let parser = XMLParser(data: Data(text.utf8))
    parser.delegate = self
    try #require(parser.parse(), "\(text)")
    func told(_ count: String) -> Int { suites.reduce(0) { $0 + ($1[count].flatMap { Int($0) } ?? 0) } }
    #expect(told("tests") == cases.count)
    for (count, result) in [("failures", "failure"), ("errors", "error"), ("skipped", "skipped")] {
      #expect(told(count) == self.count(result))
    }
    #expect(Set(cases.map { [$0.className, $0.name] }).count == cases.count, "every case has a name of its own")
  }

  func count(_ result: String) -> Int { cases.count { $0.result == result } }
  func first(_ result: String) throws -> Case { try #require(cases.first { $0.result == result }) }

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?, attributes: [String: String]
  ) {
    open.append(name)
    switch name {
    case "testsuite": suites.append(attributes)
    case "testcase": cases.append(Case(className: attributes["classname"] ?? "", name: attributes["name"] ?? ""))
    case "failure", "error", "skipped":
      cases[cases.count - 1].result = name
      cases[cases.count - 1].message = attributes["message"] ?? ""
    default: break
    }
  }

  func parser(_ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?) { open.removeLast() }

  func parser(_ parser: XMLParser, foundCharacters string: String) {
    guard open.contains("testcase"), let element = open.last else { return }
    if element == "system-out" { cases[cases.count - 1].output += string }
    if ["failure", "error"].contains(element) { cases[cases.count - 1].text += string }
  }
}

/// A CSV file as a program reads it (RFC 4180).
struct CSVFile {
  private(set) var rows: [[String: String]] = []
  private(set) var columns: [String] = []

  /// - Throws: where a row has another number of cells than the header.
  init(_ text: String) throws {
    var lines: [[String]] = []
    var cells: [String] = []
    var cell = String.UnicodeScalarView()
    var isQuoted = false
    var scalars = Array(text.unicodeScalars)[...]
    while let scalar = scalars.popFirst() {
      switch scalar {
      case "\"" where isQuoted && scalars.first == "\"": cell.append(scalars.removeFirst())
      case "\"": isQuoted.toggle()
      case "," where !isQuoted:
        cells.append(String(cell))
        cell = String.UnicodeScalarView()
      case "\n" where !isQuoted:
        lines.append(cells + [String(cell)])
        (cells, cell) = ([], String.UnicodeScalarView())
      default: cell.append(scalar)
      }
    }
    try #require(cells.isEmpty && cell.isEmpty && !isQuoted, "a line feed ends the file")
    columns = try #require(lines.first)
    for line in lines.dropFirst() {
      try #require(line.count == columns.count, "\(line)")
      rows.append(Dictionary(uniqueKeysWithValues: zip(columns, line)))
    }
  }
}
