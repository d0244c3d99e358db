import Observations
import Statistics

/// How the memory of a runtime grows with the number of instances: a line through workloads that differ in nothing else.
///
/// Each block gives a line by least squares; the slope is the median of the blocks' slopes, with its order-statistic interval.
public struct MemoryGrowth: Codable, Sendable, Equatable {
  /// What the workloads' names have in common.
  public var name: String
  /// Name of the runtime.
  public var runtime: String
  /// The road to the guest.
  public var path: RuntimePath
  /// Bytes for each instance.
  public var slope: Estimate
  /// Bytes that are there for no instance: median over the blocks.
  public var fixed: Double
  /// Medians of what all instances weigh together, by their number, ascending.
  public var points: [Point]
  /// How far the point that is farthest from the line lies from it, as a share of what is there.
  public var deviation: Double

  /// What so many instances weigh.
  public struct Point: Codable, Sendable, Equatable {
    /// Held at once.
    public var instances: Int
    /// Proportional memory of all together, bytes.
    public var bytes: Double
  }

  /// One for every runtime and every set of workloads that differ in the number of instances alone.
  static func all(_ results: RunResults, _ counted: CountedTrials, _ validity: Validity) -> [MemoryGrowth] {
    var kinds: [(kind: Workload, workloads: [Workload])] = []
    for workload in results.workloads where workload.density != nil {
      if let index = kinds.firstIndex(where: { $0.kind == workload.kind }) {
        kinds[index].workloads.append(workload)
      } else {
        kinds.append((workload.kind, [workload]))
      }
    }
    return kinds.filter { Set($0.workloads.map(\.density)).count > 1 }.flatMap { kind in
      results.describedRuntimes.compactMap { MemoryGrowth(kind.workloads, $0, counted, validity) }
    }
  }

  private init?(_ workloads: [Workload], _ runtime: RuntimeDescription, _ counted: CountedTrials, _ validity: Validity) {
    var blocks: [Int: [(x: Double, y: Double)]] = [:]
    var totals: [Int: [Double]] = [:]
    for workload in workloads {
      guard let density = workload.density else { continue }
      for trial in counted.trials(of: workload.name, in: runtime.name) where validity.isValid(trial) {
        guard let held = trial.resources.held else { continue }
        let total = Double(held.proportional) * Double(density)
        blocks[trial.block, default: []].append((Double(density), total))
        totals[density, default: []].append(total)
      }
    }
    let lines = blocks.values.compactMap(LineFit.init)
    guard let slopes = Sample(lines.map(\.slope)), let fixed = Sample(lines.map(\.intercept))?.median else { return nil }
    name = Self.commonName(workloads.map(\.name))
    self.runtime = runtime.name
    path = runtime.path
    slope = slopes.medianEstimate
    self.fixed = fixed
    let points = totals.sorted { $0.key < $1.key }.compactMap { instances, totals in
      Sample(totals).map { Point(instances: instances, bytes: $0.median) }
    }
    let median = slopes.median
    self.points = points
    deviation = points.map { abs($0.bytes - fixed - median * Double($0.instances)) / max($0.bytes, 1) }.max() ?? 0
  }

  /// Where the line is, bytes.
  func line(at instances: Double) -> Double { fixed + slope.value * instances }

  /// "held" of "held-1" and "held-10".
  static func commonName(_ names: [String]) -> String {
    let common = names.dropFirst().reduce(names.first ?? "") { $0.commonPrefix(with: $1) }
    let trimmed = common.reversed().drop { $0.isNumber || "-_.".contains($0) }.reversed()
    return trimmed.isEmpty ? names.first ?? "" : String(trimmed)
  }
}

extension Workload {
  /// The same whatever its name, its number of instances and its arms.
  fileprivate var kind: Workload {
    var kind = self
    kind.name = ""
    kind.density = nil
    kind.arms = []
    return kind
  }
}

extension Tables {
  /// Lines of memory over instances: one group for every set of workloads.
  static func growth(_ summary: Summary) -> Table? {
    guard !summary.growth.isEmpty else { return nil }
    let quantity = Quantity.metric(.instanceSlope)
    let groups = summary.growth.map(\.name).uniqued.map { name in
      Table.Group(
        name: name,
        rows: summary.growth.filter { $0.name == name }.map { growth in
          let slope = EstimateText(growth.slope, of: quantity)
          return [
            .init(growth.runtime), .init(slope.value), .init(slope.interval), .init(quantity.text(growth.fixed)),
            .init(growth.points.map { grouped(UInt64($0.instances)) }.joined(separator: " · "), .quiet),
            .init(percentText(growth.deviation), .quiet),
          ]
        })
    }
    return Table(
      title: "Memory over instances",
      note: "proportional memory of all together: a line through their numbers; “off” is how far the farthest point lies from it",
      columns: [
        .init(heading: "runtime"), .init(heading: "for each", alignment: .trailing), .init(heading: "95 %", dropOrder: 3),
        .init(heading: "for none", alignment: .trailing, dropOrder: 2), .init(heading: "instances", alignment: .trailing, dropOrder: 1),
        .init(heading: "off", alignment: .trailing, dropOrder: 0),
      ], groups: groups)
  }
}
