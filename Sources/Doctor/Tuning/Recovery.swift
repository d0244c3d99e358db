import Glibc

/// Restores a machine after whoever tuned it.
public enum Recovery {
  /// Where the process that tuned the machine was killed, sets everything back. Every command begins with this; where there is no journal
  /// it costs one look.
  /// - Returns: a line for people, or nil where there was nothing to do.
  public static func afterKilled(on machine: MachineRoot, state: String) -> String? {
    guard StateFolder.hasJournal(state) else { return nil }
    do throws(TuningError) {
      let folder = try StateFolder(state, creating: false)
      guard let journal = try journal(in: folder), journal.head.machine == machine.prefix, !journal.isOfThisBoot || journal.isAbandoned
      else {
        return nil
      }
      let lock = try folder.lock()
      defer { withExtendedLifetime(lock) {} }
      guard let restoration = try restore(journal, in: folder, on: machine) else { return nil }
      return "note: harness doctor --tune was killed (process \(journal.head.owner.process)): \(restoration.sentence)"
    } catch {
      switch error.reason {
      // Somebody else is restoring it at this moment.
      case .busy: return nil
      case .notAllowed:
        return "warning: harness doctor --tune was killed and the machine is still tuned; restore it: sudo harness doctor --restore"
      case .damaged, .inputOutput, .missing: return "warning: a tuned machine could not be restored: \(error.line)"
      }
    }
  }

  /// Sets back what a tuning changed that is to stay, or that was killed.
  /// - Returns: nil where the machine is not tuned.
  /// - Throws: `TuningError`; `busy` where a living process has tuned it.
  public static func restoration(on machine: MachineRoot, state: String) throws(TuningError) -> Restoration? {
    guard StateFolder.hasJournal(state) else { return nil }
    let folder = try StateFolder(state, creating: false)
    guard let journal = try journal(in: folder) else { return nil }
    if !journal.isKept, journal.head.owner.isAlive {
      throw TuningError(
        .busy, "process \(journal.head.owner.process) has tuned this machine and restores it when it ends; wait for it or end it first")
    }
    guard journal.head.machine == machine.prefix else {
      throw TuningError(.damaged, "\(folder.journalPath): of another machine root (\"\(journal.head.machine)\")")
    }
    let lock: TuningLock
    do throws(TuningError) { lock = try folder.lock() } catch {
      throw error.reason == .notAllowed ? needsRoot("restore this machine", "--restore") : error
    }
    defer { withExtendedLifetime(lock) {} }
    return try restore(journal, in: folder, on: machine)
  }

  /// How the machine stands, for people; nil where it is not tuned.
  public static func standing(_ state: String) -> String? {
    guard StateFolder.hasJournal(state), let folder = try? StateFolder(state, creating: false), let journal = try? journal(in: folder),
      journal.isOfThisBoot
    else { return nil }
    let count = "\(settingsText(journal.steps.count)) tuned"
    if journal.isKept { return "\(count); back to what they were: harness doctor --restore" }
    return journal.head.owner.isAlive ? "\(count) by process \(journal.head.owner.process), until it ends" : nil
  }

  private static func journal(in folder: StateFolder) throws(TuningError) -> TuningJournal? {
    guard let text = try folder.readJournal() else { return nil }
    return try TuningJournal(text, path: folder.journalPath)
  }

  /// With the lock in hand. What could not be set back stays in the journal.
  private static func restore(
    _ journal: TuningJournal, in folder: StateFolder, on machine: MachineRoot
  ) throws(TuningError) -> Restoration? {
    // Somebody may have been faster, and may even have tuned the machine anew.
    guard try self.journal(in: folder) == journal else { return nil }
    guard journal.isOfThisBoot else {
      try folder.removeJournal()
      return nil
    }
    let forbidden = journal.steps.map(\.path).filter { machine.exists($0) && !machine.isWritable($0) }
    if !forbidden.isEmpty, geteuid() != 0 { throw needsRoot("set \(listed(forbidden)) back", "--restore") }
    let restoration = Restoration(of: journal.steps, on: machine)
    if restoration.failed.isEmpty { try folder.removeJournal() }
    return restoration
  }
}
