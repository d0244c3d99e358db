extension RuntimeSpec {
  /// `hooks` of `config.json` (config.md, POSIX-platform Hooks): each list is called in order.
  public struct Hooks: Sendable, Equatable {
    /// After the container's namespaces are made, before its program starts; the specification advises against these since 1.0.2.
    public var prestart: [Hook]
    /// After the namespaces are made, before the root is changed; in the runtime's namespaces.
    public var createRuntime: [Hook]
    /// After the namespaces are made, before the root is changed; in the container's namespaces.
    public var createContainer: [Hook]
    /// Just before the program starts, in the container's namespaces and below its root.
    public var startContainer: [Hook]
    /// After the program was started.
    public var poststart: [Hook]
    /// After the container is deleted.
    public var poststop: [Hook]
    /// - Parameters: as the properties of the same names.
    public init(
      prestart: [Hook] = [], createRuntime: [Hook] = [], createContainer: [Hook] = [], startContainer: [Hook] = [], poststart: [Hook] = [],
      poststop: [Hook] = []
    ) {
      self.prestart = prestart
      self.createRuntime = createRuntime
      self.createContainer = createContainer
      self.startContainer = startContainer
      self.poststart = poststart
      self.poststop = poststop
    }
    /// True where no hook is named at all.
    public var isEmpty: Bool { self == Hooks() }
  }

  /// A program that gets the container's state on its standard input.
  public struct Hook: Sendable, Equatable {
    /// Absolute path.
    public var path: String
    /// As for execv(3): the first is the program's own name.
    public var args: [String]
    /// `NAME=VALUE` words: the whole environment.
    public var env: [String]
    /// Seconds until it is killed; nil waits for ever.
    public var timeout: Int?
    /// - Parameters: as the properties of the same names.
    public init(path: String, args: [String] = [], env: [String] = [], timeout: Int? = nil) {
      self.path = path
      self.args = args
      self.env = env
      self.timeout = timeout
    }
  }
}
