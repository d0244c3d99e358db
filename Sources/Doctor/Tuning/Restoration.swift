/// What became of settings that were to be set back.
public struct Restoration: Equatable, Sendable {
  /// Paths, in the order in which they were set back.
  public internal(set) var restored: [String] = []
  /// Those that somebody else has changed since, which stay as they are, and what they are at.
  public internal(set) var foreign: [String] = []
  /// Those that could not be set back, and why.
  public internal(set) var failed: [String] = []

  /// Sets back what the steps changed, the last one first.
  init(of steps: [TuningJournal.Step], on machine: MachineRoot) {
    for step in steps.reversed() {
      guard let value = machine.value(step.path) else {
        foreign.append("\(step.path) (gone)")
        continue
      }
      // Where it never got as far as the change.
      if value == step.old { continue }
      guard value == step.new else {
        foreign.append("\(step.path) (now \(value))")
        continue
      }
      do throws(SystemFailure) {
        try machine.set(step.path, to: step.old)
        restored.append(step.path)
      } catch {
        failed.append("\(step.path) to \(step.old) (\(error))")
      }
    }
  }

  /// What happened, in words that follow a colon.
  public var sentence: String {
    var parts = ["\(settingsText(restored.count)) set back"]
    if !foreign.isEmpty { parts.append("changed by somebody else since and left alone: \(foreign.joined(separator: ", "))") }
    if !failed.isEmpty { parts.append("could not be set back: \(failed.joined(separator: ", "))") }
    return parts.joined(separator: "; ")
  }
}

/// `1 setting`, `8 settings`.
func settingsText(_ count: Int) -> String { count == 1 ? "1 setting" : "\(count) settings" }
