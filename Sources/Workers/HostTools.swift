import Glibc

/// Whether a path is a file this process may execute.
func isExecutable(_ path: String) -> Bool {
  var status = stat()
  return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG && access(path, X_OK) == 0
}

/// Programs of the system that the container paths need.
enum HostTools {
  /// The folders of a root shell: a service's own search path often lacks the administrator's.
  static let searchPath = ["/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin"]

  /// The first executable of that name.
  static func find(_ name: String) -> String? {
    searchPath.map { "\($0)/\(name)" }.first(where: isExecutable)
  }

  /// - Throws: `RuntimeUnavailable` with the Debian package that has it.
  static func require(_ name: String, package: String) throws(RuntimeUnavailable) -> String {
    guard let path = find(name) else {
      throw RuntimeUnavailable(reason: "\(name) is not installed", remedy: "apt install \(package)")
    }
    return path
  }

  static func requireRoot() throws(RuntimeUnavailable) {
    guard geteuid() == 0 else { throw RuntimeUnavailable(reason: "needs root", remedy: "run with sudo") }
  }
}
