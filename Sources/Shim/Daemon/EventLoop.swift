import Containers
import Glibc

/// One thread that waits for descriptors and moments and calls whom they are for (epoll(7)).
///
/// The shim has no other thread: a container's first process is a fork of it that goes on without an exec, which only a process with one
/// thread may do. Nothing that is called from here may wait.
final class EventLoop {
  /// What a descriptor is watched for and what has happened to it.
  struct Events: OptionSet {
    let rawValue: UInt32
    static let readable = Events(rawValue: 1)
    static let writable = Events(rawValue: 4)
    static let failed = Events(rawValue: 8)
    static let hungUp = Events(rawValue: 16)
  }

  /// Something to be done at a moment unless it is cancelled before.
  final class Timer {
    fileprivate let moment: UInt64
    fileprivate var action: (() -> Void)?
    fileprivate init(_ moment: UInt64, _ action: @escaping () -> Void) {
      self.moment = moment
      self.action = action
    }
    func cancel() { action = nil }
  }

  private let poll: Int32
  /// By descriptor.
  private var watchers: [Watcher?] = []
  /// Numbers the watchers: what the kernel has to say about a closed descriptor is not for whoever gets its number next.
  private var turns: UInt32 = 0

  private struct Watcher {
    let turn: UInt32
    let body: (Events) -> Void
  }

  private var timers: [Timer] = []
  private var isEnding = false

  init() { poll = Linux.makeEventPoll() }

  /// Calls `body` whenever the descriptor is as asked, or broken.
  func watch(_ descriptor: Int32, _ events: Events, _ body: @escaping (Events) -> Void) {
    while watchers.count <= Int(descriptor) { watchers.append(nil) }
    let isNew = watchers[Int(descriptor)] == nil
    turns &+= 1
    watchers[Int(descriptor)] = Watcher(turn: turns, body: body)
    _ = Linux.controlPoll(poll, isNew ? 1 : 3, descriptor, events.rawValue, turn: turns)
  }

  /// Changes what a watched descriptor is watched for.
  func change(_ descriptor: Int32, _ events: Events) {
    guard watchers.indices.contains(Int(descriptor)), let watcher = watchers[Int(descriptor)] else { return }
    _ = Linux.controlPoll(poll, 3, descriptor, events.rawValue, turn: watcher.turn)
  }

  /// To be called before the descriptor is closed.
  func ignore(_ descriptor: Int32) {
    guard watchers.indices.contains(Int(descriptor)), watchers[Int(descriptor)] != nil else { return }
    watchers[Int(descriptor)] = nil
    _ = Linux.controlPoll(poll, 2, descriptor, 0)
  }

  /// Does something after a while.
  @discardableResult
  func after(milliseconds: Int, _ action: @escaping () -> Void) -> Timer {
    let timer = Timer(Self.now + UInt64(milliseconds) * 1_000_000, action)
    timers.append(timer)
    return timer
  }

  /// Ends `run` after what is being done now.
  func end() { isEnding = true }

  func run() {
    withUnsafeTemporaryAllocation(of: Linux.PollEvent.self, capacity: 32) { events in
      while !isEnding {
        let count = Linux.waitPoll(poll, events, milliseconds: timeLeft())
        for index in 0..<max(0, count) {
          let event = events[index]
          // Somebody called before may have stopped watching this one.
          guard watchers.indices.contains(Int(event.descriptor)), let watcher = watchers[Int(event.descriptor)], watcher.turn == event.turn
          else { continue }
          watcher.body(Events(rawValue: event.events))
        }
        fireTimers()
      }
    }
  }

  private func timeLeft() -> Int {
    timers.removeAll { $0.action == nil }
    guard let first = timers.map(\.moment).min() else { return -1 }
    let now = Self.now
    return first > now ? Int((first - now + 999_999) / 1_000_000) : 0
  }

  private func fireTimers() {
    guard !timers.isEmpty else { return }
    let now = Self.now
    for timer in timers where timer.moment <= now {
      let action = timer.action
      timer.action = nil
      action?()
    }
  }

  /// CLOCK_MONOTONIC in nanoseconds.
  static var now: UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
  }
}
