/// One thing about a machine that can spoil measurements.
public protocol Check: Sendable {
  /// In a word or two.
  var name: String { get }
  /// What it does to measurements where it is not as it should be: a sentence, and where that is from.
  var cost: String { get }

  /// Looks, and changes nothing.
  func examine(_ machine: MachineRoot) -> Seen
}

/// What a check saw, and what follows from it.
public struct Seen: Equatable, Sendable {
  public var state: Finding.State
  public var text: String
  public var remedy: String?
  public var settings: [Setting] = []

  static func good(_ text: String) -> Seen { Seen(state: .good, text: text) }

  static func spoils(_ text: String, mend remedy: String, _ settings: [Setting] = []) -> Seen {
    Seen(state: .spoils, text: text, remedy: remedy, settings: settings)
  }

  static func cannotBeChanged(_ text: String, instead remedy: String? = nil) -> Seen {
    Seen(state: .cannotBeChanged, text: text, remedy: remedy)
  }

  static func unknown(_ text: String) -> Seen { Seen(state: .unknown, text: text) }

  /// The kernel has no file for it. In a virtual machine that means that the host decides.
  static func absent(on machine: MachineRoot) -> Seen {
    unknown(machine.isVirtual ? "not visible in this virtual machine" : "this kernel does not tell")
  }

  /// A file holds what its documentation does not know.
  static func nonsense(_ path: String, on machine: MachineRoot) -> Seen {
    unknown("not understood: \(path) holds \"\((machine.line(path) ?? "").prefix(40))\"")
  }
}

extension Check {
  func finding(on machine: MachineRoot) -> Finding {
    let seen = examine(machine)
    return Finding(name: name, state: seen.state, seen: seen.text, cost: cost, remedy: seen.remedy, settings: seen.settings)
  }
}
