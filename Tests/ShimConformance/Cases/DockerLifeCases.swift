import Foundation

/// Docker's other commands, on a container in the background.
let dockerLifeCases = Group<DockerBench>(
  name: "docker, in the background",
  behaviours: [
    Behaviour("run -d, logs, wait: output and exit code are kept") { bench in
      let name = bench.newName("guest")
      try bench.docker(bench.runWords(["wait", "300", "7"], options: ["--detach", "--name", name])).succeeded()
      let code = try bench.docker(["wait", name]).output.trimmed
      let logs = try bench.docker(["logs", name]).output
      try bench.remove(name)
      try expectEqual(code, "7", "what wait prints")
      try expectEqual(logs, "ready\n", "the logs")
      return nil
    },
    Behaviour("logs --follow shows output as it comes and ends with the guest") { bench in
      let name = try bench.start(["ticks"], readyWord: "1\n")
      let follower = try Program(bench.words(["logs", "--follow", name]))
      try expect(Clock.waits(10) { follower.output.contains("\n60\n") }, "the log stands still at \(follower.output.suffix(20).visible)")
      try bench.docker(["kill", name]).succeeded()
      let code = try follower.finish(limit: 10).code
      try bench.remove(name)
      try expectEqual(code, 0, "the exit code of logs")
      return nil
    },
    Behaviour("stop ends a sleeping guest with 143 and does not wait for its ten seconds") { bench in try stop(bench, "sleep") },
    Behaviour("stop ends a busy guest with 143 and does not wait for its ten seconds") { bench in try stop(bench, "spin") },
    Behaviour("kill ends it with 137, kill -s INT with 130") { bench in
      for (signal, code) in [("KILL", "137"), ("INT", "130")] {
        let name = try bench.start(["sleep"])
        try bench.docker(["kill", "--signal", signal, name]).succeeded()
        let found = try bench.docker(["wait", name]).output.trimmed
        try bench.remove(name)
        try expectEqual(found, code, "the exit code after \(signal)")
      }
      return nil
    },
    Behaviour("pause stops it, unpause lets it go on") { bench in
      let name = try bench.start(["ticks"], readyWord: "1\n")
      try bench.docker(["pause", name]).succeeded()
      try expectEqual(try bench.inspect(name, "{{.State.Status}}"), "paused", "the state")
      Clock.pause(milliseconds: 200)
      let before = try bench.docker(["logs", name]).output
      Clock.pause(milliseconds: 300)
      try expectEqual(try bench.docker(["logs", name]).output, before, "the output while paused")
      try bench.docker(["unpause", name]).succeeded()
      try expectEqual(try bench.inspect(name, "{{.State.Status}}"), "running", "the state after that")
      try expect(try Clock.waits(5) { try bench.docker(["logs", name]).output != before }, "it did not go on")
      try bench.remove(name)
      return nil
    },
    Behaviour("top lists its process") { bench in
      let name = try bench.start(["sleep"])
      let pid = try bench.inspect(name, "{{.State.Pid}}")
      let listed = try bench.docker(["top", name])
      try bench.remove(name)
      try expect(listed.output.contains(" \(pid) "), "\(pid) is not in \(listed.output.visible)\(listed.errors.visible)")
      return nil
    },
    Behaviour("stats tell memory, processor time and processes") { bench in
      let name = try bench.start(["spin"])
      let line = try bench.docker(["stats", "--no-stream", "--format", "{{.MemUsage}}|{{.CPUPerc}}|{{.PIDs}}", name]).output.trimmed
      try bench.remove(name)
      let fields = line.split(separator: "|")
      try expect(fields.count == 3 && !fields[0].hasPrefix("0B"), "no memory in \(line)")
      try expect((Double(fields[1].dropLast()) ?? 0) > 10, "a busy guest uses \(fields[1]) of a processor")
      try expect((Int(fields[2]) ?? 0) >= 1, "no processes in \(line)")
      return line.replacing("|", with: ", ")
    },
    Behaviour("inspect tells pid, then exit code and times in order") { bench in
      let name = try bench.start(["wait", "1500", "7"])
      let pid = try bench.inspect(name, "{{.State.Pid}}")
      let exists = try Program.run(bench.testbed.words(["test", "-d", "/proc/\(pid)"])).code == 0
      _ = try bench.docker(["wait", name])
      let state = try bench.inspect(name, "{{.State.Status}} {{.State.Running}} {{.State.Pid}} {{.State.ExitCode}}")
      let times = try bench.inspect(name, "{{.State.StartedAt}} {{.State.FinishedAt}}").split(separator: " ")
      try bench.remove(name)
      try expect(exists && pid != "0", "its process \(pid) does not exist")
      try expectEqual(state, "exited false 0 7", "the state after its end")
      try expect(times.count == 2 && times[0] < times[1] && times[0].hasPrefix("20"), "the times are \(times)")
      return nil
    },
    Behaviour("rm -f ends and removes it at once") { bench in
      let name = try bench.start(["spin"])
      let removed = try bench.docker(["rm", "--force", name]).succeeded()
      try expect(try bench.docker(["inspect", name]).code != 0, "it is still there")
      try expect(removed.seconds < 8, "it took \(removed.seconds) s")
      return "\(Int(removed.seconds * 1000)) ms"
    },
    Behaviour("restart runs it again as another process") { bench in
      let name = try bench.start(["sleep"])
      let before = try bench.inspect(name, "{{.State.Pid}}")
      let restarted = try bench.docker(["restart", name]).succeeded()
      let after = try bench.inspect(name, "{{.State.Running}} {{.State.Pid}}")
      let logs = try bench.docker(["logs", name]).output
      let isReady = try Clock.waits(5) { try bench.docker(["logs", name]).output == "ready\nready\n" }
      try bench.remove(name)
      try expect(after.hasPrefix("true ") && after != "true \(before)", "running and pid are \(after), before \(before)")
      try expect(isReady, "the logs are \(logs.visible)")
      return "\(Int(restarted.seconds * 1000)) ms"
    },
    Behaviour("start runs a container again that has ended") { bench in
      let name = bench.newName("guest")
      _ = try bench.docker(bench.runWords(["exit", "7"], options: ["--name", name]))
      let again = try bench.docker(["start", "--attach", name])
      try bench.remove(name)
      try expectEqual(again.code, 7, "the exit code of the second time (\(again.lastLine))")
      return nil
    },
    Behaviour("exec runs a second program in it") { bench in
      let name = try bench.start(["sleep"])
      let run = try bench.docker(["exec", name, bench.program, "both"])
      let exit = try bench.docker(["exec", name, bench.program, "exit", "9"])
      try bench.remove(name)
      try expectEqual(run.output, "to output\n", "standard output (\(run.lastLine))")
      try expectEqual(exit.code, 9, "the exit code of exit 9")
      return nil
    },
    Behaviour("update changes its memory limit") { bench in
      let name = try bench.start(["sleep"], options: ["--memory", "64m"])
      let updated = try bench.docker(["update", "--memory", "128m", "--memory-swap", "128m", name])
      let limit = try bench.docker(["stats", "--no-stream", "--format", "{{.MemUsage}}", name]).output
      try bench.remove(name)
      try expectEqual(updated.code, 0, "the exit code of update (\(updated.lastLine))")
      try expect(limit.contains("/ 128MiB"), "stats says \(limit.visible)")
      return nil
    },
  ])

private func stop(_ bench: DockerBench, _ word: String) throws -> String {
  let name = try bench.start([word])
  let stopped = try bench.docker(["stop", name]).succeeded()
  let code = try bench.inspect(name, "{{.State.ExitCode}}")
  try bench.remove(name)
  try expectEqual(code, "143", "the exit code")
  try expect(stopped.seconds < 8, "it took \(stopped.seconds) s")
  return "\(Int(stopped.seconds * 1000)) ms"
}
