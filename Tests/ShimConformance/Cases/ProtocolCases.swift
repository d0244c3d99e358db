import Foundation

/// The Task service as containerd's own calls do not show it.
let protocolCases = Group<Bench>(
  name: "The Task service",
  behaviours: [
    Behaviour("start prints the address alone, writes it to the bundle and is at home there again") { bench in
      let made = try HandMadeTask(bench, ["sleep"])
      defer { made.remove() }
      try expectEqual(Files.text(made.bundle + "/address").trimmed, made.address, "the file `address`")
      try expect(made.address.split(separator: "\n").count == 1 && !made.address.isEmpty, "start printed \(made.address.visible)")
      _ = try made.task().call("Connect")
      return nil
    },
    Behaviour("a created task has a process that waits, and State says CREATED, RUNNING, STOPPED") { bench in
      let made = try HandMadeTask(bench, ["wait", "300", "5"])
      defer { made.remove() }
      let pid = try made.mustCreate()
      try expect(pid > 1 && Files.exists("/proc/\(pid)"), "process \(pid) does not exist")
      try expect(Files.link("/proc/\(pid)/ns/net") != Files.link("/proc/self/ns/net"), "process \(pid) is in the host's network")
      let task = try made.task()
      try expectEqual(try task.must("Connect").number(2), pid, "the process Connect names")
      let created = try task.state()
      try expectEqual(created.status, .created, "the state after Create")
      try expectEqual(created.pid, pid, "its process")
      try expectEqual(try task.must("Start").number(1), pid, "the process Start names")
      try expectEqual(try task.state().status, .running, "the state after Start")
      let exit = try TaskCalls.exit(try task.call("Wait"))
      let stopped = try task.state()
      try expectEqual(exit.code, 5, "Wait's exit code")
      try expectEqual(stopped.status, .stopped, "the state after its end")
      try expectEqual(stopped.exitStatus, 5, "State's exit code")
      try expect(abs(stopped.exitedAt - Int(time(nil))) < 60, "the time of its end is \(stopped.exitedAt)")
      let deleted = try task.must("Delete")
      try expectEqual(deleted.number(2), 5, "Delete's exit code")
      try expectEqual(try task.call("State").code, TaskConnection.Code.notFound, "State's code after Delete")
      return nil
    },
    Behaviour("Wait before Start, and several at once, are all answered") { bench in
      let made = try HandMadeTask(bench, ["wait", "200", "3"])
      defer { made.remove() }
      _ = try made.mustCreate()
      let task = try made.task()
      let other = try made.another()
      let waits = try (0..<3).map { _ in try task.send("Wait") }
      let elsewhere = try other.send("Wait")
      try task.must("Start")
      try expect(try !task.connection.hasAnswer(to: waits[0]), "Wait was answered before the end")
      try expectEqual(try task.state().status, .running, "the state asked for while Waits are open")
      for wait in waits { try expectEqual(try TaskCalls.exit(task.connection.answer(to: wait)).code, 3, "an exit code") }
      try expectEqual(try TaskCalls.exit(other.connection.answer(to: elsewhere)).code, 3, "the exit code on the other connection")
      try expectEqual(try TaskCalls.exit(task.call("Wait")).code, 3, "the exit code of a Wait after the end")
      return nil
    },
    Behaviour("a created task can be deleted") { bench in
      let made = try HandMadeTask(bench, ["sleep"])
      defer { made.remove() }
      let pid = try made.mustCreate()
      try made.task().must("Delete")
      try expect(Clock.waits(5) { !isAlive(pid) }, "process \(pid) still runs")
      return nil
    },
    Behaviour("a second Create of the same name and a second Start are errors, and the task goes on") { bench in
      let made = try HandMadeTask(bench, ["sleep"])
      defer { made.remove() }
      let pid = try made.mustCreate()
      let again = try made.create()
      try made.task().must("Start")
      let started = try made.task().call("Start")
      try expect(isAlive(pid), "the task was ended by it")
      try expect(started.code != 0, "a second Start succeeded")
      try expect(again.code != 0, "a second Create succeeded")
      return again.code == TaskConnection.Code.alreadyExists ? "AlreadyExists" : "code \(again.code)"
    },
    Behaviour("calls for a task that does not exist answer NotFound") { bench in
      let made = try HandMadeTask(bench, ["sleep"])
      defer { made.remove() }
      _ = try made.mustCreate()
      let other = TaskCalls(connection: try made.task().connection, id: "nobody")
      var wrong: [String] = []
      for method in ["State", "Start", "Delete", "Pids", "Pause", "Resume", "Kill", "Wait", "Stats", "CloseIO", "ResizePty"] {
        let answer = try other.call(method)
        if answer.code != TaskConnection.Code.notFound { wrong.append("\(method) answers \(answer.code)") }
      }
      try expect(wrong.isEmpty, wrong.joined(separator: "; "))
      return nil
    },
    Behaviour("unknown methods and services answer Unimplemented") { bench in
      let made = try HandMadeTask(bench, ["sleep"])
      defer { made.remove() }
      let connection = try made.task().connection
      for (service, method) in [("containerd.task.v2.Task", "Dance"), ("no.such.Service", "State")] {
        let answer = try connection.answer(to: connection.send(method, [], service: service))
        try expectEqual(answer.code, TaskConnection.Code.unimplemented, "the code for \(service)/\(method)")
      }
      return nil
    },
    Behaviour("the service answers as containerd.task.v3.Task too", asked: .ofWasm) { bench in
      let made = try HandMadeTask(bench, ["sleep"])
      defer { made.remove() }
      let connection = try made.task().connection
      let answer = try connection.answer(to: connection.send("Connect", [10, 1, 120], service: "containerd.task.v3.Task"))
      try expectEqual(answer.code, 0, "the code of Connect (\(answer.message))")
      return nil
    },
    Behaviour("fifty calls at once on one connection are all answered") { bench in
      let made = try HandMadeTask(bench, ["spin"])
      defer { made.remove() }
      _ = try made.mustCreate()
      let task = try made.task()
      try task.must("Start")
      let streams = try (0..<50).map { _ in try task.send("State") }
      for stream in streams { try expectEqual(try task.connection.answer(to: stream).code, 0, "an answer's code") }
      return nil
    },
    Behaviour("a frame that is too long, and a connection that speaks nonsense, harm nobody else") { bench in
      let made = try HandMadeTask(bench, ["sleep"])
      defer { made.remove() }
      _ = try made.mustCreate()
      let long = try made.another()
      // One byte more than ttrpc allows.
      try? long.connection.sendFrame(stream: 1, type: 1, [UInt8](repeating: 0, count: 4 << 20 + 1))
      let nonsense = try made.another()
      try? nonsense.connection.sendBytes((0..<4096).map { UInt8(truncatingIfNeeded: $0 &* 131) })
      let state = try made.task().state()
      try expectEqual(state.status, .created, "the state after that")
      try expectEqual(try made.another().state().status, .created, "the state on a new connection")
      return nil
    },
    Behaviour("Shutdown is ignored while there is a task") { bench in
      let made = try HandMadeTask(bench, ["sleep"])
      defer { made.remove() }
      let pid = try made.mustCreate()
      try made.task().must("Start")
      _ = try made.task().call("Shutdown")
      Clock.pause(milliseconds: 300)
      try expect(isAlive(pid), "the task was ended by it")
      try expectEqual(try made.another().state().status, .running, "the state after that")
      return nil
    },
    Behaviour("delete after the shim was killed ends what is left, and again does no harm") { bench in
      let made = try HandMadeTask(bench, ["sleep"])
      defer { made.remove() }
      let pid = try made.mustCreate()
      try made.task().must("Start")
      let shim = try made.task().must("Connect").number(1)
      kill(pid_t(shim), SIGKILL)
      try expect(Clock.waits(5) { !isAlive(shim) }, "the shim is still there")
      let deleted = try made.delete().succeeded()
      try expectEqual(try WireFields(deleted.bytes).number(2), 137, "the exit code in what it prints")
      try expect(Clock.waits(5) { !isAlive(pid) }, "process \(pid) still runs")
      try expect(!Files.text("/proc/self/mountinfo").contains(made.bundle), "the root file system is still mounted")
      _ = try made.delete()
      return nil
    },
    Behaviour("-v says what it is") { bench in
      let run = try Program.run([bench.runtime.executable(), "-v"])
      try expect(run.code == 0 && !run.output.isEmpty, "it ended with \(run.code): \(run.lastLine)")
      return nil
    },
  ])

/// Whether a process exists and is no zombie.
func isAlive(_ process: Int) -> Bool {
  Children.collect()
  guard kill(pid_t(process), 0) == 0 else { return false }
  let line = Files.text("/proc/\(process)/stat")
  return line.lastIndex(of: ")").map { !line[$0...].hasPrefix(") Z") } ?? false
}
