import Foundation

/// Limits other than those of memory, as the control groups of either version keep them.
let limitCases = Group<Bench>(
  name: "Limits",
  behaviours: [
    Behaviour("limits of processes, processors and their time are in the control group") { bench in
      let made = try HandMadeTask(
        bench, ["sleep"],
        change: resources(["pids": ["limit": 50], "cpu": ["shares": 512, "quota": 25000, "period": 100_000, "cpus": "0"]]))
      defer { made.remove() }
      _ = try made.mustCreate()
      let group = made.group
      try expectEqual(ControlGroups.text(group, "pids.max"), "50", "the limit of processes")
      try expectEqual(timeLimit(group), [25000, 100_000], "the limit of processor time")
      try expectEqual(ControlGroups.text(group, "cpuset.cpus"), "0", "the processors")
      // Version 2 has weights instead, and runtimes have more than one way from the one to the other: 100 is the usual one.
      let shares = ControlGroups.text(group, "cpu.shares").flatMap { Int($0) }
      let weight = ControlGroups.text(group, "cpu.weight").flatMap { Int($0) }
      try expect(shares == 512 || weight.map { (2...99).contains($0) } == true, "half the usual share is \(shares ?? weight ?? -1)")
      return nil
    },
    Behaviour("limits in version 2's own words are set as they are") { bench in
      try needVersion2()
      let made = try HandMadeTask(
        bench, ["sleep"],
        change: resources(["memory": ["limit": 67_108_864, "swap": 67_108_864], "unified": ["memory.high": "50331648", "pids.max": "33"]]))
      defer { made.remove() }
      _ = try made.mustCreate()
      for (file, value) in [("memory.max", "67108864"), ("memory.high", "50331648"), ("pids.max", "33")] {
        try expectEqual(ControlGroups.text(made.group, file), value, file)
      }
      return nil
    },
    Behaviour("a guest has no more processor time than its limit") { bench in
      let made = try HandMadeTask(bench, ["spin"], change: resources(["cpu": ["quota": 20000, "period": 100_000]]))
      defer { made.remove() }
      _ = try made.mustCreate()
      try made.task().must("Start")
      Clock.pause(milliseconds: 300)
      let before = (at: Clock.now, used: usedTime(made.group))
      Clock.pause(milliseconds: 1000)
      let share = (usedTime(made.group) - before.used) / (Clock.now - before.at)
      try expect((0.01...0.3).contains(share), "a guest that may have 0.2 of a processor has \(share)")
      return "\(Int((share * 100).rounded())) % of 20 %"
    },
    Behaviour("a native guest has no more processes than its limit") { bench in
      let made = try HandMadeTask(bench, ["fork"], program: Guests.Kind.native.program, change: resources(["pids": ["limit": 20]]))
      defer { made.remove() }
      let text = try said(made, until: "children\n")
      let count = text.split(separator: " ").first.flatMap { Int($0) } ?? -1
      try expect((10...19).contains(count), "with a limit of 20 it says \(text.visible)")
      return "\(count) children of 20"
    },
    Behaviour("update changes limits of processes and processor time of a running task") { bench in
      let container = try Container(bench, ["sleep"], detached: true)
      let group = "\(bench.namespace)/\(container.id)"
      var message = WireMessage()
      message.add(1, "types.containerd.io/opencontainers/runtime-spec/1/LinuxResources")
      message.add(2, "{\"pids\":{\"limit\":60},\"cpu\":{\"quota\":30000,\"period\":100000}}")
      let answer = try container.task().call("Update") { $0.add(2, message.bytes) }
      let (processes, time) = (ControlGroups.text(group, "pids.max"), timeLimit(group))
      try container.end()
      try expectEqual(answer.code, 0, "Update's answer (\(answer.message))")
      try expectEqual(processes, "60", "the limit of processes")
      try expectEqual(time, [30000, 100_000], "the limit of processor time")
      return nil
    },
    Behaviour("devices are opened as their rules say, and no others") { bench in
      // Numbers for experiments: nobody answers to them, and the kernel asks the rules first.
      let nodes = (0...1).map { ["path": "/dev/node\($0)", "type": "c", "major": 240, "minor": $0] as [String: Any] }
      let rules: [[String: Any]] = [
        ["allow": false, "access": "rwm"], ["allow": true, "type": "c", "major": 240, "minor": 0, "access": "r"],
      ]
      for (words, wanted) in [
        (["show", "/dev/node0"], "No such device"), (["write", "/dev/node0"], "not permitted"), (["show", "/dev/node1"], "not permitted"),
      ] {
        let made = try HandMadeTask(
          bench, words, program: Guests.Kind.native.program,
          change: { document in
            resources(["devices": rules])(&document)
            var linux = document["linux"] as? [String: Any] ?? [:]
            linux["devices"] = nodes
            document["linux"] = linux
          })
        defer { made.remove() }
        let text = try said(made, errors: true, until: "\n")
        try expect(text.contains(wanted), "\(words.joined(separator: " ")) says \(text.visible)")
      }
      return nil
    },
    Behaviour("a container sees its own control group where it is mounted") { bench in
      // Version 1 has a folder for each hierarchy.
      let file = ControlGroups.isVersion2 ? "/sys/fs/cgroup/pids.max" : "/sys/fs/cgroup/pids/pids.max"
      for hasNamespace in [true, false] {
        let made = try HandMadeTask(bench, ["show", file], change: mountControlGroups(hasNamespace: hasNamespace))
        defer { made.remove() }
        let text = try said(made, until: "\n")
        try expectEqual(text, "77\n", "\(file) \(hasNamespace ? "with" : "without") a namespace of control groups")
      }
      return nil
    },
    Behaviour("exec works in a container that has moved below its group and passes controllers on") { bench in
      try needVersion2()
      let container = try Container(bench, ["sleep"], detached: true)
      let folder = "/sys/fs/cgroup/\(bench.namespace)/\(container.id)"
      mkdir(folder + "/below", 0o755)
      try Files.set("\(try container.processes().guest)", folder + "/below/cgroup.procs")
      try Files.set("+pids", folder + "/cgroup.subtree_control")
      let run = try bench.ctr(["tasks", "exec", "--exec-id", "second", container.id, bench.runtime.kind.program, "both"])
      try container.end()
      try expectEqual(run.output, "to output\n", "standard output (\(run.lastLine))")
      return nil
    },
    Behaviour("what is in a group below the container's is paused, killed and removed with it") { bench in
      let container = try Container(bench, ["ticks"], readyWord: "3\n")
      let guest = try container.processes().guest
      for folder in ControlGroups.folders("\(bench.namespace)/\(container.id)") {
        mkdir(folder + "/below", 0o755)
        // A new cpuset of version 1 takes nobody: there the guest stays above.
        try? Files.set("\(guest)", folder + "/below/cgroup.procs")
      }
      try bench.ctr(["tasks", "pause", container.id]).succeeded()
      Clock.pause(milliseconds: 200)
      let before = container.client?.output ?? ""
      Clock.pause(milliseconds: 300)
      try expectEqual(container.client?.output ?? "", before, "its output while paused")
      let listed = try bench.ctr(["tasks", "ps", container.id]).succeeded().output
      try expect(
        listed.split(separator: "\n").contains { $0.split(separator: " ").first == Substring("\(guest)") },
        "\(guest) is not in \(listed.visible)")
      try bench.ctr(["tasks", "kill", "--all", "--signal", "SIGKILL", container.id]).succeeded()
      try expectEqual(try container.finish(), 137, "the exit code")
      return nil
    },
  ])

extension HandMadeTask {
  /// The path of its control group in every hierarchy.
  fileprivate var group: String { "\(namespace)/\(id)" }
}

private func needVersion2() throws {
  if !ControlGroups.isVersion2 { throw Skipped("control groups are of version 1 here") }
}

/// Changes a configuration's `linux.resources`.
private func resources(_ resources: [String: Any]) -> (inout [String: Any]) -> Void {
  { document in
    var linux = document["linux"] as? [String: Any] ?? [:]
    linux["resources"] = resources
    document["linux"] = linux
  }
}

/// With a limit to be recognised by.
private func mountControlGroups(hasNamespace: Bool) -> (inout [String: Any]) -> Void {
  { document in
    resources(["pids": ["limit": 77]])(&document)
    let mount: [String: Any] = [
      "destination": "/sys/fs/cgroup", "type": "cgroup", "source": "cgroup", "options": ["ro", "nosuid", "noexec", "nodev"],
    ]
    document["mounts"] = (document["mounts"] as? [Any] ?? []) + [mount]
    var linux = document["linux"] as? [String: Any] ?? [:]
    let others = (linux["namespaces"] as? [[String: Any]] ?? []).filter { $0["type"] as? String != "cgroup" }
    linux["namespaces"] = others + (hasNamespace ? [["type": "cgroup"]] : [])
    document["linux"] = linux
  }
}

/// Microseconds in a period, and those of the period.
private func timeLimit(_ group: String) -> [Int] {
  if let both = ControlGroups.text(group, "cpu.max") { return both.split(separator: " ").compactMap { Int($0) } }
  return [ControlGroups.text(group, "cpu.cfs_quota_us"), ControlGroups.text(group, "cpu.cfs_period_us")].compactMap {
    $0.flatMap { Int($0) }
  }
}

/// Seconds of processor time.
private func usedTime(_ group: String) -> Double {
  if let nanoseconds = ControlGroups.text(group, "cpuacct.usage") { return (Double(nanoseconds) ?? 0) / 1e9 }
  let line = ControlGroups.text(group, "cpu.stat")?.split(separator: "\n").first { $0.hasPrefix("usage_usec ") }
  return (line?.split(separator: " ").last.flatMap { Double($0) } ?? 0) / 1e6
}

/// Runs a guest with streams until it has said something.
/// - Returns: everything it said by then.
private func said(_ made: HandMadeTask, errors: Bool = false, until end: String) throws -> String {
  let streams = try made.openStreams()
  _ = try made.mustCreate(streams: true)
  try made.task().must("Start")
  return try made.read(errors ? streams.errors : streams.output, until: end)
}
