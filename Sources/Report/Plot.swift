import Observations
import Statistics

/// A plot as gnuplot draws it: a script and its data, which a person can edit and run again.
struct Plot {
  /// Names the files: `NAME.gp`, `NAME.dat` and, once drawn, `NAME.svg`.
  var name: String
  var workload: String
  /// For people who see the plot, and for those who have it read to them.
  var title: String
  var description: String
  var script: String
  var data: String
  /// The numbers of a timeline, of which many are too small to be seen; nil for other plots.
  var figures: Table?

  /// Every plot of a run: for each workload its distributions, then its timelines.
  static func all(_ results: RunResults, _ summary: Summary) -> [Plot] {
    let counted = CountedTrials(results.observations)
    let validity = Validity(counted.all, cache: results.run.cache, cpuCount: results.environment?.cpuCount ?? 1)
    let values = MeasuredValues(results, counted, validity)
    var names = FileNames()
    return summary.arms.map(\.workload).uniqued.flatMap { workload in
      let arms = summary.arms.filter { $0.workload == workload }
      let distributions = summary.quantities.compactMap { quantity in
        DistributionPlot(workload: workload, quantity: quantity, arms: arms, values: values)?
          .plot(named: names.name("distribution-\(workload)-\(quantity.identifier)"))
      }
      // A task is followed further than a process, and takes many times as long: they share no axis.
      let timelines = [arms.filter { $0.path != .tasks }, arms.filter { $0.path == .tasks }].compactMap { arms in
        TimelinePlot(workload: workload, arms: arms) { arm in counted.trials(of: workload, in: arm.runtime).filter(validity.isValid) }
      }
      return distributions + timelines.map { $0.plot(named: names.name("phases-\(workload)")) }
    }
  }
}

extension Plot {
  /// The first plot of every workload, then the second of every one: a page may have no room for all.
  static func mostTellingFirst(_ plots: [Plot]) -> [Plot] {
    var rank: [String: Int] = [:]
    let ranked = plots.map { plot -> (rank: Int, plot: Plot) in
      rank[plot.workload, default: -1] += 1
      return (rank[plot.workload] ?? 0, plot)
    }
    return (0..<((rank.values.max() ?? -1) + 1)).flatMap { number in ranked.filter { $0.rank == number }.map(\.plot) }
  }
}

/// File names made from names people chose: letters, digits, dots and dashes only, and no name twice.
struct FileNames {
  private var taken: Set<String> = []

  mutating func name(_ wanted: String) -> String {
    let safe = String(wanted.prefix(80).map { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == ".") ? $0 : "-" })
    var name = safe
    var number = 2
    while !taken.insert(name).inserted {
      name = "\(safe)-\(number)"
      number += 1
    }
    return name
  }
}
