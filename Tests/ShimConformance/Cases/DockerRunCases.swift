import Foundation

/// `docker run` in the foreground.
let dockerRunCases = Group<DockerBench>(
  name: "docker run",
  behaviours: [
    Behaviour("standard output and standard error arrive, each on its own") { bench in
      let run = try bench.run(["both"])
      try expectEqual(run.output, "to output\n", "standard output (\(run.lastLine))")
      try expectEqual(run.errors, "to errors\n", "standard error")
      return "\(Int(run.seconds * 1000)) ms"
    },
    Behaviour("exit codes 0, 7 and 255 are the client's") { bench in
      for code: Int32 in [0, 7, 255] { try expectEqual(try bench.run(["exit", "\(code)"]).code, code, "the exit code of exit \(code)") }
      return nil
    },
    Behaviour("arguments and environment arrive") { bench in
      try expectEqual(try bench.run(["arguments", "two words", ""]).output, "[two words]\n[]\n", "the guest's arguments")
      let lines = try bench.run(["environment"], options: ["--env", "ONE=two words"]).output
      try expect(lines.contains("ONE=two words\n"), "ONE is missing in \(lines.visible)")
      return nil
    },
    Behaviour("a volume is mounted, and read-only where that was asked for") { bench in
      try expectEqual(
        try bench.run(["write", "/volume/file"], options: ["--volume", "/mounted"]).code, 1, "the exit code of writing nowhere")
      try expectEqual(try bench.run(["write", "/volume/file"], options: ["--tmpfs", "/volume"]).code, 0, "the exit code of writing")
      try expectEqual(try bench.run(["write", "/file"], options: ["--read-only"]).code, 1, "the exit code of writing read-only")
      return nil
    },
    Behaviour("-i: piped input arrives whole with its end") { bench in
      let run = try bench.run(["count"], options: ["--interactive"], input: .bytes([UInt8](repeating: 97, count: 100_000)))
      try expect(run.output.hasPrefix("100000 bytes "), "the guest counts \(run.output.visible)")
      return nil
    },
    Behaviour("-i </dev/null, and no -i, are the end at once") { bench in
      for options in [["--interactive"], []] {
        try expectEqual(try bench.run(["read"], options: options).output, "ready\nend of input\n", "the output with \(options)")
      }
      return nil
    },
    Behaviour("-t gives all three streams a terminal") { bench in
      let client = try Pseudoterminal(bench.words(bench.runWords(["terminal"], options: ["--rm", "--tty"])))
      try client.expect("input 1 output 1 errors 1\r\n")
      try expectEqual(try client.finish(), 0, "the exit code")
      return nil
    },
    Behaviour("-it: what is typed reaches the guest, Ctrl+C ends it with 130") { bench in
      let client = try Pseudoterminal(bench.words(bench.runWords(["cat"], options: ["--rm", "--interactive", "--tty"])))
      try client.expect("ready\r\n")
      client.type("typed\r")
      try client.expect("typed\r\ntyped\r\n")
      client.type("\u{3}")
      try expectEqual(try client.finish(), 130, "the exit code")
      return nil
    },
    Behaviour("-it: Ctrl+C ends a busy guest with 130") { bench in
      let client = try Pseudoterminal(bench.words(bench.runWords(["spin"], options: ["--rm", "--interactive", "--tty"])))
      try client.expect("ready\r\n")
      client.type("\u{3}")
      try expectEqual(try client.finish(), 130, "the exit code")
      return nil
    },
    Behaviour("Ctrl+C without -t ends it with 130") { bench in
      let name = bench.newName("guest")
      let client = try Program(bench.words(bench.runWords(["sleep"], options: ["--rm", "--name", name])))
      try expect(
        Clock.waits(15) { client.output.contains("ready") || !client.isRunning },
        "the guest did not get ready: \(client.errors.suffix(200))")
      // The keyboard signals every process of the foreground; here that is every process of the client's session.
      for process in Inventory.processes where getsid(process) == client.process { kill(process, SIGINT) }
      try expectEqual(try client.finish(limit: 15).code, 130, "the exit code")
      return nil
    },
    Behaviour("a missing program: a message that names it, exit code 126 or 127") { bench in
      let words = ["run", "--rm"] + bench.options.dropLast(2) + ["--entrypoint", "/no-such-program.wasm", bench.image]
      let run = try bench.docker(words)
      try expect([126, 127].contains(run.code), "the exit code is \(run.code): \(run.lastLine)")
      try expect(run.errors.contains("no-such-program.wasm"), "the message is \(run.errors.visible)")
      return nil
    },
    Behaviour("--memory: growth fails below the limit and the guest ends by itself", asked: .ofWasm) { bench in
      let run = try bench.run(["grow"], options: ["--memory", "64m"])
      try expectEqual(run.code, 3, "the exit code (\(run.output.visible)\(run.lastLine))")
      return run.output.trimmed
    },
    Behaviour("--memory: a guest that takes too much is OOMKilled with 137") { bench in
      let name = bench.newName("guest")
      // Docker's own /dev/shm is memory of the container.
      let run = try bench.docker(
        bench.runWords(["write", "/dev/shm/file", "134217728"], options: ["--memory", "32m", "--shm-size", "256m", "--name", name]))
      let isKilled = try bench.inspect(name, "{{.State.OOMKilled}}")
      try bench.remove(name)
      try expectEqual(run.code, 137, "the exit code (\(run.lastLine))")
      try expectEqual(isKilled, "true", "OOMKilled")
      return nil
    },
    Behaviour("runs at once all end by themselves with their exit codes") { bench in
      let begun = Clock.now
      let clients = try (0..<min(bench.settings.parallel, 20)).map { index in
        try Program(bench.words(bench.runWords(["exit", "\(index % 3)"], options: ["--rm"])))
      }
      for (index, client) in clients.enumerated() {
        let run = try client.finish(limit: 60)
        try expectEqual(run.code, Int32(index % 3), "the exit code of number \(index + 1) (\(run.lastLine))")
      }
      return "\(clients.count) in \(Int((Clock.now - begun) * 1000)) ms"
    },
    Behaviour("--rm removes the container, and its death is one event") { bench in
      let name = bench.newName("guest")
      let begun = Int(time(nil))
      _ = try bench.docker(bench.runWords(["exit", "7"], options: ["--rm", "--name", name]))
      try expect(Clock.waits(5) { (try? bench.docker(["inspect", name]).code) == 1 }, "it is still there")
      let events = try bench.docker([
        "events", "--since", "\(begun - 1)", "--until", "\(Int(time(nil)) + 1)", "--filter", "container=\(name)", "--format",
        "{{.Action}} {{.Actor.Attributes.exitCode}}",
      ]).output.split(separator: "\n").filter { $0.hasPrefix("die") }
      try expectEqual(events, ["die 7"], "its deaths")
      return nil
    },
  ])
