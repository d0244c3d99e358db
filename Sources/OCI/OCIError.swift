import Glibc

/// What can go wrong with images and bundles, in words a user can act on.
public enum OCIError: Error, Equatable, CustomStringConvertible {
  /// A file could not be read; the reason is the system's.
  case cannotRead(path: String, reason: String)
  /// A file could not be written; the reason is the system's.
  case cannotWrite(path: String, reason: String)
  /// What was asked for cannot be put into an image.
  case unfit(String)
  /// A tar archive that breaks its format, and the byte offset where.
  case wrongArchive(path: String, offset: Int, reason: String)
  /// An image layout that breaks the image specification, and the part of it that does.
  case wrongImage(path: String, part: String, reason: String)
  /// A document that does not say what it must; the member's path in it, empty for the document as a whole, and what is wrong with it.
  case wrongDocument(path: String, member: String, reason: String)

  public var description: String {
    switch self {
    case .cannotRead(let path, let reason): "cannot read \(path): \(reason)"
    case .cannotWrite(let path, let reason): "cannot write \(path): \(reason)"
    case .unfit(let what): what
    case .wrongArchive(let path, let offset, let reason):
      "\(path) is not a whole tar archive (byte \(offset)): \(reason); write or export the image again"
    case .wrongImage(let path, let part, let reason): "wrong image \(path), \(part): \(reason); write or export the image again"
    case .wrongDocument(let path, let member, let reason):
      "\(path)\(member.isEmpty ? "" : ": " + member) \(reason); mend it where it is written"
    }
  }

  /// The system's words for the last failed call.
  static var lastReason: String { String(cString: strerror(errno)) }
}
