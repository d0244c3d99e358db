/// What instances weigh that are there together and do nothing: containers, processes, or instances in one process. Bytes of each of them:
/// that of all divided by their number.
public struct HeldMemory: Codable, Sendable, Equatable {
  /// Proportional memory (`Pss` of /proc/PID/smaps_rollup) of everything that is there for them, shims and helpers included: a page that n
  /// processes share counts a nth for each.
  public var proportional: UInt64
  /// By how much that of them all grew with each instance after the first; nil for one.
  public var slope: UInt64?
  /// Pages that no other process has (`Private_Clean` and `Private_Dirty`): what would be free again if they ended.
  /// Nil of runs that were measured before it was looked at.
  public var privateMemory: UInt64?
  /// What their cgroups are charged with, above what they were before: file pages and the kernel's own memory included, which is what a
  /// limit counts. Nil without cgroups.
  public var group: UInt64?
  /// The guests' linear memories, proportionally: that part of `proportional` which is no cost of the engine. Nil where none is recognized
  /// (`LinearMemory`).
  public var guest: UInt64?

  /// - Parameters: as the properties of the same names.
  public init(proportional: UInt64, slope: UInt64? = nil, privateMemory: UInt64?, group: UInt64? = nil, guest: UInt64? = nil) {
    self.proportional = proportional
    self.slope = slope
    self.privateMemory = privateMemory
    self.group = group
    self.guest = guest
  }

  /// What is not the guests' own.
  public var engine: UInt64? { guest.map { proportional - min($0, proportional) } }
}
