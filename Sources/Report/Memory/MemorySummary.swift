import Observations
import Statistics

/// What each instance of an arm weighs whose trials hold instances: medians over the undisturbed ones, bytes.
public struct MemorySummary: Codable, Sendable, Equatable {
  /// How many a trial holds; nil where the workload is not known.
  public var instances: Int?
  /// Proportional memory of each.
  public var proportional: Double
  /// Of each after the first; nil for one.
  public var slope: Double?
  /// What no other process has.
  public var privateMemory: Double?
  /// What their cgroups are charged with; nil without cgroups.
  public var group: Double?
  /// Linear memory of the guest; nil where none is recognized.
  public var guest: Double?
  /// Proportional memory without the guest's.
  public var engine: Double?

  /// Nil where no trial held instances.
  init?(_ trials: [Observation], density: Int?) {
    let held = trials.compactMap(\.resources.held)
    func median(_ figure: (HeldMemory) -> UInt64?) -> Double? { Sample(held.compactMap { figure($0).map { Double($0) } })?.median }
    guard let proportional = median(\.proportional) else { return nil }
    instances = density
    self.proportional = proportional
    slope = median(\.slope)
    privateMemory = median(\.privateMemory)
    group = median(\.group)
    guest = median(\.guest)
    engine = median(\.engine)
  }
}

extension Tables {
  /// What is held, by whom it is counted: one group for every workload.
  static func memory(_ summary: Summary) -> Table? {
    let arms = summary.arms.filter { $0.memory != nil }
    guard !arms.isEmpty else { return nil }
    let groups = arms.map(\.workload).uniqued.map { workload in
      let rows = arms.filter { $0.workload == workload }
      let instances = rows.first?.memory?.instances.map { $0 == 1 ? ", one instance" : ", \(grouped(UInt64($0))) instances" } ?? ""
      return Table.Group(name: workload, detail: instances, rows: rows.compactMap { arm in arm.memory.map { row(arm.runtime, $0) } })
    }
    return Table(
      title: "Memory of each instance",
      note:
        "“proportional” shares out what processes share, “private” leaves it out, “cgroup” is what a limit counts, with files and the kernel's "
        + "part; “guest” is the linear memory within the proportional figure, “engine” the rest of it",
      columns: [
        .init(heading: "runtime"), .init(heading: "proportional", alignment: .trailing),
        .init(heading: "each further", alignment: .trailing, dropOrder: 3), .init(heading: "private", alignment: .trailing, dropOrder: 1),
        .init(heading: "cgroup", alignment: .trailing, dropOrder: 2), .init(heading: "guest", alignment: .trailing, dropOrder: 4),
        .init(heading: "engine", alignment: .trailing, dropOrder: 0),
      ], groups: groups)
  }

  private static func row(_ runtime: String, _ memory: MemorySummary) -> [Table.Cell] {
    let figures = [memory.proportional, memory.slope, memory.privateMemory, memory.group, memory.guest, memory.engine]
    return [.init(runtime)] + figures.map { .init($0.map(Quantity.metric(.instanceMemory).text) ?? "–") }
  }
}
