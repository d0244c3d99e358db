import Containers
import Glibc
import OCI

/// The process that stays: serves the tasks of one pod until the last of them is deleted and containerd asks it to end.
final class Daemon {
  let options: ShimOptions
  let flavour: Flavour
  private let socket: Int32
  private let socketPath: String

  init(_ options: ShimOptions, _ flavour: Flavour, socket: Int32, path: String) {
    self.options = options
    self.flavour = flavour
    self.socket = socket
    socketPath = path
  }

  func run() -> Never {
    detach()
    let log = ShimLog(bundle: ".")
    // Nothing may keep a bundle's folder busy.
    chdir("/")
    let loop = EventLoop()
    let children = Children(loop)
    let publisher = EventPublisher(loop, address: eventAddress, namespace: options.namespace, log: log)
    let context = ShimContext(options: options, flavour: flavour, loop: loop, children: children, publisher: publisher, log: log)
    let service = TaskService(context)
    let server = TaskServer(loop, socket: socket, service: service)
    service.whenDone = { [socketPath] in
      unlink(socketPath)
      publisher.flush { loop.end() }
    }
    withExtendedLifetime(server) { loop.run() }
    _exit(0)
  }

  /// containerd waits until nobody holds the output of `start` any more.
  private func detach() {
    setsid()
    let nothing = open("/dev/null", O_RDWR | O_CLOEXEC)
    for number in 0...2 as ClosedRange<Int32> { dup2(nothing, number) }
    close(nothing)
    // containerd starts shims with signals blocked or ignored as it likes; a daemon of one thread wants them plain.
    for number in [SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGUSR1, SIGUSR2] { signal(number, SIG_IGN) }
    signal(SIGCHLD, SIG_DFL)
    Linux.adoptOrphans()
    OutOfMemoryScore.raiseAboveParent()
    // Forks of this process are in containers before they are anything else: nobody there may trace them or reach what they hold.
    Linux.hideFromPeers()
  }

  private var eventAddress: String {
    if let address = getenv("TTRPC_ADDRESS"), address.pointee != 0 { return String(cString: address) }
    return options.address + ".ttrpc"
  }
}

/// What everything in the daemon works with.
struct ShimContext {
  let options: ShimOptions
  let flavour: Flavour
  let loop: EventLoop
  let children: Children
  let publisher: EventPublisher
  let log: ShimLog
  let filters = Filters()
}

/// Seccomp filters of profiles that were compiled before.
final class Filters {
  private var cache = SeccompCache()

  func filter(_ profile: RuntimeSpec.Seccomp) throws(ContainerError) -> SeccompFilter { try cache.filter(profile) }
}

/// The kernel's choice of whom to end when memory runs out (proc(5), oom_score_adj).
enum OutOfMemoryScore {
  /// A shim is to go before containerd does.
  static func raiseAboveParent() {
    guard let score = OOMScore.get(of: getppid()), score < 1000 else { return }
    try? OOMScore.set(score + 1)
  }
}
