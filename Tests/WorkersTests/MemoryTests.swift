import Foundation
import Observations
import TestSupport
import Testing

@testable import Workers

/// What a trial's memory figure must and must not contain.
@Suite(.serialized) struct MemoryTests {
  /// ru_maxrss of a child that this process starts itself, bytes.
  private func naivePeak(_ words: [String]) -> UInt64 {
    var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
    defer { for argument in arguments { free(argument) } }
    var child: pid_t = 0
    #expect(posix_spawn(&child, words[0], nil, nil, &arguments, environ) == 0)
    var usage = rusage()
    var status: Int32 = 0
    wait4(child, &status, 0, &usage)
    return UInt64(usage.ru_maxrss) * 1024
  }

  @Test func aLargeWorkerDoesNotShowInATinyChild() throws {
    let size = 300 << 20
    let heap = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 4096)
    defer { heap.deallocate() }
    heap.initializeMemory(as: UInt8.self, repeating: 1, count: size)
    let command = [Probe.path, "exit", "0"]
    // A child's peak starts at the size of the process it was forked from.
    #expect(naivePeak(command) > UInt64(size))
    let launcher = try Launcher(executable: Product.path("harness-launcher"), enclose: false)
    defer { launcher.close() }
    // A program of a few pages adds nothing to what it began with, so that nothing is known of it.
    #expect(try launcher.run(LaunchRequest(command: command)).maxResident == nil)
    let own = try #require(residentPeaks(ofChildrenNamed: "harness-launcher").max())
    #expect(own < UInt64(size) / 10, "a launcher of \(own) bytes")
    let touched = try #require(try launcher.run(LaunchRequest(command: [Probe.path, "touch", "64"])).maxResident)
    #expect(touched >= 64 << 20 && touched < 100 << 20, "\(touched) bytes")
  }

  @Test(.enabled(if: canUseCgroups, "needs root and a memory controller"))
  func theLaunchersSizeIsNoProgramsInACgroup() throws {
    let launcher = try Launcher(executable: Product.path("harness-launcher"), enclose: false)
    defer { launcher.close() }
    let cgroups = try #require(RunCgroups(run: "floor-\(getpid())"))
    defer { cgroups.remove() }
    let group = try #require(cgroups.makeTrialGroup())
    defer { group.remove() }
    // In a cgroup the child lives in the launcher's memory until it becomes its program, and begins with all of its size.
    func resident(_ words: String...) throws -> UInt64? {
      var request = LaunchRequest(command: [Probe.path] + words)
      request.groups = group.folders(.client)
      return try launcher.run(request).maxResident
    }
    #expect(try resident("exit", "0") == nil)
    let touched = try #require(try resident("touch", "64"))
    #expect(touched >= 64 << 20 && touched < 100 << 20, "\(touched) bytes")
  }

  /// VmHWM, bytes, of this process's children with a name.
  private func residentPeaks(ofChildrenNamed name: String) -> [UInt64] {
    processes(with: name).compactMap { process in
      let status = FileManager.default.contents(atPath: "/proc/\(process)/status").map { String(decoding: $0, as: UTF8.self) } ?? ""
      func field(_ key: String) -> UInt64? {
        status.split(separator: "\n").first { $0.hasPrefix(key + ":") }?.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap {
          UInt64($0)
        }
      }
      return field("PPid") == UInt64(getpid()) ? field("VmHWM").map { $0 * 1024 } : nil
    }
  }

  @Test func theLauncherDoesNotGrow() throws {
    let launcher = try Launcher(executable: Product.path("harness-launcher"), enclose: false)
    defer { launcher.close() }
    let request = LaunchRequest(command: [Probe.path, "flood", "1000000"], outputLimit: 1000)
    func peak() throws -> UInt64 { try #require(residentPeaks(ofChildrenNamed: "harness-launcher").max()) }
    _ = try launcher.run(request)
    let first = try peak()
    for _ in 0..<200 { _ = try launcher.run(request) }
    let last = try peak()
    #expect(last < first + (256 << 10), "\(first) bytes at first, \(last) after 200 trials")
  }

  @Test func theLauncherSeesWhatAChildTouches() throws {
    let launcher = try Launcher(executable: Product.path("harness-launcher"), enclose: false)
    defer { launcher.close() }
    let idle = try #require(try launcher.run(LaunchRequest(command: [Probe.path, "touch", "16"])).maxResident)
    let busy = try #require(try launcher.run(LaunchRequest(command: [Probe.path, "touch", "80"])).maxResident)
    let difference = (Double(busy) - Double(idle)) / 1_048_576
    #expect(abs(difference - 64) < 2, "\(difference) MiB")
  }

  // Needs root, a memory controller, containerd and runc.
  @Test(.enabled(if: canRunContainers && canUseCgroups, "needs root, a memory controller, containerd and runc"))
  func sixtyFourMebibytesShowInEveryArm() throws {
    let arms = ["native", "runc-direct", "runc"]
    let run = try JobRun(
      "memory",
      workloads: [.probe("busy", "touch", "64", expect: "1\n", arms: arms), .probe("idle", "touch", "0", expect: "0\n", arms: arms)],
      runtimes: [.native, .runcDirect, .runc], blocks: 9)
    defer { run.scratch.remove() }
    let result = try run.run()
    #expect(result.unavailable.isEmpty)
    for arm in arms {
      func median(_ workload: String) throws -> Double {
        let trials = result.trials.filter { $0.runtime == arm && $0.workload == workload }
        #expect(trials.allSatisfy { $0.resources.memorySource == .cgroup1 || $0.resources.memorySource == .cgroup2 })
        let peaks = trials.compactMap { $0.value(of: .peakMemory) }.sorted()
        try #require(peaks.count == 9)
        return peaks[4] / 1_048_576
      }
      let difference = try median("busy") - median("idle")
      print("\(arm): \(difference) MiB above idle")
      #expect(abs(difference - 64) <= 2, "\(arm): \(difference) MiB above idle")
    }
  }
}
