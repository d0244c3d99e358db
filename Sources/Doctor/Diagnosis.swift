/// Everything that was found on a machine.
public struct Diagnosis: Encodable, Sendable {
  /// Worst first; those of a state in the order in which they were looked for.
  public let findings: [Finding]

  /// - Parameter findings: in any order.
  public init(_ findings: [Finding]) {
    self.findings = Finding.State.allCases.flatMap { state in findings.filter { $0.state == state } }
  }

  /// Looks at a machine.
  ///
  /// - Parameters:
  ///   - activity: what its processes did for a moment.
  ///   - abilities: what the launcher can count here.
  ///   - results: the folder results go to.
  ///   - others: what was found by others, for instance of runtimes.
  public init(of machine: MachineRoot, activity: ActivitySample, abilities: LauncherAbilities, results: String, others: [Finding]) {
    let checks: [any Check] = [
      Load(), BusyProcesses(sample: activity), StolenTime(sample: activity), FreeMemory(), SwapInUse(), FreeDisk(folder: results),
      ControlGroups(), HardwareCounters(abilities: abilities), KernelMoments(abilities: abilities), Virtualization(),
      OwnProcessors(), Interrupts(), AddressRandomization(), Mitigations(),
    ]
    self.init(Self.settable(on: machine) + checks.map { $0.finding(on: machine) } + others)
  }

  /// What can be set, in the order in which it is to be set. Simultaneous threads come last: turning them off takes processors away, and
  /// with them the files of what was set for those.
  public static func settable(on machine: MachineRoot) -> [Finding] {
    let checks: [any Check] = [
      Governor(), Turbo(), IdleStates(), ClockSource(), HugePages(), HugePageDefragmentation(), Swappiness(),
      KernelSwitch.numaBalancing, KernelSwitch.samePageMerging, KernelSwitch.watchdog, KernelSwitch.softWatchdog,
      KernelSwitch.timerMigration, SimultaneousThreads(),
    ]
    return checks.map { $0.finding(on: machine) }
  }

  /// Whether something spoils measurements that can be mended.
  public var isSpoilt: Bool { count(.spoils) > 0 }

  public func count(_ state: Finding.State) -> Int { findings.count { $0.state == state } }
}
