import Foundation

/// Programs of the host that a container's configuration wants run at moments of its life.
let hookCases = Group<Bench>(
  name: "Hooks",
  behaviours: [
    Behaviour("hooks of every kind run once, in order, where they belong, and read the state") { bench in
      let shared = "/run/made/" + bench.newName("hooks")
      try Files.makeFolder(shared)
      defer { try? FileManager.default.removeItem(atPath: shared) }
      let made = try HandMadeTask(bench, ["exit", "0"]) { document in
        document.bind(shared, to: "/tmp", "rw")
        document.bind("/usr", to: "/mnt", "ro")
        let host = "\(shared)/said"
        document["hooks"] = [
          "prestart": [hook("prestart", to: host)], "createRuntime": [hook("createRuntime", to: host)],
          // It finds the container's mounts, and with them this.
          "createContainer": [hook("createContainer", to: "$bundle/rootfs/tmp/said")],
          "startContainer": [hook("startContainer", to: "/tmp/said", toolsBelow: "/mnt")],
          "poststart": [hook("poststart", to: host)], "poststop": [hook("poststop", to: host)],
        ]
      }
      defer { made.remove() }
      _ = try made.mustCreate()
      // runc runs the one after the start here already.
      func seen() -> [String] { Files.text(shared + "/said").split(separator: "\n").map(String.init) }
      let early = ["prestart creating", "createRuntime creating", "createContainer creating"]
      try expectEqual(seen().filter { !$0.hasPrefix("poststart") }, early, "what ran in Create")
      let task = try made.task()
      try task.must("Start")
      _ = try TaskCalls.exit(task.call("Wait"))
      try task.must("Delete")
      guard Clock.waits(5, for: { seen().count >= 6 }) else { throw Failed("in the end only these ran: \(seen())") }
      try expectEqual(seen().filter { !$0.hasPrefix("poststart") }, early + ["startContainer created", "poststop stopped"], "what ran")
      try expectEqual(seen().filter { $0.hasPrefix("poststart") }.count, 1, "hooks after the start")
      return nil
    },
    Behaviour("a hook that fails before the start fails Create with what it said") { bench in
      for kind in ["prestart", "createRuntime", "createContainer"] {
        let made = try HandMadeTask(bench, ["exit", "0"]) {
          $0["hooks"] = [kind: [["path": "/bin/sh", "args": ["sh", "-c", "echo no room in \(kind) >&2; exit 3"]]]]
        }
        defer { made.remove() }
        let answer = try made.create()
        try expect(answer.code != 0, "Create succeeds although \(kind) fails")
        try expect(answer.message.contains("no room in \(kind)"), "Create says \(answer.message.visible)")
      }
      return nil
    },
  ])

/// A hook that adds its name and the status it reads to a file.
private func hook(_ name: String, to file: String, toolsBelow tools: String? = nil) -> [String: Any] {
  let script = """
    read -r state; bundle=${state#*'"bundle":"'}; bundle=${bundle%%'"'*}; status=${state#*'"status":"'}; status=${status%%'"'*}
    echo "\(name) $status" >> "\(file)"
    """
  guard let tools else { return ["path": "/bin/sh", "args": ["sh", "-c", script]] }
  // The container has no shell: the host's is run by its own loader.
  let loader = tools + "/lib/x86_64-linux-gnu/ld-linux-x86-64.so.2"
  return ["path": loader, "args": [loader, "--library-path", tools + "/lib/x86_64-linux-gnu", tools + "/bin/sh", "-c", script]]
}

extension [String: Any] {
  fileprivate mutating func bind(_ source: String, to destination: String, _ mode: String) {
    var mounts = self["mounts"] as? [[String: Any]] ?? []
    mounts.append(["destination": destination, "type": "bind", "source": source, "options": ["rbind", mode]])
    self["mounts"] = mounts
  }
}
