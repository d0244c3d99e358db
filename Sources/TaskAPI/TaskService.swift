/// The names a shim's service has: one a version of the same messages.
public enum TaskService: String, CaseIterable, Sendable {
  /// containerd 1.6 and 1.7, and later ones for shims that say no version.
  case version2 = "containerd.task.v2.Task"
  /// containerd 2 for shims that say version 3.
  case version3 = "containerd.task.v3.Task"

  /// The service of that name, or nil where it is another's.
  public init?(name: String) { self.init(rawValue: name) }

  /// As it is called in requests.
  public var name: String { rawValue }
}
