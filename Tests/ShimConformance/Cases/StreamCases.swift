import Foundation

/// Output in quantity, readers that go away, and logs.
let streamCases = Group<Bench>(
  name: "Output",
  behaviours: [
    Behaviour("much output arrives whole") { bench in
      let bytes = bench.settings.streamed
      let ends = try Files.makePipe()
      let client = try Program(
        bench.runWords(bench.newName("run"), ["flood", "\(bytes)"], options: ["--rm"]), environment: bench.daemon.clientEnvironment,
        output: ends.writing)
      close(ends.writing)
      defer { close(ends.reading) }
      let begun = Clock.now
      let count = countNumbers(ends.reading)
      let seconds = Clock.now - begun
      try expectEqual(try client.finish(limit: 60).code, 0, "the exit code")
      try expectEqual(count, bytes, "the number of bytes that arrived in order")
      return "\(bytes >> 20) MiB at \(Int(Double(bytes >> 20) / seconds)) MiB/s"
    },
    Behaviour("a reader that reads slowly gets everything, also after the guest's end") { bench in
      let made = try HandMadeTask(bench, ["flood", "\(1 << 17)"])
      defer { made.remove() }
      let streams = try made.openStreams()
      _ = try made.mustCreate(streams: true)
      try made.task().must("Start")
      Clock.pause(milliseconds: 500)
      var count = 0
      // The shim may hold its end open for two seconds after the guest's, no longer.
      let ended = Clock.waits(10) {
        var buffer = [UInt8](repeating: 0, count: 4096)
        let length = read(streams.output, &buffer, buffer.count)
        if length > 0 { count += length }
        return length == 0
      }
      try expectEqual(count, 1 << 17, "the number of bytes")
      try expect(ended, "the end of output did not come")
      try expectEqual(try TaskCalls.exit(made.task().call("Wait")).code, 0, "the exit code")
      return nil
    },
    Behaviour("a guest whose reader has gone can be ended and deleted") { bench in
      let made = try HandMadeTask(bench, ["flood", "\(1 << 30)"])
      defer { made.remove() }
      let streams = try made.openStreams()
      _ = try made.mustCreate(streams: true)
      let task = try made.task()
      let ended = try task.send("Wait")
      try task.must("Start")
      var buffer = [UInt8](repeating: 0, count: 4096)
      _ = Clock.waits(5) { read(streams.output, &buffer, buffer.count) > 0 }
      made.closeStream(streams.output)
      Clock.pause(milliseconds: 200)
      let status = try task.state().status
      try expect(status == .running || status == .stopped, "the state is \(status)")
      _ = try task.kill(SIGKILL)
      _ = try TaskCalls.exit(task.connection.answer(to: ended, limit: 5))
      try task.must("Delete", limit: 6)
      return nil
    },
    Behaviour("a log URI file:///… gets output and errors") { bench in
      let log = Scratch.newPath("logs") + "/below/log"
      // Nobody makes the folder.
      let container = try logged(bench, "file://" + log, ["both"])
      try container.waitUntilStopped()
      _ = try container.delete()
      let text = Files.text(log)
      try expect(text.contains("to output\n") && text.contains("to errors\n"), "the log has \"\(text.visible)\"")
      return nil
    },
    Behaviour("a log URI file:///… is appended to") { bench in
      let log = Scratch.newPath("log")
      try Files.write("before\n", to: log)
      let container = try logged(bench, "file://" + log, ["say", "after"])
      try container.waitUntilStopped()
      _ = try container.delete()
      try expectEqual(Files.text(log), "before\nafter\n", "the log")
      return nil
    },
    Behaviour("a log URI file:///… gets much output whole, behind what was there") { bench in
      let bytes = bench.settings.streamed
      let log = Scratch.newPath("log")
      defer { unlink(log) }
      let before = [UInt8](repeating: 0xFF, count: 8)
      try Data(before).write(to: URL(fileURLWithPath: log))
      let container = try logged(bench, "file://" + log, ["flood", "\(bytes)"])
      try container.waitUntilStopped(limit: 120)
      // All of it is there by then, whatever the guest is still to be asked.
      let file = open(log, O_RDONLY | O_CLOEXEC)
      defer { close(file) }
      lseek(file, 8, SEEK_SET)
      let count = countNumbers(file)
      try expectEqual(try container.delete(), 0, "the exit code")
      try expectEqual(count, bytes, "the number of bytes in order")
      return nil
    },
    Behaviour("a guest cannot cut off the file of a log URI file:///…") { bench in
      let log = Scratch.newPath("log")
      try Files.write("before\n", to: log)
      let container = try logged(bench, "file://" + log, ["cut"])
      try container.waitUntilStopped()
      let code = try container.delete()
      try expectEqual(Files.text(log), "before\nrefused\n", "the log")
      try expectEqual(code, 0, "the exit code")
      return nil
    },
    Behaviour("a log URI binary:///… starts the logger with its arguments, names and streams") { bench in
      let folder = Scratch.newPath("logger")
      try Files.makeFolder(folder)
      let logger = folder + "/logger"
      try Files.write(
        """
        #!/bin/sh
        echo "$CONTAINER_ID $CONTAINER_NAMESPACE $*" >\(folder)/called
        trap "" TERM
        exec 5>&-
        cat <&3 >\(folder)/output &
        cat <&4 >\(folder)/errors &
        wait
        echo done >\(folder)/done

        """, to: logger)
      chmod(logger, 0o755)
      let container = try logged(bench, "binary://\(logger)?key=value", ["both"])
      try container.waitUntilStopped()
      let code = try container.delete()
      try expect(Clock.waits(5) { Files.exists(folder + "/done") }, "the logger did not see the end of both streams")
      try expectEqual(code, 0, "the exit code")
      try expectEqual(Files.text(folder + "/called"), "\(container.id) \(bench.namespace) key value\n", "what the logger was called with")
      try expectEqual(Files.text(folder + "/output"), "to output\n", "its output")
      try expectEqual(Files.text(folder + "/errors"), "to errors\n", "its errors")
      return nil
    },
    Behaviour("a logger that does not exist fails the run with a message") { bench in
      let name = bench.newName("run")
      let words = bench.runWords(name, ["both"], options: ["--detach", "--log-uri", "binary:///no/such/logger"])
      let run = try Program.run(words, environment: bench.daemon.clientEnvironment)
      try bench.ctr(["containers", "delete", name]).succeeded()
      try expect(run.code != 0 && run.errors.contains("logger"), "it ended with \(run.code): \(run.lastLine)")
      return nil
    },
    Behaviour("a full disk under a log does not keep the guest from ending") { bench in
      let folder = Scratch.newPath("small")
      try Files.makeFolder(folder)
      try Program.run(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", folder]).succeeded()
      defer { umount2(folder, CInt(MNT_DETACH)) }
      let container = try logged(bench, "file://\(folder)/log", ["flood", "\(1 << 20)"])
      try container.waitUntilStopped()
      // The guest's writes go into a pipe or fail; either way it ends by itself.
      let code = try container.delete()
      try expect(code == 0 || code == 1, "the exit code is \(code)")
      return nil
    },
  ])

/// A detached container with a log.
private func logged(_ bench: Bench, _ uri: String, _ guest: [String]) throws -> Container {
  try Container(bench, guest, detached: true, log: uri)
}

/// Reads numbers of eight bytes to the end.
/// - Returns: how many bytes came before the first that is wrong.
private func countNumbers(_ descriptor: CInt) -> Int {
  let size = 1 << 20
  let buffer = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 8)
  defer { buffer.deallocate() }
  var right = 0
  var isRight = true
  var filled = 0
  while true {
    let count = read(descriptor, buffer + filled, size - filled)
    if count <= 0 { return isRight ? right + filled : right }
    filled += count
    let whole = filled / 8
    for index in 0..<whole where isRight {
      if buffer.load(fromByteOffset: index * 8, as: UInt64.self) == UInt64(right / 8) { right += 8 } else { isRight = false }
    }
    memmove(buffer, buffer + whole * 8, filled - whole * 8)
    filled -= whole * 8
  }
}
