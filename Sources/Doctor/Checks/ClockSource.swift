import Glibc

/// Where the kernel's time comes from.
struct ClockSource: Check {
  let name = "clock source"
  let cost =
    "a clock that is not in the processor is read by a system call or from a slow device, about a microsecond each time instead of some ten nanoseconds, in the harness and in every guest that asks for the time"

  private static let folder = "/sys/devices/system/clocksource/clocksource0"
  /// Those that a program reads without the kernel (arch/x86/entry/vdso).
  private static let fast = ["tsc", "kvm-clock", "hyperv_clocksource_tsc_page"]

  func examine(_ machine: MachineRoot) -> Seen {
    guard let current = machine.line("\(Self.folder)/current_clocksource") else { return .absent(on: machine) }
    let available = (machine.line("\(Self.folder)/available_clocksource") ?? "").split(separator: " ").map(String.init)
    guard available.isEmpty || available.contains(current) else { return .nonsense("\(Self.folder)/current_clocksource", on: machine) }
    // Of a machine that was made up there is no clock to read.
    let seen = machine.prefix.isEmpty ? "\(current), read in \(Self.nanosecondsPerReading()) ns" : current
    if Self.fast.contains(current) { return .good(seen) }
    let path = "\(Self.folder)/current_clocksource"
    guard let better = Self.fast.first(where: available.contains) else { return .cannotBeChanged(seen) }
    return .spoils(seen, mend: "echo \(better) > \(path)", [Setting(path, better)])
  }

  /// The fastest of some rounds, which nobody disturbed.
  private static func nanosecondsPerReading() -> Int {
    func now() -> Int {
      var time = timespec()
      clock_gettime(CLOCK_MONOTONIC, &time)
      return time.tv_sec * 1_000_000_000 + time.tv_nsec
    }
    let rounds = 20, readings = 200
    let shortest =
      (0..<rounds).map { _ in
        let start = now()
        for _ in 1..<readings { _ = now() }
        return now() - start
      }.min() ?? 0
    return shortest / readings
  }
}
