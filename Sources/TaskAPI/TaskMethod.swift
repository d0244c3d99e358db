/// The methods of containerd's Task service, which a shim serves.
public enum TaskMethod: String, CaseIterable, Sendable {
  case state = "State"
  case create = "Create"
  case start = "Start"
  case delete = "Delete"
  case pids = "Pids"
  case pause = "Pause"
  case resume = "Resume"
  case checkpoint = "Checkpoint"
  case kill = "Kill"
  case exec = "Exec"
  case resizePty = "ResizePty"
  case closeIO = "CloseIO"
  case update = "Update"
  case wait = "Wait"
  case stats = "Stats"
  case connect = "Connect"
  case shutdown = "Shutdown"

  /// The method of that name, or nil where the service has none.
  public init?(name: String) { self.init(rawValue: name) }

  /// As it is called in requests.
  public var name: String { rawValue }
}
