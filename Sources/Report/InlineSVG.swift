/// gnuplot's SVG made fit to stand in a page: colours follow the page's theme, identifiers are gone, dots are short, and it
/// has a title and a description to be read aloud.
///
/// Reads gnuplot 5's output line by line; text stands on lines of its own, which gnuplot has escaped and which stay as they are.
struct InlineSVG {
  private var output: [String] = []
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
      <svg class="\(cssClass)" viewBox="\(box)" role="img" aria-labelledby="\(identifier)-title \(identifier)-desc">
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
    } else if line == "</g>", output.last?.hasPrefix("<g fill=\"none\"") == true {
      // A group with nothing in it.
      output.removeLast()
    } else {
      output.append(Self.themed(line))
    }
    return true
  }

  /// `<use xlink:href='#gpPt6' transform='translate(X,Y) scale(S)' color='rgb(…)' opacity='O'/>`: a dot (6) or a square (4).
  private mutating func takePoint(_ line: Substring) -> Bool {
    let parts = line.split(separator: "'")
    guard parts.count >= 6, let color = Self.variable(parts[5]) else { return false }
    let numbers = parts[3].split { !"0123456789.-".contains($0) }
    guard numbers.count == 3, let x = Double(numbers[0]), let y = Double(numbers[1]), let size = Double(numbers[2]) else { return false }
    let shared = "fill=\"\(color)\"" + (parts.count > 7 ? " fill-opacity=\"\(parts[7])\"" : "")
    if dots != shared {
      closeDots()
      output.append("<g stroke=\"none\" \(shared)>")
      dots = shared
    }
    switch parts[1] {
    case "#gpPt6": output.append("<circle cx=\"\(fixed(x, 1))\" cy=\"\(fixed(y, 1))\" r=\"\(fixed(size, 1))\"/>")
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
    return themed.replacing("\"black\"", with: "\"var(--\(Palette.ink.name))\"").replacing(" font-family=\"sans-serif\"", with: "")
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
