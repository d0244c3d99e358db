import Foundation

/// What a guest gets and what comes of it: output, exit code, arguments, environment, folder, user.
let outputCases = Group<Bench>(
  name: "A run",
  behaviours: [
    Behaviour("standard output and standard error arrive, each on its own") { bench in
      let run = try bench.run(["both"])
      try expectEqual(run.output, "to output\n", "standard output")
      try expectEqual(run.errors, "to errors\n", "standard error")
      return nil
    },
    Behaviour("exit codes 0, 7 and 255 are the client's") { bench in
      for code: Int32 in [0, 7, 255] { try expectEqual(try bench.run(["exit", "\(code)"]).code, code, "the exit code of exit \(code)") }
      return nil
    },
    Behaviour("arguments arrive as they are") { bench in
      let words = ["two words", "", "grüße", "a=b", "--flag", "line\nline", "\"quoted\" $HOME *"]
      try expectEqual(try bench.run(["arguments"] + words).output, words.map { "[\($0)]\n" }.joined(), "the guest's list")
      return nil
    },
    Behaviour("a thousand arguments and long ones arrive") { bench in
      let words = (0..<1000).map { "\($0)" } + [String(repeating: "x", count: 100_000)]
      try expectEqual(
        try bench.run(["arguments"] + words).output.utf8.count, words.reduce(0) { $0 + $1.utf8.count + 3 }, "the length of the guest's list"
      )
      return nil
    },
    Behaviour("the environment arrives") { bench in
      let lines = try bench.run(["environment"], options: ["--env", "ONE=1", "--env", "TWO=two words=x"]).output.split(separator: "\n")
      for wanted in ["ONE=1", "TWO=two words=x", "PATH=/"] {
        try expect(lines.contains(Substring(wanted)), "\(wanted) is missing: \(lines)")
      }
      return nil
    },
    Behaviour("a run starts in the folder that was asked for") { bench in
      let container = try Container(bench, ["sleep"], options: ["--cwd", "/folder"])
      let folder = Files.link("/proc/\(try container.processes().guest)/cwd")
      try container.kill()
      _ = try container.finish()
      try expectEqual(folder, "/folder", "the first process's folder")
      return nil
    },
    Behaviour("files of the image are read, a relative path from the folder asked for", asked: .ofNative) { bench in
      try expectEqual(try bench.run(["show", "/folder/file"]).output, "here\n", "the file")
      try expectEqual(try bench.run(["show", "file"], options: ["--cwd", "/folder"]).output, "here\n", "the file by its relative path")
      return nil
    },
    Behaviour("files of the image are read", asked: .ofWasm) { bench in
      try expectEqual(try bench.run(["show", "/folder/file"]).output, "here\n", "the file")
      return nil
    },
    Behaviour("absolute links of the image lead to files of the image") { bench in
      for path in ["/links/file", "/links/folder/file"] { try expectEqual(try bench.run(["show", path]).output, "here\n", path) }
      return nil
    },
    Behaviour("/dev/stdout and /dev/stderr are the guest's own streams") { bench in
      for (path, output, errors) in [("/dev/stdout", "\0written\n", ""), ("/dev/stderr", "written\n", "\0")] {
        let run = try bench.run(["write", path])
        try expectEqual(run.output, output, "standard output with \(path)")
        try expectEqual(run.errors, errors, "standard error with \(path)")
      }
      return nil
    },
    Behaviour("the root file system can be written, and not with --read-only") { bench in
      try expectEqual(try bench.run(["write", "/new"]).output, "written\n", "the guest's answer")
      let refused = try bench.run(["write", "/new"], options: ["--read-only"])
      try expect(refused.code == 1 && refused.output.isEmpty, "a read-only root was written: \(refused.output)\(refused.errors)")
      return nil
    },
    Behaviour("a folder of the host is mounted, read-only where that was asked for") { bench in
      let folder = Scratch.newPath("shared")
      try Files.makeFolder(folder)
      try Files.write("shared\n", to: folder + "/file")
      func mount(_ options: String) -> [String] { ["--mount", "type=bind,src=\(folder),dst=/mounted,options=\(options)"] }
      try expectEqual(try bench.run(["show", "/mounted/file"], options: mount("rbind:rw")).output, "shared\n", "the file")
      try expectEqual(try bench.run(["write", "/mounted/made"], options: mount("rbind:rw")).code, 0, "the exit code of writing")
      try expect(Files.exists(folder + "/made"), "what the guest wrote is not on the host")
      try expectEqual(try bench.run(["write", "/mounted/other"], options: mount("rbind:ro")).code, 1, "the exit code of writing read-only")
      return nil
    },
    Behaviour("the first process has the user that was asked for") { bench in
      // `ctr` of containerd 1.6 has no option for it.
      let made = try HandMadeTask(bench, ["sleep"]) { document in
        var process = document["process"] as? [String: Any] ?? [:]
        process["user"] = ["uid": 1000, "gid": 1000, "additionalGids": [1001]] as [String: Any]
        document["process"] = process
      }
      defer { made.remove() }
      let streams = try made.openStreams()
      let pid = try made.mustCreate(streams: true)
      try made.task().must("Start")
      // It has the user once the program itself runs.
      try made.read(streams.output, until: "ready\n")
      let status = Files.text("/proc/\(pid)/status")
      for field in ["Uid", "Gid"] {
        let numbers = status.split(separator: "\n").first { $0.hasPrefix(field + ":") }?.split(separator: "\t").dropFirst() ?? []
        try expect(numbers.count == 4 && numbers.allSatisfy { $0 == "1000" }, "\(field) is \(numbers.joined(separator: " "))")
      }
      try expect(status.contains("\nGroups:\t1001"), "it is not in group 1001")
      return nil
    },
    Behaviour("the first process has namespaces of its own") { bench in
      let container = try Container(bench, ["sleep"])
      let guest = try container.processes().guest
      let shared = ["pid", "mnt", "ipc", "uts", "net"].filter { Files.link("/proc/\(guest)/ns/\($0)") == Files.link("/proc/self/ns/\($0)") }
      let group = Files.text("/proc/\(guest)/cgroup")
      try container.kill()
      _ = try container.finish()
      try expect(shared.isEmpty, "it shares the host's \(shared.joined(separator: ", "))")
      try expect(group.contains("/\(bench.namespace)/\(container.id)"), "it is in the control groups \(group.visible)")
      return nil
    },
    Behaviour("the first process has few capabilities, no new privileges and a seccomp filter") { bench in
      let container = try Container(bench, ["sleep"], options: ["--seccomp"])
      let status = Files.text("/proc/\(try container.processes().guest)/status")
      try container.kill()
      _ = try container.finish()
      func field(_ name: String) -> String {
        status.split(separator: "\n").first { $0.hasPrefix(name + ":") }?.split(separator: "\t").last.map(String.init) ?? ""
      }
      // The fourteen of containerd's default.
      for name in ["CapEff", "CapPrm", "CapBnd"] {
        let set = UInt64(field(name), radix: 16) ?? .max
        try expect(set & ~0xa804_25fb == 0, "\(name) is \(field(name))")
      }
      try expectEqual(field("NoNewPrivs"), "1", "NoNewPrivs")
      try expectEqual(field("Seccomp"), "2", "Seccomp")
      return nil
    },
    Behaviour("an image for wasi/wasm32 runs", asked: .ofWasm) { bench in
      let run = try bench.run(["say", "module"], options: ["--platform", "wasi/wasm32"], image: Guests.wasmReference)
      try expectEqual(run.output, "module\n", "standard output")
      return nil
    },
    Behaviour("a native program runs too", asked: .ofWasm) { bench in
      let run = try bench.run(["say", "native"], program: Guests.Kind.native.program)
      try expectEqual(run.output, "native\n", "standard output")
      try expectEqual(try bench.run(["exit", "7"], program: Guests.Kind.native.program).code, 7, "its exit code")
      return nil
    },
  ])
