import Observations

/// Colours of the plots. Scripts use the light ones; the page replaces each by a CSS variable with both.
struct PaletteColor: Sendable {
  var name: String
  /// "#rrggbb", different for every colour, because the page recognises them by it.
  var light: String
  var dark: String
}

enum Palette {
  static let ink = PaletteColor(name: "plot-ink", light: "#1b1f24", dark: "#e6edf3")
  static let quiet = PaletteColor(name: "plot-quiet", light: "#59636e", dark: "#9198a1")
  static let grid = PaletteColor(name: "plot-grid", light: "#d8dee4", dark: "#30363d")

  static func path(_ path: RuntimePath) -> PaletteColor {
    switch path {
    case .process: PaletteColor(name: "plot-process", light: "#0969da", dark: "#58a6ff")
    case .oci: PaletteColor(name: "plot-oci", light: "#b35900", dark: "#e3934a")
    case .containerd: PaletteColor(name: "plot-containerd", light: "#8250df", dark: "#bc8cff")
    case .tasks: PaletteColor(name: "plot-tasks", light: "#1a7f5a", dark: "#4ac29a")
    }
  }

  /// For phases, in turn; neighbours differ in lightness too.
  static let phases = [
    PaletteColor(name: "plot-phase-0", light: "#1f5fa8", dark: "#4f94e0"),
    PaletteColor(name: "plot-phase-1", light: "#52b0a0", dark: "#7fd6c6"),
    PaletteColor(name: "plot-phase-2", light: "#c98a12", dark: "#d9a23a"),
    PaletteColor(name: "plot-phase-3", light: "#b5473c", dark: "#e0796f"),
    PaletteColor(name: "plot-phase-4", light: "#7a5ab5", dark: "#a488dd"),
    PaletteColor(name: "plot-phase-5", light: "#8aa83a", dark: "#b3d05f"),
    PaletteColor(name: "plot-phase-6", light: "#a0457f", dark: "#d07bb0"),
    PaletteColor(name: "plot-phase-7", light: "#8c6d46", dark: "#c4a77d"),
  ]
  static let remainder = PaletteColor(name: "plot-remainder", light: "#b4bcc5", dark: "#57606a")
  /// For what passes in the kernel before a program's first line and after its last.
  static let kernel = PaletteColor(name: "plot-kernel", light: "#454d57", dark: "#c5ccd4")

  static var all: [PaletteColor] { [ink, quiet, grid, remainder, kernel] + RuntimePath.allCases.map(path) + phases }
}
