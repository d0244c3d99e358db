import Foundation
import HTTPTypes
import Hummingbird
import Logging

/// The pages over HTTP, while runs go on: reading only, on loopback unless there is a token.
public struct PageServer: Sendable {
  private let source: PageSource
  private let access: Access
  private let address: String
  private let port: Int

  /// - Parameters:
  ///   - address: where to listen; anything but loopback needs a token.
  ///   - port: 0 for any that is free.
  public init(_ source: PageSource, address: String, port: Int, token: String?) {
    self.source = source
    self.address = address
    self.port = port
    access = Access(token: token)
  }

  /// Serves until SIGINT or SIGTERM.
  /// - Parameter isReady: called once with the port that is listened on.
  /// - Throws: where the address cannot be listened on.
  public func run(isReady: @escaping @Sendable (Int) -> Void) async throws {
    let router = Router()
    router.get("**") { request, _ in await answer(request) }
    router.get("/") { request, _ in await answer(request) }
    var logger = Logger(label: "harness")
    logger.logLevel = .critical
    let application = Application(
      router: router, configuration: .init(address: .hostname(address, port: port)),
      onServerRunning: { channel in isReady(channel.localAddress?.port ?? port) }, logger: logger)
    try await application.runService()
  }

  private func answer(_ request: Request) async -> Response {
    let query = Dictionary(request.uri.queryParameters.map { (String($0.key), String($0.value)) }) { first, _ in first }
    let refusal = access.refusal(
      host: request.head.authority, authorization: request.headers[.authorization], cookie: request.headers[.cookie], query: query["token"])
    if let refusal { return response(.error(refusal.status, refusal.reason)) }
    let path = request.uri.path.split(separator: "/").map { $0.removingPercentEncoding ?? String($0) }
    if path == ["events"] { return events() }
    let source = source
    // Making a page reads a database and may take a while: no event loop waits for it.
    let answer = await withCheckedContinuation { continuation in
      DispatchQueue.global().async { continuation.resume(returning: source.answer(path, query: query)) }
    }
    var response = response(answer)
    // Whoever came with a token in the address need not carry it on.
    if let token = query["token"] {
      response.headers[.setCookie] =
        "\(Access.cookieName)=\(token.filter { $0.isASCII && ($0.isLetter || $0.isNumber || "-_".contains($0)) }); HttpOnly; SameSite=Strict; Path=/"
    }
    return response
  }

  private func response(_ answer: PageSource.Answer) -> Response {
    var headers = Self.headers
    headers[.contentType] = answer.type
    return Response(status: .init(code: answer.status), headers: headers, body: .init(byteBuffer: ByteBuffer(string: answer.body)))
  }

  /// Pages hold everything they need; nothing of another site's may run or be asked for.
  private static let headers: HTTPFields = [
    .contentSecurityPolicy:
      "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; connect-src 'self'; img-src data:; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
    .xContentTypeOptions: "nosniff", .cacheControl: "no-store",
  ]

  /// Server-sent events: what goes on, once at first and whenever it changes.
  private func events() -> Response {
    var headers = Self.headers
    headers[.contentType] = "text/event-stream"
    let source = source
    return Response(
      status: .ok, headers: headers,
      body: .init { writer in
        var told = ""
        var quiet = 0
        while !Task.isCancelled {
          let progress = source.progress()
          if progress != told {
            told = progress
            quiet = 0
            try await writer.write(ByteBuffer(string: "event: progress\ndata: \(progress)\n\n"))
          } else if quiet >= 15 {
            // A comment: whoever has gone is noticed, and no one between gives up waiting.
            quiet = 0
            try await writer.write(ByteBuffer(string: ": still here\n\n"))
          }
          quiet += 1
          try await Task.sleep(for: .seconds(1))
        }
        try await writer.finish(nil)
      })
  }
}
