import Foundation

/// A container with a terminal.
let terminalCases = Group<Bench>(
  name: "A terminal",
  behaviours: [
    Behaviour("-t gives all three streams a terminal") { bench in
      let name = bench.newName("terminal")
      let client = try Pseudoterminal(bench.runWords(name, ["terminal"], options: ["--rm", "--tty"]))
      try client.expect("input 1 output 1 errors 1\r\n")
      try expectEqual(try client.finish(), 0, "the exit code")
      return nil
    },
    Behaviour("what is typed is echoed and reaches the guest; Ctrl+D ends it") { bench in
      let client = try terminal(bench, ["cat"])
      client.type("typed\r")
      try client.expect("typed\r\ntyped\r\n")
      client.type("\u{4}")
      try expectEqual(try client.finish(), 0, "the exit code")
      return nil
    },
    Behaviour("Ctrl+C ends a busy guest with 130") { bench in
      let client = try terminal(bench, ["spin"])
      client.type("\u{3}")
      try expectEqual(try client.finish(), 130, "the exit code")
      return nil
    },
    Behaviour("Ctrl+C ends a sleeping guest with 130") { bench in
      let client = try terminal(bench, ["sleep"])
      client.type("\u{3}")
      try expectEqual(try client.finish(), 130, "the exit code")
      return nil
    },
    Behaviour("Ctrl+\\ ends a guest with 131") { bench in
      let client = try terminal(bench, ["spin"])
      client.type("\u{1c}")
      try expectEqual(try client.finish(), 131, "the exit code")
      return nil
    },
    Behaviour("a guest sees the terminal's size", asked: .ofNative) { bench in
      let client = try Pseudoterminal(
        bench.runWords(bench.newName("terminal"), ["wait-size"], options: ["--rm", "--tty"]), columns: 97, rows: 31)
      try client.expect("97 columns 31 rows")
      try expectEqual(try client.finish(), 0, "the exit code")
      return nil
    },
    Behaviour("resizing the client's terminal resizes the guest's") { bench in
      let name = bench.newName("terminal")
      let client = try Pseudoterminal(bench.runWords(name, ["sleep"], options: ["--rm", "--tty"]))
      try client.expect("ready")
      let address = Files.text("\(Daemon.bundles)/\(bench.namespace)/\(name)/address").trimmed
      let guest = try TaskCalls(connection: TaskConnection(address), id: name).must("Connect").number(2)
      var size = winsize()
      // The first process's terminal is looked at from outside, so that a guest need not be able to ask for it.
      let isResized = Clock.waits(10) {
        client.resize(columns: 101, rows: 33)
        kill(client.process, SIGWINCH)
        Clock.pause(milliseconds: 50)
        let terminal = open("/proc/\(guest)/fd/1", O_RDWR | O_NOCTTY | O_CLOEXEC)
        defer { close(terminal) }
        return terminal >= 0 && ioctl(terminal, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col == 101 && size.ws_row == 33
      }
      client.type("\u{3}")
      try expectEqual(try client.finish(), 130, "the exit code")
      try expect(isResized, "the guest's terminal has \(size.ws_col) columns and \(size.ws_row) rows")
      return nil
    },
  ])

/// A guest on a terminal, ready.
private func terminal(_ bench: Bench, _ guest: [String]) throws -> Pseudoterminal {
  let client = try Pseudoterminal(bench.runWords(bench.newName("terminal"), guest, options: ["--rm", "--tty"]))
  try client.expect("ready\r\n")
  return client
}
