import Glibc

/// Settings of a machine that are changed for a time.
///
/// Before each change its old value is on disk, so that whoever comes after a killed process can undo what that did (`Recovery`).
public final class Tuning {
  private let machine: MachineRoot
  private let folder: StateFolder
  private let lock: TuningLock
  private var steps: [TuningJournal.Step] = []
  /// Settings that could not be made, and why.
  public private(set) var refusals: [String] = []

  /// How many settings were changed.
  public private(set) var changes = 0

  /// Makes the settings that are not yet as wanted.
  /// - Parameters:
  ///   - settings: in the order in which they are to be made.
  ///   - state: the folder of the journal, which is made where it is absent.
  /// - Throws: `TuningError`; the machine is then as it was.
  public init(_ settings: [Setting], on machine: MachineRoot, state: String) throws(TuningError) {
    self.machine = machine
    let forbidden = settings.map(\.path).filter { machine.exists($0) && !machine.isWritable($0) }
    if !forbidden.isEmpty, geteuid() != 0 { throw needsRoot("set \(listed(forbidden))", "--tune") }
    guard let owner = ProcessIdentity(getpid()) else {
      throw TuningError(.inputOutput, "/proc is not mounted; mount it: mount -t proc proc /proc")
    }
    folder = try StateFolder(state, creating: true)
    lock = try folder.lock()
    try Self.checkNobodyElse(folder)
    try folder.beginJournal(with: TuningJournal.line(TuningJournal.Head(machine: machine.prefix, owner: owner)))
    do throws(TuningError) {
      for setting in settings { try apply(setting) }
    } catch {
      restore()
      throw error
    }
  }

  /// How much was changed, in words: `8 settings`.
  public var extent: String { settingsText(changes) }

  /// Leaves the machine as it is now when this process has ended.
  /// - Throws: `TuningError` where that cannot be noted; the machine is then as it was.
  public func keep() throws(TuningError) {
    do throws(TuningError) { try folder.append(TuningJournal.keptLine) } catch {
      restore()
      throw error
    }
  }

  /// Sets everything back, the last change first.
  @discardableResult
  public func restore() -> Restoration {
    let restoration = Restoration(of: steps, on: machine)
    if restoration.failed.isEmpty { try? folder.removeJournal() }
    return restoration
  }

  private func apply(_ setting: Setting) throws(TuningError) {
    guard let old = machine.value(setting.path) else {
      refusals.append("\(setting.path): cannot be read")
      return
    }
    guard old != setting.wanted else { return }
    let step = TuningJournal.Step(path: setting.path, old: old, new: setting.wanted)
    try folder.append(TuningJournal.line(step))
    steps.append(step)
    do throws(SystemFailure) {
      try machine.set(setting.path, to: setting.wanted)
      let now = machine.value(setting.path)
      guard now == setting.wanted else {
        refusals.append("\(setting.path): stays at \(now ?? "nothing")")
        return
      }
      changes += 1
    } catch {
      refusals.append("\(setting.path): \(error)")
    }
  }

  /// With the lock in hand, a journal is of somebody who ended.
  private static func checkNobodyElse(_ folder: StateFolder) throws(TuningError) {
    guard let text = try folder.readJournal() else { return }
    let journal = try TuningJournal(text, path: folder.journalPath)
    guard journal.isOfThisBoot else { return }
    throw TuningError(
      .busy,
      journal.isKept
        ? "the machine is tuned already; restore it first: harness doctor --restore"
        : "process \(journal.head.owner.process) tuned this machine and did not restore it; do so first: harness doctor --restore")
  }
}

func needsRoot(_ what: String, _ option: String) -> TuningError {
  TuningError(.notAllowed, "only root can \(what); nothing was changed; run: sudo harness doctor \(option)")
}

/// The first few, and how many more.
private let listedNames = 3
func listed(_ names: [String]) -> String {
  let more = names.count > listedNames ? " and \(names.count - listedNames) more" : ""
  return names.prefix(listedNames).joined(separator: ", ") + more
}
