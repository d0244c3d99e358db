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
    members.append(.init("mounts", .array(mounts.map(\.document))))
    members.append(.init("linux", linux.document))
    return .object(members)
  }
}

extension RuntimeSpec.Process {
  var document: JSONValue {
    .object([
      .init("terminal", .bool(terminal)),
      .init("user", ["uid": .number(JSONNumber(user.uid)), "gid": .number(JSONNumber(user.gid))]),
      .init("args", JSONValue(args)),
      .init("env", JSONValue(env)),
      .init("cwd", .string(cwd)),
      .init(
        "capabilities",
        [
          "bounding": JSONValue(capabilities.bounding), "effective": JSONValue(capabilities.effective),
          "permitted": JSONValue(capabilities.permitted),
        ]),
      .init(
        "rlimits",
        .array(
          rlimits.map {
            ["type": .string($0.type), "hard": .number(JSONNumber($0.hard)), "soft": .number(JSONNumber($0.soft))]
          })),
      .init("noNewPrivileges", .bool(noNewPrivileges)),
    ])
  }
}

extension RuntimeSpec.Mount {
  var document: JSONValue {
    ["destination": .string(destination), "type": .string(type), "source": .string(source), "options": JSONValue(options)]
  }
}

extension RuntimeSpec.Linux {
  var document: JSONValue {
    var members: [JSONValue.Member] = []
    if let cgroupsPath { members.append(.init("cgroupsPath", .string(cgroupsPath))) }
    members += [
      .init("namespaces", .array(namespaces.map { ["type": .string($0.rawValue)] })),
      .init("resources", resources.document),
      .init("maskedPaths", JSONValue(maskedPaths)),
      .init("readonlyPaths", JSONValue(readonlyPaths)),
    ]
    return .object(members)
  }
}

extension RuntimeSpec.Resources {
  var document: JSONValue {
    var members: [JSONValue.Member] = []
    if deniesDevices { members.append(.init("devices", [["allow": false, "access": "rwm"]])) }
    if let memoryLimit { members.append(.init("memory", ["limit": .number(JSONNumber(memoryLimit))])) }
    var cpu: [JSONValue.Member] = []
    if let cpuQuota { cpu.append(.init("quota", .number(JSONNumber(cpuQuota)))) }
    if let cpuPeriod { cpu.append(.init("period", .number(JSONNumber(cpuPeriod)))) }
    if !cpu.isEmpty { members.append(.init("cpu", .object(cpu))) }
    if let pidsLimit { members.append(.init("pids", ["limit": .number(JSONNumber(pidsLimit))])) }
    return .object(members)
  }
}
