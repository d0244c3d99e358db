import Foundation

/// Signals: what they end, how soon, and what comes back.
let signalCases = Group<Bench>(
  name: "Signals",
  behaviours: ["spin": "a busy loop", "sleep": "a sleep", "poll": "a poll", "read": "a blocking read"].sorted { $0.key < $1.key }.map {
    word, state in
    Behaviour("INT TERM HUP QUIT KILL USR1 end \(state) with 128+n within 100 ms") { bench in try endByEverySignal(bench, word) }
  } + [
    Behaviour("a native guest is ended with 128+n too", asked: .ofWasm) { bench in
      try endByEverySignal(bench, "spin", program: Guests.Kind.native.program)
    },
    Behaviour("the client's own signal ends the guest") { bench in
      let container = try Container(bench, ["sleep"])
      // The client begins to pass on signals a moment after the start.
      Clock.pause(milliseconds: 300)
      container.client?.signal(SIGTERM)
      try expectEqual(try container.finish(), 143, "the exit code")
      return nil
    },
    Behaviour("KILL ends a task that was created and not started") { bench in try endCreated(bench, SIGKILL) },
    Behaviour("TERM ends a task that was created and not started") { bench in try endCreated(bench, SIGTERM) },
    Behaviour("KILL ends a paused task") { bench in
      let container = try Container(bench, ["spin"], detached: true)
      try bench.ctr(["tasks", "pause", container.id]).succeeded()
      let task = try container.task()
      let ended = try task.send("Wait")
      let killed = try task.kill(SIGKILL)
      try expectEqual(killed.code, 0, "Kill's answer (\(killed.message))")
      try expectEqual(try TaskCalls.exit(task.connection.answer(to: ended, limit: 10)).code, 137, "the exit code")
      try expectEqual(try container.delete(), 137, "the exit code at Delete")
      return nil
    },
    Behaviour("TERM to a paused task ends it once it is resumed") { bench in
      let container = try Container(bench, ["sleep"])
      try bench.ctr(["tasks", "pause", container.id]).succeeded()
      let killed = try container.task().kill(SIGTERM)
      try expectEqual(killed.code, 0, "Kill's answer (\(killed.message))")
      // A shim may thaw it for the signal; then there is nothing to resume.
      _ = try bench.ctr(["tasks", "resume", container.id])
      try expectEqual(try container.finish(), 143, "the exit code")
      return nil
    },
    Behaviour("a second kill answers NotFound") { bench in
      let container = try Container(bench, ["sleep"], detached: true)
      try container.kill()
      try container.waitUntilStopped()
      let answer = try container.task().kill(SIGKILL)
      try expectEqual(try container.delete(), 137, "the exit code")
      try expectEqual(answer.code, TaskConnection.Code.notFound, "the code (\(answer.message))")
      return nil
    },
    Behaviour("kill --all reaches everything in the container") { bench in
      let container = try Container(bench, ["sleep"], detached: true)
      try bench.ctr(["tasks", "kill", "--all", "--signal", "SIGKILL", container.id]).succeeded()
      try container.waitUntilStopped()
      try expectEqual(try container.delete(), 137, "the exit code")
      return nil
    },
  ])

/// Milliseconds a signal may take.
private var allowance: Double { 100 * Clock.slowness }

/// One guest a signal.
/// - Returns: the slowest, for the table.
private func endByEverySignal(_ bench: Bench, _ word: String, program: String? = nil) throws -> String {
  let signals = [("INT", SIGINT), ("TERM", SIGTERM), ("HUP", SIGHUP), ("QUIT", SIGQUIT), ("KILL", SIGKILL), ("USR1", SIGUSR1)]
  var faults: [String] = []
  var slowest = 0.0
  for (name, number) in signals {
    var best = Double.infinity
    // Other work on the machine may hold up one try; it does not hold up three.
    for _ in 0..<3 where best > allowance {
      let container = try Container(bench, [word], program: program)
      let task = try container.task()
      let ended = try task.send("Wait")
      let begun = Clock.now
      let killed = try task.kill(number)
      guard killed.code == 0, let answer = try? task.connection.answer(to: ended, limit: 3) else {
        faults.append("\(name): \(killed.code == 0 ? "ignored" : "refused, \(killed.message)")")
        try container.kill()
        _ = try container.finish()
        break
      }
      best = min(best, (Clock.now - begun) * 1000)
      let code = try TaskCalls.exit(answer).code
      _ = try container.finish()
      if code != Int(128 + number) {
        faults.append("\(name): exit code \(code)")
        break
      }
    }
    if best.isFinite {
      slowest = max(slowest, best)
      if best > allowance { faults.append("\(name): \(Int(best)) ms") }
    }
  }
  try expect(faults.isEmpty, faults.joined(separator: "; "))
  return "slowest \(Int(slowest.rounded(.up))) ms"
}

private func endCreated(_ bench: Bench, _ signal: CInt) throws -> String? {
  let made = try HandMadeTask(bench, ["sleep"])
  defer { made.remove() }
  _ = try made.mustCreate()
  let task = try made.task()
  let ended = try task.send("Wait")
  let killed = try task.kill(signal)
  try expectEqual(killed.code, 0, "Kill's answer (\(killed.message))")
  try expectEqual(try TaskCalls.exit(task.connection.answer(to: ended, limit: 5)).code, Int(128 + signal), "the exit code")
  return nil
}
