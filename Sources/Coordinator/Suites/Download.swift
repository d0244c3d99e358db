import CCurl
import Foundation

/// Files of one place, fetched with libcurl over one connection: HTTPS, or HTTP from this very machine.
final class Download {
  /// Why a file could not be had, in words.
  struct Failure: Error {
    var reason: String
  }

  /// No file of a suite is nearly as large.
  private static let longest = 64 << 20
  /// Seconds until a connection has to be there, and seconds that one may give next to nothing.
  private static let patience = 20

  private let base: String
  private let handle: UnsafeMutableRawPointer

  /// - Parameter base: URL of a folder, ending in `/`.
  /// - Throws: `CoordinatorError.usage` for what is neither HTTPS nor this machine.
  init(_ base: String) throws {
    let url = URL(string: base)
    let isOwn = url?.scheme == "http" && ["127.0.0.1", "localhost", "::1"].contains(url?.host() ?? "")
    guard url?.scheme == "https" || isOwn else {
      throw CoordinatorError(.usage, "\(base): suites are fetched over HTTPS; give a URL that begins with https://")
    }
    guard curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK, let handle = curl_easy_init() else {
      throw CoordinatorError(.defect, "libcurl cannot be set up")
    }
    self.base = base
    self.handle = handle
    let protocols = isOwn ? "http" : "https"
    for option in [CURLOPT_PROTOCOLS_STR, CURLOPT_REDIR_PROTOCOLS_STR] {
      protocols.withCString { _ = set(handle, option, Int(bitPattern: $0)) }
    }
    // No proxy leads back to this machine.
    if isOwn { "*".withCString { _ = set(handle, CURLOPT_NOPROXY, Int(bitPattern: $0)) } }
    for (option, value) in [
      (CURLOPT_FAILONERROR, 1), (CURLOPT_FOLLOWLOCATION, 1), (CURLOPT_NOSIGNAL, 1), (CURLOPT_MAXFILESIZE, Self.longest),
      (CURLOPT_CONNECTTIMEOUT, Self.patience), (CURLOPT_LOW_SPEED_LIMIT, 1), (CURLOPT_LOW_SPEED_TIME, Self.patience),
    ] { _ = set(handle, option, value) }
  }

  deinit { curl_easy_cleanup(handle) }

  /// - Parameter path: relative to the base; it is encoded here.
  func fetch(_ path: String, to destination: String) throws(Failure) {
    guard let file = fopen(destination, "we") else { throw Failure(reason: "\(destination): \(String(cString: strerror(errno)))") }
    let encoded = path.split(separator: "/").map { $0.addingPercentEncoding(withAllowedCharacters: .urlPathAllowed) ?? String($0) }
    // libcurl copies texts, and writes to a C stream by itself.
    (base + encoded.joined(separator: "/")).withCString { _ = set(handle, CURLOPT_URL, Int(bitPattern: $0)) }
    _ = set(handle, CURLOPT_WRITEDATA, Int(bitPattern: file))
    let code = curl_easy_perform(handle)
    let isWritten = fclose(file) == 0
    guard code == CURLE_OK else { throw Failure(reason: "cannot be fetched (\(String(cString: curl_easy_strerror(code))))") }
    guard isWritten else { throw Failure(reason: "cannot be written to \(destination) (\(String(cString: strerror(errno))))") }
  }
}

// curl_easy_setopt(3) is variadic, which Swift does not import. What it is given is a whole number or a pointer, which go the same way.
@_silgen_name("curl_easy_setopt") private func set(_ handle: UnsafeMutableRawPointer, _ option: CURLoption, _ value: Int) -> CURLcode
