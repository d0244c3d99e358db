import Glibc

/// A name in an open directory below a preopened folder: what the *at calls take.
///
/// The name is one component, never `..`, so that only a symbolic link of that name could lead elsewhere; who uses a place either
/// makes a call that does not follow its last component, or got the place from `withFile`, which has followed it already.
struct Place {
  var directory: Int32
  var name: UnsafePointer<CChar>
}

extension PathResolver {
  private static let maximumLinks = 40

  /// The place where a path's last component is or will be, for calls that look only at the parent: creating, removing, renaming.
  ///
  /// These calls never follow the last component, not even with a slash behind it, which stays in the name: the kernel then demands
  /// a directory. A path that ends in `.` or `..` becomes `.` in that directory.
  func withEntry<R>(
    _ start: PathStart, _ path: GuestPath, _ body: (Place) throws(Errno) -> R
  ) throws(Errno) -> R {
    if path.endsInDots {
      let parent = try open(start, path.text, O_PATH | O_DIRECTORY)
      defer { close(parent) }
      return try body(Place(directory: parent, name: Self.here.pointer))
    }
    let last = path.lastComponent
    guard last.lowerBound > 0 else { return try body(Place(directory: start.directory, name: path.text)) }
    // The slash in front of the last component ends the parent's path.
    let slash = path.text[last.lowerBound - 1]
    path.text[last.lowerBound - 1] = 0
    defer { path.text[last.lowerBound - 1] = slash }
    let parent = try open(start, path.text, O_PATH | O_DIRECTORY)
    defer { close(parent) }
    return try body(Place(directory: parent, name: path.text + last.lowerBound))
  }

  /// The place of an existing file, for calls that could follow it: the name has no slash behind it.
  ///
  /// With `follow`, or with a slash behind the path, symbolic links are resolved here, one after the other, each from the start.
  func withFile<R>(
    _ start: PathStart, _ path: GuestPath, follow: Bool, links: Int = 0, _ body: (Place) throws(Errno) -> R
  ) throws(Errno) -> R {
    let endsInSlash = path.endsInSlash
    if endsInSlash, !path.endsInDots { path.text[path.lastComponent.upperBound] = 0 }
    guard follow || endsInSlash else { return try withEntry(start, path, body) }
    var content: [CChar] = []
    let outcome: R? = try withEntry(start, path) { (place) throws(Errno) -> R? in
      content = try Self.linkContent(place)
      guard content.isEmpty else {
        if content[0] == Self.slash { _ = try start.rootOfAbsoluteLink(in: place.directory) }
        return nil
      }
      if endsInSlash { try Self.demandDirectory(place) }
      return try body(place)
    }
    if let outcome { return outcome }
    guard links < Self.maximumLinks else { throw .loop }
    // A relative target counts from the link's own directory. The dot is a name for the root itself and for the parent of what lies in it.
    let isAbsolute = content[0] == Self.slash
    let before = isAbsolute ? [Self.slash, Self.dot] : Array(UnsafeBufferPointer(start: path.text, count: path.lastComponent.lowerBound))
    var target = before + content
    if endsInSlash { target.append(Self.slash) }
    guard target.count < GuestPath.maximumCount else { throw .nametoolong }
    target.append(0)
    return try target.withUnsafeMutableBufferPointer { (text) throws(Errno) -> R in
      let next = GuestPath(text: text.baseAddress!, count: text.count - 1)
      return try withFile(start, next, follow: true, links: links + 1, body)
    }
  }

  /// A symbolic link's content; empty if the place holds something else.
  private static func linkContent(_ place: Place) throws(Errno) -> [CChar] {
    var content = [CChar](repeating: 0, count: GuestPath.maximumCount)
    let length = readlinkat(place.directory, place.name, &content, content.count)
    guard length >= 0 else {
      guard errno == EINVAL else { throw .last }
      return []
    }
    guard length > 0 else { throw .noent }
    return Array(content[..<length])
  }

  private static func demandDirectory(_ place: Place) throws(Errno) {
    var status = stat()
    guard fstatat(place.directory, place.name, &status, AT_SYMLINK_NOFOLLOW) == 0 else { throw .last }
    guard status.st_mode & S_IFMT == S_IFDIR else { throw .notdir }
  }

  private static let slash = CChar(bitPattern: UInt8(ascii: "/"))
  private static let dot = CChar(bitPattern: UInt8(ascii: "."))
  private static let here = NulTerminated(".")
}

/// A short constant for C, allocated once.
struct NulTerminated: @unchecked Sendable {
  let pointer: UnsafePointer<CChar>
  init(_ text: StaticString) {
    pointer = UnsafeRawPointer(text.utf8Start).assumingMemoryBound(to: CChar.self)
  }
}
