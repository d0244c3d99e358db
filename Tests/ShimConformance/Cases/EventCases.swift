import Foundation

/// What subscribers of containerd are told.
let eventCases = Group<Bench>(
  name: "Events",
  behaviours: [
    Behaviour("create, start, exit and delete come once each, in that order") { bench in
      let events = try EventStream(bench)
      defer { events.stop() }
      let container = try Container(bench, ["exit", "7"], readyWord: nil)
      try expectEqual(try container.finish(), 7, "the exit code")
      let seen = events.wait(for: "/tasks/delete", of: container.id)
      try expectEqual(seen.map(\.topic), ["/tasks/create", "/tasks/start", "/tasks/exit", "/tasks/delete"], "the order")
      try expectEqual(seen[2].exitCode, 7, "the exit code of the exit")
      try expectEqual(seen[2].process, container.id, "the process of the exit")
      try expectEqual(Set(seen.map(\.pid)).count, 1, "the number of processes named in \(seen.map(\.pid))")
      try expect(seen[0].pid > 1, "the process of the create is \(seen[0].pid)")
      try expect((seen[2].fields["exited_at"] as? String)?.hasPrefix("20") == true, "the exit has no time: \(seen[2].fields)")
      return nil
    },
    Behaviour("pause and resume are events") { bench in
      let events = try EventStream(bench)
      defer { events.stop() }
      let container = try Container(bench, ["sleep"], detached: true)
      try bench.ctr(["tasks", "pause", container.id]).succeeded()
      try bench.ctr(["tasks", "resume", container.id]).succeeded()
      try container.end()
      let seen = events.wait(for: "/tasks/delete", of: container.id).map(\.topic)
      try expectEqual(
        seen, ["/tasks/create", "/tasks/start", "/tasks/paused", "/tasks/resumed", "/tasks/exit", "/tasks/delete"], "the order")
      return nil
    },
    Behaviour("an exec is told: added, started, and its exit by its own name") { bench in
      let events = try EventStream(bench)
      defer { events.stop() }
      let container = try Container(bench, ["sleep"], detached: true)
      let exec = try bench.ctr(["tasks", "exec", "--exec-id", "second", container.id, bench.runtime.kind.program, "exit", "4"])
      try container.end()
      let seen = events.wait(for: "/tasks/delete", of: container.id)
      try expectEqual(exec.code, 4, "the exec's exit code (\(exec.lastLine))")
      let own = seen.filter { ($0.fields["exec_id"] as? String ?? "") == "second" || $0.process == "second" }
      try expectEqual(
        own.map(\.topic).filter { $0 != "/tasks/delete" }, ["/tasks/exec-added", "/tasks/exec-started", "/tasks/exit"], "the order")
      try expectEqual(own.first { $0.topic == "/tasks/exit" }?.exitCode, 4, "the exit code of its exit")
      return nil
    },
    Behaviour("runs one after another all end by themselves, with one exit event each") { bench in
      let events = try EventStream(bench)
      defer { events.stop() }
      let count = bench.settings.runs
      var slowest = 0.0
      var names: [String] = []
      for index in 0..<count {
        let name = bench.newName("many")
        names.append(name)
        let code = Int32(index % 3)
        let run = try Program.run(
          bench.runWords(name, ["exit", "\(code)"], options: ["--rm"]), environment: bench.daemon.clientEnvironment, limit: 20)
        try expectEqual(run.code, code, "the exit code of number \(index + 1) (\(run.lastLine))")
        slowest = max(slowest, run.seconds)
      }
      try expectOneExitEach(events, names)
      return "\(count), slowest \(Int(slowest * 1000)) ms"
    },
    Behaviour("runs at once all end by themselves, with one exit event each") { bench in
      let events = try EventStream(bench)
      defer { events.stop() }
      let names = (0..<bench.settings.parallel).map { _ in bench.newName("many") }
      let begun = Clock.now
      let clients = try names.enumerated().map { index, name in
        try Program(bench.runWords(name, ["exit", "\(index % 3)"], options: ["--rm"]), environment: bench.daemon.clientEnvironment)
      }
      for (index, client) in clients.enumerated() {
        let run = try client.finish(limit: 60)
        try expectEqual(run.code, Int32(index % 3), "the exit code of number \(index + 1) (\(run.lastLine))")
      }
      let seconds = Clock.now - begun
      try expectOneExitEach(events, names)
      return "\(names.count) in \(Int(seconds * 1000)) ms"
    },
  ])

/// - Throws: `Failed` unless each has exactly one exit event.
private func expectOneExitEach(_ events: EventStream, _ names: [String]) throws {
  func counts() -> [String: Int] {
    Dictionary(grouping: events.all.filter { $0.topic == "/tasks/exit" }, by: \.container).mapValues(\.count)
  }
  _ = Clock.waits(10) { counts().count >= names.count }
  // Time for one too many.
  Clock.pause(milliseconds: 200)
  let seen = counts()
  let wrong = names.filter { seen[$0] != 1 }
  try expect(wrong.isEmpty, "\(wrong.count) of \(names.count) do not have one exit event; \(wrong[0]) has \(seen[wrong[0]] ?? 0)")
}
