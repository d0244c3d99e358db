import Foundation
import TestSupport
import Testing

/// One trial of the real launcher, by its command line.
private struct Report: Decodable {
  var spawned: UInt64
  var firstByte: UInt64?
  var executed: UInt64?
  var ended: UInt64?
  var exited: UInt64
  var reaped: UInt64
  var exitCode: Int32?
  var signal: Int32?
  var timedOut: Bool
  var startError: String?
  var userTime: UInt64
  var systemTime: UInt64
  var maxResident: UInt64?
  var outputBytes: Int
  var errorBytes: Int
  var strays: Int
  var counts: [String: UInt64]?
  var uncounted: [String: String]?
  var runDelay: UInt64?

  var milliseconds: Double { Double(exited - spawned) / 1e6 }
}

private let launcher = Product.path("harness-launcher")

private func launch(_ options: [String] = [], _ command: String...) throws -> Report {
  let outcome = try Command(launcher, ["run"] + options + ["--"] + command).run()
  #expect(outcome.status == 0, "\(outcome.errors)")
  return try JSONDecoder().decode(Report.self, from: Data(outcome.output.utf8))
}

/// Processes whose command line contains a word.
private func processes(with word: String) -> [pid_t] {
  let numbers = ((try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []).compactMap { pid_t($0) }
  return numbers.filter { number in
    guard let line = FileManager.default.contents(atPath: "/proc/\(number)/cmdline") else { return false }
    return String(decoding: line, as: UTF8.self).contains(word)
  }
}

@Suite(.serialized) struct LauncherTests {
  @Test func tellsExitCodesAndTheirTimes() throws {
    let report = try launch([], "/bin/sh", "-c", "sleep 0.05; exit 7")
    #expect(report.exitCode == 7)
    #expect(report.signal == nil)
    #expect(report.firstByte == nil)
    #expect(report.milliseconds > 50 && report.milliseconds < 2000)
    #expect(report.reaped >= report.exited)
  }

  @Test func burnsProcessorTimeBeforeTheProgramStarts() throws {
    let plain = try launch([], "/bin/true")
    let slowed = try launch(["--spin", "50000000"], "/bin/true")
    let extra = Double(slowed.userTime + slowed.systemTime) / 1e6 - Double(plain.userTime + plain.systemTime) / 1e6
    #expect(slowed.exitCode == 0)
    #expect(extra > 45 && extra < 80, "\(extra) ms of 50 ms")
    #expect(slowed.milliseconds > 50)
  }

  @Test(.enabled(if: Command.find("python3") != nil, "python3 is not installed"))
  func tellsHowLongTheProgramWaitedForAProcessor() throws {
    let report = try launch([], "/bin/true")
    guard FileManager.default.fileExists(atPath: "/proc/self/schedstat") else {
      #expect(report.runDelay == nil)
      return
    }
    // Three busy loops on one processor: each waits two thirds of the time.
    let shared = """
      import os, time
      os.sched_setaffinity(0, {0})
      for _ in range(2):
        if os.fork() == 0: break
      begun = time.process_time()
      while time.process_time() - begun < 0.15: pass
      """
    let python = try #require(Command.find("python3"))
    let delay = try #require(try launch([], python, "-c", shared).runDelay)
    #expect(delay > 50_000_000, "\(delay) ns")
  }

  @Test func tellsSignalDeaths() throws {
    let report = try launch([], "/bin/sh", "-c", "kill -SEGV $$")
    #expect(report.signal == SIGSEGV)
    #expect(report.exitCode == nil)
  }

  @Test func tellsWhenTheFirstByteCame() throws {
    let report = try launch([], "/bin/sh", "-c", "sleep 0.1; echo one; sleep 0.1; echo two")
    let first = try #require(report.firstByte)
    let delay = Double(first - report.spawned) / 1e6
    #expect(delay > 100 && delay < report.milliseconds - 90, "\(delay) ms of \(report.milliseconds) ms")
    #expect(report.outputBytes == 8)
  }

  @Test func killsTheWholeGroupAtTheTimeLimit() throws {
    let mark = "31.4\(getpid())1"
    let report = try launch(["--time-limit", "0.3"], "/bin/sh", "-c", "sleep \(mark) & sleep \(mark)")
    #expect(report.timedOut)
    #expect(report.signal == SIGKILL)
    #expect(report.milliseconds > 300 && report.milliseconds < 2000)
    #expect(processes(with: mark).isEmpty)
  }

  @Test func killsWhatLeftItsGroup() throws {
    let mark = "31.4\(getpid())2"
    let report = try launch(
      [], "/bin/sh", "-c", "setsid sleep \(mark) & until read name </proc/$!/comm && [ \"$name\" = sleep ]; do sleep 0.01; done; exit 0")
    #expect(report.exitCode == 0)
    #expect(report.strays == 1)
    #expect(processes(with: mark).filter { $0 != getpid() }.isEmpty)
  }

  @Test func readsFloodsToTheirEndAndKeepsTheirBeginning() throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    let report = try launch(
      ["--output", scratch.path("out"), "--output-limit", "1000000"], "/usr/bin/head", "-c", "100000000", "/dev/zero")
    #expect(report.exitCode == 0)
    #expect(report.outputBytes == 100_000_000)
    let kept = try FileManager.default.attributesOfItem(atPath: scratch.path("out"))[.size] as? Int
    #expect(kept == 1_000_000)
  }

  @Test func endsAnEndlessFloodAtTheTimeLimit() throws {
    let report = try launch(["--time-limit", "0.3"], "/bin/cat", "/dev/zero")
    #expect(report.timedOut)
    #expect(report.milliseconds < 1000)
    #expect(report.outputBytes > 1_000_000)
  }

  @Test func keepsErrorsApartFromOutput() throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    let report = try launch(
      ["--output", scratch.path("out"), "--errors", scratch.path("err")], "/bin/sh", "-c", "echo good; echo bad >&2")
    #expect(report.errorBytes == 4)
    #expect(try String(contentsOfFile: scratch.path("out"), encoding: .utf8) == "good\n")
    #expect(try String(contentsOfFile: scratch.path("err"), encoding: .utf8) == "bad\n")
  }

  @Test func saysWhyAProgramCannotBeExecuted() throws {
    let report = try launch([], "/nowhere/program")
    #expect(report.startError == "/nowhere/program: No such file or directory")
  }

  @Test func handsOverExactlyTheEnvironmentFolderInputAndDescriptorsItWasGiven() throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    try Data("typed\n".utf8).write(to: URL(fileURLWithPath: scratch.path("in")))
    _ = try launch(
      [
        "--env", "ONE=1", "--folder", scratch.folder, "--input", scratch.path("in"), "--output", scratch.path("out"), "--descriptor",
        "7=\(scratch.path("seven"))",
      ], "/bin/sh", "-c", "/usr/bin/env; /bin/cat; /bin/ls /proc/self/fd | tr '\\n' ' '; echo extra >&7")
    let output = try String(contentsOfFile: scratch.path("out"), encoding: .utf8)
    let lines = output.split(separator: "\n").filter { !$0.hasPrefix("_=") && !$0.hasPrefix("SHLVL=") }.map(String.init)
    // 3 is the folder that ls reads.
    #expect(lines.sorted() == ["0 1 2 3 7 ", "ONE=1", "PWD=\(scratch.folder)", "typed"])
    #expect(try String(contentsOfFile: scratch.path("seven"), encoding: .utf8) == "extra\n")
  }

  @Test(.enabled(if: getuid() == 0, "the kernel's own moments need root or a lax kernel.perf_event_paranoid"))
  func tellsTheKernelsOwnMoments() throws {
    let report = try launch([], "/bin/sh", "-c", "sleep 0.05")
    let executed = try #require(report.executed), ended = try #require(report.ended)
    #expect(report.spawned < executed && executed < ended && ended < report.exited)
    #expect(ended - executed > 50_000_000)
    let failed = try launch([], "/nowhere/program")
    #expect(failed.executed == nil)
  }

  /// Many more records than the ring holds: it is read while the trial runs.
  @Test(.enabled(if: getuid() == 0, "the kernel's own moments need root or a lax kernel.perf_event_paranoid"))
  func keepsTheMomentsOfATrialWithManyProcesses() throws {
    let report = try launch([], "/bin/sh", "-c", "i=0; while [ $i -lt 1500 ]; do /bin/true; i=$((i+1)); done")
    let executed = try #require(report.executed), ended = try #require(report.ended)
    #expect(executed - report.spawned < 1_000_000_000)
    #expect(ended > executed && ended < report.exited)
  }

  @Test(.enabled(if: getuid() == 0, "counting system calls needs root"))
  func countsSystemCallsOfTheWholeTree() throws {
    func calls(_ blocks: Int) throws -> UInt64 {
      let command = ["/bin/dd", "if=/dev/zero", "of=/dev/null", "bs=1", "count=\(blocks)", "status=none"]
      let report = try launch(["--count", "system-calls"], command[0], command[1], command[2], command[3], command[4], command[5])
      #expect(report.exitCode == 0)
      return try #require(report.counts?["system-calls"], "\(report.uncounted ?? [:])")
    }
    // Every block is read and written.
    #expect(try calls(300) - calls(100) == 400)
    let one = try launch(["--count", "system-calls"], "/bin/sh", "-c", "/bin/true; :")
    let two = try launch(["--count", "system-calls"], "/bin/sh", "-c", "/bin/true; /bin/true; :")
    let (few, many) = (try #require(one.counts?["system-calls"]), try #require(two.counts?["system-calls"]))
    #expect(many > few + 10)
  }

  @Test func saysWhyItCannotCount() throws {
    let report = try launch(["--probe", "places=64:/nowhere/library"], "/bin/true")
    #expect(report.exitCode == 0)
    #expect(report.counts?.isEmpty == true)
    #expect(report.uncounted?["places"]?.isEmpty == false)
  }

  @Test func refusesWrongUseInOneLine() throws {
    for (words, reason) in [
      (["run", "--frobnicate", "--", "/bin/true"], "unknown option `--frobnicate`"), (["run"], "no command"),
      (["run", "--count", "sheep", "--", "/bin/true"], "does not know `sheep`"),
      (["run", "--probe", "malloc=x:/lib", "--", "/bin/true"], "does not know `malloc=x:/lib`"),
      (["run", "--time-limit", "soon", "--", "/bin/true"], "wants seconds"), ([], "what to do?"), (["walk"], "unknown command `walk`"),
    ] {
      let outcome = try Command(launcher, words).run()
      #expect(outcome.status == 64)
      #expect(outcome.errors.hasPrefix("error: harness-launcher: "))
      #expect(outcome.errors.contains(reason), "\(outcome.errors)")
      #expect(outcome.errors.split(separator: "\n").count == 1)
    }
  }

  @Test func reportsACgroupItCannotJoin() throws {
    let outcome = try Command(launcher, ["run", "--cgroup", "/sys/fs/cgroup/nowhere", "--", "/bin/true"]).run()
    #expect(outcome.status == 71)
    #expect(outcome.errors == "error: harness-launcher: join cgroup /sys/fs/cgroup/nowhere: No such file or directory\n")
  }

  @Test func serveEndsWithItsInput() throws {
    let outcome = try Command(launcher, ["serve"]).run()
    #expect(outcome.status == 0)
    #expect(outcome.output.hasPrefix("{\"enclosed\":false,\"reason\":\"\",\"lacking\":{"))
    #expect(outcome.output.hasSuffix("}}\n"))
  }
}
