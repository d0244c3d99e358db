/// Pages of 2 MiB for programs that did not ask for them.
struct HugePages: Check {
  let name = "huge pages"
  let cost =
    "whether a page is 4 KiB or 2 MiB is decided by what is free at the moment: times jump, and memory is weighed up to 512 times as large (Documentation/admin-guide/mm/transhuge.rst)"

  private static let path = "/sys/kernel/mm/transparent_hugepage/enabled"

  func examine(_ machine: MachineRoot) -> Seen {
    switch machine.value(Self.path) {
    case "always": .spoils("for everybody", mend: "echo madvise > \(Self.path)", [Setting(Self.path, "madvise")])
    case "madvise": .good("for those who ask (madvise)")
    case "never": .good("for nobody")
    case nil: .absent(on: machine)
    default: .nonsense(Self.path, on: machine)
    }
  }
}
