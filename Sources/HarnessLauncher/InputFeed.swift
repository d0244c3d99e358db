import Glibc

/// Standard input that does not end before a certain file exists.
///
/// Some clients lose the end of their input when it comes before their container does, and the guest then waits for ever.
/// They can write a file once the container is there: the input is fed through a pipe that is closed only then.
struct InputFeed {
  /// The end the child reads.
  let childEnd: Int32
  /// Where the launcher writes; -1 once the input has ended.
  private(set) var target: Int32
  /// Becomes readable when something appears in the file's folder.
  let notification: Int32
  private let source: Int32
  private let path: String
  private var rest: ArraySlice<UInt8> = []
  private var isRead = false
  private var hadBytes = false
  /// When the input ends, once the file exists; 0 before.
  private(set) var endsAt: UInt64 = 0
  /// A shim closes the guest's input as soon as it is told to, whether or not it has passed on what came before: it gets this long.
  private static let grace: UInt64 = 10_000_000  // nanoseconds

  /// - Throws: `SystemError` where input or folder cannot be had.
  init(source: Int32, endsAfter path: String) throws {
    self.source = source
    self.path = path
    let folder = String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)])
    mkdir(folder, 0o755)
    notification = try System.notification(of: folder)
    let pipe = try System.makePipe()
    childEnd = pipe.read
    target = pipe.write
    _ = fcntl(target, F_SETFL, O_NONBLOCK)
    pump()
  }

  /// Whether there are bytes that found no room yet.
  var isWaitingForRoom: Bool { !rest.isEmpty }

  /// Writes what there is room for, and ends the input when its time has come.
  mutating func pump() {
    while target >= 0 {
      if rest.isEmpty, !isRead {
        var chunk = [UInt8](repeating: 0, count: 65536)
        let count = read(source, &chunk, chunk.count)
        if count > 0 {
          rest = chunk[..<count]
          hadBytes = true
        } else {
          isRead = true
        }
      }
      if rest.isEmpty { break }
      let count = rest.withUnsafeBytes { write(target, $0.baseAddress!, $0.count) }
      if count > 0 {
        rest = rest.dropFirst(count)
      } else if errno == EAGAIN {
        return
      } else if errno != EINTR {
        end()
      }
    }
    guard target >= 0 else { return }
    if endsAt == 0, access(path, F_OK) == 0 { endsAt = System.now() + (hadBytes ? Self.grace : 0) }
    if endsAt != 0, System.now() >= endsAt { end() }
  }

  /// Takes notice of what appeared.
  mutating func noticed() {
    withUnsafeTemporaryAllocation(byteCount: 4096, alignment: 8) { buffer in
      while read(notification, buffer.baseAddress!, buffer.count) > 0 {}
    }
    pump()
  }

  private mutating func end() {
    close(target)
    target = -1
  }

  /// Closes everything and removes the file.
  mutating func finish() {
    if target >= 0 { end() }
    close(notification)
    unlink(path)
  }
}
