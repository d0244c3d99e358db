import FoundationEssentials

/// What all pages have in common: one self-contained file, a heading with its answer, sections in the order they are read.
struct PageFrame {
  struct Section {
    var title: String
    var identifier: String
    /// HTML; a section without any is left out.
    var content: String
  }

  /// A small line above the heading: what kind of page, of what, when.
  var kicker: String
  var heading: String
  /// Of the window.
  var title: String
  /// Sentences below the heading; the first is the answer.
  var sentences: [String]
  var sections: [Section]
  /// JSON for machines, and the identifier of the element that holds it. Left out where it is long.
  var data: (identifier: String, json: String)?

  var text: String {
    let shown = sections.filter { !$0.content.isEmpty }
    let contents = shown.map { "<a href=\"#\($0.identifier)\">\(escaped($0.title))</a>" }.joined(separator: "\n")
    let bodies = shown.map { "<section id=\"\($0.identifier)\">\n<h2>\(escaped($0.title))</h2>\n\($0.content)</section>\n" }
    let script = fittingData.map { "<script type=\"application/json\" id=\"\($0.identifier)\">\(embedded(json: $0.json))</script>\n" } ?? ""
    let answer = sentences.first.map { Self.paragraph($0, "answer") } ?? ""
    return """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <title>\(escaped(title))</title>
      <style>
      \(Stylesheet.text)
      </style>
      </head>
      <body>
      <main>
      <header>
      <p class="kicker">\(escaped(kicker))</p>
      <h1>\(escaped(heading))</h1>
      \(answer)\(sentences.dropFirst().map { Self.paragraph($0) }.joined())</header>
      <nav aria-label="Sections">
      \(contents)
      </nav>
      \(bodies.joined())</main>
      \(script)</body>
      </html>

      """
  }

  /// Sentences one under the other; nothing where there is none.
  static func list(_ lines: [String]) -> String {
    lines.isEmpty ? "" : "<ul>\n\(lines.map { "<li>\(prose($0))</li>\n" }.joined())</ul>\n"
  }

  /// Writes a page as `index.html` into a folder, which is made where it is absent.
  static func write(_ text: String, to folder: String) throws -> String {
    let folder = folder.hasSuffix("/") ? String(folder.dropLast()) : folder
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let path = folder + "/index.html"
    try Data(text.utf8).write(to: URL(filePath: path), options: .atomic)
    return path
  }

  /// What is longer makes a page that takes long to open; the command writes it to a file.
  static let mostDataBytes = 200_000
  private var fittingData: (identifier: String, json: String)? { data.flatMap { $0.json.utf8.count <= Self.mostDataBytes ? $0 : nil } }

  static func paragraph(_ text: String, _ cssClass: String = "") -> String {
    "<p\(cssClass.isEmpty ? "" : " class=\"\(cssClass)\"")>\(prose(text))</p>\n"
  }
}
