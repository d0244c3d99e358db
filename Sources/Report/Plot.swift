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
  /// Decides where on a page it stands.
  var kind = Kind.distribution

  enum Kind { case distribution, timeline, growth, warmUp }

  /// Every plot of a run: how memory grows, then for each workload its warm-up, its distributions and its timelines.
  static func all(_ results: RunResults, _ summary: Summary) -> [Plot] {
    let counted = CountedTrials(results.observations)
    let validity = Validity(counted.all, of: results)
    let values = MeasuredValues(results, counted, validity)
    var names = FileNames()
    var plots = GrowthPlot.all(summary, &names)
    for workload in summary.arms.map(\.workload).uniqued {
      let arms = summary.arms.filter { $0.workload == workload }
      if let warmUp = WarmUpPlot(workload: workload, arms: arms, counted, validity) {
        plots.append(warmUp.plot(named: names.name("warm-up-\(workload)")))
      }
      for quantity in summary.quantities {
        guard let plot = DistributionPlot(workload: workload, quantity: quantity, arms: arms, values: values) else { continue }
        plots.append(plot.plot(named: names.name("distribution-\(workload)-\(quantity.identifier)")))
      }
      // A task is followed further than a process, and takes many times as long: they share no axis.
      for arms in [arms.filter { $0.path != .tasks }, arms.filter { $0.path == .tasks }] {
        let plot = TimelinePlot(workload: workload, arms: arms) { arm in
          counted.trials(of: workload, in: arm.runtime).filter(validity.isValid)
        }
        if let plot { plots.append(plot.plot(named: names.name("phases-\(workload)"))) }
      }
    }
    return plots
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
