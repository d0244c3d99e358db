/// When each task of a load is due: moments that are fixed before the first, so that a task which takes long makes no other one late.
struct LoadSchedule: Sendable {
  /// When the first is due: CLOCK_MONOTONIC, nanoseconds.
  let began: UInt64
  /// Beginnings in a second.
  let rate: Double
  /// How many tasks there are.
  let count: Int

  /// When a task is due; none adds to the rounding of another.
  func due(_ index: Int) -> UInt64 { began + UInt64((Double(index) * 1e9 / rate).rounded()) }
}
