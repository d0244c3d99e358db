import Protobuf

/// Something that happened to a container, as containerd's subscribers hear it.
public protocol TaskEvent: NamedMessage {
  /// What kind of event it is, such as `/tasks/exit`.
  static var topic: String { get }
}
