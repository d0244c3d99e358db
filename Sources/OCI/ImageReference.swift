/// An image's full name, `HOST/PATH:TAG`, as registries and daemons keep it.
///
/// Short names mean what they mean to Docker: `hello` is `docker.io/library/hello:latest` (the grammar is the one of the distribution
/// project's references, which clients share).
public struct ImageReference: Sendable, Equatable, CustomStringConvertible {
  /// A host name with or without a port.
  public let domain: String
  /// Lower-case words between slashes.
  public let path: String
  /// At most 128 letters, digits, "_", "." and "-".
  public let tag: String

  /// The whole name.
  public var description: String { "\(domain)/\(path):\(tag)" }

  /// - Throws: `OCIError.unfit` for what is no name, and for a digest: a new image has the digest of its content.
  public init(reading text: String) throws(OCIError) {
    func wrong(_ reason: String) -> OCIError { .unfit("\"\(text)\" is no image name: \(reason); write it like harness.local/hello:1") }
    guard !text.utf8.contains(UInt8(ascii: "@")) else { throw wrong("a digest cannot be chosen") }
    var components = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    var tag = "latest"
    // Of a name without a slash what follows the colon is a tag and no port.
    if let last = components.last, let colon = last.firstIndex(of: ":") {
      tag = String(last[last.index(after: colon)...])
      components[components.count - 1] = String(last[..<colon])
    }
    // A first word is a host only where it cannot be anything else.
    let hasDomain = components.count > 1 && Self.looksLikeDomain(components[0])
    let domain = hasDomain ? components.removeFirst() : "docker.io"
    if domain == "docker.io", components.count == 1 { components.insert("library", at: 0) }
    guard Self.isDomain(domain) else { throw wrong("\"\(domain)\" is no host name") }
    for component in components where !Self.isPathComponent(component) {
      throw wrong("\"\(component)\" must be of lower-case letters and digits, with single \".\", \"_\" or \"-\" between them")
    }
    guard Self.isTag(tag) else { throw wrong("the tag \"\(tag)\" must be of letters, digits, \"_\", \".\" and \"-\", at most 128") }
    let path = components.joined(separator: "/")
    guard domain.utf8.count + 1 + path.utf8.count <= 255 else { throw wrong("it is longer than 255 bytes") }
    self.domain = domain
    self.path = path
    self.tag = tag
  }

  private static func looksLikeDomain(_ word: String) -> Bool {
    word == "localhost" || word.utf8.contains(UInt8(ascii: ".")) || word.utf8.contains(UInt8(ascii: ":"))
      || word.utf8.contains(where: isUpper)
  }

  /// Labels between dots, and perhaps a port.
  private static func isDomain(_ word: String) -> Bool {
    let parts = word.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count <= 2, let host = parts.first else { return false }
    if parts.count == 2, parts[1].isEmpty || !parts[1].utf8.allSatisfy(isDigit) { return false }
    return host.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { label in
      !label.isEmpty && label.utf8.first != UInt8(ascii: "-") && label.utf8.last != UInt8(ascii: "-")
        && label.utf8.allSatisfy { isLower($0) || isUpper($0) || isDigit($0) || $0 == UInt8(ascii: "-") }
    }
  }

  /// Letters and digits; between them one ".", one or two "_", or any number of "-".
  private static func isPathComponent(_ word: String) -> Bool {
    guard let first = word.utf8.first, let last = word.utf8.last, isWord(first), isWord(last) else { return false }
    var separator: [UInt8] = []
    for byte in word.utf8 {
      if isWord(byte) {
        separator = []
        continue
      }
      separator.append(byte)
      let isAllowed =
        separator == Array(".".utf8) || separator == Array("_".utf8) || separator == Array("__".utf8)
        || separator.allSatisfy { $0 == UInt8(ascii: "-") }
      guard isAllowed else { return false }
    }
    return true
  }

  private static func isTag(_ word: String) -> Bool {
    guard let first = word.utf8.first, word.utf8.count <= 128 else { return false }
    func isInner(_ byte: UInt8) -> Bool { isWord(byte) || isUpper(byte) || byte == UInt8(ascii: "_") }
    return isInner(first) && word.utf8.allSatisfy { isInner($0) || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "-") }
  }

  private static func isWord(_ byte: UInt8) -> Bool { isLower(byte) || isDigit(byte) }
  private static func isLower(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "z") }
  private static func isUpper(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z") }
  private static func isDigit(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") }
}
