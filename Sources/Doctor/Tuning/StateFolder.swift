import Glibc

/// The folder of the journal. Whoever can write there can have files of the kernel written by root, so it must be root's, or the user's own.
///
/// It is held open, and files are opened in what is held: no path can be changed under it.
final class StateFolder {
  let path: String
  private let descriptor: Int32
  private static let journal = "journal", unfinished = ".journal.new", lockFile = "lock"

  /// Whether there is a journal: one look, and all that a command pays where there is none.
  static func hasJournal(_ path: String) -> Bool { access("\(path)/\(journal)", F_OK) == 0 }

  /// - Parameter creating: makes it where it is absent.
  /// - Throws: `TuningError`.
  init(_ path: String, creating: Bool) throws(TuningError) {
    self.path = path
    if creating { try Self.make(path) }
    descriptor = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
    guard descriptor >= 0 else { throw TuningError(errno == EACCES ? .notAllowed : .inputOutput, "\(path): \(SystemFailure())") }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw TuningError(.inputOutput, "\(path): \(SystemFailure())") }
    guard status.st_uid == 0 || status.st_uid == geteuid(), status.st_mode & 0o022 == 0 else {
      throw TuningError(
        .damaged,
        "\(path): others can write there (mode \(String(status.st_mode & 0o777, radix: 8)), owner \(status.st_uid)), and could have anything set; remove it, or name another folder in HARNESS_STATE"
      )
    }
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  private static func make(_ path: String) throws(TuningError) {
    let names = path.split(separator: "/")
    for count in names.indices {
      let folder = (path.hasPrefix("/") ? "/" : "") + names[...count].joined(separator: "/")
      guard mkdir(folder, 0o755) != 0, errno != EEXIST else { continue }
      throw TuningError(errno == EACCES ? .notAllowed : .inputOutput, "\(folder): cannot be made (\(SystemFailure()))")
    }
  }

  var journalPath: String { "\(path)/\(Self.journal)" }

  /// Nil where there is none.
  func readJournal() throws(TuningError) -> String? {
    let file = openat(descriptor, Self.journal, O_RDONLY | O_NOFOLLOW | O_CLOEXEC)
    guard file >= 0 else {
      if errno == ENOENT { return nil }
      throw failure()
    }
    defer { close(file) }
    do throws(SystemFailure) { return String(decoding: try readAll(file), as: UTF8.self) } catch { throw failure(error) }
  }

  /// Puts a new journal in the place of any: it is there whole, or not at all.
  func beginJournal(with line: String) throws(TuningError) {
    do throws(SystemFailure) {
      try write(line, to: Self.unfinished, O_CREAT | O_TRUNC)
      guard renameat(descriptor, Self.unfinished, descriptor, Self.journal) == 0 else { throw SystemFailure() }
    } catch { throw failure(error) }
    fsync(descriptor)
  }

  /// Adds a line, which is on disk on return.
  func append(_ line: String) throws(TuningError) {
    do throws(SystemFailure) { try write(line, to: Self.journal, O_APPEND) } catch { throw failure(error) }
  }

  func removeJournal() throws(TuningError) {
    guard unlinkat(descriptor, Self.journal, 0) == 0 || errno == ENOENT else { throw failure() }
    fsync(descriptor)
  }

  /// The right to change the machine, for as long as the lock exists. It goes with this process, however that ends.
  /// - Throws: `TuningError.busy` where another process has it.
  func lock() throws(TuningError) -> TuningLock {
    // Nobody else may even read it: whoever can open a file can lock it.
    let file = openat(descriptor, Self.lockFile, O_RDONLY | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw TuningError(errno == EACCES ? .notAllowed : .inputOutput, "\(path)/\(Self.lockFile): \(SystemFailure())") }
    guard flock(file, LOCK_EX | LOCK_NB) == 0 else {
      close(file)
      throw TuningError(.busy, "another harness is tuning this machine (\(path)/\(Self.lockFile) is locked); wait for it or end it first")
    }
    return TuningLock(descriptor: file)
  }

  private func write(_ line: String, to name: String, _ flags: Int32) throws(SystemFailure) {
    let file = openat(descriptor, name, O_WRONLY | O_NOFOLLOW | O_CLOEXEC | flags, 0o644)
    guard file >= 0 else { throw SystemFailure() }
    defer { close(file) }
    try writeAll(line + "\n", to: file)
    guard fsync(file) == 0 else { throw SystemFailure() }
  }

  private func failure(_ reason: SystemFailure = SystemFailure()) -> TuningError {
    TuningError(reason.code == EACCES ? .notAllowed : .inputOutput, "\(journalPath): \(reason)")
  }
}

/// See `StateFolder.lock`.
final class TuningLock {
  private let descriptor: Int32

  init(descriptor: Int32) {
    self.descriptor = descriptor
  }

  deinit { close(descriptor) }
}
