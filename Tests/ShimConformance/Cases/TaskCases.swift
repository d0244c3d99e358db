import Foundation

/// What a client asks about a task and does to it.
let taskCases = Group<Bench>(
  name: "Tasks",
  behaviours: [
    Behaviour("a detached guest is listed as RUNNING with its process, then as STOPPED") { bench in
      let container = try Container(bench, ["sleep"], detached: true)
      let running = try container.listed()
      try expectEqual(running?.status, "RUNNING", "the state")
      let pid = running?.pid ?? 0
      try expect(Files.exists("/proc/\(pid)") && pid > 1, "its process \(pid) does not exist")
      try expectEqual(pid_t(pid), try container.processes().guest, "the process Connect names")
      try container.kill()
      try container.waitUntilStopped()
      try expectEqual(try container.listed()?.status, "STOPPED", "the state after its end")
      try expectEqual(try container.delete(), 137, "the exit code at delete")
      return nil
    },
    Behaviour("a guest that ends by itself leaves its exit code at delete") { bench in
      let container = try Container(bench, ["wait", "50", "7"], detached: true)
      try container.waitUntilStopped()
      try expectEqual(try container.delete(), 7, "the exit code")
      return nil
    },
    Behaviour("a running task cannot be deleted") { bench in
      let container = try Container(bench, ["sleep"], detached: true)
      let answer = try container.task().call("Delete")
      try expect(answer.code != 0, "the shim deleted it")
      try expectEqual(try container.listed()?.status, "RUNNING", "the state after that")
      try container.end()
      return nil
    },
    Behaviour("ps lists its processes") { bench in
      let container = try Container(bench, ["sleep"], detached: true)
      let pid = try container.listed()?.pid ?? 0
      let listed = try bench.ctr(["tasks", "ps", container.id]).succeeded().output
      try container.end()
      try expect(
        listed.split(separator: "\n").contains { $0.split(separator: " ").first == Substring("\(pid)") },
        "\(pid) is not in \(listed.visible)")
      return nil
    },
    Behaviour("metrics tell memory, processor time and processes") { bench in
      let container = try Container(bench, ["spin"], detached: true)
      Clock.pause(milliseconds: 300)
      let text = try bench.ctr(["tasks", "metrics", container.id]).succeeded().output
      try container.end()
      // ID, TIMESTAMP and then one figure a line.
      func figure(_ name: String) -> Double? {
        text.split(separator: "\n").map { $0.split(separator: " ") }.first { $0.first == Substring(name) }?.last.flatMap { Double($0) }
      }
      // Version 1 of control groups has other words than version 2, and other units.
      let memory = figure("memory.usage_in_bytes") ?? figure("memory.usage") ?? 0
      let busy = figure("cpuacct.usage") ?? (figure("cpu.usage_usec") ?? 0) * 1000
      try expect(memory > 4096, "no memory in \(text.visible)")
      try expect((figure("pids.current") ?? 0) >= 1, "no processes in \(text.visible)")
      try expect(busy > 50_000_000, "a guest that ran busily for 0.3 s used \(busy) ns in \(text.visible)")
      return nil
    },
    Behaviour("pause stops a guest and resume lets it go on") { bench in
      let container = try Container(bench, ["ticks"], readyWord: "3\n")
      try bench.ctr(["tasks", "pause", container.id]).succeeded()
      try expectEqual(try container.listed()?.status, "PAUSED", "the state")
      // What it had written may still be under way.
      Clock.pause(milliseconds: 200)
      let before = container.client?.output ?? ""
      Clock.pause(milliseconds: 300)
      try expectEqual(container.client?.output ?? "", before, "its output while paused")
      try bench.ctr(["tasks", "resume", container.id]).succeeded()
      try expect(Clock.waits(5) { (container.client?.output ?? "") != before }, "it did not go on")
      try expectEqual(try container.listed()?.status, "RUNNING", "the state after that")
      try container.kill()
      try expectEqual(try container.finish(), 137, "the exit code")
      return nil
    },
    Behaviour("exec runs a second program in a running container") { bench in
      let container = try Container(bench, ["sleep"], detached: true)
      let run = try bench.ctr(["tasks", "exec", "--exec-id", "second", container.id, bench.runtime.kind.program, "both"])
      let exit = try bench.ctr(["tasks", "exec", "--exec-id", "third", container.id, bench.runtime.kind.program, "exit", "9"])
      try container.end()
      try expectEqual(run.output, "to output\n", "standard output (\(run.lastLine))")
      try expectEqual(run.errors, "to errors\n", "standard error")
      try expectEqual(exit.code, 9, "the exit code of exit 9")
      return nil
    },
    Behaviour("exec runs a native program beside a module", asked: .ofWasm) { bench in
      let container = try Container(bench, ["sleep"], detached: true)
      let run = try bench.ctr(["tasks", "exec", "--exec-id", "second", container.id, Guests.Kind.native.program, "both"])
      try container.end()
      try expectEqual(run.output, "to output\n", "standard output (\(run.lastLine))")
      return nil
    },
    Behaviour("exec passes on a megabyte and its end, and much output whole") { bench in
      let container = try Container(bench, ["sleep"], detached: true)
      let input = (0..<1 << 20).map { UInt8(truncatingIfNeeded: $0 % 251) }
      func exec(_ name: String, _ words: [String], _ input: Program.Input = .none) throws -> Finished {
        try bench.ctr(["tasks", "exec", "--exec-id", name, container.id, bench.runtime.kind.program] + words, input: input, limit: 60)
      }
      let counted = try exec("second", ["count"], .bytes(input))
      let flooded = try exec("third", ["flood", "\(1 << 24)"])
      try container.end()
      try expect(counted.output.hasPrefix("1048576 bytes "), "the guest counted \(counted.output.visible) (\(counted.lastLine))")
      try expectEqual(flooded.bytes.count, 1 << 24, "the number of bytes of output")
      return nil
    },
    Behaviour("a process that an exec leaves behind does not keep the client waiting") { bench in
      let container = try Container(bench, ["sleep"], detached: true)
      let begun = Clock.now
      let run = try bench.ctr(
        ["tasks", "exec", "--exec-id", "second", container.id, Guests.Kind.native.program, "leave", "12000", "4"], limit: 20)
      let seconds = Clock.now - begun
      try container.end()
      try expectEqual(run.code, 4, "the exit code (\(run.lastLine))")
      try expectEqual(run.output, "left\n", "standard output")
      try expect(seconds < 8, "the client waited for \(Int(seconds)) s")
      return nil
    },
    Behaviour("a native program that is executed by a user can open its standard output anew") { bench in
      let container = try Container(bench, ["sleep"], detached: true)
      let run = try bench.ctr(
        ["tasks", "exec", "--user", "1000:1000", "--exec-id", "second", container.id, Guests.Kind.native.program, "anew"])
      try container.end()
      try expectEqual(run.output, "anew\n", "standard output (\(run.lastLine))")
      return nil
    },
    Behaviour("an exec ends by a signal and its container goes on") { bench in
      let container = try Container(bench, ["sleep"], detached: true)
      let client = try Program(
        bench.clientWords + ["tasks", "exec", "--exec-id", "second", container.id, bench.runtime.kind.program, "sleep"],
        environment: bench.daemon.clientEnvironment, input: .open)
      try expect(Clock.waits(10) { client.output.contains("ready") || !client.isRunning }, "the exec did not get ready")
      try bench.ctr(["tasks", "kill", "--signal", "SIGTERM", "--exec-id", "second", container.id]).succeeded()
      let code = try client.finish().code
      try expectEqual(try container.listed()?.status, "RUNNING", "the container's state")
      try container.end()
      try expectEqual(code, 143, "the exec's exit code")
      return nil
    },
    Behaviour("update changes the memory limit of a running task", asked: .ofAll) { bench in
      let container = try Container(bench, ["sleep"], detached: true)
      var resources = WireMessage()
      resources.add(1, "types.containerd.io/opencontainers/runtime-spec/1/LinuxResources")
      resources.add(2, "{\"memory\":{\"limit\":134217728}}")
      let answer = try container.task().call("Update") { $0.add(2, resources.bytes) }
      let limit = ControlGroups.text("\(bench.namespace)/\(container.id)", "memory.limit_in_bytes", "memory.max")
      try container.end()
      try expectEqual(answer.code, 0, "Update's answer (\(answer.message))")
      try expectEqual(limit, "134217728", "the limit")
      return nil
    },
  ])
