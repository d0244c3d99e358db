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

  /// Every plot of a run: for each workload its distributions, then its phases.
  static func all(_ results: RunResults, _ summary: Summary) -> [Plot] {
    let counted = CountedTrials(results.observations)
    let values = MeasuredValues(results, counted)
    var names = FileNames()
    return summary.arms.map(\.workload).uniqued.flatMap { workload in
      let arms = summary.arms.filter { $0.workload == workload }
      let distributions = summary.quantities.compactMap { quantity in
        DistributionPlot(workload: workload, quantity: quantity, arms: arms, values: values)?
          .plot(named: names.name("distribution-\(workload)-\(quantity.identifier)"))
      }
      let phases = PhasePlot(workload: workload, arms: arms)?.plot(named: names.name("phases-\(workload)"))
      return distributions + [phases].compactMap(\.self)
    }
  }
}

/// File names made from names people chose: letters, digits, dots and dashes only, and no name twice.
private struct FileNames {
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

/// What all scripts have in common.
enum PlotScript {
  /// The beginning of a script: how to run it, its size and its looks.
  /// - Parameter height: in pixels; an expression of gnuplot's.
  static func opening(name: String, title: String, height: String) -> String {
    """
    # \(comment(title))
    # Edit this script or \(name).dat, then draw it again: gnuplot \(name).gp
    # Other sizes and formats: gnuplot -e "WIDTH=400" \(name).gp, or another `set terminal` below.
    if (!exists("WIDTH")) WIDTH = 860
    if (!exists("OUTPUT")) OUTPUT = '\(name).svg'
    set terminal svg size WIDTH, \(height) dynamic font 'sans-serif,13'
    if (strlen(OUTPUT)) set output OUTPUT
    set encoding utf8
    set border 1 linecolor rgb '\(Palette.quiet.light)'
    set tics nomirror textcolor rgb '\(Palette.ink.light)'
    set ytics scale 0
    set grid xtics linecolor rgb '\(Palette.grid.light)' linetype 1 linewidth 1

    """
  }

  /// A string in single quotes, in which gnuplot obeys nothing: no backslash, no backquote, no macro.
  static func quoted(_ text: String) -> String { "'" + printable(text).replacing("'", with: "''") + "'" }

  /// A text that stays inside its comment line.
  static func comment(_ text: String) -> String { printable(text) }

  /// Rows counted from the top: the first row is at 0, the next at −1.
  static func rowLabels(_ labels: [String]) -> String {
    "set ytics (" + labels.enumerated().map { "\(quoted(shortened($1, to: 28))) \(-$0)" }.joined(separator: ", ") + ") noenhanced\n"
  }
}

/// Where an axis of time or memory has its marks, in the unit it is labelled with.
struct PlotAxis {
  var unit: Unit
  var isLogarithmic: Bool
  var lower: Double
  var upper: Double
  /// Marks of a logarithmic axis; a linear one leaves them to gnuplot.
  var marks: [Double]

  /// - Parameter values: in base units, at least one, all positive where the axis is to be logarithmic.
  init(_ values: Sample, _ dimension: Quantity.Dimension) {
    unit = Unit.fitting(values.median, dimension)
    let (minimum, maximum) = (values.minimum / unit.size, values.maximum / unit.size)
    isLogarithmic = minimum > 0 && maximum / minimum > 10
    if isLogarithmic {
      lower = minimum / 1.3
      upper = maximum * 1.3
      marks = Self.logarithmicMarks(lower, upper)
    } else {
      let room = max((maximum - minimum) * 0.06, abs(maximum) * 0.005, 1e-9)
      lower = minimum - room
      upper = maximum + room
      marks = []
    }
  }

  /// Powers of ten, and 2 and 5 times as much where there is room for them.
  private static func logarithmicMarks(_ lower: Double, _ upper: Double) -> [Double] {
    let steps: [Double] = upper / lower < 300 ? [1, 2, 5] : [1]
    var power = 1e-9
    var marks: [Double] = []
    while power <= upper {
      marks += steps.map { $0 * power }.filter { $0 >= lower && $0 <= upper }
      power *= 10
    }
    return marks
  }

  var script: String {
    var script = "set xrange [\(lower):\(upper)]\n"
    if isLogarithmic {
      script += "set logscale x 10\nset xtics (\(marks.map { "'\(Self.short($0))' \($0)" }.joined(separator: ", ")))\n"
    } else {
      // Half as many marks where there is half the room.
      script += "set xtics autofreq\nif (WIDTH < 500) set xtics \(Self.coarseStep(lower, upper))\nset format x '%g'\n"
    }
    return script
  }

  /// A step of 1, 2 or 5 times a power of ten that gives at most four marks.
  private static func coarseStep(_ lower: Double, _ upper: Double) -> Double {
    var power = 1e-9
    while true {
      for step in [1.0, 2, 5] where (upper - lower) / (step * power) <= 4 { return step * power }
      power *= 10
    }
  }

  private static func short(_ value: Double) -> String {
    let text = fixed(value, 6)
    return String(text.reversed().drop { $0 == "0" }.drop { $0 == "." }.reversed())
  }
}
