import Foundation

/// What goes wrong is said, in one line, and early.
let errorCases = Group<Bench>(
  name: "Errors",
  behaviours: [
    Behaviour("a missing program fails at Create, and the message names it") { bench in
      let made = try HandMadeTask(bench, [], program: "/no-such-program.wasm")
      defer { made.remove() }
      let answer = try made.create()
      try expect(answer.code != 0, "Create succeeded")
      try expectOneLine(answer.message, naming: "no-such-program.wasm")
      return nil
    },
    Behaviour("a missing program is told in one line by the container and by the client") { bench in
      let run = try bench.run([], program: "/no-such-program.wasm")
      try expect(run.code != 0, "the client succeeded")
      try expectOneLine(run.errors, naming: "no-such-program.wasm", withClient: true)
      return nil
    },
    Behaviour("a file that is no module is told in one line", asked: .ofWasm) { bench in
      let run = try bench.run([], program: "/text.wasm")
      try expect(run.code != 0, "the client succeeded")
      try expectOneLine(run.errors, naming: "text.wasm", withClient: true)
      return nil
    },
    Behaviour("a cut module is told in one line", asked: .ofWasm) { bench in
      let run = try bench.run([], program: "/cut.wasm")
      try expect(run.code != 0, "the client succeeded")
      try expectOneLine(run.errors, naming: "cut.wasm", withClient: true)
      return nil
    },
    Behaviour("a cut module fails at Create", asked: .ofWasm) { bench in
      let made = try HandMadeTask(bench, [], program: "/cut.wasm")
      defer { made.remove() }
      let answer = try made.create()
      try expect(answer.code != 0, "Create succeeded")
      try expectOneLine(answer.message, naming: "cut.wasm")
      return nil
    },
    Behaviour("a bundle without configuration fails at Create") { bench in
      let made = try HandMadeTask(bench, ["sleep"])
      defer { made.remove() }
      unlink(made.bundle + "/config.json")
      let answer = try made.create()
      try expect(answer.code != 0 && !answer.message.isEmpty, "Create answered \(answer.code) \"\(answer.message)\"")
      return nil
    },
    Behaviour("a root file system that cannot be mounted fails at Create") { bench in
      let made = try HandMadeTask(bench, ["sleep"])
      defer { made.remove() }
      var mount = WireMessage()
      mount.add(1, "ext4")
      mount.add(2, "/no/such/device")
      let answer = try made.task().call("Create") { message in
        message.add(2, made.bundle)
        message.add(3, mount.bytes)
      }
      try expect(answer.code != 0 && !answer.message.isEmpty, "Create answered \(answer.code) \"\(answer.message)\"")
      return nil
    },
    Behaviour("a trap ends with 134, its name and a backtrace on standard error", asked: .ofWasm) { bench in
      let run = try bench.run(["trap"])
      try expectEqual(run.code, 134, "the exit code")
      try expectEqual(run.output, "before\n", "standard output")
      try expect(run.errors.contains("unreachable"), "no name of the trap in \(run.errors.visible)")
      try expect(run.errors.contains("inner_mistake") && run.errors.contains("outer_mistake"), "no backtrace in \(run.errors.visible)")
      return nil
    },
  ]
    + ["wasmtime", "wasmedge", "spin", "slight"].map { name in
      Behaviour("called \(name): one clear line on standard error and a non-zero exit code", asked: .ofWasm) { bench in
        let link = (try bench.runtime.executable() as NSString).deletingLastPathComponent + "/containerd-shim-\(name)-v1"
        if !Files.exists(link) { throw Skipped("\(name) is not installed beside the shim") }
        if Files.link(link).isEmpty { throw Skipped("\(name) beside the shim is another one") }
        let run = try bench.run(["say"], runtime: "io.containerd.\(name).v1")
        try expect(run.code != 0, "the client succeeded: \(run.output.visible)")
        try expectOneLine(run.errors, naming: name, withClient: true)
        return nil
      }
    })

/// A message that a person can use: one line that names what is wrong.
///
/// With a client there may be two of them: the container's own standard error and the client's report of what the call answered.
private func expectOneLine(_ text: String, naming word: String, withClient: Bool = false) throws {
  let lines = text.split(separator: "\n")
  try expect((1...(withClient ? 2 : 1)).contains(lines.count), "\(lines.count) lines: \(text.prefix(300).visible)")
  try expect(lines.allSatisfy { $0.contains(word) }, "no \"\(word)\" in \(text.prefix(300).visible)")
}
