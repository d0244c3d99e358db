import Foundation
import OCI
import Testing

@testable import Containers

@Suite("Cgroups of version 2, in a folder that looks like them")
struct CgroupUnifiedTests {
  private func fake(_ files: [String]) throws -> FakeCgroups {
    let fake = try FakeCgroups([""])
    for file in files { try fake.put("", "c1/" + file) }
    return fake
  }

  @Test func `limits are put into the words of version 2`() throws {
    let fake = try fake([
      "memory.max", "memory.swap.max", "memory.low", "cpu.weight", "cpu.max", "cpu.idle", "cpuset.cpus", "cpuset.mems", "pids.max",
      "io.weight",
      "io.max", "hugetlb.2MB.max", "hugetlb.2MB.rsvd.max", "memory.high",
    ])
    var resources = RuntimeSpec.Resources(devices: [])
    resources.memoryLimit = 64 << 20
    resources.memorySwap = 96 << 20
    resources.memoryReservation = 32 << 20
    resources.cpuShares = 1024
    resources.cpuQuota = 50_000
    resources.cpuPeriod = 200_000
    resources.cpuIdle = 0
    resources.cpus = "0-1"
    resources.mems = "0"
    resources.pidsLimit = 7
    resources.blockWeight = 500
    resources.blockThrottles = [.init(.writeIOPS, major: 8, minor: 16, rate: 99)]
    resources.hugepageLimits = [.init(pageSize: "2MB", limit: 4 << 20)]
    resources.unified = [.init(name: "memory.high", value: "5000000")]
    try Cgroup(in: fake).apply(resources)
    #expect(fake.get("c1/memory.max") == "67108864")
    #expect(fake.get("c1/memory.swap.max") == "33554432")
    #expect(fake.get("c1/memory.low") == "33554432")
    #expect(fake.get("c1/cpu.weight") == "39")
    #expect(fake.get("c1/cpu.max") == "50000 200000")
    #expect(fake.get("c1/cpu.idle") == "0")
    #expect(fake.get("c1/cpuset.cpus") == "0-1")
    #expect(fake.get("c1/cpuset.mems") == "0")
    #expect(fake.get("c1/pids.max") == "7")
    #expect(fake.get("c1/io.weight") == "4950")
    #expect(fake.get("c1/io.max") == "8:16 wiops=99")
    #expect(fake.get("c1/hugetlb.2MB.max") == "4194304")
    #expect(fake.get("c1/hugetlb.2MB.rsvd.max") == "4194304")
    #expect(fake.get("c1/memory.high") == "5000000")
  }

  @Test func `what is not said is not written`() throws {
    // There is no file at all: any write would fail.
    let cgroup = try Cgroup(in: try fake([]))
    var resources = RuntimeSpec.Resources(devices: [.denyAll], memoryLimit: 0, memorySwap: 0, cpuShares: 0, cpuQuota: 0, cpuPeriod: 0)
    resources.cpus = ""
    resources.memorySwappiness = 60
    resources.disablesOOMKiller = false
    try cgroup.apply(resources)
  }

  @Test func `minus one is no limit`() throws {
    let fake = try fake(["memory.max", "memory.swap.max", "cpu.max", "pids.max"])
    try Cgroup(in: fake).apply(.init(devices: [], memoryLimit: -1, cpuQuota: -1, pidsLimit: -1))
    #expect(fake.get("c1/memory.max") == "max")
    #expect(fake.get("c1/memory.swap.max") == "max")
    #expect(fake.get("c1/cpu.max") == "max 100000")
    #expect(fake.get("c1/pids.max") == "max")
  }

  @Test func `a change of quota or period keeps the other`() throws {
    let fake = try fake([])
    try fake.put("20000 50000\n", "c1/cpu.max")
    try Cgroup(in: fake).apply(.init(devices: [], cpuQuota: 30_000))
    #expect(fake.get("c1/cpu.max")?.hasPrefix("30000 50000") == true)
    try Cgroup(in: fake).apply(.init(devices: [], cpuPeriod: 60_000))
    #expect(fake.get("c1/cpu.max")?.hasPrefix("30000 60000") == true)
  }

  @Test(arguments: [(UInt64(2), UInt64(1)), (1024, 39), (262_144, 10_000), (0, 1), (.max, 10_000)])
  func `shares become weights`(shares: UInt64, weight: UInt64) {
    #expect(UnifiedValues.weight(shares: shares) == weight)
  }

  @Test func `swap is what memory and swap together leave`() throws {
    #expect(try UnifiedValues.swap(300, memory: 100) == "200")
    #expect(try UnifiedValues.swap(100, memory: 100) == "0")
    #expect(try UnifiedValues.swap(-1, memory: 100) == "max")
    #expect(try UnifiedValues.swap(nil, memory: 100) == nil)
    #expect(throws: ContainerError.self) { try UnifiedValues.swap(50, memory: 100) }
    #expect(throws: ContainerError.self) { try UnifiedValues.swap(50, memory: nil) }
    #expect(throws: ContainerError.self) { try UnifiedValues.swap(50, memory: -1) }
  }

  @Test func `a limit the machine does not offer is named`() throws {
    let fake = try fake(["memory.max"])
    let error = try withExtendedLifetime(fake) {
      let cgroup = try Cgroup(in: fake)
      return #expect(throws: ContainerError.self) { try cgroup.apply(.init(devices: [], pidsLimit: 5)) }
    }
    #expect(error?.description.contains("has no pids.max") == true, "\(error?.description ?? "")")
  }

  @Test func `no swap on the machine is fine where none is wanted`() throws {
    let fake = try fake(["memory.max"])
    try Cgroup(in: fake).apply(.init(devices: [], memoryLimit: 4096, memorySwap: 4096))
    #expect(fake.get("c1/memory.max") == "4096")
    #expect(throws: ContainerError.self) {
      try Cgroup(in: fake).apply(.init(devices: [], memoryLimit: 4096, memorySwap: 8192))
    }
  }

  @Test(arguments: ["../../memory.max", "memory", "a/b.c", ""])
  func `a unified value cannot leave its cgroup`(name: String) throws {
    let cgroup = try Cgroup(in: try fake(["memory.max"]))
    #expect(throws: ContainerError.self) { try cgroup.apply(.init(devices: [], unified: [.init(name: name, value: "1")])) }
  }

  @Test func `limits of real-time tasks are refused`() throws {
    let cgroup = try Cgroup(in: try fake([]))
    #expect(throws: ContainerError.self) { try cgroup.apply(.init(devices: [], cpuRealtimeRuntime: 5)) }
  }

  @Test func `making one passes controllers on from the top`() throws {
    let fake = try FakeCgroups([""])
    try fake.put("cpu memory pids\n", "cgroup.controllers")
    try fake.put("memory\n", "cgroup.subtree_control")
    try fake.put("memory pids\n", "default/cgroup.controllers")
    try fake.put("", "default/cgroup.subtree_control")
    try Cgroup(in: try fake.detect(), path: "/default/c1", defaultPath: "/").create()
    #expect(fake.get("cgroup.subtree_control") == "+cpu +pids")
    #expect(fake.get("default/cgroup.subtree_control") == "+memory +pids")
    #expect(access(fake.path("", "default/c1"), F_OK) == 0)
  }

  @Test func `joining is written to cgroup.procs`() throws {
    let fake = try fake(["cgroup.procs"])
    let cgroup = try Cgroup(in: fake)
    let join = try cgroup.openForJoining()
    #expect(join.join() == 0)
    join.close()
    #expect(fake.get("c1/cgroup.procs") == "0")
    #expect(try cgroup.openForJoining(withUnified: false).descriptors.isEmpty)
  }

  @Test func `a further process goes where the first has moved to once controllers are passed on`() throws {
    let fake = try fake(["cgroup.subtree_control"])
    try fake.put("", "c1/below/cgroup.procs")
    try fake.put("0::/c1/below\n", "told")
    let cgroup = try Cgroup(in: fake)
    #expect(try folder(cgroup, fake) == fake.path("", "c1"))
    try fake.put("cpu pids\n", "c1/cgroup.subtree_control")
    #expect(try folder(cgroup, fake) == fake.path("", "c1/below"))
    // One that has left the container is not followed.
    try fake.put("0::/c10/below\n", "told")
    #expect(try folder(cgroup, fake) == fake.path("", "c1"))
  }

  private func folder(_ cgroup: Cgroup, _ fake: FakeCgroups) throws -> String {
    let descriptor = try #require(try cgroup.openUnifiedFolder(besideProcessWith: fake.path("", "told")))
    defer { close(descriptor) }
    return try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/\(descriptor)")
  }

  @Test func `members are found in cgroups below too`() throws {
    let fake = try fake([])
    try fake.put("12\n0\nnonsense\n13\n", "c1/cgroup.procs")
    try fake.put("14\n99999999999999999999\n", "c1/inner/cgroup.procs")
    #expect(try Cgroup(in: fake).processes() == [12, 13, 14])
  }

  @Test func `whether one is frozen is read from its events`() throws {
    let fake = try fake(["cgroup.freeze"])
    try fake.put("populated 1\nfrozen 1\n", "c1/cgroup.events")
    let cgroup = try Cgroup(in: fake)
    try cgroup.freeze()
    #expect(fake.get("c1/cgroup.freeze") == "1")
    #expect(cgroup.isFrozen)
    try cgroup.thaw()
    #expect(fake.get("c1/cgroup.freeze") == "0")
    try fake.put("populated 1\nfrozen 0\n", "c1/cgroup.events")
    #expect(!cgroup.isFrozen)
  }

  @Test func `one that does not stand still is let go again`() throws {
    let fake = try fake(["cgroup.freeze"])
    try fake.put("frozen 0\n", "c1/cgroup.events")
    let cgroup = try Cgroup(in: fake)
    #expect(throws: ContainerError.self) { try cgroup.freeze() }
    #expect(fake.get("c1/cgroup.freeze") == "0")
  }

  @Test func `running out of memory is told and counted`() throws {
    let fake = try fake([])
    try fake.put("low 0\noom 2\noom_kill 1\noom_group_kill 0\n", "c1/memory.events")
    let cgroup = try Cgroup(in: fake)
    #expect(cgroup.oomKillCount() == 1)
    let descriptor = try cgroup.makeOOMDescriptor()
    defer { close(descriptor) }
    #expect(isReadable(descriptor) == false)
    try fake.put("oom_kill 2\n", "c1/memory.events")
    #expect(isReadable(descriptor))
    Cgroup.acknowledgeOOM(descriptor)
    #expect(isReadable(descriptor) == false)
    #expect(cgroup.oomKillCount() == 2)
  }

  @Test func `statistics are read in full`() throws {
    let fake = try fake([])
    try fake.put("usage_usec 7\nuser_usec 4\nsystem_usec 3\nnr_periods 9\nnr_throttled 2\nthrottled_usec 5\n", "c1/cpu.stat")
    try fake.put("4096\n", "c1/memory.current")
    try fake.put("max\n", "c1/memory.max")
    try fake.put("8192\n", "c1/memory.peak")
    try fake.put("anon 100\nfile 200\n", "c1/memory.stat")
    try fake.put("max 3\noom_kill 1\n", "c1/memory.events")
    try fake.put("10\n", "c1/memory.swap.current")
    try fake.put("20\n", "c1/memory.swap.max")
    try fake.put("2\n", "c1/pids.current")
    try fake.put("50\n", "c1/pids.max")
    try fake.put("8:0 rbytes=1 wbytes=2 rios=3 wios=4 dbytes=5 dios=6\n253:1 rbytes=7\n", "c1/io.stat")
    try fake.put("0\n", "c1/hugetlb.2MB.current")
    try fake.put("0\n", "c1/hugetlb.2MB.rsvd.current")
    try fake.put("4194304\n", "c1/hugetlb.2MB.max")
    try fake.put("max 8\n", "c1/hugetlb.2MB.events")
    let statistics = try Cgroup(in: fake).statistics()
    #expect(statistics.isUnified)
    #expect(statistics.processor?.total == 7000)
    #expect(statistics.processor?.user == 4000)
    #expect(statistics.processor?.system == 3000)
    #expect(statistics.processor?.throttledTime == 5000)
    #expect(statistics.memory?.memory.usage == 4096)
    #expect(statistics.memory?.memory.limit == nil)
    #expect(statistics.memory?.memory.peak == 8192)
    #expect(statistics.memory?.memory.failures == 3)
    #expect(statistics.memory?.field("file") == 200)
    #expect(statistics.memory?.field("missing") == 0)
    #expect(statistics.memory?.event("oom_kill") == 1)
    #expect(statistics.memory?.swap?.usage == 10)
    #expect(statistics.memory?.swap?.limit == 20)
    #expect(statistics.tasks?.count == 2)
    #expect(statistics.tasks?.limit == 50)
    #expect(statistics.blockDevices.map(\.major) == [8, 253])
    #expect(statistics.blockDevices.first?.discards == 6)
    #expect(statistics.hugePages.map(\.pageSize) == ["2MB"])
    #expect(statistics.hugePages.first?.level.limit == 4 << 20)
    #expect(statistics.hugePages.first?.level.failures == 8)
  }

  @Test func `corrupt files count as nothing`() throws {
    let fake = try fake(["io.stat"])
    try fake.put("usage_usec\nusage_usec x\n\n \0", "c1/cpu.stat")
    try fake.put("-1", "c1/memory.current")
    try fake.put("99999999999999999999999", "c1/pids.current")
    try fake.put("8 rbytes=1\n8:0 rbytes=y wbytes\n:: \n", "c1/io.stat")
    let statistics = try Cgroup(in: fake).statistics()
    #expect(statistics.processor == nil)
    #expect(statistics.memory == nil)
    #expect(statistics.tasks == nil)
    #expect(statistics.blockDevices == [.init(major: 8, minor: 0)])
    #expect(try Cgroup(in: fake).oomKillCount() == nil)
    #expect(try Cgroup(in: fake).memoryUsage() == nil)
  }

  private func isReadable(_ descriptor: Int32) -> Bool {
    var wanted = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    return poll(&wanted, 1, 0) == 1
  }
}
