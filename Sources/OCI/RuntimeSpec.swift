/// A container's `config.json`, in the words of the OCI runtime specification 1.1: all of it that a runtime on Linux acts on.
public struct RuntimeSpec: Sendable, Equatable {
  /// The version of the specification that documents written by us follow; runtimes take any 1.x.
  public static let version = "1.0.2"

  /// What is started, and as whom. Its `args` are empty where the document has no process.
  public var process: Process
  /// The root file system.
  public var root: Root
  /// Empty leaves the member out: the runtime's choice.
  public var hostname: String
  /// The NIS domain name (setdomainname(2)); empty leaves the member out.
  public var domainname: String
  /// Mounted in this order.
  public var mounts: [Mount]
  /// Programs of the host that are called on the way through a container's life.
  public var hooks: Hooks
  /// In the document's order.
  public var annotations: [Annotation]
  /// What is particular to Linux (config-linux.md).
  public var linux: Linux

  /// `root` of `config.json` (config.md).
  public struct Root: Sendable, Equatable {
    /// Absolute, or relative to the bundle.
    public var path: String
    /// Mounts inside may be writable all the same.
    public var readonly: Bool
    /// - Parameters: as the properties of the same names.
    public init(path: String, readonly: Bool = false) {
      self.path = path
      self.readonly = readonly
    }
  }

  /// One entry of `mounts` of `config.json` (config.md).
  public struct Mount: Sendable, Equatable {
    /// Absolute path inside the container.
    public var destination: String
    /// The file system's type; "bind" for a folder of the host. Empty where the document has none.
    public var type: String
    /// A path of the host for bind mounts, otherwise whatever the file system takes.
    public var source: String
    /// As in fstab(5), for instance "ro" and "nosuid".
    public var options: [String]
    /// - Parameters: as the properties of the same names.
    public init(destination: String, type: String, source: String, options: [String] = []) {
      self.destination = destination
      self.type = type
      self.source = source
      self.options = options
    }
    /// A folder of the host, shown inside.
    public static func bind(_ source: String, to destination: String, options: [String] = ["rbind", "rw"]) -> Mount {
      Mount(destination: destination, type: "bind", source: source, options: options)
    }
  }

  /// One entry of `annotations` of `config.json`: a word of whoever made the container to whoever runs it (config.md).
  public struct Annotation: Sendable, Equatable {
    /// By custom a domain name backwards, for instance "io.kubernetes.cri.container-type".
    public var name: String
    /// Any text.
    public var value: String
    /// - Parameters: as the properties of the same names.
    public init(name: String, value: String) {
      self.name = name
      self.value = value
    }
  }

  /// The value of an annotation, or nil where there is none of that name.
  public func annotation(_ name: String) -> String? { annotations.last { $0.name == name }?.value }

  /// - Parameters: as the properties of the same names.
  public init(
    process: Process, root: Root, hostname: String = "", domainname: String = "", mounts: [Mount], hooks: Hooks = Hooks(),
    annotations: [Annotation] = [], linux: Linux
  ) {
    self.process = process
    self.root = root
    self.hostname = hostname
    self.domainname = domainname
    self.mounts = mounts
    self.hooks = hooks
    self.annotations = annotations
    self.linux = linux
  }
}
