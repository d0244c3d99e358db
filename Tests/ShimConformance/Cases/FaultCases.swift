import Foundation

/// Something is killed, or there is no room.
let faultCases = Group<Bench>(
  name: "Faults",
  behaviours: [
    Behaviour("tasks survive the death of containerd, can be killed and deleted, and events go on") { bench in
      let container = try Container(bench, ["sleep"], detached: true)
      let guest = try container.processes().guest
      bench.daemon.kill()
      Clock.pause(milliseconds: 200)
      try expect(isAlive(Int(guest)), "the guest died with containerd")
      try bench.daemon.start()
      try expectEqual(try container.listed()?.status, "RUNNING", "the state after the restart")
      let events = try EventStream(bench)
      defer { events.stop() }
      try expectEqual(try container.end("SIGTERM"), 143, "the exit code")
      let seen = events.wait(for: "/tasks/delete", of: container.id)
      try expectEqual(seen.map(\.topic), ["/tasks/exit", "/tasks/delete"], "the events after the restart")
      return nil
    },
    Behaviour("a guest that ends while containerd is away is STOPPED with its exit code afterwards") { bench in
      let container = try Container(bench, ["wait", "400", "7"], detached: true)
      let guest = try container.processes().guest
      bench.daemon.kill()
      try expect(Clock.waits(5) { !isAlive(Int(guest)) }, "the guest did not end")
      try bench.daemon.start()
      try container.waitUntilStopped()
      try expectEqual(try container.delete(), 7, "the exit code")
      return nil
    },
    Behaviour("events wait while nobody takes them, and come in order and once each afterwards") { bench in
      let receiver = try EventReceiver(path: "/run/receiver")
      defer { receiver.vanish() }
      let made = try HandMadeTask(bench, ["wait", "400", "7"], events: receiver)
      defer { made.remove() }
      let pid = try made.mustCreate()
      try expect(receiver.take(5) { $0.count >= 1 }, "the create was not told")
      receiver.vanish()
      try made.task().must("Start")
      try expectEqual(try TaskCalls.exit(made.task().call("Wait")).code, 7, "the exit code")
      Clock.pause(milliseconds: 1500)
      try receiver.appear()
      _ = receiver.take(15) { $0.contains { $0.topic == "/tasks/exit" } }
      try made.task().must("Delete")
      _ = receiver.take(5) { $0.contains { $0.topic == "/tasks/delete" } }
      _ = receiver.take(0.3) { _ in false }
      try expectEqual(receiver.events.map(\.topic), ["/tasks/create", "/tasks/start", "/tasks/exit", "/tasks/delete"], "the order")
      try expectEqual(
        receiver.events.map(\.kind), ["TaskCreate", "TaskStart", "TaskExit", "TaskDelete"].map { "containerd.events." + $0 }, "the messages"
      )
      let exit = try WireFields(receiver.events[2].content)
      try expectEqual([exit.number(3), exit.number(4)], [pid, 7], "process and exit code of the exit")
      return nil
    },
    Behaviour("streams survive the death of containerd") { bench in
      let made = try HandMadeTask(bench, ["cat"])
      defer { made.remove() }
      let streams = try made.openStreams()
      _ = try made.mustCreate(streams: true)
      try made.task().must("Start")
      try made.read(streams.output, until: "ready\n")
      bench.daemon.kill()
      _ = write(streams.input, "still here\n", 11)
      try made.read(streams.output, until: "still here\n")
      try bench.daemon.start()
      return nil
    },
    Behaviour("the death of a shim ends its container with 137 and leaves nothing") { bench in
      let events = try EventStream(bench)
      defer { events.stop() }
      let container = try Container(bench, ["sleep"], detached: true)
      let processes = try container.processes()
      kill(processes.shim, SIGKILL)
      try expect(Clock.waits(10) { !isAlive(Int(processes.guest)) }, "the guest still runs")
      let exits = events.wait(for: "/tasks/exit", of: container.id).filter { $0.topic == "/tasks/exit" }
      _ = try? container.delete()
      try expectEqual(exits.map(\.exitCode), [137], "the exit codes of its exit events")
      return nil
    },
    Behaviour("the death of a guest's process is an exit with 137") { bench in
      let container = try Container(bench, ["spin"])
      kill(try container.processes().guest, SIGKILL)
      try expectEqual(try container.finish(), 137, "the exit code")
      return nil
    },
    Behaviour("lives with faults at random moments all end clean") { bench in try liveWithFaults(bench) },
    Behaviour("no room in containerd's state folder: one error, and the next run works") { bench in
      let filler = "/run/filler"
      let file = open(filler, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
      let block = [UInt8](repeating: 1, count: 1 << 16)
      while write(file, block, block.count) > 0 {}
      close(file)
      let run = try bench.run(["say", "hello"])
      unlink(filler)
      try expect(run.code != 0 && !run.errors.isEmpty, "the client ended with \(run.code) \(run.output.visible)\(run.errors.visible)")
      try expectEqual(try bench.run(["say", "hello"]).output, "hello\n", "the output of the next run")
      return nil
    },
    Behaviour("no room for the guest's files: its own error and exit code") { bench in
      let run = try bench.run(
        ["write", "/small/file", "1048576"], options: ["--mount", "type=tmpfs,src=tmpfs,dst=/small,options=size=64k"])
      try expectEqual(run.code, 1, "the exit code")
      try expect(run.errors.contains("No space left on device"), "the guest says \"\(run.errors.visible)\"")
      return nil
    },
  ])

/// Starts containers and kills a shim, a first process or containerd at a moment drawn at random. Each must be gone without a trace. A task
/// that had been started by then, and whose shim or process was killed, must have exactly one exit event, with the code of a kill. Moments at
/// which there was nothing to kill yet are drawn again.
private func liveWithFaults(_ bench: Bench) throws -> String {
  let seed = UInt64.random(in: 0 ... .max)
  var random = SplitMix(state: seed)
  var counts: [String: Int] = [:]
  var faults: [String] = []
  var (number, misses) = (1, 0)
  var events: EventStream?
  defer { events?.stop() }
  while number <= bench.settings.lifecycles {
    let victim = ["shim", "guest", "containerd"][Int.random(in: 0..<3, using: &random)]
    let moment = Int.random(in: 0..<200, using: &random)
    if events == nil { events = try EventStream(bench) }
    func fault(_ why: String) {
      faults.append("life \(number) of seed \(seed), after killing the \(victim) at \(moment) ms: \(why)")
      bench.clear()
    }
    let name = bench.newName("life")
    let client = try Program(
      bench.runWords(name, ["sleep"], options: ["--detach", "--null-io"]), environment: bench.daemon.clientEnvironment)
    Clock.pause(milliseconds: Double(moment))
    var isHit = true
    if victim == "containerd" {
      bench.daemon.kill()
      events?.stop()
      events = nil
    } else {
      isHit = find(victim, of: name, bench).map { kill($0, SIGKILL) == 0 } ?? false
    }
    if isHit {
      counts[victim, default: 0] += 1
      number += 1
    } else {
      misses += 1
    }
    guard let run = try? client.finish(limit: 30) else {
      fault("the client did not end")
      continue
    }
    try bench.daemon.start()
    // containerd tells no end of a task that is deleted before it has noticed that the shim is dead.
    if isHit, let events, run.code == 0 || events.tasks(of: name).contains(where: { $0.topic == "/tasks/start" }) {
      _ = events.wait(for: "/tasks/exit", of: name)
    }
    // As an operator would: kill, delete, and by force where that does not do.
    let deleted = Clock.waits(15) {
      _ = try? bench.ctr(["tasks", "kill", "--signal", "SIGKILL", name])
      guard let answer = try? bench.ctr(["tasks", "delete", "--force", name]) else { return false }
      return answer.errors.isEmpty || answer.errors.contains("not found")
    }
    guard deleted else {
      fault("the task cannot be deleted: \(try bench.ctr(["tasks", "delete", "--force", name]).lastLine)")
      continue
    }
    _ = try? bench.ctr(["containers", "delete", name])
    if isHit, let why = events.flatMap({ wrongExit($0, of: name) }) {
      fault(why)
      continue
    }
    // A shim whose containerd was killed before there was a task may wait a while for one.
    let left = bench.leftovers(limit: 30)
    let listed = try bench.ctr(["containers", "ls", "-q"]).output.split(separator: "\n").filter { $0 == name }
    if !left.isEmpty {
      fault("left behind: \(left.prefix(3).joined(separator: ", "))")
    } else if !listed.isEmpty {
      fault("containerd still lists it")
    }
  }
  try expect(faults.isEmpty, "\(faults.count) of \(bench.settings.lifecycles) did not end clean; the first: \(faults.first ?? "")")
  return "\(bench.settings.lifecycles): " + counts.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }.joined(separator: ", ")
    + (misses == 0 ? "" : "; \(misses) too early")
}

/// What is wrong with the exit events of a killed task; nil where containerd had not been told that it started.
private func wrongExit(_ events: EventStream, of name: String) -> String? {
  let hasAll = Clock.waits(10) { events.all.contains { $0.topic == "/containers/delete" && $0.fields["id"] as? String == name } }
  guard hasAll else { return "containerd does not tell that the container is deleted" }
  let seen = events.tasks(of: name)
  guard seen.contains(where: { $0.topic == "/tasks/start" }) else { return nil }
  let codes = seen.filter { $0.topic == "/tasks/exit" }.map(\.exitCode)
  return codes == [137] ? nil : "the exit codes of its exit events are \(codes), not [137]"
}

/// A process of a container that may only just be starting: the shim by its words, the guest by its control group.
private func find(_ victim: String, of name: String, _ bench: Bench) -> pid_t? {
  let shim = bench.runtime.executableName
  return Inventory.processes.first { process in
    let words = Files.text("/proc/\(process)/cmdline").split(separator: "\0").map(String.init)
    let isShim = words.first?.hasSuffix(shim) == true && words.contains(name)
    return victim == "shim" ? isShim : !isShim && Files.text("/proc/\(process)/cgroup").contains("/\(bench.namespace)/\(name)\n")
  }
}

/// Random numbers that come again with the same seed (Steele, Lea, Flood: SplitMix64).
private struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ mixed >> 30) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ mixed >> 27) &* 0x94d0_49bb_1331_11eb
    return mixed ^ mixed >> 31
  }
}
