/// A mechanism of the kernel that is off when its file holds 0, and works beside what is measured when it does not.
struct KernelSwitch: Check {
  let name: String
  let cost: String
  let path: String
  /// Where it does nothing whatever the file says, and why.
  var isIdle: @Sendable (MachineRoot) -> String? = { _ in nil }

  func examine(_ machine: MachineRoot) -> Seen {
    guard machine.exists(path) else { return .absent(on: machine) }
    guard let value = machine.number(path) else { return .nonsense(path, on: machine) }
    if value == 0 { return .good("off") }
    if let reason = isIdle(machine) { return .good("no matter: \(reason)") }
    return .spoils("on", mend: remedy, [Setting(path, "0")])
  }

  private var remedy: String {
    let prefix = "/proc/sys/"
    guard path.hasPrefix(prefix) else { return "echo 0 > \(path)" }
    return "sysctl -w \(path.dropFirst(prefix.count).replacing("/", with: "."))=0"
  }

  static let watchdog = KernelSwitch(
    name: "NMI watchdog",
    cost:
      "it keeps one hardware counter of every CPU, so that counts are shared or absent, and interrupts every few seconds (Documentation/admin-guide/lockup-watchdogs.rst)",
    path: "/proc/sys/kernel/nmi_watchdog")

  /// By itself: /proc/sys/kernel/watchdog sets both, and so could not be set back where one of them was off.
  static let softWatchdog = KernelSwitch(
    name: "soft watchdog",
    cost:
      "a timer of every CPU wakes a thread of the highest priority every few seconds; a small effect (Documentation/admin-guide/lockup-watchdogs.rst)",
    path: "/proc/sys/kernel/soft_watchdog")

  static let numaBalancing = KernelSwitch(
    name: "NUMA balancing",
    cost: "pages are unmapped to see who uses them, and each costs a fault (Documentation/admin-guide/sysctl/kernel.rst)",
    path: "/proc/sys/kernel/numa_balancing",
    isIdle: { machine in
      let nodes = machine.entries("/sys/devices/system/node").filter { $0.hasPrefix("node") && $0.dropFirst(4).allSatisfy(\.isNumber) }
      return nodes.count == 1 ? "there is one node" : nil
    })

  static let samePageMerging = KernelSwitch(
    name: "KSM",
    cost:
      "a thread compares pages all the time, and pages that programs share by chance make each weigh less (Documentation/admin-guide/mm/ksm.rst)",
    path: "/sys/kernel/mm/ksm/run",
    isIdle: { machine in machine.line("/sys/kernel/mm/ksm/run") == "2" ? "stopped, everything unmerged" : nil })

  static let timerMigration = KernelSwitch(
    name: "timer migration",
    cost: "timers of idle CPUs ring on busy ones, that is in the middle of a trial; a small effect",
    path: "/proc/sys/kernel/timer_migration",
    isIdle: { machine in machine.processors.count == 1 ? "there is one CPU" : nil })
}
