import Foundation

/// Who may read. On loopback everybody who is on the machine, but no page of another site by way of a reader's browser: the name a request
/// is addressed to must be the machine's own. Elsewhere whoever knows the token.
public struct Access: Sendable {
  private let token: String?

  /// - Parameter token: nil where the server listens on loopback only.
  public init(token: String?) { self.token = token }

  /// Why a request is refused; nil where it is not.
  /// - Parameters:
  ///   - host: of the request, with its port.
  ///   - authorization: the header of that name.
  ///   - cookie: the header of that name.
  ///   - query: the parameter `token`.
  public func refusal(host: String?, authorization: String?, cookie: String?, query: String?) -> (status: Int, reason: String)? {
    guard let token else {
      return Self.isOwn(host ?? "") ? nil : (403, "addressed to another machine's name; use localhost or 127.0.0.1")
    }
    let given = [
      authorization.flatMap { $0.hasPrefix("Bearer ") ? String($0.dropFirst(7)) : nil }, query,
      cookie?.split(separator: ";").map { $0.trimmingCharacters(in: .whitespaces) }.first { $0.hasPrefix(Self.cookieName + "=") }
        .map { String($0.dropFirst(Self.cookieName.count + 1)) },
    ]
    return given.contains { $0.map { Self.equal($0, token) } ?? false }
      ? nil : (401, "a token is needed: Authorization: Bearer TOKEN, or ?token=TOKEN")
  }

  static let cookieName = "harness-token"

  static func isOwn(_ host: String) -> Bool {
    let name: Substring =
      host.hasPrefix("[") ? host.prefix { $0 != "]" }.dropFirst() : host.split(separator: ":", omittingEmptySubsequences: false)[0]
    return ["localhost", "127.0.0.1", "::1"].contains(String(name).lowercased())
  }

  /// Whether an address is one that only this machine reaches.
  public static func isLoopback(_ address: String) -> Bool {
    address == "localhost" || address == "::1" || address.hasPrefix("127.") && address.split(separator: ".").count == 4
  }

  /// Takes as long whatever the texts have in common.
  private static func equal(_ one: String, _ other: String) -> Bool {
    let (one, other) = (Array(one.utf8), Array(other.utf8))
    guard one.count == other.count else { return false }
    return zip(one, other).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
  }
}
