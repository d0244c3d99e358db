import Glibc
import OCI

/// The namespaces a container's processes live in: some made for it, some joined, all others the host's (namespaces(7)).
public struct Namespaces {
  private let list: [RuntimeSpec.Namespace]

  /// - Parameter list: each kind at most once.
  public init(_ list: [RuntimeSpec.Namespace]) { self.list = list }

  /// Whether the container gets a new one of that kind.
  public func makes(_ kind: RuntimeSpec.Namespace.Kind) -> Bool { list.contains { $0.kind == kind && $0.path == nil } }

  /// The namespace of that kind that the container joins, if it does.
  public func joined(_ kind: RuntimeSpec.Namespace.Kind) -> String? { list.first { $0.kind == kind }?.path }

  /// Whether the container's processes see those of the host.
  public var sharesProcesses: Bool { !list.contains { $0.kind == .pid } }

  /// Flags of clone(2) for the first process. A cgroup namespace is made later, by the process itself: its root is where the process is then.
  public var cloneFlags: Int {
    list.reduce(0) { flags, namespace in
      namespace.path != nil || namespace.kind == .cgroup ? flags : flags | Self.flag(namespace.kind)
    }
  }

  /// Joins those of the list that exist already, but for the user and pid namespaces, which the parent deals with, and the mount namespace.
  /// - Throws: naming the path that cannot be joined.
  public func joinExisting() throws(ContainerError) {
    for namespace in list {
      guard let path = namespace.path, namespace.kind != .pid, namespace.kind != .user else { continue }
      try Self.join(path, namespace.kind)
    }
  }

  /// - Throws: naming the path that cannot be joined.
  public static func join(_ path: String, _ kind: RuntimeSpec.Namespace.Kind) throws(ContainerError) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw ContainerError(failed: "open the \(kind.rawValue) namespace \(path)") }
    defer { close(descriptor) }
    guard Linux.setNamespace(descriptor, flag(kind)) == 0 else {
      throw ContainerError(failed: "join the \(kind.rawValue) namespace \(path)")
    }
  }

  /// The namespaces of a running process that a further process of its container has to join, in the order in which that works.
  public static let ofContainer = [
    Linux.Namespace.user, Linux.Namespace.ipc, Linux.Namespace.uts, Linux.Namespace.network, Linux.Namespace.cgroup, Linux.Namespace.mount,
  ]

  private static func flag(_ kind: RuntimeSpec.Namespace.Kind) -> Int {
    switch kind {
    case .pid: Linux.Namespace.process
    case .network: Linux.Namespace.network
    case .ipc: Linux.Namespace.ipc
    case .uts: Linux.Namespace.uts
    case .mount: Linux.Namespace.mount
    case .user: Linux.Namespace.user
    case .cgroup: Linux.Namespace.cgroup
    case .time: Linux.Namespace.time
    }
  }
}

/// Writes the user and group mappings of a process in a new user namespace (user_namespaces(7)); the parent does that.
public enum IDMappings {
  /// - Throws: naming the file that cannot be written.
  public static func write(
    users: [RuntimeSpec.IDMapping], groups: [RuntimeSpec.IDMapping], of process: pid_t
  ) throws(ContainerError) {
    try write(groups, to: "/proc/\(process)/gid_map")
    try write(users, to: "/proc/\(process)/uid_map")
  }

  /// The number outside that a number inside stands for; nil where it stands for none.
  public static func outside(_ number: UInt32, _ mappings: [RuntimeSpec.IDMapping]) -> UInt32? {
    for mapping in mappings where number >= mapping.containerID && number - mapping.containerID < mapping.size {
      let (outside, overflows) = mapping.hostID.addingReportingOverflow(number - mapping.containerID)
      return overflows ? nil : outside
    }
    return nil
  }

  private static func write(_ mappings: [RuntimeSpec.IDMapping], to path: String) throws(ContainerError) {
    guard !mappings.isEmpty else { return }
    let text = mappings.map { "\($0.containerID) \($0.hostID) \($0.size)\n" }.joined()
    let code = SmallFile.write(text, to: path)
    guard code == 0 else { throw ContainerError(failed: "write \(path)", code: code) }
  }
}

/// The loopback interface of a new network namespace is down; runc brings it up, and so do we (netdevice(7)).
public enum Loopback {
  /// Where it cannot be brought up the container has none, as it would have no other interface.
  public static func bringUp() {
    let socket = socket(AF_INET, Int32(SOCK_DGRAM.rawValue) | O_CLOEXEC, 0)
    guard socket >= 0 else { return }
    defer { close(socket) }
    // struct ifreq: 16 bytes of name, then the flags; IFF_UP | IFF_RUNNING with SIOCSIFFLAGS.
    withUnsafeTemporaryAllocation(byteCount: 40, alignment: 8) { request in
      request.initializeMemory(as: UInt8.self, repeating: 0)
      request[0] = UInt8(ascii: "l")
      request[1] = UInt8(ascii: "o")
      request.storeBytes(of: Int16(1 | 0x40), toByteOffset: 16, as: Int16.self)
      _ = ioctl(socket, 0x8914, request.baseAddress!)
    }
  }
}
