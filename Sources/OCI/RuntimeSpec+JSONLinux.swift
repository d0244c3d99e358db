import JSON

extension RuntimeSpec.Linux {
  var document: JSONValue {
    var members: [JSONValue.Member] = []
    members.add("cgroupsPath", cgroupsPath)
    members.append(.init("namespaces", .array(namespaces.map(\.document))))
    members.add("uidMappings", list: uidMappings.map(\.document))
    members.add("gidMappings", list: gidMappings.map(\.document))
    members.add("sysctl", members: sysctl.map { .init($0.name, .string($0.value)) })
    members.add("devices", list: devices.map(\.document))
    members.append(.init("resources", resources.document))
    if let seccomp { members.append(.init("seccomp", seccomp.document)) }
    members.add("rootfsPropagation", rootfsPropagation)
    members.append(.init("maskedPaths", JSONValue(maskedPaths)))
    members.append(.init("readonlyPaths", JSONValue(readonlyPaths)))
    members.add("mountLabel", mountLabel)
    return .object(members)
  }
}

extension RuntimeSpec.Namespace {
  var document: JSONValue {
    var members: [JSONValue.Member] = [.init("type", .string(kind.rawValue))]
    members.add("path", path)
    return .object(members)
  }
}

extension RuntimeSpec.IDMapping {
  var document: JSONValue {
    ["containerID": .number(JSONNumber(containerID)), "hostID": .number(JSONNumber(hostID)), "size": .number(JSONNumber(size))]
  }
}

extension RuntimeSpec.Device {
  var document: JSONValue {
    var members: [JSONValue.Member] = [
      .init("path", .string(path)), .init("type", .string(type)), .init("major", .number(JSONNumber(major))),
      .init("minor", .number(JSONNumber(minor))),
    ]
    members.add("fileMode", fileMode)
    members.add("uid", uid)
    members.add("gid", gid)
    return .object(members)
  }
}

extension RuntimeSpec.Resources {
  var document: JSONValue {
    var members: [JSONValue.Member] = []
    members.add("devices", list: devices.map(\.document))
    members.add("memory", members: memory)
    members.add("cpu", members: cpu)
    if let pidsLimit { members.append(.init("pids", ["limit": .number(JSONNumber(pidsLimit))])) }
    members.add("blockIO", members: blockIO)
    members.add(
      "hugepageLimits", list: hugepageLimits.map { ["pageSize": .string($0.pageSize), "limit": .number(JSONNumber($0.limit))] })
    members.add("unified", members: unified.map { .init($0.name, .string($0.value)) })
    return .object(members)
  }

  private var memory: [JSONValue.Member] {
    var members: [JSONValue.Member] = []
    members.add("limit", memoryLimit)
    members.add("reservation", memoryReservation)
    members.add("swap", memorySwap)
    members.add("kernel", memoryKernel)
    members.add("kernelTCP", memoryKernelTCP)
    members.add("swappiness", memorySwappiness)
    members.add("disableOOMKiller", disablesOOMKiller)
    return members
  }

  private var cpu: [JSONValue.Member] {
    var members: [JSONValue.Member] = []
    members.add("shares", cpuShares)
    members.add("quota", cpuQuota)
    members.add("period", cpuPeriod)
    members.add("realtimeRuntime", cpuRealtimeRuntime)
    members.add("realtimePeriod", cpuRealtimePeriod)
    members.add("cpus", cpus)
    members.add("mems", mems)
    members.add("idle", cpuIdle)
    return members
  }

  private var blockIO: [JSONValue.Member] {
    var members: [JSONValue.Member] = []
    members.add("weight", blockWeight)
    for kind in RuntimeSpec.BlockThrottle.Kind.allCases {
      members.add(kind.member, list: blockThrottles.filter { $0.kind == kind }.map(\.document))
    }
    return members
  }
}

extension RuntimeSpec.DeviceRule {
  var document: JSONValue {
    var members: [JSONValue.Member] = [.init("allow", .bool(allow))]
    members.add("type", type)
    members.add("major", major)
    members.add("minor", minor)
    members.append(.init("access", .string(access)))
    return .object(members)
  }
}

extension RuntimeSpec.BlockThrottle {
  var document: JSONValue {
    ["major": .number(JSONNumber(major)), "minor": .number(JSONNumber(minor)), "rate": .number(JSONNumber(rate))]
  }
}

extension RuntimeSpec.Seccomp {
  var document: JSONValue {
    var members: [JSONValue.Member] = [.init("defaultAction", .string(defaultAction))]
    members.add("defaultErrnoRet", defaultErrnoReturn)
    members.add("architectures", list: architectures)
    members.add("flags", list: flags)
    members.add("syscalls", list: syscalls.map(\.document))
    return .object(members)
  }
}

extension RuntimeSpec.SeccompRule {
  var document: JSONValue {
    var members: [JSONValue.Member] = [.init("names", JSONValue(names)), .init("action", .string(action))]
    members.add("errnoRet", errnoReturn)
    members.add("args", list: args.map(\.document))
    return .object(members)
  }
}

extension RuntimeSpec.SeccompArgument {
  var document: JSONValue {
    [
      "index": .number(JSONNumber(index)), "value": .number(JSONNumber(value)), "valueTwo": .number(JSONNumber(valueTwo)),
      "op": .string(operation),
    ]
  }
}
