import Yams

/// Finds the second of two equal keys, of which the parser tells the first.
///
/// The parser itself is asked, because only it knows what is a key and of which mapping: of all places where the key might be written
/// again, one after the other is left as it is while the rest are renamed. The first that is still told as repeated is the second key.
struct RepeatedKey {
  /// A line and a column, both from 1; columns are counted in scalars, as the parser does.
  typealias Place = (line: Int, column: Int)

  let name: String
  let first: Place
  private let text: String

  /// The repetition an error tells of; nil for other errors.
  init?(_ error: YamlError, in text: String) {
    guard case .duplicatedKeysInMapping(let names, let context) = error, let name = names.first, context.mark.line > 0 else { return nil }
    self.name = name
    first = (context.mark.line, context.mark.column)
    self.text = text
  }

  /// Where the second is; nil where it is written in another way, for instance with escapes.
  var second: Place? {
    let places = self.places
    return places.first { place in isRepeated(in: renaming(places.filter { $0 != place })) }.map(place)
  }

  /// More places than anybody repeats a key by mistake are not looked at.
  private static let mostPlaces = 200

  /// Where the key's text stands behind the first with a colon after it, in quotes or without.
  private var places: [Range<String.Index>] {
    guard !name.isEmpty, let key = index(of: first), var start = text[key...].firstRange(of: name)?.upperBound else { return [] }
    var places: [Range<String.Index>] = []
    while places.count < Self.mostPlaces, let place = text[start...].firstRange(of: name) {
      if text[place.upperBound...].drop(while: { $0 == " " || $0 == "\"" || $0 == "'" }).first == ":" { places.append(place) }
      start = place.upperBound
    }
    return places
  }

  /// The text with another name at some places, each a different one.
  private func renaming(_ places: [Range<String.Index>]) -> String {
    var renamed = text
    for (number, place) in places.enumerated().reversed() { renamed.replaceSubrange(place, with: "\(name)~\(number)") }
    return renamed
  }

  private func isRepeated(in text: String) -> Bool {
    do {
      _ = try Yams.compose(yaml: text)
      return false
    } catch {
      guard let error = error as? YamlError, let found = RepeatedKey(error, in: text) else { return false }
      return found.name == name && found.first == first
    }
  }

  private func index(of place: Place) -> String.Index? {
    let scalars = text.unicodeScalars
    var line = scalars.startIndex
    for _ in 1..<place.line {
      guard let end = scalars[line...].firstIndex(of: "\n") else { return nil }
      line = scalars.index(after: end)
    }
    return scalars.index(line, offsetBy: place.column - 1, limitedBy: scalars.endIndex)
  }

  /// The place of the key whose text stands there; a quoted one begins with its quote.
  private func place(of key: Range<String.Index>) -> Place {
    let before = text.unicodeScalars[..<key.lowerBound]
    let quote = before.last == "\"" || before.last == "'" ? 1 : 0
    let line = before.count { $0 == "\n" } + 1
    return (line, before.reversed().prefix { $0 != "\n" }.count + 1 - quote)
  }
}
