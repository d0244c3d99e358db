import Foundation

/// A server of files on this machine's own address, for as long as it is held: one request a connection, nothing else of HTTP.
final class LoopbackServer: @unchecked Sendable {
  private let listener: CInt
  private let files: [String: Data]
  /// Paths asked for, in order.
  private var asked: [String] = []
  private let lock = NSLock()
  let url: String

  /// - Parameter files: path without the leading `/` → content.
  init(_ files: [String: Data]) throws {
    self.files = files
    listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let size = length
    let socket = listener
    let code = withUnsafeMutablePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(socket, $0, size) == 0 && getsockname(socket, $0, &length) == 0 }
    }
    guard code, listen(listener, 16) == 0 else { throw POSIXError(.EADDRINUSE) }
    url = "http://127.0.0.1:\(UInt16(bigEndian: address.sin_port))/"
    Thread.detachNewThread { [self] in serve() }
  }

  var requests: [String] { lock.withLock { asked } }

  /// Ends it: nobody listens at its URL any more.
  func stop() { shutdown(listener, Int32(SHUT_RDWR)) }

  private func serve() {
    while true {
      let connection = accept(listener, nil, nil)
      guard connection >= 0 else { break }
      var bytes = [UInt8](repeating: 0, count: 4096)
      let count = read(connection, &bytes, bytes.count)
      let path =
        String(decoding: bytes[..<max(0, count)], as: UTF8.self).split(separator: " ").dropFirst().first.map { String($0.dropFirst()) }
        ?? ""
      lock.withLock { asked.append(path) }
      let body = files[path]
      let head =
        body.map { "HTTP/1.1 200 OK\r\nContent-Length: \($0.count)\r\nConnection: close\r\n\r\n" }
        ?? "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
      let answer = Data(head.utf8) + (body ?? Data())
      _ = answer.withUnsafeBytes { write(connection, $0.baseAddress, $0.count) }
      close(connection)
    }
    close(listener)
  }
}
