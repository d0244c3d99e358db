/// gnuplot's SVG made fit to stand in a page: colours follow the page's theme, identifiers do not meet those of another
/// plot, and it has a title and a description to be read aloud.
enum InlineSVG {
  /// - Parameter identifier: unique in the page, letters, digits and dashes.
  static func html(_ svg: String, identifier: String, title: String, description: String, cssClass: String) -> String? {
    guard let start = svg.firstRange(of: "<svg"), let end = svg.firstRange(of: "</svg>"),
      let open = svg[start.upperBound...].firstRange(of: ">"),
      let box = svg[start.upperBound..<open.lowerBound].firstMatch(of: /viewBox="([0-9. ]+)"/)
    else { return nil }
    var body = String(svg[open.upperBound..<end.lowerBound])
    body = body.replacing(/<title>[^<]*<\/title>|<desc>[^<]*<\/desc>/, with: "")
    body = body.replacing(/<filter.*?<\/filter>/.dotMatchesNewlines(), with: "")
    body = body.replacing(/\bid=['"]gp([A-Za-z0-9]+)['"]/) { "id=\"\(identifier)-\($0.output.1)\"" }
    body = body.replacing(/xlink:href='#gp([A-Za-z0-9]+)'/) { "href=\"#\(identifier)-\($0.output.1)\"" }
    body = body.replacing(/\ id="gnuplot[^"]*"/, with: "")
    body = body.replacing(/\ font-family="[^"]*"/, with: "")
    body = body.replacing(/rgb\( *([0-9]+), *([0-9]+), *([0-9]+)\)/) { match in
      let color = [match.output.1, match.output.2, match.output.3].compactMap { Int($0) }
      return variable(color) ?? String(match.output.0)
    }
    body = body.replacing(/"(?:black|white)"/, with: "\"var(--\(Palette.ink.name))\"")
    body = body.replacing(/\n\s*/, with: "\n")
    return """
      <svg class="\(cssClass)" viewBox="\(box.output.1)" role="img" aria-labelledby="\(identifier)-title \(identifier)-desc">
      <title id="\(identifier)-title">\(escaped(title))</title>
      <desc id="\(identifier)-desc">\(escaped(description))</desc>\(body)</svg>

      """
  }

  private static let variables = Dictionary(uniqueKeysWithValues: Palette.all.map { (components($0.light), "var(--\($0.name))") })

  private static func variable(_ color: [Int]) -> String? { variables[color] }

  private static func components(_ hex: String) -> [Int] {
    let digits = Array(hex.dropFirst())
    return stride(from: 0, to: digits.count, by: 2).compactMap { Int(String(digits[$0..<$0 + 2]), radix: 16) }
  }
}
