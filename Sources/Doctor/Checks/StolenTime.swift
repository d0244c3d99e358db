/// Time in which a hypervisor gave the processor to somebody else.
struct StolenTime: Check {
  let sample: ActivitySample
  let name = "stolen time"
  let cost =
    "a trial stands still meanwhile, which no clock inside notices; harness run drops trials that lost more than 10 % so (proc(5): steal)"

  private static let tolerable = 0.01

  func examine(_ machine: MachineRoot) -> Seen {
    guard let sinceBoot = ProcessorTime(machine), sinceBoot.total > 0 else { return .absent(on: machine) }
    guard machine.isVirtual || sinceBoot.stolen > 0 else { return .good("none: not a virtual machine") }
    let now = sample.stolenShare, always = Double(sinceBoot.stolen) / Double(sinceBoot.total)
    let seen = "\(percent(now)) just now, \(percent(always)) since boot"
    return max(now, always) < Self.tolerable
      ? .good(seen) : .cannotBeChanged(seen, instead: "measure on a machine with processors of its own")
  }
}
