import TestSupport
import Testing

@testable import Doctor

/// Who uses the processors, between two readings.
@Suite struct ActivityTests {
  private func process(_ name: String, user: Int, kernel: Int) -> String {
    "12 (\(name)) R 1 12 12 0 -1 4194304 100 0 0 0 \(user) \(kernel) 0 0 20 0 1 0 12345 1000 10"
  }

  private func reading(_ files: [String: String]) throws -> ActivitySample.Reading {
    let machine = try MachineTree(files)
    return ActivitySample.Reading(MachineRoot(machine.prefix))
  }

  private func sample(_ before: [String: String], _ after: [String: String]) throws -> ActivitySample {
    ActivitySample(before: try reading(before), after: try reading(after), seconds: 0.5)
  }

  @Test func names_who_is_busy_and_nobody_else() throws {
    let ticks = Int(ProcessTime.ticksPerSecond)
    let sample = try sample(
      [
        "/proc/7/stat": process("cc1 (x)) y", user: 100, kernel: 10), "/proc/8/stat": process("idle", user: 5, kernel: 5),
        "/proc/9/stat": process("sh", user: 1, kernel: 1), "/proc/11/stat": "nonsense", "/proc/uptime": "1 1",
      ],
      [
        "/proc/7/stat": process("cc1 (x)) y", user: 100 + ticks / 4, kernel: 10 + ticks / 8),
        "/proc/8/stat": process("idle", user: 5, kernel: 5), "/proc/10/stat": process("new", user: 50, kernel: 50),
        "/proc/11/stat": "nonsense",
      ])
    let finding = BusyProcesses(sample: sample).finding(on: MachineRoot())
    #expect(finding.state == .spoils)
    #expect(finding.seen.hasPrefix("cc1 (x)) y (7) 7"))
    #expect(!finding.seen.contains("idle") && !finding.seen.contains("new"))
    #expect(finding.remedy?.hasSuffix("kill -STOP 7") == true)
  }

  @Test func a_quiet_machine_is_good() throws {
    let files = ["/proc/8/stat": process("idle", user: 5, kernel: 5)]
    #expect(BusyProcesses(sample: try sample(files, files)).finding(on: MachineRoot()).state == .good)
  }

  @Test func tells_stolen_time_since_boot_and_now() throws {
    let virtual = ["/proc/cpuinfo": "flags : hypervisor"]
    func stolen(_ before: String, _ after: String, _ others: [String: String]) throws -> Finding {
      let machine = try MachineTree(others.merging(["/proc/stat": after]) { $1 })
      return StolenTime(sample: try sample(["/proc/stat": before], ["/proc/stat": after])).finding(on: MachineRoot(machine.prefix))
    }
    let quiet = try stolen("cpu  100 0 100 800 0 0 0 0 0 0", "cpu  150 0 100 850 0 0 0 0 0 0", virtual)
    #expect(quiet.state == .good && quiet.seen == "0 % just now, 0 % since boot")
    let taken = try stolen("cpu  100 0 100 800 0 0 0 0 0 0", "cpu  150 0 100 850 0 0 0 100 0 0", virtual)
    #expect(taken.state == .cannotBeChanged && taken.seen == "50 % just now, 8.3 % since boot")
    #expect(try stolen("cpu  1 0 1 8 0 0 0 0 0 0", "cpu  1 0 1 8 0 0 0 0 0 0", [:]).state == .good)
    #expect(try stolen("cpu what", "cpu what", virtual).state == .unknown)
    #expect(try stolen("", "", virtual).state == .unknown)
  }
}
