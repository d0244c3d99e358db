import Foundation
import OCI
import TestSupport
import Testing

@testable import Containers

/// Why real cgroups cannot be tried here; nil where they can.
private let obstacle: String? = {
  guard geteuid() == 0 else { return "cgroups need root" }
  do {
    let layout = try CgroupLayout.detect()
    guard layout.version != .v2 else { return "these cgroups are of version 2 alone" }
    let cgroup = try Cgroup(in: layout, path: "/containers-tests-\(getpid())-try", defaultPath: "/")
    try cgroup.create()
    _ = cgroup.remove()
    return nil
  } catch { return "\(error)" }
}()

@Suite("Cgroups of version 1, the kernel's own", .enabled(if: obstacle == nil, "\(obstacle ?? "")"))
struct CgroupTests {
  /// Gone with everything in it at the end of a test.
  final class Own {
    let cgroup: Cgroup
    init(_ name: String = "c") throws {
      cgroup = try Cgroup(
        in: try CgroupLayout.detect(), path: "/containers-tests-\(getpid())-\(UInt32.random(in: 0 ... .max))-\(name)", defaultPath: "/")
    }
    func has(_ controller: String) -> Bool { cgroup.folder(controller) != nil }
    func get(_ controller: String, _ file: String) -> String? {
      cgroup.folder(controller)?.read(file).map { String(decoding: $0, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines) }
    }
    func removed(_ cgroup: Cgroup) -> Bool {
      for _ in 0..<2000 {
        if cgroup.remove() { return true }
        usleep(2000)
      }
      return false
    }
    deinit {
      try? cgroup.kill(SIGKILL)
      _ = removed(cgroup)
    }
  }

  @Test func `one is made in every hierarchy, joined, emptied and removed`() throws {
    let own = try Own()
    let cgroup = own.cgroup
    #expect(!cgroup.exists)
    try cgroup.create()
    #expect(cgroup.exists)
    for folder in cgroup.folders { #expect(access(folder.fullPath, F_OK) == 0, "\(folder.fullPath)") }
    let join = try cgroup.openForJoining()
    let child = Child.sleeper { join.join() }
    join.close()
    #expect(eventually { cgroup.processes() == [child] })
    // In all of them, not only in the one that is asked.
    for folder in cgroup.folders {
      #expect(eventually { folder.read("cgroup.procs").map { String(decoding: $0, as: UTF8.self) } == "\(child)\n" }, "\(folder.fullPath)")
    }
    #expect(!cgroup.remove())
    try cgroup.kill(SIGKILL)
    #expect(Child.wait(child) == -SIGKILL)
    #expect(own.removed(cgroup))
    for folder in cgroup.folders { #expect(access(folder.fullPath, F_OK) != 0, "\(folder.fullPath)") }
    // Once more is no failure.
    #expect(cgroup.remove())
  }

  @Test func `making one that exists is no failure`() throws {
    let own = try Own()
    try own.cgroup.create()
    try own.cgroup.create()
    #expect(own.cgroup.exists)
  }

  @Test func `cgroups above are made, and those below removed`() throws {
    let own = try Own()
    let inner = try Cgroup(in: own.cgroup.layout, path: "/" + own.cgroup.folders[0].path + "/a/b", defaultPath: "/")
    try inner.create()
    #expect(own.cgroup.exists)
    if own.has("cpuset") { #expect(inner.folder("cpuset")?.read("cpuset.cpus")?.isEmpty == false) }
    let child = Child.sleeper { (try? inner.join()) == nil ? 1 : 0 }
    #expect(eventually { own.cgroup.processes() == [child] })
    try own.cgroup.kill(SIGKILL)
    #expect(Child.wait(child) == -SIGKILL)
    #expect(own.removed(own.cgroup))
    #expect(!own.cgroup.exists)
  }

  @Test func `limits reach the kernel and can be changed`() throws {
    let own = try Own()
    try own.cgroup.create()
    var resources = RuntimeSpec.Resources(devices: [])
    if own.has("memory") { resources.memoryLimit = 64 << 20 }
    if own.has("cpu") { (resources.cpuShares, resources.cpuQuota, resources.cpuPeriod) = (512, 50_000, 100_000) }
    if own.has("pids") { resources.pidsLimit = 9 }
    if own.has("cpuset") { resources.cpus = "0" }
    try own.cgroup.apply(resources)
    if own.has("memory") {
      #expect(own.cgroup.memoryLimit() == 64 << 20)
      #expect(own.cgroup.memoryUsage() != nil)
    }
    if own.has("cpu") {
      #expect(own.get("cpu", "cpu.shares") == "512")
      #expect(own.get("cpu", "cpu.cfs_quota_us") == "50000")
    }
    if own.has("pids") { #expect(own.get("pids", "pids.max") == "9") }
    if own.has("cpuset") { #expect(own.get("cpuset", "cpuset.cpus") == "0") }
    var change = RuntimeSpec.Resources(devices: [], memoryLimit: own.has("memory") ? -1 : nil)
    if own.has("pids") { change.pidsLimit = -1 }
    if own.has("cpu") { change.cpuQuota = -1 }
    try own.cgroup.apply(change)
    if own.has("memory") { #expect(own.cgroup.memoryLimit() == nil) }
    if own.has("pids") { #expect(own.get("pids", "pids.max") == "max") }
    if own.has("cpu") {
      #expect(own.get("cpu", "cpu.cfs_quota_us") == "-1")
      #expect(own.get("cpu", "cpu.shares") == "512")
    }
  }

  @Test func `memory and swap rise and fall together`() throws {
    let own = try Own()
    try own.cgroup.create()
    guard own.cgroup.folder("memory")?.exists("memory.memsw.limit_in_bytes") == true else { return }
    for (memory, swap) in [(64, 128), (256, 512), (32, 48), (32, 48), (100, -1), (16, 16)] as [(Int64, Int64)] {
      try own.cgroup.apply(.init(devices: [], memoryLimit: memory << 20, memorySwap: swap < 0 ? -1 : swap << 20))
      #expect(own.cgroup.memoryLimit() == UInt64(memory) << 20)
      let limit = own.cgroup.folder("memory")?.number("memory.memsw.limit_in_bytes").flatMap(Cgroup.limited)
      #expect(limit == (swap < 0 ? nil : UInt64(swap) << 20))
    }
    #expect(throws: ContainerError.self) { try own.cgroup.apply(.init(devices: [], memoryLimit: 64 << 20, memorySwap: 32 << 20)) }
  }

  @Test func `a memory limit below what is used is refused with both numbers`() throws {
    let own = try Own()
    guard own.has("memory") else { return }
    try own.cgroup.create()
    let size = 32 << 20
    let child = Child.sleeper {
      guard (try? own.cgroup.join()) != nil, let memory = malloc(size) else { return 1 }
      memset(memory, 1, size)
      return 0
    }
    defer { kill(child, SIGKILL); _ = Child.wait(child) }
    #expect(eventually { own.cgroup.memoryUsage() ?? 0 >= UInt64(size) })
    // Where there is swap the kernel makes room by it.
    if (own.cgroup.folder("memory")?.exists("memory.memsw.limit_in_bytes") ?? false) {
      try own.cgroup.apply(.init(devices: [], memoryLimit: 40 << 20, memorySwap: 40 << 20))
    }
    let error = #expect(throws: ContainerError.self) { try own.cgroup.apply(.init(devices: [], memoryLimit: 1 << 20)) }
    #expect(error?.description.contains("1048576 bytes is too low") == true, "\(error?.description ?? "")")
  }

  @Test func `values the kernel does not take are told with their file`() throws {
    let own = try Own()
    guard own.has("cpuset") else { return }
    try own.cgroup.create()
    let error = #expect(throws: ContainerError.self) {
      var resources = RuntimeSpec.Resources(devices: [])
      resources.cpus = "nonsense"
      try own.cgroup.apply(resources)
    }
    #expect(error?.description.contains("\"nonsense\"") == true)
    #expect(error?.description.contains("cpuset.cpus") == true)
    #expect(error?.code == EINVAL)
    #expect(throws: ContainerError.self) { try own.cgroup.apply(.init(devices: [], unified: [.init(name: "memory.high", value: "1")])) }
  }

  @Test func `devices are restricted, harmless ones are not`() throws {
    let own = try Own()
    guard own.has("devices") else { return }
    try own.cgroup.create()
    try own.cgroup.restrictDevices([.denyAll, .init(allow: true, type: "c", major: 10, minor: 229, access: "r")])
    #expect(own.get("devices", "devices.list")?.contains("c 10:229 r\n") == true)
    let folder = FileManager.default.temporaryDirectory.path
    let answers = Child.text {
      guard (try? own.cgroup.join()) != nil else { return "cannot join" }
      // kmsg may not be opened; null may, and any may be made.
      let node = folder + "/containers-tests-node-\(getpid())"
      let made = mknod(node, S_IFCHR | 0o600, (1 << 8) | 11)
      let opened = open(node, O_RDONLY)
      let code = errno
      unlink(node)
      return "\(made) \(opened) \(code) \(open("/dev/null", O_RDWR) >= 0)"
    }
    #expect(answers == "0 -1 \(EPERM) true")
  }

  @Test func `processes stand still and go on`() throws {
    let own = try Own()
    try own.cgroup.create()
    var ends: [Int32] = [0, 0]
    #expect(pipe(&ends) == 0)
    let child = Child.start {
      guard (try? own.cgroup.join()) != nil else { return 1 }
      var byte: UInt8 = 0
      while true {
        write(ends[1], &byte, 1)
        usleep(1000)
      }
    }
    defer { kill(child, SIGKILL); _ = Child.wait(child); close(ends[0]); close(ends[1]) }
    #expect(eventually { own.cgroup.processes() == [child] })
    #expect(!own.cgroup.isFrozen)
    try own.cgroup.freeze()
    #expect(own.cgroup.isFrozen)
    _ = fcntl(ends[0], F_SETFL, O_NONBLOCK)
    var buffer = [UInt8](repeating: 0, count: 65536)
    _ = read(ends[0], &buffer, buffer.count)
    usleep(20_000)
    #expect(read(ends[0], &buffer, buffer.count) == -1 && errno == EAGAIN)
    try own.cgroup.thaw()
    #expect(!own.cgroup.isFrozen)
    #expect(eventually { read(ends[0], &buffer, buffer.count) > 0 })
    // Frozen ones die too.
    try own.cgroup.freeze()
    try own.cgroup.kill(SIGKILL)
    #expect(eventually { own.cgroup.processes().isEmpty })
  }

  @Test func `other signals reach everyone once`() throws {
    let own = try Own()
    try own.cgroup.create()
    let children = (0..<3).map { _ in Child.sleeper { (try? own.cgroup.join()) == nil ? 1 : 0 } }
    #expect(eventually { own.cgroup.processes().sorted() == children.sorted() })
    try own.cgroup.kill(SIGTERM)
    for child in children { #expect(Child.wait(child) == -SIGTERM) }
  }

  @Test func `running out of memory is told and counted`() throws {
    let own = try Own()
    guard own.has("memory") else { return }
    try own.cgroup.create()
    var resources = RuntimeSpec.Resources(devices: [], memoryLimit: 16 << 20)
    if own.cgroup.folder("memory")!.exists("memory.memsw.limit_in_bytes") { resources.memorySwap = 16 << 20 }
    try own.cgroup.apply(resources)
    let descriptor = try own.cgroup.makeOOMDescriptor()
    defer { close(descriptor) }
    var wanted = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    #expect(poll(&wanted, 1, 0) == 0)
    #expect(own.cgroup.oomKillCount() == 0)
    let code = Child.run {
      guard (try? own.cgroup.join()) != nil, let memory = malloc(64 << 20) else { return 1 }
      memset(memory, 1, 64 << 20)
      return 0
    }
    #expect(code == -SIGKILL)
    #expect(poll(&wanted, 1, 10_000) == 1)
    #expect(own.cgroup.oomKillCount() == 1)
    Cgroup.acknowledgeOOM(descriptor)
    #expect(poll(&wanted, 1, 0) == 0)
  }

  @Test func `what a container used is counted`() throws {
    let own = try Own()
    try own.cgroup.create()
    if own.has("pids") { try own.cgroup.apply(.init(devices: [], pidsLimit: 10)) }
    let child = Child.sleeper {
      guard (try? own.cgroup.join()) != nil else { return 1 }
      var time = timespec()
      repeat { clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time) } while time.tv_sec == 0 && time.tv_nsec < 50_000_000
      return 0
    }
    defer { kill(child, SIGKILL); _ = Child.wait(child) }
    if own.has("cpuacct") {
      #expect(eventually { own.cgroup.statistics().processor?.total ?? 0 >= 40_000_000 })
      let use = own.cgroup.statistics().processor
      #expect(use?.byProcessor.reduce(0, +) ?? 0 > 0)
      #expect((use?.user ?? 0) + (use?.system ?? 0) > 0)
    }
    #expect(eventually { own.cgroup.processes() == [child] })
    let statistics = own.cgroup.statistics()
    #expect(!statistics.isUnified)
    if own.has("memory") {
      #expect(statistics.memory?.memory.limit == nil)
      #expect(statistics.memory?.fields.contains { $0.name == "total_rss" } == true)
      #expect(statistics.memory?.event("oom_kill_disable") == 0)
    }
    if own.has("pids") {
      #expect(statistics.tasks?.count == 1)
      #expect(statistics.tasks?.limit == 10)
    }
  }

  @Test func `what does not exist answers with nothing or with a reason`() throws {
    let cgroup = try Own().cgroup
    #expect(cgroup.processes().isEmpty)
    #expect(cgroup.memoryLimit() == nil)
    #expect(cgroup.oomKillCount() == nil)
    #expect(!cgroup.isFrozen)
    #expect(cgroup.statistics() == CgroupStatistics())
    try cgroup.kill(SIGKILL)
    #expect(throws: ContainerError.self) { try cgroup.openForJoining() }
    #expect(throws: ContainerError.self) { try cgroup.join() }
    #expect(throws: ContainerError.self) { try cgroup.makeOOMDescriptor() }
    #expect(throws: ContainerError.self) { try cgroup.freeze() }
  }

  /// Whether it becomes true within ten seconds: what happens in another process takes its time.
  private func eventually(_ condition: () -> Bool) -> Bool {
    for _ in 0..<2000 {
      if condition() { return true }
      usleep(5000)
    }
    return false
  }
}

@Suite("Cgroups of version 1, in folders that look like them")
struct CgroupVersion1Tests {
  @Test func `block devices and huge pages are limited`() throws {
    let fake = try FakeCgroups(["blkio", "hugetlb"])
    for file in ["blkio.bfq.weight", "blkio.throttle.read_bps_device", "blkio.throttle.write_iops_device"] {
      try fake.put("", "c1/" + file, in: "blkio")
    }
    try fake.put("", "c1/hugetlb.1GB.limit_in_bytes", in: "hugetlb")
    var resources = RuntimeSpec.Resources(devices: [], blockWeight: 300)
    resources.blockThrottles = [.init(.readBps, major: 8, minor: 0, rate: 1), .init(.writeIOPS, major: 9, minor: 1, rate: 2)]
    resources.hugepageLimits = [.init(pageSize: "1GB", limit: 5)]
    try Cgroup(in: fake).apply(resources)
    #expect(fake.get("c1/blkio.bfq.weight", in: "blkio") == "300")
    #expect(fake.get("c1/blkio.throttle.read_bps_device", in: "blkio") == "8:0 1")
    #expect(fake.get("c1/blkio.throttle.write_iops_device", in: "blkio") == "9:1 2")
    #expect(fake.get("c1/hugetlb.1GB.limit_in_bytes", in: "hugetlb") == "5")
    resources.hugepageLimits = [.init(pageSize: "../x", limit: 5)]
    #expect(throws: ContainerError.self) { try Cgroup(in: fake).apply(resources) }
  }

  @Test func `a limit without its controller is refused by the controller's name`() throws {
    let cgroup = try Cgroup(in: try FakeCgroups(["freezer", "devices"]))
    for (controller, resources) in [
      ("memory", RuntimeSpec.Resources(devices: [], memoryLimit: 1)), ("cpu", .init(devices: [], cpuShares: 5)),
      ("pids", .init(devices: [], pidsLimit: 5)), ("blkio", .init(devices: [], blockWeight: 50)), ("cpuset", .init(devices: [], cpus: "0")),
    ] {
      let error = #expect(throws: ContainerError.self) { try cgroup.apply(resources) }
      #expect(error?.description.contains("controller \(controller),") == true, "\(error?.description ?? "")")
    }
  }

  @Test func `reads and writes of block devices are counted`() throws {
    let fake = try FakeCgroups(["blkio", "pids"])
    try fake.put("8:0 Read 10\n8:0 Write 20\n8:0 Sync 30\nTotal 30\n", "c1/blkio.throttle.io_service_bytes_recursive", in: "blkio")
    try fake.put("8:0 Read 1\n8:0 Write 2\n8:0 Discard 3\nx Read 3\n8:0 Read\n", "c1/blkio.throttle.io_serviced", in: "blkio")
    let devices = try Cgroup(in: fake).statistics().blockDevices
    #expect(devices.count == 1)
    #expect(devices.first?.readBytes == 10)
    #expect(devices.first?.writtenBytes == 20)
    #expect(devices.first?.writes == 2)
    #expect(devices.first?.discards == 3)
  }

  @Test func `what was made before a hierarchy refused is removed again`() throws {
    let fake = try FakeCgroups(["pids", "memory"])
    // A file where a folder would have to be.
    try fake.put("", "default", in: "memory")
    let cgroup = try Cgroup(in: try fake.detect(), path: "/default/c1", defaultPath: "/")
    #expect(throws: ContainerError.self) { try cgroup.create() }
    #expect(access(fake.path("pids", "default"), F_OK) != 0)
  }
}
