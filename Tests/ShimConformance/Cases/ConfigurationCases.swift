import Foundation

/// What a container's configuration asks for and a client seldom says.
let configurationCases = Group<Bench>(
  name: "The configuration",
  behaviours: [
    Behaviour("in a user namespace the guest runs as somebody else, and so does an exec") { bench in
      let container = try Container(
        bench, ["sleep"], options: ["--uidmap", "0:100000:65536", "--gidmap", "0:100000:65536"], detached: true)
      let guest = try container.processes().guest
      let owner = Files.text("/proc/\(guest)/uid_map").split(whereSeparator: \.isWhitespace).map(String.init)
      let user = Files.text("/proc/\(guest)/status").split(separator: "\n").first { $0.hasPrefix("Uid:") }
      let exec = try bench.ctr(
        ["tasks", "exec", "--exec-id", "second", container.id, bench.runtime.kind.program, "show", "/proc/self/uid_map"])
      try expectEqual(try container.end(), 137, "the exit code")
      try expectEqual(owner, ["0", "100000", "65536"], "the mapping")
      try expect(user?.contains("\t100000\t") == true, "the guest's user is \(user ?? "unknown")")
      try expect(exec.output.contains("100000"), "the exec says \(exec.output.visible)\(exec.errors.visible)")
      return nil
    },
    Behaviour("a bind that is read-only all the way down cannot be written") { bench in
      let folder = "/run/made/" + bench.newName("shared")
      try Files.makeFolder(folder)
      defer { try? FileManager.default.removeItem(atPath: folder) }
      for (options, code) in [("rbind:rro", Int32(1)), ("rbind:rw", 0)] {
        let run = try bench.run(
          ["write", "/mnt/file", "1"], options: ["--mount", "type=bind,src=\(folder),dst=/mnt,options=\(options)"])
        try expectEqual(run.code, code, "the exit code with \(options)")
      }
      return nil
    },
    Behaviour("a file system in memory can be read-only") { bench in
      let run = try bench.run(["write", "/mnt/file", "1"], options: ["--mount", "type=tmpfs,src=tmpfs,dst=/mnt,options=ro"])
      try expectEqual(run.code, 1, "the exit code")
      try expect(run.errors.contains("Read-only"), "the guest says \(run.errors.visible)")
      return nil
    },
    Behaviour("a working folder that the user may not enter is entered") { bench in
      let made = try HandMadeTask(bench, ["exit", "5"]) { document in
        guard var process = document["process"] as? [String: Any] else { return }
        process["cwd"] = "/mnt"
        process["user"] = ["uid": 1000, "gid": 1000]
        process["capabilities"] = [String: Any]()
        document["process"] = process
        var mounts = document["mounts"] as? [[String: Any]] ?? []
        mounts.append(["destination": "/mnt", "type": "tmpfs", "source": "tmpfs", "options": ["mode=700"]])
        document["mounts"] = mounts
      }
      defer { made.remove() }
      _ = try made.mustCreate()
      try made.task().must("Start")
      try expectEqual(try TaskCalls.exit(made.task().call("Wait")).code, 5, "the exit code")
      return nil
    },
  ])
