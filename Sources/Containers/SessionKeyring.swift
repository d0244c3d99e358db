import Glibc

/// The keys that the processes of one session share (session-keyring(7)).
public enum SessionKeyring {
  /// Leaves the session keyring that this process has inherited, so that the shim's keys and those of whoever started it stay theirs.
  ///
  /// - Parameter name: processes that give the same one share the keyring.
  /// - Throws: what the kernel refused. A kernel without keys has nothing to leave.
  public static func join(_ name: String) throws(ContainerError) {
    // keyctl(2): KEYCTL_JOIN_SESSION_KEYRING
    let answer = name.withCString { systemCall(250, 1, Int(bitPattern: $0), 0, 0, 0) }
    guard answer >= 0 || errno == ENOSYS else { throw ContainerError(failed: "make a session keyring for the container") }
  }
}
