/// What a check found.
public struct Finding: Encodable, Equatable, Sendable {
  /// Worst first.
  public enum State: String, Encodable, CaseIterable, Sendable {
    /// It spoils measurements, and can be mended.
    case spoils
    /// It is not here: less can be measured, nothing is measured wrongly.
    case missing
    /// It spoils measurements or narrows what can be said, and nobody can mend it from inside this machine.
    case cannotBeChanged
    /// This machine does not tell.
    case unknown
    case good
  }

  /// What was looked at, in a word or two.
  public var name: String
  public var state: State
  /// What was seen, in a few words.
  public var seen: String
  /// What it does to measurements where it is not as it should be, and where that is from.
  public var cost: String
  /// How to mend it: a command to type, or what to do; nil where there is nothing to do.
  public var remedy: String?
  /// What `harness doctor --tune` sets, in this order; empty where a person has to mend it.
  public var settings: [Setting]

  /// - Parameters: as the properties of the same names.
  public init(name: String, state: State, seen: String, cost: String, remedy: String? = nil, settings: [Setting] = []) {
    self.name = name
    self.state = state
    self.seen = seen
    self.cost = cost
    self.remedy = remedy
    self.settings = settings
  }
}

/// A file of the kernel and what it should hold.
public struct Setting: Codable, Equatable, Sendable {
  /// Below `/sys` or `/proc/sys`.
  public var path: String
  public var wanted: String

  /// - Parameters: as the properties of the same names.
  public init(_ path: String, _ wanted: String) {
    self.path = path
    self.wanted = wanted
  }
}
