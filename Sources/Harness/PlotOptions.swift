import ArgumentParser

/// Where plots go, and whether they are drawn there.
struct PlotOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Write gnuplot scripts and their data into this folder.", valueName: "DIR"))
  var gnuplot: String?
  @Flag(help: "With --gnuplot: draw each plot as SVG and PNG too.")
  var draw = false

  func validate() throws {
    if draw, gnuplot == nil { throw ValidationError("--draw says how plots are written: give --gnuplot DIR too") }
  }
}
