/// What this machine can tell about a process beside its time, found out once.
struct Abilities {
  /// Nil where the kernel does not record them for us.
  let moments: KernelMoments?
  /// What cannot be had here, and why.
  let lacking: [(name: String, reason: String)]

  init() {
    var lacking: [(name: String, reason: String)] = []
    var moments: KernelMoments?
    do { moments = try KernelMoments() } catch { lacking.append(("kernel-moments", Self.words(error))) }
    do { try Counter.tryHardware() } catch { lacking.append(("hardware-counters", Self.words(error))) }
    self.moments = moments
    self.lacking = lacking
  }

  private static func words(_ error: any Error) -> String { (error as? SystemError)?.message ?? "\(error)" }

  var lackingJSON: String { "{" + lacking.map { "\(quoted($0.name)):\(quoted($0.reason))" }.joined(separator: ",") + "}" }
}
