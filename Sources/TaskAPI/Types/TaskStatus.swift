/// What a process of a container is doing: `containerd.v1.types.Status`.
public enum TaskStatus: Int32, Sendable {
  /// Nobody knows.
  case unknown = 0
  /// It waits to be let go.
  case created = 1
  /// It runs.
  case running = 2
  /// It has ended.
  case stopped = 3
  /// It is frozen.
  case paused = 4
  /// It is being frozen.
  case pausing = 5
}
