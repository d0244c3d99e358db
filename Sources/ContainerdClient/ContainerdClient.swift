import ContainerdAPI
import Dispatch
import GRPCCore
import SwiftProtobuf
import Synchronization

/// A client of one containerd in one of its namespaces: one connection that stays open, so that what is measured over it pays neither for
/// connecting nor for the start of Swift's concurrency.
///
/// The calls are asynchronous; `ContainerdClient.finish` carries one out for a thread that waits.
public final class ContainerdClient: Sendable {
  let grpc: GRPCClient<SocketTransport>
  /// Every container, task and snapshot of this client lies in it.
  public let namespace: String
  private let connection: Task<Void, Never>

  /// Begins to connect; the first call waits until there is a connection, or fails.
  /// - Parameters:
  ///   - socket: path of containerd's socket, at most 107 bytes.
  ///   - namespace: a containerd namespace; it need not exist.
  public init(socket: String, namespace: String) {
    self.namespace = namespace
    let grpc = GRPCClient(transport: SocketTransport(path: socket))
    self.grpc = grpc
    // An error of the connection is the error of every call made over it.
    connection = Task { try? await grpc.runConnections() }
  }

  deinit { close() }

  /// Closes the connection once the calls in flight have ended.
  public func close() {
    grpc.beginGracefulShutdown()
    connection.cancel()
  }

  /// What every request carries.
  var metadata: Metadata { ["containerd-namespace": .string(namespace)] }

  /// containerd's version, for instance "1.6.20": the simplest question there is.
  /// - Throws: `ContainerdError`.
  public func version() async throws(ContainerdError) -> String {
    try await ask("version") {
      try await Containerd_Services_Version_V1_Version.Client(wrapping: grpc).version(Google_Protobuf_Empty(), metadata: metadata).version
    }
  }

  /// A call whose failure says what was asked.
  func ask<Answer>(_ attempt: String, _ call: () async throws -> Answer) async throws(ContainerdError) -> Answer {
    do { return try await call() } catch { throw ContainerdError(error, attempt: attempt) }
  }

  /// Carries something out and waits for it on this thread, which is none of Swift's concurrency.
  /// - Parameters:
  ///   - limit: seconds; nil for none. What takes longer is cancelled.
  ///   - isInterrupted: asked ten times a second; what is under way when it says so is cancelled.
  /// - Throws: `ContainerdError`, also `.timedOut` and `.interrupted`.
  public static func finish<Answer: Sendable>(
    within limit: Double? = nil, unless isInterrupted: () -> Bool = { false }, _ work: @escaping @Sendable () async throws -> Answer
  ) throws(ContainerdError) -> Answer {
    let outcome = Outcome<Answer>()
    let task = Task(priority: .high) {
      do { outcome.set(.success(try await work())) } catch { outcome.set(.failure(ContainerdError(error, attempt: "containerd"))) }
    }
    let deadline = limit.map { DispatchTime.now() + $0 }
    var reason: ContainerdError?
    while true {
      let slice = DispatchTime.now() + .milliseconds(100)
      if outcome.isSet.wait(timeout: reason == nil ? deadline.map { min($0, slice) } ?? slice : .distantFuture) == .success { break }
      if isInterrupted() {
        reason = ContainerdError(.interrupted, "interrupted")
      } else if let deadline, DispatchTime.now() >= deadline {
        reason = ContainerdError(.timedOut, "no answer within \(limit ?? 0) s")
      }
      // What is cancelled still ends by itself: nothing of it is under way when this returns.
      if reason != nil { task.cancel() }
    }
    switch outcome.take() {
    case .success(let answer): return answer
    case .failure(let error): throw reason ?? error
    }
  }

  private final class Outcome<Answer: Sendable>: Sendable {
    let isSet = DispatchSemaphore(value: 0)
    private let result = Mutex<Result<Answer, ContainerdError>?>(nil)

    func set(_ value: Result<Answer, ContainerdError>) {
      result.withLock { $0 = value }
      isSet.signal()
    }

    func take() -> Result<Answer, ContainerdError> {
      result.withLock { $0 } ?? .failure(ContainerdError(.refused, "no answer"))
    }
  }
}
