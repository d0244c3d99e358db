import Glibc

/// A build that is slower on purpose, for seeing whether a gate finds it: `WVM_SLOWED=5 swift build -c release` makes every run burn
/// 5 % more CPU time, `WVM_SLOWED=10` a tenth. `WVM_SLOWED=0` burns nothing and has the same code in the same places: where code lies
/// makes it some per cent faster or slower by itself, so that only two such builds differ by the share alone. Any other build does nothing.
enum SlowDown {
  #if SLOWED_BY_0
    private static var share: Double { opaque(0) }
  #elseif SLOWED_BY_5
    private static var share: Double { opaque(0.05) }
  #elseif SLOWED_BY_10
    private static var share: Double { opaque(0.10) }
  #endif

  #if SLOWED_BY_0 || SLOWED_BY_5 || SLOWED_BY_10
    /// The compiler is not to know the share, which would make other code of it.
    @inline(never) @_optimize(none) private static func opaque(_ share: Double) -> Double { share }
  #endif

  /// Burns the share of what the process has used so far.
  static func spin() {
    #if SLOWED_BY_0 || SLOWED_BY_5 || SLOWED_BY_10
      let used = processorTime()
      let until = used + UInt64(Double(used) * share)
      while processorTime() < until {}
    #endif
  }

  #if SLOWED_BY_0 || SLOWED_BY_5 || SLOWED_BY_10
    /// CPU time of this process, nanoseconds.
    private static func processorTime() -> UInt64 {
      var time = timespec()
      clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
      return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }
  #endif
}
