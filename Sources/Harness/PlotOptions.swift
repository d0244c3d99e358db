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

  /// Writes the plots where that was asked for, drawn or not, and says so.
  /// - Parameters: what writes the plots into a folder, and what draws them too.
  /// - Returns: whether it was asked for.
  /// - Throws: `CoordinatorError.cannotCreate`.
  @discardableResult
  func write(_ scripts: (String) throws -> Void, drawn: (String) throws -> Void) throws -> Bool {
    guard let gnuplot else { return false }
    try OutputFile.writing(gnuplot) { try draw ? drawn(gnuplot) : scripts(gnuplot) }
    Console.error("wrote \(gnuplot)")
    return true
  }
}
