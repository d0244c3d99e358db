import JSON
import Testing

@testable import OCI

@Suite("Reading config.json")
struct RuntimeSpecReadingTests {
  /// A document that is right, with further members of the top level.
  private func read(_ members: String) throws -> RuntimeSpec {
    try RuntimeSpec(reading: Array(#"{"root":{"path":"rootfs"}\#(members.isEmpty ? "" : ",")\#(members)}"#.utf8), path: "/b/config.json")
  }

  private func specification(_ name: String) throws -> RuntimeSpec {
    try RuntimeSpec(reading: try Configurations.bytes(name), path: name)
  }

  @Test func `finds what ctr run wrote`() throws {
    let plain = try specification("ctr")
    #expect(plain.process.args == ["/sleep", "a", "b c"])
    #expect(plain.process.env.isEmpty)
    #expect(plain.process.cwd == "/")
    #expect(plain.process.capabilities == RuntimeSpec.Capabilities(RuntimeSpec.usualCapabilities))
    #expect(plain.process.rlimits == [.init(type: "RLIMIT_NOFILE", soft: 1024, hard: 1024)])
    #expect(plain.process.noNewPrivileges)
    #expect(!plain.process.terminal)
    #expect(plain.root == .init(path: "rootfs"))
    #expect(plain.mounts == RuntimeSpec.usualMounts)
    #expect(plain.linux.cgroupsPath == "/default/one")
    #expect(plain.linux.namespaces == [.pid, .ipc, .uts, .mount, .network])
    #expect(plain.linux.resources.devices.first == .denyAll)
    #expect(!plain.linux.resources.deniesDevices)
    #expect(plain.linux.maskedPaths == RuntimeSpec.usualMaskedPaths)
    #expect(plain.linux.readonlyPaths == RuntimeSpec.usualReadonlyPaths)
    #expect(plain.linux.seccomp == nil && plain.hooks.isEmpty && plain.annotations.isEmpty)

    let limited = try specification("ctr-seccomp")
    #expect(limited.root.readonly)
    #expect(limited.annotation("org.example.note") == "a \"b\" ü")
    #expect(limited.annotation("absent") == nil)
    #expect(limited.mounts.last == .bind("/srv/shared", to: "/shared", options: ["rbind", "ro"]))
    #expect(limited.linux.namespaces == [.pid, .init(.ipc, path: "/proc/self/ns/ipc"), .uts, .mount, .network])
    #expect(limited.linux.devices == [.init(path: "/dev/null", type: "c", major: 1, minor: 3, fileMode: 0o666)])
    #expect(limited.linux.rootfsPropagation == "rslave")
    let resources = limited.linux.resources
    #expect(resources.memoryLimit == 64 << 20 && resources.memorySwap == nil && resources.pidsLimit == nil)
    #expect(resources.cpuShares == 512 && resources.cpuQuota == 50_000 && resources.cpuPeriod == 100_000)
    #expect(resources.devices.contains(.init(allow: true, type: "c", major: 136, access: "rwm")))
    let seccomp = try #require(limited.linux.seccomp)
    #expect(seccomp.defaultAction == "SCMP_ACT_ERRNO" && seccomp.defaultErrnoReturn == nil)
    #expect(seccomp.architectures == ["SCMP_ARCH_X86_64", "SCMP_ARCH_X86", "SCMP_ARCH_X32"])
    #expect(seccomp.syscalls.first?.names.contains("accept4") == true)
    #expect(
      seccomp.syscalls.contains(
        .init(
          names: ["clone"], action: "SCMP_ACT_ALLOW", args: [.init(index: 0, value: 0x7E02_0000, operation: "SCMP_CMP_MASKED_EQ")])))
    #expect(seccomp.syscalls.contains { $0.names == ["clone3"] && $0.errnoReturn == 38 })
  }

  @Test func `finds every member of a process and of its surroundings`() throws {
    let specification = try specification("docker")
    let process = specification.process
    #expect(process.terminal)
    #expect(process.consoleSize == .init(height: 52, width: 211))
    #expect(process.user == .init(uid: 1000, gid: 1000, umask: 0o022, additionalGids: [1000, 10, .max]))
    #expect(process.args == ["sh", "-c", "echo \"$HOME\""])
    #expect(process.capabilities.inheritable == ["CAP_CHOWN"] && process.capabilities.ambient == ["CAP_NET_RAW"])
    #expect(process.rlimits == [.init(type: "RLIMIT_NOFILE", soft: 1 << 20, hard: .max), .init(type: "RLIMIT_CORE", soft: 0, hard: 0)])
    #expect(!process.noNewPrivileges)
    #expect(process.oomScoreAdj == -500)
    #expect(process.apparmorProfile == "docker-default")
    #expect(process.selinuxLabel == "system_u:system_r:container_t:s0:c1,c2")
    #expect(!specification.root.readonly)
    #expect(specification.hostname == "3f1d0a86c2b9" && specification.domainname == "example.org")
    #expect(specification.mounts.last == .init(destination: "/data", type: "", source: "/srv/data"))
    let hooks = specification.hooks
    #expect(hooks.prestart.map(\.path) == ["/proc/841/exe"])
    #expect(hooks.createRuntime == [.init(path: "/usr/bin/note", args: ["note", "create"], env: ["LEVEL=debug"], timeout: 10)])
    #expect(hooks.createContainer.map(\.args) == [["note", "container"]])
    #expect(hooks.startContainer == [.init(path: "/bin/ready")])
    #expect(hooks.poststart.map(\.args) == [["note", "start"]])
    #expect(hooks.poststop.map(\.timeout) == [nil, 1])
  }

  @Test func `finds every member of the Linux part`() throws {
    let linux = try specification("docker").linux
    #expect(linux.namespaces == RuntimeSpec.Namespace.Kind.allCases.map { .init($0) }.sorted(like: linux.namespaces))
    #expect(linux.uidMappings == [.init(containerID: 0, hostID: 100_000, size: 65_536)])
    #expect(linux.gidMappings.last == .init(containerID: 1000, hostID: 1000, size: 1))
    #expect(linux.sysctl.map(\.name) == ["net.ipv4.ip_unprivileged_port_start", "net.ipv4.ping_group_range"])
    #expect(linux.sysctl.last?.value == "0 2147483647")
    #expect(linux.devices.first == .init(path: "/dev/fuse", type: "c", major: 10, minor: 229, fileMode: 0o666, gid: 6))
    #expect(linux.devices.last == .init(path: "/dev/pipe", type: "p"))
    #expect(linux.rootfsPropagation == "rprivate" && linux.mountLabel == "system_u:object_r:container_file_t:s0:c1,c2")
    #expect(linux.seccomp?.defaultErrnoReturn == 1)
    var expected = RuntimeSpec.Resources(
      devices: linux.resources.devices, memoryLimit: 512 << 20, memoryReservation: 256 << 20, memorySwap: -1, memoryKernel: 128 << 20,
      memoryKernelTCP: 64 << 20, memorySwappiness: 60, disablesOOMKiller: false, cpuShares: 512, cpuQuota: 150_000, cpuPeriod: 100_000,
      cpuRealtimeRuntime: 95_000, cpuRealtimePeriod: 1_000_000, cpus: "0-2,7", mems: "0", cpuIdle: 1, pidsLimit: 100, blockWeight: 300)
    expected.blockThrottles = [
      .init(.readBps, major: 8, minor: 0, rate: 1 << 20), .init(.writeBps, major: 8, minor: 16, rate: 2 << 20),
      .init(.readIOPS, major: 253, minor: 1, rate: 1000), .init(.writeIOPS, major: 253, minor: 2, rate: .max),
    ]
    expected.hugepageLimits = [.init(pageSize: "2MB", limit: 200 << 20), .init(pageSize: "1GB", limit: 0)]
    expected.unified = [.init(name: "memory.high", value: "400M"), .init(name: "cgroup.freeze", value: "0")]
    #expect(linux.resources == expected)
  }

  @Test func `finds a pod's annotations and the namespaces it shares`() throws {
    let specification = try specification("cri")
    #expect(specification.annotation("io.kubernetes.cri.container-type") == "container")
    #expect(specification.annotation("note") == "\"quoted\", and\nlined – é")
    #expect(specification.linux.namespaces.map(\.path) == [nil, "/proc/1207/ns/ipc", "/proc/1207/ns/uts", nil, "/proc/1207/ns/net"])
    #expect(specification.linux.cgroupsPath == "kubepods-burstable-pod6f1b.slice:cri-containerd:91c0")
    #expect(specification.process.oomScoreAdj == 998)
  }

  @Test(arguments: Configurations.names)
  func `gives what writing and reading again gives`(name: String) throws {
    let specification = try specification(name)
    #expect(try RuntimeSpec(reading: Array(specification.json.utf8), path: name) == specification)
  }

  @Test func `takes what is absent or null for nothing`() throws {
    let empty = try read("")
    #expect(empty.process.args.isEmpty && empty.process.cwd == "/" && !empty.process.noNewPrivileges)
    #expect(empty.mounts.isEmpty && empty.hooks.isEmpty && empty.annotations.isEmpty && empty.hostname.isEmpty)
    #expect(empty.linux == .init(resources: .init(devices: [])))
    let nulls = """
      "process":null,"hostname":null,"domainname":null,"mounts":null,"hooks":null,"annotations":null,"linux":null
      """
    #expect(try read(nulls) == empty)
    let inner = """
      "process":{"user":null,"args":null,"env":null,"cwd":null,"capabilities":null,"rlimits":null,"consoleSize":null,"oomScoreAdj":null},
      "hooks":{"prestart":null,"poststop":null},"annotations":{"a":null},
      "linux":{"cgroupsPath":null,"namespaces":null,"sysctl":null,"devices":null,"seccomp":null,"resources":{"memory":null,
      "cpu":{"shares":null},"pids":null,"blockIO":{"throttleReadBpsDevice":null},"devices":null,"hugepageLimits":null,"unified":null}}
      """
    #expect(try read(inner) == empty)
    #expect(try read("\"windows\":{\"x\":[1,{}]},\"linux\":{\"future\":[true]}") == empty)
  }

  @Test func `takes the last of repeated members, as other readers of the document do`() throws {
    #expect(try read(#""hostname":"a","hostname":"b""#).hostname == "b")
  }

  @Test(arguments: [
    (#""process":[]"#, "process is an array, expected an object"),
    (#""process":{"args":["a",1]}"#, "process.args[1] is the number 1, expected a text"),
    (#""process":{"args":"a"}"#, "process.args is the text \"a\", expected an array"),
    (#""process":{"args":[null]}"#, "process.args[0] is null, expected a text"),
    (#""process":{"terminal":"yes"}"#, "process.terminal is the text \"yes\", expected true or false"),
    (#""process":{"user":{"uid":-1}}"#, "process.user.uid is the number -1, expected a whole number from 0 to 4294967295"),
    (#""process":{"user":{"uid":4294967296}}"#, "process.user.uid is the number 4294967296, expected a whole number"),
    (#""process":{"user":{"uid":1.5}}"#, "process.user.uid is the number 1.5, expected a whole number"),
    (#""process":{"rlimits":[{"type":"RLIMIT_CORE","hard":1}]}"#, "process.rlimits[0].soft is missing, expected a whole number"),
    (#""mounts":[{"destination":"/a"},{"type":"proc"}]"#, "mounts[1].destination is missing, expected an absolute path"),
    (#""hooks":{"poststop":[{"path":"/a","timeout":"1"}]}"#, "hooks.poststop[0].timeout is the text \"1\", expected a whole number"),
    (#""annotations":{"io.example/a":1}"#, "annotations[\"io.example/a\"] is the number 1, expected a text"),
    (#""linux":{"namespaces":[{"type":"net"}]}"#, "linux.namespaces[0].type is the text \"net\", expected one of pid, network, ipc"),
    (#""linux":{"namespaces":[{}]}"#, "linux.namespaces[0].type is missing, expected one of pid"),
    (#""linux":{"resources":{"memory":{"limit":true}}}"#, "linux.resources.memory.limit is true, expected a whole number"),
    (#""linux":{"resources":{"blockIO":{"weight":65536}}}"#, "linux.resources.blockIO.weight is the number 65536, expected a whole number"),
    (
      #""linux":{"seccomp":{"defaultAction":"A","syscalls":[{"names":[],"action":"A","args":[{"index":0,"op":7}]}]}}"#,
      "linux.seccomp.syscalls[0].args[0].op is the number 7, expected a text"
    ),
    (#""linux":{"sysctl":{"a.b":{}}}"#, "linux.sysctl[\"a.b\"] is an object, expected a text"),
    (#""linux":{"devices":[{"path":"/dev/x"}]}"#, "linux.devices[0].type is missing, expected one of c, b, u, p"),
    (#""root":null"#, "root is missing, expected"),
  ])
  func `names the member that is wrong, what it is and what it should be`(members: String, message: String) {
    #expect { try read(members) } throws: { error in
      "\(error)".hasPrefix("/b/config.json: " + message) && "\(error)".hasSuffix("; mend it where it is written")
    }
  }

  @Test(arguments: [
    ("[]", "config.json is an array, expected an object; mend it where it is written"),
    ("", "config.json is no JSON: unexpected end, a value is missing (1:1); mend it where it is written"),
    ("{\n \"root\": {\"path\": \"a\"", "config.json is no JSON: ',' or '}' is expected here (2:22); mend it where it is written"),
    ("{}", "config.json: root is missing, expected an object with the root file system's \"path\"; mend it where it is written"),
  ])
  func `says where a document ends too soon or is none`(text: String, message: String) {
    #expect { try RuntimeSpec(reading: Array(text.utf8), path: "config.json") } throws: { "\($0)" == message }
  }

  @Test func `refuses a value nested without end instead of running out of stack`() {
    for brackets in ["[", "{\"a\":"] {
      let text = #"{"root":{"path":"a"},"x":"# + String(repeating: brackets, count: 200_000)
      #expect { try RuntimeSpec(reading: Array(text.utf8), path: "x") } throws: { "\($0)".contains("nested arrays and objects") }
    }
  }

  @Test(arguments: Configurations.names)
  func `reads no part of a file that is cut anywhere`(name: String) throws {
    var bytes = try Configurations.bytes(name)
    while bytes.last == UInt8(ascii: "\n") { bytes.removeLast() }
    // Each length of the short files, some lengths of the long ones: debug builds are slow.
    for count in stride(from: 0, to: bytes.count, by: 1 + bytes.count / 4096) {
      #expect(throws: OCIError.self) { try RuntimeSpec(reading: Array(bytes[..<count]), path: name) }
    }
  }

  @Test(arguments: Configurations.names)
  func `survives any changed byte`(name: String) throws {
    let bytes = try Configurations.bytes(name)
    let original = try RuntimeSpec(reading: bytes, path: name)
    var refused = 0
    var changed = 0
    for (step, replacement) in Array("\"\\{}[]:,-0e\u{0}\u{1F}tn".utf8).enumerated() {
      for offset in stride(from: step, to: bytes.count, by: 31) where bytes[offset] != replacement {
        var broken = bytes
        broken[offset] = replacement
        do { if try RuntimeSpec(reading: broken, path: name) != original { changed += 1 } } catch { refused += 1 }
      }
    }
    #expect(refused > 0 && changed > 0)
  }

  @Test func `reads a process alone`() throws {
    let process = try RuntimeSpec.Process(reading: Array(#"{"args":["ls"],"cwd":"/tmp","user":{"uid":7},"terminal":true}"#.utf8))
    #expect(process.args == ["ls"] && process.cwd == "/tmp" && process.user.uid == 7 && process.terminal)
    #expect { try RuntimeSpec.Process(reading: Array(#"{"args":7}"#.utf8)) } throws: {
      "\($0)" == "the process document: args is the number 7, expected an array; mend it where it is written"
    }
  }

  @Test func `reads resources alone, and what is not said stays unsaid`() throws {
    let resources = try RuntimeSpec.Resources(reading: Array(#"{"memory":{"limit":-1},"pids":{"limit":9},"cpu":{}}"#.utf8))
    #expect(resources == .init(devices: [], memoryLimit: -1, pidsLimit: 9))
    #expect { try RuntimeSpec.Resources(reading: Array(#"{"pids":{"limit":"9"}}"#.utf8)) } throws: {
      "\($0)".hasPrefix("the resources document: pids.limit is the text \"9\", expected a whole number")
    }
  }
}

extension [RuntimeSpec.Namespace] {
  /// The same elements in another's order, so that lists can be compared as sets.
  fileprivate func sorted(like other: [RuntimeSpec.Namespace]) -> [RuntimeSpec.Namespace] {
    other.filter(contains) + filter { !other.contains($0) }
  }
}
