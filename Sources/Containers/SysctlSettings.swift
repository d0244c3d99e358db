import Glibc
import OCI

/// `linux.sysctl`: settings of the kernel, only those that the container has of its own.
public struct SysctlSettings: Equatable, Sendable {
  /// Below /proc/sys, and what is written there.
  let values: [(path: String, value: String)]

  public static func == (a: SysctlSettings, b: SysctlSettings) -> Bool { a.values.elementsEqual(b.values, by: ==) }

  /// - Parameters:
  ///   - settings: names with dots or with slashes between their parts.
  ///   - namespaces: those the container has of its own.
  /// - Throws: a setting that would change the host too.
  public init(_ settings: [RuntimeSpec.Sysctl], namespaces: [RuntimeSpec.Namespace]) throws(ContainerError) {
    var values: [(path: String, value: String)] = []
    for setting in settings {
      let parts = SysctlSettings.parts(setting.name)
      guard parts.count >= 2, !parts.contains(where: { $0.isEmpty || $0 == "." || $0 == ".." || $0.contains("/") || $0.utf8.contains(0) })
      else { throw ContainerError("linux.sysctl: \"\(setting.name)\" is no name of a setting; they look like net.ipv4.ip_forward") }
      guard let kind = SysctlSettings.namespace(parts) else {
        throw ContainerError("linux.sysctl: \(setting.name) is one for the whole machine; leave it out")
      }
      guard namespaces.contains(where: { $0.kind == kind }) else {
        throw ContainerError("linux.sysctl: \(setting.name) needs a \(kind.rawValue) namespace of the container's own")
      }
      values.append((parts.joined(separator: "/"), setting.value))
    }
    self.values = values
  }

  /// Writes them; the caller is in the container's namespaces and sees a writable /proc/sys.
  ///
  /// - Throws: what the system refused.
  public func apply(root: String = "/proc/sys") throws(ContainerError) {
    for (path, value) in values {
      try ProcessFile.write(value, to: root + "/" + path)
    }
  }

  /// What stands first separates; the other is part of a name then (sysctl.d(5)).
  private static func parts(_ name: String) -> [String] {
    guard let first = name.utf8.first(where: { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "/") }) else { return [name] }
    let isDotted = first == UInt8(ascii: ".")
    let parts = name.split(separator: isDotted ? "." : "/", omittingEmptySubsequences: false).map(String.init)
    return isDotted ? parts.map { String($0.map { $0 == "/" ? "." : $0 }) } : parts
  }

  /// The namespace whose setting it is; nil for one of the whole machine. The list is runc's.
  private static func namespace(_ parts: [String]) -> RuntimeSpec.Namespace.Kind? {
    if parts[0] == "net" { return .network }
    if parts[0] == "fs", parts[1] == "mqueue" { return .ipc }
    guard parts[0] == "kernel", parts.count == 2 else { return nil }
    switch parts[1] {
    case "msgmax", "msgmnb", "msgmni", "sem", "shmall", "shmmax", "shmmni", "shm_rmid_forced": return .ipc
    // The host name has a member of its own in config.json.
    case "domainname": return .uts
    default: return nil
    }
  }
}
