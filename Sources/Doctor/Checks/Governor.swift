/// How the kernel chooses each processor's frequency.
struct Governor: Check {
  let name = "CPU governor"
  let cost =
    "the frequency follows the load, so that short programs run at whatever it was before (LLVM's benchmarking tips; Documentation/admin-guide/pm/cpufreq.rst)"

  private static let wanted = "performance"

  func examine(_ machine: MachineRoot) -> Seen {
    let folders = machine.processors.map { "\($0)/cpufreq" }.filter { machine.exists("\($0)/scaling_governor") }
    guard !folders.isEmpty else { return .absent(on: machine) }
    let governors = folders.map { (folder: $0, governor: machine.line("\($0)/scaling_governor")) }
    if let (folder, _) = governors.first(where: { $0.governor == nil }) { return .nonsense("\(folder)/scaling_governor", on: machine) }
    let others = governors.filter { $0.governor != Self.wanted }
    let names = Set(others.compactMap(\.governor)).sorted().joined(separator: ", ")
    if others.isEmpty { return .good("\(Self.wanted) on every CPU") }
    let seen = "\(names) on \(others.count) of \(folders.count) CPUs"
    let settable = others.filter { machine.line("\($0.folder)/scaling_available_governors").map(Self.offers) ?? true }
    guard !settable.isEmpty else { return .cannotBeChanged("\(seen); the driver offers no \"\(Self.wanted)\"") }
    return .spoils(
      seen, mend: "cpupower frequency-set -g \(Self.wanted)", settable.map { Setting("\($0.folder)/scaling_governor", Self.wanted) })
  }

  private static func offers(_ list: String) -> Bool { list.split(separator: " ").contains { $0 == wanted } }
}
