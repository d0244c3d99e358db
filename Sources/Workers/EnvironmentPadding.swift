/// How much longer than needed the environment of a trial's process is.
///
/// The environment lies above the stack, so its size moves every frame, and programs have been seen to run 30 % slower for nothing but the
/// length of a user's name (Mytkowicz, Diwan, Hauswirth, Sweeney, ASPLOS 2009). A size drawn anew for every trial turns that bias into noise.
enum EnvironmentPadding {
  /// A variable of the runtime's own process. Guests that are given their environment explicitly do not see it.
  static let variable = "HARNESS_PADDING"
  /// One more than the largest padding: a page holds every alignment there is.
  static let limit: UInt64 = 4096

  /// Bytes from 0 to 4095, drawn from where the trial stands alone, so that a repeated run has the same paddings.
  static func bytes(seed: UInt64, workload: String, block: Int, runtime: String) -> Int {
    let place = TrialOrder.nameHash(workload) &+ (UInt64(bitPattern: Int64(block)) &+ 1) &* SplitMix64.increment
    var generator = SplitMix64(state: (seed &+ place) ^ TrialOrder.nameHash(runtime))
    _ = generator.next()
    return generator.below(limit)
  }
}
