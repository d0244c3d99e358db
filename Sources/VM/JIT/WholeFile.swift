import Glibc

/// Files that are whole or not there: written aside, then given their name.
public enum WholeFile {
  /// Writes a file in a folder, in the place of one of that name.
  /// - Parameters:
  ///   - folder: a descriptor; nothing is followed on the way to the name.
  ///   - mode: of the new file, as open(2) takes it.
  /// - Returns: why it could not be (errno); nil where it is written.
  public static func write(_ bytes: [UInt8], to destination: String, in folder: Int32, mode: mode_t) -> Int32? {
    // Of a name that nobody can have taken before: it is made, or it is an error.
    let aside = "\(destination).\(getpid()).\(monotonicNanoseconds() & 0xFFFF_FFFF)~"
    let file = openat(folder, aside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, mode)
    guard file >= 0 else { return errno }
    var done = 0
    var failure: Int32?
    while done < bytes.count, failure == nil {
      let count = FileSizeLimit.asError { bytes.withUnsafeBytes { Glibc.write(file, $0.baseAddress! + done, bytes.count - done) } }
      if count > 0 {
        done += count
      } else if count == 0 || errno != EINTR {
        failure = count == 0 ? ENOSPC : errno
      }
    }
    close(file)
    if failure == nil, renameat(folder, aside, folder, destination) != 0 { failure = errno }
    if failure != nil { unlinkat(folder, aside, 0) }
    return failure
  }
}
