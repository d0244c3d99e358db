import JSON

extension RuntimeSpec.Linux {
  init(_ value: JSONValue) throws(WrongMember) {
    let members = try Members(value)
    self.init(
      cgroupsPath: try members.optional("cgroupsPath", text),
      namespaces: try members.list("namespaces", RuntimeSpec.Namespace.init(_:)),
      uidMappings: try members.list("uidMappings", RuntimeSpec.IDMapping.init(_:)),
      gidMappings: try members.list("gidMappings", RuntimeSpec.IDMapping.init(_:)),
      sysctl: try members.texts("sysctl", RuntimeSpec.Sysctl.init(name:value:)),
      devices: try members.list("devices", RuntimeSpec.Device.init(_:)),
      resources: try members.optional("resources", RuntimeSpec.Resources.init(_:)) ?? RuntimeSpec.Resources(devices: []),
      seccomp: try members.optional("seccomp", RuntimeSpec.Seccomp.init(_:)),
      rootfsPropagation: try members.optional("rootfsPropagation", text),
      maskedPaths: try members.list("maskedPaths", text),
      readonlyPaths: try members.list("readonlyPaths", text),
      mountLabel: try members.optional("mountLabel", text))
  }
}

extension RuntimeSpec.Namespace {
  init(_ value: JSONValue) throws(WrongMember) {
    let members = try Members(value)
    let kind = try members.required("type", Self.known) { (value) throws(WrongMember) in
      guard let kind = Kind(rawValue: try text(value)) else { throw WrongMember(found: value, expected: Self.known) }
      return kind
    }
    let path = try members.optional("path", text)
    self.init(kind, path: path == "" ? nil : path)
  }

  private static var known: String { "one of " + Kind.allCases.map(\.rawValue).joined(separator: ", ") }
}

extension RuntimeSpec.IDMapping {
  init(_ value: JSONValue) throws(WrongMember) {
    let members = try Members(value)
    self.init(
      containerID: try members.optional("containerID", whole) ?? 0, hostID: try members.optional("hostID", whole) ?? 0,
      size: try members.required("size", "how many IDs the range has", whole))
  }
}

extension RuntimeSpec.Device {
  init(_ value: JSONValue) throws(WrongMember) {
    let members = try Members(value)
    self.init(
      path: try members.required("path", "an absolute path inside the container", text),
      type: try members.required("type", "one of c, b, u, p", text),
      major: try members.optional("major", whole) ?? 0, minor: try members.optional("minor", whole) ?? 0,
      fileMode: try members.optional("fileMode", whole), uid: try members.optional("uid", whole) ?? 0,
      gid: try members.optional("gid", whole) ?? 0)
  }
}

extension RuntimeSpec.Seccomp {
  init(_ value: JSONValue) throws(WrongMember) {
    let members = try Members(value)
    self.init(
      defaultAction: try members.required("defaultAction", "a word like \"SCMP_ACT_ERRNO\"", text),
      defaultErrnoReturn: try members.optional("defaultErrnoRet", whole),
      architectures: try members.list("architectures", text),
      flags: try members.list("flags", text),
      syscalls: try members.list("syscalls", RuntimeSpec.SeccompRule.init(_:)))
  }
}

extension RuntimeSpec.SeccompRule {
  init(_ value: JSONValue) throws(WrongMember) {
    let members = try Members(value)
    self.init(
      names: try members.list("names", text), action: try members.required("action", "a word like \"SCMP_ACT_ALLOW\"", text),
      errnoReturn: try members.optional("errnoRet", whole), args: try members.list("args", RuntimeSpec.SeccompArgument.init(_:)))
  }
}

extension RuntimeSpec.SeccompArgument {
  init(_ value: JSONValue) throws(WrongMember) {
    let members = try Members(value)
    self.init(
      index: try members.optional("index", whole) ?? 0, value: try members.optional("value", whole) ?? 0,
      valueTwo: try members.optional("valueTwo", whole) ?? 0,
      operation: try members.required("op", "a word like \"SCMP_CMP_EQ\"", text))
  }
}
