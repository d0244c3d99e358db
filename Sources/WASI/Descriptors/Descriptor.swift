/// An open descriptor of the guest.
struct Descriptor {
  /// The host's descriptor.
  var host: Int32
  /// Whether closing the guest's descriptor closes the host's. Standard streams stay open: a later file must not take their number
  /// and receive what is meant for the terminal.
  var isOwned: Bool
  /// Nil until somebody asks, for descriptors that were inherited: start-up makes no system call for them.
  var type: FileType?
  /// What may be done with it; only ever shrinks.
  var rights: Rights
  /// What descriptors opened through it may get; only ever shrinks.
  var inheriting: Rights
  /// Opened (or set) to write at the end.
  var appends = false
  /// Index of the preopened folder that this is, if it still is one.
  var folder: Int?
  /// The host's descriptor of the folder that the guest calls `/`, for directories in it. The host keeps it open.
  var root: Int32?

  /// As the start of a path; for directories.
  var pathStart: PathStart { PathStart(directory: host, root: root) }
}
