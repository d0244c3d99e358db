/// gnuplot's SVG made fit to stand in a page: colours follow the page's theme, identifiers are gone, dots are short, and it
/// has a title and a description to be read aloud.
///
/// Reads gnuplot 5's output line by line; text stands on lines of its own, which gnuplot has escaped and which stay as they are.
struct InlineSVG {
  private var output: [String] = []
  /// What gnuplot says of every group, said once.
  private let shared = "fill=\"none\" color=\"var(--\(Palette.ink.name))\" stroke=\"currentColor\" font-size=\"13\""
  /// Attributes shared by the dots of the group that is open, if one is.
  private var dots: String?

  /// - Parameter identifier: unique in the page, letters, digits and dashes.
  /// - Returns: nil where this is not what gnuplot draws.
  static func html(_ svg: String, identifier: String, title: String, description: String, cssClass: String) -> String? {
    var lines = svg.split(separator: "\n").map { $0.drop { $0 == " " || $0 == "\t" } }[...]
    guard let box = lines.first(where: { $0.hasPrefix("viewBox=\"") })?.split(separator: "\"").dropFirst().first,
      let start = lines.firstIndex(where: { $0.hasPrefix("</defs>") }),
      let end = lines.lastIndex(where: { $0.hasPrefix("</svg>") }), start < end
    else { return nil }
    lines = lines[(start + 1)..<end]
    // The group that encloses everything was opened before the definitions.
    if lines.last == "</g>" { lines.removeLast() }

    var drawing = InlineSVG()
    for line in lines { guard drawing.take(line) else { return nil } }
    drawing.closeDots()
    return """
      <svg class="\(cssClass)" viewBox="\(box)" \(drawing.shared) role="img" aria-labelledby="\(identifier)-title \(identifier)-desc">
      <title id="\(identifier)-title">\(escaped(title))</title>
      <desc id="\(identifier)-desc">\(escaped(description))</desc>
      \(drawing.output.joined(separator: "\n"))
      </svg>

      """
  }

  private mutating func take(_ line: Substring) -> Bool {
    if line.hasPrefix("<use ") { return takePoint(line) }
    closeDots()
    if line.hasPrefix("<text>") {
      output.append(String(line))
    } else if line.hasPrefix("<g id=") {
      output.append("<g>")
    } else if line == "</g>", let last = output.last, last.hasPrefix("<g stroke-width=") || last.hasPrefix("<g fill=\"none\"") {
      // A group with nothing in it.
      output.removeLast()
    } else {
      let drawn = Self.withoutEmptyPath(line)
      if !drawn.isEmpty { output.append(Self.themed(drawn)) }
    }
    return true
  }

  /// `<use xlink:href='#gpPt6' transform='translate(X,Y) scale(S)' color='rgb(…)' opacity='O'/>`: a dot (6) or a square (4).
  private mutating func takePoint(_ line: Substring) -> Bool {
    let parts = line.split(separator: "'")
    guard parts.count >= 6, let color = Self.variable(parts[5]) else { return false }
    let numbers = parts[3].split { !"0123456789.-".contains($0) }
    guard numbers.count == 3, let x = Double(numbers[0]), let y = Double(numbers[1]), let size = Double(numbers[2]) else { return false }
    let isDot = parts[1] == "#gpPt6"
    let paint = isDot ? "stroke" : "fill"
    let shared =
      (isDot ? "stroke-linecap=\"round\" stroke-width=\"\(fixed(2 * size, 1))\"" : "stroke=\"none\"")
      + " \(paint)=\"\(color)\"" + (parts.count > 7 ? " \(paint)-opacity=\"\(parts[7])\"" : "")
    if dots != shared {
      closeDots()
      output.append("<g \(shared)>")
      dots = shared
    }
    switch parts[1] {
    // A line of no length with round ends, each for itself so that dots seen through one another look denser.
    case "#gpPt6": output.append("<path d=\"M\(fixed(x, 1)) \(fixed(y, 1))h0\"/>")
    case "#gpPt4":
      output.append(
        "<rect x=\"\(fixed(x - size, 1))\" y=\"\(fixed(y - size, 1))\" width=\"\(fixed(2 * size, 1))\" height=\"\(fixed(2 * size, 1))\"/>")
    default: return false
    }
    return true
  }

  private mutating func closeDots() {
    guard dots != nil else { return }
    output.append("</g>")
    dots = nil
  }

  /// The line with CSS variables for the palette's colours, and in the page's own font.
  private static func themed(_ line: Substring) -> String {
    var themed = ""
    var rest = line
    while let start = rest.firstIndex(of: "r") {
      themed += rest[..<start]
      rest = rest[start...]
      if rest.hasPrefix("rgb("), let end = rest.firstIndex(of: ")") {
        let color = rest[...end]
        themed += variable(color) ?? String(color)
        rest = rest[rest.index(after: end)...]
      } else {
        themed.append(rest.removeFirst())
      }
    }
    themed += rest
    for said in said { themed = themed.replacing(said, with: "") }
    themed = themed.replacing("  '/>", with: "'/>").replacing("  d='", with: " d='")
    return themed.replacing("\"black\"", with: "\"var(--\(Palette.ink.name))\"")
  }

  /// What the enclosing element or the SVG standard says already.
  private static let said = [
    " fill=\"none\" color=\"black\" stroke=\"currentColor\"", " stroke-linecap=\"butt\" stroke-linejoin=\"miter\"",
    " font-family=\"sans-serif\"", " font-size=\"13.00\" ", " class=\"gridline\" ",
  ]

  /// The line without a path that only moves the pen: a tic of length 0, in front of its label.
  private static func withoutEmptyPath(_ line: Substring) -> Substring {
    guard line.hasPrefix("<path "), let start = line.firstRange(of: " d='"), let end = line.firstRange(of: "'/>") else { return line }
    return line[start.upperBound..<end.lowerBound].contains("L") ? line : line[end.upperBound...].drop { $0 == "\t" }
  }

  private static let variables = Dictionary(
    uniqueKeysWithValues: Palette.all.map { color in
      let digits = Array(color.light.dropFirst())
      return (stride(from: 0, to: 6, by: 2).compactMap { Int(String(digits[$0..<$0 + 2]), radix: 16) }, "var(--\(color.name))")
    })

  /// The variable for `rgb(r, g, b)`, if it is one of the palette's colours.
  private static func variable(_ color: Substring) -> String? {
    variables[color.split { !$0.isNumber }.compactMap { Int($0) }]
  }
}
