/// How much is asked.
struct Settings: Sendable {
  /// Containers one after another.
  var runs = 1000
  /// Containers at once.
  var parallel = 50
  /// Lifecycles with faults at random moments.
  var lifecycles = 500
  /// Bytes through standard output.
  var streamed = 1 << 30
  /// Names of groups, and names of behaviours or parts of them; all without one.
  var only: [String] = []
  /// Where the C sources of the guests are.
  var sources = ""

  /// A minute or two instead of many.
  mutating func makeQuick() {
    runs = 20
    parallel = 8
    lifecycles = 8
    streamed = 1 << 26
  }
}
