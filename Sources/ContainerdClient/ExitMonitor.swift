import ContainerdAPI
import GRPCCore
import SwiftProtobuf
import Synchronization

/// The end of a task, as containerd's event stream told it.
public struct TaskExit: Sendable, Equatable {
  /// The container's name.
  public var container: String
  /// The program's exit code, or 128 plus the number of the signal that ended it.
  public var status: UInt32
  /// When the event arrived here: CLOCK_MONOTONIC, nanoseconds.
  public var arrived: UInt64
}

/// A subscription to the ends of all tasks of a client's namespace, open from before the first of them.
public final class ExitMonitor: Sendable {
  private let board: ExitBoard
  private let subscription: Task<Void, Never>

  /// Subscribes, and returns once events arrive: containerd says nothing of it by itself, so an event of our own is sent until it comes back.
  /// - Throws: `ContainerdError` where it cannot subscribe.
  public init(_ client: ContainerdClient) async throws(ContainerdError) {
    let events = Containerd_Services_Events_V1_Events.Client(wrapping: client.grpc)
    let (board, metadata) = (ExitBoard(), client.metadata)
    var filters = Containerd_Services_Events_V1_SubscribeRequest()
    filters.filters = ["/tasks/exit", ExitBoard.readyTopic].map { "namespace==\(client.namespace),topic==\"\($0)\"" }
    let request = filters
    self.board = board
    subscription = Task {
      do {
        try await events.subscribe(request, metadata: metadata) { response in
          for try await envelope in response.messages { board.take(envelope, at: Moment.now) }
        }
        board.end(ContainerdError(.unavailable, "containerd ended its event stream"))
      } catch {
        board.end(ContainerdError(error, attempt: "events"))
      }
    }
    var announcement = Containerd_Services_Events_V1_PublishRequest()
    announcement.topic = ExitBoard.readyTopic
    announcement.event = ContainerdClient.any("containerd.events.TaskExit", [])
    while try !board.isOpen {
      do {
        _ = try await events.publish(announcement, metadata: metadata)
        try await Task.sleep(for: .milliseconds(5))
      } catch {
        subscription.cancel()
        throw ContainerdError(error, attempt: "events")
      }
    }
  }

  deinit { close() }

  /// Ends the subscription; whoever waits is told.
  public func close() {
    subscription.cancel()
    board.end(ContainerdError(.unavailable, "the event stream was closed"))
  }

  /// Waits for the end of a container's task; one that has been told already counts. At most one may wait for a container at a time.
  /// - Throws: `ContainerdError`: `.unavailable` where containerd is gone, `.timedOut` where the wait was cancelled.
  public func exit(of container: String) async throws(ContainerdError) -> TaskExit {
    do { return try await board.exit(of: container) } catch {
      throw ContainerdError(error, attempt: "wait for the end of \(container)")
    }
  }

  /// Forgets a container's task.
  /// - Returns: how often its end was told so far.
  @discardableResult
  public func forget(_ container: String) -> Int { board.forget(container) }
}

/// What the event stream told, and who waits for what it will tell.
private final class ExitBoard: Sendable {
  /// The topic of the event that says that events arrive.
  static let readyTopic = "/harness/ready"

  private struct State {
    var exits: [String: [TaskExit]] = [:]
    var waiting: [String: CheckedContinuation<TaskExit, any Error>] = [:]
    var isOpen = false
    /// Why there will be no more events.
    var end: ContainerdError?
  }

  private let state = Mutex(State())

  /// Whether events arrive.
  var isOpen: Bool {
    get throws(ContainerdError) {
      let (isOpen, end) = state.withLock { ($0.isOpen, $0.end) }
      if let end { throw end }
      return isOpen
    }
  }

  func exit(of container: String) async throws -> TaskExit {
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        let answer: Result<TaskExit, any Error>? = state.withLock { state in
          if let exit = state.exits[container]?.first { return .success(exit) }
          if let end = state.end { return .failure(end) }
          if Task.isCancelled { return .failure(CancellationError()) }
          state.waiting[container] = continuation
          return nil
        }
        if let answer { continuation.resume(with: answer) }
      }
    } onCancel: {
      state.withLock { $0.waiting.removeValue(forKey: container) }?.resume(throwing: CancellationError())
    }
  }

  func forget(_ container: String) -> Int { state.withLock { $0.exits.removeValue(forKey: container)?.count ?? 0 } }

  func take(_ envelope: Containerd_Services_Events_V1_Envelope, at moment: UInt64) {
    guard envelope.topic != Self.readyTopic else { return state.withLock { $0.isOpen = true } }
    // The end of a task's first process has the container's name; those of further processes have their own.
    guard let event = try? Containerd_Events_TaskExit(serializedBytes: envelope.event.value), event.id == event.containerID else { return }
    let exit = TaskExit(container: event.containerID, status: event.exitStatus, arrived: moment)
    let waiting = state.withLock { state in
      state.exits[exit.container, default: []].append(exit)
      return state.waiting.removeValue(forKey: exit.container)
    }
    waiting?.resume(returning: exit)
  }

  func end(_ error: ContainerdError) {
    let waiting = state.withLock { state in
      state.end = state.end ?? error
      defer { state.waiting = [:] }
      return Array(state.waiting.values)
    }
    for continuation in waiting { continuation.resume(throwing: error) }
  }
}
