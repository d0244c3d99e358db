import JSON

extension RuntimeSpec {
  /// The text of `config.json`.
  public var json: String { document.text }

  var document: JSONValue {
    var members: [JSONValue.Member] = [
      .init("ociVersion", .string(RuntimeSpec.version)),
      .init("process", process.document),
      .init("root", ["path": .string(root.path), "readonly": .bool(root.readonly)]),
    ]
    if !hostname.isEmpty { members.append(.init("hostname", .string(hostname))) }
    if !domainname.isEmpty { members.append(.init("domainname", .string(domainname))) }
    members.append(.init("mounts", .array(mounts.map(\.document))))
    if !hooks.isEmpty { members.append(.init("hooks", hooks.document)) }
    if !annotations.isEmpty {
      members.append(.init("annotations", .object(annotations.map { .init($0.name, .string($0.value)) })))
    }
    members.append(.init("linux", linux.document))
    return .object(members)
  }
}

extension [JSONValue.Member] {
  /// Adds a text where there is one.
  mutating func add(_ name: String, _ value: String?) { if let value { append(.init(name, .string(value))) } }
  /// Adds a truth value where there is one.
  mutating func add(_ name: String, _ value: Bool?) { if let value { append(.init(name, .bool(value))) } }
  /// Adds a number where there is one.
  mutating func add(_ name: String, _ value: (some BinaryInteger)?) { if let value { append(.init(name, .number(JSONNumber(value)))) } }
  /// Adds an array unless it is empty.
  mutating func add(_ name: String, list: [JSONValue]) { if !list.isEmpty { append(.init(name, .array(list))) } }
  /// Adds an array of texts unless it is empty.
  mutating func add(_ name: String, list: [String]) { add(name, list: list.map(JSONValue.string)) }
  /// Adds an object unless it is empty.
  mutating func add(_ name: String, members: [JSONValue.Member]) { if !members.isEmpty { append(.init(name, .object(members))) } }
}

extension RuntimeSpec.Process {
  var document: JSONValue {
    var members: [JSONValue.Member] = [.init("terminal", .bool(terminal))]
    if let consoleSize {
      members.append(
        .init("consoleSize", ["height": .number(JSONNumber(consoleSize.height)), "width": .number(JSONNumber(consoleSize.width))]))
    }
    members += [
      .init("user", user.document),
      .init("args", JSONValue(args)),
      .init("env", JSONValue(env)),
      .init("cwd", .string(cwd)),
      .init("capabilities", capabilities.document),
      .init(
        "rlimits",
        .array(
          rlimits.map {
            ["type": .string($0.type), "hard": .number(JSONNumber($0.hard)), "soft": .number(JSONNumber($0.soft))]
          })),
      .init("noNewPrivileges", .bool(noNewPrivileges)),
    ]
    members.add("oomScoreAdj", oomScoreAdj)
    members.add("apparmorProfile", apparmorProfile)
    members.add("selinuxLabel", selinuxLabel)
    return .object(members)
  }
}

extension RuntimeSpec.User {
  var document: JSONValue {
    var members: [JSONValue.Member] = [.init("uid", .number(JSONNumber(uid))), .init("gid", .number(JSONNumber(gid)))]
    members.add("umask", umask)
    members.add("additionalGids", list: additionalGids.map { .number(JSONNumber($0)) })
    return .object(members)
  }
}

extension RuntimeSpec.Capabilities {
  var document: JSONValue {
    var members: [JSONValue.Member] = [
      .init("bounding", JSONValue(bounding)), .init("effective", JSONValue(effective)), .init("permitted", JSONValue(permitted)),
    ]
    members.add("inheritable", list: inheritable)
    members.add("ambient", list: ambient)
    return .object(members)
  }
}

extension RuntimeSpec.Mount {
  var document: JSONValue {
    ["destination": .string(destination), "type": .string(type), "source": .string(source), "options": JSONValue(options)]
  }
}

extension RuntimeSpec.Hooks {
  var document: JSONValue {
    var members: [JSONValue.Member] = []
    members.add("prestart", list: prestart.map(\.document))
    members.add("createRuntime", list: createRuntime.map(\.document))
    members.add("createContainer", list: createContainer.map(\.document))
    members.add("startContainer", list: startContainer.map(\.document))
    members.add("poststart", list: poststart.map(\.document))
    members.add("poststop", list: poststop.map(\.document))
    return .object(members)
  }
}

extension RuntimeSpec.Hook {
  var document: JSONValue {
    var members: [JSONValue.Member] = [.init("path", .string(path))]
    members.add("args", list: args)
    members.add("env", list: env)
    members.add("timeout", timeout)
    return .object(members)
  }
}
