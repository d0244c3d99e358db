import TestSupport
import Testing

@testable import Doctor

private let cpu = "/sys/devices/system/cpu"
private let virtual = ["/proc/cpuinfo": "processor\t: 0\nflags\t\t: fpu tsc hypervisor avx2"]
private let bare = ["/proc/cpuinfo": "processor\t: 0\nflags\t\t: fpu tsc avx2"]
private let twoProcessors = ["\(cpu)/cpu0/online": "1", "\(cpu)/cpu1/online": "1", "\(cpu)/cpufreq/none": ""]
private let clock = "/sys/devices/system/clocksource/clocksource0"
private let pages = "/sys/kernel/mm/transparent_hugepage/enabled"
private let swap = "Filename\t\t\t\tType\t\tSize\t\tUsed\t\tPriority"
private let defrag = "/sys/kernel/mm/transparent_hugepage/defrag"
private let watchdog = "/proc/sys/kernel/nmi_watchdog", softWatchdog = "/proc/sys/kernel/soft_watchdog"
private let balancing = "/proc/sys/kernel/numa_balancing"
private let merging = "/sys/kernel/mm/ksm/run", timers = "/proc/sys/kernel/timer_migration"
private let layout = "/proc/sys/kernel/randomize_va_space", mounts = "/proc/self/mounts"

/// Every check on machines that were made up: as it should be, as it should not, without the file, with a file that makes no sense.
@Suite struct CheckTests {

  struct Case: Sendable, CustomTestStringConvertible {
    var check: any Check
    var files: [String: String]
    var state: Finding.State
    /// What the text must contain.
    var seen: String
    var settings: [Setting] = []

    init(_ check: any Check, _ files: [String: String], _ state: Finding.State, _ seen: String, _ settings: [Setting] = []) {
      self.check = check
      self.files = files
      self.state = state
      self.seen = seen
      self.settings = settings
    }

    var testDescription: String { "\(check.name): \(state), \(seen)" }
  }

  private func examine(_ example: Case) throws {
    let machine = try MachineTree(example.files)
    let finding = example.check.finding(on: MachineRoot(machine.prefix))
    #expect(finding.state == example.state, "\(finding.seen)")
    #expect(finding.seen.contains(example.seen), "\(finding.seen)")
    #expect(finding.settings == example.settings)
    #expect(!finding.cost.isEmpty)
    // Whatever can be mended says how, and what is as it should be asks for nothing.
    #expect((finding.remedy != nil) == (example.state == .spoils) || example.state == .cannotBeChanged)
  }

  private static let processorsCases: [Case] = [
    Case(Governor(), ["\(cpu)/cpu0/cpufreq/scaling_governor": "performance"], .good, "performance on every CPU"),
    Case(
      Governor(),
      [
        "\(cpu)/cpu0/cpufreq/scaling_governor": "powersave", "\(cpu)/cpu10/cpufreq/scaling_governor": "powersave",
        "\(cpu)/cpu2/cpufreq/scaling_governor": "performance",
      ], .spoils, "powersave on 2 of 3 CPUs",
      [
        Setting("\(cpu)/cpu0/cpufreq/scaling_governor", "performance"), Setting("\(cpu)/cpu10/cpufreq/scaling_governor", "performance"),
      ]),
    Case(
      Governor(),
      ["\(cpu)/cpu0/cpufreq/scaling_governor": "userspace", "\(cpu)/cpu0/cpufreq/scaling_available_governors": "userspace powersave"],
      .cannotBeChanged, "offers no \"performance\""),
    Case(Governor(), virtual, .unknown, "not visible in this virtual machine"),
    Case(Governor(), bare, .unknown, "this kernel does not tell"),
    Case(Governor(), ["\(cpu)/cpu0/cpufreq/scaling_governor": ""], .unknown, "not understood"),

    Case(Turbo(), ["\(cpu)/intel_pstate/no_turbo": "1"], .good, "off"),
    Case(Turbo(), ["\(cpu)/intel_pstate/no_turbo": "0"], .spoils, "on", [Setting("\(cpu)/intel_pstate/no_turbo", "1")]),
    Case(Turbo(), ["\(cpu)/cpufreq/boost": "1"], .spoils, "on", [Setting("\(cpu)/cpufreq/boost", "0")]),
    Case(Turbo(), ["\(cpu)/cpufreq/boost": "0"], .good, "off"),
    Case(Turbo(), virtual, .unknown, "not visible"),
    Case(Turbo(), ["\(cpu)/cpufreq/boost": "perhaps"], .unknown, "holds \"perhaps\""),

    Case(
      IdleStates(),
      [
        "\(cpu)/cpu0/cpuidle/state0/latency": "0", "\(cpu)/cpu0/cpuidle/state0/disable": "0", "\(cpu)/cpu0/cpuidle/state1/latency": "133",
        "\(cpu)/cpu0/cpuidle/state1/disable": "0",
      ], .spoils, "133 µs", [Setting("\(cpu)/cpu0/cpuidle/state1/disable", "1")]),
    Case(
      IdleStates(), ["\(cpu)/cpu0/cpuidle/state1/latency": "133", "\(cpu)/cpu0/cpuidle/state1/disable": "1"], .good, "none takes more"),
    Case(IdleStates(), virtual, .unknown, "not visible"),
    Case(IdleStates(), ["\(cpu)/cpu0/cpuidle/state1/latency": "soon"], .unknown, "holds \"soon\""),

    Case(SimultaneousThreads(), ["\(cpu)/smt/control": "on"], .spoils, "on", [Setting("\(cpu)/smt/control", "off")]),
    Case(SimultaneousThreads(), ["\(cpu)/smt/control": "forceoff"], .good, "off"),
    Case(SimultaneousThreads(), bare.merging(["\(cpu)/smt/control": "notsupported"]) { $1 }, .good, "has none"),
    Case(SimultaneousThreads(), virtual.merging(["\(cpu)/smt/control": "notsupported"]) { $1 }, .unknown, "not visible"),
    Case(SimultaneousThreads(), [:], .unknown, "does not tell"),
    Case(SimultaneousThreads(), ["\(cpu)/smt/control": "sideways"], .unknown, "holds \"sideways\""),
  ]

  @Test(arguments: processorsCases) func processors(_ example: Case) throws { try examine(example) }

  private static let clockAndMemoryCases: [Case] = [
    Case(ClockSource(), ["\(clock)/current_clocksource": "tsc", "\(clock)/available_clocksource": "tsc hpet acpi_pm"], .good, "tsc"),
    Case(
      ClockSource(), ["\(clock)/current_clocksource": "hpet", "\(clock)/available_clocksource": "hpet tsc"], .spoils, "hpet",
      [Setting("\(clock)/current_clocksource", "tsc")]),
    Case(
      ClockSource(), ["\(clock)/current_clocksource": "hpet", "\(clock)/available_clocksource": "hpet acpi_pm"], .cannotBeChanged, "hpet"),
    Case(ClockSource(), [:], .unknown, "does not tell"),
    Case(
      ClockSource(), ["\(clock)/current_clocksource": "sundial", "\(clock)/available_clocksource": "tsc"], .unknown, "holds \"sundial\""),

    Case(HugePages(), [pages: "[always] madvise never"], .spoils, "everybody", [Setting(pages, "madvise")]),
    Case(HugePages(), [pages: "always [madvise] never"], .good, "madvise"),
    Case(HugePages(), [pages: "always madvise [never]"], .good, "nobody"),
    Case(HugePages(), [:], .unknown, "does not tell"),
    Case(HugePages(), [pages: "always [sometimes"], .unknown, "holds \"always [sometimes\""),

    Case(HugePageDefragmentation(), [pages: "always [madvise] never", defrag: "always defer [madvise] never"], .good, "who ask"),
    Case(
      HugePageDefragmentation(), [pages: "always [madvise] never", defrag: "[always] defer madvise never"], .spoils, "for everybody",
      [Setting(defrag, "madvise")]),
    Case(HugePageDefragmentation(), [pages: "always madvise [never]", defrag: "[always] defer madvise never"], .good, "no huge pages"),
    Case(HugePageDefragmentation(), [defrag: "always defer [defer+madvise] madvise never"], .good, "in the background, at once"),
    Case(HugePageDefragmentation(), [defrag: "always [defer] madvise never"], .good, "in the background"),
    Case(HugePageDefragmentation(), [defrag: "always defer madvise [never]"], .good, "never"),
    Case(HugePageDefragmentation(), [:], .unknown, "does not tell"),
    Case(HugePageDefragmentation(), [defrag: "[perhaps]"], .unknown, "holds \"[perhaps]\""),

    Case(Swappiness(), ["/proc/swaps": swap, "/proc/sys/vm/swappiness": "60"], .good, "there is no swap"),
    Case(
      Swappiness(), ["/proc/swaps": "\(swap)\n/dev/sda2 partition 1000 0 -2", "/proc/sys/vm/swappiness": "60"], .spoils, "60",
      [Setting("/proc/sys/vm/swappiness", "10")]),
    Case(Swappiness(), ["/proc/swaps": "\(swap)\n/dev/sda2 partition 1000 0 -2", "/proc/sys/vm/swappiness": "1"], .good, "1"),
    Case(Swappiness(), ["/proc/swaps": "\(swap)\n/dev/sda2 partition 1000 0 -2", "/proc/sys/vm/swappiness": "no"], .unknown, "\"no\""),
    Case(Swappiness(), [:], .unknown, "does not tell"),
    Case(SwapInUse(), ["/proc/swaps": "\(swap)\n/dev/sda2 partition 9000000 2097152 -2"], .spoils, "2 GiB"),
    Case(SwapInUse(), ["/proc/swaps": "\(swap)\n/dev/sda2 partition 9000000 0 -2"], .good, "nothing"),
    Case(SwapInUse(), ["/proc/swaps": swap], .good, "no swap"),
    Case(SwapInUse(), ["/proc/swaps": "gibberish"], .unknown, "not understood"),
    Case(SwapInUse(), [:], .unknown, "does not tell"),

    Case(FreeMemory(), ["/proc/meminfo": "MemTotal: 8 kB\nMemAvailable:   2097152 kB"], .good, "2 GiB"),
    Case(FreeMemory(), ["/proc/meminfo": "MemAvailable:   307200 kB"], .spoils, "300 MiB"),
    Case(FreeMemory(), ["/proc/meminfo": "MemAvailable: plenty"], .unknown, "not understood"),
    Case(FreeMemory(), [:], .unknown, "does not tell"),
  ]

  @Test(arguments: clockAndMemoryCases) func clockAndMemory(_ example: Case) throws { try examine(example) }

  private static let kernelSwitchesCases: [Case] = [
    Case(KernelSwitch.watchdog, [watchdog: "1"], .spoils, "on", [Setting(watchdog, "0")]),
    Case(KernelSwitch.watchdog, [watchdog: "0"], .good, "off"),
    Case(KernelSwitch.watchdog, virtual, .unknown, "not visible"),
    Case(KernelSwitch.watchdog, [watchdog: "woof"], .unknown, "holds \"woof\""),

    Case(KernelSwitch.softWatchdog, [softWatchdog: "1", watchdog: "0"], .spoils, "on", [Setting(softWatchdog, "0")]),
    Case(KernelSwitch.softWatchdog, [softWatchdog: "0"], .good, "off"),
    Case(KernelSwitch.softWatchdog, [:], .unknown, "does not tell"),
    Case(KernelSwitch.softWatchdog, [softWatchdog: "woof"], .unknown, "holds \"woof\""),

    Case(
      KernelSwitch.numaBalancing,
      [
        balancing: "1", "/sys/devices/system/node/node0/x": "", "/sys/devices/system/node/node1/x": "",
        "/sys/devices/system/node/online": "",
      ],
      .spoils, "on", [Setting(balancing, "0")]),
    Case(KernelSwitch.numaBalancing, [balancing: "1", "/sys/devices/system/node/node0/x": ""], .good, "there is one node"),
    Case(KernelSwitch.numaBalancing, [balancing: "0"], .good, "off"),
    Case(KernelSwitch.numaBalancing, [:], .unknown, "does not tell"),
    Case(KernelSwitch.numaBalancing, [balancing: "x"], .unknown, "not understood"),

    Case(KernelSwitch.samePageMerging, [merging: "1"], .spoils, "on", [Setting(merging, "0")]),
    Case(KernelSwitch.samePageMerging, [merging: "0"], .good, "off"),
    Case(KernelSwitch.samePageMerging, [merging: "2"], .good, "unmerged"),
    Case(KernelSwitch.samePageMerging, [:], .unknown, "does not tell"),
    Case(KernelSwitch.samePageMerging, [merging: "?"], .unknown, "not understood"),

    Case(KernelSwitch.timerMigration, twoProcessors.merging([timers: "1"]) { $1 }, .spoils, "on", [Setting(timers, "0")]),
    Case(KernelSwitch.timerMigration, ["\(cpu)/cpu0/online": "1", timers: "1"], .good, "one CPU"),
    Case(KernelSwitch.timerMigration, [timers: "0"], .good, "off"),
    Case(KernelSwitch.timerMigration, [:], .unknown, "does not tell"),
    Case(KernelSwitch.timerMigration, [timers: "-"], .unknown, "not understood"),
  ]

  @Test(arguments: kernelSwitchesCases) func kernelSwitches(_ example: Case) throws { try examine(example) }

  private static let kernelAndMachineCases: [Case] = [
    Case(AddressRandomization(), [layout: "2"], .good, "as it should stay"),
    Case(AddressRandomization(), [layout: "0"], .spoils, "fixed"),
    Case(AddressRandomization(), [layout: "1"], .spoils, "heap aside"),
    Case(AddressRandomization(), [layout: "7"], .unknown, "holds \"7\""),
    Case(AddressRandomization(), [:], .unknown, "does not tell"),

    Case(
      Mitigations(), ["\(cpu)/vulnerabilities/meltdown": "Mitigation: PTI", "\(cpu)/vulnerabilities/srbds": "Not affected"], .good,
      "1 at work: meltdown"),
    Case(Mitigations(), ["\(cpu)/vulnerabilities/meltdown": "Vulnerable"], .good, "none at work"),
    Case(Mitigations(), [:], .unknown, "does not tell"),

    Case(Virtualization(), bare, .good, "none"),
    Case(Virtualization(), virtual, .cannotBeChanged, "virtual machine"),
    Case(Virtualization(), virtual.merging(["/sys/class/dmi/id/sys_vendor": "QEMU"]) { $1 }, .cannotBeChanged, "(QEMU)"),
    Case(Virtualization(), ["/sys/hypervisor/type": "xen"], .cannotBeChanged, "(xen)"),
    Case(Virtualization(), [:], .unknown, "does not tell"),

    Case(
      ControlGroups(), [mounts: "cgroup2 /sys/fs/cgroup cgroup2 rw 0 0", "/sys/fs/cgroup/cgroup.controllers": "cpu io memory"], .good,
      "version 2, memory in version 2"),
    Case(
      ControlGroups(),
      [
        mounts: "c /sys/fs/cgroup/memory cgroup rw,relatime,memory 0 0\nc /sys/fs/cgroup/unified cgroup2 rw 0 0",
        "/sys/fs/cgroup/unified/cgroup.controllers": "",
      ], .good, "hybrid), memory in version 1"),
    Case(ControlGroups(), [mounts: "c /sys/fs/cgroup/cpu cgroup rw,cpu 0 0"], .spoils, "version 1, no memory controller"),
    Case(ControlGroups(), [mounts: "proc /proc proc rw 0 0"], .spoils, "none mounted"),
    Case(ControlGroups(), [mounts: "cgroup nonsense"], .spoils, "none mounted"),
    Case(ControlGroups(), [:], .unknown, "does not tell"),

    Case(Load(), twoProcessors.merging(["/proc/loadavg": "0.12 0.30 0.20 1/99 12"]) { $1 }, .good, "0.12 in the last minute on 2 CPUs"),
    Case(Load(), twoProcessors.merging(["/proc/loadavg": "1.90 0.30 0.20 1/99 12"]) { $1 }, .spoils, "1.9 in the last minute"),
    Case(Load(), ["/proc/loadavg": "heavy"], .unknown, "holds \"heavy\""),
    Case(Load(), [:], .unknown, "does not tell"),
  ]

  @Test(arguments: kernelAndMachineCases) func kernelAndMachine(_ example: Case) throws { try examine(example) }

  /// A machine of four processors, on some of which this process may run; each device is served by some.
  private static func interrupted(allowed: String, devices: [String] = [], isolated: String? = nil) -> [String: String] {
    var files = [
      "\(cpu)/online": "0-3", "/proc/self/status": "Name:\tharness\nCpus_allowed:\tf\nCpus_allowed_list:\t\(allowed)\nThreads:\t1",
    ]
    for (index, servers) in devices.enumerated() {
      files["/sys/kernel/irq/\(30 + index)/actions"] = "eth\(index)"
      files["/proc/irq/\(30 + index)/smp_affinity_list"] = "0-3"
      files["/proc/irq/\(30 + index)/effective_affinity_list"] = servers
    }
    // Asked for by no driver.
    files["/sys/kernel/irq/9/actions"] = ""
    files["/proc/irq/9/smp_affinity_list"] = "0-3"
    files["\(cpu)/isolated"] = isolated
    return files
  }

  private static let processorsToUseCases: [Case] = [
    Case(Interrupts(), interrupted(allowed: "2-3", devices: ["0", "1"]), .good, "none is served by CPUs 2-3"),
    Case(Interrupts(), interrupted(allowed: "2-3", devices: ["0", "3", "1-2"]), .spoils, "2 of 3 are served by CPUs 2-3"),
    // Of a device that never rang, and on older kernels, only those that may serve it are known.
    Case(Interrupts(), interrupted(allowed: "2-3", devices: [""]), .spoils, "1 of 1"),
    Case(Interrupts(), interrupted(allowed: "0-3", devices: ["0", "1"]), .cannotBeChanged, "2 devices, served by the CPUs"),
    Case(Interrupts(), interrupted(allowed: "2-3", devices: ["0", "somewhere"]), .unknown, "holds \"somewhere\""),
    Case(Interrupts(), interrupted(allowed: "2-3", devices: ["3-0"]), .unknown, "holds \"3-0\""),
    Case(Interrupts(), interrupted(allowed: "2-3"), .unknown, "does not tell"),
    Case(Interrupts(), interrupted(allowed: "9", devices: ["0"]), .unknown, "does not tell"),
    Case(Interrupts(), virtual, .unknown, "not visible in this virtual machine"),

    Case(OwnProcessors(), interrupted(allowed: "0-3"), .good, "all 4"),
    Case(OwnProcessors(), interrupted(allowed: "0-3", isolated: ""), .good, "all 4"),
    Case(OwnProcessors(), interrupted(allowed: "0,2-3"), .cannotBeChanged, "0,2-3, 3 of 4: this process is bound"),
    Case(OwnProcessors(), interrupted(allowed: "0-1", isolated: "2-3"), .good, "0-1, 2 of 4; 2-3 are isolated and stay unused"),
    Case(OwnProcessors(), interrupted(allowed: "0", isolated: "2-3"), .cannotBeChanged, "0, 1 of 4: this process is bound"),
    Case(OwnProcessors(), interrupted(allowed: "3", isolated: "2-3"), .good, "3, isolated from other work"),
    Case(OwnProcessors(), interrupted(allowed: "2-3", isolated: "2-3"), .spoils, "2-3, 2 of 4; 2-3 are isolated, and nothing is balanced"),
    Case(OwnProcessors(), interrupted(allowed: "0-3", isolated: "2-3"), .spoils, "2-3 are isolated"),
    Case(OwnProcessors(), interrupted(allowed: "0-3", isolated: "1,"), .unknown, "holds \"1,\""),
    Case(OwnProcessors(), interrupted(allowed: "all of them"), .unknown, "does not tell"),
    Case(OwnProcessors(), [:], .unknown, "does not tell"),
  ]

  @Test(arguments: processorsToUseCases) func processorsToUse(_ example: Case) throws { try examine(example) }

  @Test(arguments: ["", "0", "0-3", "0-1,3", "5,7-9,65535"]) func a_list_of_processors_goes_round(_ text: String) throws {
    #expect(try #require(ProcessorList(text)).description == text)
  }

  @Test(arguments: ["x", "-", "-1", "1-", "3-1", "1--2", "1,,2", ",", "1-2-3", "65536", "0-9999999999", "0 1"])
  func what_is_no_list_of_processors_is_refused(_ text: String) {
    #expect(ProcessorList(text) == nil)
  }

  private static let abilitiesAndDiskCases: [Case] = [
    Case(HardwareCounters(abilities: LauncherAbilities(lacking: [:])), [:], .good, "can be counted"),
    Case(
      HardwareCounters(abilities: LauncherAbilities(lacking: ["hardware-counters": "this machine has no hardware counters"])), [:],
      .cannotBeChanged, "has no hardware counters"),
    Case(
      HardwareCounters(abilities: LauncherAbilities(lacking: ["hardware-counters": "kernel.perf_event_paranoid is 3"])), [:], .spoils,
      "paranoid is 3"),
    Case(HardwareCounters(abilities: .ask("/nowhere/harness-launcher")), [:], .unknown, "has not been built"),
    Case(HardwareCounters(abilities: .ask("/bin/true")), [:], .unknown, "gave no answer"),
    Case(KernelMoments(abilities: LauncherAbilities(lacking: [:])), [:], .good, "stamps"),
    Case(
      KernelMoments(abilities: LauncherAbilities(lacking: ["kernel-moments": "kernel.perf_event_paranoid is 3"])), [:], .spoils,
      "paranoid is 3"),
    Case(
      KernelMoments(abilities: LauncherAbilities(lacking: ["kernel-moments": "the kernel has no perf events"])), [:], .cannotBeChanged,
      "no perf events"),
    Case(KernelMoments(abilities: .ask("/nowhere/harness-launcher")), [:], .unknown, "has not been built"),
    Case(FreeDisk(folder: "/proc/self/nowhere/at/all"), [:], .spoils, "0 KiB for results in /proc/self/nowhere/at/all"),
  ]

  @Test(arguments: abilitiesAndDiskCases) func abilitiesAndDisk(_ example: Case) throws { try examine(example) }
}
