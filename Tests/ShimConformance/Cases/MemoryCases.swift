import Foundation

/// Limits of memory.
let memoryCases = Group<Bench>(
  name: "Memory",
  behaviours: [
    Behaviour("memory.grow fails below the limit and the guest ends by itself", asked: .ofWasm) { bench in
      let run = try bench.run(["grow"], options: ["--memory-limit", "67108864"])
      let size = run.output.split(separator: " ").dropLast().last.flatMap { Int($0) } ?? -1
      try expectEqual(run.code, 3, "the exit code (\(run.output.visible)\(run.lastLine))")
      try expect((16...64).contains(size), "growth failed at \(size) MiB of 64")
      return "at \(size) of 64 MiB"
    },
    Behaviour("a guest that takes too much is killed with 137", asked: .ofNative) { bench in
      try expectEqual(try bench.run(["grow"], options: ["--memory-limit", "67108864"]).code, 137, "the exit code")
      return nil
    },
    Behaviour("running out of memory is an event, and the exit code is 137") { bench in
      let events = try EventStream(bench)
      defer { events.stop() }
      let name = bench.newName("run")
      // A file in memory counts as the container's, whoever holds it, and cannot be taken back.
      let options = ["--memory-limit", "33554432", "--mount", "type=tmpfs,src=tmpfs,dst=/memory,options=size=256m"]
      let run = try Program.run(
        bench.runWords(name, ["write", "/memory/file", "134217728"], options: options), environment: bench.daemon.clientEnvironment)
      let seen = events.wait(for: "/tasks/delete", of: name).map(\.topic)
      _ = try? bench.ctr(["containers", "delete", name])
      try expectEqual(run.code, 137, "the exit code (\(run.lastLine))")
      try expectEqual(seen.filter { $0 == "/tasks/oom" }.count, 1, "the number of events of that kind in \(seen)")
      return nil
    },
    Behaviour("the limit is in the control group") { bench in
      let container = try Container(bench, ["sleep"], options: ["--memory-limit", "67108864"], detached: true)
      let limit = ControlGroups.text("\(bench.namespace)/\(container.id)", "memory.limit_in_bytes", "memory.max")
      try container.end()
      try expectEqual(limit, "67108864", "the limit")
      return nil
    },
  ])
