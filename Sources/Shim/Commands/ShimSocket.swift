import Digest
import Glibc

/// The socket a pod's shim listens at.
enum ShimSocket {
  /// All shims put theirs here, whatever containerd's own state folder is.
  static let folder = "/run/containerd/s"

  enum Outcome {
    /// A shim answers there already.
    case serving
    /// Nobody did; this process listens now.
    case listening(Int32)
    case failed(String)
  }

  /// The digest of whose pod it is and of which shim, since another runtime's shim may serve containers of the same pod. Short enough for a
  /// socket's name (unix(7): 107 bytes).
  static func path(address: String, namespace: String, group: String, program: String) -> String {
    let name = "\(program)/\(address)/\(namespace)/\(group)"
    return folder + "/" + SHA256.hexadecimal(of: Array(name.utf8))
  }

  static func listen(at path: String) -> Outcome {
    _ = mkdir("/run/containerd", 0o711)
    _ = mkdir(folder, 0o711)
    // A shim that was killed leaves its socket behind: nobody answers then. Another one may be starting at the same moment: between its
    // bind and its listen nobody answers either, so one at a time looks.
    let turn = takeTurn()
    defer { if turn >= 0 { close(turn) } }
    for _ in 0..<3 {
      let socket = make()
      guard socket >= 0 else { return .failed("cannot make a socket: \(String(cString: strerror(errno)))") }
      if bind(socket, path) {
        chmod(path, 0o600)
        guard Glibc.listen(socket, 128) == 0 else { return .failed("cannot listen at \(path): \(String(cString: strerror(errno)))") }
        return .listening(socket)
      }
      guard errno == EADDRINUSE else {
        let reason = String(cString: strerror(errno))
        close(socket)
        return .failed("cannot make the socket \(path): \(reason)")
      }
      let isServed = isAnswering(at: path)
      close(socket)
      if isServed { return .serving }
      unlink(path)
    }
    return .failed("the socket \(path) is taken and nobody answers there")
  }

  /// Removes what a killed shim left; not while another one may be starting there.
  static func removeUnlessServed(_ path: String) {
    let turn = takeTurn()
    defer { if turn >= 0 { close(turn) } }
    if !isAnswering(at: path) { unlink(path) }
  }

  private static func takeTurn() -> Int32 {
    let turn = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    if turn >= 0 { flock(turn, LOCK_EX) }
    return turn
  }

  /// Whether somebody accepts connections there.
  static func isAnswering(at path: String) -> Bool {
    let socket = make()
    guard socket >= 0 else { return false }
    defer { close(socket) }
    return connect(socket, path)
  }

  private static func make() -> Int32 { socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | O_CLOEXEC, 0) }

  /// False with `errno`.
  static func connect(_ socket: Int32, _ path: String) -> Bool {
    withAddress(path) { Glibc.connect(socket, $0, $1) == 0 }
  }

  private static func bind(_ socket: Int32, _ path: String) -> Bool { withAddress(path) { Glibc.bind(socket, $0, $1) == 0 } }

  private static func withAddress(_ path: String, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Bool) -> Bool {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let capacity = MemoryLayout.size(ofValue: address.sun_path)
    guard path.utf8.count < capacity else {
      errno = ENAMETOOLONG
      return false
    }
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
    return withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, socklen_t(MemoryLayout<sockaddr_un>.size)) }
    }
  }
}
