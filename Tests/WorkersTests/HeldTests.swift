import Foundation
import Observations
import TestSupport
import Testing

@testable import Workers

/// Instances that are held and weighed: processes, and many in one process.
@Suite(.serialized) struct HeldTests {
  private static func held(_ name: String, _ count: Int, _ arguments: String..., expect output: String = "held\n") -> Workload {
    var workload = Workload.probe(name, arguments[0], arguments[1], expect: output)
    workload.density = count
    return workload
  }

  @Test func `processes are held and weighed, and what goes wrong is told`() throws {
    let mark = "8\(getpid())"
    let workloads = [
      Self.held("one", 1, "hold", "4"), Self.held("three", 3, "hold", "4"), Self.held("wrong", 2, "hold", "1", expect: "hold\n"),
      Self.held("silent", 2, "sleep", mark), Self.held("brief", 2, "say", "held"), Self.held("failing", 2, "exit", "3", expect: "x"),
      Self.held("killed", 2, "signal", "6"),
    ]
    var run = try JobRun("held", workloads: workloads, runtimes: [.native], timeLimit: 4)
    run.job.cache = .cold
    defer { run.scratch.remove() }
    let result = try run.run()
    #expect(result.status == 0, "\(result.errors)")
    let one = try #require(result.trial("one")?.resources.held), three = try #require(result.trial("three")?.resources.held)
    #expect(one.slope == nil && one.guest == nil && one.engine == nil)
    // What a process touches is its own, and all that differs from one to three.
    for memory in [one, three] {
      #expect((4 << 20..<5 << 20).contains(memory.proportional), "\(memory)")
      #expect((4 << 20...memory.proportional).contains(try #require(memory.privateMemory)), "\(memory)")
      if canUseCgroups { #expect((4 << 20..<6 << 20).contains(try #require(memory.group)), "\(memory)") }
    }
    // Pages of the program itself, which they share, may be reclaimed between the two weighings.
    #expect((7 << 19..<5 << 20).contains(try #require(three.slope)), "\(three)")
    #expect(result.trial("three")?.value(of: .instanceSlope) == three.slope.map { Double($0) })
    #expect(result.trial("wrong")?.outcome == .wrongOutput)
    #expect(result.trial("silent")?.outcome == .timedOut)
    let brief = try #require(result.trial("brief"))
    #expect(brief.outcome == .notStarted && brief.detail.contains("waits for the end of its input"), "\(brief.detail)")
    // What ends early tells why, and is not waited for.
    #expect(result.trial("failing")?.outcome == .wrongExitCode && result.trial("failing")?.exitCode == 3)
    #expect(result.trial("killed")?.outcome == .crashed && result.trial("killed")?.signal == 6)
    // Making them is what takes wall time, not the half seconds in which they are left in peace.
    let made = try #require(result.trial("three"))
    #expect(made.times.reaped - made.times.exited > 900_000_000, "\(made.times)")
    #expect(processes(with: "sleep\0\(mark)").isEmpty && run.cgroups.isEmpty)
    #expect(!FileManager.default.fileExists(atPath: run.job.scratch))
  }

  @Test func `a program that cannot be executed is not started, and the next one is held all the same`() throws {
    var absent = Workload(name: "absent", native: "/nowhere/at/all", expected: Expectation(output: "held\n"), arms: ["native"])
    absent.density = 2
    let run = try JobRun("held-absent", workloads: [absent, Self.held("after", 2, "hold", "1")], runtimes: [.native])
    defer { run.scratch.remove() }
    let result = try run.run()
    let trial = try #require(result.trial("absent"))
    #expect(trial.outcome == .notStarted && trial.detail.contains("/nowhere/at/all: No such file or directory"), "\(trial.detail)")
    #expect(result.trial("after")?.outcome == .passed)
  }

  @Test func `a worker that is stopped leaves none of them`() throws {
    let run = try JobRun("held-stopped", workloads: [Self.held("long", 3, "hold", "3")], runtimes: [.native], timeLimit: 600)
    defer { run.scratch.remove() }
    let worker = try run.start()
    #expect(eventually(within: 60) { processes(with: "\(Probe.path)\0hold\03").count > 1 })
    kill(worker.processIdentifier, SIGKILL)
    worker.waitUntilExit()
    #expect(eventually { processes(with: "\(Probe.path)\0hold\03").isEmpty })
  }

  /// Our own VM with all instances in one process.
  private static let instances = RuntimeDescription(
    name: "instances", summary: "one process", path: .process, program: .module,
    command: [Product.path("wvm"), "hold", "--instances", "{instances}", "--mode", "jit", "{module}", "{arguments}"])

  private static func guest(_ name: String, _ mebibytes: Int, _ count: Int, arms: [String] = ["instances"]) -> Workload {
    let guests = Checkout.top + "/scenarios/guests"
    var workload = Workload(
      name: name, module: guests + "/held.wasm", native: Checkout.top + "/.build/guests/native/held", arguments: ["\(mebibytes)"],
      expected: Expectation(output: "touched \(mebibytes) MiB\n"), arms: arms)
    workload.density = count
    return workload
  }

  @Test func `what guests touch in one process is right within three hundredths, and told apart from the engine's`() throws {
    let run = try JobRun(
      "instances", workloads: [Self.guest("two", 2, 8), Self.guest("six", 6, 8), Self.guest("idle", 0, 500)], runtimes: [Self.instances])
    defer { run.scratch.remove() }
    let result = try run.run()
    #expect(result.status == 0, "\(result.errors)")
    let two = try #require(result.trial("two")?.resources.held), six = try #require(result.trial("six")?.resources.held)
    let (known, tolerance) = (Double(4 << 20), 0.03 * Double(4 << 20))
    for figure in [\HeldMemory.slope, \.guest] {
      let difference = Double(try #require(six[keyPath: figure])) - Double(try #require(two[keyPath: figure]))
      #expect(abs(difference - known) <= tolerance, "\(difference) bytes")
    }
    // Static data and the stack besides what is touched, a few pages.
    #expect((2 << 20..<(2 << 20) + (64 << 10)).contains(try #require(two.guest)), "\(two)")
    let idle = try #require(result.trial("idle")?.resources.held)
    #expect(try #require(idle.slope) < 64 << 10, "an idle instance takes \(idle)")
  }

  @Test func `one answer too few among many in one process is wrong, and a guest that traps is told`() throws {
    var workload = Self.guest("wrong", 1, 3)
    workload.expected.output = "touched 1 MiB\ntouched 1 MiB\n"
    var failing = Self.guest("failing", 9999, 3)
    failing.expected.output = "touched\n"
    let run = try JobRun("instances-wrong", workloads: [workload, failing], runtimes: [Self.instances], timeLimit: 3)
    defer { run.scratch.remove() }
    let result = try run.run()
    #expect(result.trial("wrong")?.outcome == .timedOut)
    let told = try #require(result.trial("failing"))
    #expect(told.outcome == .wrongExitCode && told.exitCode == 64 && told.detail.contains("usage: held"), "\(told.detail)")
    workload.expected.output = "touched 2 MiB\n"
    let other = try JobRun("instances-other", workloads: [workload], runtimes: [Self.instances], timeLimit: 3)
    defer { other.scratch.remove() }
    #expect(try other.run().trial("wrong")?.outcome == .wrongOutput)
  }

  @Test(.enabled(if: canRunContainers, "needs root, containerd and runc"))
  func `containers that do not wait are no crowd`() throws {
    var early = Workload.probe("early", "say", "held", expect: "held\n", arms: ["runc-tasks"])
    early.density = 2
    var failing = Workload.probe("failing", "exit", "3", expect: "held\n", arms: ["runc-tasks"])
    failing.density = 2
    let tasks = RuntimeDescription(name: "runc-tasks", summary: "tasks", path: .tasks, program: .native)
    var run = try JobRun("held-early", workloads: [early, failing], runtimes: [tasks], timeLimit: 20)
    run.job.cache = .cold
    defer { run.scratch.remove() }
    let result = try run.run()
    let first = try #require(result.trial("early")), second = try #require(result.trial("failing"))
    #expect(
      first.outcome == .notStarted && first.resources.held == nil && first.detail.contains("before it could be weighed"), "\(first.detail)")
    #expect(second.outcome == .wrongExitCode && second.exitCode == 3, "\(second.detail)")
    #expect(run.cgroups.isEmpty)
  }

  @Test func `a rollup of the kernel is read`() throws {
    let text = """
      00400000-7ffe0000 ---p 00000000 00:00 0                                  [rollup]
      Rss:                5428 kB
      Pss:                4100 kB
      Pss_Dirty:          4000 kB
      Private_Clean:        20 kB
      Private_Dirty:      4004 kB
      """
    let memory = try #require(ProcessMemory(text))
    #expect(memory.proportional == 4100 * 1024 && memory.privateMemory == 4024 * 1024)
    #expect(ProcessMemory("Rss: 12 kB\n") == nil && ProcessMemory("") == nil && ProcessMemory("Pss: many kB\n") == nil)
    #expect(try #require(ProcessMemory.of([getpid(), 2_000_000_000])).proportional > 1 << 20)
    #expect(ProcessMemory.of([2_000_000_000]) == nil && ProcessMemory.of([]) == nil)
  }

  /// Lines of a map: bounds, permissions, inode, proportional memory in kB, flags.
  private static func map(_ mappings: (String, String, String, Int, String)...) -> String {
    mappings.map { bounds, permissions, inode, proportional, flags in
      "\(bounds) \(permissions) 00000000 00:01 \(inode)   \(inode == "0" ? "" : "/memfd:wasm-memory-image (deleted)")\nSize: 1 kB\nPss: \(proportional) kB\nVmFlags: rd wr \(flags) "
    }.joined(separator: "\n")
  }

  @Test func `a linear memory is what is writable before gigabytes that are not accessible`() {
    let reserved = ("7f00000000-7f80000000", "---p", "0", 0, "nr")
    let memory = ("7efff00000-7f00000000", "rw-p", "0", 1000, "nr")
    #expect(LinearMemory.proportional(Self.map(memory, reserved)) == 1_024_000)
    // Its first contents may come from a file, and a memory of an earlier guest may end where it begins.
    let image = ("7effe00000-7efff00000", "rw-p", "27", 4, "ac")
    #expect(LinearMemory.proportional(Self.map(image, memory, reserved)) == 1_028_096)
    let other = (("7e7f000000-7e7fe00000", "rw-p", "0", 10, "nr"), ("7e7fe00000-7effe00000", "---p", "0", 0, "nr"))
    #expect(LinearMemory.proportional(Self.map(other.0, other.1, image, memory, reserved)) == 1_038_336)
    // What an allocator has put before it is not the guest's.
    let arena = ("7effe00000-7efff00000", "rw-p", "0", 500, "ac")
    #expect(LinearMemory.proportional(Self.map(arena, memory, reserved)) == 1_024_000)
    // An arena of an allocator reserves less, and a gap is none of it.
    #expect(LinearMemory.proportional(Self.map(memory, ("7f00000000-7f04000000", "---p", "0", 0, "nr"))) == nil)
    #expect(LinearMemory.proportional(Self.map(("7effe00000-7effef0000", "rw-p", "0", 7, "nr"), reserved)) == nil)
    #expect(LinearMemory.proportional("") == nil && LinearMemory.proportional("nonsense\n- - - -\n") == nil)
  }

  @Test func `descendants belong to a tree of processes`() throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", "sleep 60 & wait"]
    try process.run()
    defer { process.terminate() }
    #expect(eventually { ProcessTree.of([process.processIdentifier]).count == 2 })
    for child in ProcessTree.of([process.processIdentifier]) { kill(child, SIGKILL) }
  }
}
