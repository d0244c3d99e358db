import Glibc

/// A build that is slower on purpose, for seeing whether a gate finds it: `WVM_SLOWED=5 swift build -c release` makes every run burn
/// 5 % more CPU time, `WVM_SLOWED=10` a tenth. Any other build does nothing here.
enum SlowDown {
  #if SLOWED_BY_5
    private static let share = 0.05
  #elseif SLOWED_BY_10
    private static let share = 0.10
  #endif

  /// Burns the share of what the process has used so far.
  static func spin() {
    #if SLOWED_BY_5 || SLOWED_BY_10
      let used = processorTime()
      let until = used + UInt64(Double(used) * share)
      while processorTime() < until {}
    #endif
  }

  #if SLOWED_BY_5 || SLOWED_BY_10
    /// CPU time of this process, nanoseconds.
    private static func processorTime() -> UInt64 {
      var time = timespec()
      clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
      return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }
  #endif
}
