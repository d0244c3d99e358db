import Containers
import Glibc
import OCI
import TaskAPI

/// One process that containerd knows: a container's first, or a further one (`exec`).
final class TaskProcess {
  enum State {
    case created, running, stopped
  }

  /// Empty for the container's first process.
  let execID: String
  let spec: RuntimeSpec.Process
  /// The document that the specification was read from, for runc; empty for a container's first process.
  let document: [UInt8]
  /// Opened when the process is made.
  var streams: StandardStreams? {
    didSet { if hasClosedInput { streams?.closeInput() } }
  }
  private var hasClosedInput = false
  private var size: (width: UInt32, height: UInt32)?
  let names: StandardStreams.Names
  /// 0 until there is one.
  var process: pid_t = 0
  private(set) var state = State.created
  /// Set once the process has ended.
  private(set) var ending: Children.Ending?
  /// To the process until it runs its program.
  var channel: InitChannel?
  private var waiting: [(Children.Ending) -> Void] = []
  /// While this is true, the news of the process's end is kept.
  var holdsEnd = false {
    didSet {
      guard !holdsEnd, let keptEnd else { return }
      self.keptEnd = nil
      keptEnd()
    }
  }
  var keptEnd: (() -> Void)?

  init(execID: String, spec: RuntimeSpec.Process, document: [UInt8] = [], names: StandardStreams.Names) {
    self.execID = execID
    self.spec = spec
    self.names = names
    self.document = document
  }

  /// Whether somebody is starting it at the moment.
  var isStarting = false
  /// Whether somebody is letting it go at the moment, and who else wants to hear when it is gone.
  private(set) var isBeingDeleted = false
  private var wantDeletion: [() -> Void] = []

  /// Whether the caller is the first who lets it go; to anybody else `done` says when it is gone.
  func beginDeletion(whenGone done: @escaping () -> Void) -> Bool {
    if isBeingDeleted { wantDeletion.append(done) }
    defer { isBeingDeleted = true }
    return !isBeingDeleted
  }

  func endDeletion() {
    let others = wantDeletion
    wantDeletion = []
    for other in others { other() }
  }

  func runs() { state = .running }

  /// Notes the end and tells those who wait for it.
  func ended(_ ending: Children.Ending) {
    state = .stopped
    self.ending = ending
    let waiting = self.waiting
    self.waiting = []
    for body in waiting { body(ending) }
  }

  /// Calls `body` when the process has ended; at once if it has.
  func whenEnded(_ body: @escaping (Children.Ending) -> Void) {
    if let ending { body(ending) } else { waiting.append(body) }
  }

  /// Connects its terminal with its streams.
  func attach(terminal master: Int32, _ loop: EventLoop) {
    streams?.attach(terminal: master, loop)
    if let size { streams?.resize(width: size.width, height: size.height) }
  }

  /// Of its terminal; what is said before there is one counts then.
  func resize(width: UInt32, height: UInt32) {
    size = (width, height)
    streams?.resize(width: width, height: height)
  }

  func closeChannel(_ loop: EventLoop) {
    guard let channel else { return }
    loop.ignore(channel.descriptor)
    close(channel.descriptor)
    self.channel = nil
  }
}

extension TaskProcess {
  /// Sets what a process in a user namespace may not raise itself: its limits and its score for lack of memory.
  func raiseLimits() throws(ContainerError) {
    try ResourceLimits(spec.rlimits).raise(of: process)
    if let score = spec.oomScoreAdj { try OOMScore.set(score, of: process) }
  }

  /// containerd has nothing more to say on standard input; it may say so before the process is started.
  func closeInput() {
    if let streams { streams.closeInput() } else { hasClosedInput = true }
  }
}
