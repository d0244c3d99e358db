import Containers
import Digest
import Glibc
import OCI

/// `start`: makes sure that a shim serves the container's pod and prints the address of its socket.
///
/// containerd waits for this program's end and for the end of its output, so the daemon that stays behind lets go of both at once. It is made
/// by a plain fork while there is one thread: it begins with all that this program has set up. It makes the socket itself, so that somebody
/// who removes it again is there whichever of the two is killed.
struct StartCommand {
  private let options: ShimOptions
  private let flavour: Flavour

  init(_ options: ShimOptions, _ flavour: Flavour) {
    self.options = options
    self.flavour = flavour
  }

  /// The exit code; the daemon does not return from here.
  func run() -> Int32 {
    guard !options.id.isEmpty, !options.namespace.isEmpty, !options.address.isEmpty else {
      StandardError.write("error: \(flavour.program): start needs -namespace, -address and -id, as containerd gives them\n")
      return 64
    }
    guard let group = podName() else { return 65 }
    let path = ShimSocket.path(address: options.address, namespace: options.namespace, group: group, program: flavour.program)
    if !ShimSocket.isAnswering(at: path), let reason = startDaemon(path) {
      StandardError.write("error: \(flavour.program): \(reason)\n")
      return 71
    }
    let address = "unix://" + path
    guard FileDescriptor.replaceFile("address", with: address) else {
      StandardError.write("error: \(flavour.program): cannot write the address into the bundle: \(String(cString: strerror(errno)))\n")
      return 71
    }
    FileDescriptor.write(address, to: 1)
    return 0
  }

  /// Returns once somebody listens: nil, or why nobody does.
  private func startDaemon(_ path: String) -> String? {
    guard let report = Linux.makePipe() else { return "cannot make a pipe: \(String(cString: strerror(errno)))" }
    defer { close(report.read) }
    let child = fork()
    if child == 0 {
      close(report.read)
      becomeDaemon(path, report.write)
    }
    close(report.write)
    guard child > 0 else { return "cannot fork: \(String(cString: strerror(errno)))" }
    guard let said = FileDescriptor.readAll(report.read).map({ String(decoding: $0, as: UTF8.self) }), !said.isEmpty else {
      ShimSocket.removeUnlessServed(path)
      return "the daemon has ended before it listened"
    }
    return said == Self.listens ? nil : said
  }

  /// What the daemon says when its address may be told.
  private static let listens = "listens"

  private func becomeDaemon(_ path: String, _ report: Int32) -> Never {
    switch ShimSocket.listen(at: path) {
    case .serving: FileDescriptor.write(Self.listens, to: report)
    case .failed(let reason): FileDescriptor.write(reason, to: report)
    case .listening(let socket):
      FileDescriptor.write(Self.listens, to: report)
      close(report)
      Daemon(options, flavour, socket: socket, path: path).run()
    }
    _exit(0)
  }

  /// Containers of one pod share a shim: the value of the first of these annotations, or the container's own name. Nil after a message.
  private func podName() -> String? {
    guard let text = FileDescriptor.readFile("config.json") else {
      StandardError.write("error: \(flavour.program): no config.json in the bundle: \(String(cString: strerror(errno)))\n")
      return nil
    }
    do {
      let annotations = try text.withUnsafeBufferPointer { try RuntimeSpec.annotations(in: $0) }
      for name in ["io.containerd.runc.v2.group", "io.kubernetes.cri.sandbox-id"] {
        if let annotation = annotations.first(where: { $0.name == name }), !annotation.value.isEmpty { return annotation.value }
      }
      return options.id
    } catch {
      StandardError.write("error: \(flavour.program): config.json: \(error)\n")
      return nil
    }
  }
}
