import JSON

extension RuntimeSpec.Process {
  /// Reads a document that is a process alone, as containerd sends it for a further process in a container.
  ///
  /// - Throws: `OCIError`, as for a whole `config.json`.
  public init(reading bytes: [UInt8]) throws(OCIError) {
    self = try RuntimeSpec.read(bytes, path: "the process document", RuntimeSpec.Process.init(_:))
  }

  /// What a document without a process means: nothing to start.
  static var absent: RuntimeSpec.Process { .init(args: [], env: [], capabilities: .init([]), noNewPrivileges: false) }

  init(_ value: JSONValue) throws(WrongMember) {
    let members = try Members(value)
    self.init(
      terminal: try members.optional("terminal", truth) ?? false,
      consoleSize: try members.optional("consoleSize", RuntimeSpec.ConsoleSize.init(_:)),
      user: try members.optional("user", RuntimeSpec.User.init(_:)) ?? RuntimeSpec.User(),
      args: try members.list("args", text),
      env: try members.list("env", text),
      cwd: try members.optional("cwd", text) ?? "/",
      capabilities: try members.optional("capabilities", RuntimeSpec.Capabilities.init(_:)) ?? RuntimeSpec.Capabilities([]),
      rlimits: try members.list("rlimits", RuntimeSpec.Rlimit.init(_:)),
      noNewPrivileges: try members.optional("noNewPrivileges", truth) ?? false,
      oomScoreAdj: try members.optional("oomScoreAdj", whole),
      apparmorProfile: try members.optional("apparmorProfile", text),
      selinuxLabel: try members.optional("selinuxLabel", text))
  }
}

extension RuntimeSpec.ConsoleSize {
  init(_ value: JSONValue) throws(WrongMember) {
    let members = try Members(value)
    self.init(height: try members.optional("height", whole) ?? 0, width: try members.optional("width", whole) ?? 0)
  }
}

extension RuntimeSpec.User {
  init(_ value: JSONValue) throws(WrongMember) {
    let members = try Members(value)
    self.init(
      uid: try members.optional("uid", whole) ?? 0, gid: try members.optional("gid", whole) ?? 0,
      umask: try members.optional("umask", whole), additionalGids: try members.list("additionalGids", whole))
  }
}

extension RuntimeSpec.Capabilities {
  init(_ value: JSONValue) throws(WrongMember) {
    let members = try Members(value)
    self.init(
      bounding: try members.list("bounding", text), effective: try members.list("effective", text),
      permitted: try members.list("permitted", text), inheritable: try members.list("inheritable", text),
      ambient: try members.list("ambient", text))
  }
}

extension RuntimeSpec.Rlimit {
  init(_ value: JSONValue) throws(WrongMember) {
    let members = try Members(value)
    self.init(
      type: try members.required("type", "a word like \"RLIMIT_NOFILE\"", text),
      soft: try members.required("soft", "a whole number", whole), hard: try members.required("hard", "a whole number", whole))
  }
}
