import Foundation

/// Standard input to its end.
let inputCases = Group<Bench>(
  name: "Standard input",
  behaviours: [
    Behaviour("a megabyte is piped in whole, and its end is seen") { bench in
      let bytes = (0..<1 << 20).map { UInt8(truncatingIfNeeded: $0 &* 7919 >> 3) }
      var sum: UInt64 = 14_695_981_039_346_656_037
      for byte in bytes { sum = (sum ^ UInt64(byte)) &* 1_099_511_628_211 }
      let run = try bench.run(["count"], input: .bytes(bytes))
      let digits = String(sum, radix: 16)
      try expectEqual(run.output, "1048576 bytes \(String(repeating: "0", count: 16 - digits.count))\(digits)\n", "the guest's count")
      return nil
    },
    Behaviour("input that was closed before the start is the end at once") { bench in
      let made = try HandMadeTask(bench, ["read"])
      defer { made.remove() }
      let streams = try made.openStreams()
      _ = try made.mustCreate(streams: true)
      made.closeStream(streams.input)
      try made.task().must("CloseIO") { $0.add(3, true) }
      try made.task().must("Start")
      try made.read(streams.output, until: "ready\nend of input\n")
      try expectEqual(try TaskCalls.exit(try made.task().call("Wait")).code, 0, "the exit code")
      return nil
    },
    Behaviour("no standard input at all is the end at once") { bench in
      let container = try Container(bench, ["read"], detached: true)
      try container.waitUntilStopped()
      try expectEqual(try container.delete(), 0, "the exit code")
      return nil
    },
    Behaviour("a pipe that is closed later ends a guest that reads") { bench in
      let container = try Container(bench, ["read"])
      Clock.pause(milliseconds: 100)
      try expect(container.client?.isRunning == true, "it ended before its input did")
      container.client?.closeInput()
      try expectEqual(try container.finish(), 0, "the exit code")
      return nil
    },
    Behaviour("lines go there and back one at a time") { bench in
      let container = try Container(bench, ["cat"])
      for word in ["one", "two", "three"] {
        container.client?.write(word + "\n")
        try expect(Clock.waits(5) { container.client?.output.contains(word + "\n") == true }, "\"\(word)\" did not come back")
      }
      container.client?.closeInput()
      try expectEqual(try container.finish(), 0, "the exit code")
      return nil
    },
    Behaviour("CloseIO ends the input of a guest whose FIFO stays open") { bench in
      let made = try HandMadeTask(bench, ["read"])
      defer { made.remove() }
      let streams = try made.openStreams()
      _ = try made.mustCreate(streams: true)
      try made.task().must("Start")
      try made.read(streams.output, until: "ready\n")
      made.closeStream(streams.input)
      try made.task().must("CloseIO") { $0.add(3, true) }
      try made.read(streams.output, until: "end of input\n")
      try expectEqual(try TaskCalls.exit(try made.task().call("Wait")).code, 0, "the exit code")
      return nil
    },
  ])
