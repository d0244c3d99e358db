import JSON

extension RuntimeSpec {
  /// Reads a whole `config.json`. Members that are unknown are passed over, and `null` counts as absent.
  ///
  /// - Parameter path: where the document lies, for messages.
  /// - Throws: `OCIError` for what is no JSON, for a member of a wrong kind or out of its range, and for one that cannot be absent: the
  ///   path of `root`, a mount's destination, what names a limit, a hook, a namespace or a device.
  public init(reading bytes: [UInt8], path: String) throws(OCIError) {
    self = try RuntimeSpec.read(bytes, path: path, RuntimeSpec.init(_:))
  }

  /// Reads a document with the reader of one of its parts.
  static func read<Value>(_ bytes: [UInt8], path: String, _ read: Members.Reading<Value>) throws(OCIError) -> Value {
    let document: JSONValue
    do throws(JSONError) { document = try JSONValue(reading: bytes) } catch {
      throw .wrongDocument(path: path, member: "", reason: "is no JSON: \(error)")
    }
    do throws(WrongMember) { return try read(document) } catch {
      throw .wrongDocument(path: path, member: error.path, reason: error.reason)
    }
  }

  init(_ value: JSONValue) throws(WrongMember) {
    let members = try Members(value)
    self.init(
      process: try members.optional("process", Process.init(_:)) ?? .absent,
      root: try members.required("root", "an object with the root file system's \"path\"", Root.init(_:)),
      hostname: try members.optional("hostname", text) ?? "",
      domainname: try members.optional("domainname", text) ?? "",
      mounts: try members.list("mounts", Mount.init(_:)),
      hooks: try members.optional("hooks", Hooks.init(_:)) ?? Hooks(),
      annotations: try members.texts("annotations", Annotation.init(name:value:)),
      linux: try members.optional("linux", Linux.init(_:)) ?? Linux(resources: Resources(devices: [])))
  }
}

extension RuntimeSpec.Root {
  init(_ value: JSONValue) throws(WrongMember) {
    let members = try Members(value)
    self.init(
      path: try members.required("path", "the root file system's folder", text), readonly: try members.optional("readonly", truth) ?? false)
  }
}

extension RuntimeSpec.Mount {
  init(_ value: JSONValue) throws(WrongMember) {
    let members = try Members(value)
    self.init(
      destination: try members.required("destination", "an absolute path inside the container", text),
      type: try members.optional("type", text) ?? "", source: try members.optional("source", text) ?? "",
      options: try members.list("options", text))
  }
}

extension RuntimeSpec.Hooks {
  init(_ value: JSONValue) throws(WrongMember) {
    let members = try Members(value)
    func hooks(_ name: String) throws(WrongMember) -> [RuntimeSpec.Hook] { try members.list(name, RuntimeSpec.Hook.init(_:)) }
    self.init(
      prestart: try hooks("prestart"), createRuntime: try hooks("createRuntime"), createContainer: try hooks("createContainer"),
      startContainer: try hooks("startContainer"), poststart: try hooks("poststart"), poststop: try hooks("poststop"))
  }
}

extension RuntimeSpec.Hook {
  init(_ value: JSONValue) throws(WrongMember) {
    let members = try Members(value)
    self.init(
      path: try members.required("path", "an absolute path of a program", text), args: try members.list("args", text),
      env: try members.list("env", text), timeout: try members.optional("timeout", whole))
  }
}
