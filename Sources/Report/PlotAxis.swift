import Statistics

/// The axis of time or memory, in the unit it is labelled with.
struct PlotAxis {
  let unit: Unit
  let isLogarithmic: Bool
  /// In the axis's unit.
  let lower: Double
  let upper: Double

  /// Logarithmic where the values span more than a decade.
  init(_ values: Sample, _ dimension: Quantity.Dimension) {
    unit = Unit.fitting(values.median, dimension)
    let (minimum, maximum) = (values.minimum / unit.size, values.maximum / unit.size)
    isLogarithmic = minimum > 0 && maximum / minimum > 10
    if isLogarithmic {
      lower = minimum / 1.3
      upper = maximum * 1.3
    } else {
      let room = max((maximum - minimum) * 0.06, abs(maximum) * 0.005, 1e-9)
      lower = minimum - room
      upper = maximum + room
    }
  }

  /// Linear from zero to `longest` base units.
  init(upTo longest: Double, _ dimension: Quantity.Dimension) {
    unit = Unit.fitting(longest, dimension)
    isLogarithmic = false
    lower = 0
    upper = longest / unit.size * 1.02
  }

  var script: String {
    func choice(_ narrow: [Double], _ wide: [Double]) -> String {
      func tics(_ marks: [Double]) -> String {
        "set xtics (" + marks.map { "'\(Self.short($0))' \($0)" }.joined(separator: ", ") + ") noenhanced\n"
      }
      return narrow == wide ? tics(wide) : tics(wide) + "if (\(PlotScript.isNarrow)) " + tics(narrow)
    }
    let range = "set xrange [\(lower):\(upper)]\n"
    return isLogarithmic
      ? range + "set logscale x 10\n" + choice(logarithmicMarks(atMost: 5), logarithmicMarks(atMost: 9))
      : range + choice(linearMarks(atMost: 4), linearMarks(atMost: 8))
  }

  /// Where a line may stand and what it says: at most about `count` places, in the axis's unit.
  func marks(atMost count: Int) -> [(value: Double, text: String)] {
    (isLogarithmic ? logarithmicMarks(atMost: count) : linearMarks(atMost: count)).map { ($0, Self.short($0)) }
  }

  /// Powers of ten, and numbers between where there is room for them.
  private func logarithmicMarks(atMost count: Int) -> [Double] {
    for steps in [[1.0, 2, 5], [1, 3], [1]] {
      var power = 1e-9
      var marks: [Double] = []
      while power <= upper {
        marks += steps.map { $0 * power }.filter { $0 >= lower && $0 <= upper }
        power *= 10
      }
      if marks.count <= count || steps.count == 1 { return marks }
    }
    return []
  }

  /// Multiples of 1, 2 or 5 times a power of ten.
  private func linearMarks(atMost count: Int) -> [Double] {
    var power = 1e-9
    while true {
      for step in [1.0, 2, 5].map({ $0 * power }) where (upper - lower) / step < Double(count) {
        return stride(from: (lower / step).rounded(.up), through: (upper / step).rounded(.down), by: 1).map { $0 * step }
      }
      power *= 10
    }
  }

  private static func short(_ value: Double) -> String {
    let text = fixed(value, 9)
    return String(text.reversed().drop { $0 == "0" }.drop { $0 == "." }.reversed())
  }
}
