import GRPCCore
import NIOCore
import NIOHTTP2
import NIOPosix
import Synchronization

/// gRPC's road to a daemon on this machine: HTTP/2 over a Unix domain socket, in the clear, one connection for all calls.
///
/// It carries what containerd's client calls are: one request message each, and one response message or a stream of them. It does not
/// reconnect: whoever restarts a daemon makes a new client. The wire is that of "gRPC over HTTP2" (PROTOCOL-HTTP2.md of the gRPC project).
final class SocketTransport: ClientTransport {
  typealias Bytes = [UInt8]
  typealias StreamChannel = NIOAsyncChannel<HTTP2Frame.FramePayload, HTTP2Frame.FramePayload>

  private struct Connection: Sendable {
    var channel: any Channel
    var multiplexer: NIOHTTP2Handler.AsyncStreamMultiplexer<Void>
  }

  let retryThrottle: RetryThrottle? = nil
  private let path: String
  private let promise: EventLoopPromise<Connection>
  /// Set once connected: asking a future would be a visit to the event loop before every call.
  private let connection = Mutex<Connection?>(nil)

  init(path: String) {
    self.path = path
    promise = MultiThreadedEventLoopGroup.singleton.next().makePromise()
  }

  /// The daemon is our own: its pings, one a call, are no attack.
  private static var configuration: NIOHTTP2Handler.Configuration {
    var connection = NIOHTTP2Handler.ConnectionConfiguration()
    connection.controlFrameRateLimit.maximumCount = .max
    connection.maximumConnectionGlitches = .max
    var stream = NIOHTTP2Handler.StreamConfiguration()
    stream.streamResetFrameRateLimit.maximumCount = .max
    stream.streamErrorRateLimit.maximumCount = .max
    return NIOHTTP2Handler.Configuration(connection: connection, stream: stream)
  }

  /// Connects, and returns when the connection has ended.
  func connect() async throws {
    let connected: Connection
    do {
      connected = try await ClientBootstrap(group: promise.futureResult.eventLoop)
        .connect(to: SocketAddress(unixDomainSocketPath: path)) { channel in
          channel.eventLoop.makeCompletedFuture {
            let operations = channel.pipeline.syncOperations
            let multiplexer = try operations.configureAsyncHTTP2Pipeline(mode: .client, configuration: Self.configuration) {
              $0.eventLoop.makeSucceededVoidFuture()
            }
            try operations.addHandler(ClosesOnError())
            return Connection(channel: channel, multiplexer: multiplexer)
          }
        }
    } catch {
      let failure = RPCError(code: .unavailable, message: "\(path): cannot be reached", cause: error)
      promise.fail(failure)
      throw failure
    }
    connection.withLock { $0 = connected }
    promise.succeed(connected)
    try await withTaskCancellationHandler {
      try await connected.channel.closeFuture.get()
    } onCancel: {
      connected.channel.close(promise: nil)
    }
  }

  func beginGracefulShutdown() {
    promise.fail(RPCError(code: .unavailable, message: "the client is closed"))
    connection.withLock { $0 }?.channel.close(promise: nil)
  }

  func withStream<Result: Sendable>(
    descriptor: MethodDescriptor, options: CallOptions,
    _ body: (_ stream: RPCStream<Inbound, Outbound>, _ context: ClientContext) async throws -> Result
  ) async throws -> Result {
    let connected = if let known = connection.withLock({ $0 }) { known } else { try await promise.futureResult.get() }
    let stream: StreamChannel
    do {
      stream = try await connected.multiplexer.openStream { channel in
        channel.eventLoop.makeCompletedFuture { try StreamChannel(wrappingChannelSynchronously: channel) }
      }
    } catch {
      throw RPCError(code: .unavailable, message: "the connection to \(path) is lost", cause: error)
    }
    let context = ClientContext(descriptor: descriptor, remotePeer: "unix:\(path)", localPeer: "unix:")
    return try await stream.executeThenClose { inbound, outbound in
      let parts = RPCStream(
        descriptor: descriptor, inbound: Inbound(wrapping: ResponseParts(frames: inbound)),
        outbound: Outbound(wrapping: RequestWriter(descriptor, outbound)))
      return try await body(parts, context)
    }
  }

  func config(forMethod descriptor: MethodDescriptor) -> MethodConfig? { nil }
}

/// A connection with an error is of no use any more: its calls would wait for ever.
private final class ClosesOnError: ChannelInboundHandler {
  typealias InboundIn = Never

  func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}
