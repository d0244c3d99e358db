/// Who else is using the processors at this moment.
struct BusyProcesses: Check {
  let sample: ActivitySample
  let name = "busy processes"
  let cost = "each takes a processor's time from what is measured"

  /// Share of one processor; a tick more or less is below.
  private static let tolerable = 0.10
  private static let told = 3

  func examine(_ machine: MachineRoot) -> Seen {
    let busy = sample.shares.filter { $0.share >= Self.tolerable }
    guard !busy.isEmpty else { return .good("none above \(percent(Self.tolerable)) of a CPU") }
    let more = busy.count > Self.told ? " and \(busy.count - Self.told) more" : ""
    let names = busy.prefix(Self.told).map { "\($0.name) (\($0.process)) \(percent($0.share))" }.joined(separator: ", ")
    let numbers = busy.prefix(Self.told).map { "\($0.process)" }.joined(separator: " ")
    return .spoils(names + more, mend: "end them, or stop them for a while: kill -STOP \(numbers)")
  }
}
