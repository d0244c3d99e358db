/// What the kernel does when a huge page is asked for and none is free.
struct HugePageDefragmentation: Check {
  let name = "huge page defrag"
  let cost =
    "a program's first touch of its memory waits while the kernel moves pages together, where memory is in pieces and not where it is fresh (Documentation/admin-guide/mm/transhuge.rst: defrag)"

  private static let folder = "/sys/kernel/mm/transparent_hugepage"
  private static let path = "\(folder)/defrag"

  func examine(_ machine: MachineRoot) -> Seen {
    let isOff = machine.value("\(Self.folder)/enabled") == "never"
    return switch machine.value(Self.path) {
    case "always" where isOff: .good("no matter: there are no huge pages")
    case "always": .spoils("at once, for everybody", mend: "echo madvise > \(Self.path)", [Setting(Self.path, "madvise")])
    case "madvise": .good("at once, for those who ask (madvise)")
    case "defer": .good("in the background")
    case "defer+madvise": .good("in the background, at once for those who ask (madvise)")
    case "never": .good("never")
    case nil: .absent(on: machine)
    default: .nonsense(Self.path, on: machine)
    }
  }
}
