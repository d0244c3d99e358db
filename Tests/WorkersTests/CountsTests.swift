import Foundation
import Observations
import TestSupport
import Testing

@testable import Workers

/// Perf events of other kinds than software ones want root, or a lax kernel.perf_event_paranoid.
private let canCount = getuid() == 0 && FileManager.default.fileExists(atPath: "/sys/kernel/tracing")

/// What programs do, counted by the real worker.
@Suite(.serialized) struct CountsTests {
  private func run(
    _ name: String, _ program: CountedProgram, _ arguments: [String: [String]], metrics: [Metric] = [.allocations, .systemCalls],
    runtimes: [RuntimeDescription] = [.native], expected: Observations.Expectation = Observations.Expectation()
  ) throws -> (result: JobRun.Result, counts: (String, Metric) -> Count?) {
    let path = try program.path
    let workloads = arguments.sorted { $0.key < $1.key }.map {
      Workload(name: $0.key, module: path, native: path, arguments: $0.value, expected: expected, arms: runtimes.map(\.name))
    }
    var run = try JobRun(name, workloads: workloads, runtimes: runtimes)
    defer { run.scratch.remove() }
    run.job.counts = metrics
    let result = try run.run()
    #expect(result.status == 0, "\(result.errors)")
    let counts = result.events.compactMap { if case .counts(let counts) = $0 { counts } else { nil } }
    return (result, { workload, metric in counts.count(of: metric, workload: workload, runtime: runtimes[0].name) })
  }

  @Test(.enabled(if: canCount, "needs root and user-space probes"), arguments: [CountedProgram.dynamic, .static])
  func whatAProgramDoesMoreIsCountedExactly(program: CountedProgram) throws {
    let (result, counts) = try run(
      "exact-\(program)", program,
      ["less": ["10", "10", "0"], "more": ["1010", "10", "0"], "calls": ["10", "510", "0"], "children": ["10", "10", "7"]])
    func difference(_ workload: String, _ metric: Metric) throws -> Int {
      let less = try #require(counts("less", metric)), more = try #require(counts(workload, metric))
      #expect(less.unavailable == nil && less.values.count == 2, "\(less.unavailable ?? "")")
      #expect(less.isDeterministic && more.isDeterministic, "\(less.values) \(more.values)")
      return Int(try #require(more.value)) - Int(try #require(less.value))
    }
    #expect(try difference("more", .allocations) == 1000)
    #expect(try difference("calls", .systemCalls) == 500)
    #expect(try difference("calls", .allocations) == 0)
    #expect(try difference("children", .allocations) == 7)
    #expect((try? String(contentsOfFile: "/sys/kernel/tracing/uprobe_events", encoding: .utf8))?.contains("p:harness/") != true)
    // The trials that are timed come after, and are all there.
    #expect(result.trials.count == 4 && result.trials.allSatisfy { $0.outcome == .passed })
    let first = try #require(result.events.firstIndex { if case .trial = $0 { true } else { false } })
    let last = try #require(result.events.lastIndex { if case .counts = $0 { true } else { false } })
    #expect(last < first)
  }

  @Test(.enabled(if: canCount, "needs root and user-space probes")) func aStrippedProgramSaysWhyItsAllocationsAreNotCounted() throws {
    let (_, counts) = try run("stripped", .stripped, ["w": ["1", "1", "0"]])
    let count = try #require(counts("w", .allocations))
    #expect(count.values.isEmpty)
    #expect(count.unavailable?.hasSuffix("is linked statically and stripped of its symbols: its malloc cannot be found") == true)
    #expect(counts("w", .systemCalls)?.value != nil)
  }

  @Test func hardwareCountersAreCountedOrTheReasonIsToldTwice() throws {
    let (result, counts) = try run("hardware", .static, ["w": ["1", "1", "0"]], metrics: [.instructions, .cycles])
    guard case .started(let started) = result.events.first else {
      Issue.record("no greeting")
      return
    }
    let lacking = started.environment.lacking?["hardware-counters"]
    for metric in [Metric.instructions, .cycles] {
      let count = try #require(counts("w", metric))
      #expect(count.unavailable == lacking)
      #expect(count.values.isEmpty == (lacking != nil))
    }
  }

  @Test func aRuntimeCountsForItselfWhereItCan() throws {
    let script = "echo '{\"guest-instructions\": 12, \"code-bytes\":80,\"translated-functions\":3}' >&4"
    var counting = RuntimeDescription(
      name: "counting", summary: "", path: .process, program: .module,
      command: ["/bin/sh", "-c", "case \"$*\" in *--counts-fd*4*) \(script);; esac", "sh", "{module}"])
    counting.reportsCounts = true
    let (_, counts) = try run("own", .static, ["w": []], metrics: [.guestInstructions, .codeBytes], runtimes: [counting])
    #expect(counts("w", .guestInstructions) == Count(metric: .guestInstructions, values: [12, 12]))
    #expect(counts("w", .codeBytes)?.value == 80)
  }

  @Test func whatCannotCountSaysSo() throws {
    let silent = RuntimeDescription(name: "silent", summary: "", path: .process, program: .module, command: ["/bin/true", "{module}"])
    #expect(
      try run("silent", .static, ["w": []], metrics: [.guestInstructions], runtimes: [silent]).counts("w", .guestInstructions)?.unavailable
        == "silent does not count it")
    let (_, native) = try run("native", .static, ["w": ["0", "0", "0"]], metrics: [.codeBytes])
    #expect(native("w", .codeBytes)?.unavailable == "a native program has no WebAssembly code")
    let (_, failed) = try run(
      "failed", .static, ["w": ["0", "0", "0"]], metrics: [.systemCalls], expected: Observations.Expectation(exitCode: 3))
    #expect(failed("w", .systemCalls)?.unavailable?.hasPrefix("the counted trial failed: wrong-exit-code") == true)
  }
}

@Suite struct ELFFileTests {
  @Test func findsTheAllocatorWhereTheProgramHasIt() throws {
    let program = try CountedProgram.static.path
    let own = try AllocatorFunctions.places(usedBy: program)
    #expect(!own.isEmpty && own.allSatisfy { $0.path == program })
    let library = try AllocatorFunctions.places(usedBy: CountedProgram.dynamic.path)
    #expect(library.allSatisfy { $0.path.contains("/libc.so") } && library.count >= 5, "\(library)")
  }

  @Test func readsWhatADynamicProgramAsksFor() throws {
    let file = try ELFFile(path: CountedProgram.dynamic.path)
    #expect(file.interpreter?.contains("ld-") == true)
    #expect(file.neededLibraries.contains { $0.hasPrefix("libc.so") })
    #expect(try ELFFile(path: CountedProgram.static.path).interpreter == nil)
    #expect(try ELFFile(path: CountedProgram.static.path).hasSymbols)
    #expect(try !ELFFile(path: CountedProgram.stripped.path).hasSymbols)
  }

  @Test func survivesEveryCutAndEveryWildNumber() throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    let whole = try Data(contentsOf: URL(fileURLWithPath: CountedProgram.dynamic.path))
    let path = scratch.path("elf")
    var refusals = 0
    for round in 0..<400 {
      var bytes = round < 200 ? whole.prefix(whole.count * round / 200) : whole
      // In the headers, the tables they point to, and everywhere.
      if round >= 200 {
        for step in 1...8 {
          let span = round % 2 == 0 ? 1024 : bytes.count
          bytes[(round * 7919 + step * 104_729) % span] = round % 3 == 0 ? 0xFF : UInt8(truncatingIfNeeded: round &* step)
        }
      }
      try Data(bytes).write(to: URL(fileURLWithPath: path))
      do {
        let file = try ELFFile(path: path)
        _ = (file.interpreter, file.neededLibraries, file.libraryFolders, file.functionOffsets(["malloc", "main"]))
      } catch {
        refusals += 1
      }
    }
    #expect(refusals > 100)
    #expect(throws: ELFError.self) { try ELFFile(path: "/bin") }
    #expect(throws: ELFError.self) { try ELFFile(path: "/etc/passwd") }
  }
}
