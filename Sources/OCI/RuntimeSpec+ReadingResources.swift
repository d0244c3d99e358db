import JSON

extension RuntimeSpec.Resources {
  /// Reads a document that is `resources` alone, as containerd sends it to change a running container.
  ///
  /// - Throws: `OCIError`, as for a whole `config.json`.
  public init(reading bytes: [UInt8]) throws(OCIError) {
    self = try RuntimeSpec.read(bytes, path: "the resources document", RuntimeSpec.Resources.init(_:))
  }

  init(_ value: JSONValue) throws(WrongMember) {
    let members = try Members(value)
    self.init(
      devices: try members.list("devices", RuntimeSpec.DeviceRule.init(_:)),
      hugepageLimits: try members.list("hugepageLimits", RuntimeSpec.HugepageLimit.init(_:)),
      unified: try members.texts("unified", RuntimeSpec.UnifiedValue.init(name:value:)))
    try members.optional("memory") { (value) throws(WrongMember) in try readMemory(Members(value)) }
    try members.optional("cpu") { (value) throws(WrongMember) in try readCPU(Members(value)) }
    try members.optional("pids") { (value) throws(WrongMember) in pidsLimit = try Members(value).optional("limit", whole) }
    try members.optional("blockIO") { (value) throws(WrongMember) in try readBlockIO(Members(value)) }
  }

  private mutating func readMemory(_ memory: Members) throws(WrongMember) {
    memoryLimit = try memory.optional("limit", whole)
    memoryReservation = try memory.optional("reservation", whole)
    memorySwap = try memory.optional("swap", whole)
    memoryKernel = try memory.optional("kernel", whole)
    memoryKernelTCP = try memory.optional("kernelTCP", whole)
    memorySwappiness = try memory.optional("swappiness", whole)
    disablesOOMKiller = try memory.optional("disableOOMKiller", truth)
  }

  private mutating func readCPU(_ cpu: Members) throws(WrongMember) {
    cpuShares = try cpu.optional("shares", whole)
    cpuQuota = try cpu.optional("quota", whole)
    cpuPeriod = try cpu.optional("period", whole)
    cpuRealtimeRuntime = try cpu.optional("realtimeRuntime", whole)
    cpuRealtimePeriod = try cpu.optional("realtimePeriod", whole)
    cpus = try cpu.optional("cpus", text)
    mems = try cpu.optional("mems", text)
    cpuIdle = try cpu.optional("idle", whole)
  }

  private mutating func readBlockIO(_ block: Members) throws(WrongMember) {
    blockWeight = try block.optional("weight", whole)
    for kind in RuntimeSpec.BlockThrottle.Kind.allCases {
      blockThrottles += try block.list(kind.member) { (value) throws(WrongMember) in try RuntimeSpec.BlockThrottle(value, kind) }
    }
  }
}

extension RuntimeSpec.BlockThrottle {
  init(_ value: JSONValue, _ kind: Kind) throws(WrongMember) {
    let members = try Members(value)
    self.init(
      kind, major: try members.optional("major", whole) ?? 0, minor: try members.optional("minor", whole) ?? 0,
      rate: try members.required("rate", "a whole number", whole))
  }
}

extension RuntimeSpec.BlockThrottle.Kind {
  /// The member of `blockIO` that lists these.
  var member: String {
    switch self {
    case .readBps: "throttleReadBpsDevice"
    case .writeBps: "throttleWriteBpsDevice"
    case .readIOPS: "throttleReadIOPSDevice"
    case .writeIOPS: "throttleWriteIOPSDevice"
    }
  }
}

extension RuntimeSpec.DeviceRule {
  init(_ value: JSONValue) throws(WrongMember) {
    let members = try Members(value)
    self.init(
      allow: try members.optional("allow", truth) ?? false, type: try members.optional("type", text),
      major: try members.optional("major", whole), minor: try members.optional("minor", whole),
      access: try members.optional("access", text) ?? "")
  }
}

extension RuntimeSpec.HugepageLimit {
  init(_ value: JSONValue) throws(WrongMember) {
    let members = try Members(value)
    self.init(
      pageSize: try members.required("pageSize", "a size like \"2MB\"", text), limit: try members.optional("limit", whole) ?? 0)
  }
}
