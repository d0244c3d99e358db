/// A JSON document to be written: members keep the order they are given in, so that equal inputs give equal bytes and digests.
enum Document: Equatable {
  case text(String)
  case number(Int64)
  case truth(Bool)
  case list([Document])
  case object([Member])

  struct Member: Equatable {
    var name: String
    var value: Document
  }

  /// The document without white space, in UTF-8.
  var bytes: [UInt8] {
    var output: [UInt8] = []
    write(to: &output)
    return output
  }

  private func write(to output: inout [UInt8]) {
    switch self {
    case .text(let text): Document.write(text, to: &output)
    case .number(let number): output += Array(String(number).utf8)
    case .truth(let value): output += Array((value ? "true" : "false").utf8)
    case .list(let items):
      output.append(UInt8(ascii: "["))
      for (index, item) in items.enumerated() {
        if index > 0 { output.append(UInt8(ascii: ",")) }
        item.write(to: &output)
      }
      output.append(UInt8(ascii: "]"))
    case .object(let members):
      output.append(UInt8(ascii: "{"))
      for (index, member) in members.enumerated() {
        if index > 0 { output.append(UInt8(ascii: ",")) }
        Document.write(member.name, to: &output)
        output.append(UInt8(ascii: ":"))
        member.value.write(to: &output)
      }
      output.append(UInt8(ascii: "}"))
    }
  }

  /// RFC 8259 section 7: quotation mark, reverse solidus and control characters are escaped, nothing else must be.
  private static func write(_ text: String, to output: inout [UInt8]) {
    let digits = Array("0123456789abcdef".utf8)
    output.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): output += [UInt8(ascii: "\\"), byte]
      case 0..<0x20: output += Array("\\u00".utf8) + [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      default: output.append(byte)
      }
    }
    output.append(UInt8(ascii: "\""))
  }
}

extension Document: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral,
  ExpressibleByDictionaryLiteral
{
  init(stringLiteral value: String) { self = .text(value) }
  init(integerLiteral value: Int64) { self = .number(value) }
  init(booleanLiteral value: Bool) { self = .truth(value) }
  init(arrayLiteral elements: Document...) { self = .list(elements) }
  init(dictionaryLiteral elements: (String, Document)...) { self = .object(elements.map { Member(name: $0, value: $1) }) }

  /// A list of texts.
  init(_ texts: [String]) { self = .list(texts.map(Document.text)) }
}
